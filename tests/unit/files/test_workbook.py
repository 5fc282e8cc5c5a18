"""Workbooks: old, open and protected ones, and those that mean harm."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from toolkit.errors import InputError


def xlsx(*sheets: list[list[Any]], hidden: bool = False) -> bytes:
    """Return a workbook of these sheets, the last one hidden where asked."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    if hidden:
        sheet.sheet_state = "hidden"
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
    """Empty sheets are passed over; hidden ones are read and said to be hidden."""
    tables = read("w.xlsx", xlsx(SMALL, [], [["Item"], ["x"]], hidden=True))

    assert [table.part for table in tables] == ["Sheet 1", "Sheet 3"]
    assert [table.notes for table in tables] == [(), ("The sheet 'Sheet 3' is hidden.",)]


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
