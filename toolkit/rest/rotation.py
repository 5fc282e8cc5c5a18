"""A refresh token exchanged for the next tokens (RFC 6749, section 6)."""

from toolkit.errors import AuthError
from toolkit.rest.doors import Door
from toolkit.rest.oauth.endpoint import Client, asked_tokens
from toolkit.rest.oauth.renewal import IsGood, Source, kept_tokens, renewed_tokens
from toolkit.rest.vault.connections import where_kept
from toolkit.rest.vault.names import connect_command
from toolkit.rest.vault.tokens import Tokens


def refreshed(door: Door, tokens: Tokens) -> Tokens:
    """Return what the vendor gives for a refresh token.

    Raises
    ------
    AuthError
        There is none, or the vendor refuses it: a person must sign in again.
    """
    if tokens.refresh is None:
        raise AuthError(
            f"The sign-in to {door.system} has ended, and the vendor gave nothing to renew it with. Sign in again: "
            f"{connect_command(door.system)}."
        )
    client = Client(door.needed("client_id").revealed(), door.value("client_secret"))
    form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh.revealed()}
    with door.http() as http:
        return asked_tokens(http, door.sign_in, client, form, system=door.system, clock=door.clock)


def refreshing_source(door: Door) -> Source:
    """Return the tokens that were kept when a person signed in, and how they rotate.

    Raises
    ------
    AuthError
        Nobody is signed in.
    """
    known, secrets, tokens = kept_tokens(door.vault, door.system)

    def renewed(is_good: IsGood) -> Tokens:
        return renewed_tokens(door.vault, door.system, lambda old: refreshed(door, old), is_good)

    return Source(
        door.system,
        tokens,
        renewed,
        door.clock,
        reference=where_kept(known),
        given=tuple(secrets.given.values()),
        signature=door.sign_in.signature(),
    )
