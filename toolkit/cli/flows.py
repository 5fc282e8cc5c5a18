"""``flows``: how records really arrive in each next system, by what their data tell."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, Overrides, progress_bar, show


def flows(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Tell how records arrive: by hand, file, automation or not at all, how sure that is, why, and what was said of it."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.flows import infer_flows
    from toolkit.audit.verb_result import text_lines

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = infer_flows(engagement, progress=progress)
    facts = {
        "sentence": found.sentence,
        "inferred_flow": found.table.to_pylist(),
        "inferred_flow_evidence": found.evidence.to_pylist(),
        "questions": list(found.questions),
    }
    show(facts, text_lines(found.sentence, found.head, found.rows, found.notes), as_json=as_json)


COMMANDS = (flows,)
