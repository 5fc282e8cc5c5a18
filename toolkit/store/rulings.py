"""Persons' words on findings and on merges in the state file: rows that are only added; the last one of a thing holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from toolkit.errors import OvertakenError
from toolkit.store.audit_log import log_entry
from toolkit.store.renames import Rename, earlier_keys, renamed_key, renames
from toolkit.store.state import RULINGS
from toolkit.tables import RULING
from toolkit.tables.rulings import DIFFERENCE, FINDINGS

Row = dict[str, Any]

_SAID = ("key_r", "decision", "value_l", "value_r")
_TURNED = {"left": "right", "right": "left"}
_FEW = 200
"""Up to so many records are looked up one by one; for more the whole list is read once."""


def kept_rulings(connection: sa.Connection, subjects: Iterable[str] | None = None, *, since: int = 0) -> pa.Table:
    """Return the last word on each thing (table RULING), in order of entry, under the names that systems have now.

    Parameters
    ----------
    connection
        To the state.
    subjects
        Of what; of every kind of finding without.
    since
        Only words after this one.
    """
    wanted = {*(FINDINGS if subjects is None else subjects)}
    asked = RULINGS.c.subject.in_(sorted(wanted)) & (RULINGS.c.sequence > since)
    return RULING.from_rows(_held(connection, asked).values())


def keep_rulings(
    connection: sa.Connection,
    rulings: Iterable[Mapping[str, Any]],
    at: datetime,
    *,
    believed: Sequence[int] | None = None,
) -> int:
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
    believed
        For each ruling the number of the word that whoever decides holds to be the last one; 0 for none.

    Raises
    ------
    OvertakenError
        Another word stands there than was believed; then none is appended.
    """
    given = [_sided({"key_r": None, "value_l": None, "value_r": None, **one}) for one in rulings]
    held = _held(connection, _about(connection, {key for one in given for key in (one["key_l"], one["key_r"]) if key}))
    if believed is not None:
        _refuse_overtaken([held.get(_finding(one)) for one in given], believed)
    known_renames = len(renames(connection))
    rows = []
    for one in given:
        before = held.get(_finding(one))
        if one["decision"] == (before["decision"] if before else "open") and (before is None or _says_no_more(one, before)):
            continue
        held[_finding(one)] = one
        values = {name: one.get(name) for name in RULING.names if name not in {"sequence", "decided_at"}}
        rows.append({**values, "decided_at": at.isoformat(), "renames": known_renames})
    if rows:
        connection.execute(sa.insert(RULINGS), rows)
    log_entry(connection, "rulings", {"added": len(rows)}, at)
    return len(rows)


def _says_no_more(one: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a ruling with the same decision as the one before it is no news; another remark is."""
    if one["decision"] == "open":
        return True
    return all(before[name] == one[name] for name in _SAID) and (one.get("note") or before["note"]) == before["note"]


def _refuse_overtaken(held: Iterable[Row | None], believed: Sequence[int]) -> None:
    for word, number in zip(held, believed, strict=True):
        if (word["sequence"] if word else 0) != number:
            who = (word["reviewer"] if word else None) or "Somebody"
            raise OvertakenError(f"{who} decided this in the meantime. Nothing was saved.")


def _about(connection: sa.Connection, keys: Collection[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a word may be about some records, under whatever name they were known."""
    if len(keys) > _FEW:
        return sa.true()
    changes = renames(connection)
    known = sorted({name for key in keys for name in earlier_keys(key, changes)})
    return RULINGS.c.key_l.in_(known)


def _held(connection: sa.Connection, asked: sa.ColumnElement[bool]) -> dict[tuple[str, ...], Row]:
    """Return the last word on each thing among the rows that are asked for, in order of entry."""
    changes = renames(connection)
    held: dict[tuple[str, ...], Row] = {}
    for row in connection.execute(sa.select(RULINGS).where(asked).order_by(RULINGS.c.sequence)).mappings():
        one = _read(dict(row), changes)
        held.pop(_finding(one), None)
        held[_finding(one)] = one
    return held


def _read(row: Mapping[str, Any], changes: Sequence[Rename]) -> Row:
    since = changes[row["renames"] :]
    one = {name: row[name] for name in RULING.names}
    if since:
        one |= {name: renamed_key(one[name], since) for name in ("key_l", "key_r", "part") if one[name]}
    one["decided_at"] = datetime.fromisoformat(one["decided_at"])
    return _sided(one)


def _finding(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what names the thing that a ruling is about."""
    other = (row["key_r"],) if row["subject"] == DIFFERENCE else ()
    return (row["subject"], row["part"], row["key_l"], *other)


def _sided(row: Row) -> Row:
    """Return a ruling on a difference with the smaller key left."""
    if row["subject"] != DIFFERENCE or row["key_l"] <= row["key_r"]:
        return row
    turned = {"key_l": row["key_r"], "key_r": row["key_l"], "value_l": row["value_r"], "value_r": row["value_l"]}
    return {**row, **turned, "decision": _TURNED.get(row["decision"], row["decision"])}
