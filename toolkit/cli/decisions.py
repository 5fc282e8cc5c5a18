"""``decisions import FILE`` and ``decisions export FILE``: what people decided about pairs."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show

GROUP = typer.Typer(name="decisions", help="Read a reviewed workbook back, or carry decisions to another engagement.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="Workbook or CSV with key_l, key_r, decision, reviewer, note.")]
Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


@GROUP.command("import")
def import_(file: File, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Read a reviewed workbook back; the next audit obeys it."""
    from toolkit.audit.decisions import import_decisions
    from toolkit.audit.engagement import open_engagement

    found = import_decisions(open_engagement(folder), file)
    lines = [
        f"{found.new_count} new decisions of {found.read_count} in {file.name}.",
        *found.problems,
        *([f"Next: integration-audit audit {folder}"] if found.new_count else []),
    ]
    facts = {"read": found.read_count, "new": found.new_count, "problems": list(found.problems)}
    show(facts, lines, as_json=as_json)


@GROUP.command("export")
def export(file: File, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Write every decision that holds to a CSV file."""
    from toolkit.audit.decisions import export_decisions
    from toolkit.audit.engagement import open_engagement

    count = export_decisions(open_engagement(folder), file)
    show({"written": count, "file": str(file)}, [f"Wrote {count} decisions to {file}."], as_json=as_json)
