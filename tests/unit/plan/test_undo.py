"""Taking a job back: what was done is put back, the last first; what cannot be is listed."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.vendor_doubles import archived, created, job, renamed, repointed
from tests.vendor_doubles import writing as doubled
from toolkit.changes import made_reference, operation
from toolkit.changes.operation import field_hash
from toolkit.changes.steps import JournalEntry, Step
from toolkit.connector import WriteCall, WriteField
from toolkit.plan.undo import undo

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def step(op_id: str, state: Step, record_id: str | None) -> JournalEntry:
    """Return the last step of a change."""
    return JournalEntry(op_id, state, 1, NOON, record_id=record_id)


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


def test_what_cannot_be_taken_back_is_listed_and_what_was_not_done_is_no_matter() -> None:
    """A merge, a value that the system holds otherwise, and a record without an id are told; conflicts changed nothing."""
    merged = replace(archived(1), action="merge")
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
    company = replace(archived(3, (moved.op_id, contact.op_id)), before={"state": "active", "name": "Acme", "phone": None})
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
