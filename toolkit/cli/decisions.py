"""``decisions import``, ``exclude`` and ``export``: what people decided about records and the clusters they are in."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, show
from toolkit.values.counted import counted

GROUP = typer.Typer(name="decisions", help="Read a reviewed workbook back, or carry decisions to another engagement.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The workbook as it came back, or a CSV of exported decisions.")]
Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


@GROUP.command("import")
def import_(file: File, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Read a reviewed workbook back; the next audit obeys it."""
    from toolkit.audit.decisions import import_decisions
    from toolkit.audit.engagement import existing_engagement

    found = import_decisions(existing_engagement(folder), file)
    lines = [
        f"{counted(found.new_count, 'new decision')} of {found.read_count:,} in {file.name}."
        if found.read_count
        else f"There is no decision in {file.name}: its column 'decision' is empty.",
        *found.problems,
        *found.doubts,
        *([f"Next: integration-audit audit {folder}"] if found.new_count else []),
    ]
    facts = {
        "read": found.read_count,
        "new": found.new_count,
        "problems": list(found.problems),
        "doubts": list(found.doubts),
    }
    show(facts, lines, as_json=as_json)
    if found.problems:
        raise typer.Exit(INCOMPLETE)


@GROUP.command("exclude")
def exclude(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="Record key: system/stream/id.")],
    cluster: Annotated[str, typer.Argument(metavar="CLUSTER", help="Cluster id, as 'explain RECORD' shows it.")],
    folder: Folder = Path(),
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decided.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Keep a record out of a cluster, whoever else is in it; the next audit obeys it."""
    from toolkit.audit.decisions import exclude as noted_exclusion
    from toolkit.audit.engagement import existing_engagement

    count = noted_exclusion(existing_engagement(folder), record, cluster, reviewer=by, note=note)
    said = f"{record} is kept out of {cluster}." if count else "That is known already; nothing was added."
    show({"new": count}, [said, f"Next: integration-audit audit {folder}"] if count else [said], as_json=as_json)


@GROUP.command("export")
def export(file: File, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Write every decision that holds to a CSV file."""
    from toolkit.audit.decisions import export_decisions
    from toolkit.audit.engagement import existing_engagement

    count = export_decisions(existing_engagement(folder), file)
    said = (
        f"Wrote {counted(count, 'decision')} to {file}."
        if count
        else f"No decision was made yet; {file} holds the header only."
    )
    show({"written": count, "file": str(file)}, [said], as_json=as_json)
