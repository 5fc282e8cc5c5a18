"""Duplicates that the vendor's own merge makes one: what is planned, what is lost, and what takes it back."""

from datetime import UTC, datetime

import pytest

from tests.cleanup_records import NOTHING_WRITTEN, Client, document, only, party, told
from toolkit.changes import Target, made_plan
from toolkit.changes.steps import JournalEntry
from toolkit.plan.cleanup_rules import CleanupRules, VendorMerge
from toolkit.plan.undo import undo

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
LOST = ("the id of the record that goes", "what its history says")
STAYS, GOES, ALSO = "crm/companies/2", "crm/companies/1", "crm/companies/4"


def rules(reversibility: str = "R2") -> CleanupRules:
    """Return rules by which companies are merged by their vendor."""
    merges = {"companies": VendorMerge(reversibility, LOST)}  # type: ignore[arg-type]
    return CleanupRules(standardise=frozenset(), home_country="US", vendor_merges=merges)


@pytest.fixture
def client() -> Client:
    """A company that is there three times, with a contact and deals."""
    return Client(
        [
            party(GOES, name="Acme Foods Inc", phone="(312) 555-0147"),
            party(STAYS, name="Acme Foods, Inc."),
            party(ALSO, name="Acme Foods"),
            party("crm/contacts/5", name="Ann Lee", parent_ref="1", parent_key=GOES),
        ],
        clusters={"g1": [GOES, STAYS, ALSO]},
        documents=[document("crm/deals/70", STAYS), document("crm/deals/71", STAYS), document("crm/deals/72", GOES)],
        golden=[("g1", "name", "Acme Foods, Inc.", STAYS), ("g1", "phone", "(312) 555-0147", GOES)],
    )


def test_each_duplicate_is_merged_and_what_refers_to_it_is_named(client: Client) -> None:
    """The vendor moves the contact and the deal; nothing is re-pointed by us, and nothing archived."""
    planned = client.planned(rules())

    assert told(planned) == [
        ("merge", "1", {"merged_into": "2"}),
        ("merge", "4", {"merged_into": "2"}),
        ("update", "2", {"phone": "(312) 555-0147"}),
    ]
    first, second = only(planned, "merge")
    (update,) = only(planned, "update")
    assert [(one.record_key, one.column) for one in first.children] == [
        ("crm/contacts/5", "parent_ref"),
        ("crm/deals/72", "party_ref"),
    ]
    assert second.children == ()
    assert first.before == {"name": "Acme Foods Inc", "phone": "(312) 555-0147"}
    # One after the other, and the values of the one that stays at the end.
    assert (second.depends_on, update.depends_on) == ((first.op_id,), (second.op_id,))


def test_of_three_that_go_each_waits_for_the_one_before() -> None:
    """A vendor merges two at a time."""
    goes = [f"crm/companies/{number}" for number in (1, 3, 4)]
    client = Client(
        [party(STAYS, name="Acme Foods, Inc."), *(party(one, name="Acme Foods") for one in goes)],
        clusters={"g1": [STAYS, *goes]},
        documents=[document("crm/deals/70", STAYS)],
        golden=[("g1", "name", "Acme Foods, Inc.", STAYS)],
    )

    first, second, third = only(client.planned(rules()), "merge")

    assert (second.depends_on, third.depends_on) == ((first.op_id,), (second.op_id,))


def test_what_is_lost_is_said_before_anybody_agrees(client: Client) -> None:
    """Each merge says it itself, and counts as one that takes a record away."""
    first = only(client.planned(rules("R3")), "merge")[0]

    assert [one for one in first.evidence.reasons if one.startswith("Lost for good:")] == [
        "Lost for good: the id of the record that goes.",
        "Lost for good: what its history says.",
    ]
    assert (first.reversibility, first.is_destructive) == ("R3", True)


def test_lists_that_the_vendor_does_not_merge_are_merged_as_ever(client: Client) -> None:
    """A rule for companies is none for contacts."""
    assert told(client.planned(NOTHING_WRITTEN)) == [
        ("archive", "1", {"state": "archived"}),
        ("archive", "4", {"state": "archived"}),
        ("repoint", "5", {"parent_ref": "2"}),
        ("repoint", "72", {"party_ref": "2"}),
        ("update", "2", {"phone": "(312) 555-0147"}),
    ]


@pytest.mark.parametrize("reversibility", ["R2", "R3"])
def test_a_merge_is_taken_back_as_far_as_it_can_be_and_the_rest_is_listed(client: Client, reversibility: str) -> None:
    """In part: the record anew, with what referred to it. Not at all: a person is told what stood there."""
    planned = client.planned(rules(reversibility))
    plan = made_plan(
        "cleanup", engagement_id="e-1", target=Target("crm", "rest"), snapshot_ids={}, rules_hash="0" * 64,
        operations=planned.operations, record_counts={"companies": 3},
    )  # fmt: skip
    # The vendor gave the record that stays another id.
    steps = {one.op_id: JournalEntry(one.op_id, "confirmed", 1, NOON, record_id="900") for one in plan.operations}
    found = undo(plan, steps)

    back = {(one.action, one.target_id or one.natural_key): one for one in found.operations}
    lost = {one.record_keys[0]: one.reason for one in found.left_out}
    assert set(lost) == {GOES, ALSO}
    assert all("Lost for good: what its history says." in reason for reason in lost.values())
    assert ("update", "900") in back
    if reversibility == "R3":
        assert len(back) == 1
        assert all("takes no merge back" in reason for reason in lost.values())
        return
    anew = back["create", GOES]
    assert anew.after == {"name": "Acme Foods Inc", "phone": "(312) 555-0147"}
    assert back["repoint", "5"].before == {"parent_ref": "900"}
    assert back["repoint", "5"].after == {"parent_ref": f"made:{anew.op_id}"}
    assert back["repoint", "72"].depends_on == (anew.op_id,)
    assert back["create", ALSO].after == {"name": "Acme Foods"}
    # The values of the one that stays are put back first, as they came last.
    assert back["update", "900"].op_id in back["create", ALSO].depends_on


def test_a_person_who_was_merged_away_comes_back_with_the_company_and_is_not_moved_besides() -> None:
    """The old id leads to the person that stays by now: moving it would move that one."""
    client = Client(
        [
            party(GOES, name="Acme Foods Inc"),
            party(STAYS, name="Acme Foods, Inc."),
            party("crm/contacts/5", name="Ann Lee", parent_ref="1", parent_key=GOES),
            party("crm/contacts/6", name="Ann Lee", email="ann@acme.example", parent_ref="2", parent_key=STAYS),
        ],
        clusters={"g1": [GOES, STAYS], "g2": ["crm/contacts/5", "crm/contacts/6"]},
        documents=[document("crm/deals/70", STAYS)],
    )
    merges = {stream: VendorMerge("R2", LOST) for stream in ("companies", "contacts")}
    planned = client.planned(CleanupRules(standardise=frozenset(), home_country="US", vendor_merges=merges))
    plan = made_plan(
        "cleanup", engagement_id="e-1", target=Target("crm", "rest"), snapshot_ids={}, rules_hash="0" * 64,
        operations=planned.operations, record_counts={"companies": 2, "contacts": 2},
    )  # fmt: skip
    found = undo(
        plan, {one.op_id: JournalEntry(one.op_id, "confirmed", 1, NOON, record_id="900") for one in plan.operations}
    )
    anew = {one.natural_key: one for one in found.operations if one.action == "create"}

    assert {*anew} == {GOES, "crm/contacts/5"}
    assert [one.target_id for one in found.operations if one.action == "repoint"] == []
    assert anew[GOES].op_id in anew["crm/contacts/5"].depends_on
