"""``disconnect SYSTEM``: takes a sign-in back, here and at the vendor where it offers that."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show


def disconnect(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="Its name in engagement.yaml; 'all' is every one.")],
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Take a sign-in back at the vendor, and remove it from this machine."""
    from toolkit.audit.connections import disconnect_system, remove_connections
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.sign_ins import vault_of

    engagement = open_engagement(folder)
    vault = vault_of(engagement)
    try:
        if system == "all":
            said = remove_connections(engagement, vault) or ["Nothing was connected."]
        else:
            said = disconnect_system(engagement, system, vault)
    finally:
        engagement.close()
    show({"done": said}, said, as_json=as_json)


COMMANDS = (disconnect,)
