#!/usr/bin/env bash
# One would guess: a converter of country names reads a cell as a whole: what is no country is not found, and what its own
# country calls itself is.
# What happens: names are searched for inside the text by a pattern that knows English alone. 'Chad Miller' is TD, 'Jordan
# Smith' JO, 'Turkey Creek' TR, 'Lebanon, New Hampshire' LB, 'Cuba, Missouri' CU. 'Deutschland', 'Österreich', 'España',
# 'Brasil', 'Scotland' and 'Northern Ireland' are not found, though 'England' is GB.
# Why it matters: in an address column, or in a list whose columns slipped by one, people and towns become countries, and
# whatever is read by the country (telephones, dates, tax numbers) is read as another one's, without a word.
# Heeded: toolkit/values/country.py reads whole cells only, in 42 languages; tests/unit/values/test_country.py.
# Versions: country_converter 1.3.2 with pandas 3.0.6 (it does not start with 3.1.1). Source: this run; the column 'regex' of its country_data.tsv.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install country_converter==1.3.2 pandas==3.0.6
cd "$folder"
venv/bin/python - <<'PYTHON'
import logging
import sys

import country_converter

logging.disable(logging.CRITICAL)
people_and_towns = {
    "Chad Miller": "TD",
    "Jordan Smith": "JO",
    "Turkey Creek": "TR",
    "Lebanon, New Hampshire": "LB",
    "Cuba, Missouri": "CU",
}
countries = ("Deutschland", "\u00d6sterreich", "Espa\u00f1a", "Brasil", "Scotland", "Northern Ireland")
read = {name: country_converter.convert(name, to="ISO2") for name in (*people_and_towns, *countries, "England")}
for name, found in read.items():
    print(f"seen: {ascii(name)} is {found}")
if (
    {name: read[name] for name in people_and_towns} != people_and_towns
    or {read[name] for name in countries} != {"not found"}
    or read["England"] != "GB"
):
    sys.exit("changed: countries are told in another way")
PYTHON
