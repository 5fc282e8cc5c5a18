"""``handoffs``: weekdays, kinds of errors, corrected invoices, payments that may have been made twice."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, Overrides, progress_bar, show


def handoffs(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show which errors each handoff makes, what was corrected, and what may have been paid twice."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.handoff_details import detail_handoffs
    from toolkit.audit.verb_result import text_lines

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = detail_handoffs(engagement, progress=progress)
    facts = {"sentence": found.sentence, **{name: one.to_pylist() for name, one in found.tables.items()}}
    show(facts, text_lines(found.sentence, found.head, found.rows, found.notes), as_json=as_json)


COMMANDS = (handoffs,)
