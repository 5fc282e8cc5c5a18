"""Dates and times as people write them become instants in UTC and calendar days."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.values.date import date_column, day_digits

CHICAGO = "America/Chicago"


def instant(text: str, zone: str = "UTC") -> datetime | None:
    found: datetime | None = date_column(pa.array([text]), time_zone=zone, country="GB").instants[0].as_py()
    return found


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20T23:15:00Z", datetime(2026, 11, 20, 23, 15, tzinfo=UTC)),
        ("2025-12-06 10:37:33 -0500", datetime(2025, 12, 6, 15, 37, 33, tzinfo=UTC)),
        ("2024-05-01T10:00:00.250+0000", datetime(2024, 5, 1, 10, 0, 0, 250_000, tzinfo=UTC)),
        ("20261120120000.000[-5:EST]", datetime(2026, 11, 20, 17, tzinfo=UTC)),
        ("20251003120000[0:GMT]", datetime(2025, 10, 3, 12, tzinfo=UTC)),
        ("30/Oct/26 5:00 PM", datetime(2026, 10, 30, 17, tzinfo=UTC)),
        ("Wednesday, September 30, 2026 11:11 AM GMT-05:00", datetime(2026, 9, 30, 16, 11, tzinfo=UTC)),
        ("1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("1700000000123", datetime(2023, 11, 14, 22, 13, 20, 123_000, tzinfo=UTC)),
        ("45631.5", datetime(2024, 12, 5, 12, tzinfo=UTC)),
    ],
)
def test_times_of_real_exports_are_read(text: str, moment: datetime) -> None:
    """Zones, offsets, spreadsheet serials and epoch seconds all come to the same clock."""
    assert instant(text) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-Jul-13", date(2013, 7, 31)),
        ("02 Sep 2026", date(2026, 9, 2)),
        ("22 Jan 26", date(2026, 1, 22)),
        ("Sep 3, 2026", date(2026, 9, 3)),
        ("45631", date(2024, 12, 5)),
        ("20261120", date(2026, 11, 20)),
        ("31.12.1999", date(1999, 12, 31)),
        ("3 März 2026", date(2026, 3, 3)),
    ],
)
def test_days_of_real_exports_are_read_and_known_to_have_no_time(text: str, day: date) -> None:
    """A date is a date, whatever its style; that it has no time of day is kept."""
    column = date_column(pa.array([text]), country="GB")

    assert column.days.to_pylist() == [day]
    assert column.is_date_only.to_pylist() == [True]


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "foo", "99999999", "25:00", "31/04/2026", "2026-01-01 25:00"])
def test_a_day_that_does_not_exist_fails(text: str) -> None:
    """An impossible date is never turned into its neighbour."""
    column = date_column(pa.array([text]), country="GB")

    assert column.instants.to_pylist() == [None]
    assert column.is_failed.to_pylist() == [True]


def test_one_value_above_twelve_decides_the_order_for_all() -> None:
    """25/04 proves that the day comes first, so 03/04 is the third of April."""
    column = date_column(pa.array(["03/04/2026", "25/04/2026"]), country="US")

    assert column.days.to_pylist() == [date(2026, 4, 3), date(2026, 4, 25)]
    assert column.order == "dmy"
    assert column.is_sure


def test_without_proof_the_country_decides_and_the_column_says_so() -> None:
    """03/04 is March in the US and April in the UK."""
    american = date_column(pa.array(["03/04/2026"]), country="US")
    british = date_column(pa.array(["03/04/2026"]), country="GB")

    assert american.days.to_pylist() == [date(2026, 3, 4)]
    assert british.days.to_pylist() == [date(2026, 4, 3)]
    assert not american.is_sure


def test_without_proof_or_country_nothing_is_guessed() -> None:
    """Only dates that read the same both ways are kept."""
    column = date_column(pa.array(["03/04/2026", "05/05/2026"]))

    assert column.days.to_pylist() == [None, date(2026, 5, 5)]
    assert column.is_failed.to_pylist() == [True, False]
    assert column.order == ""


def test_a_swapped_date_in_a_column_fails_instead_of_being_swapped_back() -> None:
    """The majority decides the order; a cell that contradicts it is a finding, not a date."""
    column = date_column(pa.array(["04/25/2026", "04/26/2026", "25/04/2026"]), country="US")

    assert column.is_failed.to_pylist() == [False, False, True]


def test_a_time_without_zone_is_local_to_its_system() -> None:
    """Ten in the morning in Chicago is four in the afternoon in Greenwich, in winter."""
    assert instant("2026-01-02 10:00", CHICAGO) == datetime(2026, 1, 2, 16, tzinfo=UTC)
    assert instant("2026-07-02 10:00", CHICAGO) == datetime(2026, 7, 2, 15, tzinfo=UTC)


def test_an_hour_that_the_clock_change_skips_is_read_as_the_change() -> None:
    """On 8 March 2026 there is no half past two in Chicago."""
    assert instant("2026-03-08 02:30", CHICAGO) == datetime(2026, 3, 8, 8, tzinfo=UTC)


def test_a_day_is_the_local_one() -> None:
    """Half past one in Greenwich on the second is still the first in Chicago."""
    assert date_column(pa.array(["2026-01-02T01:30:00Z"]), time_zone=CHICAGO).days.to_pylist() == [date(2026, 1, 1)]


def test_a_column_of_midnights_has_no_times() -> None:
    """Spreadsheets write a plain date as midnight."""
    dates = date_column(pa.array(["2026-01-02 00:00:00", "2026-01-03 00:00:00"]))
    times = date_column(pa.array(["2026-01-02 00:00:00", "2026-01-03 09:30:00"]))

    assert dates.is_date_only.to_pylist() == [True, True]
    assert times.is_date_only.to_pylist() == [False, False]


def test_a_pattern_from_the_settings_is_the_only_thing_read() -> None:
    """Where a person has said what a date looks like, nothing else counts."""
    column = date_column(pa.array(["04~12~2026", "2026-12-04"]), pattern="%d~%m~%Y")

    assert column.days.to_pylist() == [date(2026, 12, 4), None]
    assert column.is_failed.to_pylist() == [False, True]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1, max_size=40))
def test_dates_read_back_to_what_was_written(days: list[date]) -> None:
    """Five styles of writing give the same days as Python's own calendar."""
    for style in ("%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y%m%d", "%d-%b-%y"):
        texts = [day.strftime(style) for day in days]
        assert date_column(pa.array(texts)).days.to_pylist() == days


@settings(deadline=None, max_examples=30)
@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), min_size=1, max_size=40))  # noqa: DTZ001
def test_iso_instants_read_back_to_what_was_written(moments: list[datetime]) -> None:
    """ISO 8601 in UTC is exact to the microsecond."""
    aware = [moment.replace(tzinfo=UTC) for moment in moments]

    assert date_column(pa.array([moment.isoformat() for moment in aware])).instants.to_pylist() == aware


def test_dates_are_compared_in_one_form_whatever_order_they_are_written_in() -> None:
    """One value that only one order allows settles the column."""
    written = pa.array(["1956-04-09", "04/14/1956", "04/09/1956", "9 Apr 1956"])

    assert day_digits(written).to_pylist() == ["19560409", "19560414", "19560409", "19560409"]


def test_what_is_no_date_keeps_its_digits_and_fillers_go() -> None:
    """Most digits of a mistyped date are right; a system's date for none is nobody's birthday."""
    written = pa.array(["1956-13-09", "1956", "1900-01-01", "9999-12-31", "n/a", None])

    assert day_digits(written).to_pylist() == ["19561309", "1956", None, None, None, None]
