"""What jobs have made in a client's systems, as the journals tell."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.vendor_doubles import created, job, renamed
from toolkit.changes import JobKind, Operation, Plan, made_plan, saved_plan
from toolkit.changes.steps import JournalEntry, Step
from toolkit.store.journal import opened_journal
from toolkit.store.made_records import made_records
from toolkit.store.plans import keep_plan
from toolkit.store.store import Store

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def kept(store: Store, plan: Plan, steps: Sequence[tuple[Operation, Step, str | None]]) -> None:
    """Keep a plan, and how its changes ended."""
    with store.writing("plan"):
        keep_plan(store, saved_plan(plan, NOON, "1"))
        with opened_journal(store, plan.plan_id) as journal:
            journal.note(*(JournalEntry(one.op_id, state, 1, NOON, record_id=record) for one, state, record in steps))


def of_kind(kind: JobKind, changes: Sequence[Operation]) -> Plan:
    """Return a plan of some kind."""
    like = job(changes)
    return made_plan(kind, engagement_id="e", target=like.target, snapshot_ids={}, rules_hash="1" * 64,
                     operations=changes, record_counts={"companies": 9})  # fmt: skip


def test_what_was_made_and_not_taken_away_again_is_told(tmp_path: Path) -> None:
    """Not what was changed, refused, made again by what takes a job back, or only planned."""
    made, refused, away, other = created(1), created(2), created(3), renamed(4)
    with Store(tmp_path) as store:
        kept(store, of_kind("sync", [made, refused, away, other]), [
            (made, "confirmed", "1001"), (refused, "rejected", None), (away, "undone", None), (other, "confirmed", "4"),
        ])  # fmt: skip
        kept(store, of_kind("undo", [created(5)]), [(created(5), "confirmed", "1005")])
        kept(store, of_kind("cleanup", [created(6)]), [])

        assert made_records(store) == {"crm/companies/1001"}
