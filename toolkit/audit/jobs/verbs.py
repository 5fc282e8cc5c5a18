"""Jobs in a notebook: what is planned, and which files that gives; the same as the commands do."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.planning import PlanMade, plan_job
from toolkit.audit.jobs.showing import reopened_plan
from toolkit.audit.jobs.writing import plan_files
from toolkit.audit.progress import Progress, silent
from toolkit.audit.verb_result import VerbResult
from toolkit.changes import JobKind
from toolkit.changes.summary import summary_rows
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError
from toolkit.report.plan_words import (
    ACTION_WORDS,
    back_words,
    change_rows,
    excess_sentence,
    left_out_rows,
    plan_sentence,
    stream_words,
)
from toolkit.values.counted import counted

if TYPE_CHECKING:
    import pandas as pd

_KINDS: tuple[JobKind, ...] = ("cleanup", "sync")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PlanAnswer(VerbResult):
    """A plan to be read: its id beside the table; ``left_out`` is what the rules could not decide."""

    plan_id: str = ""
    left_out: "pd.DataFrame | None" = None


def plan_changes(engagement: Engagement, kind: str, system: str, *, progress: Progress = silent) -> PlanAnswer:
    """Plan a ``cleanup`` of a system, or a ``sync``; nothing is changed.

    ``frame``: every change, a row for each field; ``left_out``: what was not decided; ``plan_id`` names it.

    Parameters
    ----------
    engagement
        With snapshots.
    kind
        ``cleanup`` or ``sync``.
    system
        The client's name of the system that is to be changed.
    progress
        What long work reports to.

    Raises
    ------
    UnknownNameError
        There is no such job, or no such system.
    """
    chosen = next((one for one in _KINDS if one == kind), None)
    if chosen is None:
        raise UnknownNameError("job", kind, _KINDS)
    return _answer(plan_job(engagement, chosen, system, progress))


def shown_plan(engagement: Engagement, plan: str = "latest") -> PlanAnswer:
    """Return a plan that was made before; ``plan`` is the first letters of its id, or ``latest``."""
    return _answer(reopened_plan(engagement, plan))


def apply_plan(
    engagement: Engagement, plan: str, *, dry_run: bool = True, max_changes: int = 0, out: Path | str | None = None
) -> VerbResult:
    """Write an approved plan as files to import, or say what would be written.

    ``frame``: rows by file.

    Parameters
    ----------
    engagement
        Whose plan it is.
    plan
        The first letters of its id, or ``latest``.
    dry_run
        Whether nothing is written.
    max_changes
        A plan of more changes is refused; 0: any number.
    out
        Folder of the files; beside the engagement's reports without.

    Raises
    ------
    PlanRefusedError
        Nobody agreed to the plan, it does not fit, or it has too many changes; nothing was written.
    """
    import pandas as pd

    if max_changes < 0:
        raise InputError(f"max_changes is {max_changes}: it is a number of changes, or 0 for any number.")
    if max_changes:
        count = len(shown_plan(engagement, plan).frame["change"].unique())
        if count > max_changes:
            raise PlanRefusedError(
                f"The plan has {counted(count, 'change')}, and {max_changes:,} may be made. Nothing was written. Raise the "
                "limit, or plan fewer."
            )
    found = plan_files(engagement, plan, is_dry_run=dry_run, out=None if out is None else Path(out))
    package = found.package
    total = counted(package.by_file + package.by_hand, "change")
    what = f"{total}: {package.by_file:,} in files to import, {package.by_hand:,} by hand"
    sentence = f"Written: {what}." if found.is_written else f"Nothing was written; it would be {what}."
    rows = tuple((name, f"{count:,}") for name, count in found.rows.items())
    reasons = sorted(package.reasons.items(), key=lambda one: (-one[1], one[0]))
    notes = [f"By hand, {count:,} ×: {reason}" for reason, count in reasons]
    notes += [found.refusal] if found.refusal else []
    notes += [f"In {found.folder}: READ-ME-FIRST.txt says how."] if found.is_written else []
    frame = pd.DataFrame({"file": [*found.rows], "rows": [*found.rows.values()]})
    return VerbResult(sentence, ("file", "rows"), rows, frame, tuple(notes))


def _answer(made: PlanMade) -> PlanAnswer:
    import pandas as pd

    plan = made.saved.plan
    rows = tuple(
        (stream_words(one.stream), ACTION_WORDS[one.action], f"{one.count:,}", back_words(one.action, one.reversibility))
        for one in summary_rows(plan.summary)
    )
    notes = [excess_sentence(one) for one in made.withheld]
    notes += [f"Left out, {count:,} ×: {subject}: {reason}" for subject, reason, count in left_out_rows(plan)[:5]]
    notes.append(f"Plan {made.kept.name}, good until {made.kept.expires_at:%Y-%m-%d %H:%M} UTC.")
    left_out = pd.DataFrame(
        [{"about": one.subject, "records": _records(made, one.record_keys), "why": one.reason} for one in plan.left_out],
        columns=["about", "records", "why"],
    )
    head = ("what", "happens", "changes", "afterwards")
    frame = pd.DataFrame(change_rows(plan, made.names))
    return PlanAnswer(plan_sentence(plan, made.label), head, rows, frame, tuple(notes), plan.plan_id, left_out)


def _records(made: PlanMade, keys: tuple[str, ...]) -> str:
    return ", ".join(made.names.get(key, key) for key in keys)
