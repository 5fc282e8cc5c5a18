"""One name on both sides is one customer, though nobody linked the two records."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.sides import Side, handoff_sides, stream_documents
from toolkit.reconcile.written_names import with_one_account
from toolkit.tables import CROSSWALK

Build = Callable[..., pa.Table]
BILLED = Handoff("billed", "Won deals invoiced", "crm", "deals", "deal", "ledger", "invoices", "invoice", grace_days=30)


@pytest.fixture
def joined(documents: Build, same: Build) -> Callable[..., tuple[Side, Side]]:
    """Return both sides of deals and invoices that are named so, each of the party beside its name."""

    def run(
        deals: list[tuple[str | None, str]], invoices: list[tuple[str | None, str]], *groups: list[str], told: str = ""
    ) -> Any:
        at = datetime(2026, 6, 1, 12, tzinfo=UTC)
        left = documents("deal", *(
            {"record_key": f"crm/deals/{n}", "is_won": True, "closed_at": at, "party_name": name,
             "party_key": f"crm/c/{key}"}
            for n, (name, key) in enumerate(deals)
        ))  # fmt: skip
        right = documents("invoice", *(
            {"record_key": f"ledger/invoices/{n}", "issued_on": date(2026, 6, 2), "party_name": name,
             "party_key": f"ledger/c/{key}"}
            for n, (name, key) in enumerate(invoices)
        ))  # fmt: skip
        streams = stream_documents(left, "crm", "deals"), stream_documents(right, "ledger", "invoices")
        walk = CROSSWALK.from_rows(
            {**row, "decided_by": "person" if row["record_key"] == told else "model"} for row in same(*groups).to_pylist()
        )
        accounts = accounts_in(walk, "account_id")
        return with_one_account(*handoff_sides(BILLED, *streams, accounts, time_zone="UTC"), accounts.told)

    return run


APART = (["crm/c/1"], ["ledger/c/1"], ["crm/c/2"], ["ledger/c/2"])


@pytest.mark.parametrize("written", ["Acme Ltd", "ACME  LTD", "Acme", "Acme Limited"])
def test_a_name_written_alike_is_one_customer(joined: Any, written: str) -> None:
    """In another case, with or without its legal form; both systems count as knowing the customer then."""
    left, right = joined([("Acme Ltd", "1"), ("Birch", "2")], [(written, "1"), ("Cedar", "2")], *APART)

    assert right.account.to_pylist() == ["g-crm/c/1", "g-ledger/c/2"]
    assert left.account.to_pylist() == ["g-crm/c/1", "g-crm/c/2"]
    assert "g-crm/c/1" in right.known_accounts.to_pylist()
    assert "g-crm/c/1" in left.linked_accounts.to_pylist()


@pytest.mark.parametrize("written", ["Acme Roofing Ltd", "n/a", None])
def test_another_name_is_not_joined(joined: Any, written: str | None) -> None:
    """A longer name, a filler and no name at all are no evidence."""
    _, right = joined([(written and "Acme Ltd", "1")], [(written, "1")], *APART)

    assert right.account.to_pylist() == ["g-ledger/c/1"]


@pytest.mark.parametrize("side", ["source", "target"])
def test_a_name_of_two_customers_is_not_joined(joined: Any, side: str) -> None:
    """Two persons of one name on either side: nobody can say which is meant."""
    twice, once = [("Ann Lee", "1"), ("Ann Lee", "2")], [("Ann Lee", "1")]
    deals, invoices = (twice, once) if side == "source" else (once, twice)

    _, right = joined(deals, invoices, *APART)

    assert set(right.account.to_pylist()) <= {"g-ledger/c/1", "g-ledger/c/2"}


def test_whom_both_systems_know_otherwise_is_not_joined(joined: Any) -> None:
    """The ledger has a record of the source's Acme already, so its other Acme is somebody else."""
    _, right = joined([("Acme", "1")], [("Acme", "2")], ["crm/c/1", "ledger/c/1"], ["crm/c/2"], ["ledger/c/2"])

    assert right.account.to_pylist() == ["g-ledger/c/2"]


@pytest.mark.parametrize("told", ["crm/c/1", "ledger/c/1"])
def test_whom_a_person_spoke_of_is_not_joined(joined: Any, told: str) -> None:
    """A person held the two to be different: an equal name does not overrule that."""
    _, right = joined([("Acme", "1")], [("Acme", "1")], *APART, told=told)

    assert right.account.to_pylist() == ["g-ledger/c/1"]
