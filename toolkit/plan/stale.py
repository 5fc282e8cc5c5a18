"""Records unchanged for months that nothing open or recent hangs on: archived where the rules name them."""

from datetime import UTC, date, datetime, time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.bonds import Bonds
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.target_records import NONE, Flags, Ints, TargetRecords, in_one
from toolkit.values.cells import each_text
from toolkit.values.status import outcome_of

STALE = "Nobody has changed it for {} months, and it has no open or recent documents, in no system."

_TIMES = ("created_at", "updated_at", "closed_at", "started_at", "completed_at", "opened_at", "resolved_at", "paid_at")
_DAYS = ("issued_on", "due_on", "posted_on", "spent_on")
_ENDS = ("closed_at", "completed_at", "resolved_at", "paid_at")
_OVER = ("won", "lost", "paid", "done", "cancelled", "refunded", "voided")
_DONE = ("bank_line", "journal_line", "payment", "expense")
"""Documents of what has happened: they are never open."""
_DAY_US = 86_400_000_000
_NEVER = np.iinfo(np.int64).min


def stale_rows(
    records: TargetRecords,
    parties: pa.Table,
    documents: pa.Table,
    known: Bonds,
    rules: CleanupRules,
    *,
    parents: Ints,
    skipped: Flags,
    as_of: date,
) -> dict[int, str]:
    """Return the rows that are archived as stale, each with the reason.

    Whatever is changed in another system on the same party, belongs to the record and is not stale itself, or is not dated,
    keeps it.

    Parameters
    ----------
    records
        Parties of the target.
    parties, documents
        Tables PARTY and DOCUMENT of all systems, references resolved.
    known
        Which records are one party.
    rules
        After how many months, by stream.
    parents
        For each party of the target the row of the one it belongs to.
    skipped
        Rows that are left alone.
    as_of
        The day from which months are counted back.
    """
    found: dict[int, str] = {}
    streams = np.array(records.streams, dtype=object)
    is_stale = np.zeros(len(records), dtype=bool)
    for stream, months in sorted(rules.stale_months.items()):
        cutoff = cutoff_us(as_of, months)
        # What was changed since is busy, as every party is that was.
        own = np.flatnonzero((streams == stream) & ~skipped & (_last_change(records.table) != _NEVER))
        busy = _busy(parties, documents, known, cutoff)
        rows = own[~_is_busy(records, own, known, busy)]
        is_stale[rows] = True
        found |= dict.fromkeys(rows.tolist(), STALE.format(months))
    while True:
        kept = {int(parents[row]) for row in np.flatnonzero((parents != NONE) & ~is_stale).tolist()} & found.keys()
        if not kept:
            return dict(sorted(found.items()))
        for row in kept:
            del found[row]
            is_stale[row] = False


def cutoff_us(as_of: date, months: int) -> int:
    """Return the instant (microseconds since 1970, UTC) at which a number of months before a day begins.

    Examples
    --------
    >>> datetime.fromtimestamp(cutoff_us(date(2026, 3, 31), 1) / 1e6, UTC).date()
    datetime.date(2026, 2, 28)
    """
    whole = as_of.year * 12 + as_of.month - 1 - months
    year, month = max(whole // 12, 1), whole % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    began = datetime.combine(date(year, month, min(as_of.day, last)), time(), UTC)
    return int(began.timestamp()) * 1_000_000


def _last_change(table: pa.Table) -> Ints:
    """Return when records were last changed, else made; ``_NEVER`` where neither is known."""
    at = pc.coalesce(*(in_one(table[name]).cast(pa.int64()) for name in ("updated_at", "created_at")))
    return np.asarray(pc.fill_null(at, int(_NEVER)), dtype=np.int64)


def _busy(parties: pa.Table, documents: pa.Table, known: Bonds, cutoff: int) -> tuple[Flags, frozenset[str]]:
    """Return which clusters, and which records without one, have something open or recent."""
    latest = [np.asarray(pc.fill_null(in_one(documents[name]).cast(pa.int64()), int(_NEVER))) for name in _TIMES]
    for name in _DAYS:
        days = in_one(documents[name]).cast(pa.int32()).cast(pa.int64())
        latest.append(np.asarray(pc.fill_null(pc.multiply(days, _DAY_US), int(_NEVER))))
    newest = np.max(latest, axis=0) if len(documents) else np.zeros(0, dtype=np.int64)
    is_busy = (newest >= cutoff) | (newest == _NEVER) | ~_is_over(documents)
    owners = in_one(documents["party_key"]).filter(pa.array(is_busy))
    changed = in_one(parties["record_key"]).filter(pa.array(_last_change(parties) >= cutoff))
    keys = pc.unique(pa.concat_arrays([owners, changed]).drop_null())
    cluster = known.cluster_of(keys)
    flags = np.zeros(len(known.cluster_ids), dtype=bool)
    flags[cluster[cluster != NONE]] = True
    return flags, frozenset(keys.filter(pa.array(cluster == NONE)).to_pylist())


def _is_busy(records: TargetRecords, rows: Ints, known: Bonds, busy: tuple[Flags, frozenset[str]]) -> Flags:
    flags, alone = busy
    keys = records.keys.take(pa.array(rows))
    cluster = known.cluster_of(keys)
    by_key = np.array([key in alone for key in keys.to_pylist()], dtype=bool)
    found: Flags = by_key | ((cluster != NONE) & (flags[cluster] if len(flags) else False))
    return found


def _is_over(documents: pa.Table) -> Flags:
    """Return which documents are surely over: an end is dated, all is paid, it is won or lost, or its status says so."""
    is_over = np.asarray(in_one(documents["is_won"]).is_valid())
    for name in _ENDS:
        is_over |= np.asarray(in_one(documents[name]).is_valid())
    is_paid = pc.greater_equal(in_one(documents["paid_minor"]), in_one(documents["amount_minor"]))
    outcome = each_text(in_one(documents["status"]), outcome_of)
    is_settled = pc.or_(pc.fill_null(is_paid, False), pc.fill_null(pc.is_in(outcome, value_set=pa.array(_OVER)), False))
    found: Flags = (
        is_over | np.asarray(is_settled) | np.asarray(pc.is_in(in_one(documents["entity"]), value_set=pa.array(_DONE)))
    )
    return found
