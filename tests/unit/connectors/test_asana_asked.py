"""Asana, asked: projects' tasks, those below them, users of a workspace, from a server on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, FaultServer, Given, served
from tests.vendor_pulls import BEARER, KEY, held, page_of, pulled, refused

LONG_AGO = "2026-02-01T09:00:00.000Z"


def own(name: str, text: str | None = None, number: float | None = None) -> dict[str, Any]:
    return {
        "gid": "9",
        "name": name,
        "display_value": text if number is None else f"{number:,.2f} $",
        "number_value": number,
    }


def task(gid: str, project: str = "", at: str = LONG_AGO, *, parent: str = "", **values: Any) -> dict[str, Any]:
    return {
        "gid": gid, "name": f"Task {gid}", "notes": "", "completed": False, "completed_at": None, "num_subtasks": 0,
        "created_at": "2026-01-05T10:00:00.000Z", "modified_at": at, "due_on": "2026-05-01", "start_on": None,
        "parent": {"gid": parent, "name": f"Task {parent}"} if parent else None, "custom_fields": [],
        "projects": [{"gid": project, "name": f"Tracker {project}"}] if project else [],
        "memberships": [{"section": {"name": "Building"}}] if project else [], **values,
    }  # fmt: skip


@dataclass
class Asana:
    """A workspace, or several: pages of two, tokens that are words."""

    tasks: list[dict[str, Any]]
    workspaces: tuple[str, ...] = ("1",)
    refusals: dict[str, list[Given]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Given:
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return refused(401, {"errors": [{"message": "Not Authorized"}]})
        if self.refusals.get(asked.path):
            return self.refusals[asked.path].pop(0)
        parts = asked.path.strip("/").split("/")
        if parts == ["workspaces"]:
            return Given({"data": [{"gid": one, "name": f"Harbor {one}"} for one in self.workspaces], "next_page": None})
        if parts[-1] == "users":
            return Given({"data": [{"gid": "55", "name": "Lu", "email": "lu@h.example"}]})
        assert asked.query["limit"] == "100"
        return self._page(self._listed(parts, asked), asked)

    def _listed(self, parts: list[str], asked: Asked) -> list[dict[str, Any]]:
        if parts[-1] == "projects":
            return [{"gid": one, "name": f"Tracker {one}"} for one in ("100", "101", "102")]
        if parts[-1] == "subtasks":
            return [one for one in self.tasks if (one["parent"] or {}).get("gid") == parts[1]]
        since = datetime.fromisoformat(asked.query.get("modified_since", "2000-01-01T00:00:00Z"))
        found = [one for one in self.tasks if asked.query["project"] in {each["gid"] for each in one["projects"]}]
        return [one for one in found if datetime.fromisoformat(one["modified_at"]) >= since]

    @staticmethod
    def _page(records: list[dict[str, Any]], asked: Asked) -> Given:
        shown, after = page_of(records, 2, asked.query.get("offset", ""))
        return Given({"data": shown, "next_page": {"offset": after, "path": "/x", "uri": "https://x"} if after else None})


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Asana:
    monkeypatch.setenv("HARBOR_KEY", KEY)
    client = [own("Client", "Acme"), own("Contract value", number=52750.5), own("Job no.", "J-7")]
    return Asana(
        [
            task("1207881326988887", "100", custom_fields=client, num_subtasks=2, completed_at="2026-03-05T10:00:00.000Z"),
            task("1207881326988888", "100"),
            task("1207881326988889", "101", projects=[{"gid": "100", "name": "Tracker 100"}, {"gid": "101", "name": "b"}]),
            task("1207881326988890", parent="1207881326988887"),
            task("1207881326988891", "100", parent="1207881326988887"),
        ]
    )


@pytest.fixture
def server(workspace: Asana) -> Iterator[FaultServer]:
    with served(workspace) as found:
        yield found


def pull(folder: Path, server: FaultServer, **more: Any) -> Any:
    return pulled(folder, "asana", server.url, **more)


@pytest.mark.usefixtures("workspace")
def test_a_workspace_is_pulled_whole(server: FaultServer, tmp_path: Path) -> None:
    """Tasks of several projects once, those below others apart, and the client's own fields by their names."""
    found = pull(tmp_path, server)

    assert found.missing == ()
    jobs, tasks = held(tmp_path, "projects"), held(tmp_path, "tasks")
    assert sorted(jobs) == ["1207881326988887", "1207881326988888", "1207881326988889"]
    one = jobs["1207881326988887"]
    assert (one["number"], one["party_ref"], one["party_name"], one["amount_minor"]) == ("J-7", "Acme", "Acme", 5275050)
    assert (one["status"], one["department"], f"{one['completed_at']:%Y-%m-%d}") == ("Building", "Tracker 100", "2026-03-05")
    assert jobs["1207881326988888"]["number"] == "1207881326988888"
    assert {key: one["reference"] for key, one in tasks.items()} == {
        "1207881326988890": "Task 1207881326988887", "1207881326988891": "Task 1207881326988887",
    }  # fmt: skip
    assert held(tmp_path, "users")["55"]["email"] == "lu@h.example"


def test_only_what_changed_is_asked_for_the_next_time(workspace: Asana, server: FaultServer, tmp_path: Path) -> None:
    """Tasks below others do not move these, so they are read whole; what is deleted is seen when everything is asked for."""
    pull(tmp_path, server)
    before = len(server.asked)
    workspace.tasks[1] |= {"name": "Renamed", "modified_at": "2026-11-30T11:00:00.000Z"}
    del workspace.tasks[4], workspace.tasks[2]

    changes = pull(tmp_path, server)
    since = {one.query.get("modified_since") for one in server.asked[before:] if one.path == "/tasks"}
    jobs, tasks = held(tmp_path, "projects"), held(tmp_path, "tasks")
    pull(tmp_path, server, is_full=True)

    assert changes.missing == ()
    assert since == {None, "2026-02-01T08:50:00Z"}
    assert jobs["1207881326988888"]["name"] == "Renamed"
    assert jobs["1207881326988889"]["state"] == "active"
    assert tasks["1207881326988891"]["state"] == "absent"
    assert held(tmp_path, "projects")["1207881326988889"]["state"] == "absent"


def test_one_of_several_workspaces_is_named(workspace: Asana, server: FaultServer, tmp_path: Path) -> None:
    """Which one is the client's, nobody guesses."""
    workspace.workspaces = ("1", "2")

    first = pull(tmp_path, server)
    named = {**BEARER, "places": {"workspace": "2"}}
    after = pulled(tmp_path, "asana", server.url, named)

    assert all("places.workspace" in one for one in first.missing)
    assert after.missing == ()
    assert any(one.path == "/workspaces/2/projects" for one in server.asked)


def test_limits_faults_and_missing_scopes(workspace: Asana, server: FaultServer, tmp_path: Path) -> None:
    """Waited for, and named; everything else is pulled."""
    slow = Given({"errors": [{"message": "Rate Limit Enforced"}]}, 429, {"Retry-After": "30"})
    workspace.refusals = {
        "/tasks": [slow, refused(503)],
        "/workspaces/1/users": [refused(403, {"errors": [{"message": "Forbidden"}]})] * 9,
    }

    found = pull(tmp_path, server)

    assert len(held(tmp_path, "projects")) == 3
    assert [one.partition(" was not pulled")[0] for one in found.missing] == ["sys/users"]
    assert "users:read" in found.missing[0]


@pytest.mark.usefixtures("workspace")
def test_a_token_that_was_taken_back_is_said(server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to type."""
    monkeypatch.setenv("HARBOR_KEY", "CANARY-another-key")

    found = pull(tmp_path, server)

    assert found.sign_in_again
    assert all("integration-audit connect sys" in one and "CANARY" not in one for one in found.missing)
