"""``roadmap``: which handoffs to connect, in which order and when, and what stays by hand."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, Overrides, progress_bar, show


def roadmap(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    budget: Annotated[
        float | None, typer.Option("--budget", metavar="N", help="Try another budget than roadmap.budget.")
    ] = None,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show what to connect in which order, when, for how much, what stays by hand and why, and what is still asked."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.roadmap import plan_roadmap
    from toolkit.audit.verb_result import text_lines

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = plan_roadmap(engagement, budget=budget, progress=progress)
    facts = {
        "sentence": found.sentence,
        "totals": dict(found.totals),
        "roadmap": found.table.to_pylist(),
        "asked": list(found.asked),
    }
    asked = [f"Still asked: {one}" for one in found.asked]
    show(facts, text_lines(found.sentence, found.head, found.rows, (*found.notes, *asked)), as_json=as_json)


COMMANDS = (roadmap,)
