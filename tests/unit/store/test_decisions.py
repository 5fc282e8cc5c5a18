"""Decisions are only added; one is entered by looking up its own pair, and nobody's word is overwritten unseen."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.effort import counted
from tests.shared_states import States
from toolkit.store.decisions import Entered, enter_decisions, kept_decisions, last_number
from toolkit.store.renames import note_rename
from toolkit.store.state import DECISIONS
from toolkit.store.store import Store

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
PAIR = {"key_l": "crm/c/1", "key_r": "ledger/c/7", "reviewer": "Dana", "note": None}


def entered(store: Store, *decisions: dict[str, Any]) -> Entered:
    with store.changing() as connection:
        return enter_decisions(connection, decisions, NOW)


def test_a_decision_is_entered_and_logged(tmp_path: Path, states: States) -> None:
    """With its number, its person and its time; the audit log counts it."""
    with states(tmp_path) as store:
        [row] = entered(store, {**PAIR, "decision": "same", "seen": 0}).rows

        assert store.decisions().to_pylist() == [row]
        assert (row["sequence"], row["reviewer"], row["decided_at"]) == (1, "Dana", NOW)
        assert store.logged("decisions") == [{"added": 1}]


def test_what_somebody_else_said_meanwhile_stands(tmp_path: Path, states: States) -> None:
    """Whoever saw nothing does not overwrite the word of another; what the other said comes back."""
    with states(tmp_path) as store:
        entered(store, {**PAIR, "decision": "same", "seen": 0})
        late = entered(store, {**PAIR, "decision": "not_same", "reviewer": "Ann", "seen": 0})

        assert (late.rows, [row["reviewer"] for row in late.overtaken]) == ((), ["Dana"])
        assert store.decisions()["decision"].to_pylist() == ["same"]


def test_who_saw_the_last_word_may_say_another(tmp_path: Path, states: States) -> None:
    """Undo is such a word: open, after the one that is taken back."""
    with states(tmp_path) as store:
        entered(store, {**PAIR, "decision": "same", "seen": 0})
        [row] = entered(store, {**PAIR, "decision": "open", "seen": 1}).rows

        assert (row["sequence"], store.decisions()["decision"].to_pylist()) == (2, ["same", "open"])


def test_the_same_word_twice_is_entered_once(tmp_path: Path, states: States) -> None:
    """Also when the second person did not see the first, whose word it stays; another remark is news."""
    with states(tmp_path) as store:
        entered(store, {**PAIR, "decision": "same", "seen": 0})
        again = entered(store, {**PAIR, "decision": "same", "seen": 0, "reviewer": "Ann"})
        noted = entered(store, {**PAIR, "decision": "same", "note": "by phone", "seen": 1})

        assert (again.rows, [row["reviewer"] for row in again.already]) == ((), ["Dana"])
        assert (noted.rows[0]["sequence"], store.decisions().num_rows) == (2, 2)


def test_of_what_belongs_together_all_is_entered_or_nothing(tmp_path: Path, states: States) -> None:
    """Somebody said something on one of them meanwhile; the others wait until it was looked at."""
    other = {**PAIR, "key_r": "ledger/c/8", "decision": "not_same", "seen": 0}
    with states(tmp_path) as store:
        entered(store, {**PAIR, "decision": "same", "seen": 0})
        with store.changing() as connection:
            both = [{**PAIR, "decision": "not_same", "seen": 0}, other]
            refused = enter_decisions(connection, both, NOW, together=True)

        assert (refused.rows, [row["decision"] for row in refused.overtaken]) == ((), ["same"])
        assert store.decisions()["decision"].to_pylist() == ["same"]


def test_a_renamed_system_keeps_its_decisions(tmp_path: Path, states: States) -> None:
    """A word under the earlier name is the word that was seen under the new one, whichever side it stands on now."""
    with states(tmp_path) as store:
        entered(store, {**PAIR, "decision": "same", "seen": 0})
        with store.changing() as connection:
            note_rename(connection, "crm", "sales", NOW)
        now = {**PAIR, "key_l": "sales/c/1", "decision": "not_same"}

        assert entered(store, {**now, "seen": 0}).rows == ()
        assert [row["sequence"] for row in entered(store, {**now, "seen": 1}).rows] == [2]
        assert {(row["key_l"], row["key_r"]) for row in store.decisions().to_pylist()} == {("ledger/c/7", "sales/c/1")}


def test_decisions_of_many_at_once_are_all_kept(tmp_path: Path, states: States) -> None:
    """Four stores on one folder, as four kernels have: every acknowledged word is there, and the log is whole."""
    states(tmp_path).close()
    kept: list[int] = []

    def review(person: int) -> None:
        with states(tmp_path) as store:
            for number in range(10):
                pair = {"key_l": f"crm/c/{person}", "key_r": f"ledger/c/{number}", "reviewer": str(person)}
                kept.append(entered(store, {**pair, "decision": "same", "seen": 0}).rows[0]["sequence"])

    threads = [threading.Thread(target=review, args=(person,)) for person in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with states(tmp_path) as store:
        assert sorted(kept) == store.decisions()["sequence"].to_pylist() == [*range(1, 41)]
        assert store.broken_log_entries() == []


def test_deciding_needs_no_right_to_write_the_engagement(tmp_path: Path, states: States) -> None:
    """A pull that runs for an hour keeps nobody from reviewing."""
    with states(tmp_path) as running, states(tmp_path) as reviewing, running.writing("pull"):
        assert entered(reviewing, {**PAIR, "decision": "same", "seen": 0}).rows[0]["sequence"] == 1


def test_one_decision_is_as_much_work_with_many_held(tmp_path: Path) -> None:
    """Of twenty thousand held ones none is read but those on its pair."""
    with Store(tmp_path) as store:
        rows = [
            {"key_l": f"crm/c/{n}", "key_r": f"ledger/c/{n}", "decision": "same", "decided_at": NOW.isoformat()}
            for n in range(20_000)
        ]
        with store.changing() as connection:
            connection.execute(sa.insert(DECISIONS), rows)
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT * FROM decision WHERE key_l = 'a' AND key_r = 'b'")
            assert "decision_of_pair" in str(plan.all())
            with counted() as effort:
                for number in range(20):
                    pair = {**PAIR, "key_l": f"crm/c/{number}", "key_r": f"ledger/c/{number}"}
                    enter_decisions(connection, [{**pair, "decision": "open", "seen": number + 1}], NOW)
            # Reading all of them takes a call for each of the held ones at the least.
            assert effort.calls / 20 < 5_000
            assert last_number(connection) == 20_020
            assert kept_decisions(connection, 20_018)["sequence"].to_pylist() == [20_019, 20_020]
