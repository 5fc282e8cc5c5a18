"""``resume``, ``replay``, ``undo`` and ``journal``: a job goes on, is mended, is taken back, is looked into."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.confirming import confirming
from toolkit.cli.output import AsJson, columns, progress_bar, quoted, show, typed
from toolkit.cli.plan_argument import Plan
from toolkit.errors import ChangeError

if TYPE_CHECKING:
    from toolkit.audit.jobs.hand_minutes import HandWork
    from toolkit.audit.jobs.sending import SentJob

Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]
Account = Annotated[
    str, typer.Option(metavar="NAME", help="Name the live account that is changed; asked for at a terminal.")
]
_SHOWN = 20


def resume(plan: Plan = "latest", folder: Folder = Path(), account: Account = "", as_json: AsJson = False) -> None:
    """Go on with a job that was stopped, from where it was."""
    send(plan, folder, is_dry_run=False, account=account, as_json=as_json)


def replay(plan: Plan = "latest", folder: Folder = Path(), account: Account = "", as_json: AsJson = False) -> None:
    """Try again what the system refused, after it was mended there."""
    send(plan, folder, is_dry_run=False, again=True, account=account, as_json=as_json)


def undo(plan: Plan = "latest", folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Plan to take a job back; it is agreed to and sent like any other plan."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.agreeing import approve_command
    from toolkit.audit.jobs.planning import system_label
    from toolkit.audit.jobs.sending import plan_undo
    from toolkit.plan.undo import IN_PART
    from toolkit.report.plan_words import left_out_rows, plan_sentence

    engagement = existing_engagement(folder)
    kept, saved = plan_undo(engagement, plan)
    out = saved.plan.left_out
    in_part = sum(one.subject == IN_PART for one in out)
    facts = {"plan": kept.plan_id, "changes": kept.changes, "left_out": len(out) - in_part, "in_part": in_part}
    here = f" {typed(folder)}".rstrip()
    lines = [
        plan_sentence(saved.plan, system_label(engagement, kept.system)),
        *(f"  {count:,} × {subject}: {reason}" for subject, reason, count in left_out_rows(saved.plan)),
        f"Next: {approve_command(saved.plan, typed(folder))}",
        f"Next: integration-audit apply {kept.name}{here} --send --yes",
    ]
    show(facts, lines, as_json=as_json)


def journal(
    plan: Plan = "latest",
    folder: Folder = Path(),
    word: Annotated[str, typer.Option("--find", metavar="WORD", help="Only steps that hold this word.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show every step of a job: when, which change, which record, what the system said."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.sending import searched_journal
    from toolkit.audit.jobs.showing import nothing_sent

    engagement = existing_engagement(folder)
    steps = searched_journal(engagement, plan, word)
    rows = [
        [f"{one.at:%Y-%m-%d %H:%M:%S}", one.op_id, one.state, one.record_id or "", str(one.attempt), one.reason or ""]
        for one in steps
    ]
    facts = [
        {"at": one.at, "op_id": one.op_id, "state": one.state, "attempt": one.attempt, "record_id": one.record_id,
         "status": one.status, "request_id": one.request_id, "version": one.version, "reason": one.reason}
        for one in steps
    ]  # fmt: skip
    head = ["when", "change", "step", "record", "attempt", "what was said"]
    if rows:
        lines = columns([head, *rows])
    else:
        lines = [f"No step of this plan holds {word!r}." if word else nothing_sent(engagement, plan)]
    show(facts, lines, as_json=as_json)


def send(
    plan: str,
    folder: Path,
    *,
    is_dry_run: bool,
    again: bool = False,
    limit: int | None = None,
    account: str = "",
    as_json: bool,
) -> None:
    """Carry out a plan over the system's interface, or rehearse it; say how it ended, and end with its code.

    Parameters
    ----------
    plan, folder
        As they were typed.
    is_dry_run
        Whether everything is done but the sending.
    again
        Whether what was refused is tried again.
    limit
        How many changes are begun at most; null: all.
    account
        The name of the live account that is meant; at a terminal it is asked for.
    as_json
        Whether a machine reads what is said.
    """
    from toolkit.apply.running import JobLimits
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.hand_minutes import hand_work
    from toolkit.audit.jobs.sending import send_plan
    from toolkit.audit.jobs.stopped_by_hand import stopped_by_hand

    engagement = existing_engagement(folder)
    with progress_bar(as_json=as_json) as progress, stopped_by_hand() as is_stopped:
        found = send_plan(
            engagement,
            plan,
            is_dry_run=is_dry_run,
            limits=JobLimits(max_changes=limit),
            again=again,
            is_stopped=is_stopped,
            progress=progress,
            confirm=confirming(account, progress, as_json=as_json),
        )
    work = [] if is_dry_run else hand_work(found.saved.plan, found.outcome.steps, engagement.settings)
    show(_facts(found, work), _lines(found, folder, work), as_json=as_json)
    if is_dry_run:
        return
    if found.outcome.is_paused:
        raise typer.Exit(INCOMPLETE)
    if not found.outcome.is_whole:
        raise typer.Exit(ChangeError.exit_code)


def _facts(found: "SentJob", work: "list[HandWork]") -> dict[str, Any]:
    from toolkit.audit.jobs.job_page import said_beforehand

    return {
        "plan": found.saved.plan.plan_id,
        "is_dry_run": found.is_dry_run,
        "planned": found.outcome.planned,
        "counts": found.outcome.counts,
        "stopped": found.outcome.stopped,
        "is_paused": found.outcome.is_paused,
        "refusal": found.refusal,
        "said_beforehand": [
            {"record": record, "change": change, "becomes": becomes, "why": why}
            for record, _, change, becomes, why in (
                said_beforehand(found.saved, found.outcome, found.names) if found.is_dry_run else ()
            )
        ],
        "hand_work": [
            {"item": one.what, "items": one.items, "minutes": one.saved, "evidence": one.evidence if one.saved else None}
            for one in work
        ],
        "page": None if found.page is None else str(found.page),
    }


def _lines(found: "SentJob", folder: Path, work: "list[HandWork]") -> list[str]:
    from toolkit.audit.jobs.hand_minutes import hand_sentence
    from toolkit.audit.jobs.job_page import job_sentence, job_steps, not_done_rows, said_beforehand, step_words

    outcome = found.outcome
    counts = columns([[step_words(step), f"{count:,}"] for step, count in outcome.counts.items()], right=[1])
    if found.is_dry_run:
        step = f"integration-audit apply {found.saved.plan.plan_id[:12]} {typed(folder)}".rstrip()
        live = found.target if found.target is not None and found.target.is_live else None
        named = "" if live is None else f" --account {quoted(live.account)}"
        where = found.label if found.target is None else f"{found.label} ({found.target.account_words()})"
        said = said_beforehand(found.saved, outcome, found.names)
        return [
            f"Nothing was sent. Each record was read in {where} and compared with the plan:",
            *("  " + line.replace("not done yet", "would be done") for line in counts),
            *columns(
                [["record", "kind", "change", "what would become of it", "why"], *map(list, said[:_SHOWN])] if said else []
            ),
            *([f"And {len(said) - _SHOWN:,} more; --json has them all."] if len(said) > _SHOWN else []),
            *([outcome.stopped] if outcome.stopped else []),
            *([found.refusal] if found.refusal else [f"Next: {step} --send --yes{named}"]),
        ]
    rows = not_done_rows(found.saved, outcome, found.names)
    return [
        job_sentence(outcome, found.label),
        *([outcome.stopped] if outcome.stopped else []),
        *("  " + line for line in counts),
        *columns([["record", "kind", "change", "what became of it", "why"], *map(list, rows[:_SHOWN])] if rows else []),
        *([hand_sentence(work)] if work else []),
        *([f"Written: {found.page}"] if found.page is not None else []),
        *(f"Next: {step}" for step in job_steps(found.saved, outcome, typed(folder))),
    ]


COMMANDS = (resume, replay, undo, journal)
