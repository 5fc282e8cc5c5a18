#!/usr/bin/env bash
# One would guess: of 'Januar 2024' dateparser gives the first of the month, of amounts and quarters nothing.
# What happens: the day that is missing is that of the clock: read on the 17th the same file gives the 17th of January,
# read on the 31st the 31st, and '02/2024' then the 29th. 'Q1 2024' is in February, but in January for who reads it in
# January; the amount '12,50' is a day of December 2050, '1.5' a day of January; '13/04/2024' is read day first beside
# '03/04/2024', which is read month first.
# Why it matters: the same export read twice differs, periods of a ledger drift by month end, and a column of amounts
# passes for dates.
# Heeded: toolkit/values/date.py reads no clock and decides the order for a whole column; a month without a day, a quarter
# and an amount are no dates there.
# Versions: dateparser 1.5.0. Source: this run; dateparser_data/settings.py (PREFER_DAY_OF_MONTH is 'current').
# Tested here: tests/unit/values/test_date_forms.py.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install dateparser==1.5.0
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import datetime as dt
import sys

import dateparser


def read(text, *today):
    found = dateparser.parse(text, settings={"RELATIVE_BASE": dt.datetime(2024, *today)})
    return found and found.date().isoformat()


texts = ("Januar 2024", "02/2024", "Q1 2024", "12,50", "1.5", "03/04/2024", "13/04/2024")
seen = {text: (read(text, 5, 17), read(text, 5, 31)) for text in texts}
january = read("Q1 2024", 1, 17)
for text, days in seen.items():
    print(f"seen: {text!r} on the 17th of May {days[0]}, on the 31st {days[1]}")
print(f"seen: 'Q1 2024' on the 17th of January {january}")
expected = {
    "Januar 2024": ("2024-01-17", "2024-01-31"),
    "02/2024": ("2024-02-17", "2024-02-29"),
    "Q1 2024": ("2024-02-17", "2024-02-29"),
    "12,50": ("2050-12-17", "2050-12-31"),
    "1.5": ("2024-01-05", "2024-01-05"),
    "03/04/2024": ("2024-03-04", "2024-03-04"),
    "13/04/2024": ("2024-04-13", "2024-04-13"),
}
if seen != expected or january != "2024-01-17":
    sys.exit("changed: incomplete dates are filled in another way")
PYTHON
