"""Persons' words on findings in the state file: rows that are only added; the last one of a finding holds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from toolkit.store.audit_log import log_entry
from toolkit.store.renames import renamed_key, renames
from toolkit.store.state import RULINGS
from toolkit.tables import RULING
from toolkit.tables.rulings import DIFFERENCE

_SAID = ("key_r", "decision", "value_l", "value_r")
_TURNED = {"left": "right", "right": "left"}


def kept_rulings(connection: sa.Connection, subjects: Iterable[str] | None = None) -> pa.Table:
    """Return the last word on each finding (table RULING), in order of entry, under the names that systems have now.

    Parameters
    ----------
    connection
        To the state.
    subjects
        Of what; everything without.
    """
    changes = renames(connection)
    wanted = None if subjects is None else {*subjects}
    held: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in connection.execute(sa.select(RULINGS).order_by(RULINGS.c.sequence)).mappings():
        since = changes[row["renames"] :]
        one = {name: row[name] for name in RULING.names}
        one |= {name: renamed_key(one[name], since) for name in ("key_l", "key_r", "part") if one[name]}
        one["decided_at"] = datetime.fromisoformat(one["decided_at"])
        one = _sided(one)
        held.pop(_finding(one), None)
        held[_finding(one)] = one
    return RULING.from_rows(row for row in held.values() if wanted is None or row["subject"] in wanted)


def keep_rulings(connection: sa.Connection, rulings: Iterable[Mapping[str, Any]], at: datetime) -> int:
    """Append rulings that say something new; return how many did.

    Parameters
    ----------
    connection
        In a transaction.
    rulings
        Rows of RULING without ``sequence`` and ``decided_at``; the keys of a difference may come in either order. ``open``
        about what nobody decided is no news.
    at
        UTC.
    """
    held = {_finding(row): row for row in kept_rulings(connection).to_pylist()}
    known_renames = len(renames(connection))
    count = 0
    for given in rulings:
        one = _sided({"key_r": None, "value_l": None, "value_r": None, **given})
        before = held.get(_finding(one))
        if one["decision"] == (before["decision"] if before else "open") and (
            before is None or one["decision"] == "open" or all(before[name] == one[name] for name in _SAID)
        ):
            continue
        held[_finding(one)] = one
        values = {name: one.get(name) for name in RULING.names if name not in {"sequence", "decided_at"}}
        connection.execute(sa.insert(RULINGS).values(**values, decided_at=at.isoformat(), renames=known_renames))
        count += 1
    log_entry(connection, "rulings", {"added": count}, at)
    return count


def _finding(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what names the finding that a ruling is about."""
    other = (row["key_r"],) if row["subject"] == DIFFERENCE else ()
    return (row["subject"], row["part"], row["key_l"], *other)


def _sided(row: dict[str, Any]) -> dict[str, Any]:
    """Return a ruling on a difference with the smaller key left."""
    if row["subject"] != DIFFERENCE or row["key_l"] <= row["key_r"]:
        return row
    turned = {"key_l": row["key_r"], "key_r": row["key_l"], "value_l": row["value_r"], "value_r": row["value_l"]}
    return {**row, **turned, "decision": _TURNED.get(row["decision"], row["decision"])}
