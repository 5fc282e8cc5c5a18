"""A second copy of what cannot be made again: one line per row of the state, appended when the row is there.

Decisions, settings and the audit log exist nowhere else, and the catalogue saves reading everything anew. The file only ever
grows; each line holds a hash over itself and the line before, so that a line that was changed, and all after it, is told
from what can be trusted. When the state file is lost it is put back from here.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.disk import atomic_file, disk_errors
from toolkit.store.state import (
    APPROVALS,
    AUDIT_LOG,
    DECISIONS,
    JOURNAL,
    MATCHINGS,
    META,
    MODELS,
    PLANS,
    PRESENCE,
    PULLS,
    RENAMES,
    RULINGS,
    SETTINGS,
    SNAPSHOTS,
)

COPY_NAME = "state.copy.jsonl"
COPIED = (
    SNAPSHOTS,
    PRESENCE,
    RENAMES,
    DECISIONS,
    RULINGS,
    MODELS,
    MATCHINGS,
    SETTINGS,
    PULLS,
    PLANS,
    APPROVALS,
    JOURNAL,
    AUDIT_LOG,
)
"""Tables of the state that are copied; rows are added to them, never changed but for ``is_settled``."""

_ENGAGEMENT = "engagement"
_REACHED = "copied"


@dataclass(frozen=True, slots=True)
class Copy:
    """What the copy holds: whose it is, its rows by table, and how many lines at its end cannot be trusted."""

    engagement_id: str
    rows: Mapping[str, tuple[dict[str, Any], ...]]
    lines_lost: int
    head: str
    size: int

    def last(self, table: sa.Table) -> int:
        """Return the number of the last row of a table."""
        rows = self.rows.get(table.name, ())
        return int(rows[-1]["sequence"]) if rows else 0


def read_copy(path: Path) -> Copy | None:
    """Return what the copy at ``path`` holds, as far as it is whole; nothing where there is no line of it."""
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError:
        return None
    head, size, engagement_id = "", 0, ""
    rows: dict[str, list[dict[str, Any]]] = {}
    trusted = 0
    for line in lines:
        entry = _entry(line, head)
        if entry is None:
            break
        head, size, trusted = entry["hash"], size + len(line), trusted + 1
        if entry["table"] == _ENGAGEMENT:
            engagement_id = entry["row"]["id"]
        else:
            rows.setdefault(entry["table"], []).append(entry["row"])
    if not trusted:
        return None
    return Copy(engagement_id, {name: tuple(one) for name, one in rows.items()}, len(lines) - trusted, head, size)


def extend_copy(connection: sa.Connection, path: Path, engagement_id: str) -> None:
    """Append what the state holds and its copy does not.

    The state remembers how far the copy reached, so that this costs as much as there is to append; a copy that somebody cut
    or removed is written anew.

    Parameters
    ----------
    connection
        In a transaction of its own: the rows to append are committed before.
    path
        The copy; it need not exist.
    engagement_id
        A copy of another engagement is not added to: it is written anew.
    """
    reached = _reached(connection)
    size = path.stat().st_size if path.exists() else 0
    if reached is None or reached["size"] != size:
        held = read_copy(path)
        if held is None or held.lines_lost or held.engagement_id != engagement_id:
            _write(path, _lines(connection, {}, "", engagement_id=engagement_id), "wb")
            return _remember(connection, read_copy(path))
        reached = {"size": held.size, "head": held.head, "last": {table.name: held.last(table) for table in COPIED}}
    lines = _lines(connection, reached["last"], reached["head"])
    if lines:
        _write(path, lines, "ab")
        last = dict(reached["last"])
        for line in lines:
            last[line["table"]] = line["row"]["sequence"]
        size = reached["size"] + sum(len(_text(line)) for line in lines)
        _keep(connection, {"size": size, "head": lines[-1]["hash"], "last": last})
    return None


def put_back(connection: sa.Connection, copy: Copy, finished_runs: Iterable[str]) -> None:
    """Fill an empty state with what its copy holds.

    Parameters
    ----------
    connection
        To a state file without rows.
    copy
        Its copy.
    finished_runs
        Runs that came to their end: what they matched counts.
    """
    finished = {*finished_runs}
    for table in COPIED:
        known = {column.name for column in table.columns}
        for row in copy.rows.get(table.name, ()):
            values = {name: value for name, value in row.items() if name in known}
            if "is_settled" in known:
                values["is_settled"] = values["run_id"] in finished
            connection.execute(sa.insert(table).values(**values))
    last = {table.name: copy.last(table) for table in COPIED}
    _keep(connection, {"size": copy.size, "head": copy.head, "last": last})


def lacking_rows(connection: sa.Connection, copy: Copy) -> dict[str, int]:
    """Return how many rows of each table the copy holds beyond the end of the state: some were cut from it."""
    lacking = {}
    for table in COPIED:
        last = connection.execute(sa.select(sa.func.max(table.c.sequence))).scalar_one() or 0
        beyond = sum(1 for row in copy.rows.get(table.name, ()) if row["sequence"] > last)
        if beyond:
            lacking[table.name] = beyond
    return lacking


def _lines(
    connection: sa.Connection, last: Mapping[str, int], head: str, *, engagement_id: str = ""
) -> list[dict[str, Any]]:
    """Return the lines of all rows after the ``last`` of each table, chained to ``head``."""
    lines = []
    if engagement_id:
        lines.append(_chained(head, _ENGAGEMENT, {"id": engagement_id}))
    for table in COPIED:
        newer = sa.select(table).where(table.c.sequence > last.get(table.name, 0)).order_by(table.c.sequence)
        for row in connection.execute(newer).mappings():
            lines.append(_chained(lines[-1]["hash"] if lines else head, table.name, dict(row)))
    return lines


def _chained(head: str, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"table": table, "row": row, "hash": _hash(head, table, row)}


def _hash(head: str, table: str, row: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([head, table, row], sort_keys=True).encode()).hexdigest()


def _entry(line: bytes, head: str) -> dict[str, Any] | None:
    """Return a line's entry when it is whole and follows the one whose hash is ``head``."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line)
        is_next = entry["hash"] == _hash(head, entry["table"], entry["row"])
    except (ValueError, KeyError, TypeError):
        return None
    return entry if is_next else None


def _text(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, sort_keys=True).encode() + b"\n"


def _write(path: Path, lines: list[dict[str, Any]], mode: str) -> None:
    text = b"".join(map(_text, lines))
    if mode == "wb":
        with atomic_file(path, "wb") as stream:
            stream.write(text)
        return
    with disk_errors(path), path.open("ab") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _reached(connection: sa.Connection) -> dict[str, Any] | None:
    found = connection.execute(sa.select(META.c.value).where(META.c.name == _REACHED)).scalar_one_or_none()
    return json.loads(found) if found else None


def _remember(connection: sa.Connection, copy: Copy | None) -> None:
    if copy is not None:
        last = {table.name: copy.last(table) for table in COPIED}
        _keep(connection, {"size": copy.size, "head": copy.head, "last": last})


def _keep(connection: sa.Connection, reached: Mapping[str, Any]) -> None:
    connection.execute(sa.delete(META).where(META.c.name == _REACHED))
    connection.execute(sa.insert(META).values(name=_REACHED, value=json.dumps(reached)))
