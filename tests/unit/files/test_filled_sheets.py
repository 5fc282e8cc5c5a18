"""Sheets that people filled in: every row counts."""

from pathlib import Path

import openpyxl

from toolkit.files.filled_sheets import filled_sheets

HEADERS = ("Handoff", "By", "Minutes")


def test_every_row_of_a_filled_sheet_counts(tmp_path: Path) -> None:
    """Also one with a single cell in the middle, one of words behind an empty line, and one that calls itself a balance."""
    book = openpyxl.Workbook()
    book.active.title = "Handoffs"
    rows = [("Deal to project", "Dana", 10), ("Order to invoice",), ("Opening balance", "Ben", 5)]
    for row in [HEADERS, *rows, (), ("Ledger", "Kim", "often"), ("Stock", "Lee", 7)]:
        book.active.append(row)
    book.save(tmp_path / "answers.xlsx")

    [sheet] = filled_sheets(tmp_path / "answers.xlsx", HEADERS)

    assert sheet.name == "Handoffs"
    assert [(line, cells["handoff"]) for line, cells in sheet.rows] == [
        (2, "Deal to project"), (3, "Order to invoice"), (4, "Opening balance"), (6, "Ledger"), (7, "Stock"),
    ]  # fmt: skip
