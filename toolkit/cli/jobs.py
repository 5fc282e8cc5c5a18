"""``jobs run``, ``check``, ``overdue``, ``list`` and ``notebook``: what a scheduler runs without a person."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, failed, show
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.audit.unattended.list_run import ListRun
    from toolkit.audit.unattended.preview import Preview
    from toolkit.settings.job_list import JobList

GROUP = typer.Typer(name="jobs", help="Run a list of jobs for a scheduler, and tell people when something goes wrong.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="A list of jobs (YAML).")]
Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


@GROUP.command("run")
def run(
    file: File,
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be run.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a list of jobs: each step by itself, with a record, one exit code, and alerts. Nothing is agreed to by it."""
    jobs, folder = _loaded(file)
    if is_dry_run:
        _show_preview(jobs, folder, as_json=as_json)
        return
    from toolkit.audit.jobs.stopped_by_hand import stopped_by_hand
    from toolkit.audit.unattended.list_run import run_list

    def begins(name: str) -> None:
        if sys.stderr.isatty() and not as_json:
            typer.echo(f"{name} …", err=True)

    with stopped_by_hand() as is_stopped:
        found = run_list(jobs, folder, home=file.resolve().parent, is_stopped=is_stopped, begins=begins)
    show(_facts(found), _lines(found), as_json=as_json)
    if found.code:
        raise typer.Exit(found.code)


@GROUP.command("check")
def check(file: File, as_json: AsJson = False) -> None:
    """Look at a list of jobs without running it: its steps, the plans they name, and whether who is to be told can be."""
    from toolkit.audit.unattended.steps import whole_code

    jobs, folder = _loaded(file)
    found = _show_preview(jobs, folder, as_json=as_json)
    code = whole_code([InputError.exit_code if found.problems else 0, *(one.code for one in found.channels)])
    if code:
        raise typer.Exit(code)


@GROUP.command("overdue")
def overdue_(file: File, as_json: AsJson = False) -> None:
    """Ask whether a list of jobs should have ended by now and did not; code 4 if so, and who is to be told is told once."""
    from toolkit.audit.unattended.overdue import overdue

    jobs, folder = _loaded(file)
    found = overdue(jobs, folder, home=file.resolve().parent)
    ended = f"it ended last at {found.ended_at:%Y-%m-%d %H:%M} UTC" if found.ended_at else "it never ended"
    until = f"{found.due_at:%Y-%m-%d %H:%M} UTC"
    first = (
        f"Job {jobs.name} is overdue since {until}" if found.is_overdue else f"Job {jobs.name} is not overdue until {until}"
    )
    facts = {
        "job": jobs.name,
        "is_overdue": found.is_overdue,
        "ended_at": found.ended_at,
        "due_at": found.due_at,
        "alerts": {one.channel: one.why or "sent" for one in found.told},
        "exit_code": found.code,
    }
    show(facts, [f"{first}: {ended}.", *(one.sentence() for one in found.told)], as_json=as_json)
    if found.code:
        raise typer.Exit(found.code)


@GROUP.command("list")
def list_(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """List the runs of an engagement's lists of jobs, the newest last."""
    from toolkit.audit.unattended.records import kept_runs

    runs = kept_runs(folder)
    head = ["run", "job", "ended (UTC)", "state", "code", "steps"]
    rows = [
        [str(one["run"]), str(one["job"]), str(one["ended_at"])[:16], str(one["state"]), _shown(one.get("code")),
         ", ".join(f"{count} {state}" for state, count in (one.get("steps") or {}).items())]
        for one in runs
    ]  # fmt: skip
    show({"runs": runs}, columns([head, *rows]) if rows else ["No list of jobs has run here yet."], as_json=as_json)


@GROUP.command("notebook")
def notebook(
    name: Annotated[str, typer.Argument(metavar="NOTEBOOK", help="Of the engagement's notebooks/, or a path.")],
    folder: Folder = Path(),
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the notebook; never a secret.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run one notebook with parameters; its executed copy in job-runs/ is the record."""
    from toolkit.audit.unattended.notebook_step import failure_code, run_notebook_step
    from toolkit.notebooks import NotebookError

    try:
        written = run_notebook_step(folder, name, given or ())
    except NotebookError as error:
        failed(error, as_json=as_json)
        raise typer.Exit(failure_code(error)) from None
    show({"notebook": str(written)}, [f"Written: {written}"], as_json=as_json)


def _loaded(file: Path) -> "tuple[JobList, Path]":
    from toolkit.settings.job_list import load_job_list

    return load_job_list(file)


def _show_preview(jobs: "JobList", folder: Path, *, as_json: bool) -> "Preview":
    from toolkit.audit.unattended.preview import preview
    from toolkit.settings import secret_environment

    found = preview(jobs, folder, secret_environment())
    steps = [
        {"step": one.name, "command": ["integration-audit", *one.arguments], "after": one.after,
         "remark": one.problem or one.remark}
        for one in found.steps
    ]  # fmt: skip
    facts = {
        "job": jobs.name,
        "engagement": str(folder),
        "steps": steps,
        "alerts": {one.channel: one.why or "ready" for one in found.channels},
        "problems": found.problems,
    }
    rows = [[one.name, ", ".join(one.after) or "-", f"integration-audit {shlex.join(one.arguments)}"] for one in found.steps]
    lines = [
        f"Nothing was run. The list {jobs.name} would run:",
        *columns([["step", "after", "command"], *rows]),
        *(f"{one.name}: {one.remark}" for one in found.steps if one.remark),
        *found.problems,
        *(f"Alert by {one.channel}: {one.why or 'ready'}" for one in found.channels),
        *(["Nobody is told when something goes wrong: the list has no 'alerts'."] if not found.channels else []),
    ]
    show(facts, lines, as_json=as_json)
    return found


def _facts(found: "ListRun") -> dict[str, Any]:
    return {
        "job": found.job,
        "run": found.run_id,
        "exit_code": found.code,
        "counts": found.counts,
        "steps": [
            {"step": one.name, "run": one.run, "state": one.state, "code": one.code, "line": one.line,
             "seconds": round(one.seconds, 1), "counts": dict(one.counts)}
            for one in found.steps
        ],
        "alerts": {one.channel: one.why or "sent" for one in found.told},
        "record": None if found.record is None else str(found.record),
    }  # fmt: skip


def _lines(found: "ListRun") -> list[str]:
    ended = ", ".join(f"{count} {state}" for state, count in found.counts.items())
    rows = [[one.name, one.state, _shown(one.code), one.line] for one in found.steps]
    return [
        f"Job {found.job}: {ended} (code {found.code}).",
        *columns([["step", "how it ended", "code", "what it said"], *rows]),
        *(one.sentence() for one in found.told),
        *([f"Written: {found.record}"] if found.record is not None else []),
    ]


def _shown(code: object) -> str:
    return "" if code is None else str(code)
