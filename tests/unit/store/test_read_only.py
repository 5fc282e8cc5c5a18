"""A store in a folder that cannot be written: it is read as it lies, and what would write says so."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.without_writing import bound_by_permissions, read_only
from toolkit.store.store import Store
from toolkit.tables import CLUSTER

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
OPENED = "import sys, pathlib; from toolkit.store.store import Store; store = Store(pathlib.Path(sys.argv[1])); "


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return a store with one run and one decision, as yet to be written."""
    with Store(tmp_path / "client") as store, store.new_run(NOON, {"client": "Acme"}) as run:
        run.write("cluster", CLUSTER.empty())
        store.add_decisions([{"key_l": "crm/c/1", "key_r": "crm/c/2", "decision": "same", "reviewer": "Dana"}])
    yield tmp_path / "client"
    for one in (tmp_path / "client", *(tmp_path / "client").rglob("*")):
        one.chmod(one.stat().st_mode | 0o200)


def asked(folder: Path, question: str) -> str:
    """Return what a program prints of the store of a read-only folder; on an error, its last line."""
    answer = bound_by_permissions("-c", f"{OPENED}{question}", str(folder))
    return (answer.stdout or answer.stderr).strip().splitlines()[-1]


def test_a_read_only_store_is_read_and_nothing_is_made_beside_it(folder: Path) -> None:
    """Runs and decisions are there; no file appears or changes."""
    read_only(folder)
    before = {one: one.stat().st_mtime_ns for one in folder.rglob("*")}

    said = asked(folder, "print(store.is_read_only, store.run().facts['client'], store.decisions().num_rows)")

    assert said == "True Acme 1"
    assert {one: one.stat().st_mtime_ns for one in folder.rglob("*")} == before


@pytest.mark.parametrize(
    "work",
    ["store.add_decisions([{'key_l': 'a/b/c', 'key_r': 'a/b/d', 'decision': 'same'}])", "store.writing('x').__enter__()"],
)
def test_what_would_write_says_that_the_folder_is_read_only(folder: Path, work: str) -> None:
    """One sentence with the next step, and no word of the database behind it."""
    read_only(folder)

    assert "it is read-only. Copy the folder to a place that can be written" in asked(folder, work)


def test_an_empty_read_only_folder_has_nothing(tmp_path: Path) -> None:
    """Files on a medium that cannot be written: nothing is pulled, and nothing fails."""
    tmp_path.chmod(0o500)

    said = asked(tmp_path, "print(store.snapshots().num_rows, store.decisions().num_rows, store.matching('party'))")
    tmp_path.chmod(0o700)

    assert said == "0 0 None"
    assert list(tmp_path.iterdir()) == []


def test_a_state_of_before_a_table_was_added_is_read(folder: Path) -> None:
    """An engagement of an earlier version has no such entries, which is no fault."""
    import sqlite3

    with sqlite3.connect(folder / "state.sqlite") as state:
        state.execute("DROP TABLE matching")
    state.close()
    read_only(folder)

    assert asked(folder, "print(store.matching('party'), store.decisions().num_rows)") == "None 1"


def test_what_a_stopped_run_left_in_its_journal_is_not_overlooked(folder: Path, tmp_path: Path) -> None:
    """The decision that lies in the journal only is read; without the journal's index it is said that it cannot be."""
    with Store(folder) as store, store._engine.connect():
        store.add_decisions([{"key_l": "crm/c/3", "key_r": "crm/c/4", "decision": "same", "reviewer": "Dana"}])
        shutil.copytree(folder, tmp_path / "whole")
        shutil.copytree(folder, tmp_path / "torn", ignore=shutil.ignore_patterns("*-shm"))
    read_only(tmp_path / "whole")
    read_only(tmp_path / "torn")

    assert asked(tmp_path / "whole", "print(store.decisions().num_rows)") == "2"
    assert "a run was stopped while it wrote there" in asked(tmp_path / "torn", "store.decisions()")
