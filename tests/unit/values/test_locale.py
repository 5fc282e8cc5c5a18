"""A file writes its numbers and dates in one way, and all its columns together show which."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.values.locale import Locale, file_locale


def locale(*columns: list[str | None], delimiter: str = ",", country: str | None = None) -> Locale:
    return file_locale([pa.array(column, pa.string()) for column in columns], delimiter=delimiter, country=country)


def test_a_date_of_one_column_decides_for_all_others() -> None:
    """15.09.2026 in one column shows that 01.09.2026 in the next is the first of September, whatever the country."""
    found = locale(["15.09.2026", "20.09.2026"], ["01.09.2026"], ["1.960,17", "250,00"], delimiter=";", country="US")

    assert (found.day_order, found.is_order_sure) == ("dmy", True)
    assert (found.decimal_sign, found.is_decimal_sure) == (",", True)


@pytest.mark.parametrize("text", ["01.09.2026", "1.9.26", "1. 9. 2026", "Di 01.09.2026", "01.09.2026 14:30"])
def test_dots_in_dates_are_day_first(text: str) -> None:
    """Nobody writes the month first between dots."""
    found = locale([text], country="US")

    assert (found.day_order, found.is_order_sure) == ("dmy", True)


def test_a_month_first_date_with_dots_is_still_what_it_proves() -> None:
    """09.15.2026 can only be the fifteenth of September."""
    assert locale(["09.15.2026", "01.09.2026"]).day_order == "mdy"


def test_a_pending_line_does_not_hide_the_dates() -> None:
    """A word before a date is no reason to drop the column."""
    assert locale(["PENDING - 09/29/2026", "PENDING - 09/28/2026", "09/06/2026"], ["01/02/2026"]).day_order == "mdy"


def test_a_file_with_semicolons_and_decimal_commas_is_not_american() -> None:
    """03/04/2026 beside 12,50 is the third of April even when the client sits in the US."""
    found = locale(["03/04/2026"], ["12,50"], delimiter=";", country="US")

    assert (found.day_order, found.is_order_sure) == ("dmy", True)


def test_columns_that_contradict_each_other_leave_the_file_unsure() -> None:
    """Two sources were put together: the country is asked, and nothing is called sure."""
    found = locale(["25/04/2026"], ["04/25/2026"], ["03/04/2026"], country="GB")

    assert (found.day_order, found.is_order_sure) == ("dmy", False)


def test_without_proof_the_country_decides_and_nothing_is_sure() -> None:
    """03/04 is March in the US, April in the UK, and unknown without a country."""
    orders = [locale(["03/04/2026"], country=country) for country in ("US", "GB", "CA", None)]

    assert [(one.day_order, one.is_order_sure) for one in orders] == [
        ("mdy", False),
        ("dmy", False),
        ("", False),
        ("", False),
    ]


def test_three_digits_behind_each_point_are_thousands_between_semicolons() -> None:
    """1.000 and 12.500 beside 950 are a thousand, twelve and a half thousand and 950."""
    found = locale(["1.000", "12.500", "950"], delimiter=";")

    assert (found.decimal_sign, found.is_decimal_sure) == (",", True)


def test_a_price_with_two_decimals_keeps_the_point_between_semicolons() -> None:
    """Where 12.50 stands in the same file, 1.000 is one."""
    assert locale(["1.000", "12.500"], ["12.50", "3.99"], delimiter=";").decimal_sign == "."


def test_the_decimal_sign_of_one_column_serves_the_others() -> None:
    """12,50 shows that 1.234 is more than a thousand."""
    found = locale(["1.234", "7.000"], ["12,50"], delimiter="\t")

    assert (found.decimal_sign, found.is_decimal_sure) == (",", True)


def test_coordinates_with_points_do_not_outvote_the_amounts_between_semicolons() -> None:
    """Machines write positions with a point into any file; people chose the semicolon for their commas."""
    found = locale(["52.5200", "48.1370"], ["13.4050", "11.5750"], ["12,50", "3,99"], ["1.000"], delimiter=";")

    assert (found.decimal_sign, found.is_decimal_sure) == (",", False)


def test_numbers_of_a_workbook_say_nothing_about_its_texts() -> None:
    """A cell that holds a number shows a point in every country; "1.000" can only be a text."""
    found = locale(["12.5", "3.25"], ["1.000", "7.000"], delimiter="", country="DE")

    assert (found.decimal_sign, found.is_decimal_sure) == (",", False)


def test_three_decimals_of_a_workbook_are_decimals() -> None:
    """A cell that holds 1.125 is shown so in every country; the file is not sure, for the cell might be a text."""
    found = locale(["1.125", "2.375"], delimiter="", country="DE")

    assert (found.decimal_sign, found.is_decimal_sure) == (".", False)


@pytest.mark.parametrize(
    "column",
    [
        ["15.09.2026", "20.09.2026"],
        ["192.168.1.10", "10.0.0.1"],
        ["v1.2", "see 3.4 and 5.6"],
        ["030.123.456", "030.123.457"],
        ["A-1", "B-2"],
    ],
)
def test_what_is_no_number_tells_no_decimal_sign(column: list[str]) -> None:
    """Dates, addresses of machines, versions and phone numbers have points, too."""
    assert locale(column, ["1.234"], delimiter="\t", country="DE").decimal_sign == ","


@pytest.mark.parametrize("column", [["40-47-84", "20-01-55"], ["22 12 34", "99 45 67"], ["555-0100"]])
def test_what_is_no_date_tells_no_order(column: list[str]) -> None:
    """Sort codes and phone numbers have three parts, too."""
    assert locale(column, ["03/04/2026"]).day_order == ""


@pytest.mark.parametrize(
    ("columns", "order"),
    [
        ([["26-01-05"]], "ymd"),
        ([["26-01-05", "26-01-17", "26-02-28"]], "ymd"),
        ([["17/01/26", "05/02/26"]], "dmy"),
        ([["01/17/26", "02/05/26"]], "mdy"),
        ([["22-01-17"], ["2022-01-18"]], "ymd"),
        ([["26.01.05", "26.02.17", "26.03.28"]], "ymd"),
    ],
)
def test_a_year_of_two_digits_is_found_in_any_place(columns: list[list[str | None]], order: str) -> None:
    """26-01-05 is January 2026: 2005 is no year of a file of today, and the part that never changes is the year."""
    assert locale(*columns).day_order == order


def test_nothing_to_decide_is_sure() -> None:
    """A file without dates and numbers asks nothing."""
    found = locale(["Ahorn"], [None])

    assert (found.day_order, found.is_order_sure, found.is_decimal_sure) == ("", True, True)


CELLS = st.sampled_from(
    ["03/04/2026", "25/04/2026", "04/25/2026", "01.09.2026", "26-01-05", "1.234", "1,234", "12,50", "12.50", "x", "", None]
)


@settings(deadline=None, max_examples=100)
@given(st.data(), st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_the_order_of_columns_and_rows_does_not_matter(
    data: st.DataObject, columns: list[list[str | None]], delimiter: str
) -> None:
    """A sorted file, or one with its columns moved about, is read the same."""
    moved = data.draw(st.permutations([data.draw(st.permutations(column)) for column in columns]))

    assert locale(*moved, delimiter=delimiter) == locale(*columns, delimiter=delimiter)
