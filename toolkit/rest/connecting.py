"""Connects a system and disconnects it: what is asked, kept, compared with what reading needs, and taken back."""

from dataclasses import dataclass, replace
from typing import Literal

from toolkit.errors import DamagedError, ToolkitError
from toolkit.rest.doors import Door, Person, Way, filled_door, missing_values, named
from toolkit.rest.oauth.endpoint import Client, sent_form
from toolkit.rest.oauth.renewal import end_of
from toolkit.rest.oauth.scopes import ScopeComparison, compared_scopes
from toolkit.rest.vault.connections import Connection, Place, Vault, connection, keep, kept, new_entry, refuse_unkept, remove
from toolkit.rest.vault.keyrings import SERVICE, remove_entry
from toolkit.rest.vault.tokens import Kept, Tokens
from toolkit.rest.ways import way_named


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection that was made: what is known of it, its scopes against those that reading needs, and the former one.

    ``scopes`` is None where the vendor does not say what a sign-in may do, as with keys. ``is_as_asked`` says that it
    repeated no scopes, which means that those that were asked for were granted (RFC 6749, section 5.1).
    """

    connection: Connection
    scopes: ScopeComparison | None
    is_as_asked: bool = False
    former: "Former | None" = None


Former = tuple[Connection, Kept]
"""The connection that was there before, with its secrets: where the new one opens nothing, it is put back."""


def connect(door: Door, person: Person, *, owner: str, keep_in: Literal["keyring", "file"]) -> Connected:
    """Sign in to a system, and keep what that brings.

    Parameters
    ----------
    door
        Which system, and how.
    person
        Who types, and visits the vendor's page.
    owner
        Who that is, for the list of connections.
    keep_in
        The keyring, or an encrypted file. What the settings refer to stays where it is.

    Raises
    ------
    AuthError
        The vendor or the person said no; a former connection stays.
    InputError
        The settings lack something, or hold a secret.
    """
    way = way_named(door.sign_in.way)
    door = filled_door(door)
    former = _former(door.vault, door.system)
    held = _held(door.vault, former)
    given = {**(held.given if held and way.tokens else {}), **door.typed}
    needs = tuple(dict.fromkeys((*way.needs, *door.sign_in.needs)))
    for name in missing_values(replace(door, typed=given), needs):
        given[name] = person.secret(f"{named(name).capitalize()} of {door.system}")
    door = replace(door, typed=given)
    for name in needs:
        door.needed(name)
    if given or way.is_kept:
        refuse_unkept(door.vault, keep_in)
    tokens = way.tokens(door, person) if way.tokens else None
    # Read once more: a sign-in that is renewed by connecting again has other tokens by now.
    held = _held(door.vault, former)
    secrets = Kept(given, tokens if way.is_kept else None)
    place: Place = keep_in if secrets.secrets else "references"
    known = _known(door, way, tokens, owner=owner, place=place)
    if former is not None and former.kept_in == place:
        known = replace(known, entry=former.entry)
    keep(door.vault, known, secrets)
    if former is not None and former.kept_in == "keyring" and former.entry != known.entry:
        remove_entry(SERVICE, former.entry)
    found = _compared(known, tokens, door)
    return replace(found, former=(former, held)) if former is not None and held is not None else found


def disconnect(vault: Vault, known: Connection, door: Door | None) -> list[str]:
    """Take a connection back at the vendor, where it offers that, and remove it from this machine.

    Parameters
    ----------
    vault
        Of the engagement.
    known
        The connection.
    door
        How its system is signed in to; None where the settings say it no more.

    Returns
    -------
    list[str]
        What was done and what is left to do, in sentences.
    """
    said = _revoked(vault, known, door)
    remove(vault, known)
    return [*said, f"{known.system} is disconnected: nothing that signs in to it is kept here any more."]


def _former(vault: Vault, system: str) -> Connection | None:
    try:
        return connection(vault, system)
    except DamagedError:
        # Connecting anew is how it is mended.
        return None


def _held(vault: Vault, former: Connection | None) -> Kept | None:
    """Return what is kept since the system was connected before: a client's secret is typed once."""
    try:
        return kept(vault, former) if former else None
    except DamagedError:
        return None


def _known(door: Door, way: Way, tokens: Tokens | None, *, owner: str, place: Place) -> Connection:
    renews = tokens is not None and (not way.is_kept or tokens.refresh is not None)
    granted = tokens.scopes if tokens else None
    if tokens and granted is None and door.sign_in.scopes_read:
        granted = frozenset(door.sign_in.scopes_read)
    return Connection(
        system=door.system,
        way=door.sign_in.way,
        kept_in=place,
        entry=new_entry(door.system),
        owner=owner,
        connected_at=door.clock(),
        scopes=None if granted is None else tuple(sorted(granted)),
        renews=renews,
        valid_until=end_of(tokens, renews=renews) if tokens else None,
        places=dict(tokens.places) if tokens else {},
    )


def _compared(known: Connection, tokens: Tokens | None, door: Door) -> Connected:
    if known.scopes is None:
        return Connected(known, None)
    found = compared_scopes(known.scopes, door.sign_in.scopes_read, implied=door.sign_in.implied)
    return Connected(known, found, is_as_asked=tokens is not None and tokens.scopes is None)


def _revoked(vault: Vault, known: Connection, door: Door | None) -> list[str]:
    """Return what became of the sign-in at the vendor: tokens that were copied elsewhere work until they are taken back."""
    by_hand = f"What was made at the vendor for {known.system} works on until it is taken back there: do that, too."
    if door is None or not door.sign_in.revoke_url:
        return [by_hand]
    try:
        door = filled_door(door)
        secrets = kept(vault, known)
        if secrets is None or secrets.tokens is None:
            return [by_hand]
        token = secrets.tokens.refresh or secrets.tokens.access
        client = Client(door.needed("client_id").revealed(), door.value("client_secret"))
        hint = "refresh_token" if secrets.tokens.refresh else "access_token"
        form = {"token": token.revealed(), "token_type_hint": hint}
        with door.http() as http:
            answer = sent_form(http, door.sign_in.revoke_url, door.sign_in, client, form, system=known.system)
    except ToolkitError as error:
        return [f"It could not be taken back at the vendor: {error}", by_hand]
    if answer.is_success:
        return [f"The vendor has taken the sign-in to {known.system} back."]
    return [f"The vendor did not take the sign-in to {known.system} back (code {answer.status_code}).", by_hand]
