"""What is said of a name that was looked up: whose it is, that several bear it, or that nobody does."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from toolkit.reconcile.references import resolved_references

Build = Callable[..., pa.Table]


@pytest.mark.parametrize(("bearers", "found_by"), [(0, "nothing"), (1, "name"), (2, "ambiguous"), (3, "ambiguous")])
def test_a_name_is_nobodys_somebodys_or_several(parties: Build, documents: Build, bearers: int, found_by: str) -> None:
    """That nobody bears it is told apart from that nobody can say who is meant."""
    known = parties(
        {"record_key": "ledger/customers/other", "name": "Birch"},
        *({"record_key": f"ledger/customers/{at}", "name": "Acme"} for at in range(bearers)),
    )

    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "Acme"}), known)

    assert found.references["found_by"].to_pylist() == [found_by]
    assert found.references["found_key"].to_pylist() == ["ledger/customers/0" if bearers == 1 else None]


def test_a_name_in_a_system_without_parties_is_nobodys(parties: Build, documents: Build) -> None:
    """Its neighbour's list is not asked."""
    known = parties({"record_key": "crm/companies/7", "name": "Acme"}, {"record_key": "crm/companies/8", "name": "Acme"})

    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "Acme"}), known)

    assert found.references["found_by"].to_pylist() == ["nothing"]
