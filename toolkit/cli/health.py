"""``health``: how integrations do, from the run logs that they wrote."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show


def health(
    files: Annotated[list[Path], typer.Argument(metavar="FILE …", help="Run logs: CSV, XLSX, XLS or ODS.")],
    folder: Annotated[
        Path, typer.Option("--folder", metavar="FOLDER", help="The engagement's folder, for its time zone.")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """Show runs, failures with their interval, last success and what waits of each integration, from its run logs."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.run_logs import read_run_logs
    from toolkit.audit.verb_result import text_lines

    found = read_run_logs(existing_engagement(folder), *files)
    facts = {"sentence": found.sentence, "integrations": found.table.to_pylist(), "gaps": list(found.gaps or ())}
    show(facts, text_lines(found.sentence, found.head, found.rows, (*found.notes, *(found.gaps or ()))), as_json=as_json)


COMMANDS = (health,)
