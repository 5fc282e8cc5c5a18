"""``engagement rename``, ``retire``, ``restore``, ``confirm`` and ``put-back``: what changed about a client's systems."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.output import AsJson, show

if TYPE_CHECKING:
    from toolkit.audit.engagement import Engagement

GROUP = typer.Typer(name="engagement", help="Say what became of a system: a new name, no longer in use, back again.")

System = Annotated[str, typer.Argument(metavar="SYSTEM", help="A system, or one stream of it: system/stream.")]
Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


@GROUP.command("rename")
def rename(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="Its name until now.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its name from now on.")],
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Give a system another name; history, decisions and cluster ids stay, and no figure changes."""
    from toolkit.audit.changed_systems import rename_system

    _changed(folder, lambda engagement: rename_system(engagement, system, new), as_json=as_json)


@GROUP.command("retire")
def retire(system: System, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Take a system out of every figure; what is known of it stays."""
    from toolkit.audit.changed_systems import retire_system

    _changed(folder, lambda engagement: retire_system(engagement, system), as_json=as_json)


@GROUP.command("restore")
def restore(system: System, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Let a system count again that was retired or left out."""
    from toolkit.audit.changed_systems import restore_system

    _changed(folder, lambda engagement: restore_system(engagement, system), as_json=as_json)


@GROUP.command("confirm")
def confirm(system: System, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Say that a system is rightly much smaller than it was."""
    from toolkit.audit.changed_systems import confirm_system

    _changed(folder, lambda engagement: confirm_system(engagement, system), as_json=as_json)


@GROUP.command("put-back")
def put_back(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Put engagement.yaml back as it was in the last audit; the one that is there is kept under another name."""
    from toolkit.audit.changed_systems import settings_put_back

    found = settings_put_back(folder)
    show({"done": found}, [*found, f"Next: integration-audit audit {folder}"], as_json=as_json)


def _changed(folder: Path, change: "Callable[[Engagement], list[str]]", *, as_json: bool) -> None:
    from toolkit.audit.engagement import open_engagement

    engagement = open_engagement(folder)
    try:
        found = change(engagement)
    finally:
        engagement.close()
    show({"done": found}, [*found, f"Next: integration-audit audit {folder}"], as_json=as_json)
