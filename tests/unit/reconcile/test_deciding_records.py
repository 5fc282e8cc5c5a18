"""Which record of the deciding system a value is taken from where it has several."""

from collections.abc import Callable
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import SourceOfTruth

Build = Callable[..., pa.Table]
CRM = SourceOfTruth({"party": {"default": "crm"}})
OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, second=1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [(OLD, NEW, "crm/c/2"), (NEW, OLD, "crm/c/1"), (NEW, NEW, "crm/c/1")],
)
def test_of_two_records_of_the_deciding_system_the_newer_counts(
    parties: Build, same: Build, first: datetime, second: datetime, taken: str
) -> None:
    """A second later is later; of two changed at once the first by key is taken; a newer one elsewhere is not."""
    table = parties(
        {"record_key": "crm/c/1", "email": "a@acme.com", "updated_at": first},
        {"record_key": "crm/c/2", "email": "b@acme.com", "updated_at": second},
        {"record_key": "ledger/c/1", "email": "c@acme.com", "updated_at": datetime(2026, 5, 1, tzinfo=UTC)},
    )

    [row] = golden_records(table, same(["crm/c/1", "crm/c/2", "ledger/c/1"]), CRM).to_pylist()

    assert (row["record_key"], row["reason"]) == (taken, "source of truth: crm")


def test_of_two_records_of_the_deciding_system_changed_at_once_the_fuller_counts(parties: Build, same: Build) -> None:
    """Who says more is believed."""
    table = parties(
        {"record_key": "crm/c/1", "email": "a@acme.com", "updated_at": OLD},
        {"record_key": "crm/c/2", "email": "b@acme.com", "phone": "312 555 0147", "updated_at": OLD},
    )

    rows = golden_records(table, same(["crm/c/1", "crm/c/2"]), CRM).to_pylist()

    assert {row["column"]: row["record_key"] for row in rows} == {"email": "crm/c/2", "phone": "crm/c/2"}


@pytest.mark.parametrize(("updated_at", "reason"), [(None, "only value"), (OLD, "only value")])
def test_a_value_that_one_record_has_needs_no_reason(
    parties: Build, same: Build, updated_at: datetime | None, reason: str
) -> None:
    """Whether or not it is known when the record changed, and whatever other parties say."""
    table = parties(
        {"record_key": "crm/c/1", "email": "a@acme.com", "updated_at": updated_at},
        {"record_key": "crm/c/2", "email": "b@birch.com", "updated_at": datetime(2025, 1, 1, tzinfo=UTC)},
    )

    rows = golden_records(table, same(["crm/c/1"], ["crm/c/2"]), SourceOfTruth()).to_pylist()

    assert [row["reason"] for row in rows] == [reason, reason]
