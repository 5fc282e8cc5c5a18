#!/usr/bin/env bash
# One would guess: a truth value in an open document is read from its value attribute, so the language of the
# office program does not matter.
# What happens: pandas with the odf engine compares the text that the cell SHOWS with 'TRUE'. A sheet saved by a
# German, French or Spanish office shows WAHR, VRAI, VERDADERO: every yes becomes False. No error, no warning, and
# the column has the type bool. The same file by pyexcel-ods or python-calamine is right.
# Why it matters: "Paid", "Active", "VAT exempt" turn to no for every record of a client abroad.
# Heeded: toolkit/files/workbook.py reads ODS by python-calamine only; toolkit/files/cells.py writes TRUE or FALSE;
# tests/unit/files/test_workbook.py.
# Versions: pandas 3.1.1 with odfpy 1.4.1, python-calamine 0.9.1, pyexcel-ods 0.6.0.
# Source: this run; pandas/io/excel/_odfreader.py (_get_cell_value); OpenDocument 1.2 part 1, 19.369
# (office:boolean-value holds the value, the text is for display).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 pyexcel-ods==0.6.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import pandas as pd
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from pyexcel_ods import get_data
from python_calamine import CalamineWorkbook

document, table = OpenDocumentSpreadsheet(), Table(name="T")
head = TableRow()
cell = TableCell(valuetype="string")
cell.addElement(P(text="Bezahlt"))
head.addElement(cell)
table.addElement(head)
for value, shown in (("true", "WAHR"), ("true", "VRAI"), ("true", "TRUE"), ("false", "FALSCH")):
    row, cell = TableRow(), TableCell(valuetype="boolean", booleanvalue=value)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("paid.ods")

frame = pd.read_excel("paid.ods", engine="odf")
by_pandas = (str(frame["Bezahlt"].dtype), frame["Bezahlt"].tolist())
by_calamine = [row[0] for row in CalamineWorkbook.from_path("paid.ods").get_sheet_by_index(0).to_python()][1:]
by_pyexcel = [row[0] for row in get_data("paid.ods")["T"]][1:]
print("seen: written true shown as WAHR, true as VRAI, true as TRUE, false as FALSCH")
print(f"seen: pandas {by_pandas}")
print(f"seen: calamine {by_calamine}, pyexcel-ods {by_pyexcel}")
right = [True, True, True, False]
if (by_pandas, by_calamine, by_pyexcel) != (("bool", [False, False, True, False]), right, right):
    sys.exit("changed: truth values of an open document are read in another way")
PYTHON
