"""Workbooks: old, open and protected ones, and those that mean harm."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, Tab

from toolkit.errors import InputError
from toolkit.files.read import raw_tables


def xlsx(*sheets: list[list[Any]]) -> bytes:
    """Return a workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    return saved(book.save)


def saved(save: Callable[[io.BytesIO], Any]) -> bytes:
    """Return what a library writes into a file."""
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def changed(workbook: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one member rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return out.getvalue()


SMALL = [["Name", "Qty"], ["Acme", 1]]


def test_every_kind_of_cell_has_one_exact_text(read_one: Any, cells: Any) -> None:
    """Whole numbers have no point, dates are ISO, truth is a word."""
    row = ["007", 45, 0.1 + 0.2, 1e-7, True, dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 3, 4), dt.time(9, 5)]  # noqa: DTZ001

    table = read_one("w.xlsx", xlsx([[f"Column {name}" for name in "ABCDEFGH"], row]))

    assert cells(table) == [("007", "45", "0.3", "0.0000001", "TRUE", "2026-01-02", "2026-01-02T03:04:00", "09:05:00")]


def test_every_sheet_with_cells_is_a_table(read: Any) -> None:
    """Empty sheets are passed over."""
    tables = read("w.xlsx", xlsx(SMALL, [], [["Item"], ["x"]]))

    assert [table.part for table in tables] == ["Sheet 1", "Sheet 3"]
    assert [table.notes for table in tables] == [(), ()]


def test_the_header_may_stand_below_a_title(read_one: Any, reasons: Any) -> None:
    """Lines are rows of the sheet; empty rows are nothing."""
    rows = [["Harbor & Pine"], [], ["Job no", "Hours", "Cost"], ["J1", 1.5, 100], [], ["J2", 2, 50], [None, None, 150]]

    table = read_one("w.xlsx", xlsx(rows))

    assert (table.header_line, table.rows["line"].to_pylist()) == (3, [4, 6])
    assert (table.preamble, table.totals) == ((("Harbor & Pine",),), ({2: "150"},))
    assert reasons(table) == [(7, "total_line")]


def test_a_workbook_named_csv_is_read_as_a_workbook(read_one: Any, cells: Any) -> None:
    """The content decides, and the table says so."""
    table = read_one("w.csv", xlsx(SMALL))

    assert cells(table) == [("Acme", "1")]
    assert table.notes == ("The name ends in '.csv', but the content is a workbook; it was read as that.",)


def test_the_old_binary_format_is_read(read_one: Any, cells: Any) -> None:
    """Many ledgers still write XLS."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Old")
    for number, row in enumerate(SMALL):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)

    table = read_one("w.xls", saved(book.save))

    assert (table.part, table.headers, cells(table)) == ("Old", ("Name", "Qty"), [("Acme", "1")])


def ods(cell_repeats: int = 1, row_repeats: int = 1) -> bytes:
    """Return an open document whose second row is repeated."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Open")
    for repeats, columns, text in ((1, 1, "Name"), (row_repeats, cell_repeats, "Acme")):
        row = TableRow(numberrowsrepeated=repeats)
        cell = TableCell(valuetype="string", numbercolumnsrepeated=columns)
        cell.addElement(P(text=text))
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    return saved(document.write)


def test_the_open_format_is_read(read_one: Any, cells: Any) -> None:
    """LibreOffice writes ODS."""
    assert cells(read_one("w.ods", ods())) == [("Acme",)]


def test_cells_without_end_are_refused(read: Any) -> None:
    """A few bytes may claim a grid of seventeen thousand million cells."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Name"
    book.active["XFD1048576"] = "far away"

    for name, data in (("w.xlsx", saved(book.save)), ("w.ods", ods(16_000, 1_000_000))):
        with pytest.raises(InputError, match="spreads its cells"):
            read(name, data)


def test_a_protected_workbook_says_so(read: Any) -> None:
    """The next step is in the message; nobody guesses a password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    protected = saved(lambda out: OOXMLFile(io.BytesIO(xlsx(SMALL))).encrypt("secret", out))

    with pytest.raises(InputError, match=r"protected by a password. Open it, save it without a password"):
        read("w.xlsx", protected)


def test_a_bomb_in_a_workbook_is_refused_before_it_is_opened(read: Any) -> None:
    """60 MB hidden in 0.06 MB."""
    bomb = changed(xlsx(SMALL), "xl/worksheets/sheet1.xml", lambda data: data + b" " * 60_000_000)

    with pytest.raises(InputError, match="more than 100 times its size"):
        read("w.xlsx", bomb)


def test_a_document_type_in_a_workbook_is_refused(read: Any) -> None:
    """No entity of a client's file is ever expanded."""
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
    data = changed(xlsx(SMALL), "xl/worksheets/sheet1.xml", lambda old: old.replace(b"<worksheet", evil, 1))

    with pytest.raises(InputError, match="document type"):
        read("w.xlsx", data)


@pytest.mark.parametrize("keep", [0.3, 0.95])
def test_a_workbook_cut_off_is_refused(read: Any, keep: float) -> None:
    """A broken download is asked for again."""
    data = xlsx(SMALL)

    with pytest.raises(InputError, match="damaged or cut-off"):
        read("w.xlsx", data[: int(keep * len(data))])


def test_a_damaged_old_workbook_stops_only_its_reader(read: Any) -> None:
    """Its tables of sectors may send a reader in circles."""
    with pytest.raises(InputError, match="cannot be read as a workbook"):
        read("w.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 5000)


def test_a_workbook_without_cells_is_empty(read: Any) -> None:
    """The message names the file."""
    with pytest.raises(InputError, match=r"'w.xlsx' has no sheet with cells"):
        read("w.xlsx", xlsx([]))


def hidden_xlsx(state: str) -> bytes:
    """Return a workbook with two sheets, the second hidden in a way."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(SMALL, [["Name", "Qty"], ["Old", 2]])))
    book.worksheets[1].title = "old 2024"
    book.worksheets[1].sheet_state = state
    return saved(book.save)


def hidden_xls() -> bytes:
    """Return the same in the old format."""
    book = xlwt.Workbook()
    for name, text in (("Sheet 1", "Acme"), ("old 2024", "Old")):
        sheet = book.add_sheet(name)
        for row, cells in enumerate([["Name", "Qty"], [text, 1]]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    sheet.visibility = 1
    return saved(book.save)


def hidden_ods() -> bytes:
    """Return the same as an open document, whose style says that a sheet is not shown."""
    document = OpenDocumentSpreadsheet()
    style = Style(name="ta2", family="table")
    style.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(style)
    for name, text in (("Sheet 1", "Acme"), ("old 2024", "Old")):
        table = Table(name=name, stylename=style if text == "Old" else None)
        for cells in (["Name", "Place"], [text, "Leeds"]):
            row = TableRow()
            for value in cells:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=value))
                row.addElement(cell)
            table.addElement(row)
        document.spreadsheet.addElement(table)
    return saved(document.write)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("w.xlsx", hidden_xlsx("hidden")), ("w.xlsx", hidden_xlsx("veryHidden")), ("w.xls", hidden_xls()),
        ("w.ods", hidden_ods()),
    ],
)  # fmt: skip
def test_a_hidden_sheet_is_left_out_and_said(read_one: Any, cells: Any, name: str, data: bytes) -> None:
    """Last year's invoices behind this year's are not counted without a word."""
    table = read_one(name, data)

    assert cells(table)[0][0] == "Acme"
    assert table.notes == (
        "Sheet 'old 2024' is hidden and was left out; make it visible, or name it in the settings, if it counts.",
    )


def test_a_hidden_sheet_is_read_where_a_person_says_so(tmp_path: Path) -> None:
    """By its name, and its table says that it is hidden."""
    (tmp_path / "w.xlsx").write_bytes(hidden_xlsx("veryHidden"))

    tables = list(raw_tables(tmp_path / "w.xlsx", root=tmp_path, hidden_sheets=["old 2024"]))

    assert [table.rows["c0"].to_pylist() for table in tables] == [["Acme"], ["Old"]]
    assert tables[1].notes == ("The sheet 'old 2024' is hidden, and was read.",)


def test_a_workbook_of_hidden_sheets_only_says_so(tmp_path: Path) -> None:
    """Nothing is read, and the names stand in the message."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx([], [["Name"], ["x"]])))
    book.worksheets[1].sheet_state = "hidden"
    (tmp_path / "w.xlsx").write_bytes(saved(book.save))

    with pytest.raises(InputError, match="only hidden sheets with cells in them: 'Sheet 2'"):
        list(raw_tables(tmp_path / "w.xlsx", root=tmp_path))


def test_hidden_rows_and_columns_are_read_and_said(read_one: Any) -> None:
    """A filtered list may be half of what the client sees, or twice."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx([["Name", "Qty", "Note"], ["Acme", 1, "x"], ["Bolt", 2, "y"]])))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True

    table = read_one("w.xlsx", saved(book.save))

    assert table.rows.num_rows == 2
    assert table.notes == ("1 row and 1 column of the sheet are hidden; they were read.",)


def test_errors_of_a_workbook_are_told_from_empty_cells(read_one: Any, cells: Any) -> None:
    """``#N/A`` is an answer that a formula gave; what it means for an amount is decided where amounts are read."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx([["Name", "Net", "On"], *([name, 1, 2] for name in "ABC")])))
    book.active["B4"] = None
    book.active["B2"] = "#N/A"
    book.active["B3"] = "#DIV/0!"
    book.active["B2"].data_type = book.active["B3"].data_type = "e"

    assert [row[1] for row in cells(read_one("w.xlsx", saved(book.save)))] == ["#N/A", "#DIV/0!", None]


def test_durations_tabs_and_line_breaks_of_an_open_document_survive(read_one: Any, cells: Any) -> None:
    """A duration passes 24 hours; an error is its text; a yes stays yes in the words of any language."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Open")
    header = TableRow()
    for name in ("Address", "Hours", "Rate", "Paid"):
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=name))
        header.addElement(cell)
    row = TableRow()
    cell = TableCell(valuetype="string")
    paragraph = P(text="12")
    for element, text in ((Tab(), "Main St"), (LineBreak(), "Leeds")):
        paragraph.addElement(element)
        paragraph.addText(text)
    cell.addElement(paragraph)
    row.addElement(cell)
    for value, shown in (
        (TableCell(valuetype="time", timevalue="PT26H05M07S"), "26:05"),
        (TableCell(valuetype="string", stringvalue="", formula="of:=1/0"), "#DIV/0!"),
        (TableCell(valuetype="boolean", booleanvalue="true"), "WAHR"),
    ):
        value.addElement(P(text=shown))
        row.addElement(value)
    for one in (header, row):
        table.addElement(one)
    document.spreadsheet.addElement(table)

    assert cells(read_one("w.ods", saved(document.write))) == [("12\tMain St\nLeeds", "26:05:07", "#DIV/0!", "TRUE")]


def test_a_container_that_names_a_part_twice_is_refused(read: Any, read_one: Any) -> None:
    """Spreadsheet programs show one of the two, each another one; equal parts do no harm."""
    data, other = xlsx(SMALL), xlsx([["Name", "Qty"], ["Acme", 2]])
    part = "xl/worksheets/sheet1.xml"

    def doubled(second: bytes) -> bytes:
        out = io.BytesIO(data)
        with (
            zipfile.ZipFile(io.BytesIO(second)) as new,
            zipfile.ZipFile(out, "a") as old,
            pytest.warns(UserWarning, match="Duplicate name"),
        ):
            old.writestr(part, new.read(part))
        return out.getvalue()

    assert read_one("w.xlsx", doubled(data)).rows.num_rows == 1
    with pytest.raises(InputError, match="twice, with different content"):
        read("w.xlsx", doubled(other))


def test_errors_of_the_old_format_are_said_to_be_lost(read_one: Any, cells: Any) -> None:
    """Its reader gives an empty cell for them."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Old")
    for row, values in enumerate([("Name", "Place", "Net"), ("Acme", "Leeds", 1), ("Bolt", "York", 2)]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    sheet.row(3).write(0, "Cove")
    sheet.row(3).write(1, "Hull")
    sheet.row(3).set_cell_error(2, 0x2A)

    table = read_one("w.xls", saved(book.save))

    assert cells(table)[-1] == ("Cove", "Hull", None)
    assert table.notes == (
        "1 cell with an error such as #N/A is read as empty; save the workbook as XLSX to tell them apart.",
    )


def test_a_damaged_old_workbook_that_declares_more_columns_than_it_can_hold_is_refused(read: Any) -> None:
    """One byte of a cell's place makes thousands of columns out of two."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Old")
    for row in range(40):
        for column in range(4):
            sheet.write(row, column, f"v{row}.{column}")
    data = bytearray(saved(book.save))
    # A record of text (LABELSST, 10 bytes) begins with its row and column.
    place = data.index(b"\xfd\x00\x0a\x00")
    data[place + 7] = 0x1A

    with pytest.raises(InputError, match="a workbook of this format holds 256"):
        read("w.xls", bytes(data))
