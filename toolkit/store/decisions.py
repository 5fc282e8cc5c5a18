"""Decisions of persons in the state file: rows that are only added; the last one of a pair holds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from toolkit.store.audit_log import log_entry
from toolkit.store.renames import renamed_key, renames
from toolkit.store.state import DECISIONS
from toolkit.tables import DECISION, decision_keys


def kept_decisions(connection: sa.Connection) -> pa.Table:
    """Return every decision in order of entry (table DECISION), under the names that systems have now."""
    rows = [dict(row) for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.sequence)).mappings()]
    changes = renames(connection)
    for row in rows:
        row["decided_at"] = datetime.fromisoformat(row["decided_at"])
        since = [one for one in changes if row["sequence"] <= one.decisions]
        row["key_l"], row["key_r"] = decision_keys(*(renamed_key(row[side], since) for side in ("key_l", "key_r")))
    return DECISION.from_rows(rows)


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
    held = {(row["key_l"], row["key_r"]): row["decision"] for row in kept_decisions(connection).to_pylist()}
    count = 0
    for one in decisions:
        key_l, key_r = decision_keys(one["key_l"], one["key_r"])
        if held.get((key_l, key_r), "open") == one["decision"]:
            continue
        held[key_l, key_r] = one["decision"]
        connection.execute(
            sa.insert(DECISIONS).values(
                key_l=key_l,
                key_r=key_r,
                decision=one["decision"],
                reviewer=one.get("reviewer"),
                decided_at=at.isoformat(),
                note=one.get("note"),
            )
        )
        count += 1
    log_entry(connection, "decisions", {"added": count}, at)
    return count
