"""Lists that are asked for once for each record of a list that is asked for so itself: projects, tasks, tasks below."""

from pathlib import Path

import pytest

from tests.asked_systems import asked_system, pulled
from tests.fault_server import Asked, Given
from toolkit.connector import Cursor, Reading, Which

_PAGES = Cursor("after", path="after")
CHAIN = (
    Reading("/projects", "data", paging=_PAGES, is_parents=True),
    Reading(
        "/tasks", "data", query=(("project", "{parent}"),), paging=_PAGES, is_parents=True, which=Which("below", "[1-9]")
    ),
    Reading("/tasks/{parent}/below", "data", paging=_PAGES),
)


def answer(asked: Asked) -> Given:
    """Answer of three projects with two tasks each, of which every first has three below; two records to a page."""
    if asked.path == "/projects":
        records = [{"id": name} for name in ("a", "b", "c")]
    elif asked.path == "/tasks":
        project = asked.query["project"]
        # One task is in all projects.
        records = [{"id": f"{project}1", "below": 3}, {"id": f"{project}2", "below": 0}, {"id": "shared", "below": 1}]
    else:
        task = asked.path.split("/")[2]
        records = [{"id": f"{task}-{number}"} for number in range(1 if task == "shared" else 3)]
    first = int(asked.query.get("after", "0"))
    return Given({"data": records[first : first + 2], "after": str(first + 2) if first + 2 < len(records) else None})


EVERY = sorted([f"{project}1-{number}" for project in "abc" for number in range(3)] + ["shared-0"])


def test_every_record_at_the_end_of_a_chain_is_read_once(tmp_path: Path) -> None:
    """Only tasks that have some below are asked for these, and one of several projects once."""
    with asked_system(answer, CHAIN) as (server, client):
        found, records = pulled(client, tmp_path, CHAIN)

    below = [one.path for one in server.asked if one.path.endswith("/below") and "after" not in one.query]
    assert found.is_complete
    assert sorted(one["id"] for one in records if "-" in one["id"]) == EVERY
    assert sorted(below) == sorted(f"/tasks/{task}/below" for task in ("a1", "b1", "c1", "shared"))


@pytest.mark.parametrize("at", range(1, 16))
def test_a_chain_goes_on_where_it_was_cut_off(tmp_path: Path, at: int) -> None:
    """At whichever request the system refused, nothing is asked for twice, and nothing is missing."""
    sent: list[str] = []

    def app(asked: Asked) -> Given:
        sent.append(f"{asked.path} {sorted(asked.query.items())}")
        return Given({"message": "no"}, 401) if len(sent) == at else answer(asked)

    with asked_system(app, CHAIN) as (_, client):
        first, _ = pulled(client, tmp_path, CHAIN)
        found, records = pulled(client, tmp_path, CHAIN)

    assert not first.is_complete
    assert found.is_complete
    assert found.resumed_pages == at - 1
    assert sorted(one["id"] for one in records if "-" in one["id"]) == EVERY
    assert len(sent) == len(set(sent)) + 1
