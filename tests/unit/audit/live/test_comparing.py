"""Two states of all records: equal but for what no system gives back, and each kind of that is counted."""

from typing import Any

import pytest

from toolkit.audit.live.comparing import ANEW, STAMP, TAKEN_AWAY, VERSION, Difference, compared, shown_differences


def record(key: str, **more: Any) -> dict[str, dict[str, Any]]:
    """Return a record by its key."""
    own = {"record_key": key, "record_id": key.split("/")[2], "state": "active", "name": "Acme", "parent_ref": None,
           "created_at": 1, "updated_at": 1}  # fmt: skip
    return {key: {**own, **more}}


def test_records_that_are_as_they_were_are_equal() -> None:
    """Every column of each is looked at."""
    found = compared(record("crm/companies/1"), record("crm/companies/1"), anew={}, made=())

    assert (found.is_equal, found.compared, found.values, found.set_aside) == (True, 1, 7, {ANEW: 0})


@pytest.mark.parametrize("column", ["name", "state", "parent_ref", "created_at"])
def test_any_other_value_is_a_difference(column: str) -> None:
    """One is enough, and it is said where."""
    found = compared(record("crm/companies/1"), record("crm/companies/1", **{column: "other"}), anew={}, made=())

    assert not found.is_equal
    assert [(one["record"], one["column"], one["after"]) for one in shown_differences(found)] == [
        ("crm/companies/1", column, "other")
    ]


def test_lines_and_points_beside_a_record_count() -> None:
    """Other ones, ones that are gone, ones that were not there."""
    with_points = record("crm/companies/1", points=[{"value": "1"}])

    assert compared(with_points, record("crm/companies/1", points=[{"value": "2"}]), anew={}, made=()).differences
    assert compared(with_points, record("crm/companies/1"), anew={}, made=()).differences
    assert compared(record("crm/companies/1"), with_points, anew={}, made=()).differences == (
        Difference("crm/companies/1", "points", None, [{"value": "1"}]),
    )


def test_the_systems_own_stamps_and_versions_are_counted() -> None:
    """They are no differences."""
    before, after = record("l/customers/1"), record("l/customers/1", updated_at=2)
    before["l/customers/1"]["(version)"], after["l/customers/1"]["(version)"] = "0", "2"

    found = compared(before, after, anew={}, made=())

    assert found.is_equal
    assert (found.set_aside[STAMP], found.set_aside[VERSION], found.values) == (1, 1, 7)


def test_a_record_that_was_made_anew_is_compared_with_the_one_in_whose_place_it_is() -> None:
    """What refers to it refers to the new id; the old one stays in the archive."""
    before = record("crm/companies/1") | record("crm/contacts/5", parent_ref="1")
    after = record("crm/companies/1", state="deleted") | record("crm/companies/9", created_at=3)
    after |= record("crm/contacts/5", parent_ref="9")

    found = compared(before, after, anew={"crm/companies/1": "crm/companies/9"}, made=())

    assert found.is_equal
    assert (found.set_aside[ANEW], found.set_aside[STAMP]) == (1, 1)


def test_a_record_that_was_made_anew_otherwise_is_different() -> None:
    """As is a reference that still leads to the old one of another."""
    before, after = record("crm/companies/1"), record("crm/companies/9", name="Acne")

    assert [
        one.column for one in compared(before, after, anew={"crm/companies/1": "crm/companies/9"}, made=()).differences
    ] == ["name"]


def test_what_a_job_made_may_stay_as_long_as_it_is_out_of_use() -> None:
    """Nothing else may be there that was not."""
    before = record("l/customers/1")
    after = before | record("l/customers/7", state="archived")

    assert compared(before, after, anew={}, made={"l/customers/7"}).set_aside[TAKEN_AWAY] == 1
    assert not compared(before, after, anew={}, made=()).is_equal
    assert not compared(before, before | record("l/customers/7"), anew={}, made={"l/customers/7"}).is_equal
    assert compared(before, {}, anew={}, made=()).differences == (Difference("l/customers/1", "", "there", "gone"),)


def test_what_stands_beside_a_record_is_said_in_words() -> None:
    """A phone is read as one, and not as a program writes it."""
    phone = {"kind": "phone", "value": "+1 872 555 3538", "label": "address", "is_primary": True}
    mail = {"kind": "email", "value": "a@b.example", "label": None, "is_primary": False}
    before, after = record("shop/customers/1", points=[phone, mail]), record("shop/customers/1", points=[])

    [shown] = shown_differences(compared(before, after, anew={}, made=()))

    assert (shown["before"], shown["after"]) == ("phone +1 872 555 3538 (address, main); email a@b.example", "")
