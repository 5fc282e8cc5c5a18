#!/usr/bin/env bash
# One would guess: pyap finds the British addresses in a text and takes each apart as it is written.
# What happens: where no comma stands before the postcode, an area of two letters loses the first to the town, for the
# towns whose names it does not end: 'Leeds LS1 4AB' gives the town 'Leeds L' and the postcode 'S1 4AB', which is a postcode
# of Sheffield; 'York YO1 7HH' gives 'York Y' and 'O1 7HH', which is none. Oxford and London are read right, and with a comma
# all are. The address as a whole is always right, so nothing looks wrong until the parts are compared.
# Why it matters: on the addresses of a customer list, which stand in one cell, a check "is it a postcode" passes for
# Leeds, and its customers are then held to be neighbours of those of Sheffield.
# Heeded: toolkit/match/comparisons/location.py compares a postcode only where a column holds it, and never cuts one out
# of a longer cell; toolkit/values/postcode.py judges whole cells; tests/unit/values/test_postcode.py.
# Versions: pyap 0.3.1. Source: this run; source_GB/data.py (the postcode may follow the town without a break).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install pyap==0.3.1
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys

import pyap

expected = {
    "12 High Street, Leeds LS1 4AB": ("Leeds L", "S1 4AB"),
    "12 High Street, Leeds, LS1 4AB": ("Leeds", "LS1 4AB"),
    "10 Church Road, York YO1 7HH": ("York Y", "O1 7HH"),
    "9 Queen Street, Cardiff CF10 2BU": ("Cardiff C", "F10 2BU"),
    "1 Broad Street, Oxford OX1 3AW": ("Oxford", "OX1 3AW"),
    "20 Deans Yard, London SW1P 3PA": ("London", "SW1P 3PA"),
    "7 Mill Lane, Sheffield S1 2BB": ("Sheffield", "S1 2BB"),
}
seen = {}
for text in expected:
    (found,) = pyap.parse(text, country="GB")
    seen[text] = (found.city, found.postal_code)
    print(f"seen: {text!r} has the town {found.city!r} and the postcode {found.postal_code!r}")
if seen != expected:
    sys.exit("changed: town and postcode are told apart in another way")
PYTHON
