#!/usr/bin/env bash
# One would guess: a cell that shows "CHF 12.50" above one that shows "7,25 EUR" is read as two currencies, or as text.
# What happens: the currency is no part of the value. In XLSX it stands in the number format of the cell, in an open
# document in an attribute beside the value; python-calamine and pandas hand on bare numbers with no sign that
# they differ. openpyxl still has the format, pyexcel-ods turns the cell into the text '12.5 CHF'.
# Why it matters: an amount column of three currencies adds up to a sum that is no amount of money at all,
# and nothing in what was read shows it; no other column need name the currency.
# Heeded: a workbook whose formats name several currencies is read with a note that says so
# (toolkit/files/currency_formats.py, tests/unit/files/test_currency_formats.py); the currency itself is taken from a
# column, a header or a title (toolkit/files/named_currency.py), never from a cell's format.
# Versions: python-calamine 0.9.1, openpyxl 3.1.5, XlsxWriter 3.3.1, odfpy 1.4.1, pyexcel-ods 0.6.0.
# Source: this run; ECMA-376 18.8.31 (numFmts); OpenDocument 1.2 part 1, 19.371 (office:currency).
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

amounts = [(12.5, "CHF", "[$CHF] #,##0.00"), (7.25, "EUR", "#,##0.00 [$€-407]"), (99.0, "SEK", "#,##0.00 [$SEK]")]
with xlsxwriter.Workbook("a.xlsx") as book:
    sheet = book.add_worksheet("T")
    for place, (amount, _, form) in enumerate(amounts):
        sheet.write_number(place, 0, amount, book.add_format({"num_format": form}))
document, table = OpenDocumentSpreadsheet(), Table(name="T")
for amount, currency, _ in amounts:
    row, cell = TableRow(), TableCell(valuetype="currency", currency=currency, value=str(amount))
    cell.addElement(P(text=f"{currency} {amount:.2f}"))
    row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("a.ods")

xlsx = [row[0] for row in CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0).to_python()]
ods = [row[0] for row in CalamineWorkbook.from_path("a.ods").get_sheet_by_index(0).to_python()]
formats = [cell.number_format for (cell,) in openpyxl.load_workbook("a.xlsx")["T"].rows]
texts = [row[0] for row in get_data("a.ods")["T"]]
print(f"seen: calamine XLSX {xlsx}, ODS {ods}, a sum of {sum(xlsx)}")
print(f"seen: openpyxl keeps the formats {formats}")
print(f"seen: pyexcel-ods {texts}")
if xlsx != [12.5, 7.25, 99.0] or ods != xlsx or formats != [form for _, _, form in amounts] or texts[0] != "12.5 CHF":
    sys.exit("changed: the currency of a cell is handed on in another way")
PYTHON
