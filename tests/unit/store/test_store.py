"""The store: one writer, decisions that last, a log that shows tampering, runs that are whole."""

import multiprocessing
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.shared_states import States
from toolkit.errors import BusyError, SnapshotMissingError, UnknownNameError
from toolkit.store.shared.place import SharedPlace
from toolkit.store.store import Store
from toolkit.tables import CLUSTER

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, states: States) -> Iterator[Store]:
    with states(tmp_path / "client") as opened:
        yield opened


def _hold_and_die(folder: Path, place: SharedPlace | None, is_held: "multiprocessing.synchronize.Event") -> None:
    with Store(folder, place) as store, store.writing("audit"):
        is_held.set()
        os._exit(9)


def test_f55_a_second_writer_is_told_who_the_first_is(store: Store, states: States) -> None:
    """Two audits at once do not mix: the second stops and says why."""
    told = pytest.raises(BusyError, match=f"'audit of Monday'.*process {os.getpid()}")
    with store.writing("audit of Monday"), states(store.folder) as second, told, second.writing("another"):
        pass


def test_the_right_to_write_returns_when_the_writer_is_done(store: Store) -> None:
    """A finished run blocks nobody, also when it failed."""
    with pytest.raises(ZeroDivisionError), store.writing("audit"):
        raise ZeroDivisionError

    with store.writing("next"):
        pass


def test_f47_a_killed_writer_blocks_nobody(store: Store, states: States) -> None:
    """The lock of a process that is gone is taken over."""
    context = multiprocessing.get_context("spawn")
    is_held = context.Event()
    writer = context.Process(target=_hold_and_die, args=(store.folder, states.place(store.folder), is_held))
    writer.start()
    writer.join(30)
    assert is_held.is_set()

    with store.writing("next"):
        pass


def test_f47_the_lock_of_another_host_is_never_taken_over(store: Store, states: States) -> None:
    """On a shared drive nobody can tell whether the other machine's run is still alive."""
    with store.writing("audit"), states.connected(store.folder) as execute:
        execute("UPDATE writer SET host = 'elsewhere', pid = 999999999")
        with pytest.raises(BusyError, match="elsewhere"), store.writing("next"):
            pass


def test_decisions_are_kept_in_order_and_only_when_they_say_something_new(store: Store) -> None:
    """Importing the same reviewed workbook twice changes nothing."""
    reviewed = [{"key_l": "crm/c/2", "key_r": "crm/c/1", "decision": "not_same", "reviewer": "Dana"}]

    assert (store.add_decisions(reviewed), store.add_decisions(reviewed)) == (1, 0)
    [kept] = store.decisions().to_pylist()
    assert (kept["key_l"], kept["key_r"], kept["decision"], kept["reviewer"]) == ("crm/c/1", "crm/c/2", "not_same", "Dana")


def test_a_changed_audit_log_entry_is_found(store: Store, states: States) -> None:
    """The log shows when somebody has edited it."""
    for number in range(3):
        store.log("test", {"number": number})
    assert store.broken_log_entries() == []

    with states.connected(store.folder) as execute:
        execute("""UPDATE audit_log SET detail = '{"number": 7}' WHERE sequence = 2""")

    assert store.broken_log_entries() == [2]


def test_a_finished_run_is_the_latest(store: Store) -> None:
    """The report and the notebooks read one run."""
    with store.new_run(NOON, {"version": "1"}) as run:
        run.write("cluster", CLUSTER.from_rows([{"record_key": "crm/c/1", "cluster_id": "a"}]))

    read = store.run()
    assert (read.run_id, read.facts["version"], read.table("cluster").num_rows) == ("20261120T120000Z", "1", 1)
    assert read.has("cluster")
    assert not read.has("pair")
    assert read.table("pair").num_rows == 0


def test_a_run_that_breaks_off_leaves_the_one_before(store: Store) -> None:
    """Half a run is never shown."""
    with store.new_run(NOON, {}):
        pass
    with pytest.raises(ZeroDivisionError), store.new_run(NOON, {}):
        raise ZeroDivisionError

    assert store.run().run_id == "20261120T120000Z"
    assert sorted(one.name for one in (store.folder / "results").iterdir()) == ["20261120T120000Z", "latest"]


def test_results_before_any_audit_say_what_to_do(store: Store) -> None:
    """The error names the command that is missing."""
    with pytest.raises(SnapshotMissingError, match="integration-audit audit"):
        store.run()


def test_an_unknown_run_is_named(store: Store) -> None:
    """A mistyped run id gets the nearest one."""
    with store.new_run(NOON, {}):
        pass
    with pytest.raises(UnknownNameError, match="Did you mean '20261120T120000Z'"):
        store.run("20261120T120001Z")
