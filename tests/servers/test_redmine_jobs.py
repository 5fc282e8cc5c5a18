"""The circle with Redmine 5.0, a tracker: the clients are projects, what hangs on them are issues with their hours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.servers.between import standing_between
from tests.servers.circle import (
    NAMES,
    TWICE,
    as_pulled,
    described_on_page,
    killed_after,
    lacking,
    planned,
    rehearsed,
    sent,
    taken_back,
    written_otherwise,
)
from tests.servers.dumps import Difference, differences, dump
from tests.servers.systems import Redmine, running_redmine

pytestmark = pytest.mark.servers

ITS_OWN = ("lock_version", "updated_on")
"""What Redmine writes itself into a record that is changed."""
HISTORY = ("journals", "journal_details", "watchers", "user_preferences", "sqlite_sequence", "tokens")
"""What Redmine keeps of every change and no change takes back: its history, and that whoever changed an issue watches it."""


Client = tuple[int, list[int]]
"""The id of a project, and those of its issues."""


@pytest.fixture(scope="module")
def redmine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redmine]:
    """Yield a Redmine for the tests of this page."""
    with running_redmine(tmp_path_factory.mktemp("redmine")) as system:
        yield system


@pytest.fixture
def clients(redmine: Redmine, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Client]]:
    """Yield projects for clients, some of them twice, the second time with two issues on which hours were booked."""
    [reader] = redmine.send("GET", "/users.json?name=ann1")["users"]
    monkeypatch.setenv("REDMINE_KEY", redmine.send("GET", f"/users/{reader['id']}.json")["user"]["api_key"])
    monkeypatch.setenv("REDMINE_KEY_TO_WRITE", redmine.key)
    [activity, *_] = redmine.send("GET", "/enumerations/time_entry_activities.json")["time_entry_activities"]
    found = []
    for number, name in enumerate(written_otherwise()):
        project = redmine.send("POST", "/projects.json", project={"name": name, "identifier": f"p{number}"})["project"]["id"]
        issues = []
        for place in range(2 if number >= len(NAMES) else 0):
            said = {"project_id": project, "subject": f"Work {number} {place}", "priority_id": 1}
            issues.append(redmine.send("POST", "/issues.json", issue=said)["issue"]["id"])
            hours = {"issue_id": issues[-1], "hours": 1.25, "activity_id": activity["id"], "spent_on": "2026-11-03"}
            redmine.send("POST", "/time_entries.json", time_entry=hours)
        found.append((project, issues))
    yield found
    for project, _ in found:
        redmine.send("DELETE", f"/projects/{project}.json")


def held(redmine: Redmine) -> dict[Any, dict[str, Any]]:
    return dump(redmine.database, without=HISTORY)


def merged(clients: list[Client], hours: dict[int, int]) -> Difference:
    """Return what a merge of the clients that stand there twice changes, and nothing else."""
    found: Difference = {}
    for (stays, _), (goes, issues) in zip(clients[:TWICE], clients[len(NAMES) :], strict=True):
        found["projects", goes] = {"status": (1, 5)}
        for issue in issues:
            found["issues", issue] = {"project_id": (goes, stays)}
            # The hours of an issue go with it: nobody sends them.
            found["time_entries", hours[issue]] = {"project_id": (goes, stays)}
    return found


def test_a_cleanup_that_is_killed_goes_on_and_is_taken_back_to_equality(
    redmine: Redmine, clients: list[Client], tmp_path: Path
) -> None:
    """Record by record in the tracker's own database: what was planned, the hours with their issues, and nothing else."""
    before = held(redmine)
    hours = {row["issue_id"]: number for (table, number), row in before.items() if table == "time_entries"}
    with standing_between(redmine.url) as between:
        folder = described_on_page(tmp_path / "client", "Redmine", between.url)
        plan = planned(folder, "cleanup", "jobs")
        rehearsed(folder, plan, between)
        assert differences(before, held(redmine), without=()) == {}

        killed_after(folder, plan, between, 4)
        ended = sent(folder, plan)

        assert ended["counts"] == {"confirmed": len(plan.operations)}
        assert len(between.changes) == len(plan.operations) == 3 * TWICE
        assert differences(before, held(redmine), without=ITS_OWN) == merged(clients, hours)
        assert lacking(plan, as_pulled(folder)) == []

        assert taken_back(folder, plan)["counts"] == {"confirmed": len(plan.operations)}
        assert differences(before, held(redmine), without=ITS_OWN) == {}


def test_what_somebody_changed_or_deleted_meanwhile_is_left_alone(
    redmine: Redmine, clients: list[Client], tmp_path: Path
) -> None:
    """An issue that was moved elsewhere stays there, one that is gone is said, and neither client is closed under them."""
    (stays, _), (goes, [kept, edited]) = clients[2], clients[len(NAMES) + 2]
    (last, _), (other, [deleted, left]) = clients[3], clients[len(NAMES) + 3]
    with standing_between(redmine.url) as between:
        folder = described_on_page(tmp_path / "client", "Redmine", between.url)
        plan = planned(folder, "cleanup", "jobs")
        redmine.send("PUT", f"/issues/{edited}.json", issue={"project_id": clients[5][0]})
        redmine.send("DELETE", f"/issues/{deleted}.json")
        before = held(redmine)

        ended = sent(folder, plan)

        assert ended["counts"] == {"confirmed": 8, "conflict": 2, "held_back": 2}
        changed = differences(before, held(redmine), without=ITS_OWN)
        assert changed["issues", kept] == {"project_id": (goes, stays)}
        assert changed["issues", left] == {"project_id": (other, last)}
        assert {number for table, number in changed if table == "projects"} == {
            clients[len(NAMES) + place][0] for place in (0, 1)
        }
        assert ("issues", edited) not in changed
        assert "The record is gone." in call("journal", plan.plan_id, folder).out


@pytest.mark.usefixtures("clients")
def test_an_answer_of_success_that_changed_nothing_is_told(redmine: Redmine, tmp_path: Path) -> None:
    """A field that Redmine does not know by that name: it answers 204, and the record is as it was. Nothing more is sent."""
    with standing_between(redmine.url) as between:
        folder = described_on_page(tmp_path / "client", "Redmine", between.url)
        settings = folder / "engagement.yaml"
        settings.write_text(settings.read_text().replace("path: project_id", "path: project"))
        plan = planned(folder, "cleanup", "jobs")
        before = held(redmine)

        ended = sent(folder, plan)

        assert ended["counts"] == {"differs": 1, "planned": len(plan.operations) - 1}
        assert ended["stopped"].endswith("It was taken, and the system now holds another value in: party_ref.")
        assert differences(before, held(redmine), without=ITS_OWN) == {}


def test_what_a_move_would_take_away_is_told_before_and_what_it_took_at_once(
    redmine: Redmine, clients: list[Client], tmp_path: Path
) -> None:
    """An issue that is moved loses its category, which no undo brings back: it is not moved; who moves it hears so."""
    goes, issues = clients[len(NAMES)]
    made = redmine.send("POST", f"/projects/{goes}/issue_categories.json", issue_category={"name": "Roof"})
    redmine.send("PUT", f"/issues/{issues[0]}.json", issue={"category_id": made["issue_category"]["id"]})
    with standing_between(redmine.url) as between:
        folder = described_on_page(tmp_path / "client", "Redmine", between.url)
        plan = planned(folder, "cleanup", "jobs")
        rehearsal = call("apply", plan.plan_id, folder, "--send")
        ended = sent(folder, plan)

        assert "A move takes its category away." in rehearsal.out
        # What the record says beforehand stops nothing else; what waits for it is not done.
        assert ended["counts"] == {"confirmed": len(plan.operations) - 2, "held_back": 1, "rejected": 1}
        assert redmine.send("GET", f"/issues/{issues[0]}.json")["issue"]["category"]["name"] == "Roof"

        settings = folder / "engagement.yaml"
        settings.write_text(settings.read_text().replace("unless: {category", "unless: {no_such_place"))
        other = planned(folder, "cleanup", "jobs")
        sent_before = len(between.changes)
        ended = sent(folder, other)

        assert ended["counts"] == {"differs": 1, "planned": len(other.operations) - 1}
        assert ended["stopped"].endswith("It was taken, and the system changed more than was sent: category.id.")
        assert len(between.changes) == sent_before + 1
