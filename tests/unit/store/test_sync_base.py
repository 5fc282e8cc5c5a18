"""What two systems held when they were last alike is kept, and damage is told from it."""

from pathlib import Path

from tests.shared_states import States
from toolkit.store.sync_base import keep_base, kept_base
from toolkit.tables import SYNC_BASE

BASE = SYNC_BASE.from_rows(
    [{"key_l": "crm/companies/1", "key_r": "ledger/customers/7", "column": "phone", "value_l": "1", "value_r": "1"}]
)


def test_a_base_is_kept_from_sync_to_sync(tmp_path: Path, states: States) -> None:
    """Before the first sync there is none."""
    with states(tmp_path) as store, store.writing("a test"):
        assert kept_base(store).num_rows == 0
        keep_base(store, BASE)
        assert kept_base(store) == BASE
    with states(tmp_path) as store:
        assert kept_base(store) == BASE


def test_a_base_that_was_changed_is_taken_for_none_and_said_once(tmp_path: Path, states: States) -> None:
    """A wrong base would let a sync write over somebody's edit."""
    with states(tmp_path) as store, store.writing("a test"):
        keep_base(store, BASE)
        path = tmp_path / "plans" / "sync-base.parquet"
        path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)

        assert kept_base(store).num_rows == 0
        assert kept_base(store).num_rows == 0
        assert len(store.unsaid()[1]) == 1
        keep_base(store, BASE)
        assert kept_base(store) == BASE
