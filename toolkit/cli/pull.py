"""``pull [SYSTEM …]``: snapshots from the systems that are asked, and from the client's files."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, columns, progress_bar, show
from toolkit.errors import AuthError
from toolkit.values.counted import counted


def pull(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    systems: Annotated[list[str] | None, typer.Argument(metavar="[SYSTEM]...", help="Only these systems.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ask systems for what changed since that day (UTC).")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Ask systems for everything, not for changes only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a snapshot of every stream of the systems that are asked, and of the files in exports/.

    Every row is accounted for. A system that is asked is described in engagement.yaml, under 'api'; what could not be
    pulled is said, and everything else is pulled. Stopped, it goes on where it was.
    """
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.pull.all_systems import pull_systems
    from toolkit.audit.pull.asked import asked_names
    from toolkit.audit.pull.budgets import budgets
    from toolkit.audit.pull.questions import open_count, question_lines
    from toolkit.report.row_counts import PARTS, row_counts

    engagement = open_engagement(folder)
    asked = [name for name in asked_names(engagement.settings) if not systems or name in systems]
    said_before = [one.sentence() for one in budgets(engagement, asked, is_full=full)]
    for sentence in said_before:
        # What is left of a day is known before it is spent; a machine reads its one object on the other stream.
        typer.echo(sentence, err=True)
    with progress_bar(as_json=as_json) as progress:
        pulled = pull_systems(engagement, systems or (), since=since, is_full=full, progress=progress)
    found = pulled.files
    rows = found.intake.to_pylist()
    head = ["file", "read as", "rows", "kept", "folded", "repeated", "put aside", "total"]
    body = [
        [
            f"{row['file']} {row['part']}".strip(),
            f"{row['system']}/{row['stream']}" if row["stream"] else row["status"],
            *(f"{row[name]:,}" for name in ("rows_read", *PARTS)),
            {"agrees": "agrees", "differs": "DIFFERS"}.get(row["control"] or "", ""),
        ]
        for row in rows
    ]
    counts = row_counts(found.intake, found.snapshots)
    body.append(["all files", "", *(f"{counts.rows[name]:,}" for name in ("rows_read", *PARTS)), ""])
    said = [f"{row['file']} {row['part']}".strip() + f": {row['message']}" for row in rows if row["message"]]
    # What is not complete says so on its first line.
    lacks = f". Not complete: {counted(len(pulled.missing), 'thing')} missing, named below" if pulled.missing else ""
    first = f"{counts.sentence()}{lacks}"
    lines = [first, *columns([head, *body], right=[2, 3, 4, 5, 6]), *said, *pulled.notes, *pulled.missing]
    if found.questions:
        lines += [f"{open_count(len(found.questions))} engagement.yaml:"]
        lines += question_lines(found.questions)
    facts = {
        "intake": rows,
        "snapshots": found.snapshots.to_pylist(),
        "budgets": said_before,
        "missing": list(pulled.missing),
        "notes": list(pulled.notes),
        "questions": {name: one.model_dump(mode="json") for name, one in found.questions.items()},
    }
    show(facts, lines, as_json=as_json)
    if pulled.is_signed_out:
        raise typer.Exit(AuthError.exit_code)
    if pulled.missing:
        raise typer.Exit(INCOMPLETE)


COMMANDS = (pull,)
