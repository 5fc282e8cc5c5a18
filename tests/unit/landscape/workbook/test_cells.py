"""One cell of the form: what it shows and what its text means."""

from datetime import date
from typing import Any

import pytest

from toolkit.landscape.workbook.cells import cell_meaning, minutes_meaning, shown_value
from toolkit.landscape.workbook.form import FORM_SHEETS, MINUTES

COLUMNS = {column.key: column for form in FORM_SHEETS for column in form.columns}
VALUES = [
    ("owner", "Nora"), ("category", "ledger"), ("is_informal", True), ("is_informal", False), ("users", 12),
    ("cost_per_month", 450.5), ("error_rate", 0.03), ("delay_days", 3.0), ("on", date(2026, 10, 2)), ("trigger", "manual"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), VALUES)
def test_what_a_cell_shows_is_read_back_as_the_same(key: str, value: Any) -> None:
    """Of every kind of column: sending the workbook out and back invents nothing."""
    shown = shown_value(COLUMNS[key], value)

    assert cell_meaning(COLUMNS[key], str(shown)).value == value


@pytest.mark.parametrize(("text", "share"), [("99", 0.99), ("100", 1.0), ("101", None)])
def test_no_more_than_all_items_can_have_an_error(text: str, share: float | None) -> None:
    """A hundred of a hundred may need mending, one more cannot."""
    assert cell_meaning(COLUMNS["error_rate"], text).value == share


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (("", "18", ""), (18, 18, 18)),
        (("", "15-20", ""), (15, 17.5, 20)),
        (("10", "", "20"), (10, 15, 20)),
        (("10", "15", ""), (10, 15, None)),
        (("", "15", "15"), (None, 15, 15)),
        (("", "15", "14"), (None, None, None)),
        (("", "", ""), (None, None, None)),
    ],
)
def test_three_cells_of_minutes_are_told_together(
    written: tuple[str, str, str], read: tuple[float | None, float | None, float | None]
) -> None:
    """One cell fills the others, two ends give the middle, and what is out of order is not taken."""
    assert tuple(minutes_meaning(dict(zip(MINUTES, written, strict=True))).values.values()) == read


@pytest.mark.parametrize("written", [("10", "about twenty", "25"), ("10", "", "a lot"), ("?", "15", "25")])
def test_two_of_three_minutes_are_no_answer(written: tuple[str, str, str]) -> None:
    """One cell cannot be read: none of the three is taken, so that what was answered before stays, and each is named."""
    cells = dict(zip(MINUTES, written, strict=True))

    found = minutes_meaning(cells)

    assert set(found.values.values()) == {None}
    assert {key: seen for key, seen, _ in found.problems} == {key: text for key, text in cells.items() if text}


def test_what_the_form_shows_is_never_asked_again() -> None:
    """A cost with three decimals goes out with one more, so that it comes back as it was."""
    shown = shown_value(COLUMNS["cost_per_month"], 12.125)

    assert (shown, cell_meaning(COLUMNS["cost_per_month"], str(shown), "GBP").value) == ("12.1250", 12.125)
