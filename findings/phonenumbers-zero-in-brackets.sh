#!/usr/bin/env bash
# One would guess: the "(0)" that firms print after their country code is dropped, since nobody dials it from abroad.
# What happens: it is dropped only where the plan of that country has a leading zero at home (Germany, Britain, Finland).
# Firms in Spain, Poland, Czechia, Greece, Portugal, Denmark and Norway print it too, out of habit; there it becomes a
# digit of the number, which then differs from the same number without it; for Poland, Czechia and Greece the wrong
# number even passes is_possible_number. is_number_match gives a short match (2) where it gives an exact one (4) for
# the others. In Italy the zero is of the number: it is kept, which is right, and "+39 6 ..." without it is invalid.
# Why it matters: two systems that hold one firm's number in both spellings do not agree on E.164.
# Heeded: toolkit/values/phone.py (numbers_in) drops "(0)" before the plan is asked, and zeros in front do not count when
# numbers are compared; tests/unit/values/test_phone.py.
# Versions: phonenumbers 9.0.43. Source: this run; phonenumbers/data/region_ES.py (no national_prefix), region_DE.py ('0').
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install phonenumbers==9.0.43
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import phonenumbers as plan

PAIRS = {
    "DE": ("+49 (0)89 1234567", "+49 89 1234567"),
    "GB": ("+44 (0)20 7946 0018", "+44 20 7946 0018"),
    "IT": ("+39 (0)6 1234 5678", "+39 06 1234 5678"),
    "ES": ("+34 (0)912 345 678", "+34 912 345 678"),
    "PL": ("+48 (0)22 123 45 67", "+48 22 123 45 67"),
    "CZ": ("+420 (0)221 234 567", "+420 221 234 567"),
    "GR": ("+30 (0)210 1234567", "+30 210 1234567"),
    "PT": ("+351 (0)21 123 4567", "+351 21 123 4567"),
    "DK": ("+45 (0)32 12 34 56", "+45 32 12 34 56"),
    "NO": ("+47 (0)22 12 34 56", "+47 22 12 34 56"),
}
equal, possible = set(), set()
for country, spellings in PAIRS.items():
    numbers = [plan.parse(text, None) for text in spellings]
    e164 = [plan.format_number(number, plan.PhoneNumberFormat.E164) for number in numbers]
    match = plan.is_number_match(*spellings)
    print(f"seen: {country} {spellings[0]!r} {e164[0]}, {spellings[1]!r} {e164[1]}, match {match}")
    if e164[0] == e164[1]:
        equal.add(country)
    elif plan.is_possible_number(numbers[0]):
        possible.add(country)
print(f"seen: equal {sorted(equal)}; wrong yet possible {sorted(possible)}")
short = plan.is_valid_number(plan.parse("+39 6 1234 5678", None))
if equal != {"DE", "GB", "IT"} or possible != {"PL", "CZ", "GR"} or short:
    sys.exit("changed: a zero in brackets is treated in another way")
PYTHON
