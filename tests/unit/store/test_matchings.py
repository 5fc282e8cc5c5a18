"""What matching keeps: model and cluster ids belong together, whatever a run breaks off at."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from tests.shared_states import States
from toolkit.errors import DamagedError
from toolkit.store.matchings import KeptModel, NewModel
from toolkit.store.results import new_run
from toolkit.store.store import Store
from toolkit.tables import CLUSTER_EVENT

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, states: States) -> Iterator[Store]:
    with states(tmp_path / "client") as opened:
        yield opened


def fitted(number: int, reason: str = "first matching") -> NewModel:
    """Return a model that says a number."""
    table = pa.table({"hash": pa.array([number], pa.uint64())})
    return NewModel({"number": number}, {"frequencies": table}, NOON, "Dana", reason, ("crm.companies",))


def tables(cluster_id: str) -> dict[str, pa.Table]:
    event = {"kind": "new", "cluster_id": cluster_id, "record_count_before": 0, "record_count": 1, "moved_count": 1}
    return {
        "members": pa.table({"record_key": ["crm/c/1"], "cluster_id": [cluster_id]}),
        "events": CLUSTER_EVENT.from_rows([{"run_id": "r", **event}]),
    }


def keep(store: Store, at: datetime, model: KeptModel | NewModel, cluster_id: str, *, breaks: bool = False) -> str:
    """Run a matching and return the run's id; one that breaks does so after all was written."""
    with store.new_run(at, {}) as run:
        store.keep_matching("parties", run.run_id, model=model, tables=tables(cluster_id), notes=("A note.",))
        if breaks:
            raise ZeroDivisionError
    return run.run_id


def kept(store: Store) -> tuple[int, str]:
    """Return what model and ids say at present."""
    found = store.matching("parties")
    assert found is not None
    members = found.table("members")
    assert members is not None
    return found.model.content()["number"], members["cluster_id"][0].as_py()


def test_a_matching_is_found_again(store: Store) -> None:
    """With its model, the tables beside it, its notes, and who fitted it when and why."""
    assert store.matching("parties") is None
    run_id = keep(store, NOON, fitted(1), "g-1")

    found = store.matching("parties")

    assert found is not None
    assert kept(store) == (1, "g-1")
    assert (found.run_id, found.notes) == (run_id, ("A note.",))
    assert (found.model.fitted_by, found.model.reason, found.model.fitted_at) == ("Dana", "first matching", NOON)
    assert found.model.table("frequencies") == fitted(1).tables["frequencies"]
    assert found.table("block_index") is None


def test_a_refit_leaves_the_old_model_readable(store: Store) -> None:
    """Both are listed, the newest last; the audit log names the model of each run."""
    keep(store, NOON, fitted(1), "g-1")
    keep(store, LATER, fitted(2, "a second system came in"), "g-1")

    assert [(one.content()["number"], one.reason) for one in store.match_models("parties")] == [
        (1, "first matching"),
        (2, "a second system came in"),
    ]
    assert [entry["model_id"] for entry in store.logged("matching")] == ["20261120T120000Z", "20261220T120000Z"]


def test_a_run_that_breaks_off_leaves_model_and_ids_as_they_were(store: Store) -> None:
    """Even when both were written already; the next run removes the remains."""
    keep(store, NOON, fitted(1), "g-1")
    with pytest.raises(ZeroDivisionError):
        keep(store, LATER, fitted(2), "g-2", breaks=True)

    assert kept(store) == (1, "g-1")
    assert len(store.match_models("parties")) == 1

    model = store.match_models("parties")[0]
    keep(store, LATER.replace(hour=13), model, "g-3")
    assert kept(store) == (1, "g-3")
    folders = sorted(one.name for one in (store.folder / "matching" / "parties").iterdir())
    assert folders == ["20261120T120000Z", "20261220T130000Z", "models"]
    assert [one.name for one in (store.folder / "matching" / "parties" / "models").iterdir()] == ["20261120T120000Z"]


def test_files_without_their_row_are_removed(store: Store) -> None:
    """The power went between writing the files and the row that names them."""
    keep(store, NOON, fitted(1), "g-1")
    (store.folder / "matching" / "parties" / "20261201T000000Z").mkdir()

    keep(store, LATER, store.match_models("parties")[0], "g-1")

    assert not (store.folder / "matching" / "parties" / "20261201T000000Z").exists()


def test_a_finished_run_counts_although_the_power_went_right_after_it(store: Store) -> None:
    """The results are in place, so model and ids are those of the results."""
    keep(store, NOON, fitted(1), "g-1")
    with new_run(store.folder, LATER, {}) as run:
        store.keep_matching("parties", run.run_id, model=fitted(2), tables=tables("g-2"))

    assert kept(store) == (2, "g-2")
    keep(store, LATER.replace(hour=13), store.match_models("parties")[1], "g-2")
    assert len(store.match_models("parties")) == 2


def test_identity_outlives_the_results(store: Store) -> None:
    """Old runs may be thrown away; what the clusters are called stays."""
    run_id = keep(store, NOON, fitted(1), "g-1")
    (store.folder / "results" / run_id / "run.json").unlink()

    assert kept(store) == (1, "g-1")


def test_history_is_kept_and_the_rest_is_not(store: Store) -> None:
    """Of an older matching only what happened stays."""
    first = keep(store, NOON, fitted(1), "g-1")
    keep(store, LATER, store.match_models("parties")[0], "g-2")

    assert store.cluster_events("parties")["cluster_id"].to_pylist() == ["g-1", "g-2"]
    assert [one.name for one in (store.folder / "matching" / "parties" / first).iterdir()] == ["events.arrow"]


def test_a_lost_model_is_named(store: Store) -> None:
    """With what to do about it."""
    keep(store, NOON, fitted(1), "g-1")
    [model] = store.match_models("parties")
    (model.folder / "model.json").unlink()

    with pytest.raises(DamagedError, match=r"model.json is gone.*fit a model anew"):
        model.content()


def test_an_exclusion_is_kept_with_the_record_first(store: Store) -> None:
    """Whatever the names of record and cluster are."""
    store.add_decisions([{"key_l": "g-1", "key_r": "ledger/c/1", "decision": "exclude", "reviewer": "Jo"}])

    [row] = store.decisions().to_pylist()
    assert (row["key_l"], row["key_r"], row["decision"]) == ("ledger/c/1", "g-1", "exclude")


def test_an_older_engagement_gets_the_new_tables(tmp_path: Path) -> None:
    """A state file of an earlier version is opened and used as it is."""
    store = Store(tmp_path)
    with sqlite3.connect(store.folder / "state.sqlite") as state:
        state.execute("DROP TABLE matching")
        state.execute("DROP TABLE match_model")
    store.close()

    with Store(store.folder) as opened:
        keep(opened, NOON, fitted(1), "g-1")
        assert kept(opened) == (1, "g-1")
