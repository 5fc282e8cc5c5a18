#!/usr/bin/env bash
# One would guess: a sheet's `iter_rows()` yields `height` rows, those that `to_python()` gives.
# What happens: in python-calamine `height`, `width` and `to_python()` begin at the first filled cell (`start`), and
# `iter_rows()` begins at row 1: a table that starts in row 4 is three rows longer when it is iterated than when it is counted
# or taken whole. Columns are cut at the first filled one either way; `to_python(skip_empty_area=False)` cuts neither.
# Why it matters: whoever sizes arrays, a progress bar or a row number by `height` is wrong for every export with a blank line
# above its title, and only there.
# Heeded: toolkit/files/workbook_cells.py skips to `start`; tests/unit/files/test_sheet_bounds.py begins tables anywhere.
# Versions: python-calamine 0.9.1, openpyxl 3.1.5 (writes the sheet). Source: this run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install python-calamine==0.9.1 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import openpyxl
import python_calamine

book = openpyxl.Workbook()
page = book.active
page["C4"], page["D4"], page["C5"], page["D5"] = "Customer", "City", "Acme", "Leeds"
book.save("late.xlsx")

sheet = python_calamine.load_workbook("late.xlsx").get_sheet_by_index(0)
iterated, whole = [*sheet.iter_rows()], sheet.to_python()
all_rows = sheet.to_python(skip_empty_area=False)
print(f"seen: start {sheet.start}, height {sheet.height}, width {sheet.width}")
print(f"seen: to_python {len(whole)} rows of {len(whole[0])}, iter_rows {len(iterated)} rows of {len(iterated[0])}")
print(f"seen: to_python(skip_empty_area=False) {len(all_rows)} rows of {len(all_rows[0])}")
if (sheet.height, len(whole), len(iterated), len(all_rows)) != (2, 2, 5, 5):
    sys.exit("changed: rows are counted in another way")
PYTHON
