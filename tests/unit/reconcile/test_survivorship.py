"""Each value of a golden record has a reason, and comes from one record."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa

from toolkit.reconcile.figures import reconcile_figures
from toolkit.reconcile.survivorship import _newest, golden_records
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import COMPARED_FIELD, COUNTERPART, COVERAGE, GOLDEN, HANDOFF_MEASURE

Build = Callable[..., pa.Table]

NOBODY = SourceOfTruth()
CRM = SourceOfTruth({"party": {"default": "crm"}})


def _values(table: pa.Table) -> dict[str, tuple[str, str]]:
    return {row["column"]: (row["value"], row["reason"]) for row in table.to_pylist()}


def test_the_source_of_truth_wins_over_a_newer_value(parties: Build, same: Build) -> None:
    """Who decides a field decides it, even when somebody else typed last."""
    both = parties(
        {"record_key": "crm/c/1", "email": "a@acme.com", "updated_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"record_key": "ledger/c/1", "email": "b@acme.com", "updated_at": datetime(2026, 5, 1, tzinfo=UTC)},
    )
    walk = same(["crm/c/1", "ledger/c/1"])

    assert _values(golden_records(both, walk, CRM)) == {"email": ("a@acme.com", "source of truth: crm")}
    assert _values(golden_records(both, walk, NOBODY)) == {"email": ("b@acme.com", "newest")}


def test_without_times_the_fullest_record_wins(parties: Build, same: Build) -> None:
    """Nobody knows which is newer, so the record that says more is believed."""
    both = parties(
        {"record_key": "a/c/1", "email": "a@acme.com"},
        {"record_key": "b/c/1", "email": "b@acme.com", "phone": "312 555 0147"},
    )

    assert _values(golden_records(both, same(["a/c/1", "b/c/1"]), NOBODY)) == {
        "email": ("b@acme.com", "most complete, times unknown"),
        "phone": ("312 555 0147", "only value"),
    }


def test_an_address_is_taken_whole_from_one_record(parties: Build, same: Build) -> None:
    """A street of one record never meets the city of another."""
    both = parties(
        {"record_key": "crm/c/1", "street": "12 Main St"},
        {"record_key": "ledger/c/1", "street": "9 Oak Ave", "city": "Dallas", "postcode": "75201"},
    )

    found = golden_records(both, same(["crm/c/1", "ledger/c/1"]), CRM)

    assert _values(found) == {"street": ("12 Main St", "source of truth: crm")}


def test_a_filler_never_survives(parties: Build, same: Build) -> None:
    """'n/a' is no value, even in the deciding system."""
    both = parties({"record_key": "crm/c/1", "email": "n/a"}, {"record_key": "ledger/c/1", "email": "b@acme.com"})

    assert _values(golden_records(both, same(["crm/c/1", "ledger/c/1"]), CRM)) == {"email": ("b@acme.com", "only value")}


def test_equal_values_agree(parties: Build, same: Build) -> None:
    """Where all say the same there is nothing to decide."""
    both = parties({"record_key": "crm/c/1", "name": "Acme"}, {"record_key": "ledger/c/1", "name": "Acme"})

    assert _values(golden_records(both, same(["crm/c/1", "ledger/c/1"]), NOBODY)) == {"name": ("Acme", "all agree")}


def test_what_nobody_decided_is_counted_and_asked_for() -> None:
    """Values that only the fullest record speaks for are a figure with its rows; settled ones are not."""
    reasons = ("source of truth: crm", "newest", "most complete, none is newer", "most complete, times unknown")
    golden = GOLDEN.from_rows(
        {"golden_id": f"g{at}", "column": "email", "value": "a@b.example", "record_key": f"crm/c/{at}", "reason": reason}
        for at, reason in enumerate(reasons)
    )
    nothing = (COUNTERPART.empty(), HANDOFF_MEASURE.empty())

    found = reconcile_figures(
        [], *nothing, compared=COMPARED_FIELD.empty(), coverage=COVERAGE.empty(), golden=golden, as_of=date(2026, 10, 5)
    )

    [figure] = found.to_pylist()
    assert (figure["figure_id"], figure["value"], figure["n"]) == ("reconcile.unsettled_count", 2.0, 4)
    assert figure["source_filter"].startswith("starts_with(reason, 'most complete, ')")


def test_a_name_and_an_address_are_to_be_decided_once() -> None:
    """First, last and full name of one person are one question, and so are street, place and country."""
    columns = ("name", "given_name", "family_name", "street", "city", "postcode", "country", "phone")
    golden = GOLDEN.from_rows(
        {"golden_id": "g1", "column": column, "value": "x", "record_key": "a/c/1", "reason": "most complete, times unknown"}
        for column in columns
    )
    nothing = (COUNTERPART.empty(), HANDOFF_MEASURE.empty())

    found = reconcile_figures(
        [], *nothing, compared=COMPARED_FIELD.empty(), coverage=COVERAGE.empty(), golden=golden, as_of=date(2026, 10, 5)
    )

    assert [one["value"] for one in found.to_pylist()] == [3.0]


def test_the_newest_of_each_party_is_later_than_all_others() -> None:
    """Of two parties side by side; of equal times, and of one alone, none is newer."""
    first = np.array([0, 2, 4, 5])

    assert _newest(np.array([3, 5, 7, 7, 9, 4, 2, 1]), first, np.array([2, 2, 1, 3])).tolist() == [1, -1, -1, 5]
    assert _newest(np.array([8, 6, 1, 2]), np.array([0, 2]), np.array([2, 2])).tolist() == [0, 3]
