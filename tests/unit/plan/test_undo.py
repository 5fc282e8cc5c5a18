"""Taking a job back: what was done is put back, the last first; what cannot be is listed."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.vendor_doubles import archived, created, job, renamed, repointed
from tests.vendor_doubles import writing as doubled
from toolkit.changes import Child, Operation, Precondition, made_reference, operation
from toolkit.changes.operation import field_hash
from toolkit.changes.steps import JournalEntry, Step
from toolkit.connector import WriteCall, WriteField, WriteLines, Writing
from toolkit.plan.undo import IN_PART, NOT_BACK, undo

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def step(op_id: str, state: Step, record_id: str | None, version: str | None = None) -> JournalEntry:
    """Return the last step of a change."""
    return JournalEntry(op_id, state, 1, NOON, record_id=record_id, version=version)


def merged(goes: str, stays: str, *children: str, after: tuple[Operation, ...] = ()) -> Operation:
    """Return the merge of one contact into another, with the deals that belong to the one that goes."""
    before = {"email": f"{goes}@example.com"}
    return operation(
        "merge", "crm", "contacts", target_id=goes, before=before, after={"merged_into": stays},
        precondition=field_hash(before), reversibility="R2", depends_on=tuple(one.op_id for one in after),
        children=tuple(Child(f"crm/deals/{one}", "party_ref") for one in children),
    )  # fmt: skip


def test_the_last_change_is_taken_back_first() -> None:
    """A record is restored before what refers to it is pointed to it again, and that before it has its name back."""
    first = renamed(1)
    moved = repointed(2, "1", (first.op_id,))
    last = archived(3, (moved.op_id,))
    plan = job([first, moved, last])
    found = undo(plan, {one.op_id: step(one.op_id, "confirmed", one.target_id) for one in plan.operations})

    by_action = {one.action: one for one in found.operations}
    assert set(by_action) == {"restore", "repoint", "update"}
    assert by_action["restore"].depends_on == ()
    assert by_action["repoint"].depends_on == (by_action["restore"].op_id,)
    assert by_action["update"].depends_on == (by_action["repoint"].op_id,)
    assert by_action["repoint"].after == {"parent_ref": None}
    assert found.origins[by_action["restore"].op_id] == last.op_id


def test_each_field_is_put_back_by_itself_under_the_value_that_was_written() -> None:
    """One that somebody edited since keeps its edit, the others return."""
    change = operation(
        "update", "crm", "companies", target_id="1", before={"name": "a", "phone": None}, after={"name": "b", "phone": "2"}
    )
    found = undo(job([change]), {change.op_id: step(change.op_id, "confirmed", "77")})

    assert [(one.target_id, one.before, one.after) for one in found.operations] == [
        ("77", {"name": "b"}, {"name": "a"}),
        ("77", {"phone": "2"}, {"phone": None}),
    ]
    assert [one.precondition for one in found.operations] == [field_hash({"name": "b"}), field_hash({"phone": "2"})]


def test_what_was_made_is_archived_and_what_was_restored_too() -> None:
    """A record that the job made goes out of the way, and is not deleted."""
    made, back = created(7), replace(archived(3), action="restore", before={"state": "archived"}, after={"state": "active"})
    plan = job([made, back])
    found = undo(plan, {made.op_id: step(made.op_id, "confirmed", "1001"), back.op_id: step(back.op_id, "confirmed", "3")})

    assert {(one.action, one.target_id, one.after["state"]) for one in found.operations} == {
        ("archive", "1001", "archived"),
        ("archive", "3", "archived"),
    }
    assert {one.target_id: one.evidence.reasons for one in found.operations} == {
        "1001": ("The job made this record.",),
        "3": ("It puts back what was there before the job.",),
    }


def test_what_stood_as_planned_before_the_job_came_to_it_stays_and_is_listed() -> None:
    """Somebody did it by hand, or the job itself did and its journal was cut: nobody's work is undone on a guess."""
    there, done = renamed(1), renamed(2)
    steps = {there.op_id: step(there.op_id, "noop_already", None), done.op_id: step(done.op_id, "confirmed", "2")}
    found = undo(job([there, done]), steps)

    assert [one.target_id for one in found.operations] == ["2"]
    [left] = found.left_out
    assert left.record_keys == ("crm/companies/1",)
    assert "nothing says who did it: it stays" in left.reason


def test_what_cannot_be_taken_back_is_listed_and_what_was_not_done_is_no_matter() -> None:
    """A merge, a value that the system holds otherwise, and a record without an id are told; conflicts changed nothing."""
    merged = replace(archived(1), action="merge", after={"merged_into": "9"})
    other, conflict, nameless, never = renamed(2), renamed(3), created(7), renamed(4)
    plan = job([merged, other, conflict, nameless, never])
    found = undo(
        plan,
        {
            merged.op_id: step(merged.op_id, "confirmed", "1"),
            other.op_id: step(other.op_id, "differs", "2"),
            conflict.op_id: step(conflict.op_id, "conflict", "3"),
            nameless.op_id: step(nameless.op_id, "confirmed", None),
        },
    )

    assert found.operations == ()
    assert sorted(one.record_keys[0] for one in found.left_out) == [
        "crm/companies/1",
        "crm/companies/2",
        "crm/companies/None",
    ]
    assert any("takes no merge back" in one.reason for one in found.left_out)
    assert {one.subject for one in found.left_out} == {NOT_BACK}


def test_a_merge_that_is_made_good_in_part_is_not_said_to_be_beyond_that() -> None:
    """The record is made anew: what is lost with it is listed as a part, and not as what cannot be taken back."""
    one = merged("2", "9")
    found = undo(job([one]), {one.op_id: step(one.op_id, "confirmed", "9")})

    assert [each.action for each in found.operations] == ["create"]
    assert [(left.subject, left.record_keys) for left in found.left_out] == [(IN_PART, ("crm/contacts/2",))]


def test_what_was_taken_back_already_still_tells_whose_change_it_was() -> None:
    """So that a second look finds the same plan."""
    change = renamed(1)
    before, after = (
        undo(job([change]), {change.op_id: step(change.op_id, state, "1")}) for state in ("confirmed", "undone")
    )

    assert before.origins == after.origins


def test_a_record_that_nothing_restores_is_made_anew_and_what_referred_to_it_refers_to_the_new_one() -> None:
    """With what the plan has kept of it; its contact, archived before it, belongs to the new one too."""
    writing = replace(doubled("neither"), restore=None)
    contact = replace(archived(4), before={"state": "active", "name": "Ann", "parent_ref": "3"})
    moved = repointed(2, "1")
    moved = replace(moved, before={"parent_ref": "3"})
    company = replace(
        archived(3, (moved.op_id, contact.op_id)),
        before={"state": "active", "name": "Acme", "phone": None},
        children=(Child("crm/companies/2", "parent_ref"),),
    )
    plan = job([moved, contact, company])
    found = undo(
        plan,
        {one.op_id: step(one.op_id, "confirmed", one.target_id) for one in plan.operations},
        {"companies": writing},
    )

    made, ann, back = (next(one for one in found.operations if found.origins[one.op_id] == each.op_id)
                       for each in (company, contact, moved))  # fmt: skip
    assert [made.action, ann.action, back.action] == ["create", "create", "repoint"]
    assert (made.natural_key, made.after) == ("crm/companies/3", {"name": "Acme"})
    assert ann.after == {"name": "Ann", "parent_ref": made_reference(made.op_id)}
    assert back.after == {"parent_ref": made_reference(made.op_id)}
    assert made.op_id in ann.depends_on
    assert made.op_id in back.depends_on
    assert made.reversibility == "R1"


def test_what_nothing_archives_is_deleted_where_that_can_be_done_and_else_listed() -> None:
    """Only what a job has made."""
    made = created(7)
    steps = {made.op_id: step(made.op_id, "confirmed", "1001")}
    bare = replace(doubled("neither"), archive=None, restore=None)
    deleting = replace(bare, delete=WriteCall("DELETE", "/companies/{id}", has_fields=False))

    [one] = undo(job([made]), steps, {"companies": deleting}).operations
    left = undo(job([made]), steps, {"companies": bare})

    assert (one.action, one.target_id) == ("delete", "1001")
    assert (left.operations, len(left.left_out)) == ((), 1)


def test_an_archived_record_of_which_nothing_was_kept_is_listed() -> None:
    """Also where nothing makes one."""
    gone = archived(3)
    steps = {gone.op_id: step(gone.op_id, "confirmed", "3")}
    for writing in (replace(doubled("neither"), restore=None), replace(doubled("neither"), restore=None, create=None)):
        found = undo(job([gone]), steps, {"companies": writing})
        assert (found.operations, len(found.left_out)) == ((), 1)


def test_what_follows_from_other_fields_comes_back_with_them() -> None:
    """A whole name is not put back by itself, once its parts are; alone it is listed."""
    before, after = {"name": "Ann Lee", "phone": "1"}, {"name": "Ann Ray", "phone": "2"}
    both = operation("update", "crm", "companies", target_id="1", before=before, after=after)
    alone = operation("update", "crm", "companies", target_id="2", before={"name": "a"}, after={"name": "b"})
    writing = replace(doubled("neither"), fields=(WriteField("name"), WriteField("phone", "phone")))
    found = undo(
        job([both, alone]),
        {one.op_id: step(one.op_id, "confirmed", one.target_id) for one in (both, alone)},
        {"companies": writing},
    )

    assert [(one.target_id, one.after) for one in found.operations] == [("1", {"phone": "1"})]
    assert [one.record_keys for one in found.left_out] == [("crm/companies/2",)]


def deleting() -> Writing:
    """Return how documents are changed that a system deletes, and does not archive."""
    return replace(
        doubled("neither"),
        archive=None,
        restore=None,
        unsaid=("status",),
        lines=WriteLines("lines", (WriteField("description", "text"), WriteField("sku", "item", is_left_out=True))),
        delete=WriteCall("DELETE", "/companies/{id}", has_fields=False),
    )


def test_an_invoice_that_somebody_edited_since_the_job_made_it_is_not_deleted() -> None:
    """It goes only as the version that the job left."""
    made = created(7)
    found = undo(job([made]), {made.op_id: step(made.op_id, "confirmed", "1001", "0")}, {"companies": deleting()})

    assert [(one.action, one.before, one.precondition) for one in found.operations] == [
        ("delete", {"state": "active"}, Precondition("version", "0"))
    ]


def test_where_a_system_keeps_no_versions_what_was_sent_must_still_stand_there() -> None:
    """Lines too; not what the system works out itself or was not sent, and not what has an id only once it is made."""
    party = created(8)
    after = {
        "name": "7", "phone": None, "status": "open", "parent_ref": made_reference(party.op_id),
        "line.1.description": "Paint", "line.1.sku": "P-1", "line.2.description": None,
    }  # fmt: skip
    made = replace(created(7), after=after, depends_on=(party.op_id,))
    steps = {made.op_id: step(made.op_id, "confirmed", "1001")}
    [one] = undo(job([party, made]), steps, {"companies": deleting()}).operations

    assert one.before == {
        "state": "active", "name": "7", "phone": None, "line.1.description": "Paint", "line.2.description": None,
    }  # fmt: skip
    assert one.precondition == field_hash(one.before)


def test_references_of_duplicates_that_were_merged_one_after_the_other_all_come_back() -> None:
    """Each merge gave the contact that stays a new id; the deals of both are under the last of them."""
    first = merged("1", "3", "d1")
    second = merged("2", "3", "d2", after=(first,))
    steps = {first.op_id: step(first.op_id, "confirmed", "N1"), second.op_id: step(second.op_id, "confirmed", "N2")}
    found = undo(job([first, second]), steps)

    moved = {one.target_id: one for one in found.operations if one.action == "repoint"}
    assert {name: one.before for name, one in moved.items()} == {"d1": {"party_ref": "N2"}, "d2": {"party_ref": "N2"}}
    assert moved["d1"].precondition == field_hash({"party_ref": "N2"})
    # A merge that was not done gave nobody an id.
    steps[second.op_id] = step(second.op_id, "conflict", "N2")
    left = undo(job([first, second]), steps)
    assert [one.before for one in left.operations if one.action == "repoint"] == [{"party_ref": "N1"}]


def test_references_are_found_where_the_one_that_stayed_was_merged_away_itself() -> None:
    """They went along into the third contact, and are there when they are taken back."""
    first = merged("1", "3", "d1")
    second = merged("3", "4", "d3", after=(first,))
    plan = job([first, second])
    found = undo(plan, {first.op_id: step(first.op_id, "confirmed", "N1"), second.op_id: step(second.op_id, "undone", "N2")})

    assert {one.target_id: one.before for one in found.operations if one.action == "repoint"} == {
        "d1": {"party_ref": "N2"},
        "d3": {"party_ref": "N2"},
    }


def test_contacts_that_went_into_each_other_are_taken_back_all_the_same() -> None:
    """Two merges that a vendor told to have done both ways end nowhere, and the look for them ends."""
    first, second = merged("1", "3", "d1"), merged("3", "1", "d3")
    steps = {one.op_id: step(one.op_id, "confirmed", None) for one in (first, second)}

    assert len(undo(job([first, second]), steps).operations) == 4


def test_a_contact_is_not_taken_for_the_company_of_the_same_number() -> None:
    """A reference to company 101 is put back as it was, though contact 101 is made anew; that of its deal is not."""
    writing = replace(doubled("neither"), restore=None)
    moved = operation(
        "update", "crm", "contacts", target_id="202", before={"parent_ref": "101"}, after={"parent_ref": "102"}
    )
    deal = operation("repoint", "crm", "deals", target_id="7", before={"party_ref": "101"}, after={"party_ref": "102"})
    gone = operation(
        "archive", "crm", "contacts", target_id="101", before={"state": "active", "name": "Ann"},
        after={"state": "archived"}, depends_on=(moved.op_id, deal.op_id), children=(Child("crm/deals/7", "party_ref"),),
    )  # fmt: skip
    plan = job([moved, deal, gone])
    steps = {one.op_id: step(one.op_id, "confirmed", one.target_id) for one in plan.operations}
    back = {one.target_id: one for one in undo(plan, steps, {"contacts": writing}).operations}

    assert back["202"].after == {"parent_ref": "101"}
    assert back["7"].after == {"party_ref": made_reference(back[None].op_id)}


def test_a_reference_by_name_is_put_back_by_name() -> None:
    """The company that is made anew has the name again."""
    moved = operation("repoint", "crm", "deals", target_id="7", before={"party_ref": "Acme"}, after={"party_ref": "102"})
    gone = replace(
        archived(3, (moved.op_id,)),
        before={"state": "active", "name": "Acme"},
        children=(Child("crm/deals/7", "party_ref"),),
    )
    plan = job([moved, gone])
    steps = {one.op_id: step(one.op_id, "confirmed", one.target_id) for one in plan.operations}
    found = undo(plan, steps, {"companies": replace(doubled("neither"), restore=None)})

    assert [one.after for one in found.operations if one.action == "repoint"] == [{"party_ref": "Acme"}]
