"""``explain FIGURE``: where a figure of the report comes from."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show


def explain(
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help="Figure id, as in the report's appendix.")],
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    rows: Annotated[int, typer.Option(help="Rows to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show where a figure of the report comes from: method, arithmetic and rows."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.explain import explain as explained

    engagement = open_engagement(folder)
    found = explained(engagement, figure)
    facts = {
        "figure": dict(found.figure),
        "inputs": [dict(one) for one in found.inputs],
        "row_count": found.rows.num_rows,
        "rows": found.rows.slice(0, rows).to_pylist(),
    }
    show(facts, found.lines(rows), as_json=as_json)


COMMANDS = (explain,)
