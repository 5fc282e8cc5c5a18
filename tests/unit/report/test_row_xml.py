"""Rows of a sheet as XML: the very bytes that xlsxwriter writes for the same cells, and none of a client's beside them."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from toolkit.report.row_xml import legal_text, row_xml
from toolkit.report.sheets import Sheet, write_sheets

HOSTILE = [
    "",
    " ",
    "a ",
    "\u2003a",
    "a\n",
    "\r",
    "_x000D_",
    "_x005F_x000D_",
    "a&b<c>",
    "]]>",
    "\x00\x1f",
    "\ufffe",
    "1.0",
    "\u00e9\U0001f600",
]


def xml_of(table: pa.Table, first_line: int = 1) -> str:
    """Return the rows of a table without formats."""
    return b"".join(bytes(one) for one in row_xml(table, [""] * table.num_columns, first_line=first_line)).decode()


def xlsxwriter_xml(rows: list[list[Any]]) -> str:
    """Return the rows that xlsxwriter writes for the same cells, text as legal text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str) and value:
                    page.write_string(line, place, legal_text(value))
                elif isinstance(value, date):
                    page.write_datetime(line, place, value)
                elif value not in (None, ""):
                    page.write_number(line, place, value)
    sheet = zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml").decode()
    return re.sub(r".*<sheetData>|</sheetData>.*|.*<sheetData/>.*", "", sheet, flags=re.DOTALL)


texts = st.one_of(st.none(), st.sampled_from(HOSTILE), st.text(max_size=12))
numbers = st.one_of(st.none(), st.integers(-(2**60), 2**60))
floats = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
days = st.one_of(st.none(), st.dates(min_value=date(1800, 1, 1)))


@given(st.lists(st.tuples(texts, numbers, floats, days, texts), max_size=6))
@example([(None, None, None, None, ""), ("a", 1, 0.1, date(2026, 2, 28), " ")])
def test_rows_are_the_bytes_that_xlsxwriter_writes(rows: list[tuple[Any, ...]]) -> None:
    """Whatever the cells hold, a row is written as the known library writes it, which spreadsheets are tested with."""
    kinds = (pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.large_string())
    table = pa.table({str(place): pa.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds)})

    assert xml_of(table) == xlsxwriter_xml([list(row) for row in rows])


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_text_comes_back_as_it_was(values: list[str]) -> None:
    """Markup, escapes and outer spaces of a client's text are read back as text, and add no element to the file."""
    root = ET.fromstring(f"<rows>{xml_of(pa.table({'a': values}))}</rows>")

    found = {cell.get("r"): unescape(cell.findtext("is/t") or "") for cell in root.iter("c")}
    shown = {f"A{line}": legal_text(value) for line, value in enumerate(values, start=1) if value}
    # A parser reads any line end as one "\n", so "\r" goes as an escape, which is taken back here.
    assert found == shown
    assert {one.tag for one in root.iter()} <= {"rows", "row", "c", "is", "t"}


@pytest.mark.parametrize(("sign", "units"), [("y", 1), ("\u20ac", 1), ("\U0001f600", 2)])
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_cell_holds_32767_units_of_text(sign: str, units: int, over: int) -> None:
    """Just under and at the limit nothing is cut; over it an ellipsis ends what fits, and no sign is halved."""
    text = sign * (32_767 // units + over)

    kept = legal_text(text)
    assert len(kept.encode("utf-16-le")) // 2 <= 32_767
    assert (kept == text) is (over <= 0)
    assert kept.rstrip("…") == sign * min(len(text), len(text) if over <= 0 else 32_766 // units)
    assert f">{kept}</t>" in xml_of(pa.table({"a": [text]}))


@pytest.mark.parametrize("count", [0, 1, 4_095, 4_096, 4_097])
def test_no_row_is_lost_or_doubled_between_two_batches(count: int) -> None:
    """Rows are made some thousand at a time; their numbers go on without a gap."""
    table = pa.table(
        {"a": pa.chunked_array([list(map(str, range(count)))[:7], list(map(str, range(count)))[7:]], pa.string())}
    )

    found = re.findall(
        r'<row r="(\d+)"><c r="A(\d+)" t="inlineStr"><is><t>(\d+)</t></is></c></row>', xml_of(table, first_line=2)
    )
    assert found == [(str(line + 2), str(line + 2), str(line)) for line in range(count)]


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(1900, 1, 1), 1), (date(1900, 2, 28), 59), (date(1900, 3, 1), 61), (date(2026, 10, 5), 46300), (None, None)],
)
def test_a_date_is_the_number_of_its_day(day: date | None, number: int | None) -> None:
    """The day that a sheet counts and the calendar lacks, February 29 of 1900, is stepped over."""
    shown = "" if number is None else f'<row r="1"><c r="A1"><v>{number}</v></c></row>'

    assert xml_of(pa.table({"a": pa.array([day], pa.date32())})) == shown


def test_what_is_no_number_is_shown_as_such() -> None:
    """Not-a-number and infinity are the errors of a sheet, without a formula; yes and no are words."""
    table = pa.table({"a": [float("nan"), float("inf"), 0.5], "b": [True, None, False], "c": pa.nulls(3)})

    assert re.findall(r"<v>(.*?)</v>", xml_of(table)) == ["#NUM!", "#DIV/0!", "0.5"]
    assert re.findall(r'r="(B\d)".*?<t>(.*?)</t>', xml_of(table)) == [("B1", "True"), ("B3", "False")]
    assert "<f>" not in xml_of(table)


def test_a_column_of_another_kind_is_refused() -> None:
    """What the sheet could only show by guessing is a fault of ours, and said."""
    with pytest.raises(TypeError, match="A is of list"):
        xml_of(pa.table({"a": [["x"]]}))


def test_two_readers_find_the_same_cells(tmp_path: Path) -> None:
    """Names repeated by number, text, shares, dates and gaps, as read by openpyxl and by calamine."""
    table = pa.table(
        {
            "name": pa.array(["=1+1", " Ünal & Söhne <GmbH>", None]).dictionary_encode(),
            "probability": [0.123, None, 1.0],
            "date": pa.array([date(2026, 10, 5), None, None], pa.date32()),
            "note": pa.nulls(3),
        }
    )
    path = write_sheets(tmp_path / "a.xlsx", "t", "f", (Sheet("S", "p.", table, (10, 9, 9, 9), 3),), advice="a")

    page = openpyxl.load_workbook(path)["S"]
    cells = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [[row[0], row[1], row[2] and row[2].date(), row[3]] for row in cells] == [
        list(row.values()) for row in table.to_pylist()
    ]
    assert [page["B2"].number_format, page["C2"].number_format, page["A2"].data_type] == ["0.0%", "yyyy-mm-dd", "s"]
    read = CalamineWorkbook.from_path(path).get_sheet_by_name("S").to_python()
    assert read[1:] == [["=1+1", 0.123, date(2026, 10, 5), ""], [" Ünal & Söhne <GmbH>", "", "", ""], ["", 1.0, "", ""]]
