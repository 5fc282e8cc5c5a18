"""``drift``: what broke, what was repaired and what is still wrong since an earlier run."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, progress_bar, show


def drift(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    before: Annotated[
        str, typer.Option("--before", metavar="RUN", help="The earlier run; the newest of other snapshots without.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what is newly wrong, what was repaired or is gone, and what is still wrong, since an earlier run."""
    from toolkit.audit.drifting import measure_drift
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.verb_result import text_lines

    engagement = existing_engagement(folder)
    with progress_bar(as_json=as_json) as progress:
        found = measure_drift(engagement, before=before, progress=progress)
    facts = {
        "sentence": found.sentence,
        "before": found.before,
        "run_id": found.run_id,
        "drift": found.table.to_pylist(),
    }
    show(facts, text_lines(found.sentence, found.head, found.rows, found.notes), as_json=as_json)


COMMANDS = (drift,)
