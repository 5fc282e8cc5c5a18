"""Dates in the forms of many languages, and what an offset says about the day."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from toolkit.values.date import date_column
from toolkit.values.locale import file_locale
from toolkit.values.months import month_numbers


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 janv. 2026", date(2026, 1, 3)),
        ("15 Sept. 2026", date(2026, 9, 15)),
        ("1. Okt. 2026", date(2026, 10, 1)),
        ("05/ene/2026", date(2026, 1, 5)),
        ("5 de enero de 2026", date(2026, 1, 5)),
        ("1er mars 2026", date(2026, 3, 1)),
        ("1-Mrz-2026", date(2026, 3, 1)),
        ("2026. január 5.", date(2026, 1, 5)),
        ("5 tammikuuta 2026", date(2026, 1, 5)),
        ("5 мая 2026 г.", date(2026, 5, 5)),
        ("2026年1月5日", date(2026, 1, 5)),
        ("2026. 1. 5.", date(2026, 1, 5)),
        ("1. 9. 2026", date(2026, 9, 1)),
        ("Do, 01.09.2026", date(2026, 9, 1)),
        ("\u0661\u0665/\u0660\u0669/\u0662\u0660\u0662\u0666", date(2026, 9, 15)),
        ("46234,75", date(2026, 7, 31)),
    ],
)
def test_dates_of_many_languages_are_read(text: str, day: date) -> None:
    """Names of months in any language, weekdays, words between, signs of East Asia, digits of other scripts."""
    assert date_column(pa.array([text])).days.to_pylist() == [day]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("lundi 5 janvier 2026 à 14h30", datetime(2026, 1, 5, 14, 30, tzinfo=UTC)),
        ("01.09.2026 14.30 Uhr", datetime(2026, 9, 1, 14, 30, tzinfo=UTC)),
        ("Jan 5, 2026, 5:00\u202fPM", datetime(2026, 1, 5, 17, 0, tzinfo=UTC)),
        ("5/1/2026 10:15 p. m.", datetime(2026, 1, 5, 22, 15, tzinfo=UTC)),
        ("Thu Jan 01 2026 10:00:00 GMT+0100 (CET)", datetime(2026, 1, 1, 9, 0, tzinfo=UTC)),
        ("2026-02-05 10:00 MEZ", datetime(2026, 2, 5, 9, 0, tzinfo=UTC)),
    ],
)
def test_times_of_many_languages_are_read(text: str, moment: datetime) -> None:
    """Half days, words for "at" and "o'clock", zones by name."""
    assert date_column(pa.array([text]), country="GB").instants.to_pylist() == [moment]


def test_a_month_of_two_languages_is_read_by_the_rest_of_its_column() -> None:
    """Lis is November beside Polish months and October beside Croatian ones; alone it is not guessed."""
    assert month_numbers(["lis", "wrz"]) == [11, 9]
    assert month_numbers(["lis", "ruj"]) == [10, 9]
    assert month_numbers(["lis"]) == [0]


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["26-01-05"], [date(2026, 1, 5)]),
        (["26-01-05", "26-01-17", "26-02-28"], [date(2026, 1, 5), date(2026, 1, 17), date(2026, 2, 28)]),
        (["17/01/26", "05/02/26"], [date(2026, 1, 17), date(2026, 2, 5)]),
        (["08.02.26"], [date(2026, 2, 8)]),
        (["01.05.24", "02.05.24", "31.05.24"], [date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 31)]),
        (["05-jan-26"], [date(2026, 1, 5)]),
    ],
)
def test_a_year_of_two_digits_may_stand_in_any_place(texts: list[str], days: list[date]) -> None:
    """26-01-05 is the fifth of January 2026 and not a day of 2005."""
    assert date_column(pa.array(texts)).days.to_pylist() == days


def test_an_ambiguous_column_follows_its_file() -> None:
    """A date of another column shows the order."""
    columns = [pa.array(["03/04/2026"]), pa.array(["25/04/2026"])]
    dates = date_column(columns[0], country="US", locale=file_locale(columns))

    assert dates.days.to_pylist() == [date(2026, 4, 3)]
    assert dates.is_sure


def test_years_of_the_file_tell_a_year_of_two_digits() -> None:
    """Beside whole dates of 2019, 19-12-11 begins with the year."""
    columns = [pa.array(["19-12-11"]), pa.array(["2019-12-10"])]

    assert date_column(columns[0], locale=file_locale(columns)).days.to_pylist() == [date(2019, 12, 11)]


def test_an_offset_keeps_the_local_day() -> None:
    """Half past ten in the evening at -0500 is of that day, wherever the consultant sits; a time in UTC has no such day."""
    column = date_column(pa.array(["2026-08-02 22:30:00 -0500", "2026-08-03T03:30:00Z", "2026-08-02 22:30:00"]))

    assert column.days.to_pylist() == [date(2026, 8, 2), date(2026, 8, 3), date(2026, 8, 2)]
    assert column.instants.to_pylist()[:2] == [datetime(2026, 8, 3, 3, 30, tzinfo=UTC)] * 2
    assert column.offset_minutes is not None
    assert column.offset_minutes.to_pylist() == [-300, None, None]


@pytest.mark.parametrize(
    "text",
    [
        "PENDING - 09/29/2026",
        "PENDING 09/29/2026",
        "Due 29 Sep 2026",
        "#N/A",
        "#NV",
        "26-13-05",
        "5 foo 2026",
        "Net 30",
        "Januar 2026",
        "Q1 2026",
        "12,50",
    ],
)
def test_what_is_no_date_fails_and_the_other_rows_stay(text: str) -> None:
    """A pending line is not dated, and hides no other."""
    column = date_column(pa.array([text, "09/26/2026"]))

    assert column.days.to_pylist() == [None, date(2026, 9, 26)]
    assert column.is_failed.to_pylist() == [True, False]
