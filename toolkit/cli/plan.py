"""``plan cleanup``, ``sync``, ``list``, ``show``, ``diff`` and ``approve``: what would be changed, and who agreed to it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, columns, progress_bar, show, typed
from toolkit.cli.plan_argument import Plan, named_plan
from toolkit.errors import InputError
from toolkit.values.counted import counted

if TYPE_CHECKING:
    from toolkit.audit.jobs.planning import PlanMade
    from toolkit.changes import JobKind
    from toolkit.changes import Plan as MadePlan

GROUP = typer.Typer(name="plan", help="Plan changes to a system, look at them, and agree to them. Nothing is changed by it.")

System = Annotated[str, typer.Argument(metavar="SYSTEM", help="The system that is to be changed, by the client's name.")]
Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]
_SHOWN_CHANGES = 12


@GROUP.command("cleanup")
def cleanup(system: System, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Plan a cleanup: duplicates merged, values written alike, gaps filled, by the rules of engagement.yaml."""
    _plan("cleanup", system, folder, as_json=as_json)


@GROUP.command("sync")
def sync(system: System, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Plan to bring a system up to date: what is missing is created, what is stale follows its source of truth."""
    _plan("sync", system, folder, as_json=as_json)


@GROUP.command("list")
def list_(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """List the plans of an engagement, the newest last, with who agreed to them."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.showing import listed_plans

    rows = listed_plans(existing_engagement(folder))
    names = ["plan", "job", "system", "steps", "made", "good until", "agreed to by", "written"]
    names += ["done"] if any(row["done"] for row in rows) else []
    names += ["file"] if any(row["file"] for row in rows) else []
    lines = (
        columns([names, *([row[name] for name in names] for row in rows)], right=[3]) if rows else ["There is no plan yet."]
    )
    show({"plans": rows}, lines, as_json=as_json)


@GROUP.command("show")
def show_(plan: Plan = "latest", folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Show what a plan does, in numbers and examples; the whole of it stands in its page and workbook."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.showing import reopened_plan

    made = reopened_plan(existing_engagement(folder), plan)
    show(_facts(made), _lines(made, folder), as_json=as_json)


@GROUP.command("diff")
def diff(
    older: Annotated[str, typer.Argument(metavar="OLDER", help="The first letters of a plan's id.", callback=named_plan)],
    newer: Annotated[
        str, typer.Argument(metavar="NEWER", help="The first letters of another's, or 'latest'.", callback=named_plan)
    ] = "latest",
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show how two plans for one system differ."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.showing import compared_plans

    found = compared_plans(existing_engagement(folder), older, newer)
    show(found.facts, found.lines, as_json=as_json)


@GROUP.command("approve")
def approve(
    plan: Plan,
    folder: Folder = Path(),
    by: Annotated[str, typer.Option(metavar="NAME", help="Who agrees.")] = "",
    ceilings: Annotated[
        list[str] | None,
        typer.Option("--ceiling", metavar="OBJECT=N", help="Up to N records of this kind may be taken away."),
    ] = None,
    accepted: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="CLASS", help="R2 or R3: agree to changes that cannot be taken back exactly."),
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark, kept with the approval.")] = "",
    as_json: AsJson = False,
) -> None:
    """Agree to a plan, up to a number of records that may be taken away."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.approving import approve_plan
    from toolkit.audit.jobs.planning import apply_steps
    from toolkit.audit.jobs.written_streams import is_sendable
    from toolkit.store.plans import kept_plan, opened_plan

    engagement = existing_engagement(folder)
    approval = approve_plan(engagement, plan, by, ceilings=_ceilings(ceilings or ()), accepted=accepted or (), note=note)
    name = approval.plan_id[:12]
    facts = {"plan": approval.plan_id, "approver": approval.approver, "at": approval.at, "ceilings": dict(approval.ceilings)}
    saved = opened_plan(engagement.store, kept_plan(engagement.store, approval.plan_id))
    steps = apply_steps(name, f" {typed(folder)}".rstrip(), is_sendable=is_sendable(engagement, saved.plan))
    lines = [f"{approval.approver} agreed to plan {name}.", *(f"Next: {step}" for step in steps)]
    show(facts, lines, as_json=as_json)


def _ceilings(given: "list[str] | tuple[str, ...]") -> dict[str, int]:
    found = {}
    for one in given:
        name, equals, number = one.partition("=")
        if not equals or not number.strip().isdecimal():
            raise InputError(f"--ceiling {one}: write the kind of object and a number, such as --ceiling companies=40.")
        found[name.strip()] = int(number)
    return found


def _plan(kind: "JobKind", system: str, folder: Path, *, as_json: bool) -> None:
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.planning import plan_job

    engagement = existing_engagement(folder)
    with progress_bar(as_json=as_json) as progress:
        made = plan_job(engagement, kind, system, progress)
    show(_facts(made), _lines(made, folder), as_json=as_json)
    if made.incomplete:
        raise typer.Exit(INCOMPLETE)


def _facts(made: "PlanMade") -> dict[str, Any]:
    plan = made.saved.plan
    return {
        "plan": plan.plan_id,
        "kind": plan.kind,
        "system": plan.target.system,
        "changes": len(plan.operations),
        "summary": plan.summary,
        "left_out": len(plan.left_out),
        "withheld": {one.stream: one.count for one in made.withheld},
        "incomplete": dict(made.incomplete),
        "expires_at": made.saved.envelope.expires_at,
        "files": [str(path) for path in made.paths],
    }


def _lines(made: "PlanMade", folder: Path) -> list[str]:
    from toolkit.report.plan_examples import EXAMPLE_HEAD, example_rows
    from toolkit.report.plan_words import (
        back_sentences,
        change_rows,
        excess_sentence,
        left_out_rows,
        lost_sentences,
        plan_sentence,
    )

    plan = made.saved.plan
    streams = [f"{plan.target.system}/{stream} was not read to its end: {why}" for stream, why in made.incomplete.items()]
    rows = change_rows(plan, made.names)
    shown = example_rows(plan, rows, _SHOWN_CHANGES)
    more = len(rows) - len(shown)
    out = left_out_rows(plan)
    return [
        plan_sentence(plan, made.label),
        *streams,
        *map(excess_sentence, made.withheld),
        *([f"How far it can be taken back: {' '.join(back_sentences(plan))}"] if plan.operations else []),
        *(f"  {_plain(one)}" for one in lost_sentences(plan)),
        *columns([EXAMPLE_HEAD, *([_short(cell) for cell in row] for row in shown)] if shown else []),
        *([f"… and {counted(more, 'more line')} in the workbook."] if more > 0 else []),
        *([_left_out_words(plan)] if out else []),
        *(f"  {count:,} × {subject}: {reason}" for subject, reason, count in out[:_SHOWN_CHANGES]),
        *(f"Written: {path}" for path in made.paths),
        *(f"Next: {step}" for step in _next_steps(made, folder)),
    ]


def _left_out_words(plan: "MadePlan") -> str:
    if plan.kind == "undo":
        return f"{counted(len(plan.left_out), 'change')} of the job that cannot be taken back, or in part only:"
    return f"{counted(len(plan.left_out), 'case')} left out:"


def _next_steps(made: "PlanMade", folder: Path) -> tuple[str, ...]:
    from toolkit.audit.jobs.planning import next_steps

    return next_steps(made.saved.plan, typed(folder), is_sendable=made.is_sendable)


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
