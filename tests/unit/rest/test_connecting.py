"""Connecting asks for what is missing, keeps it where it belongs, and says what was granted (S04)."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import keyring
import pytest

from tests.authorization_server import CLIENT_ID, CLIENT_SECRET, Server, authorization_server
from tests.file_keyring import FileKeyring
from tests.signing_in import Clock, Visitor, door_to, listed
from toolkit.errors import AuthError, DamagedError
from toolkit.rest.connecting import connect, disconnect
from toolkit.rest.oauth.scopes import ScopeComparison
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault, connection, connections, kept, locked, rename
from toolkit.rest.vault.keyrings import NoKeyringError
from toolkit.rest.vault.sealed_files import WrongPassphraseError
from toolkit.rest.ways import credential_of


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a vendor."""
    with authorization_server() as running:
        yield running


@pytest.mark.usefixtures("machine_keyring")
def test_what_is_known_of_a_connection_is_no_secret(server: Server, vault: Vault) -> None:
    """Who, how, with what rights and until when stands in a readable file that only its owner may read."""
    server.further = {"x_refresh_token_expires_in": 8_640_000}
    clock = Clock()
    found = connect(door_to(server, vault, clock=clock), Visitor(), owner="Dana", keep_in="keyring")

    [known] = connections(vault)
    assert known == found.connection
    assert (known.system, known.way, known.kept_in, known.owner) == ("crm", "oauth2_code", "keyring", "Dana")
    assert known.scopes == ("contacts.read", "offline_access")
    assert known.renews
    assert known.valid_until == clock() + timedelta(days=100)
    path = vault.folder / "crm.json"
    assert "CANARY" not in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700


@pytest.mark.usefixtures("machine_keyring")
@pytest.mark.parametrize(
    ("granted", "missing", "beyond"),
    [
        ("contacts.read offline_access", (), ()),
        ("offline_access", ("contacts.read",), ()),
        ("contacts.read offline_access contacts.write openid", (), ("contacts.write",)),
        ("", ("contacts.read", "offline_access"), ()),
    ],
)
def test_rights_granted_are_compared_with_those_needed(
    server: Server, vault: Vault, granted: str, missing: tuple[str, ...], beyond: tuple[str, ...]
) -> None:
    """Each missing one is named, and each that reading does not need."""
    server.scopes = granted

    found = connect(door_to(server, vault), Visitor(), owner="Dana", keep_in="keyring")

    assert found.scopes == ScopeComparison(tuple(sorted(granted.split())), missing, beyond)
    assert not found.is_as_asked


@pytest.mark.usefixtures("machine_keyring")
def test_a_vendor_that_repeats_no_rights_granted_what_was_asked(server: Server, vault: Vault) -> None:
    """As RFC 6749 says; the person is told that nobody confirmed it."""
    server.scopes = None

    found = connect(door_to(server, vault), Visitor(), owner="Dana", keep_in="keyring")

    assert found.scopes == ScopeComparison(("contacts.read", "offline_access"), (), ())
    assert found.is_as_asked


@pytest.mark.usefixtures("machine_keyring")
def test_what_the_settings_lack_is_asked_for_and_kept(server: Server, vault: Vault) -> None:
    """Typed once: signing in again needs the browser only."""
    person = Visitor({"client id": CLIENT_ID, "client secret": CLIENT_SECRET})
    door = door_to(server, vault, given={}, sign_in={"needs": ("client_id", "client_secret")})

    connect(door, person, owner="Dana", keep_in="keyring")
    assert person.asked == ["Client id of crm", "Client secret of crm"]

    again = Visitor()
    connect(door, again, owner="Dana", keep_in="keyring")
    assert again.asked == []
    assert listed(credential_of(door), server).status_code == 200


def test_a_key_that_was_typed_is_kept_and_a_new_one_is_asked_for(
    server: Server, vault: Vault, machine_keyring: FileKeyring
) -> None:
    """Connecting again is how a key is replaced; the keyring holds one entry for it, not two."""
    server.good_access |= {"CANARY-first", "CANARY-second"}
    door = door_to(server, vault, way="bearer", given={})
    for key in ("CANARY-first", "CANARY-second"):
        found = connect(door, Visitor({"token": key}), owner="Dana", keep_in="keyring")

    assert found.scopes is None
    listed(credential_of(door), server)
    assert server.requests[-1][1] == "Bearer CANARY-second"
    assert len(machine_keyring._entries()) == 1


@pytest.mark.usefixtures("no_keyring")
def test_what_settings_refer_to_is_kept_nowhere_else(server: Server, vault: Vault) -> None:
    """There is nothing to keep, so no keyring is needed."""
    door = door_to(server, vault, way="bearer", given={"token": "env:TOKEN"}, environment={"TOKEN": "CANARY"})

    found = connect(door, Visitor(), owner="Dana", keep_in="keyring")

    assert found.connection.kept_in == "references"
    assert [path.name for path in vault.folder.iterdir()] == ["crm.json"]


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_nothing_is_half_kept(server: Server, vault: Vault) -> None:
    """The sentence says what to do."""
    with pytest.raises(NoKeyringError, match="--encrypted-file"):
        connect(door_to(server, vault), Visitor(), owner="Dana", keep_in="keyring")

    assert connections(vault) == []


@pytest.mark.usefixtures("no_keyring")
def test_an_engagement_has_one_passphrase(server: Server, vault: Vault) -> None:
    """With two, nobody would know which one is asked for."""
    connect(door_to(server, vault), Visitor(), owner="Dana", keep_in="file")
    other = Vault(vault.folder, lambda: Secret("another passphrase"))
    ledger = replace(door_to(server, other), system="ledger")

    with pytest.raises(WrongPassphraseError):
        connect(ledger, Visitor(), owner="Dana", keep_in="file")

    assert [one.system for one in connections(vault)] == ["crm"]


@pytest.mark.usefixtures("no_keyring")
def test_a_damaged_file_is_mended_by_connecting_again(server: Server, vault: Vault) -> None:
    """Nobody has to find and delete it first."""
    door = door_to(server, vault)
    connect(door, Visitor(), owner="Dana", keep_in="file")
    for name in ("crm.sealed", "crm.json"):
        (vault.folder / name).write_bytes(b"damaged")
        with pytest.raises(DamagedError):
            credential_of(door)

        connect(door, Visitor(), owner="Dana", keep_in="file")
        assert listed(credential_of(door), server).status_code == 200


@pytest.mark.usefixtures("machine_keyring")
def test_a_sign_in_that_fails_leaves_the_one_there_was(server: Server, vault: Vault) -> None:
    """Somebody closes the browser: what was connected still is."""
    door = door_to(server, vault)
    connect(door, Visitor(), owner="Dana", keep_in="keyring")

    with pytest.raises(AuthError):
        connect(replace(door, wait_s=0.05), Visitor(arrives=lambda _: ""), owner="Dana", keep_in="keyring")

    assert listed(credential_of(door), server).status_code == 200


@pytest.mark.usefixtures("machine_keyring")
@pytest.mark.parametrize("keep_in", ["keyring", "file"])
def test_disconnecting_leaves_nothing_here_and_takes_it_back_there(server: Server, vault: Vault, keep_in: str) -> None:
    """The refresh token is revoked (RFC 7009), the entry or file is gone, and nothing can be asked any more."""
    door = door_to(server, vault)
    connect(door, Visitor(), owner="Dana", keep_in=keep_in)  # type: ignore[arg-type]
    known = connection(vault, "crm")
    assert known is not None

    said = disconnect(vault, known, door)

    assert server.revoked == ["CANARY-refresh-2"]
    assert said[0] == "The vendor has taken the sign-in to crm back."
    assert [*vault.folder.iterdir()] == []
    assert keyring.get_keyring()._entries() == {}  # type: ignore[attr-defined]
    with pytest.raises(AuthError, match="Nobody is signed in"):
        credential_of(door)


@pytest.mark.usefixtures("machine_keyring")
def test_what_cannot_be_taken_back_there_is_removed_here_and_said(server: Server, vault: Vault) -> None:
    """A vendor without such an address, a forgotten passphrase, a system that the settings know no more."""
    for turn, spoil in enumerate(("no address", "refused", "no settings", "passphrase")):
        door = door_to(server, vault)
        connect(door, Visitor(), owner="Dana", keep_in="file" if spoil == "passphrase" else "keyring")
        known = connection(vault, "crm")
        assert known is not None
        server.answer = lambda form: (503, {}, b"") if "token_type_hint" in form else None
        if spoil == "no address":
            door = replace(door, sign_in=replace(door.sign_in, revoke_url=""))
        where = Vault(vault.folder, lambda: Secret("forgotten")) if spoil == "passphrase" else vault

        said = disconnect(where, known, None if spoil == "no settings" else door)

        assert "works on until it is taken back there" in " ".join(said), (turn, spoil)
        assert [*vault.folder.iterdir()] == []


@pytest.mark.usefixtures("machine_keyring")
@pytest.mark.parametrize("keep_in", ["keyring", "file"])
def test_a_system_that_is_renamed_stays_connected(server: Server, vault: Vault, keep_in: str) -> None:
    """Nobody has to sign in again."""
    connect(door_to(server, vault), Visitor(), owner="Dana", keep_in=keep_in)  # type: ignore[arg-type]

    rename(vault, "crm", "sales")
    rename(vault, "never_there", "anything")

    assert [one.system for one in connections(vault)] == ["sales"]
    assert listed(credential_of(replace(door_to(server, vault), system="sales")), server).status_code == 200


@pytest.mark.usefixtures("machine_keyring")
def test_secrets_that_somebody_removed_are_missed(server: Server, vault: Vault) -> None:
    """From the keyring, by its own program: the person is asked to sign in."""
    door = door_to(server, vault)
    known = connect(door, Visitor(), owner="Dana", keep_in="keyring").connection
    keyring.delete_password("integration-audit", known.entry)

    assert kept(vault, known) is None
    with pytest.raises(AuthError, match="integration-audit connect crm"):
        credential_of(door)


def test_the_lock_of_one_system_holds_up_no_other(vault: Vault) -> None:
    """Each is renewed on its own."""
    with locked(vault, "crm"), locked(vault, "ledger", wait_s=0.2):
        pass


@pytest.mark.usefixtures("no_keyring")
def test_nobody_is_asked_before_it_is_sure_that_the_answer_can_be_kept(server: Server, vault: Vault) -> None:
    """A refresh token works once: used up with nowhere to keep what it brings, the client would have to make another."""

    def nobody_types() -> Secret:
        raise AuthError("nobody is here to type the passphrase")

    shown = server.given()["refresh_token"]
    door = door_to(server, Vault(vault.folder, nobody_types), way="refresh_token", **_brought(shown))

    for place, why in (("file", "nobody is here"), ("keyring", "--encrypted-file")):
        with pytest.raises(AuthError, match=why):
            connect(door, Visitor(), owner="Dana", keep_in=place)  # type: ignore[arg-type]

    assert server.asked == []
    assert connect(replace(door, vault=vault), Visitor(), owner="Dana", keep_in="file").connection.renews


@pytest.mark.usefixtures("machine_keyring")
def test_a_refresh_token_that_was_brought_is_shown_to_the_vendor_once(server: Server, vault: Vault) -> None:
    """Connecting again renews what it brought: shown twice, it would end the sign-in that works."""
    door = door_to(server, vault, way="refresh_token", **_brought(server.given()["refresh_token"]))
    connect(door, Visitor(), owner="Dana", keep_in="keyring")

    connect(door, Visitor(), owner="Dana", keep_in="keyring")

    assert listed(credential_of(door), server).status_code == 200


@pytest.mark.usefixtures("machine_keyring")
def test_the_former_connection_comes_with_the_new_one(server: Server, vault: Vault) -> None:
    """So that it can be put back where the new one opens nothing."""
    door = door_to(server, vault, way="bearer", given={})
    first = connect(door, Visitor({"token": "CANARY-first"}), owner="Dana", keep_in="keyring")
    assert first.former is None

    second = connect(door, Visitor({"token": "CANARY-second"}), owner="Dana", keep_in="keyring")

    assert second.former is not None
    assert second.former[1].given["token"].revealed() == "CANARY-first"


def _brought(token: str) -> dict[str, dict[str, str]]:
    """Return what settings say of a refresh token that stands in a variable."""
    return {
        "given": {"client_id": CLIENT_ID, "client_secret": "env:CLIENT_SECRET", "refresh_token": "env:BROUGHT"},
        "environment": {"BROUGHT": token},
    }
