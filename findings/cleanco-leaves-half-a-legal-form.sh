#!/usr/bin/env bash
# One would guess: cleanco.basename takes the legal form off a company's name, so that two spellings of one company get one.
# What happens: a form of several words is taken off in part. 'Grupo Bimbo, S.A.B. de C.V.' becomes 'Grupo Bimbo, S.A.B. de'
# (C.V. alone is a form of other countries); 'Sampo Co., Ltd.' keeps 'Co.' while 'Müller GmbH & Co. KG' loses all three;
# 'Ravenbridge & Co. KG' keeps '& Co.'; 'Rock and Co' ends in 'and'. Of '(Holdings) Limited' a closing bracket goes with the
# form and the opening one stays. Forms in front stay ('Oy Karl Fazer Ab', 'Sp. z o.o. Kowalski', '株式会社トヨタ'), and a name
# that is a form ('Ltd.') becomes ''.
# Why it matters: 'Sampo Co., Ltd.' and 'Sampo Ltd' have two base names, and every company whose name was not filled in has
# the same empty one.
# Heeded: toolkit/values/company_words.py knows forms of several words before single ones, and forms in front; a name of
# nothing but form words stays; tests/unit/values/test_company_name.py.
# Versions: cleanco 2.3. Source: this run; cleanco/clean.py (strip_tail, suffixes word by word).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install cleanco==2.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

from cleanco import basename

expected = {
    "Grupo Bimbo, S.A.B. de C.V.": "Grupo Bimbo, S.A.B. de",
    "Sampo Co., Ltd.": "Sampo Co.",
    "Sampo Ltd": "Sampo",
    "Müller GmbH & Co. KG": "Müller",
    "Ravenbridge & Co. KG": "Ravenbridge & Co.",
    "Rock and Co": "Rock and",
    "Smith & Sons (Holdings) Limited": "Smith & Sons (Holdings",
    "Oy Karl Fazer Ab": "Oy Karl Fazer",
    "Sp. z o.o. Kowalski": "Sp. z o.o. Kowalski",
    "株式会社トヨタ": "株式会社トヨタ",
    "Ltd.": "",
}
seen = {name: basename(name) for name in expected}
for name, base in seen.items():
    print(f"seen: {name!r} becomes {base!r}")
if seen != expected:
    sys.exit("changed: legal forms are taken off in another way")
PYTHON
