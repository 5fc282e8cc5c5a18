"""``connect SYSTEM``: signs in to a system, in the browser where it wants that."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, show
from toolkit.cli.person import AtTerminal

if TYPE_CHECKING:
    from toolkit.audit.connections import Opened
    from toolkit.rest.connecting import Connected


def connect(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="Its name in engagement.yaml.")],
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    owner: Annotated[str, typer.Option("--by", help="Who signs in; else who is signed in on this machine.")] = "",
    is_in_file: Annotated[
        bool, typer.Option("--encrypted-file", help="Keep it in an encrypted file, not in the keyring of this machine.")
    ] = False,
    to_write: Annotated[
        bool, typer.Option("--write", help="To change it: a sign-in of its own, never the one that reads.")
    ] = False,
    opens_browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the vendor's page.")] = True,
    as_json: AsJson = False,
) -> None:
    """Sign in to a system, to read it or to write to it; keep what that takes in the keyring of this machine."""
    from toolkit.audit.connections import connect_system, opened_account
    from toolkit.audit.engagement import open_engagement
    from toolkit.rest.vault.connections import where_kept
    from toolkit.rest.vault.names import read_name

    engagement = open_engagement(folder)
    try:
        if system not in engagement.settings.systems and read_name(system) in engagement.settings.systems:
            system, to_write = read_name(system), True
        found = connect_system(
            engagement,
            system,
            AtTerminal(opens_browser=opens_browser),
            owner=owner,
            keep_in="file" if is_in_file else "",
            to_write=to_write,
        )
        opened = opened_account(engagement, system, found.former, to_write=to_write)
    finally:
        engagement.close()
    known = found.connection
    scopes = found.scopes
    place = f"What that takes is kept in {where_kept(known)}"
    until = f"; it ends on {known.valid_until:%Y-%m-%d} if it is not used before" if known.valid_until else ""
    head = f"{system} was not seen to open." if not opened.was_answered else f"{system} is connected{_TO[to_write]}."
    lines = [f"{head} {place}{until}.", *_account_lines(opened), *_scope_lines(found, system, to_write=to_write)]
    facts = {
        "system": system,
        "to_write": to_write,
        "way": known.way,
        "kept_in": where_kept(known),
        "owner": known.owner,
        "account": dict(opened.account) or None,
        "not_checked": opened.doubt,
        "valid_until": known.valid_until,
        "granted": None if scopes is None else scopes.granted,
        "missing": None if scopes is None else scopes.missing,
        "beyond": None if scopes is None else scopes.beyond,
    }
    show(facts, lines, as_json=as_json)
    if not opened.was_answered or (scopes is not None and scopes.missing):
        raise typer.Exit(INCOMPLETE)


_TO = {False: "", True: ", to write to it"}


def _account_lines(opened: "Opened") -> list[str]:
    """Return whose data the connection opens, or why that is not known yet."""
    if opened.doubt:
        return [f"Whether it opens the system was not seen: {opened.doubt}"]
    account = opened.account
    return [f"It opens the account {account['name'] or 'with the id'} ({account['id']})."] if account else []


def _scope_lines(found: "Connected", system: str, *, to_write: bool) -> list[str]:
    """Return what the sign-in may do against what reading, or writing, needs."""
    scopes = found.scopes
    does, done = ("writing", "written") if to_write else ("reading", "read")
    if scopes is None:
        right = "write what jobs change" if to_write else "read"
        return [f"What it may do, the vendor does not say of a key: give it the right to {right}, and no other."]
    note = " (as asked for; the vendor repeated nothing)" if found.is_as_asked else ""
    lines = [f"Granted{note}: {', '.join(scopes.granted) or 'nothing'}."]
    if scopes.missing:
        lines.append(
            f"MISSING: {', '.join(scopes.missing)}. What needs it cannot be {done}. Allow it at the vendor (the app's "
            f"scopes), then again: integration-audit connect {system}{' --write' if to_write else ''}"
        )
    if scopes.beyond:
        nothing = "Nothing but approved plans will be sent with it" if to_write else "Nothing will be written with it"
        lines.append(
            f"WARNING: more than {does} needs: {', '.join(scopes.beyond)}. {nothing}; take it off at the vendor, so that "
            "nobody can."
        )
    return lines if scopes.missing or scopes.beyond else [*lines, f"That is what {does} needs, and no more."]


COMMANDS = (connect,)
