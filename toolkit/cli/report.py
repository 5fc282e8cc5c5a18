"""``report [--open]``: write the documents again."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, progress_bar, show


def report(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    with_pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Also print it to PDF.")] = True,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write into; the engagement's reports/ without.")
    ] = None,
    is_opened: Annotated[bool, typer.Option("--open", help="Show the report in the browser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the client's report (HTML, PDF) and the work-through workbook of the latest audit."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.report import render_report

    engagement = open_engagement(folder)
    with progress_bar(as_json=as_json) as progress:
        found = render_report(engagement, with_pdf=with_pdf, out=out, progress=progress)
    lines = [f"Report:   {found.html}", *([f"PDF:      {found.pdf}"] if found.pdf else []), f"Workbook: {found.workbook}"]
    facts = {
        "run_id": found.run_id,
        "report": str(found.html),
        "pdf": str(found.pdf) if found.pdf else None,
        "workbook": str(found.workbook),
        "note": found.note,
    }
    show(facts, [*lines, *([found.note] if found.note else [])], as_json=as_json)
    if is_opened:
        typer.launch(found.html.as_uri())


COMMANDS = (report,)
