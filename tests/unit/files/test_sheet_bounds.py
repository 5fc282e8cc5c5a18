"""How much of a sheet is looked at, and what a workbook may hold: just under, at and just over each limit."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
import xlwt

from tests.unit.files.test_block_bounds import found, plane
from toolkit.files.blocks import _beside, _candidates, _first_header, _is_header
from toolkit.files.layout import columns_of
from toolkit.files.percent_cells import percent_cells
from toolkit.files.source import Source
from toolkit.files.summary_rows import _balance_rows, summary_rows
from toolkit.files.workbook import _block_table
from toolkit.files.workbook_cells import _answers

Rows = Sequence[Sequence[str]]
WIDE = [["Item", "Code", "Price", "Stock", "Place"], *[["Nut", "7", "1.00", "5", "x"]] * 6]


def source(data: bytes = b"x", name: str = "t.xlsx") -> Source:
    """Return bytes as a file."""
    return Source(name, "", name, len(data), lambda: io.BytesIO(data))


def nested(depth: int) -> list[list[str]]:
    """Return a table beside a table above a table beside …, so many in all and one more."""
    rows: list[list[str]] = [["Name", "Net", "Tax"], *[["x", "1.00", "0.20"]] * 3]
    for level in range(1, depth + 1):
        width = 2 if (depth - level) % 2 == 0 else len(rows[0])
        names = [
            f"Name {'ABCDEFGH'[level]}",
            *(f"Net {'ABCDEFGH'[level]}{'JKLMNOPQRSTUVWXYZ'[at]}" for at in range(width - 1)),
        ]
        values = ["x", *["1.00"] * (width - 1)]
        if width == 2:
            left = [names, *[values] * (len(rows) - 2), ["", ""]]
            rows = [[*one, "", *other] for one, other in zip(left, rows, strict=True)]
        else:
            rows = [names, *[values] * 3, [""] * width, *rows]
    return rows


@pytest.mark.parametrize(("depth", "tables"), [(4, 5), (5, 6), (6, 7), (7, 7)])
def test_a_sheet_is_cut_six_times_into_tables_within_what_was_cut(depth: int, tables: int) -> None:
    """A table beside one that stands below another and so on: what is deeper stays together."""
    assert len(found(nested(depth))) == tables


def test_more_than_two_hundred_empty_columns_part_nothing() -> None:
    """They are how a sheet is laid out."""
    rows = [(["Name", "Net", ""] * 202)[:-1], (["A", "1.00", ""] * 202)[:-1]]
    sheet, block = plane(rows)

    assert _beside(sheet, block) == [block]


def test_tables_beside_each_other_may_stand_below_another() -> None:
    """Each with its title; rows and columns are those of the whole sheet."""
    top = [
        ["Region", "Manager", "Phone", "Fax", "Since", "Town", "Net"],
        *[["North", "Ann", "1", "2", "1999", "x", "5"]] * 2,
    ]
    rows = [
        *top,
        [""] * 7,
        ["Bills", "", "", "", "Credits", "", ""],
        ["Bill", "Seller", "Sum", "", "Note", "Buyer", "Sum"],
        *[["7", "x", "1.00", "", "9", "y", "2.00"]] * 3,
        ["8", "x", "1.00", "", "", "", ""],
    ]

    assert found(rows) == [(0, 3, 0, 7), (4, 10, 0, 3), (4, 9, 4, 7)]


@pytest.mark.parametrize(("digits", "words", "expected"), [(10, 10, False), (11, 9, True), (9, 10, False), (11, 10, True)])
def test_a_header_is_judged_by_the_twenty_rows_below_it(digits: int, words: int, *, expected: bool) -> None:
    """Values in most of them, whatever stands further down."""
    rows = [["Bill", "Seller", "Day"], *[["7", "x", "x"]] * digits, *[["w", "x", "x"]] * words, *[["8", "x", "x"]] * 5]
    sheet, block = plane(rows)

    assert _is_header(sheet, block, 0, ("bill", "payer"), is_after_gap=True) is expected


@pytest.mark.parametrize(("values", "expected"), [(9, False), (10, True)])
def test_the_twentieth_row_below_a_header_counts(values: int, *, expected: bool) -> None:
    """Nine of nineteen are less than half, ten of nineteen would be more; of twenty, ten are just half."""
    rows = [["Bill", "Seller", "Day"], *[["w", "x", "x"]] * 9, *[["8", "x", "x"]] * values, *[["w", "x", "x"]] * 2]
    sheet, block = plane(rows[: 10 + values])

    assert _is_header(sheet, block, 0, ("bill", "payer"), is_after_gap=True) is expected


@pytest.mark.parametrize(("titles", "places"), [(4, {8: True}), (5, {9: True}), (6, {})])
def test_five_titles_may_stand_above_a_header(titles: int, places: dict[int, bool]) -> None:
    """What follows more lines of one cell is no header."""
    rows = [["Name", "Net", "On"], ["A", "1", "2"], ["B", "2", "3"], [""] * 3, *[["Title", "", ""]] * titles]
    rows += [["Bill", "Seller", "Paid"], ["7", "8", "9"]]
    sheet, block = plane(rows)
    counts = sheet.filled.sum(axis=1)
    breaks = np.r_[False, counts[:-1] == 0]

    assert _candidates(sheet, block, counts, breaks, 0) == places


@pytest.mark.parametrize(("gaps", "found_rows"), [(3_999, 3_999), (4_000, 4_000), (4_001, 4_000)])
def test_cells_of_possible_headers_are_counted(gaps: int, found_rows: int) -> None:
    """Of a hundred columns four thousand rows are looked at, the first ones."""
    rows = [["Name", "Net"], ["A", "1"], *[["B", "2"]] * gaps]
    sheet, _ = plane(rows)
    wide = sheet.cells
    for place in range(2, 100):
        wide = wide.append_column(f"c{place}", pa.nulls(len(rows), pa.string()))
    block = type(_)(0, len(rows), 0, 100)
    breaks = np.r_[False, False, np.ones(gaps, bool)]

    candidates = _candidates(type(sheet)(wide, sheet.filled, breaks, frozenset()), block, np.full(len(rows), 2), breaks, 0)

    assert (len(candidates), max(candidates)) == (found_rows, found_rows + 1)


@pytest.mark.parametrize(("gaps", "found_rows"), [(5_000, 5_000), (5_001, 0)])
def test_five_thousand_empty_lines_at_most_part_tables(gaps: int, found_rows: int) -> None:
    """A list with more of them is one."""
    sheet, block = plane([["Name", "Net"], ["A", "1"], *[["B", "2"]] * gaps])
    breaks = np.r_[False, False, np.ones(gaps, bool)]

    assert len(_candidates(sheet, block, np.full(gaps + 2, 2), breaks, 0)) == found_rows


@pytest.mark.parametrize(("lines", "position"), [(13, 13), (14, 14), (15, 20)])
def test_a_first_table_begins_in_the_first_fifteen_rows(lines: int, position: int) -> None:
    """Below more lines of a letter, the wider table is the first one."""
    rows = [*[["A line"]] * lines, ["Bill", "Payer", "Net"], *[["7", "x", "1.00"]] * 4, *WIDE]
    breaks = np.isin(np.arange(len(rows)), [lines, lines + 5])

    assert _first_header(rows, breaks, frozenset()) == position


@pytest.mark.parametrize(("rows", "is_form"), [(198, True), (199, True), (200, False)])
def test_a_form_stands_in_less_than_two_hundred_rows(rows: int, *, is_form: bool) -> None:
    """The empty ones between its labels count."""
    labels = [["Company:", "Acme"], ["Phone:", "0113"], ["Founded:", "1999"], ["VAT:", "GB1"]]
    cells = columns_of([*labels, *[["", ""]] * (rows - 5), ["Fax:", "0114"]], 2)

    assert bool(_block_table(source(), cells, 1, frozenset()).notes) is is_form


@pytest.mark.parametrize(("totals", "first"), [(9, 12), (10, 12), (11, 13)])
def test_ten_last_rows_may_be_totals(totals: int, first: int) -> None:
    """Of rows with nothing but amounts the last ten are looked at."""
    rows: list[list[str | None]] = [["Acme", "x", "1.00", "2.00"]] * 12 + [[None, None, "3.00", "4.00"]] * totals
    filled = np.array([sum(cell is not None for cell in row) for row in rows], np.int32)

    assert min(summary_rows(columns_of(rows, 4), filled, frozenset(), is_grouped=False)) == first


@pytest.mark.parametrize(("rows", "is_found"), [(4_000, True), (4_001, False)])
def test_a_list_of_one_column_is_searched_for_balances_at_its_ends(rows: int, *, is_found: bool) -> None:
    """In the middle of a longer one, "Closing balance" is a record like the others."""
    cells = pa.table({"c0": pa.chunked_array([["x"] * 2_000 + ["Closing balance"] + ["x"] * (rows - 2_001)])})

    assert (list(summary_rows(cells, np.ones(rows, np.int32), frozenset(), is_grouped=False)) == [2_000]) is is_found


@pytest.mark.parametrize(("rows", "found_rows"), [(50_000, 50_000), (50_001, 0)])
def test_a_column_full_of_such_words_states_no_balances(rows: int, found_rows: int) -> None:
    """More than fifty thousand cells that speak of a balance are what the column is about."""
    assert len(_balance_rows(pa.table({"c0": pa.chunked_array([["saldo"] * rows])}))) == found_rows


def old_workbook(row: int, column: int, more: int = 0) -> bytes:
    """Return a workbook of the old format with a first and a last cell, and a text of some length."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Old")
    sheet.write(0, 0, "Name" + "x" * more)
    sheet.write(row, column, "last")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("rows", "is_read"), [(9_999, True), (10_000, True), (10_001, False)])
def test_a_small_old_workbook_spreads_over_a_million_cells(rows: int, *, is_read: bool) -> None:
    """More of them are more than its bytes can fill: it is damaged."""
    first = next(_answers(old_workbook(rows - 1, 99)))

    assert isinstance(first, dict)
    assert ("error" not in first) is is_read
    if is_read:
        assert (first["first_row"], first["first_column"], first["width"], first["height"]) == (1, 0, 100, rows)


@pytest.mark.parametrize(("further", "is_read"), [(0, True), (1, False)])
def test_an_old_workbook_has_fifty_cells_for_each_of_its_bytes(further: int, *, is_read: bool) -> None:
    """Where that is more than a million."""
    size = len(old_workbook(10_000, 249, 25_000))
    assert size * 50 > 1_000_000

    data = old_workbook(size * 50 // 250 - 1 + further, 249, 25_000)

    assert len(data) == size
    assert ("error" not in next(_answers(data))) is is_read


def sheet_of(cell: str) -> bytes:
    """Return a workbook whose only cell stands there."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><v>1</v></c>'
        f'<c r="{cell}1"><v>2</v></c></row></sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(("last", "width"), [("XFC", 16_383), ("XFD", 16_384), ("XFE", None)])
def test_a_workbook_has_no_more_columns_than_its_program(last: str, width: int | None) -> None:
    """16,384; one that says more is damaged."""
    first = next(_answers(sheet_of(last)))

    assert isinstance(first, dict)
    assert first.get("width") == width


@pytest.mark.parametrize(("rows", "columns", "is_shown"), [(100, 100, True), (10_000, 1, True), (73, 137, False)])
def test_ten_thousand_repeated_cells_may_show_a_percentage(rows: int, columns: int, *, is_shown: bool) -> None:
    """Rows times columns: more of them are how a sheet was painted. 73 times 137 is 10,001."""
    table, office = "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    content = (
        f'<t:body xmlns:t="{table}" xmlns:o="{office}"><t:table t:name="A"><t:table-row><t:table-cell/></t:table-row>'
        f'<t:table-row t:number-rows-repeated="{rows}"><t:table-cell/>'
        f'<t:table-cell o:value-type="percentage" t:number-columns-repeated="{columns}"/></t:table-row>'
        '<t:table-row><t:table-cell o:value-type="percentage"/></t:table-row></t:table></t:body>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", content)

    places = percent_cells(data.getvalue())["A"]

    assert (2, 1) in places or not is_shown
    assert len(places) == 1 + (rows * columns if is_shown else 0)
    assert (rows + 2, 0) in places
    assert max(places) == (rows + 2, 0)


@pytest.mark.parametrize("name", ["w.xls", "w.xlsx"])
@pytest.mark.parametrize(("row", "column"), [(0, 0), (0, 2), (1, 0), (4, 2)])
def test_a_table_may_begin_anywhere_on_a_sheet(read_one: Any, cells: Any, name: str, row: int, column: int) -> None:
    """Empty rows and columns above and before it are no cells of it; lines are those of the sheet."""
    old, new = xlwt.Workbook(), openpyxl.Workbook()
    sheet = old.add_sheet("Sheet")
    for down, texts in enumerate([["Name", "Net"], ["Acme", "1.00"], ["Bolt", ""], ["Cove", "3.00"]]):
        for right, text in enumerate(texts):
            if text:
                sheet.write(row + down, column + right, text)
                new.active.cell(row + down + 1, column + right + 1, text)
    data = io.BytesIO()
    (old if name == "w.xls" else new).save(data)

    table = read_one(name, data.getvalue())

    assert (table.headers, table.header_line) == (("Name", "Net"), row + 1)
    assert cells(table) == [("Acme", "1.00"), ("Cove", "3.00")]
    assert table.rows["line"].to_pylist() == [row + 2, row + 4]
    assert table.quarantine["line"].to_pylist() == [row + 3]
    first, *rows = _answers(data.getvalue())
    assert isinstance(first, dict)
    assert [first[name] for name in ("first_row", "first_column", "width", "height")] == [row + 1, column, 2, 4]
    assert rows == [["Name", "Net"], ["Acme", "1.00"], ["Bolt", ""], ["Cove", "3.00"], {"end": True}]
