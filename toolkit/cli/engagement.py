"""``engagement``: what became of a client's systems; its settings put back; its state shared with colleagues."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.output import AsJson, show

if TYPE_CHECKING:
    from toolkit.audit.engagement import Engagement

GROUP = typer.Typer(name="engagement", help="Say what became of a system; share the state with colleagues.")

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


@GROUP.command("share")
def share(
    folder: Folder = Path(),
    url: Annotated[
        str,
        typer.Option("--url", metavar="URL", help="Where the address of the database is kept, such as env:TEAM_STATE."),
    ] = "",
    password: Annotated[
        str, typer.Option("--password", metavar="WHERE", help="Where the password is kept, when --url is a plain address.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Move the state (decisions, plans, approvals, journal) to PostgreSQL, so that several people work on one engagement."""
    from toolkit.audit.shared_state import share_state

    found = share_state(folder, url, password)
    show({"done": found}, found, as_json=as_json)


@GROUP.command("unshare")
def unshare(
    folder: Folder = Path(),
    from_copy: Annotated[
        bool, typer.Option("--from-copy", help="The server is lost for good: go on with the copy in this folder.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take the state back from PostgreSQL into this folder; colleagues are told."""
    from toolkit.audit.shared_state import unshare_state

    found = unshare_state(folder, from_copy=from_copy)
    show({"done": found}, found, as_json=as_json)


def _changed(folder: Path, change: "Callable[[Engagement], list[str]]", *, as_json: bool) -> None:
    from toolkit.audit.engagement import open_engagement

    engagement = open_engagement(folder)
    try:
        found = change(engagement)
    finally:
        engagement.close()
    show({"done": found}, [*found, f"Next: integration-audit audit {folder}"], as_json=as_json)
