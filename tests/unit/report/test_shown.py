from typing import Any

import pytest

from toolkit.report.shown import NOT_KNOWN, decimal_text, share_text, shown_figure
from toolkit.values.written import written_for


def row(
    value: float | None, unit: str, low: float | None = None, high: float | None = None, currency: str = ""
) -> dict[str, Any]:
    facts = {"label": "L", "value": value, "unit": unit, "low": low, "high": high, "currency": currency}
    return {**facts, "figure_id": "x", "evidence": "measured", "n": 5, "method": "m"}


@pytest.mark.parametrize(
    ("figure", "text", "range_text"),
    [
        (row(5432.1, "currency", 4100, 6900, "USD"), "5,400 USD", "4,100 to 6,900 USD"),
        (row(5432.1, "currency per month", 4100, 6900, "USD"), "5,400 USD a month", "4,100 to 6,900 USD a month"),
        (row(0.0414, "share", 0.031, 0.055), "4.1 %", "3.1 to 5.5 %"),
        (row(0.414, "share", 0.2, 0.66), "41 %", "20 to 66 %"),
        (row(1234, "count"), "1,234", ""),
        (row(3310, "minutes"), "2.3 days", ""),
        (row(300, "minutes"), "5 hours", ""),
        (row(12, "minutes"), "12 min", ""),
        (row(6.25, "months", 4.4, 10.1), "6.3 months", "4.4 to 10.1 months"),
        (row(31.5, "items per month"), "32 a month", ""),
        (row(1.4, "hours per month", 1.0, 1.9), "1.4 hours a month", "1 to 1.9 hours a month"),
    ],
)
def test_a_figure_is_rounded_by_its_range(figure: dict[str, Any], text: str, range_text: str) -> None:
    """A wide range leaves few digits; value and range share unit and precision."""
    shown = shown_figure({"x": figure}, "x")

    assert (shown.text, shown.range_text) == (text, range_text)


def test_what_could_not_be_measured_is_not_a_zero() -> None:
    """A missing figure and a figure without a value both read "not known yet"."""
    assert shown_figure({}, "x").text == NOT_KNOWN
    assert shown_figure({"x": row(None, "share")}, "x").text == NOT_KNOWN
    assert "not known yet" in shown_figure({}, "x").html()


def test_the_four_kinds_of_evidence_look_different() -> None:
    """Each kind has a mark and a style of its own."""
    kinds = ("measured", "document", "interview", "default")
    pages = {shown_figure({"x": {**row(1, "count"), "evidence": kind}}, "x").html() for kind in kinds}

    assert len(pages) == 4
    assert all(f"evidence-{kind}" in " ".join(pages) for kind in kinds)


def test_a_method_cannot_leave_its_attribute() -> None:
    """Quotes and tags in a method or label stay text."""
    evil = '"><script>alert(1)</script>'

    page = shown_figure({"x": {**row(1, "count"), "method": evil, "label": evil}}, "x").html()

    assert "<script" not in page
    assert '"><' not in page.replace('"><span', "").replace('"><a class=', "").replace('"></', "")


@pytest.mark.parametrize(
    ("figure", "text", "range_text"),
    [
        # A tenth of a range is where a share loses its decimal.
        (row(0.05, "share", 0.0, 0.099), "5 %", "0 to 9.9 %"),
        (row(0.0414, "share", 0.0, 0.1), "4.1 %", "0 to 10 %"),
        (row(0.0414, "share", 0.0, 0.101), "4 %", "0 to 10 %"),
        (row(0.0414, "share", None, 0.9), "4.1 %", ""),
        (row(0.0414, "share", 0.0, None), "4.1 %", ""),
        # Two hours and two days are where a span gets a larger unit; both ends of its range follow the value.
        (row(119.4, "minutes"), "119 min", ""),
        (row(120, "minutes", 119, 121), "2 hours", "2 to 2 hours"),
        (row(2_879, "minutes"), "48 hours", ""),
        (row(2_880, "minutes", 60, 5_760), "2 days", "0 to 4 days"),
        (row(-120, "minutes"), "−2 hours", ""),
        # Ten a month is where a count loses its decimal, twenty where hours do: 16.5 items read as 53.5 do.
        (row(9.96, "count per month"), "10 a month", ""),
        (row(9.94, "items per month"), "9.9 a month", ""),
        (row(16.5, "items per month", 11, 23), "17 a month", "11 to 23 a month"),
        (row(53.5, "items per month", 46, 59), "54 a month", "46 to 59 a month"),
        (row(10, "items per month", 9.4, 10.6), "10 a month", "9 to 11 a month"),
        (row(19.9, "hours per month", 19.4, 20.6), "19.9 hours a month", "19.4 to 20.6 hours a month"),
        # A count is whole, or has one decimal.
        (row(2, "count"), "2", ""),
        (row(2.5, "count"), "2.5", ""),
        (row(2.54, "count"), "2.5", ""),
        (row(312.4, "percent"), "312 %", ""),
        (row(200_000, "minutes"), "138.9 days", ""),
        (row(312, "percent"), "312 %", ""),
        (row(0.13, "ratio", 0.08, 0.21), "0.1 ×", "0.1 to 0.2 ×"),
        # An amount is as fine as its range: exact, cents, units, tens.
        (row(54.321, "currency", 54.321, 54.321, "USD"), "54.32 USD", ""),
        (row(54.321, "currency", 54.2, 54.4, "USD"), "54.32 USD", "54.20 to 54.40 USD"),
        (row(54.321, "currency", 53.0, 54.98, "USD"), "54.32 USD", "53.00 to 54.98 USD"),
        (row(54.321, "currency", 53.0, 55.0, "USD"), "54 USD", "53 to 55 USD"),
        (row(54.321, "currency", 44.0, 63.9, "USD"), "54 USD", "44 to 64 USD"),
        (row(544.321, "currency", 444, 644, "USD"), "540 USD", "440 to 640 USD"),
        (row(-54.321, "currency per month", -55.0, -53.0, "USD"), "−54 USD a month", "−55 to −53 USD a month"),
    ],
)
def test_where_a_figure_gets_coarser_is_told_to_the_step(figure: dict[str, Any], text: str, range_text: str) -> None:
    """Just under, at and just over each bound: how many decimals, in which unit."""
    shown = shown_figure({"x": figure}, "x")

    assert (shown.text, shown.range_text) == (text, range_text)


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(4.0, 4.0, ""), (4.0, 4.2, "4 to 4.2 months"), (None, 4.2, ""), (4.0, None, "")]
)
def test_a_range_has_two_different_ends(low: float | None, high: float | None, shown: str) -> None:
    """What is known exactly, or on one side only, shows no range."""
    assert shown_figure({"x": row(4.1, "months", low, high)}, "x").range_text == shown


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.0, 1, "0 %"),
        (1e-9, 1, "0.1 %"),
        (0.001, 1, "0.1 %"),
        (0.0015, 1, "0.2 %"),
        (0.9984, 1, "99.8 %"),
        (0.9985, 1, "99.9 %"),
        (1 - 1e-9, 1, "99.9 %"),
        (1.0, 1, "100 %"),
        (1e-9, 0, "1 %"),
        (0.0149, 0, "1 %"),
        (0.015, 0, "2 %"),
        (1 - 1e-9, 0, "99 %"),
        (1.004, 1, "100.4 %"),
        (-0.004, 1, "−0.4 %"),
    ],
)
def test_only_all_reads_as_all_and_only_nothing_as_nothing(share: float, digits: int, text: str) -> None:
    """One record in a billion is not rounded away; what lies outside 0 to 1 is a difference and stays as it is."""
    assert share_text(share, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.049, 1, "0"),
        (0.05, 1, "0.1"),
        (-0.05, 1, "−0.1"),
        (-0.049, 1, "0"),
        (2.4999, 0, "2"),
        (2.5, 0, "3"),
        (3.5, 0, "4"),
        (999.94, 1, "999.9"),
        (999.95, 1, "1,000"),
        (1.005, 2, "1.01"),
        (1.0, 2, "1"),
    ],
)
def test_a_half_is_rounded_up_and_nothing_has_no_sign(value: float, digits: int, text: str) -> None:
    """Rounding follows the decimal that is written, away from zero; a trailing zero is not shown."""
    assert decimal_text(value, digits) == text


@pytest.mark.parametrize(
    ("n", "unconfirmed", "caveat"),
    [(0, (), "nothing to count"), (1, (), ""), (None, (), ""), (1, ("a",), "not confirmed yet")],
)
def test_a_figure_says_what_it_does_not_rest_on(n: int | None, unconfirmed: tuple[str, ...], caveat: str) -> None:
    """One case is something to count, no case is not; what nobody confirmed is said where there is something."""
    shown = shown_figure({"x": {**row(1, "count"), "n": n, "unconfirmed": unconfirmed}}, "x")

    assert shown.caveat == caveat
    assert ("mark-unconfirmed" in shown.html()) is bool(caveat)


def test_a_range_stands_beside_a_figure_only_where_it_is_asked_for() -> None:
    """A unit that the value has is not repeated, but the sign of a share is; what has no range has no empty one."""
    months, share, exact = row(4.1, "months", 4.0, 4.2), row(0.05, "share", 0.04, 0.06), row(4.1, "months")

    pages = [shown_figure({"x": one}, "x").html(with_range=True) for one in (months, share, exact)]
    assert ['<span class="range">' in page for page in pages] == [True, True, False]
    assert ">4 to 4.2</span>" in pages[0]
    assert ">4 to 6 %</span>" in pages[1]
    assert "range" not in shown_figure({"x": months}, "x").html()


def test_a_figure_without_a_value_keeps_its_name() -> None:
    """What could not be measured is named as it would have been; what no stage made, by its id."""
    assert shown_figure({"x": row(None, "count")}, "x").label == "L"
    assert shown_figure({}, "x").label == "x"


@pytest.mark.parametrize(("evidence", "has_mark"), [("measured", True), ("default", True), ("", False), ("rumour", False)])
def test_only_known_evidence_has_a_mark(evidence: str, *, has_mark: bool) -> None:
    """Evidence that nobody explains to the client is not marked as if it were one of the four kinds."""
    assert ('class="mark ' in shown_figure({"x": {**row(1, "count"), "evidence": evidence}}, "x").html()) is has_mark


def test_arithmetic_and_method_are_written_as_the_reader_writes_numbers() -> None:
    """In a German report 1,318.8 once is no number beside 1.319; a day and a client's own words stay as they are."""
    told = {**row(1318.8, "currency", currency="EUR"), "formula": "975 + 343.8 = 1,318.8", "method": "“V2.1” of 2026-10-05."}
    with written_for("DE"):
        shown = shown_figure({"x": told}, "x")

    assert shown.formula == "975 + 343,8 = 1.318,8"
    assert shown.method == told["method"]
    assert "975 + 343,8 = 1.318,8" in shown.html()
