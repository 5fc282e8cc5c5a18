"""All that a server's own database holds, read without the server and without us, and what became different in it."""

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

Record = tuple[str, Any]
"""A table and an id."""
Dump = Mapping[Record, Mapping[str, Any]]
Difference = dict[Record, dict[str, tuple[Any, Any]]]


def dump(database: Path, *, without: Collection[str]) -> dict[Record, dict[str, Any]]:
    """Return every row of every table but those of some, by table and id."""
    found: dict[Record, dict[str, Any]] = {}
    opened = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        opened.row_factory = sqlite3.Row
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        for table in tables:
            if table in without:
                continue
            for place, row in enumerate(opened.execute(f'SELECT * FROM "{table}"')):
                held = dict(row)
                found[table, held.get("id", place)] = held
    finally:
        opened.close()
    return found


def differences(before: Dump, after: Dump, *, without: Collection[str]) -> Difference:
    """Return by record which columns are another value now, each with both; a record that is new or gone by all of them.

    Parameters
    ----------
    before, after
        The same server twice.
    without
        Columns that a server fills itself: who changed a record, and when.
    """
    found: Difference = {}
    for record in {**before, **after}:
        was, becomes = before.get(record, {}), after.get(record, {})
        changed = {
            name: (was.get(name), becomes.get(name))
            for name in {**was, **becomes}
            if name not in without and was.get(name) != becomes.get(name)
        }
        if changed:
            found[record] = changed
    return found
