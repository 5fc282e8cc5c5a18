"""How a job that was taken back is counted: exactly, in part, not at all; the counts add up to what was done."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.vendor_doubles import job, merged, renamed
from toolkit.apply.running import JobOutcome
from toolkit.audit.jobs.sending import SentJob
from toolkit.audit.live.circle import Circle, DoneJob, taken_back
from toolkit.audit.live.circle_page import circle_sentence, job_rows, write_circle_page
from toolkit.audit.live.comparing import Comparison, Difference
from toolkit.changes import saved_plan
from toolkit.changes.steps import JournalEntry, Step

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PLAN = job([renamed(1), merged(2, 9), replace(merged(3, 9), reversibility="R3")])
PHONE = {"kind": "phone", "value": "1", "label": None, "is_primary": False}


def steps(*states: Step) -> dict[str, JournalEntry]:
    """Return the last steps of the plan's changes, in its order."""
    return {one.op_id: JournalEntry(one.op_id, state, 1, NOON) for one, state in zip(PLAN.operations, states, strict=True)}


@pytest.fixture
def circle() -> Circle:
    """Return a plan that was done, and taken back as far as that goes."""
    sent = SentJob(saved_plan(PLAN, NOON, "0.1"), JobOutcome(steps(*["confirmed"] * 3), 3), "HubSpot", {}, is_dry_run=False)
    undone, in_part = taken_back(PLAN, steps("undone", "undone", "confirmed"))
    done = DoneJob("cleanup", "crm", "HubSpot", sent, None, undone, in_part)
    lost = Comparison(10, 90, (Difference("crm/companies/9", "points", [PHONE], None),), {})
    return Circle(Path(), "Harbor", {}, {}, {}, (done,), lost, {}, 1.0)


def test_what_is_lost_with_a_change_is_not_counted_as_taken_back(circle: Circle) -> None:
    """One exactly, one in part, one not at all: the three make up what was done, and nothing of it came as a surprise."""
    assert (circle.done, circle.undone, circle.in_part, circle.for_good) == (3, 1, 1, 1)
    assert circle.is_as_said
    assert not circle.is_whole
    assert job_rows(circle) == [("Cleaning up HubSpot", "3", "3", "1", "1", "1", "0", "0")]
    assert circle_sentence(circle).startswith("Harbor: 3 changes of 3 done and 1 taken back, 1 in part, 1 not at all;")


def test_the_page_says_what_is_lost_in_words(circle: Circle, tmp_path: Path) -> None:
    """Neither a column's name nor a value as a program writes it."""
    text = write_circle_page(circle, tmp_path / "page.html").read_text("utf-8")

    assert "1 change could be taken back in part only and 1 change not at all, as the plans said" in text
    assert "phones, mail and addresses" in text
    assert "phone 1" in text
    assert "{&#39;kind" not in text
    assert "{'kind" not in text
