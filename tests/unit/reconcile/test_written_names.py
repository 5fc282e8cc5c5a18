"""One name on both sides is one customer, though nobody linked the two records."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.covered_days import covered_days
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


def test_one_date_a_century_early_is_no_period() -> None:
    """Of forty bills one is dated 1925: the list covers its own year, not a hundred."""
    days = np.arange(20_000, 20_400, 10)

    covered = covered_days(np.append(days, 20_000 - 36_525), date(2025, 11, 5))

    assert (covered.first, covered.holes) == (20_000, ())


@pytest.mark.parametrize(("early", "is_left_out"), [(4, True), (5, True), (6, False)])
def test_up_to_one_of_twenty_dates_may_be_of_another_century(early: int, *, is_left_out: bool) -> None:
    """Five of a hundred bills dated 1925 are slips; six are a list that somebody keeps so."""
    days = np.concatenate([np.arange(20_000, 20_100 - early), -16_000 + 40 * np.arange(early)])

    assert (covered_days(days, date(2025, 1, 20)).first == 20_000) == is_left_out


@pytest.mark.parametrize(("early_days", "is_left_out"), [(27, False), (28, True)])
def test_a_date_is_left_out_when_it_is_four_weeks_before_all_others(early_days: int, *, is_left_out: bool) -> None:
    """With a list of every day a first one 27 days before the next is a list with a hole, 28 days before it a slip.

    12 February read as 2 December is such a slip: it must not make a list of ten months cover half a year in which nothing
    stands.
    """
    days = np.append(np.arange(20_000, 20_100), 20_000 - early_days)

    assert (covered_days(days, date(2025, 1, 20)).first == 20_000) == is_left_out


@pytest.mark.parametrize(("every", "is_left_out"), [(20, True), (21, False)])
def test_a_date_is_left_out_only_where_many_were_due_since(every: int, *, is_left_out: bool) -> None:
    """An entry every twenty days: in 190 days 9.5 were due, at one in 21 days 9.0; from 9.2 on chance is no explanation."""
    days = np.append(np.arange(0, 30) * every + 20_000, 20_000 - 190)

    assert (covered_days(days, date(2026, 5, 1)).first == 20_000) == is_left_out


@pytest.mark.parametrize(("pause", "is_hole"), [(41, False), (42, True), (43, True)])
def test_a_pause_is_a_hole_where_chance_hardly_makes_it(pause: int, *, is_hole: bool) -> None:
    """Of a list of every third day with 101 pauses, the longest of 42 days is 14.0 entries; 13.8 are the bound."""
    early = 20_000 + 3 * np.arange(51)
    late = early[-1] + pause + 3 * np.arange(51)

    assert bool(covered_days(np.append(early, late), date(2025, 10, 11)).holes) == is_hole


def test_a_quiet_month_of_twelve_bills_a_month_is_no_hole() -> None:
    """27 days without a bill, where one comes every two or three days: a slow month, not a list that was cut."""
    early = 20_000 + np.cumsum(np.tile([1, 2, 3, 4, 3], 10))
    late = early[-1] + 28 + np.cumsum(np.tile([1, 2, 3, 4, 3], 10))

    assert covered_days(np.concatenate([early, late]), date(2025, 8, 1)).holes == ()
