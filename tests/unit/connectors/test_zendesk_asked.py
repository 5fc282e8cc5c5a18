"""Zendesk, asked: its incremental export and its lists, from a server on loopback."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, FaultServer, Given, served
from tests.vendor_pulls import KEY, held, page_of, pulled, refused

SIGN_IN = {"way": "basic", "user": "audit@h.example/token", "password": "env:HARBOR_KEY"}
LONG_AGO = "2026-02-01T09:00:00Z"


def ticket(number: int, at: str = LONG_AGO, **values: Any) -> dict[str, Any]:
    return {
        "id": number, "external_id": None, "subject": f"Help {number}", "status": "open", "requester_id": 20978392,
        "organization_id": 509974, "group_id": 77, "tags": [], "custom_fields": [{"id": 27642, "value": "745"}],
        "created_at": "2026-01-20T22:55:29Z", "updated_at": at, **values,
    }  # fmt: skip


def user(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": number, "name": f"User {number}", "email": f"u{number}@b.example", "role": "end-user", "active": True,
        "organization_id": None, "external_id": None, "phone": None, "created_at": "2026-01-20T22:55:29Z",
        "updated_at": LONG_AGO, **values,
    }  # fmt: skip


@dataclass
class Zendesk:
    """A desk: exports of two records to a page, lists with cursors."""

    tickets: list[dict[str, Any]]
    users: list[dict[str, Any]]
    refusals: dict[str, list[Given]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Given:
        signed = "Basic " + base64.b64encode(f"audit@h.example/token:{KEY}".encode()).decode()
        if asked.headers.get("authorization") != signed:
            return refused(401, {"error": "Couldn't authenticate you"})
        if self.refusals.get(asked.path):
            return self.refusals[asked.path].pop(0)
        parts = asked.path.strip("/").split("/")
        if parts[0] == "incremental":
            return self._exported(parts[1], asked)
        names = {"organizations": {509974: "Acme", 509975: "Birch", 509976: "Cedar"}, "groups": {77: "Service"}}[parts[0]]
        entries = [
            {"id": number, "name": name, "domain_names": [f"{name.lower()}.example"], "external_id": None,
             "created_at": LONG_AGO, "updated_at": LONG_AGO}
            for number, name in names.items()
        ]  # fmt: skip
        shown, after = page_of(entries, min(2, int(asked.query["page[size]"])), asked.query.get("page[after]", ""))
        return Given({parts[0]: shown, "meta": {"has_more": bool(after), "after_cursor": after or None}})

    def _exported(self, kind: str, asked: Asked) -> Given:
        cursor = asked.query.get("cursor", "")
        assert ("start_time" in asked.query) is not bool(cursor)
        since, _, place = cursor.partition("/") if cursor else (asked.query["start_time"], "", "")
        records = [
            one for one in {"tickets": self.tickets, "users": self.users}[kind]
            if datetime.fromisoformat(one["updated_at"]).timestamp() >= int(since)
        ]  # fmt: skip
        shown, after = page_of(records, 2, place)
        # The last page has a cursor, too: the next pull of some begins there.
        behind = f"{since}/{after or f'c{len(records)}'}"
        return Given({kind: shown, "after_cursor": behind, "after_url": "", "end_of_stream": not after})


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Zendesk:
    monkeypatch.setenv("HARBOR_KEY", KEY)
    return Zendesk(
        [
            ticket(35436, metric_set={"solved_at": "2026-02-01T08:00:00Z"}, status="closed", external_id="PO-7"),
            ticket(9007199254740993),
            ticket(35438, status="deleted"),
        ],
        [
            user(20978392, organization_id=509974, external_id="C-1"),
            user(20978393, role="agent"),
            user(20978394, active=False),
        ],
    )


@pytest.fixture
def server(desk: Zendesk) -> Iterator[FaultServer]:
    with served(desk) as found:
        yield found


def pull(folder: Path, server: FaultServer, **more: Any) -> Any:
    return pulled(folder, "zendesk", server.url, SIGN_IN, **more)


@pytest.mark.usefixtures("desk")
def test_a_desk_is_pulled_whole(server: FaultServer, tmp_path: Path) -> None:
    """Deleted tickets and users as such, names of organizations and groups, who asked, and when it was solved."""
    found = pull(tmp_path, server)

    assert found.missing == ()
    tickets, users = held(tmp_path, "tickets"), held(tmp_path, "users")
    assert {key: one["state"] for key, one in tickets.items()} == {
        "35436": "active", "9007199254740993": "active", "35438": "deleted",
    }  # fmt: skip
    one = tickets["35436"]
    assert (one["party_ref"], one["party_name"], one["department"], one["reference"]) == (
        "20978392", "Acme", "Service", "PO-7",
    )  # fmt: skip
    assert f"{one['resolved_at']:%Y-%m-%d %H:%M} {one['opened_at']:%Y-%m-%d}" == "2026-02-01 08:00 2026-01-20"
    assert {key: (one["state"], one["roles"]) for key, one in users.items()} == {
        "20978392": ("active", ["requester"]), "20978393": ("active", ["employee"]), "20978394": ("deleted", ["requester"]),
    }  # fmt: skip
    assert (users["20978392"]["company_name"], users["20978392"]["parent_ref"]) == ("Acme", "509974")
    assert users["20978392"]["alt_ids"] == ["C-1", "u20978392@b.example"]
    assert {one["name"]: one["website"] for one in held(tmp_path, "organizations").values()} == {
        "Acme": "acme.example", "Birch": "birch.example", "Cedar": "cedar.example",
    }  # fmt: skip


def test_only_what_changed_is_asked_for_the_next_time(desk: Zendesk, server: FaultServer, tmp_path: Path) -> None:
    """From a moment on, deletions among it."""
    pull(tmp_path, server)
    desk.tickets = [*desk.tickets[:1], ticket(9007199254740993, "2026-11-30T11:00:00Z", status="deleted"), ticket(35440)]
    before = len(server.asked)

    found = pull(tmp_path, server)

    assert found.missing == ()
    assert {key: one["state"] for key, one in held(tmp_path, "tickets").items()} == {
        "35436": "active", "9007199254740993": "deleted", "35438": "deleted", "35440": "active",
    }  # fmt: skip
    sent = [one.query["start_time"] for one in server.asked[before:] if "start_time" in one.query]
    assert set(sent) == {str(int(datetime.fromisoformat("2026-02-01T08:50:00Z").timestamp()))}


def test_limits_and_faults_are_waited_for(desk: Zendesk, server: FaultServer, tmp_path: Path) -> None:
    """A list that may not be read leaves the others."""
    slow = Given({"error": "TooManyRequests"}, 429, {"Retry-After": "30"})
    desk.refusals = {
        "/incremental/tickets/cursor": [slow, refused(503)],
        "/groups": [refused(403, {"error": "Forbidden"})] * 9,
        "/incremental/users/cursor": [refused(403, {"error": "Forbidden"})] * 9,
    }

    found = pull(tmp_path, server)

    assert len(held(tmp_path, "tickets")) == 3
    assert "department" not in held(tmp_path, "tickets")["35436"]
    assert [one.partition(" was not pulled")[0] for one in found.missing] == ["sys/users"]


@pytest.mark.usefixtures("desk")
def test_a_key_that_was_taken_back_is_said(server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to type."""
    monkeypatch.setenv("HARBOR_KEY", "CANARY-another-key")

    found = pull(tmp_path, server)

    assert found.sign_in_again
    assert all("integration-audit connect sys" in one and "CANARY" not in one for one in found.missing)
