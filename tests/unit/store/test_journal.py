"""The journal of a job: what is noted is there after whatever happens next."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.shared_states import States
from toolkit.changes.steps import JournalEntry
from toolkit.store.journal import journal_steps, last_steps, opened_journal
from toolkit.store.state import read_only_engine
from toolkit.store.store import Store

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
INTENT = JournalEntry("op-1", "intent", 1, NOON, NOON, idempotency_key="k-1", before_hash="aa", after_hash="bb")
DONE = JournalEntry("op-1", "confirmed", 1, NOON, NOON, "k-1", 200, "r-9", "7", '"2"', None, "aa", "bb", "2026-10-05T12:00Z")
OTHER = JournalEntry("op-2", "rejected", 2, NOON, reason="this name is taken")


def test_steps_are_kept_in_order_and_the_last_one_holds(tmp_path: Path, states: States) -> None:
    """With all that the system answered."""
    with states(tmp_path) as store, opened_journal(store, "plan-1") as journal:
        journal.note(INTENT)
        journal.note(DONE, OTHER)

        assert journal.last == {"op-1": DONE, "op-2": OTHER}
    with states(tmp_path) as store:
        assert journal_steps(store, "plan-1") == [INTENT, DONE, OTHER]
        assert last_steps(store, "plan-1") == {"op-1": DONE, "op-2": OTHER}
        assert last_steps(store, "plan-2") == {}


def test_a_step_is_there_before_the_journal_is_closed(tmp_path: Path, states: States) -> None:
    """Whoever looks from another process sees what was noted, and a kill loses none of it."""
    with states(tmp_path) as store, opened_journal(store, "plan-1") as journal, states(tmp_path) as other:
        journal.note(INTENT)

        assert journal_steps(other, "plan-1") == [INTENT]


def test_a_journal_goes_on_where_it_was(tmp_path: Path, states: States) -> None:
    """After a stop the last step of each change is known."""
    with states(tmp_path) as store, opened_journal(store, "plan-1") as journal:
        journal.note(INTENT)
    with states(tmp_path) as store, opened_journal(store, "plan-1") as journal:
        assert journal.last == {"op-1": INTENT}
        journal.note(DONE)
        assert journal.last == {"op-1": DONE}


def test_a_journal_of_before_the_time_that_our_write_left_was_kept_goes_on(tmp_path: Path) -> None:
    """Its steps are known, in a folder that can only be read too; what is noted from now on has it."""
    with Store(tmp_path) as store, opened_journal(store, "plan-1") as journal:
        journal.note(INTENT)
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as state, state:
        state.execute("ALTER TABLE journal DROP COLUMN stamp")
    with closing(read_only_engine(tmp_path / "state.sqlite").raw_connection()) as looked_at:
        assert looked_at.cursor().execute("SELECT op_id, stamp FROM journal").fetchall() == [("op-1", None)]

    with Store(tmp_path) as store, opened_journal(store, "plan-1") as journal:
        assert journal.last == {"op-1": INTENT}
        journal.note(DONE)
    with Store(tmp_path) as store:
        assert journal_steps(store, "plan-1") == [INTENT, DONE]


def test_the_copy_of_the_state_holds_the_journal_too(tmp_path: Path) -> None:
    """What was sent to a system can be had from nowhere else."""
    with Store(tmp_path) as store, opened_journal(store, "plan-1") as journal:
        copied, path = [], tmp_path / "state.copy.jsonl"
        for _ in range(401):
            journal.note(INTENT)
            copied.append(path.read_text().count('"table": "journal"') if path.exists() else 0)
        assert [copied[place] for place in (198, 199, 398, 399, 400)] == [0, 200, 200, 400, 400]
        journal.note(DONE)
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()

    with Store(tmp_path) as store:
        assert last_steps(store, "plan-1") == {"op-1": DONE}
        assert len(journal_steps(store, "plan-1")) == 402
