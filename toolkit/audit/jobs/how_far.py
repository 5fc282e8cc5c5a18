"""How far the jobs of an engagement are: what their journals say, beside what was planned."""

from collections.abc import Mapping
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.changes.steps import DONE, OPEN
from toolkit.report.systems import system_labels
from toolkit.store.journal import StepCounts, step_counts
from toolkit.store.plans import kept_plans


def done_words(counts: StepCounts | None, changes: int) -> str:
    """Return how far a job is, as a cell of a table; empty for one that was never begun.

    Parameters
    ----------
    counts
        How many of its changes are at each step.
    changes
        How many the plan has.

    Examples
    --------
    >>> done_words(StepCounts({"confirmed": 105, "intent": 1}, 211), 846)
    '105 of 846'
    >>> done_words(StepCounts({"undone": 9}, 20), 9)
    '0 of 9, 9 taken back'
    """
    if counts is None:
        return ""
    undone = counts.by_state.get("undone", 0)
    return f"{_sum(counts.by_state, DONE):,} of {changes:,}" + (f", {undone:,} taken back" if undone else "")


def unfinished_jobs(engagement: Engagement) -> list[dict[str, Any]]:
    """Return every job that was begun and did not come to its end, the oldest plan first.

    One that was taken back is none, and one that a later job of its kind on the same system came after is one only as long
    as nobody knows what became of a change.
    """
    counts = step_counts(engagement.store)
    begun = [(one, counts[one.plan_id]) for one in kept_plans(engagement.store) if one.plan_id in counts]
    newest = {(one.kind, one.system): one for one, held in sorted(begun, key=lambda both: both[1].newest)}
    found = []
    for one, held in begun:
        is_unknown = _sum(held.by_state, OPEN) > 0
        is_left = sum(held.by_state.values()) < one.changes and newest[one.kind, one.system] is one
        if is_unknown or (is_left and "undone" not in held.by_state):
            found.append(
                {
                    "plan": one.plan_id,
                    "kind": one.kind,
                    "system": one.system,
                    "label": _label(engagement, one.system),
                    "done": _sum(held.by_state, DONE),
                    "changes": one.changes,
                }
            )
    return found


def _sum(by_state: Mapping[str, int], states: frozenset[Any]) -> int:
    return sum(count for state, count in by_state.items() if state in states)


def _label(engagement: Engagement, system: str) -> str:
    """Return what the client calls a system, also one of which no snapshot is held any more."""
    connectors = {row["system"]: row["connector"] for row in engagement.store.snapshots().to_pylist()}
    given = {name: one.label for name, one in engagement.settings.systems.items()}
    return system_labels(connectors, given).get(system, system)
