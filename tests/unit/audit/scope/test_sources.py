"""Who is right at a client whose differences are known by hand: four, in 59 compared values."""

import pytest

import toolkit
from tests.unit.audit.scope.conftest import Client


def test_each_policy_settles_what_can_be_settled_by_hand(client: Client) -> None:
    """The ledger has the street and the postcode, the CRM the phone; the e-mail stands in neither, so a person decides.

    QuickBooks says of no record when it was changed, so the latest change settles none of them.
    """
    engagement = client("")
    found = toolkit.check_sources(engagement)
    conflicts = toolkit.results_table(engagement, "conflict").frame

    masters = dict(zip(conflicts["column"], conflicts["master_wins"].fillna(""), strict=True))
    assert masters == {"street": "r", "postcode": "r", "phone": "l", "email": ""}
    settled = {row["policy"]: row["settled"] for row in found.policies.to_pylist() if row["column"] == "total"}
    assert settled == {"master_wins": 3, "latest_wins": 0, "most_complete_wins": 4, "by_field": 3, "human_queue": 0}


def test_a_field_whose_policy_is_a_person_is_left_to_one(client: Client) -> None:
    """The phone goes to the queue, the rest as before; the policies themselves stay as they are."""
    found = toolkit.check_sources(client("scope: {conflicts: {default: master_wins, phone: human_queue}}"))

    settled = {row["policy"]: row["settled"] for row in found.policies.to_pylist() if row["column"] == "total"}
    assert (settled["by_field"], settled["master_wins"]) == (2, 3)


def test_consistency_is_what_was_compared_by_hand(client: Client) -> None:
    """56 of 59 values that a master has are the same in the other system: one street, one postcode and one phone are not."""
    rows = toolkit.check_sources(client("")).consistency.to_pylist()

    [total] = [row for row in rows if row["column"] == "total"]
    assert (total["equal"], total["compared"]) == (56, 59)
    assert total["share"] == pytest.approx(56 / 59)
    assert total["low"] < total["share"] < total["high"]
