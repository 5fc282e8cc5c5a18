"""How far a change can be taken back depends on what the interface can do, and is said before anybody agrees."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.vendor_doubles import archived, created, merged, renamed
from toolkit.audit.jobs.ways_back import ANEW, Held, is_taken_back, with_ways_back
from toolkit.changes import Operation
from toolkit.changes.operation import field_hash
from toolkit.connector import Stream, WriteCall, Writing
from toolkit.connectors.hubspot import CONNECTOR

STREAM = CONNECTOR.stream("companies")
ROW = {
    "id": "3",
    "properties.name": "Acme",
    "properties.phone": "",
    "properties.address": "1 Main St",
    "properties.address2": "Floor 2",
    "properties.hubspot_owner_id": "77",
    "properties.lifecyclestage": "customer",
}
COLUMNS = frozenset({"record_id", "name", "company_name", "street", "owner", "roles", "kind", "created_at"})


def classed(change: Operation, stream: Stream = STREAM, columns: frozenset[str] = COLUMNS, **changed: object) -> Operation:
    """Return a change with how far it can be taken back, of a list that is written otherwise in some things."""
    assert stream.writing is not None
    writing: Writing = replace(stream.writing, **changed)  # type: ignore[arg-type]
    held: Mapping[tuple[str, str], Held] = {("companies", "3"): Held(ROW, columns, "USD")}
    [found] = with_ways_back([change], {"companies": (stream, writing)}, held)
    return found


def test_a_record_that_is_deleted_into_an_archive_is_kept_in_the_plan() -> None:
    """With the owner and the stage as they stand, so that another can be made in its place."""
    found = classed(archived(3))

    assert found.reversibility == "R1"
    assert found.before == {
        "state": "active",
        "name": "Acme",
        "company_name": "Acme",
        "street": "1 Main St, Floor 2",
        "properties.hubspot_owner_id": "77",
        "properties.lifecyclestage": "customer",
    }
    assert found.evidence.reasons[-1] == ANEW
    assert found.op_id == archived(3).op_id
    assert found.precondition == field_hash(found.before)


def test_what_a_new_record_would_lack_makes_it_a_loss_in_part() -> None:
    """And the plan names it."""
    found = classed(archived(3), further=("properties.hubspot_owner_id",))

    assert found.reversibility == "R2"
    assert found.evidence.reasons[-1] == "Not with it: roles."


@pytest.mark.parametrize(
    ("change", "changed", "loss"),
    [
        (archived(3), {"create": None}, "R3"),
        (archived(4), {}, "R3"),
        (archived(3), {"restore": WriteCall("POST", "/back")}, "R0"),
        (created(7), {}, "R1"),
        (created(7), {"archive": None}, "R3"),
        (created(7), {"archive": None, "delete": WriteCall("DELETE", "/gone")}, "R1"),
        (renamed(3), {}, "R0"),
    ],
)
def test_the_class_follows_from_what_the_interface_can_do(change: Operation, changed: dict[str, object], loss: str) -> None:
    """What cannot be archived, restored, made or deleted over it cannot be taken back over it."""
    change = replace(change, reversibility="R1") if change.action == "create" else change
    found = classed(change, **changed)

    assert found.reversibility == loss
    assert STREAM.writing is not None
    assert is_taken_back(found, replace(STREAM.writing, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "changed"),
    [(archived(3), {}), (replace(archived(3), reversibility="R1"), {"create": None}), (created(7), {"archive": None})],
)
def test_a_plan_that_promises_more_than_the_interface_can_do_is_seen(change: Operation, changed: dict[str, object]) -> None:
    """It was made when the system was not asked over its interface."""
    assert STREAM.writing is not None
    assert not is_taken_back(change, replace(STREAM.writing, **changed))  # type: ignore[arg-type]


def test_changes_of_lists_that_nothing_writes_stay_as_they_are() -> None:
    """They are imported as files."""
    assert with_ways_back([archived(3)], {}, {}) == (archived(3),)


def test_a_merge_says_what_it_fills_where_no_change_of_the_plan_writes_it() -> None:
    """What the plan writes itself is put back with the plan; what the merge fills is there for good."""
    goes, stays = {**ROW, "properties.phone": "555", "properties.city": "Leeds"}, {**ROW, "id": "4"}
    stays |= {"properties.address2": "", "properties.address": ""}
    held = {("companies", number): Held(row, COLUMNS, "USD") for number, row in (("3", goes), ("4", stays))}
    writing = STREAM.writing
    assert writing is not None
    change = merged(3, 4)
    update = replace(renamed(4), after={"phone": "556"})

    def lacked(*others: Operation) -> str:
        found = with_ways_back([change, *others], {"companies": (STREAM, writing)}, held)
        return found[0].evidence.reasons[-1]

    assert lacked() == "Lost for good: that the record that stays lacked (a part of) its city, phone, street."
    assert lacked(update) == "Lost for good: that the record that stays lacked (a part of) its city, street."
    assert lacked(replace(update, action="repoint")) == lacked()
    assert lacked(replace(update, target_id="3")) == lacked()


def test_a_merge_of_a_record_that_is_not_held_stays_as_it_was_planned() -> None:
    """Nothing is known of it beyond the plan."""
    assert STREAM.writing is not None
    assert with_ways_back([merged(3, 4)], {"companies": (STREAM, STREAM.writing)}, {}) == (merged(3, 4),)
