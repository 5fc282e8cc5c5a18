"""What the toolkit wrote is read as it was written, or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.shared_states import States
from tests.unit.store.test_snapshots import parties
from toolkit.errors import DamagedError, InputError, SnapshotMissingError
from toolkit.store import Run
from toolkit.store.store import Store
from toolkit.tables import CLUSTER, DOCUMENT_LINE

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLUSTERS = CLUSTER.from_rows([{"record_key": "crm/companies/1", "cluster_id": "g-1"}])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "client") as opened:
        yield opened


@pytest.fixture
def anywhere(tmp_path: Path, states: States) -> Iterator[Store]:
    with states(tmp_path / "client") as opened:
        yield opened


def pulled(store: Store, *names: str, line: str = "") -> Path:
    """Take a snapshot, with a line of a document beside it, and return its file."""
    side = DOCUMENT_LINE.from_rows([{"record_key": "crm/companies/Acme", "line_no": 1, "sku": line}] if line else [])
    written = store.add_snapshot(
        system="crm",
        stream="companies",
        entity="party",
        connector="hubspot",
        records=[parties(*names)],
        side_tables={"lines": side} if line else {},
        taken_at=NOON,
    )
    return store.folder / written.path


def audited(store: Store, *, trial: bool = False, hour: int = 12) -> Run:
    facts = {"trial": {"rates.day_rate": "700"}} if trial else {}
    with store.new_run(NOON.replace(hour=hour), facts) as run:
        run.write("cluster", CLUSTERS)
    return store.run(run.run_id)


def flipped(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("place", range(0, 4000, 211))
def test_a_flipped_bit_is_never_read_as_another_value(store: Store, place: int) -> None:
    """Wherever it is: the snapshot is named, with the way to have it made again."""
    path = pulled(store, "Acme", "Lind")
    flipped(path, place)

    with pytest.raises(DamagedError, match=r"is not as it was written. Run 'integration-audit audit") as caught:
        store.records()
    assert caught.value.path == path
    assert [row["stream"] for row in store.damaged_snapshots()] == ["companies"]


def test_a_snapshot_that_is_gone_is_named(store: Store) -> None:
    """And its stream is not taken for empty."""
    path = pulled(store, "Acme")
    path.unlink()

    with pytest.raises(DamagedError, match="is gone"):
        store.records()


@pytest.mark.parametrize("damage", ["gone", "flipped", "new"])
def test_a_side_table_belongs_to_its_snapshot(store: Store, damage: str) -> None:
    """Lines of documents that are lost, changed or put there by hand are noticed as well."""
    path = pulled(store, "Acme", line="" if damage == "new" else "A-1")
    side = path.with_suffix(".lines.parquet")
    if damage == "gone":
        side.unlink()
    elif damage == "flipped":
        flipped(side, 200)
    else:
        side.write_bytes(path.read_bytes())

    with pytest.raises(DamagedError):
        store.records()


def test_a_side_table_that_changed_alone_makes_a_new_snapshot(store: Store) -> None:
    """The lines of an invoice may change while its total stays."""
    first, second = pulled(store, "Acme", line="A-1"), pulled(store, "Acme", line="A-2")

    assert first != second
    assert [table["sku"].to_pylist() for table in store.side_tables("lines").values()] == [["A-2"]]


def test_a_damaged_snapshot_is_made_again(anywhere: Store) -> None:
    """From the same file come the same records; those that only the damaged one held absent come from the one before."""
    pulled(anywhere, "Acme", "Lind")
    path = pulled(anywhere, "Acme")
    held = anywhere.snapshots()["sha256"].to_pylist()
    flipped(path, 300)

    again = pulled(anywhere, "Acme")

    assert again != path
    assert (anywhere.damaged_snapshots(), anywhere.snapshots()["sha256"].to_pylist()) == ([], held)
    assert anywhere.snapshots()["rows_absent"].to_pylist() == [1]


def test_without_its_file_a_stream_goes_back_to_what_is_whole(anywhere: Store) -> None:
    """Better the list of last week than none."""
    first = pulled(anywhere, "Acme", "Lind")
    second = pulled(anywhere, "Acme", "Lind", "Moss")
    second.unlink()

    assert anywhere.fall_back("crm", "companies")
    assert anywhere.snapshots()["path"].to_pylist() == [first.relative_to(anywhere.folder).as_posix()]


def test_a_snapshot_that_a_killed_pull_left_is_taken_up(anywhere: Store, states: States) -> None:
    """It is whole; only its row was not written yet."""
    pulled(anywhere, "Acme")
    with states(anywhere.folder) as other:
        pulled(other, "Acme", "Lind")
    with states.connected(anywhere.folder) as execute:
        execute("DELETE FROM snapshot WHERE sequence = (SELECT max(sequence) FROM snapshot)")

    with anywhere.writing("the next pull"):
        pass

    assert anywhere.snapshots()["rows"].to_pylist() == [2]


@pytest.mark.parametrize("damage", ["gone", "flipped", "cut"])
def test_a_table_of_a_run_is_read_as_it_was_written_or_not_at_all(store: Store, damage: str) -> None:
    """A page without figures is worse than none."""
    run = audited(store)
    path = run.folder / "cluster.parquet"
    if damage == "gone":
        path.unlink()
    elif damage == "flipped":
        flipped(path, 150)
    else:
        path.write_bytes(path.read_bytes()[:200])

    assert run.damaged_tables() == [path]
    with pytest.raises(DamagedError, match="computed again"):
        run.table("cluster")


@pytest.mark.parametrize("place", range(0, 400, 37))
def test_what_a_run_says_of_itself_cannot_be_changed_unseen(store: Store, place: int) -> None:
    """Neither its settings nor the hashes of its tables."""
    run = audited(store)
    flipped(run.folder / "run.json", place)

    with pytest.raises(DamagedError):
        store.run(run.run_id)


@pytest.mark.parametrize("content", [None, "", "20990101T000000Z", "../../etc", "\0"])
def test_the_pointer_to_the_latest_run_can_be_lost(store: Store, content: str | None) -> None:
    """It only repeats what the folders say; a trial is never the latest."""
    run = audited(store)
    audited(store, trial=True, hour=13)
    pointer = store.folder / "results" / "latest"
    pointer.unlink() if content is None else pointer.write_text(content)

    assert store.run().run_id == run.run_id


def test_a_trial_stands_beside_the_latest(store: Store) -> None:
    """What is only tried replaces nothing."""
    run, tried = audited(store), audited(store, trial=True, hour=13)

    assert (store.run().run_id, store.run(tried.run_id).facts["trial"]) == (run.run_id, {"rates.day_rate": "700"})


def test_the_run_of_another_client_is_refused(anywhere: Store, tmp_path: Path, states: States) -> None:
    """Though it is whole in itself."""
    run = audited(anywhere)
    with states(tmp_path / "other") as other:
        foreign = audited(other)
    for path in foreign.folder.iterdir():
        (run.folder / path.name).write_bytes(path.read_bytes())

    with pytest.raises(InputError, match="a run of another engagement"):
        anywhere.run()


def test_nothing_in_the_results_is_no_result(store: Store) -> None:
    """Whoever empties the folder is told to audit."""
    run = audited(store)
    for path in run.folder.iterdir():
        path.unlink()
    run.folder.rmdir()

    with pytest.raises(SnapshotMissingError, match="Run 'integration-audit audit"):
        store.run()


def test_what_a_killed_run_left_is_cleared_away_by_the_next(store: Store) -> None:
    """Half-written folders and files of ours; nothing of the client's."""
    left = [
        store.folder / "results" / ".partial-20261120T120000Z" / "pair.parquet",
        store.folder / "snapshots" / "crm" / "companies" / ".partial-0a1b" / "new.parquet",
        store.folder / "snapshots" / "crm" / "companies" / "20261120T120000Z.json",
        store.folder / "snapshots" / "crm" / "companies" / "20261120T120000Z.lines.parquet",
        store.folder / "reports" / ".client_report.html.ab12.partial",
        store.folder / ".engagement.yaml.ab12.partial",
    ]
    sent = store.folder / "exports" / "crm" / ".partial-list.csv"
    for path in (*left, sent):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")

    with store.writing("the next run"):
        pass

    assert [path for path in left if path.exists()] == []
    assert sent.exists()


def test_no_run_bears_the_name_of_one_whose_results_were_thrown_away(anywhere: Store) -> None:
    """What was kept of it, models and matchings, is still called after it; the clock may stand still or go back."""
    run = audited(anywhere)
    for path in run.folder.iterdir():
        path.unlink()
    run.folder.rmdir()

    assert audited(anywhere).run_id == "20261120T120001Z"
