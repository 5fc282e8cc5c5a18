from typing import Any

import pytest

from toolkit.report.shown import NOT_KNOWN, shown_figure


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
    assert '"><' not in page.replace('"><span', "").replace('"></', "")
