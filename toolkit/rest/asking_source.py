"""Tokens that the client itself asks for, as often as it needs one: no person signs in, and nothing rotates."""

from collections.abc import Callable

from toolkit.rest.doors import Door
from toolkit.rest.oauth.renewal import IsGood, Source
from toolkit.rest.vault.tokens import Tokens


def asking_source(door: Door, secret: str, asked: Callable[[Door], Tokens]) -> Source:
    """Return tokens that each process asks for itself.

    Parameters
    ----------
    door
        The way in.
    secret
        The name of what the client asks with, among what the person gave.
    asked
        Asks the vendor for tokens.

    Raises
    ------
    AuthError
        The secret is not there.
    """
    key = door.needed(secret)

    def renewed(_is_good: IsGood) -> Tokens:
        return asked(door)

    return Source(
        door.system,
        None,
        renewed,
        door.clock,
        reference=door.reference(secret),
        given=(key,),
        signature=door.sign_in.signature(),
    )
