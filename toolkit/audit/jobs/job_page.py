"""The page of a job: what was planned, what was done, what was not and why, and what to do about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.apply.running import JobOutcome
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.hand_minutes import HandWork, hand_sentence, hand_work
from toolkit.changes import Plan, SavedPlan
from toolkit.changes.steps import DONE, OPEN, STEP_WORDS, JournalEntry, Step
from toolkit.report.blocks import Block, Bullets, Cover, Heading, Note, Paragraph, Table
from toolkit.report.page import write_page
from toolkit.report.plan_words import ACTION_WORDS, operation_words, stream_words
from toolkit.values.counted import counted

_SHOWN = 200
_WORK_HEAD = ("Item", "Items", "Minutes each", "Minutes", "Evidence", "Who says so")
_DEAD: tuple[Step, ...] = ("rejected", "needs_human")


def write_job_page(
    engagement: Engagement, saved: SavedPlan, outcome: JobOutcome, *, label: str, names: Mapping[str, str]
) -> Path:
    """Write the page.

    Parameters
    ----------
    engagement
        Where it is written.
    saved
        The plan that was carried out.
    outcome
        How it ended.
    label
        What the client calls the system.
    names
        What each record is called, by record_key.
    """
    plan = saved.plan
    path = engagement.folder / "reports" / f"job-{plan.kind}-{plan.target.system}-{plan.plan_id[:12]}.html"
    first = job_sentence(outcome, label)
    counts = tuple((step_words(step), f"{count:,}") for step, count in outcome.counts.items())
    work = hand_work(plan, outcome.steps, engagement.settings)
    blocks: list[Block] = [
        Cover(f"Job on {label}", first, (f"plan {plan.plan_id[:12]}",)),
        Paragraph((first,), is_lead=True),
        *([Note((outcome.stopped,), "caution")] if outcome.stopped else []),
        Heading("The job in numbers", 2),
        Table(("Changes", "Count"), job_rows(plan, outcome)),
        Heading("Hand work saved", 2),
        Paragraph((hand_sentence(work),)),
        *(
            [Table(("Item", "Items", "Minutes each", "Minutes", "Evidence", "Who says so"), _work_rows(work))]
            if work
            else []
        ),
        Heading("What became of the changes", 2),
        Table(("Changes", "Count"), (*counts, ("planned in all", f"{outcome.planned:,}"))),
        Heading("What was not done", 2),
        Table(
            ("Record", "Kind", "Change", "What became of it", "Why"),
            not_done_rows(saved, outcome, names)[:_SHOWN],
            "Changes that ended otherwise than planned",
        ),
        Heading("What to do now", 2),
        Bullets(tuple((one,) for one in job_steps(saved, outcome))),
    ]
    return write_page(path, blocks, title=f"Job on {label}", country=engagement.settings.country)


def job_sentence(outcome: JobOutcome, label: str) -> str:
    """Return how a job ended, in one sentence.

    Parameters
    ----------
    outcome
        How it ended.
    label
        What the client calls the system.
    """
    done = sum(one.state in DONE for one in outcome.steps.values())
    first = f"{done:,} of {counted(outcome.planned, 'change')} to {label} done"
    return f"{first}." if outcome.is_whole else f"{first}; {outcome.planned - done:,} not."


def job_rows(plan: Plan, outcome: JobOutcome) -> tuple[tuple[str, str], ...]:
    """Return the job in numbers: planned, done, conflicts, dead letters, undone, and what is left for a person.

    Parameters
    ----------
    plan
        What was carried out.
    outcome
        How it ended.
    """
    states = Counter(one.state for one in outcome.steps.values())
    refused = sum(states[one] for one in _DEAD)
    by_hand = refused + states["conflict"] + states["held_back"] + states["differs"]
    rows = (
        ("planned", outcome.planned),
        ("done", sum(states[one] for one in DONE)),
        ("conflicts: left alone, since somebody else changed the record", states["conflict"]),
        ("dead letters: refused, or nobody can tell", refused),
        ("undone", states["undone"]),
        ("not begun, or not ended", outcome.planned - sum(states[one] for one in states.keys() - OPEN)),
        ("still to do by hand", by_hand),
        ("cases that the rules left to a person", len(plan.left_out)),
    )
    return tuple((words, f"{count:,}") for words, count in rows)


def _work_rows(work: Sequence[HandWork]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            one.what,
            f"{one.items:,}",
            "nobody said" if one.minutes is None else _span(one.minutes),
            "" if one.saved is None else _span(one.saved),
            "" if one.minutes is None else one.evidence,
            one.who,
        )
        for one in work
    )


def _span(minutes: tuple[float, float, float]) -> str:
    low, likely, high = (f"{one:,.4g}" if one < 1000 else f"{one:,.0f}" for one in minutes)
    return likely if low == high else f"{likely} ({low} to {high})"


def step_words(step: str) -> str:
    """Return what became of a change, in words."""
    return next((words for name, words in STEP_WORDS.items() if name == step), "not begun")


def not_done_rows(saved: SavedPlan, outcome: JobOutcome, names: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each change that ended otherwise than planned: record, kind, change, what became of it, why.

    Parameters
    ----------
    saved
        The plan.
    outcome
        How it ended.
    names
        What each record is called, by record_key.
    """
    found = []
    for one in saved.plan.operations:
        entry: JournalEntry | None = outcome.steps.get(one.op_id)
        # What was taken back had been done, and is counted above.
        if entry is None or entry.state in DONE or entry.state == "undone":
            continue
        words = operation_words(saved.plan, one, names)
        found.append(
            (words, stream_words(one.stream), ACTION_WORDS[one.action], step_words(entry.state), entry.reason or "")
        )
    return tuple(found)


def said_beforehand(saved: SavedPlan, outcome: JobOutcome, names: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each change of a rehearsal of which something is to be said: what the system says of it, or why not.

    Parameters
    ----------
    saved
        The plan.
    outcome
        Of the rehearsal.
    names
        What each record is called, by record_key.
    """
    return tuple(
        (record, kind, change, "would be done" if becomes == step_words("not_applied") else becomes, why)
        for record, kind, change, becomes, why in not_done_rows(saved, outcome, names)
        if why
    )


def job_steps(saved: SavedPlan, outcome: JobOutcome, folder: str = "") -> tuple[str, ...]:
    """Return what to do after a job, in the order in which it is done.

    Parameters
    ----------
    saved
        The plan.
    outcome
        How it ended.
    folder
        The engagement's folder as the commands name it; without, they are typed in it.
    """
    name = f"{saved.plan.plan_id[:12]} {folder}".rstrip()
    states = {one.state for one in outcome.steps.values()}
    steps = []
    if outcome.is_paused or states & OPEN:
        steps.append(f"Go on where it stopped: integration-audit resume {name}")
    if "conflict" in states or "held_back" in states:
        steps.append("Records that others changed: pull the system anew, then plan again.")
    if states & {"rejected", "needs_human"}:
        steps.append(f"Look at what was refused, mend it in the system, then: integration-audit replay {name}")
    if "differs" in states:
        steps.append("Records that hold something else than was sent: look at them in the system.")
    if saved.plan.kind != "undo" and any(one.state in DONE for one in outcome.steps.values()):
        steps.append(f"Take it back: integration-audit undo {name}")
    return (*steps, "See every step: integration-audit journal " + name)
