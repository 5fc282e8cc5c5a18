#!/usr/bin/env bash
# One would guess: jsonschema checks formats when a schema names one, so without "format" nothing of it costs anything.
# What happens: where rfc3987-syntax is installed (the extra "format-nongpl" brings it, and with it everything of Jupyter's
# events and notebooks), "import jsonschema" alone builds 39 parsers of internationalised web addresses, one for each rule
# of RFC 3987, which takes longer than the rest of the import many times over. No schema is needed, none is looked at, and
# checking a notebook's form, which names no such format, never uses them.
# Why it matters: nbformat and papermill import it, so every notebook that is run pays for it at its start.
# Heeded: toolkit/notebooks/execution.py loads papermill with these checkers hidden; what was loaded before stays.
# Versions: jsonschema 4.26.0, rfc3987-syntax 1.1.0, lark 1.3.1.
# Source: this run; jsonschema's _format.py tries the import at module level, rfc3987_syntax builds its parsers at its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install jsonschema==4.26.0 rfc3987-syntax==1.1.0 lark==1.3.1
cd "$folder"
cat > count.py <<'PYTHON'
import sys
import time

import lark

built = []
make = lark.Lark.__init__


def counted(self, *arguments, **options):
    built.append(1)
    make(self, *arguments, **options)


lark.Lark.__init__ = counted
if sys.argv[1] == "hidden":
    sys.modules["rfc3987_syntax"] = None
begun = time.process_time()
import jsonschema  # noqa: E402

seconds = time.process_time() - begun
checker = jsonschema.Draft202012Validator({"type": "object", "required": ["cells"]})
assert checker.is_valid({"cells": []}) and not checker.is_valid({})
print(f"{sys.argv[1]}: {len(built)} parsers, {seconds:.2f} s of CPU")
PYTHON
installed=$(venv/bin/python count.py installed)
hidden=$(venv/bin/python count.py hidden)
printf '%s\n%s\n' "$installed" "$hidden"
case "$installed" in "installed: 39 parsers,"*) ;; *) echo "changed: $installed"; exit 1 ;; esac
case "$hidden" in "hidden: 0 parsers,"*) ;; *) echo "changed: $hidden"; exit 1 ;; esac
