#!/usr/bin/env bash
# One would guess: a reader of workbooks gives a cell with #DIV/0! as that text, or as some mark of an error.
# What happens: python-calamine gives '' for it, exactly as for a cell that nobody filled. In an open document
# as LibreOffice saves it (a text whose value is '') the error is '' as well, though the cell shows '#N/A' and
# pyexcel-ods reads it so; openpyxl gives the text for XLSX.
# Why it matters: a lookup that failed for an invoice reads as "this invoice has no amount". The sum looks
# right, the count of missing amounts is wrong, and nobody is told that a formula of the client is broken.
# Heeded: toolkit/files/package.py makes error cells text before they are read; tests/unit/files/test_workbook.py.
# Versions: python-calamine 0.9.1, openpyxl 3.1.5, XlsxWriter 3.3.1, odfpy 1.4.1, pyexcel-ods 0.6.0.
# Source: this run; _python_calamine.pyi (the types of a cell list none for an error); ECMA-376 18.18.11 (type e).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install python-calamine==0.9.1 openpyxl==3.1.5 XlsxWriter==3.3.1 odfpy==1.4.1 pyexcel-ods==0.6.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import openpyxl
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from pyexcel_ods import get_data
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("invoices.xlsx") as book:
    sheet = book.add_worksheet("T")
    sheet.write_row(0, 0, ["Invoice", "Net"])
    sheet.write_row(1, 0, ["I-1", 250])
    sheet.write(2, 0, "I-2")
    sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    sheet.write(3, 0, "I-3")
    sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
    sheet.write(4, 0, "I-4")

document, table = OpenDocumentSpreadsheet(), Table(name="T")
for name, shown in (("I-1", "12"), ("I-2", "#N/A")):
    row = TableRow()
    for cell in (
        TableCell(valuetype="string"),
        TableCell(valuetype="string", stringvalue="") if shown == "#N/A" else TableCell(valuetype="float", value="12"),
    ):
        cell.addElement(P(text=name if not row.childNodes else shown))
        row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("invoices.ods")

xlsx = [row[1] for row in CalamineWorkbook.from_path("invoices.xlsx").get_sheet_by_name("T").to_python()]
peer = [row[1].value for row in openpyxl.load_workbook("invoices.xlsx", data_only=True)["T"].rows]
ods = [row[1] for row in CalamineWorkbook.from_path("invoices.ods").get_sheet_by_name("T").to_python()]
ods_peer = [row[1] for row in get_data("invoices.ods")["T"]]
print(f"seen: XLSX by calamine {xlsx}")
print(f"seen: XLSX by openpyxl {peer}")
print(f"seen: ODS by calamine {ods}, by pyexcel-ods {ods_peer}")
expected = (
    ["Net", 250.0, "", "", ""],
    ["Net", 250, "#N/A", "#DIV/0!", None],
    [12.0, ""],
    [12, "#N/A"],
)
if (xlsx, peer, ods, ods_peer) != expected:
    sys.exit("changed: error cells are no longer read as empty, or no longer told apart by the peers")
PYTHON
