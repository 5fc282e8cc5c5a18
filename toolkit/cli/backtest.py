"""``backtest``: the last months as if the integration had been live."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, Overrides, progress_bar, show


def backtest(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    months: Annotated[
        int | None, typer.Option("--months", metavar="N", help="How many whole months back, at most twelve.")
    ] = None,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show month by month what would have come earlier, right or at all with the integration live, and its worth."""
    from toolkit.audit.backtest import backtest_handoffs
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.verb_result import text_lines

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = backtest_handoffs(engagement, months=months, progress=progress)
    facts = {"sentence": found.sentence, "backtest": found.table.to_pylist(), "items": found.items.to_pylist()}
    show(facts, text_lines(found.sentence, found.head, found.rows, found.notes), as_json=as_json)


COMMANDS = (backtest,)
