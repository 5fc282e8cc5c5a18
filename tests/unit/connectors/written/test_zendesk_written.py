"""Zendesk and Asana, changed: everything within the name of its kind, tickets in one version only, numbers for ids."""

from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.changes import Operation, operation
from toolkit.changes.operation import MERGED_INTO, field_hash
from toolkit.connector import Connector
from toolkit.connectors.asana import CONNECTOR as ASANA
from toolkit.connectors.zendesk import CONNECTOR as ZENDESK

HOME = "/api/v2"
STAMP = "2026-02-01T09:00:00Z"
COLLISION = Given(
    {"error": "UpdateConflict", "description": "Safe Update prevented the update due to outdated ticket data."}, 409
)
INVALID = Given(
    {
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": {"requester": [{"description": "Requester: is suspended", "error": "InvalidValue"}]},
    },
    422,
)
KINDS = {"users": "user", "organizations": "organization", "tickets": "ticket"}


class Desk:
    """A help desk with a user, an organization and a ticket; it makes one more of each."""

    def __init__(self, *refusals: Given) -> None:
        self.refusals = list(refusals)
        self.held: dict[str, dict[str, Any]] = {
            "users/7": {"id": 7, "name": "Ann", "organization_id": 51, "suspended": False, "updated_at": STAMP},
            "organizations/51": {"id": 51, "name": "Acme", "updated_at": STAMP},
            "tickets/35": {"id": 35, "subject": "Help", "requester_id": 7, "status": "open", "updated_at": STAMP},
        }

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        path = asked.path.removeprefix(f"{HOME}/")
        kind = path.split("/")[0]
        if asked.method == "GET" and "external_id" in asked.query:
            mark = asked.query["external_id"]
            return Given({kind: [one for one in self.held.values() if one.get("external_id") == mark]})
        if asked.method == "GET":
            found = self.held.get(path)
            return Given({KINDS[kind]: found}) if found else Given({"error": "RecordNotFound"}, 404)
        given = asked.json[KINDS[kind]]
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal is not None and refusal.status != 502:
            return refusal
        if path == kind:
            path = f"{kind}/99"
        there = self.held.setdefault(path, {"id": 99, "updated_at": STAMP})
        there |= {one: given[one] for one in given if one not in {"comment", "safe_update", "updated_stamp"}}
        if "comment" in given:
            there["description"] = given["comment"]["body"]
        return refusal or Given({KINDS[kind]: there})


def run(app: Any, *changes: Operation, connector: Connector = ZENDESK) -> tuple[dict[str, int], list[Any], str]:
    """Return how a job ended, what it sent, and the reason of its first change."""
    vendor = Vendor(app)
    outcome = sent(connector, vendor, changes, {"subdomain": "harbor"} if connector is ZENDESK else {})
    return dict(outcome.counts), vendor.changes, str(next(iter(outcome.steps.values())).reason)


def test_a_user_is_moved_to_another_organization_by_its_number() -> None:
    """An id that is no number is never sent."""
    counts, changes, _ = run(Desk(), changed("repoint", "users", "7", {"parent_ref": "51"}, {"parent_ref": "52"}))
    assert (counts, changes) == ({"confirmed": 1}, [("PUT", f"{HOME}/users/7", {"user": {"organization_id": 52}})])

    counts, changes, reason = run(Desk(), changed("repoint", "users", "7", {"parent_ref": "51"}, {"parent_ref": "Acme"}))
    assert (counts, changes) == ({"rejected": 1}, [])
    assert "its value is no number" in reason


@pytest.mark.parametrize(("action", "word"), [("archive", True), ("restore", False)])
def test_a_user_is_put_aside_by_suspending_it(action: Any, word: bool) -> None:  # noqa: FBT001  # a table of words
    """And let in again."""
    desk, (was, becomes) = Desk(), ("active", "archived") if word else ("archived", "active")
    desk.held["users/7"]["suspended"] = not word
    counts, changes, _ = run(desk, changed(action, "users", "7", {"state": was}, {"state": becomes}))

    assert (counts, changes) == ({"confirmed": 1}, [("PUT", f"{HOME}/users/7", {"user": {"suspended": word}})])


def test_a_user_that_was_deleted_is_gone_though_zendesk_answers_with_it() -> None:
    """Nothing is changed in it; nor does anything go into it by a merge."""
    desk, renamed = Desk(), changed("update", "users", "7", {"name": "Ann"}, {"name": "Anne"})
    assert run(desk, renamed)[0] == {"confirmed": 1}
    desk.held["users/7"] |= {"name": "Ann", "active": True}
    assert run(desk, renamed)[0] == {"confirmed": 1}
    desk.held["users/7"] |= {"name": "Ann", "active": False}
    assert run(desk, renamed) == ({"conflict": 1}, [], "The record is gone.")

    desk.held["users/8"] = {**desk.held["users/7"], "id": 8, "active": True}
    merged = operation(
        "merge", "zendesk", "users", target_id="8", before={"name": "Ann"}, after={MERGED_INTO: "7"},
        precondition=field_hash({"name": "Ann"}), reversibility="R3",
    )  # fmt: skip
    counts, changes, _ = run(desk, merged)
    assert (counts, changes) == ({"conflict": 1}, [])


def test_an_address_of_mail_is_said_of_a_new_user_only_and_nobody_is_written_to() -> None:
    """A later one would be added beside the first."""
    counts, [(_, path, body)], _ = run(Desk(), created("users", name="Bo", email="bo@acme.example", parent_ref="51"))
    mark = body["user"].pop("external_id")
    new = {"name": "Bo", "email": "bo@acme.example", "organization_id": 51, "skip_verify_email": True}
    assert (counts, path, body, len(mark)) == ({"confirmed": 1}, f"{HOME}/users", {"user": new}, 32)

    counts, changes, reason = run(Desk(), changed("update", "users", "7", {"email": None}, {"email": "ann@acme.example"}))
    assert (counts, changes) == ({"rejected": 1}, [])
    assert "email of users: it is done by hand" in reason


def test_an_organization_is_renamed_and_never_deleted() -> None:
    """There is no way to put one aside."""
    renamed = {"name": "Acme Ltd", "company_name": "Acme Ltd"}
    counts, changes, _ = run(
        Desk(), changed("update", "organizations", "51", {"name": "Acme", "company_name": "Acme"}, renamed)
    )
    assert (counts, changes) == (
        {"confirmed": 1}, [("PUT", f"{HOME}/organizations/51", {"organization": {"name": "Acme Ltd"}})],
    )  # fmt: skip

    counts, changes, _ = run(Desk(), changed("archive", "organizations", "51", {"state": "active"}, {"state": "archived"}))
    assert (counts, changes) == ({"rejected": 1}, [])


def test_a_ticket_is_changed_in_the_version_that_was_read() -> None:
    """Zendesk itself refuses it where somebody was quicker."""
    moved = changed("repoint", "tickets", "35", {"party_ref": "7"}, {"party_ref": "8"})
    counts, changes, _ = run(Desk(), moved)
    body = {"ticket": {"safe_update": True, "requester_id": 8, "updated_stamp": STAMP}}
    assert (counts, changes) == ({"confirmed": 1}, [("PUT", f"{HOME}/tickets/35", body)])

    counts, _, reason = run(Desk(COLLISION), moved)
    assert counts == {"conflict": 1}
    assert "another one by now" in reason


def test_a_ticket_whose_answer_was_lost_is_found_by_our_mark() -> None:
    """Nothing is made twice."""
    lost = Given({"message": "bad gateway"}, 502)
    counts, changes, _ = run(Desk(lost), created("tickets", name="Setup", party_ref="7", description="Please begin"))

    assert counts == {"confirmed": 1}
    [(_, _, body)] = changes
    assert body["ticket"].pop("external_id")
    assert body == {"ticket": {"subject": "Setup", "requester_id": 7, "comment": {"body": "Please begin"}}}


def test_what_is_amiss_in_a_field_is_quoted() -> None:
    """With the field."""
    counts, _, reason = run(Desk(INVALID), changed("repoint", "tickets", "35", {"party_ref": "7"}, {"party_ref": "8"}))

    assert counts == {"rejected": 1}
    assert "requester: Requester: is suspended" in reason


class Tasks:
    """A workspace with one task."""

    def __init__(self) -> None:
        self.task: dict[str, Any] = {"gid": "12", "name": "Kickoff", "notes": "Call", "due_on": None, "modified_at": STAMP}

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        if asked.method == "PUT":
            self.task |= asked.json["data"]
        return Given({"data": self.task})


def test_a_task_is_changed_within_data_and_its_notes_are_emptied_by_an_empty_text() -> None:
    """Its due date is a day, or nothing; Asana takes no null for notes."""
    before, after = {"description": "Call", "due_on": None}, {"description": None, "due_on": "2026-10-05"}
    counts, changes, _ = run(Tasks(), changed("update", "tasks", "12", before, after), connector=ASANA)
    assert (counts, changes) == (
        {"confirmed": 1}, [("PUT", "/api/1.0/tasks/12", {"data": {"notes": "", "due_on": "2026-10-05"}})],
    )  # fmt: skip

    counts, changes, _ = run(Tasks(), created("tasks", name="New"), connector=ASANA)
    assert (counts, changes) == ({"rejected": 1}, [])
