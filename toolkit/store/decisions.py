"""Decisions of persons in the state file: rows that are only added; the last one of a pair holds.

To enter one, only what was said of its own pair before is looked up: at a screen a decision takes as long with a hundred
thousand held ones as with none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from toolkit.store.audit_log import log_entry
from toolkit.store.renames import Rename, earlier_keys, renamed_key, renames
from toolkit.store.state import DECISIONS
from toolkit.tables import DECISION, decision_keys

Pair = tuple[str, str]
Row = dict[str, Any]

LOOK_BACK = 200
"""Numbers that whoever listens for news reads again: on a shared server a smaller one may come later than a larger one."""
_LOOKED_UP = 200
"""Of more pairs than this all decisions are read at once."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of decisions, as rows of DECISION that hold now.

    ``rows`` were entered; ``overtaken`` are those that somebody else had entered before; ``already`` said the same before,
    whoever said it: they are nobody's to take back who says them again.
    """

    rows: tuple[Row, ...]
    overtaken: tuple[Row, ...]
    already: tuple[Row, ...] = ()


def kept_decisions(connection: sa.Connection, after: int = 0) -> pa.Table:
    """Return decisions in order of entry (table DECISION), under the names that systems have now.

    Parameters
    ----------
    connection
        To the state.
    after
        Number of the last one that is known; those behind it are returned.
    """
    chosen = sa.select(DECISIONS).where(DECISIONS.c.sequence > after).order_by(DECISIONS.c.sequence)
    changes = renames(connection)
    return DECISION.from_rows(_row_now(row, changes) for row in connection.execute(chosen).mappings())


def last_number(connection: sa.Connection) -> int:
    """Return the number of the decision that was entered last; 0 before the first."""
    return connection.execute(sa.select(sa.func.max(DECISIONS.c.sequence))).scalar_one() or 0


def keep_decisions(connection: sa.Connection, decisions: Iterable[Mapping[str, Any]], at: datetime) -> int:
    """Append decisions that say something new; return how many did.

    Parameters
    ----------
    connection
        In a transaction.
    decisions
        With ``key_l``, ``key_r`` (a record key, or a cluster id for ``exclude``) and ``decision``: ``same``, ``not_same``,
        ``exclude`` or ``open``; ``reviewer`` and ``note`` may be absent. Keys may come in either order.
    at
        UTC.
    """
    given = list(decisions)
    held = _held(connection, [decision_keys(one["key_l"], one["key_r"]) for one in given])
    count = 0
    for one in given:
        pair = decision_keys(one["key_l"], one["key_r"])
        before = held.get(pair)
        if (before["decision"] if before else "open") == one["decision"]:
            continue
        held[pair] = _entered(connection, pair, one, at)
        count += 1
    log_entry(connection, "decisions", {"added": count}, at)
    return count


def enter_decisions(
    connection: sa.Connection, decisions: Iterable[Mapping[str, Any]], at: datetime, *, together: bool = False
) -> Entered:
    """Append decisions of somebody who saw what held until then; what somebody else said since is left as it is.

    Parameters
    ----------
    connection
        In a transaction.
    decisions
        As `keep_decisions` takes them, and in ``seen`` the number of the decision on the pair that its person saw: 0 for
        none. One that says what holds already, with the same remark, is not entered again.
    at
        UTC.
    together
        Whether none is entered where somebody else said something on one of them since.
    """
    given = list(decisions)
    held = _held(connection, [decision_keys(one["key_l"], one["key_r"]) for one in given])
    new: dict[Pair, Mapping[str, Any]] = {}
    already, overtaken = [], []
    for one in given:
        pair = decision_keys(one["key_l"], one["key_r"])
        before = held.get(pair)
        if before is not None and _says(before) == _says(one):
            already.append(before)
        elif (before["sequence"] if before else 0) != one["seen"]:
            overtaken.append(before or _nothing(pair, at))
        else:
            new.setdefault(pair, one)
    if together and overtaken:
        new = {}
    rows = tuple(_entered(connection, pair, one, at) for pair, one in new.items())
    if rows:
        log_entry(connection, "decisions", {"added": len(rows)}, at)
    return Entered(rows, tuple(overtaken), tuple(already))


def _says(one: Mapping[str, Any]) -> tuple[str, str]:
    return one["decision"], one.get("note") or ""


def _nothing(pair: Pair, at: datetime) -> Row:
    """Return what stands for a pair on which no decision is kept."""
    unsaid = dict.fromkeys(("reviewer", "note"))
    return {"sequence": 0, "key_l": pair[0], "key_r": pair[1], "decision": "open", "decided_at": at, **unsaid}


def _entered(connection: sa.Connection, pair: Pair, one: Mapping[str, Any], at: datetime) -> Row:
    """Append a decision; return its row."""
    values = {
        "key_l": pair[0],
        "key_r": pair[1],
        "decision": one["decision"],
        "reviewer": one.get("reviewer"),
        "note": one.get("note"),
    }
    added = connection.execute(sa.insert(DECISIONS).values(**values, decided_at=at.isoformat()))
    [number] = added.inserted_primary_key or [0]
    return {"sequence": number, **values, "decided_at": at}


def _held(connection: sa.Connection, pairs: Sequence[Pair]) -> dict[Pair, Row]:
    """Return the last decision on each pair, as a row of DECISION."""
    changes = renames(connection)
    if len(pairs) > _LOOKED_UP:
        found: Iterable[Any] = connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.sequence)).mappings()
        return {(row["key_l"], row["key_r"]): row for row in (_row_now(one, changes) for one in found)}
    held: dict[Pair, Row] = {}
    for pair in pairs:
        left, right = (earlier_keys(key, changes) for key in pair)
        of_pair = DECISIONS.c.key_l.in_(left) & DECISIONS.c.key_r.in_(right)
        if changes:
            # The order of two keys follows from their names, and was another under earlier ones.
            of_pair |= DECISIONS.c.key_l.in_(right) & DECISIONS.c.key_r.in_(left)
        chosen = sa.select(DECISIONS).where(of_pair).order_by(DECISIONS.c.sequence)
        rows = (_row_now(row, changes) for row in connection.execute(chosen).mappings())
        # A name may have been another system's before: what was entered then is about other records.
        own = [row for row in rows if (row["key_l"], row["key_r"]) == pair]
        if own:
            held[pair] = own[-1]
    return held


def _row_now(row: Mapping[Any, Any], changes: Sequence[Rename]) -> Row:
    """Return a row of the state as one of DECISION, under the names that systems have now."""
    since = [one for one in changes if row["sequence"] <= one.decisions]
    key_l, key_r = decision_keys(*(renamed_key(row[side], since) for side in ("key_l", "key_r")))
    return {**row, "key_l": key_l, "key_r": key_r, "decided_at": datetime.fromisoformat(row["decided_at"])}
