"""Jobs in a notebook: what is planned, and what is written as files or sent; the same as the commands do."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.planning import PlanMade, plan_job
from toolkit.audit.jobs.sending import plan_undo, send_plan
from toolkit.audit.jobs.sent_answer import sent_answer
from toolkit.audit.jobs.showing import reopened_plan
from toolkit.audit.jobs.stopped_by_hand import stopped_by_hand
from toolkit.audit.jobs.write_target import named_account
from toolkit.audit.jobs.writing import PlanFiles, plan_files
from toolkit.audit.progress import Progress
from toolkit.audit.verb_answers import frame_rows
from toolkit.audit.verb_result import MAX_ROWS, VerbResult
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

    @property
    def changes(self) -> VerbResult:
        """Each change, to be read: what stands there now and what would, and why."""
        head = ("record", "field", "now", "then", "why")
        rows = (
            tuple(tuple(str(row[one]) for one in head) for row in frame_rows(self.frame.head(MAX_ROWS)))
            if len(self.frame)
            else ()
        )
        return VerbResult(f"{counted(len(self.frame), 'value')} would change.", head, rows, self.frame, _more(self.frame))

    @property
    def undecided(self) -> VerbResult:
        """What is left out because the rules could not decide it, to be read."""
        import pandas as pd

        frame = pd.DataFrame(columns=["about", "records", "why"]) if self.left_out is None else self.left_out
        rows = tuple((row["about"], row["records"], row["why"]) for row in frame_rows(frame.head(MAX_ROWS)))
        return VerbResult(
            f"{counted(len(frame), 'thing')} left out.", ("about", "records", "why"), rows, frame, _more(frame)
        )


def _more(frame: "pd.DataFrame") -> tuple[str, ...]:
    left = len(frame) - MAX_ROWS
    return (f"… and {left:,} more; .frame has all of them.",) if left > 0 else ()


def plan_changes(engagement: Engagement, kind: str, system: str, *, progress: Progress | None = None) -> PlanAnswer:
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
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    UnknownNameError
        There is no such job, or no such system.
    """
    chosen = next((one for one in _KINDS if one == kind), None)
    if chosen is None:
        raise UnknownNameError("job", kind, _KINDS)
    with cell_work(progress) as told:
        return _answer(plan_job(engagement, chosen, system, told))


def shown_plan(engagement: Engagement, plan: str = "latest") -> PlanAnswer:
    """Return a plan that was made before; ``plan`` is the first letters of its id, or ``latest``."""
    return _answer(reopened_plan(engagement, plan))


def undo_plan(engagement: Engagement, plan: str = "latest") -> PlanAnswer:
    """Plan to take back what was sent of a plan; it is agreed to and sent like any other, and nothing is sent here.

    Parameters
    ----------
    engagement
        Whose plan it was.
    plan
        The first letters of its id, or ``latest``.

    Raises
    ------
    InputError
        Nothing of the plan was sent.
    """
    kept, _ = plan_undo(engagement, plan)
    return shown_plan(engagement, kept.plan_id)


def apply_plan(
    engagement: Engagement,
    plan: str,
    *,
    dry_run: bool = True,
    over_interface: bool = False,
    max_changes: int = 0,
    account: str = "",
    out: Path | str | None = None,
    progress: Progress | None = None,
) -> VerbResult:
    """Write an approved plan as files to import, or send it over the system's interface; or say what would be.

    ``frame``: rows by file; of what was sent, each change that ended otherwise than planned. What was sent is stopped by the
    stop button after the change that is on its way, and goes on when the same is asked for again.

    Parameters
    ----------
    engagement
        Whose plan it is.
    plan
        The first letters of its id, or ``latest``.
    dry_run
        Whether nothing is written or sent.
    over_interface
        Whether it is sent; without, files are written.
    max_changes
        A plan of more changes is refused; 0: any number, which is not enough to send it.
    account
        The name of the live account that is changed; a sandbox needs none.
    out
        Folder of the files; beside the engagement's reports without.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    PlanRefusedError
        Nobody agreed to the plan, it does not fit, it has too many changes, or nobody named the live account.
    InputError
        The system cannot be written to, as the settings stand; or the parameters do not go together.
    """
    if over_interface and out is not None:
        raise InputError("out is a folder for files, and over_interface=True writes none. Choose one.")
    if account and not over_interface:
        raise InputError("account goes with over_interface=True: files are written for any account.")
    _refuse_more(engagement, plan, max_changes, is_bound_needed=over_interface and not dry_run)
    if not over_interface:
        return _written_answer(plan_files(engagement, plan, is_dry_run=dry_run, out=None if out is None else Path(out)))
    with cell_work(progress) as told, stopped_by_hand() as is_stopped:
        sent = send_plan(
            engagement, plan, is_dry_run=dry_run, is_stopped=is_stopped, progress=told, confirm=named_account(account)
        )
    return sent_answer(sent, engagement.settings)


def _refuse_more(engagement: Engagement, plan: str, max_changes: int, *, is_bound_needed: bool) -> None:
    """Refuse a plan of more changes than somebody said there may be."""
    if max_changes < 0:
        raise InputError(f"max_changes is {max_changes}: it is a number of changes, or 0 for any number.")
    if not max_changes:
        if is_bound_needed:
            raise PlanRefusedError(
                "Nobody said how many changes may be sent, so nothing was. Name the number that was agreed to: max_changes."
            )
        return
    count = len(shown_plan(engagement, plan).frame["change"].unique())
    if count > max_changes:
        raise PlanRefusedError(
            f"The plan has {counted(count, 'change')}, and {max_changes:,} may be made. Nothing was written. Raise the "
            "limit, or plan fewer."
        )


def _written_answer(found: PlanFiles) -> VerbResult:
    import pandas as pd

    package = found.package
    total = counted(package.by_file + package.by_hand, "change")
    what = f"{total}: {package.by_file:,} in files to import, {package.by_hand:,} by hand"
    sentence = f"Written: {what}." if found.is_written else f"Nothing was written; it would be {what}."
    rows = tuple((name, f"{count:,}") for name, count in found.rows.items())
    reasons = sorted(package.reasons.items(), key=lambda one: (-one[1], one[0]))
    notes = [f"By hand, {count:,} ×: {reason}" for reason, count in reasons]
    read_me = found.folder / "READ-ME-FIRST.txt"
    step = "give the folder to whoever looks after the system; READ-ME-FIRST.txt says how."
    if not found.is_written:
        step = "approve_plan(here, plan, by=…), by whoever owns the system." if found.refusal else ""
        step = step or "apply_plan(here, plan, dry_run=False) writes the files."
    return VerbResult(
        sentence,
        ("file", "rows"),
        rows,
        pd.DataFrame({"file": [*found.rows], "rows": [*found.rows.values()]}),
        tuple(notes),
        gaps=(found.refusal,) if found.refusal else (),
        next_step=step,
        files=(read_me,) if found.is_written else (),
    )


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
    count = len(plan.left_out)
    return PlanAnswer(
        plan_sentence(plan, made.label),
        head,
        rows,
        frame,
        tuple(notes),
        gaps=(f"{counted(count, 'thing')} could not be decided and {'is' if count == 1 else 'are'} left out.",)
        if count
        else (),
        next_step="read it with whoever owns the system, then approve_plan(here, planned.plan_id, by=…)."
        if plan.operations
        else "",
        plan_id=plan.plan_id,
        left_out=left_out,
    )


def _records(made: PlanMade, keys: tuple[str, ...]) -> str:
    return ", ".join(made.names.get(key, key) for key in keys)
