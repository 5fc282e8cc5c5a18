"""A refresh token that somebody made with the vendor's own tool, for machines without a browser; from then on it rotates."""

import hashlib

from toolkit.errors import DamagedError
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Person, Way
from toolkit.rest.oauth.renewal import RenewingCredential, renewed_tokens
from toolkit.rest.rotation import refreshed, refreshing_source
from toolkit.rest.vault.connections import connection, kept
from toolkit.rest.vault.tokens import Tokens


def _tokens(door: Door, _person: Person) -> Tokens:
    given = door.needed("refresh_token")
    begun_with = hashlib.sha256(given.revealed().encode()).hexdigest()
    if _begun_with(door) == begun_with:
        # It works once: shown again, many vendors end what it brought. What it brought is renewed instead.
        return renewed_tokens(door.vault, door.system, lambda old: refreshed(door, old), lambda _tokens: False)
    start = Tokens(access=given, refresh=given, begun_with=begun_with)
    return start.renewed_by(refreshed(door, start))


def _begun_with(door: Door) -> str:
    """Return the hash of the refresh token that what is kept began with; empty where nothing is kept that can be read."""
    try:
        known = connection(door.vault, door.system)
        secrets = kept(door.vault, known) if known is not None else None
    except DamagedError:
        return ""
    return secrets.tokens.begun_with if secrets is not None and secrets.tokens is not None else ""


def _credential(door: Door) -> Credential:
    return RenewingCredential(refreshing_source(door))


WAY = Way(label="refresh token", needs=("client_id", "refresh_token"), credential=_credential, tokens=_tokens, is_kept=True)
