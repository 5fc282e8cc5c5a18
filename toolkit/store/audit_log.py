"""What was done to an engagement: entries that are only added, each with the hash of the one before it.

An entry holds ids, counts, hashes and sentences of ours, never values of a record.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from toolkit.store.state import AUDIT_LOG

MENDED = "mended"
LOST = "lost"
"""What something is called that was put back, and something that cannot be had again; the detail is a sentence."""

SAID = "said"


def log_entry(connection: sa.Connection, action: str, detail: dict[str, Any], at: datetime) -> str:
    """Append to the audit log, whose entries each hold the hash of the one before; return the new hash.

    Parameters
    ----------
    connection
        In a transaction: the entry counts when it ends.
    action
        A word; ``mended``, ``lost`` and ``said`` are read back.
    detail
        What JSON can hold: ids, counts, hashes and sentences of ours, never values of a record.
    at
        UTC.
    """
    last = connection.execute(
        sa.select(AUDIT_LOG.c.sequence, AUDIT_LOG.c.hash).order_by(AUDIT_LOG.c.sequence.desc()).limit(1)
    ).one_or_none()
    number, before = (0, "") if last is None else last
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    stamp = at.isoformat()
    digest = _entry_hash(before, stamp, action, text)
    # Numbered here: a server leaves out a number when a transaction fails, and a gap means that an entry was removed.
    row = {"sequence": number + 1, "at": stamp, "action": action, "detail": text, "hash": digest}
    connection.execute(sa.insert(AUDIT_LOG).values(row))
    return digest


def broken_log_entries(connection: sa.Connection) -> list[int]:
    """Return the sequence numbers of audit entries that do not fit the entry before them: empty when untouched."""
    broken = []
    before = ""
    expected_sequence = 1
    for entry in connection.execute(sa.select(AUDIT_LOG).order_by(AUDIT_LOG.c.sequence)):
        fits = entry.hash == _entry_hash(before, entry.at, entry.action, entry.detail)
        if not fits or entry.sequence != expected_sequence:
            broken.append(entry.sequence)
        before = entry.hash
        expected_sequence = entry.sequence + 1
    return broken


def _entry_hash(before: str, at: str, action: str, detail: str) -> str:
    return hashlib.sha256(f"{before}\n{at}\n{action}\n{detail}".encode()).hexdigest()


def logged(connection: sa.Connection, action: str) -> list[dict[str, Any]]:
    """Return the details of every entry of one action, oldest first."""
    chosen = sa.select(AUDIT_LOG.c.detail).where(AUDIT_LOG.c.action == action).order_by(AUDIT_LOG.c.sequence)
    return [json.loads(detail) for detail in connection.execute(chosen).scalars()]


def log_head(connection: sa.Connection) -> str:
    """Return the hash of the newest entry, which all before it lead to; empty while there is none."""
    chosen = sa.select(AUDIT_LOG.c.hash).order_by(AUDIT_LOG.c.sequence.desc()).limit(1)
    return connection.execute(chosen).scalar_one_or_none() or ""


def unsaid(connection: sa.Connection) -> tuple[list[str], list[str]]:
    """Return what was mended and what was lost since somebody was last told."""
    chosen = sa.select(AUDIT_LOG.c.action, AUDIT_LOG.c.detail).order_by(AUDIT_LOG.c.sequence)
    mended: list[str] = []
    lost: list[str] = []
    for action, detail in connection.execute(chosen.where(AUDIT_LOG.c.action.in_([MENDED, LOST, SAID]))):
        if action == SAID:
            mended, lost = [], []
        else:
            (lost if action == LOST else mended).append(json.loads(detail)["said"])
    return mended, lost
