#!/usr/bin/env bash
# One would guess: parse_decimal reads what a locale writes, and with strict=True nothing else.
# What happens: it knows the signs for decimals and groups only and leaves the rest to Python's Decimal. Sweden, Norway
# and Finland write U+2212 for minus, and Babel says so itself (get_minus_sign_symbol); '−12,50' is refused in each
# of its locales. What no locale writes is read in each of them, strict or not: '10_20' is 1020, '1e5' is 100000.
# '12,50' without strict is 1250 in more than half of them.
# Why it matters: negative lines of a Nordic statement drop out as "no number" while an article number '10_20' and
# an order number '1e5' become amounts.
# Heeded: toolkit/values/money.py has a reader of its own (a minus of any kind, no '_', no 'e', the decimal sign decided by
# the column); Babel is asked for names only; tests/unit/values/test_money.py, test_amount_text.py.
# Versions: Babel 2.19.0. Source: this run; babel/numbers.py (parse_decimal ends in Decimal(text)); CLDR symbols/minusSign.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install Babel==2.19.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from collections import Counter
from decimal import Decimal

from babel import numbers
from babel.localedata import locale_identifiers


def read(text, *, strict):
    found = Counter()
    for locale in locale_identifiers():
        try:
            found[numbers.parse_decimal(text, locale=locale, strict=strict)] += 1
        except numbers.NumberFormatError:
            found["refused"] += 1
    return found


nordic = {locale: numbers.get_minus_sign_symbol(locale) for locale in ("sv", "nb", "fi")}
minus = read("\u221212,50", strict=False)
underscore, exponent = read("10_20", strict=True), read("1e5", strict=True)
loose = read("12,50", strict=False)
print(f"seen: minus of sv, nb, fi {[ascii(sign) for sign in nordic.values()]}")
print(f"seen: '\\u221212,50' {dict(minus)}")
print(f"seen: strict '10_20' {dict(underscore)}, strict '1e5' {dict(exponent)}")
print(f"seen: '12,50' not strict {dict(loose)}")
if (
    set(nordic.values()) != {"\u2212"}
    or set(minus) != {"refused"}
    or set(underscore) != {Decimal(1020)}
    or set(exponent) != {Decimal(100000)}
    or loose[Decimal(1250)] <= sum(loose.values()) / 2
):
    sys.exit("changed: numbers are parsed in another way")
PYTHON
