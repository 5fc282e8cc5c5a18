#!/usr/bin/env bash
# One would guess: a list of nicknames leads each short form to the full names it is short for, so two names that share a
# full form may be one person.
# What happens: 'has_nickname' in the list is what genealogies have seen, not what is short for what. Of 'bill' the full
# names are robert, will, william and willis; bill and robert are each a nickname of the other, and fred is one of bill.
# 'carl' leads to charles, and 'chris' to crystal. Common short forms of other languages lead nowhere: pepe,
# paco, hans, sasha; and frances has no frank. Asking 'do they share a full form' joins bob and bill (both robert).
# Why it matters: on a customer list Bill Warner and Bob Warner of one house, most likely brothers, count as two spellings
# of one name.
# Heeded: toolkit/values/given_name.py has a list of its own; tests/unit/values/test_given_name.py.
# Versions: nicknames 1.0.1 (its names.csv). Source: this run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install nicknames==1.0.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

from nicknames import NickNamer

names = NickNamer()
full = {name: sorted(names.canonicals_of(name)) for name in ("bill", "fred", "carl", "pepe", "paco", "hans", "sasha")}
for name, found in full.items():
    print(f"seen: {name} is short for {found}")
both_ways = "bill" in names.nicknames_of("robert") and "robert" in names.nicknames_of("bill")
shared = names.canonicals_of("bob") & names.canonicals_of("bill")
print(f"seen: bill and robert are nicknames of each other: {both_ways}; bob and bill share {sorted(shared)}")
if (
    full["bill"] != ["robert", "will", "william", "willis"]
    or "bill" not in full["fred"]
    or "charles" not in full["carl"]
    or any(full[name] for name in ("pepe", "paco", "hans", "sasha"))
    or "crystal" not in names.canonicals_of("chris")
    or "frank" in names.nicknames_of("frances")
    or not both_ways
    or shared != {"robert"}
):
    sys.exit("changed: the list of nicknames is another one")
PYTHON
