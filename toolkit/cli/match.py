"""``match [FOLDER]``: which records are one, with the saved model; ``--refit`` fits it anew, which is recorded."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, progress_bar, show


def match(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    is_refit: Annotated[bool, typer.Option("--refit", help="Fit the model anew; the old one stays readable.")] = False,
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why it is fitted anew; kept with the model.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who wants it (default: who is signed in).")] = "",
    as_json: AsJson = False,
) -> None:
    """Find the records that are one, with the model of the first time; --refit fits it anew."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.matching import matching_facts, matching_lines, wanted_refit
    from toolkit.audit.runs import run_stages

    engagement = existing_engagement(folder)
    refit = wanted_refit(why, by) if is_refit or why else None
    with progress_bar(as_json=as_json) as progress:
        run = run_stages(engagement, "match", progress, refit)
    found = matching_facts(engagement, run)
    show(found, matching_lines(found), as_json=as_json)


COMMANDS = (match,)
