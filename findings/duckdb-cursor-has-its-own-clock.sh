#!/usr/bin/env bash
# One would guess: cursor() is a second handle on the same connection, so what was set on the connection holds in it.
# What happens: SET without a scope stays with the connection that said it. A cursor begins with the defaults again:
# its time zone is that of the machine, so the same instant falls on another day, and names in SQL are once more
# looked up among the variables of the Python program. Nothing is said. SET GLOBAL holds in cursors, and what is
# global by nature (memory, threads, no external access, the lock on the configuration) holds as well.
# Why it matters: who keeps one hardened engine and hands out cursors has months counted by the laptop's zone.
# Heeded: toolkit/query.py sets both globally, before the configuration is locked; tests/unit/test_query.py.
# Versions: duckdb 2.0.1, pyarrow 26.0.0.
# Source: this run; DuckDB documentation, "Configuration", scopes of options.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install duckdb==2.0.1 pyarrow==26.0.0 pytz
cd "$folder"
TZ=America/Chicago venv/bin/python - <<'PYTHON'
import sys

import duckdb
import pyarrow as pa

clients = pa.table({"name": ["Acme"]})
DAY = "SELECT strftime(TIMESTAMPTZ '2026-03-01 02:00:00+00', '%Y-%m')"


def seen(scope: str) -> tuple[str, str, bool]:
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET {scope} TimeZone = 'UTC'")
    connection.execute(f"SET {scope} python_enable_replacements = false")
    own = connection.execute(DAY).fetchone()[0]
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT * FROM clients")
        finds_variables = True
    except duckdb.CatalogException:
        finds_variables = False
    return own, cursor.execute(DAY).fetchone()[0], finds_variables


found = {scope or "no scope": seen(scope) for scope in ("", "GLOBAL")}
for scope, (own, other, finds) in found.items():
    print(f"seen: {scope}: month by the connection {own}, by its cursor {other}; a Python variable is a table: {finds}")
if found != {"no scope": ("2026-03", "2026-02", True), "GLOBAL": ("2026-03", "2026-03", False)}:
    sys.exit("changed: a cursor begins with other settings than it did")
PYTHON
