"""``kpi``: what shows that it worked, with baseline, target and reviews."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, Overrides, progress_bar, show


def kpi(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show each KPI as it was before and at its reviews, whether its target is met, and what is still asked."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.kpis import measure_kpis
    from toolkit.audit.verb_result import text_lines

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = measure_kpis(engagement, progress=progress)
    facts = {
        "sentence": found.sentence,
        "kpis": found.table.to_pylist(),
        "reviews": found.reviews.to_pylist(),
        "asked": list(found.asked),
    }
    asked = [f"Still asked: {one}" for one in found.asked]
    show(facts, text_lines(found.sentence, found.head, found.rows, (*found.notes, *asked)), as_json=as_json)


COMMANDS = (kpi,)
