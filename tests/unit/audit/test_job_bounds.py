"""What is said of plans and jobs, at its bounds: how much is listed, how many changes may be made, what is counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.audit.test_cleanup_jobs import paid
from toolkit.apply.running import JobOutcome
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.inputs import job_inputs
from toolkit.audit.jobs.job_page import job_steps, not_done_rows, step_words, write_job_page
from toolkit.audit.jobs.planning import plan_job
from toolkit.audit.jobs.sending import plan_undo
from toolkit.audit.jobs.showing import compared_plans
from toolkit.audit.jobs.verbs import apply_plan, shown_plan
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.changes import LeftOut, Operation, SavedPlan, Target, made_plan, operation, saved_plan
from toolkit.changes.operation import field_hash
from toolkit.changes.steps import JournalEntry, Step
from toolkit.errors import InputError, PlanRefusedError
from toolkit.store.journal import opened_journal
from toolkit.store.plans import keep_plan

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engagement]:
    """Return a list of payments that was audited; tests add plans to it."""
    first = open_engagement(paid(tmp_path_factory.mktemp("jobs")))
    pull_snapshots(first)
    first.close()
    engagement = open_engagement(first.folder)
    run_stages(engagement)
    yield engagement
    engagement.close()


def moved(number: int) -> Operation:
    """Return a payment that is pointed to another supplier."""
    before = {"party_ref": "A"}
    return operation(
        "repoint",
        "payments",
        "payments",
        target_id=f"P-{number}",
        before=before,
        after={"party_ref": "B"},
        precondition=field_hash(before),
    )


def kept(
    engagement: Engagement,
    numbers: range,
    left_out: tuple[LeftOut, ...] = (),
    rules: str = "",
    *more: Operation,
) -> SavedPlan:
    """Keep a plan of such changes, as one that was made before."""
    plan = made_plan(
        "cleanup",
        engagement_id=engagement.store.engagement_id,
        target=Target("payments", "table"),
        snapshot_ids={},
        rules_hash=rules or "0" * 64,
        operations=[*map(moved, numbers), *more],
        record_counts={"payments": 60},
        left_out=left_out,
    )
    saved = saved_plan(plan, datetime.now(UTC), "0.1")
    with engagement.store.writing("a plan"):
        keep_plan(engagement.store, saved)
    return saved


@pytest.mark.parametrize(("gone", "more"), [(40, []), (41, ["gone: 1 more change"]), (42, ["gone: 2 more changes"])])
def test_of_many_changes_that_are_gone_forty_are_named(ledger: Engagement, gone: int, more: list[str]) -> None:
    """And how many more there are is said where there are more."""
    older = kept(ledger, range(1001, 1001 + gone), rules=f"{gone:064}")
    newer = kept(ledger, range(1050, 1052))

    found = compared_plans(ledger, older.plan.plan_id, newer.plan.plan_id)

    assert found.lines[0] == f"2 changes new, {gone} gone, 0 different."
    assert sum(line.startswith("gone: ") for line in found.lines) == min(gone, 40) + (gone > 40)
    assert [line for line in found.lines if "more change" in line] == more


@pytest.mark.parametrize(("limit", "is_refused"), [(0, False), (5, False), (4, True)])
def test_a_plan_of_more_changes_than_may_be_made_is_refused(ledger: Engagement, limit: int, *, is_refused: bool) -> None:
    """As many as the limit are no more than it; no limit is any number."""
    made = plan_job(ledger, "cleanup", "payments")
    count = len(made.saved.plan.operations)
    limit = limit and count + limit - 5

    if is_refused:
        with pytest.raises(PlanRefusedError, match=f"The plan has {count} changes, and {limit} may be made"):
            apply_plan(ledger, made.kept.name, max_changes=limit)
    else:
        apply_plan(ledger, made.kept.name, max_changes=limit)
    with pytest.raises(InputError, match="max_changes is -1"):
        apply_plan(ledger, made.kept.name, max_changes=-1)


def test_whoever_waits_for_a_plan_sees_two_steps(ledger: Engagement) -> None:
    """It is planned, then written down."""
    told: list[tuple[str, int, int]] = []

    plan_job(ledger, "cleanup", "payments", lambda what, done, total: told.append((what, done, total)))

    assert [one for one in told if one[0] in {"Planning for payments", "Writing the plan's documents"}] == [
        ("Planning for payments", 0, 2),
        ("Writing the plan's documents", 1, 2),
    ]


def test_a_ceiling_is_a_number_of_records_or_none(ledger: Engagement) -> None:
    """Nought is a number: nothing may be taken away."""
    made = plan_job(ledger, "cleanup", "payments")

    assert approve_plan(ledger, made.kept.name, "Nora", ceilings={"payments": 0}).ceilings == {"payments": 0}
    with pytest.raises(InputError, match="is 0 or more"):
        approve_plan(ledger, made.kept.name, "Nora", ceilings={"payments": -1})


def test_what_the_rules_left_out_is_summed_up_in_five_lines(ledger: Engagement) -> None:
    """The most frequent first."""
    left = tuple(
        LeftOut(f"subject {subject}", (f"payments/payments/P-{1001 + subject * 10 + number}",), "nobody decided")
        for subject in range(7)
        for number in range(7 - subject)
    )

    shown = shown_plan(ledger, kept(ledger, range(1001, 1003), left).plan.plan_id)

    lines = [note for note in shown.notes if note.startswith("Left out")]
    assert lines == [f"Left out, {7 - subject} ×: subject {subject}: nobody decided" for subject in range(5)]


def step(change: Operation, state: Step) -> JournalEntry:
    """Return the last step of a change."""
    return JournalEntry(change.op_id, state, 1, NOON, NOON, record_id=change.target_id, reason="because")


def test_records_that_are_no_longer_in_a_list_are_not_counted(tmp_path: Path) -> None:
    """What is taken away is held against what is there: by a plan, and by what takes a job back."""
    folder = paid(tmp_path)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    path = folder / "payments.csv"
    [path] = [path] if path.exists() else list((folder / "exports").rglob("payments.csv"))
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[:-3]) + "\n", "utf-8")
    engagement.close()
    with_fewer = open_engagement(folder)
    pull_snapshots(with_fewer)
    run = run_stages(with_fewer)
    made = operation(
        "create", "payments", "payments", natural_key="crm/deals/1", after={"party_ref": "B"}, reversibility="R1"
    )
    saved = kept(with_fewer, range(1001, 1003), (), "", made)
    with with_fewer.store.writing("a job"), opened_journal(with_fewer.store, saved.plan.plan_id) as journal:
        journal.note(*(step(one, "confirmed") for one in saved.plan.operations if one.target_id is not None))
        journal.note(replace(step(made, "confirmed"), record_id="P-1099"))

    found = job_inputs(with_fewer, run, "cleanup", "payments").record_counts
    back = plan_undo(with_fewer, saved.plan.plan_id)[1]
    with_fewer.close()

    assert found["payments"] == 57
    assert {one.target_id for one in back.plan.operations} == {"P-1001", "P-1002", "P-1099"}
    assert back.plan.summary["destructive"] == [{"object": "payments", "count": 1, "of": 57}]


def test_the_page_of_a_job_lists_two_hundred_that_were_not_done(ledger: Engagement) -> None:
    """With what became of each in words, and what is left to do."""
    saved = saved_plan(
        made_plan(
            "cleanup",
            engagement_id=ledger.store.engagement_id,
            target=Target("payments", "table"),
            snapshot_ids={},
            rules_hash="0" * 64,
            operations=map(moved, range(1001, 1252)),
            record_counts={"payments": 60},
        ),
        NOON,
        "0.1",
    )
    changes = saved.plan.operations
    steps = {one.op_id: step(one, "rejected") for one in changes[:200]} | {
        one.op_id: step(one, "conflict") for one in changes[200:250]
    }
    outcome = JobOutcome(steps, len(changes), "Stopped by a person.")

    page = write_job_page(ledger, saved, outcome, label="Payments", names={}).read_text("utf-8")

    assert page.count("refused by the system") >= 200
    assert page.count("left alone, since the record was changed by somebody else") == 1
    assert all(f"<h2>{one}</h2>" in page or f">{one}</h2>" in page for one in (
        "The job in numbers", "Hand work saved", "What became of the changes", "What was not done", "What to do now",
    ))  # fmt: skip
    assert len(not_done_rows(saved, outcome, {})) == 250
    assert (step_words("planned"), step_words("rejected")) == ("not begun", "refused by the system")
    said = job_steps(saved, outcome)
    assert not any("resume" in one or "undo" in one for one in said)
    done = JobOutcome({changes[0].op_id: step(changes[0], "confirmed")}, len(changes))
    assert any("integration-audit undo" in one for one in job_steps(saved, done))
    begun = JobOutcome({changes[0].op_id: step(changes[0], "intent")}, len(changes))
    assert any("integration-audit resume" in one for one in job_steps(saved, begun))


@pytest.mark.parametrize(
    ("minutes", "cells"),
    [
        ("6", ["6", "12"]),
        ("[2, 4.25, 8]", ["4.25 (2 to 8)", "8.5 (4 to 16)"]),
        ("[425.25, 499.75, 1500.5]", ["499.8 (425.2 to 1,500)", "999.5 (850.5 to 3,001)"]),
    ],
)
def test_the_page_of_a_job_says_the_minutes_of_one_item_and_of_all(
    ledger: Engagement, minutes: str, cells: list[str]
) -> None:
    """Small ones to four figures, large ones whole; with their span, where somebody gave one."""
    changes = [
        operation("update", "payments", "payments", target_id=f"P-{number}", before={"memo": None}, after={"memo": "x"})
        for number in (1001, 1002)
    ]
    saved = kept(ledger, range(0), (), "1" * 64, *changes)
    outcome = JobOutcome({one.op_id: step(one, "confirmed") for one in changes}, 2)
    said = f"rates.cleanup_minutes_per_mismatch={{value: {minutes}, evidence: interview, who: Dana}}"
    engagement = open_engagement(ledger.folder, overrides=[said])
    page = write_job_page(engagement, saved, outcome, label="Payments", names={}).read_text("utf-8")
    engagement.close()

    row = page[page.index("records corrected") :]
    found = [cell.partition("<")[0] for cell in row[: row.index("</tr>")].split("<td")[1:]]
    assert [cell.partition(">")[2] for cell in found] == ["2", *cells, "interview", "Dana"]


def test_reasons_why_changes_are_made_by_hand_are_told_the_most_frequent_first(ledger: Engagement) -> None:
    """And those that are as frequent in the order of their words."""
    gone = [
        operation("archive", "payments", "payments", target_id=f"P-{number}", before={"state": "active"},
                  after={"state": "archived"}, precondition=field_hash({"state": "active"}))
        for number in (1011, 1012, 1013)
    ]  # fmt: skip
    strange = [
        operation("update", "payments", "payments", target_id=target, before={"memo": None}, after={"memo": "x"})
        for target in ("P-1014", "P-1")
    ]
    # A plan is held against now: it is made of what a plan of now rests on.
    now = plan_job(ledger, "cleanup", "payments").saved.plan
    plan = made_plan(
        "cleanup",
        engagement_id=now.engagement_id,
        target=now.target,
        snapshot_ids=now.snapshot_ids,
        rules_hash=now.rules_hash,
        operations=[*gone, *strange],
        record_counts={"payments": 60},
    )
    with ledger.store.writing("a plan"):
        keep_plan(ledger.store, saved_plan(plan, datetime.now(UTC), "0.1"))

    notes = [note for note in apply_plan(ledger, plan.plan_id).notes if note.startswith("By hand")]

    counts = [int(note.removeprefix("By hand, ").split(" ")[0]) for note in notes]
    assert len(notes) > 1
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    assert sum(counts) == 5
