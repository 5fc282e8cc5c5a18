"""``apply``: an approved plan becomes files that the client imports, or is sent over the system's interface.

Without ``--write``, or ``--send`` and ``--yes``, it says what would be done.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.job import Account, send
from toolkit.cli.output import AsJson, columns, show, typed
from toolkit.cli.plan_argument import Plan
from toolkit.errors import InputError
from toolkit.values.counted import counted
from toolkit.values.typed_commands import with_folder

if TYPE_CHECKING:
    from toolkit.audit.jobs.writing import PlanFiles

_SHOWN_REASONS = 12


def apply(
    plan: Plan,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    is_written: Annotated[
        bool, typer.Option("--write", help="Write the files; without, only say what they would hold.")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the files.")] = None,
    is_sent: Annotated[
        bool, typer.Option("--send", help="Over the system's interface, not as files; without --yes a rehearsal.")
    ] = False,
    is_confirmed: Annotated[bool, typer.Option("--yes", help="With --send: change the system.")] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", help="With --send: begin N changes at most.")] = None,
    account: Account = "",
    as_json: AsJson = False,
) -> None:
    """Write an approved plan as files to import, with files that take it back; or send it."""
    if is_sent and (is_written or out is not None):
        raise InputError("--send changes the system over its interface, --write makes files for it. Choose one.")
    if is_confirmed and not is_sent:
        raise InputError("--yes goes with --send: it changes the system over its interface.")
    if limit is not None and limit < 1:
        raise InputError(f"--limit {limit}: N is 1 or more. Without --limit every change is begun.")
    if limit is not None and not is_sent:
        raise InputError("--limit goes with --send: files hold every change of the plan.")
    if account and not is_sent:
        raise InputError("--account goes with --send: files are written for any account.")
    if is_sent:
        return send(plan, folder, is_dry_run=not is_confirmed, limit=limit, account=account, as_json=as_json)
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.jobs.writing import plan_files

    found = plan_files(existing_engagement(folder), plan, is_dry_run=not is_written, out=out)
    facts = {
        "plan": found.saved.plan.plan_id,
        "written": found.is_written,
        "folder": str(found.folder),
        "by_file": found.package.by_file,
        "by_hand": found.package.by_hand,
        "reasons": dict(found.package.reasons),
        "files": dict(found.rows),
        "approver": found.approver,
        "refusal": found.refusal,
    }
    return show(facts, _lines(found, folder), as_json=as_json)


def _lines(found: "PlanFiles", folder: Path) -> list[str]:
    name = found.saved.plan.plan_id[:12]
    total = found.package.by_file + found.package.by_hand
    first = f"{counted(total, 'change')}: {found.package.by_file:,} in files to import, {found.package.by_hand:,} by hand."
    reasons = sorted(found.package.reasons.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        first if found.is_written else f"Nothing was written. It would be: {first}",
        *columns([["file", "rows"], *([file, f"{rows:,}"] for file, rows in found.rows.items())], right=[1]),
        *(f"By hand, {count:,} ×: {reason}" for reason, count in reasons[:_SHOWN_REASONS]),
        *([with_folder(found.refusal, typed(folder))] if found.refusal else []),
    ]
    if found.is_written:
        return [
            *lines,
            f"Written: {found.folder}",
            "Next: give the folder to whoever looks after the system; READ-ME-FIRST.txt says how.",
        ]
    from toolkit.audit.jobs.agreeing import approve_command

    here = typed(folder)
    written = f"integration-audit apply {name} {here}".rstrip() + " --write"
    return [*lines, f"Next: {approve_command(found.saved.plan, here) if found.refusal else written}"]


COMMANDS = (apply,)
