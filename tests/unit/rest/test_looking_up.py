"""Names behind ids: short lists, read whole beside a stream."""

from dataclasses import replace

import pytest

from tests.asked_systems import asked_system
from tests.fault_server import Asked, Given
from toolkit.connector import Cursor, Lookup, Reading
from toolkit.errors import ResponseError
from toolkit.rest.looking_up import looked_up

OWNERS = Reading("/owners", "results", paging=Cursor("after", path="after"))
STAGES = Reading("/stages", "results", lines="stages")


def app(asked: Asked) -> Given:
    if asked.path == "/stages":
        return Given({"results": [{"id": "p", "stages": [{"id": 1, "label": "New"}, {"id": 2, "label": "Won"}]}]})
    if asked.query.get("after"):
        return Given({"results": [{"id": "43", "first": "Bo", "last": None}]})
    return Given({"results": [{"id": "41", "first": "Kim", "last": "Lee"}], "after": "x"})


def test_every_page_is_read_and_each_list_once() -> None:
    """Two names out of one list ask for it once; parts of a name are joined."""
    names = (
        Lookup("(owner)", "owner", OWNERS, "id", ("first", "last")),
        Lookup("(first)", "owner", OWNERS, "id", ("first",)),
        Lookup("(stage)", "stage", STAGES, "stages.id", ("stages.label",)),
    )
    with asked_system(app, [OWNERS, STAGES]) as (server, client):
        found, notes = looked_up(client, names, "crm/deals")

    assert found == {
        "(owner)": {"41": "Kim Lee", "43": "Bo"},
        "(first)": {"41": "Kim", "43": "Bo"},
        "(stage)": {"1": "New", "2": "Won"},
    }
    assert notes == ()
    assert [one.path for one in server.asked] == ["/owners", "/owners", "/stages"]


def test_names_of_many_are_asked_for_by_the_ids_that_occur() -> None:
    """A hundred at a time; one that is no more has no name, and nothing but ids may be sent."""
    by_ids = Reading(
        "/people/batch/read", "results", method="POST", body='{"inputs": [], "properties": ["name"]}', ids="inputs"
    )
    sizes: list[int] = []

    def answer(asked: Asked) -> Given:
        ids = [one["id"] for one in asked.json["inputs"]]
        sizes.append(len(ids))
        gone = [{"category": "OBJECT_NOT_FOUND", "context": {"ids": ["7"]}}] if "7" in ids else []
        return Given({"results": [{"id": one, "name": f"P{one}"} for one in ids if one != "7"], "errors": gone}, 207)

    name = Lookup("(person)", "person", by_ids, "id", ("name",))
    with asked_system(answer, [by_ids]) as (_, client):
        found, notes = looked_up(client, (name,), "crm/deals", lambda _by: [str(number) for number in range(250)])
        call = client.call(by_ids)
        with pytest.raises(ResponseError, match="Nothing was sent"):
            client.answer(replace(call, body='{"inputs": [{"id": "1", "set": "x"}], "properties": ["name"]}'), by_ids)

    assert sizes == [100, 100, 50]
    assert (found["(person)"]["249"], "7" in found["(person)"], notes) == ("P249", False, ())


def test_a_list_that_may_not_be_read_leaves_ids() -> None:
    """That is said, and is no fault of the stream."""
    with asked_system(lambda _: Given({"message": "no"}, 403), [OWNERS]) as (_, client):
        found, notes = looked_up(client, (Lookup("(owner)", "owner", OWNERS, "id", ("first",)),), "crm/deals")

    assert found == {"(owner)": {}}
    assert len(notes) == 1
    assert "ids stand in their place" in notes[0]


def test_a_list_that_leads_back_to_itself_ends() -> None:
    """The same page again is no further page; that names may be missing is said."""
    endless = Given({"results": [{"id": "41", "first": "Kim"}], "after": "x"})
    with asked_system(lambda _: endless, [OWNERS]) as (server, client):
        found, notes = looked_up(client, (Lookup("(owner)", "owner", OWNERS, "id", ("first",)),), "crm/deals")

    assert found == {"(owner)": {"41": "Kim"}}
    assert len(server.asked) == 2
    assert ["does not end after page 2" in note for note in notes] == [True]
