"""S06: a workbook to import holds texts and nothing that runs; read back, each is what it was."""

import io
import zipfile

import openpyxl
import pytest

from toolkit.report.plain_workbook import plain_workbook


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(1)", "\t=1", '=HYPERLINK("http://x","y")', '"=1', "{=1}",
     "http://x.example/a", "mailto:ann@example.com", "internal:Import!A1", "007", "1e5", "-12.50", "2026-10-05", "TRUE",
     "_x0041_", "a\nb", "  blanks  ", "Zo\u00eb & S\u00f6hne \u590f", "x" * 32_767],
)  # fmt: skip
def test_s06_a_cell_is_the_text_that_it_was_given(text: str) -> None:
    """No formula, no link, no number that loses its zeros."""
    content = plain_workbook(["Name", "Other"], [[text, ""]])

    sheet = openpyxl.load_workbook(io.BytesIO(content))["Import"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].hyperlink) == (text, "s", None)
    assert sheet["B2"].value is None
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert content == plain_workbook(["Name", "Other"], [[text, ""]])


@pytest.mark.parametrize(
    ("text", "value"),
    [("-12.50", -12.5), ("0", 0), ("0.01", 0.01), ("999999999999.999", 999999999999.999), ("1234", 1234),
     # What would lose a digit, or is no number, stays the text that it is.
     ("1234567890123", "1234567890123"), ("007", "007"), ("1e5", "1e5"), ("=1+1", "=1+1"), ("12,50", "12,50"), ("", None)],
)  # fmt: skip
def test_s06_a_number_stays_one_where_it_loses_nothing(text: str, value: float | str | None) -> None:
    """In the columns that hold numbers, and below the headers."""
    sheet = openpyxl.load_workbook(io.BytesIO(plain_workbook(["5", "6"], [[text, text]], {0})))["Import"]

    assert sheet["A2"].value == value
    assert sheet["B2"].value == (text or None)
    assert sheet["A1"].value == "5"
