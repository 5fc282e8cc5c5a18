#!/usr/bin/env bash
# One would guess: where read_csv finds a column of dates with years of two digits, it takes the last part for the
# year, as it does with four digits, or leaves the column as text.
# What happens: with two digits the FIRST part is the year. A bank file of May 2024, day first with dots, becomes
# the 24th of May of 2001 to 2031, one year a line, although days up to 31 stand there; '13/04/24' is 2013-04-24.
# Whole column DATE, no error. Written with four digits the same days are right. Only where the first part as a year
# gives no day of the calendar ('01.02.31') does the column stay text.
# Why it matters: every line of a statement lands in another year and on a plausible day; sums by month are wrong
# and nothing fails.
# Heeded: toolkit/values/date.py decides the order once for a column; no reader infers types
# (docs/decisions/text-stays-text.md); tests/unit/values/test_date_forms.py.
# Versions: duckdb 2.0.1. Source: this run; documentation of read_csv (auto_detect, dateformat).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install duckdb==2.0.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from pathlib import Path

import duckdb


def read(days, options=""):
    Path("s.csv").write_text("Buchung;Betrag\n" + "".join(f"{day};{place}\n" for place, day in enumerate(days)))
    relation = duckdb.sql(f"select * from read_csv('s.csv', delim=';'{options})")
    return str(relation.types[0]), [str(row[0]) for row in relation.fetchall()]


month = read([f"{day:02}.05.24" for day in range(1, 32)])
long = read([f"{day:02}.05.2024" for day in range(1, 32)])
slashes = read(["13/04/24", "05/04/24"])
impossible = read(["01.02.31", "05.04.31"])
told = read(["01.05.24", "31.05.24"], ", dateformat='%d.%m.%y'")
print(f"seen: 01.05.24 to 31.05.24 as {month[0]} {month[1][0]}, {month[1][1]} ... {month[1][-1]}")
print(f"seen: 01.05.2024 to 31.05.2024 as {long[0]} {long[1][0]} ... {long[1][-1]}")
print(f"seen: 13/04/24, 05/04/24 as {slashes}; 01.02.31, 05.04.31 as {impossible}")
print(f"seen: with a dateformat given {told}")
if (
    month != ("DATE", [f"{year}-05-24" for year in range(2001, 2032)])
    or long != ("DATE", [f"2024-05-{day:02}" for day in range(1, 32)])
    or slashes != ("DATE", ["2013-04-24", "2005-04-24"])
    or impossible != ("VARCHAR", ["01.02.31", "05.04.31"])
    or told != ("DATE", ["2024-05-01", "2024-05-31"])
):
    sys.exit("changed: dates with short years are detected in another way")
PYTHON
