"""Currencies that only the format of a cell names."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from toolkit.files.read import raw_tables

FORMATS = {"CHF": "[$CHF] #,##0.00", "EUR": "#,##0.00 [$€-407]", "SEK": "#,##0.00 [$SEK]"}


def workbook(path: Path, codes: list[str]) -> Path:
    """Write a list of amounts, each formatted in its currency."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Invoices")
        sheet.write_row(0, 0, ["Invoice", "Customer", "Amount"])
        for row, code in enumerate(codes, 1):
            sheet.write_row(row, 0, [f"INV-{row}", "Acme Ltd"])
            sheet.write_number(row, 2, 10.5 + row, book.add_format({"num_format": FORMATS[code]}))
    return path


def open_document(path: Path, codes: list[str]) -> Path:
    """Write the same as an open document."""
    document, table = OpenDocumentSpreadsheet(), Table(name="Invoices")
    for cells in (("Invoice", "Customer", "Amount"), *((f"INV-{n}", "Acme Ltd", code) for n, code in enumerate(codes))):
        row = TableRow()
        for place, text in enumerate(cells):
            is_amount = place == 2 and text in FORMATS
            cell = (
                TableCell(valuetype="currency", currency=text, value="12.5") if is_amount else TableCell(valuetype="string")
            )
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


@pytest.mark.parametrize(("write", "name"), [(workbook, "a.xlsx"), (open_document, "a.ods")])
def test_several_currencies_in_formats_are_said(tmp_path: Path, write: object, name: str) -> None:
    """Their sum would be no amount of money at all."""
    path = write(tmp_path / name, ["CHF", "EUR", "SEK"])  # type: ignore[operator]

    [table] = raw_tables(path, root=tmp_path)

    assert any("(CHF, EUR, SEK)" in note for note in table.notes)


@pytest.mark.parametrize(("write", "name"), [(workbook, "a.xlsx"), (open_document, "a.ods")])
def test_one_currency_in_a_format_mixes_nothing(tmp_path: Path, write: object, name: str) -> None:
    """Nothing need be said."""
    path = write(tmp_path / name, ["CHF", "CHF"])  # type: ignore[operator]

    [table] = raw_tables(path, root=tmp_path)

    assert table.notes == ()


def test_a_sign_in_a_format_is_as_good_as_a_code(tmp_path: Path) -> None:
    """British workbooks write pounds as a quoted sign beside euros in brackets."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Invoices")
        sheet.write_row(0, 0, ["Invoice", "Customer", "Amount"])
        for row, code in enumerate(['"£"#,##0.00', "[$€-2] #,##0.00", "[$-409]d mmm yyyy"], 1):
            sheet.write_row(row, 0, [f"INV-{row}", "Acme Ltd"])
            sheet.write_number(row, 2, 10.5 + row, book.add_format({"num_format": code}))

    [table] = raw_tables(path, root=tmp_path)

    assert any("(EUR, GBP)" in note for note in table.notes)


def test_a_format_that_no_cell_uses_is_not_counted(tmp_path: Path) -> None:
    """Templates leave formats of other countries in the workbook."""
    path = workbook(tmp_path / "made.xlsx", ["CHF", "CHF"])
    left = tmp_path / "left.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(left, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = part.replace(b"</numFmts>", b'<numFmt numFmtId="199" formatCode="[$SEK] 0"/></numFmts>')
            new.writestr(name, part)

    assert b"SEK" in zipfile.ZipFile(left).read("xl/styles.xml")
    [table] = raw_tables(left, root=tmp_path)
    assert table.notes == ()
