"""Looking at plans: all of them in a list, one again, two side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.how_far import done_words
from toolkit.audit.jobs.inputs import job_inputs
from toolkit.audit.jobs.planning import PlanMade, documented_plan, plan_names
from toolkit.audit.runs import run_stages
from toolkit.changes import Operation, Plan, plan_difference
from toolkit.errors import InputError
from toolkit.report.plan_words import ACTION_WORDS, operation_words, stream_words, value_words
from toolkit.store.journal import step_counts
from toolkit.store.plans import approval_of, is_plan_whole, kept_plan, kept_plans, opened_plan
from toolkit.values.counted import counted

WRITTEN = "plan_files"
"""What the audit log calls that a plan's files were written."""
_MINUTES = "%Y-%m-%d %H:%M"
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ComparedPlans:
    """How two plans differ: for machines, and as lines."""

    facts: Mapping[str, Any]
    lines: Sequence[str]


def listed_plans(engagement: Engagement) -> list[dict[str, str]]:
    """Return every plan of an engagement, the newest last, as texts to be read."""
    written = {one["plan_id"]: one["at"] for one in engagement.store.logged(WRITTEN)}
    counts = step_counts(engagement.store)
    rows = []
    for one in kept_plans(engagement.store):
        approval = approval_of(engagement.store, one)
        rows.append(
            {
                "plan": one.name,
                "job": one.kind,
                "system": one.system,
                # One change of a record may take several steps, and it is these that a job counts.
                "steps": f"{one.changes:,}",
                "made": f"{one.made_at:{_MINUTES}}",
                "good until": f"{one.expires_at:{_MINUTES}}",
                "agreed to by": "" if approval is None else f"{approval.approver}, {approval.at:{_MINUTES}}",
                "written": written.get(one.plan_id, ""),
                "done": done_words(counts.get(one.plan_id), one.changes),
                "file": "" if is_plan_whole(engagement.store, one) else "changed or gone: plan again",
            }
        )
    return rows


def nothing_sent(engagement: Engagement, name: str) -> str:
    """Return what became of a plan that has no step: whether its files were written, when and where.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    """
    kept = kept_plan(engagement.store, name)
    first = f"Nothing of plan {kept.name} was sent over an interface, so no step of it was noted."
    written = [one for one in engagement.store.logged(WRITTEN) if one["plan_id"] == kept.plan_id]
    if not written:
        return f"{first} No files of it were written, either."
    newest = written[-1]
    # Earlier versions did not note where.
    where = f" in {engagement.folder / newest['folder']}" if "folder" in newest else ""
    return (
        f"{first} Its files were written on {newest['at']} UTC{where}. What was imported of them is seen when the system is "
        "pulled again."
    )


def reopened_plan(engagement: Engagement, name: str) -> PlanMade:
    """Return a plan that was made before, with its page and workbook written anew.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    """
    kept = kept_plan(engagement.store, name)
    plan = opened_plan(engagement.store, kept).plan
    run = run_stages(engagement)
    return documented_plan(engagement, run, kept, job_inputs(engagement, run, plan.kind, plan.target.system))


def compared_plans(engagement: Engagement, older: str, newer: str) -> ComparedPlans:
    """Return how two plans for one system differ.

    Parameters
    ----------
    engagement
        Whose plans they are.
    older, newer
        The first letters of their ids, or ``latest``.

    Raises
    ------
    InputError
        They are for two systems, or of two kinds.
    """
    one, other = (opened_plan(engagement.store, kept_plan(engagement.store, name)).plan for name in (older, newer))
    if (one.kind, one.target.system) != (other.kind, other.target.system):
        raise InputError(
            f"Plan {one.plan_id[:12]} is a {one.kind} of {one.target.system}, plan {other.plan_id[:12]} a {other.kind} of "
            f"{other.target.system}. Only plans of one job for one system can be compared."
        )
    found = plan_difference(one, other)
    run = run_stages(engagement)
    names = {**plan_names(engagement, run, one), **plan_names(engagement, run, other)}
    facts = {
        "older": one.plan_id,
        "newer": other.plan_id,
        "added": [change.op_id for change in found.added],
        "dropped": [change.op_id for change in found.dropped],
        "changed": [[before.op_id, after.op_id] for before, after in found.changed],
    }
    if found.is_empty:
        return ComparedPlans(facts, ["Both plans do the same."])
    lines = [
        f"{counted(len(found.added), 'change')} new, {len(found.dropped):,} gone, {len(found.changed):,} different.",
        *_listed("new", other, found.added, names),
        *_listed("gone", one, found.dropped, names),
    ]
    for before, after in found.changed[:_SHOWN]:
        lines += [f"different: {_what(other, after, names)}", *_fields("  was", before), *_fields("  is", after)]
    return ComparedPlans(facts, lines)


def _listed(word: str, plan: Plan, changes: Sequence[Operation], names: Mapping[str, str]) -> list[str]:
    shown = [f"{word}: {_what(plan, one, names)}" for one in changes[:_SHOWN]]
    more = len(changes) - len(shown)
    return [*shown, *([f"{word}: {counted(more, 'more change')}"] if more > 0 else [])]


def _what(plan: Plan, one: Operation, names: Mapping[str, str]) -> str:
    return f"{stream_words(one.stream)} {operation_words(plan, one, names)} {ACTION_WORDS[one.action]}"


def _fields(word: str, one: Operation) -> list[str]:
    currency = one.after.get("currency")
    return [f"{word} {column}: {value_words(column, value, currency)}" for column, value in one.after.items()]
