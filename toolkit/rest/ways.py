"""Every way to sign in, by its name: the files of ``rest/sign_in``."""

from typing import cast

from toolkit.discovery import discovered
from toolkit.errors import UnknownNameError
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door, Way, filled_door


def ways() -> dict[str, Way]:
    """Return every way to sign in.

    Examples
    --------
    >>> sorted(ways())[:3]
    ['api_key', 'basic', 'bearer']
    """
    return cast("dict[str, Way]", discovered("toolkit.rest.sign_in", "WAY"))


def way_named(name: str) -> Way:
    """Return a way to sign in.

    Raises
    ------
    UnknownNameError
        There is none of that name; the message offers the nearest.
    """
    known = ways()
    if name not in known:
        raise UnknownNameError("way to sign in", name, known)
    return known[name]


def credential_of(door: Door) -> Credential:
    """Return what signs the requests to a system.

    Raises
    ------
    AuthError
        Nobody is signed in, or what signs in is not where it should be.
    InputError
        The settings lack something, or hold a secret.
    """
    way = way_named(door.sign_in.way)
    return way.credential(filled_door(door))
