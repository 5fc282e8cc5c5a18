#!/usr/bin/env bash
# One would guess: Jaro-Winkler is one function, so that a bound found with one library holds with the next.
# What happens: Winkler's extra for a common beginning belongs to pairs that are alike already (above .7) and to four letters.
# rapidfuzz, jellyfish and textdistance keep to both; py_stringmatching gives the extra to every pair ('harbor', 'harvest'
# .75 instead of .64; 'anna', 'andrew' .69 instead of .61); strsimpy counts every common letter, not four
# ('abcvwxyz', 'abcvwxya' .975 instead of .95). Two empty texts are 1 to rapidfuzz, textdistance and strsimpy, 0 to
# jellyfish and py_stringmatching.
# Why it matters: a bound of .7 carried from one to the other joins names that only begin alike, and two records without a
# name are the same person to three of five.
# Heeded: toolkit/match compares filled cells only, and has its bounds from its own exams with the one library it uses
# (toolkit/match/texts/name_parts.py); tests/unit/match/texts/test_name_parts.py.
# Versions: rapidfuzz 3.14.6, jellyfish 1.3.0, textdistance 4.6.3, py_stringmatching 0.4.7, strsimpy 0.2.1. Source: this
# run; W. E. Winkler, String Comparator Metrics and Enhanced Decision Rules (1990).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install rapidfuzz==3.14.6 jellyfish==1.3.0 textdistance==4.6.3 py_stringmatching==0.4.7 \
  strsimpy==0.2.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

import jellyfish
import py_stringmatching
import textdistance
from rapidfuzz.distance import JaroWinkler
from strsimpy.jaro_winkler import JaroWinkler as OfStrsimpy

LIKENESSES = {
    "rapidfuzz": JaroWinkler.similarity,
    "jellyfish": jellyfish.jaro_winkler_similarity,
    "textdistance": textdistance.jaro_winkler,
    "py_stringmatching": py_stringmatching.JaroWinkler().get_raw_score,
    "strsimpy": OfStrsimpy().similarity,
}
PAIRS = [("martha", "marhta"), ("harbor", "harvest"), ("anna", "andrew"), ("abcvwxyz", "abcvwxya"), ("", "")]
seen = {pair: {name: round(float(one(*pair)), 3) for name, one in LIKENESSES.items()} for pair in PAIRS}
for pair, found in seen.items():
    print(f"seen: {pair} {found}")
expected = {
    ("martha", "marhta"): [0.961] * 5,
    ("harbor", "harvest"): [0.643, 0.643, 0.643, 0.75, 0.643],
    ("anna", "andrew"): [0.611, 0.611, 0.611, 0.689, 0.611],
    ("abcvwxyz", "abcvwxya"): [0.95, 0.95, 0.95, 0.95, 0.975],
    ("", ""): [1.0, 0.0, 1.0, 0.0, 1.0],
}
if {pair: list(found.values()) for pair, found in seen.items()} != expected:
    sys.exit("changed: likeness is reckoned in another way")
PYTHON
