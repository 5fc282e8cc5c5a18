"""How each system of an engagement is signed in to: what its connector says, and what the settings add."""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.audit.engagement import Engagement
from toolkit.connector import SignIn
from toolkit.connector.overview import scopes_to_write
from toolkit.connectors import connector_of
from toolkit.errors import AuthError, DamagedError, InputError, UnknownNameError
from toolkit.rest.doors import SECRET_VALUES, Door
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import FOLDER, Vault
from toolkit.rest.vault.names import written_name
from toolkit.rest.vault.sealed_files import WrongPassphraseError, opened
from toolkit.rest.ways import way_named, ways
from toolkit.settings import FILE_NAME, SignInSettings, SystemSettings, secret_environment

PASSPHRASE_VARIABLE = "INTEGRATION_AUDIT_PASSPHRASE"  # noqa: S105 - its name, not what it holds
"""The variable of the environment that opens encrypted files without a person."""

MIN_PASSPHRASE_LENGTH = 8

_TRIES = 3
_SIGNING = frozenset({"key", "token", "password", "refresh_token", "private_key"})
"""What of a sign-in opens a system by itself."""

Ask = Callable[[str], str]
"""Puts a question to a person, and shows nothing of the answer while it is typed."""

_ASKING = threading.Lock()
_TYPED: dict[Path, Secret] = {}
"""Passphrases that this process was told, by the folder that they open."""


def door_of(engagement: Engagement, system: str, vault: Vault, *, to_write: bool = False) -> Door:
    """Return how one system of an engagement is opened.

    Parameters
    ----------
    engagement
        The engagement.
    system
        Its name in ``engagement.yaml``.
    vault
        From `vault_of`: one for all systems, so that a passphrase is asked for once.
    to_write
        Whether it is opened to be changed: that takes a sign-in of its own, never the one that reads.

    Raises
    ------
    UnknownNameError
        There is no such system.
    InputError
        Nothing says how to sign in to it.
    """
    found = engagement.settings.systems.get(system)
    if found is None and not engagement.has_settings_file:
        raise InputError(
            f"{engagement.folder} holds no {FILE_NAME}, which says how to sign in to {system}. Name the engagement's folder:"
            f" integration-audit connect {system} FOLDER"
        )
    if found is None:
        raise UnknownNameError("system", system, engagement.settings.systems)
    said = (found.sign_in_to_write if to_write else found.sign_in) or SignInSettings()
    return Door(
        system=written_name(system) if to_write else system,
        sign_in=_sign_in(system, found, said, scopes=_further_scopes(engagement, system) if to_write else None),
        vault=vault,
        given=said.given(),
        places=said.places,
        environment=secret_environment(),
        redirect_port=said.redirect_port,
    )


def refuse_the_reading_one(engagement: Engagement, system: str, vault: Vault) -> None:
    """Refuse what signs in to read a system where it is to sign in to write, too.

    Parameters
    ----------
    engagement
        The engagement.
    system
        Its name in ``engagement.yaml``.
    vault
        Where both are kept.

    Raises
    ------
    InputError
        They are one: whoever reads could write, and a job could not be stopped by taking its right away.
    """
    reading, writing = (door_of(engagement, system, vault, to_write=to_write) for to_write in (False, True))
    # The secret of an app may be the same: what it gets for each sign-in is not.
    own = _SIGNING if writing.sign_in.way != "client_credentials" else {*_SIGNING, "client_secret"}
    for name in sorted(own):
        given = _known(writing, name)
        if given is not None and given == _known(reading, name) and _known(writing, "user") == _known(reading, "user"):
            raise InputError(
                f"The {SECRET_VALUES[name]} that is to write to {system} is the one that reads it. Make credentials of "
                f"their own that may write, and then: integration-audit connect {system} --write"
            )


def _known(door: Door, name: str) -> Secret | None:
    try:
        return door.value(name)
    except (AuthError, InputError):
        return None


def offered_sign_ins(connector: str) -> tuple[SignIn, ...]:
    """Return the ways to sign in that a connector describes, the simplest first."""
    found = connector_of(connector)
    return found.api.sign_in if found is not None and found.api is not None else ()


def vault_of(engagement: Engagement, ask: Ask | None = None) -> Vault:
    """Return where the connections of an engagement are kept.

    Parameters
    ----------
    engagement
        The engagement.
    ask
        Asks for the passphrase of an encrypted file; without, whoever is at the terminal or in the notebook is asked.
    """
    folder = engagement.folder / FOLDER

    def passphrase() -> Secret:
        # Systems are pulled side by side, and one passphrase opens them all: it is asked for once.
        with _ASKING:
            if folder not in _TYPED:
                _TYPED[folder] = _typed(ask or hidden_answers(), sorted(folder.glob("*.sealed")))
            return _TYPED[folder]

    return Vault(folder, passphrase)


def _further_scopes(engagement: Engagement, system: str) -> tuple[str, ...]:
    """Return the rights that changing a system needs beside reading it: those to merge only where its cleanup merges so."""
    known = connector_of(engagement.settings.systems[system].connector)
    rules = engagement.settings.cleanup.get(system)
    merges = rules is not None and rules.merge_by == "vendor"
    return scopes_to_write(known, merges=merges) if known is not None else ()


def _sign_in(system: str, settings: SystemSettings, said: SignInSettings, *, scopes: tuple[str, ...] | None) -> SignIn:
    """Return how a system is signed in to; ``scopes`` are further ones where it is to be changed, else null."""
    offered = offered_sign_ins(settings.connector)
    if not said.way and not offered:
        raise InputError(
            f"Nothing says how to sign in to {system}. Write it into engagement.yaml: "
            f"systems.{system}.{'sign_in' if scopes is None else 'sign_in_to_write'}.way, one of "
            f"{', '.join(ways())}."
        )
    way = said.way or offered[0].way
    way_named(way)
    found = next((one for one in offered if one.way == way), SignIn(way))
    if scopes and found.scopes_read:
        found = replace(found, scopes_read=tuple(dict.fromkeys((*found.scopes_read, *scopes))))
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


def hidden_answers() -> Ask | None:
    """Return what asks for something that is not shown while it is typed; None where nobody is at a terminal or notebook."""
    if not (sys.stdin is not None and sys.stdin.isatty()) and "ipykernel" not in sys.modules:
        return None
    import getpass

    return lambda question: getpass.getpass(f"{question}: ")


def _typed(ask: Ask | None, files: Sequence[Path]) -> Secret:
    """Return the passphrase of the files that are there, or a new one."""
    found = secret_environment().get(PASSPHRASE_VARIABLE, "")
    if found:
        return _long_enough(found) if not files else Secret(found)
    if ask is None:
        raise AuthError(
            f"The sign-ins of this engagement are kept in an encrypted file, and nobody is here to type its passphrase. Set "
            f"{PASSPHRASE_VARIABLE}, or start again at a terminal."
        )
    if not files:
        new = _long_enough(ask("New passphrase for the encrypted file"))
        if Secret(ask("The same once more")) != new:
            raise InputError("The two passphrases are not the same. Nothing was kept; start again.")
        return new
    return _fitting(ask, files[0])


def _fitting(ask: Ask, file: Path) -> Secret:
    """Return the passphrase that opens a file; who mistypes it has two more tries."""
    question = "Passphrase of the encrypted file"
    for _ in range(_TRIES - 1):
        typed = Secret(ask(question))
        try:
            opened(file, lambda typed=typed: typed)  # type: ignore[misc]
        except WrongPassphraseError:
            question = "That does not open it. Passphrase of the encrypted file"
            continue
        except DamagedError:
            pass
        return typed
    return Secret(ask(question))


def _long_enough(text: str) -> Secret:
    if len(text) < MIN_PASSPHRASE_LENGTH:
        raise InputError(
            f"The passphrase is too short: it needs {MIN_PASSPHRASE_LENGTH} characters at least, better four words. Nothing "
            "was kept."
        )
    return Secret(text)
