"""``explain NAME``: where a figure of the report comes from, or what became of a cluster."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show


def explain(
    figure: Annotated[
        str, typer.Argument(metavar="FIGURE", help="Figure id as in the report's appendix, cluster id or record key.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    rows: Annotated[int, typer.Option(help="Rows to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show where a figure comes from (method, arithmetic, rows), or the records and history of a cluster."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.explain import explain as explained

    engagement = open_engagement(folder)
    found = explained(engagement, figure)
    show(found.facts(rows), found.lines(rows), as_json=as_json)


COMMANDS = (explain,)
