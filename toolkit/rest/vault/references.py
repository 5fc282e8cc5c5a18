"""References to secrets, as settings hold them: ``env:NAME`` and ``keyring:SERVICE/USER``. A secret itself is refused."""

import re
from collections.abc import Mapping

from toolkit.errors import AuthError, InputError
from toolkit.rest.redaction import Secret

_ENVIRONMENT = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_KEYRING = re.compile(r"keyring:(.+)/([^/]+)")
FORMS = "env:NAME for a variable of the environment, keyring:SERVICE/USER for an entry of this machine's keyring"
"""What may stand where a secret is needed."""


def is_reference(text: str) -> bool:
    """Return whether a text names where a secret is kept.

    Examples
    --------
    >>> is_reference("env:CRM_TOKEN"), is_reference("keyring:harbor-pine/xero"), is_reference("sk_live_4711")
    (True, True, False)
    """
    return bool(_ENVIRONMENT.fullmatch(text) or _KEYRING.fullmatch(text))


def referred_secret(reference: str, *, what: str, environment: Mapping[str, str]) -> Secret:
    """Return the secret that a reference names.

    Parameters
    ----------
    reference
        ``env:NAME`` or ``keyring:SERVICE/USER``.
    what
        What it is and of which system, for the message: ``"the token of crm"``.
    environment
        Variables by name.

    Raises
    ------
    AuthError
        There is no such variable or entry, or it is empty.
    InputError
        It is no reference; the message does not repeat it.
    """
    if found := _ENVIRONMENT.fullmatch(reference):
        text = environment.get(found[1], "").strip()
        if not text:
            raise AuthError(
                f"{what[:1].upper()}{what[1:]} is kept in the environment variable {found[1]}, which is not set. Set it, "
                "and start again from the same window."
            )
        return Secret(text)
    if found := _KEYRING.fullmatch(reference):
        from toolkit.rest.vault.keyrings import read_entry

        secret = read_entry(found[1], found[2])
        if not secret:
            raise AuthError(
                f"{what[:1].upper()}{what[1:]} is kept in the keyring under {found[1]}/{found[2]}, and there is no such "
                f"entry. Make one: keyring set {found[1]} {found[2]}."
            )
        return secret
    raise InputError(literal_refused(what))


def literal_refused(what: str) -> str:
    """Return the sentence for whoever wrote a secret where a reference belongs; it does not repeat what stood there.

    Examples
    --------
    >>> literal_refused("the token of crm")[:63]
    'The token of crm must not stand in a file. Write where it is ke'
    """
    return f"{what[:1].upper()}{what[1:]} must not stand in a file. Write where it is kept: {FORMS}."
