"""``new DIR``: an empty engagement."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to create.")],
    client: Annotated[str, typer.Option(help="The client's name.")] = "",
    currency: Annotated[str, typer.Option(help="ISO 4217 code of the report's currency.")] = "USD",
    country: Annotated[str, typer.Option(help="ISO 3166 code: how phones, dates and tax ids are read.")] = "US",
    time_zone: Annotated[str, typer.Option(help="E.g. America/Chicago.")] = "UTC",
    as_json: AsJson = False,
) -> None:
    """Create an empty engagement with a commented engagement.yaml."""
    from toolkit.audit.engagement import new_engagement
    from toolkit.audit.notebook_copies import copy_notebooks

    path = new_engagement(
        folder, client=client or folder.resolve().name, currency=currency, country=country, time_zone=time_zone
    )
    notes = copy_notebooks(path.parent)
    lines = [
        f"Created the engagement {path.parent}.",
        *notes,
        f"Next: put the client's files into {path.parent / 'exports'}, then run: integration-audit audit {folder}",
    ]
    show({"folder": str(path.parent), "settings": str(path)}, lines, as_json=as_json)


COMMANDS = (new,)
