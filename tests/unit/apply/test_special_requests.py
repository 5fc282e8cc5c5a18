"""What some vendors want beside plain fields: ids within texts, places that follow others, marks in lists, refusals."""

import json
from typing import Any

import pytest

from tests.fault_server import Asked, Given, VirtualClock, served
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.system import Current
from toolkit.apply.written_body import Meant, written_body
from toolkit.changes import Evidence, Operation, operation
from toolkit.changes.operation import Action
from toolkit.connector import Api, Mark, OneCall, WriteCall, WriteField, Writing
from toolkit.errors import RejectedError, UncertainError
from toolkit.rest import answers
from toolkit.rest.allowed_changes import allowed_changes
from toolkit.rest.calls import Call
from toolkit.rest.change_answers import read_change
from toolkit.rest.client import RestClient

UPDATE = WriteCall("POST", "/graph", '{"query": "m", "variables": {"id": "gid://shop/C/{id}"}}', id_path="variables.id")
ARCHIVE = WriteCall(
    "POST", "/people/{id}", '{"tags": ["archived"]}', has_fields=False, stays_path="note",
    unless=(("plans.0", "It has a plan."),), refused=("data.errors",),
)  # fmt: skip
REPOINT = WriteCall("POST", "/owner", '{"id": "{id}"}', id_path="id")
PEOPLE = Writing(
    one=OneCall("/people/{id}"),
    fields=(
        WriteField("street", "variables.line1", read_path="line1"),
        WriteField("city", "variables.city", read_path="city", actions=("create",)),
        WriteField("parent_ref", "owner", template="gid://shop/Owner/{value}", read_path="owner.id"),
    ),
    create=WriteCall("POST", "/people"),
    update=UPDATE,
    archive=ARCHIVE,
    repoint=REPOINT,
    archived=("tags", "archived"),
    mark=Mark("tags", "/people", "tag", "results", is_late=True),
)
RECORD = {"id": "7", "line1": "1 Main St", "owner": {"id": 9}, "tags": ["vip"]}


def change(action: Action, after: dict[str, str | None], **more: Any) -> Operation:
    return operation(action, "shop", "people", target_id="7", after=after, **more)


def sent(one: Operation, how: WriteCall) -> Any:
    """Return the body of a change, which a job may send."""
    body = written_body(one, PEOPLE, how, Meant("7", Current({}), "key-1"))
    allowed = allowed_changes(Api("https://a.example"), [PEOPLE], {})

    assert any(kind.is_met("POST", how.path.replace("{id}", "7"), body.encode()) for kind in allowed)
    return json.loads(body)


def test_an_id_stands_within_a_text() -> None:
    """Where the place of it holds one."""
    assert sent(change("update", {"street": "2 Oak Rd"}), UPDATE) == {
        "query": "m", "variables": {"id": "gid://shop/C/7", "line1": "2 Oak Rd"},
    }  # fmt: skip


def test_a_reference_is_moved_by_a_request_of_its_own() -> None:
    """Its value stands within a text, too."""
    assert sent(change("repoint", {"parent_ref": "12"}), REPOINT) == {"id": "7", "owner": "gid://shop/Owner/12"}


def test_a_column_that_only_a_new_record_takes_is_refused_elsewhere() -> None:
    """It is not left out without a word."""
    with pytest.raises(RejectedError, match="Nothing says how to update city of people: it is done by hand"):
        sent(change("update", {"city": "Leeds"}), UPDATE)


@pytest.mark.parametrize(
    ("stays", "body"),
    [
        ("shop/people/12", {"tags": ["archived"], "note": "12"}),
        ("shop/people/A/12", {"tags": ["archived"], "note": "A/12"}),
        ("shop/firms/12", {"tags": ["archived"]}),
        (None, {"tags": ["archived"]}),
    ],
)
def test_an_archived_duplicate_names_the_record_that_stays(stays: str | None, body: object) -> None:
    """Where one of its own list does."""
    assert sent(change("archive", {"state": "archived"}, evidence=Evidence(from_key=stays)), ARCHIVE) == body


def answered(record: Any, found: Any = None) -> tuple[Current | None, Any]:
    """Return what a system says of a record before it is archived, and what it sends back to that."""
    archive = change("archive", {"state": "archived"}, before={"state": "active"})

    def app(asked: Asked) -> Given:
        return Given(found if asked.method == "POST" or "tag" in asked.query else record)

    with served(app) as server, RestClient("shop", Api(server.url), (), writings=[PEOPLE], clock=VirtualClock()) as client:
        system = RestSystem(client, {"people": PEOPLE})
        current = system.current(archive, "7")
        if found is None:
            return current, None
        if "results" in found:
            return current, system.made(archive, "key-1")
        return current, system.send(archive, "7", current, "key-1")


def test_a_record_with_something_that_keeps_it_is_not_archived() -> None:
    """And one that carries the tag is archived already."""
    kept, _ = answered(RECORD | {"plans": [{"id": 1}]})
    free, _ = answered(RECORD | {"plans": [], "tags": ["vip", "archived"]})

    assert kept is not None
    assert (kept.refusal, kept.values["state"]) == ("It has a plan.", "active")
    assert free is not None
    assert (free.refusal, free.values["state"]) == ("", "archived")


def test_an_error_deep_in_an_answer_of_success_is_quoted() -> None:
    """The vendor's own reason stands in ours."""
    with pytest.raises(RejectedError, match="it says: 'This tag is taken'"):
        answered(RECORD, {"data": {"errors": [{"field": ["tags"], "message": "This tag is taken"}]}})


def test_a_late_list_proves_that_a_record_is_there_and_never_that_it_is_not() -> None:
    """A mark may be one of several tags."""
    _, made = answered(RECORD, {"results": [{"id": 8, "tags": ["vip", "key-1"]}]})

    assert made.record_id == "8"
    with pytest.raises(UncertainError, match="nothing is found proves nothing"):
        answered(RECORD, {"results": []})


def test_an_answer_with_data_and_errors_did_something_and_is_looked_into() -> None:
    """GraphQL may take a change and say only part of it: what stands there then decides."""
    body = {"data": {"changed": {"id": "7"}}, "errors": [{"message": "no right to read the e-mail"}]}
    asked = answers.Asked("shop", "env:SHOP", Call("https://a.example/graph", "POST", body="{}"), is_change=True)

    with pytest.raises(UncertainError, match="did something of it"):
        read_change(200, {}, json.dumps(body).encode(), asked, Api("https://a.example"))
    with pytest.raises(RejectedError):
        read_change(200, {}, json.dumps({**body, "data": {"changed": None}}).encode(), asked, Api("https://a.example"))
