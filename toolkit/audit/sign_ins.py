"""How each system of an engagement is signed in to: what its connector says, and what the settings add."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import cast

from toolkit.audit.engagement import Engagement
from toolkit.connector import Connector, SignIn
from toolkit.discovery import discovered
from toolkit.errors import AuthError, InputError, UnknownNameError
from toolkit.rest.doors import Door
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import FOLDER, Vault
from toolkit.rest.ways import way_named, ways
from toolkit.settings import SignInSettings, SystemSettings, secret_environment

PASSPHRASE_VARIABLE = "INTEGRATION_AUDIT_PASSPHRASE"  # noqa: S105 - its name, not what it holds
"""The variable of the environment that opens encrypted files without a person."""

MIN_PASSPHRASE_LENGTH = 8

Ask = Callable[[str], str]
"""Puts a question to a person, and shows nothing of the answer while it is typed."""


def door_of(engagement: Engagement, system: str, vault: Vault) -> Door:
    """Return how one system of an engagement is opened.

    Parameters
    ----------
    engagement
        The engagement.
    system
        Its name in ``engagement.yaml``.
    vault
        From `vault_of`: one for all systems, so that a passphrase is asked for once.

    Raises
    ------
    UnknownNameError
        There is no such system.
    InputError
        Nothing says how to sign in to it.
    """
    found = engagement.settings.systems.get(system)
    if found is None:
        raise UnknownNameError("system", system, engagement.settings.systems)
    said = found.sign_in or SignInSettings()
    return Door(
        system=system,
        sign_in=_sign_in(system, found, said),
        vault=vault,
        given=said.given(),
        places=said.places,
        environment=secret_environment(),
        redirect_port=said.redirect_port,
    )


def offered_sign_ins(connector: str) -> tuple[SignIn, ...]:
    """Return the ways to sign in that a connector describes, the simplest first."""
    found = cast("dict[str, Connector]", discovered("toolkit.connectors", "CONNECTOR")).get(connector)
    return found.api.sign_in if found is not None and found.api is not None else ()


def vault_of(engagement: Engagement, ask: Ask | None = None) -> Vault:
    """Return where the connections of an engagement are kept.

    Parameters
    ----------
    engagement
        The engagement.
    ask
        Asks for the passphrase of an encrypted file; None where no person is there.
    """
    folder = engagement.folder / FOLDER

    @cache
    def passphrase() -> Secret:
        return _passphrase(ask, is_new=not any(folder.glob("*.sealed")))

    return Vault(folder, passphrase)


def _sign_in(system: str, settings: SystemSettings, said: SignInSettings) -> SignIn:
    offered = offered_sign_ins(settings.connector)
    if not said.way and not offered:
        raise InputError(
            f"Nothing says how to sign in to {system}. Write it into engagement.yaml: systems.{system}.sign_in.way, one of "
            f"{', '.join(ways())}."
        )
    way = said.way or offered[0].way
    way_named(way)
    found = next((one for one in offered if one.way == way), SignIn(way))
    return replace(
        found,
        header=said.header or found.header,
        prefix=said.prefix or found.prefix,
        authorize_url=said.authorize_url or found.authorize_url,
        token_url=said.token_url or found.token_url,
        revoke_url=said.revoke_url or found.revoke_url,
        audience=said.audience or found.audience,
        scopes_read=said.scopes or found.scopes_read,
        client_auth=said.client_auth or found.client_auth,
        tells=tuple(said.tells.items()) or found.tells,
        scope_separator=said.scope_separator or found.scope_separator,
        authorize_extra=tuple(said.authorize_extra.items()) or found.authorize_extra,
        refresh_days=said.refresh_days or found.refresh_days,
    )


def _passphrase(ask: Ask | None, *, is_new: bool) -> Secret:
    found = secret_environment().get(PASSPHRASE_VARIABLE, "")
    if not found and ask is None:
        raise AuthError(
            f"The sign-ins of this engagement are kept in an encrypted file, and nobody is here to type its passphrase. Set "
            f"{PASSPHRASE_VARIABLE}, or start again at a terminal."
        )
    if not found and ask is not None:
        found = ask("New passphrase for the encrypted file" if is_new else "Passphrase of the encrypted file")
        if is_new and len(found) >= MIN_PASSPHRASE_LENGTH and ask("The same once more") != found:
            raise InputError("The two passphrases are not the same. Nothing was kept; start again.")
    if is_new and len(found) < MIN_PASSPHRASE_LENGTH:
        raise InputError(
            f"The passphrase is too short: it needs {MIN_PASSPHRASE_LENGTH} characters at least, better four words. Nothing "
            "was kept."
        )
    return Secret(found)
