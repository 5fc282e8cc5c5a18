"""``pull [SYSTEM …]``: snapshots from the client's files."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, columns, progress_bar, show


def pull(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    systems: Annotated[list[str] | None, typer.Argument(metavar="[SYSTEM]...", help="Only these systems.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a snapshot of every stream that the files in exports/ hold; show that every row is accounted for."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.pull.questions import open_count, question_lines
    from toolkit.audit.pull.snapshots import pull_snapshots
    from toolkit.report.row_counts import PARTS, row_counts

    engagement = open_engagement(folder)
    with progress_bar(as_json=as_json) as progress:
        found = pull_snapshots(engagement, systems=systems or (), progress=progress)
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
    lines = [*columns([head, *body], right=[2, 3, 4, 5, 6]), counts.sentence(), *said, *found.notes, *found.missing]
    if found.questions:
        lines += [f"{open_count(len(found.questions))} engagement.yaml:"]
        lines += question_lines(found.questions)
    facts = {
        "intake": rows,
        "snapshots": found.snapshots.to_pylist(),
        "missing": list(found.missing),
        "notes": list(found.notes),
        "questions": {name: one.model_dump(mode="json") for name, one in found.questions.items()},
    }
    show(facts, lines, as_json=as_json)
    if found.missing:
        raise typer.Exit(INCOMPLETE)


COMMANDS = (pull,)
