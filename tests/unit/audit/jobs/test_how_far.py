"""How far the jobs of an engagement are, by their journals: what is done, what is left, and which of them wait."""

from datetime import UTC, datetime

import pytest

from tests.unit.audit.jobs.conftest import Crm, handmade
from tests.vendor_doubles import renamed
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.how_far import done_words, unfinished_jobs
from toolkit.audit.status import engagement_status
from toolkit.changes import Plan
from toolkit.changes.steps import JournalEntry, Step
from toolkit.store.journal import StepCounts, opened_journal

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by_state", "words"),
    [
        (None, ""),
        ({"intent": 1}, "0 of 1,200"),
        ({"confirmed": 1_000, "noop_already": 5, "conflict": 3}, "1,005 of 1,200"),
        ({"confirmed": 2, "undone": 1_001}, "2 of 1,200, 1,001 taken back"),
    ],
)
def test_what_is_done_and_what_was_taken_back_stands_beside_what_was_planned(
    by_state: dict[str, int] | None, words: str
) -> None:
    """Nothing of what was never begun."""
    assert done_words(None if by_state is None else StepCounts(by_state, 1), 1_200) == words


def noted(engagement: Engagement, plan: Plan, *states: Step) -> None:
    """Note how far the first changes of a plan came."""
    with engagement.store.writing("a job"), opened_journal(engagement.store, plan.plan_id) as journal:
        changes = zip(plan.operations, states, strict=False)
        journal.note(*(JournalEntry(one.op_id, state, 1, NOON, NOON, record_id=one.target_id) for one, state in changes))


@pytest.mark.parametrize(
    ("states", "done"),
    [
        ((), None),
        (("confirmed",), 1),
        (("confirmed", "conflict"), None),
        (("confirmed", "uncertain"), 1),
        (("uncertain", "intent"), 0),
        (("confirmed", "not_applied"), 1),
        (("undone",), None),
        (("undone", "intent"), 0),
    ],
)
def test_a_job_waits_as_long_as_a_change_of_it_does(crm: Crm, states: tuple[Step, ...], done: int | None) -> None:
    """One that was never begun, came to its end, or was taken back is none that waits; what nobody knows always is."""
    with crm.opened() as engagement:
        plan = handmade(engagement, renamed(1), renamed(2)).plan
        noted(engagement, plan, *states)

        found = unfinished_jobs(engagement)

    waits = {"plan": plan.plan_id, "kind": "cleanup", "system": "crm", "label": "Crm", "done": done, "changes": 2}
    assert found == ([] if done is None else [waits])


def test_a_job_that_stands_half_done_is_what_comes_next(crm: Crm) -> None:
    """Before anything else: a system that is changed in part is nobody's wish."""
    with crm.opened() as engagement:
        plan = handmade(engagement, renamed(1), renamed(2)).plan
        noted(engagement, plan, "confirmed")

    found = engagement_status(crm.folder)

    assert found["next"] == (
        "go on with the job on Crm, of which 1 of 2 changes are done: "
        f"integration-audit resume {plan.plan_id[:12]} {crm.folder.resolve()}"
    )
    assert found["next_notebook"] == "09_cleanup_job.ipynb"
    assert found["to_do"][0] == found["next"]
    assert len(found["to_do"]) > 1


def test_a_job_that_another_came_after_waits_for_nothing_that_is_known(crm: Crm) -> None:
    """The last one that was begun counts, whichever was planned first; one of another kind is no matter."""
    with crm.opened() as engagement:
        first = handmade(engagement, renamed(1), renamed(2)).plan
        second = handmade(engagement, renamed(1), renamed(3)).plan
        other = handmade(engagement, renamed(1), renamed(2), kind="undo", rules_hash="0" * 64).plan
        noted(engagement, second, "confirmed")
        noted(engagement, other, "confirmed")
        noted(engagement, first, "confirmed")

        assert [one["plan"] for one in unfinished_jobs(engagement)] == [first.plan_id, other.plan_id]
        noted(engagement, second, "confirmed", "intent")
        assert [one["plan"] for one in unfinished_jobs(engagement)] == [second.plan_id, other.plan_id]
        noted(engagement, first, "uncertain")
        assert [one["plan"] for one in unfinished_jobs(engagement)] == [first.plan_id, second.plan_id, other.plan_id]


def test_a_system_whose_snapshots_are_gone_is_called_by_its_name(crm: Crm) -> None:
    """Nothing else is known of it any more."""
    with crm.opened() as engagement:
        target = handmade(engagement, renamed(1)).plan.target
        gone = handmade(engagement, renamed(1), renamed(2), target=type(target)("till", "rest")).plan
        noted(engagement, gone, "confirmed")

        assert [one["label"] for one in unfinished_jobs(engagement)] == ["till"]
