"""``landscape export`` and ``landscape import FILE``: the workbook that the client fills in instead of YAML."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, show
from toolkit.values.counted import counted

GROUP = typer.Typer(
    name="landscape", help="Send the systems-and-handoffs workbook to the client, and read the answers back."
)

Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


@GROUP.command("export")
def export(
    folder: Folder = Path(),
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; reports/systems_and_handoffs.xlsx without.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the workbook with what is known filled in."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.landscape import write_landscape_workbook

    path = write_landscape_workbook(existing_engagement(folder), out)
    lines = [f"Wrote {path}.", f"When it comes back: integration-audit landscape import FILE {folder}"]
    show({"file": str(path)}, lines, as_json=as_json)


@GROUP.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook as it came back.")],
    folder: Folder = Path(),
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the client's answers into engagement.yaml; what could not be taken is listed."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.landscape import apply_landscape_answers, read_landscape_workbook

    engagement = existing_engagement(folder)
    found = read_landscape_workbook(engagement, file)
    if not is_dry_run:
        apply_landscape_answers(engagement, found)
    is_written = bool(found.changes) and not is_dry_run
    lines = found.lines()
    if found.changes:
        lines.append(
            f"Wrote {counted(len(found.changes), 'answer')} into {engagement.folder / 'engagement.yaml'}. "
            f"Next: integration-audit audit {folder}"
            if is_written
            else "Nothing was written."
        )
    facts = {
        "changes": [{"setting": ".".join(one.keys), "before": one.before, "after": one.after} for one in found.changes],
        "problems": list(found.problems),
        "notes": list(found.notes),
        "is_written": is_written,
    }
    show(facts, lines, as_json=as_json)
    if found.problems:
        raise typer.Exit(INCOMPLETE)
