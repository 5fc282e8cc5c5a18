"""``explain NAME``: where a figure of the report comes from, or what became of a cluster."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, show


def explain(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE", help="Figure id as in the report's appendix, cluster id, record key, or answer.NAME."
        ),
    ] = "",
    folder: Annotated[Path | None, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = None,
    rows: Annotated[int, typer.Option(help="Rows to show.")] = 20,
    depth: Annotated[int | None, typer.Option(help="Levels of figures below it; without, as many as fit.")] = None,
    word: Annotated[
        str | None, typer.Option("--list", metavar="WORD", help="List the figures whose id or label holds WORD.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show where a figure comes from, down to each answer and each row, or the records and history of a cluster."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.explain import Explanation, listed_figures
    from toolkit.audit.explain import explain as explained

    if word is not None:
        # Nothing is explained, so the first word that stands alone is the folder.
        found = listed_figures(existing_engagement(folder or Path(figure)), word)
        show({"figures": found}, _list_lines(found, word), as_json=as_json)
        return
    if not figure:
        raise typer.BadParameter("name a figure, as in the report's appendix, or look for one with --list WORD")
    one = explained(existing_engagement(folder or Path()), figure)
    lines = one.lines(rows, depth) if isinstance(one, Explanation) else one.lines(rows)
    show(one.facts(rows), lines, as_json=as_json)


def _list_lines(found: Sequence[Mapping[str, Any]], word: str) -> list[str]:
    from toolkit.audit.explain import shown_value

    if not found:
        return [f"No figure's id or label holds {word!r}."]
    return columns([[one["figure_id"], one["label"], shown_value(one)] for one in found])


COMMANDS = (explain,)
