"""Rows of the targets that are new since the cut-over, and who made them as far as that can be known."""

from collections.abc import Collection, Sequence
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.changes.steps import DONE
from toolkit.golive.hand_entries import JudgedRow, NewRow, judged_rows
from toolkit.landscape.handoffs import Handoff
from toolkit.store import Run
from toolkit.store.journal import last_steps
from toolkit.store.looks import ListReading, list_readings
from toolkit.store.plans import kept_plans, opened_plan
from toolkit.store.snapshots import present_records, read_snapshot, refuse_damaged_snapshot

_READ = ("record_key", "created_at", "created_by", "state")


def entries_since(
    engagement: Engagement, run: Run, live: datetime, *, handoffs: Sequence[Handoff], users: Collection[str]
) -> tuple[list[JudgedRow], list[str]]:
    """Return the new rows of the handoffs' targets with who made them, and the lists of which nothing is known since.

    Parameters
    ----------
    engagement, run
        With snapshots, and the handoffs compared.
    live
        Since when.
    handoffs
        Those that the integration carries now.
    users
        Under whom it writes.
    """
    targets = sorted({(one.system_r, one.stream_r) for one in handoffs})
    found, unread = [], []
    for system, stream in targets:
        readings = [one for one in list_readings(engagement.store, system, stream) if one.is_complete]
        if not readings or readings[-1].at < live:
            unread.append(f"{system}.{stream}")
            continue
        before = [one for one in readings if one.at < live]
        table = _records(engagement, readings[-1])
        old = _records(engagement, before[-1])["record_key"] if before else None
        linked, is_told = _linked(run, system, stream)
        for row in table.filter(_is_new(table, live, old)).to_pylist():
            has_source = (row["record_key"] in linked) if is_told else None
            found.append(NewRow(row["record_key"], row["created_at"], row["created_by"] or "", has_source))
    return judged_rows(found, _written(engagement), users), unread


def _records(engagement: Engagement, reading: ListReading) -> pa.Table:
    refuse_damaged_snapshot(engagement.folder, reading.path, reading.sha256)
    return present_records(read_snapshot(engagement.folder / reading.path, reading.entity, _READ))


def _is_new(table: pa.Table, live: datetime, old: pa.ChunkedArray | None) -> pa.ChunkedArray:
    """Return which rows were made since: as they say themselves, else by not having stood in the list of before."""
    since = pa.scalar(live, pa.timestamp("us", tz="UTC"))
    by_list = pa.scalar(True) if old is None else pc.invert(pc.is_in(table["record_key"], value_set=old.combine_chunks()))
    return pc.if_else(pc.is_valid(table["created_at"]), pc.greater_equal(table["created_at"], since), by_list)


def _linked(run: Run, system: str, stream: str) -> tuple[set[str], bool]:
    """Return the rows of a target whose source is known, and whether its sources could be compared at all."""
    table = run.table("counterpart")
    keys = table.filter(pc.equal(table["status"], "found"))["key_r"].to_pylist()
    own = {key for key in keys if key and key.startswith(f"{system}/{stream}/")}
    return own, bool(own)


def _written(engagement: Engagement) -> set[str]:
    """Return the record keys that the journals of our jobs say were made."""
    found = set()
    for kept in kept_plans(engagement.store):
        steps = {name: one for name, one in last_steps(engagement.store, kept.plan_id).items() if one.state in DONE}
        if not steps:
            continue
        plan = opened_plan(engagement.store, kept).plan
        found |= {
            f"{plan.target.system}/{one.stream}/{steps[one.op_id].record_id}"
            for one in plan.operations
            if one.op_id in steps and one.action == "create" and steps[one.op_id].record_id
        }
    return found
