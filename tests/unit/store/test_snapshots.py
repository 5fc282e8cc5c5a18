"""Snapshots: full states that are whole, or not there."""

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.shared_states import States
from toolkit.errors import InputError, TableError
from toolkit.store import WrittenSnapshot
from toolkit.store.shared.place import MARKER
from toolkit.store.snapshots import read_snapshot
from toolkit.store.store import Store
from toolkit.tables import PARTY

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def parties(*names: str) -> pa.Table:
    return PARTY.from_rows(
        {
            "record_key": f"crm/companies/{name}",
            "system": "crm",
            "stream": "companies",
            "record_id": name,
            "entity": "party",
            "state": "active",
            "kind": "company",
            "name": name,
            "raw": json.dumps({"Name": name}),
        }
        for name in names
    )


def pulled(store: Store, *names: str, at: datetime = NOON, is_complete: bool = True) -> WrittenSnapshot:
    return store.add_snapshot(
        system="crm",
        stream="companies",
        entity="party",
        connector="table",
        records=[parties(*names)],
        taken_at=at,
        is_complete=is_complete,
    )


@pytest.fixture
def store(tmp_path: Path, states: States) -> Iterator[Store]:
    with states(tmp_path / "client") as opened:
        yield opened


def test_a_snapshot_holds_every_record_and_its_raw_row(store: Store) -> None:
    """Nothing the vendor sent is lost."""
    written = pulled(store, "Acme", "Bolt")

    assert (written.rows, written.rows_absent, written.is_new) == (2, 0, True)
    assert store.records(["name", "raw"])["crm", "companies"].to_pylist()[0] == {"name": "Acme", "raw": '{"Name": "Acme"}'}


def test_what_a_complete_pull_lacks_becomes_absent(store: Store) -> None:
    """A record that disappears from the system stays in the snapshot, marked."""
    pulled(store, "Acme", "Bolt")
    written = pulled(store, "Acme", at=NOON + timedelta(days=1))

    states = pq.read_table(store.folder / written.path, columns=["name", "state"]).to_pylist()
    assert states == [{"name": "Acme", "state": "active"}, {"name": "Bolt", "state": "absent"}]
    assert store.records(["name", "state"])["crm", "companies"]["name"].to_pylist() == ["Acme"]


def test_an_incomplete_pull_makes_nothing_absent(store: Store) -> None:
    """Absence from half a pull means nothing."""
    pulled(store, "Acme", "Bolt")
    written = pulled(store, "Acme", at=NOON + timedelta(days=1), is_complete=False)

    assert (written.rows, written.rows_absent) == (2, 0)


def test_a_pull_that_changed_nothing_keeps_the_latest_snapshot(store: Store) -> None:
    """Running the audit twice does not fill the disk."""
    first = pulled(store, "Acme")
    again = pulled(store, "Acme", at=NOON + timedelta(days=1))

    assert (again.is_new, again.path) == (False, first.path)
    assert store.snapshots().num_rows == 1


def test_a_record_that_returns_is_active_again(store: Store) -> None:
    """Absent is a state, not a verdict."""
    pulled(store, "Acme", "Bolt")
    pulled(store, "Acme", at=NOON + timedelta(days=1))
    written = pulled(store, "Acme", "Bolt", at=NOON + timedelta(days=2))

    assert (written.rows, written.rows_absent) == (2, 0)


def test_two_records_of_one_key_are_refused_and_leave_nothing(store: Store) -> None:
    """The error names the key; no half-written snapshot remains."""
    with pytest.raises(TableError, match="crm/companies/Acme") as caught:
        store.add_snapshot(
            system="crm",
            stream="companies",
            entity="party",
            connector="table",
            records=[parties("Acme"), parties("Acme", "Bolt")],
            taken_at=NOON,
        )

    assert caught.value.failing_rows == ({"record_key": "crm/companies/Acme", "times": 2},)
    assert list((store.folder / "snapshots/crm/companies").iterdir()) == []


def test_the_manifest_says_what_the_snapshot_is(store: Store) -> None:
    """Whoever finds the folder later can check it."""
    written = pulled(store, "Acme")

    manifest = json.loads((store.folder / written.path).with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == written.sha256
    assert (manifest["rows"], manifest["is_complete"], manifest["taken_at"]) == (1, True, "2026-11-20T12:00:00+00:00")


@pytest.mark.parametrize("name", ["../up", "a/b", "", "CON:", "a b"])
def test_a_name_that_is_no_folder_name_is_refused(store: Store, name: str) -> None:
    """No cell and no setting becomes a path."""
    with pytest.raises(InputError, match="cannot be the name of a system"):
        store.add_snapshot(system=name, stream="x", entity="party", connector="table", records=[parties("A")], taken_at=NOON)


def test_folders_and_files_are_for_their_owner_only(store: Store, states: States) -> None:
    """Client data on a shared machine is not for others to read."""
    written = pulled(store, "Acme")

    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (store.folder, store.folder / (MARKER if states.server else "state.sqlite"), store.folder / written.path)
    }
    assert list(modes.values()) == [0o700, 0o600, 0o600]


def test_a_snapshot_of_an_older_version_is_read_with_its_new_columns_empty(tmp_path: Path) -> None:
    """What a column that came later would say is not known of it."""
    pq.write_table(parties("Acme", "Bolt").drop_columns(["owner"]), tmp_path / "old.parquet")

    table = read_snapshot(tmp_path / "old.parquet", "party")

    assert table["owner"].to_pylist() == [None, None]
    assert table["name"].to_pylist() == ["Acme", "Bolt"]
