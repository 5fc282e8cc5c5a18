"""A stand-in merges as its vendor does: the record that stays takes what it lacks, references move, ids lead on."""

from dataclasses import replace

import pytest

from tests.unit.sandbox.test_changes import WRITING, ask, changing, listed
from toolkit.connector import Merge, WriteCall
from toolkit.sandbox.machine import Machine

CALL = WriteCall("POST", "/people/merge", body="{}", has_fields=False, id_path="goes")


def merging(*, is_new_id: bool) -> Machine:
    """Return a stand-in whose vendor merges people."""
    merge = Merge(CALL, ("its id",), into_path="stays", is_new_id=is_new_id)
    return changing(replace(WRITING, merge=merge))


def test_both_old_ids_lead_to_the_record_that_stays_under_its_new_one() -> None:
    """It takes what it lacks of the other, which is in no list any more."""
    one = merging(is_new_id=True)
    ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": ""}})
    given = ask(one, "POST", "/v3/people/merge", {"goes": "1", "stays": "2"})
    now = given.body["id"]

    assert given.status == 200
    assert now not in {"1", "2", "3"}
    assert given.body["properties"] == {"firstname": "Person 1", "email": "p2@example.com"}
    assert listed(one).keys() == {"3", now}
    assert ask(one, "GET", "/v3/people/1").body == ask(one, "GET", "/v3/people/2").body == given.body


def test_a_change_of_an_old_id_changes_the_record_to_which_it_leads() -> None:
    """And a second merge leads all of them on."""
    one = merging(is_new_id=True)
    ask(one, "POST", "/v3/people/merge", {"goes": "1", "stays": "2"})
    ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Ann"}})
    last = ask(one, "POST", "/v3/people/merge", {"goes": "3", "stays": "1"}).body

    assert last["properties"]["firstname"] == "Ann"
    assert listed(one).keys() == {last["id"]}
    assert {ask(one, "GET", f"/v3/people/{key}").body["id"] for key in "123"} == {last["id"]}


def test_where_the_one_that_stays_keeps_its_id_the_other_is_gone() -> None:
    """As a record that was deleted is."""
    one = merging(is_new_id=False)
    ask(one, "POST", "/v3/people/merge", {"goes": "1", "stays": "2"})

    assert listed(one).keys() == {"2", "3"}
    assert ask(one, "GET", "/v3/people/1").status == 404
    assert ask(one, "GET", "/v3/people/2").body["id"] == "2"


@pytest.mark.parametrize(("goes", "stays", "status"), [("9", "2", 404), ("1", "9", 404), ("2", "2", 400)])
def test_what_is_not_there_and_a_record_with_itself_are_not_merged(goes: str, stays: str, status: int) -> None:
    """Nothing is changed then; nor by a secret that only reads."""
    one = merging(is_new_id=True)

    assert ask(one, "POST", "/v3/people/merge", {"goes": goes, "stays": stays}).status == status
    assert ask(one, "POST", "/v3/people/merge", {"goes": "1", "stays": "2"}, may_write=False).status == 403
    assert listed(one).keys() == {"1", "2", "3"}
