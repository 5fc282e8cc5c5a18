"""Every way to sign in, against a vendor that keeps to the rules."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.authorization_server import CLIENT_ID, CLIENT_SECRET, Server, authorization_server, visited
from tests.file_keyring import FileKeyring
from tests.signing_in import Clock, Visitor, door_to, listed
from toolkit.connector import Api, Reading
from toolkit.errors import AuthError, InputError, UnknownNameError
from toolkit.rest.client import RestClient
from toolkit.rest.connecting import connect
from toolkit.rest.credentials import Credential
from toolkit.rest.doors import Door
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault
from toolkit.rest.ways import credential_of, way_named, ways

JWT = {"client_id": CLIENT_ID, "private_key": "env:KEY", "user": "audit@client.example"}


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a vendor."""
    with authorization_server() as running:
        yield running


@pytest.fixture(scope="module")
def private_key() -> rsa.RSAPrivateKey:
    """Return a key as a client's administrator makes one."""
    return rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    """Return a key as a text."""
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def signed_with(server: Server, credential: Credential) -> str:
    """Return what signed the request that a pull sends."""
    listed(credential, server)
    return server.requests[-1][1]


def test_a_key_goes_into_the_header_that_the_vendor_names(server: Server, vault: Vault) -> None:
    """Into ``X-API-Key`` where it names none; never into the address."""
    door = door_to(server, vault, way="api_key", given={"key": "env:KEY"}, environment={"KEY": "CANARY-key"})
    named = door_to(
        server, vault, way="api_key", given={"key": "env:KEY"}, environment={"KEY": "CANARY-key"},
        sign_in={"header": "Authorization", "prefix": "Token "},
    )  # fmt: skip

    assert signed_with_or_refused(server, credential_of(door)) == "CANARY-key"
    assert signed_with_or_refused(server, credential_of(named)) == "Token CANARY-key"
    assert {path for path, _ in server.requests} == {"/contacts"}


def signed_with_or_refused(server: Server, credential: Credential) -> str:
    assert listed(credential, server).status_code == 401
    return server.requests[-1][1]


def test_a_token_that_a_person_made_is_a_bearer_token(server: Server, vault: Vault) -> None:
    """As RFC 6750 writes it."""
    server.good_access.add("CANARY-token")
    door = door_to(server, vault, way="bearer", given={"token": "env:TOKEN"}, environment={"TOKEN": " CANARY-token\n"})

    assert signed_with(server, credential_of(door)) == "Bearer CANARY-token"


def test_user_and_password_are_sent_as_rfc_7617_says(server: Server, vault: Vault) -> None:
    """In UTF-8; the letters of the password are the client's."""
    given = {"user": "dana@client.example/token", "password": "env:PASSWORD"}
    door = door_to(server, vault, way="basic", given=given, environment={"PASSWORD": "CANARY-pässword:1"})

    sent = signed_with_or_refused(server, credential_of(door))

    assert base64.b64decode(sent.removeprefix("Basic ")).decode() == "dana@client.example/token:CANARY-pässword:1"


def test_a_user_with_a_colon_is_refused(server: Server, vault: Vault) -> None:
    """What stands behind it would be taken for the password."""
    given = {"user": "dana:x", "password": "env:PASSWORD"}
    door = door_to(server, vault, way="basic", given=given, environment={"PASSWORD": "CANARY"})

    with pytest.raises(AuthError, match="colon"):
        credential_of(door)


def test_a_key_that_is_refused_says_where_it_is_kept(server: Server, vault: Vault) -> None:
    """Code 7: no second try with the same key."""
    door = door_to(server, vault, way="bearer", given={"token": "env:TOKEN"}, environment={"TOKEN": "CANARY-old"})

    contacts = Reading("/contacts")
    with (
        RestClient("crm", Api(server.address), [contacts], credential=credential_of(door)) as client,
        pytest.raises(AuthError, match=r"kept in env:TOKEN.*connect crm") as caught,
    ):
        client.answer(client.call(contacts), contacts)

    assert caught.value.exit_code == 7
    assert len(server.requests) == 1
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("text", ["CANARY two words", "CANARY\r\nX-Evil: 1", "CANARY-€", "CANARY\t1", " "])
def test_a_key_that_no_header_can_hold_is_refused_before_it_is_sent(server: Server, vault: Vault, text: str) -> None:
    """A line end would begin another header, and the errors of lower layers quote what they refuse."""
    door = door_to(server, vault, way="bearer", given={"token": "env:TOKEN"}, environment={"TOKEN": text})

    with pytest.raises(AuthError) as caught:
        listed(credential_of(door), server)

    assert server.requests == []
    assert "CANARY" not in str(caught.value)


@pytest.mark.usefixtures("machine_keyring")
def test_the_browser_is_sent_with_a_challenge_and_a_state(server: Server, vault: Vault) -> None:
    """And with nothing that is secret: the address stands in its history."""
    person = Visitor()
    connect(door_to(server, vault), person, owner="Dana", keep_in="keyring")

    told = {name: one[0] for name, one in parse_qs(urlsplit(person.addresses[0]).query).items()}
    assert told["response_type"] == "code"
    assert told["client_id"] == CLIENT_ID
    assert told["code_challenge_method"] == "S256"
    assert told["scope"] == "contacts.read offline_access"
    assert len(told["state"]) >= 40
    assert told["redirect_uri"].startswith("http://localhost:")
    assert "CANARY" not in person.addresses[0]


@pytest.mark.usefixtures("machine_keyring")
def test_two_sign_ins_share_neither_state_nor_verifier(server: Server, vault: Vault) -> None:
    """What one knows is of no use to the other."""
    person = Visitor()
    for _ in range(2):
        connect(door_to(server, vault), person, owner="Dana", keep_in="keyring")

    first, second = (parse_qs(urlsplit(one).query) for one in person.addresses)
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]


@pytest.mark.usefixtures("machine_keyring")
def test_the_code_is_exchanged_with_the_verifier(server: Server, vault: Vault) -> None:
    """The vendor checks that it is the process that began."""
    connect(door_to(server, vault), Visitor(), owner="Dana", keep_in="keyring")

    [form] = server.asked
    secret = base64.b64decode(form["_authorization"].removeprefix("Basic ")).decode()
    assert secret == f"{CLIENT_ID}:{CLIENT_SECRET}"
    assert len(form["code_verifier"]) >= 43
    assert form["redirect_uri"].startswith("http://localhost:")


def test_a_code_that_somebody_else_caught_is_worth_nothing(
    server: Server, vault: Vault, machine_keyring: FileKeyring
) -> None:
    """The one who signs in learns it, and nothing is kept."""

    def stolen(address: str) -> str:
        page = visited(address)
        code = next(iter(server.challenges))
        server.challenges[code] = "of another verifier"
        return page

    with pytest.raises(AuthError, match="the code or its verifier is not right"):
        connect(door_to(server, vault), Visitor(arrives=stolen), owner="Dana", keep_in="keyring")

    assert machine_keyring._entries() == {}
    assert not [*vault.folder.glob("*.json")]


@pytest.mark.usefixtures("machine_keyring")
def test_what_the_vendor_tells_on_the_way_back_is_kept(server: Server, vault: Vault) -> None:
    """QuickBooks names the company there, Salesforce the instance in its answer."""
    server.further_on_redirect = {"realmId": "9130"}
    server.further = {"instance_url": "https://acme.example"}
    tells = (("realm_id", "realmId"), ("instance_url", "instance_url"))
    door = door_to(server, vault, sign_in={"tells": tells})

    found = connect(door, Visitor(), owner="Dana", keep_in="keyring")

    expected = {"realm_id": "9130", "instance_url": "https://acme.example"}
    assert found.connection.places == expected
    assert credential_of(door).places == expected
    server.further_on_redirect = {}
    later = door_to(server, vault, sign_in={"tells": tells}, clock=Clock(door.clock() + timedelta(hours=2)))
    credential = credential_of(later)
    listed(credential, server)
    assert credential.places == expected


def test_the_client_itself_signs_in(server: Server, vault: Vault) -> None:
    """No person, nothing kept; each process asks for a token of its own, and again when it ends."""
    clock = Clock()
    door = door_to(server, vault, way="client_credentials", clock=clock, sign_in={"client_auth": "client_secret_post"})
    credential = credential_of(door)

    assert signed_with(server, credential) == "Bearer CANARY-access-1"
    assert signed_with(server, credential) == "Bearer CANARY-access-1"
    clock.pass_by(hours=2)
    assert signed_with(server, credential) == "Bearer CANARY-access-2"
    assert server.asked[0] | {"_authorization": ""} == {
        "grant_type": "client_credentials",
        "scope": "contacts.read offline_access",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "_authorization": "",
    }
    assert not vault.folder.exists()


def test_a_signed_statement_is_exchanged_for_a_token(server: Server, vault: Vault, private_key: rsa.RSAPrivateKey) -> None:
    """It says who asks, for whom, and until when; its signature is verified with the public key."""
    from joserfc import jwk, jwt

    sign_in = {"audience": "https://login.crm.example"}
    door = door_to(server, vault, way="jwt_bearer", given=JWT, environment={"KEY": pem(private_key)}, sign_in=sign_in)

    assert signed_with(server, credential_of(door)) == "Bearer CANARY-access-1"
    public = private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = jwt.decode(server.asked[0]["assertion"], jwk.RSAKey.import_key(public), algorithms=["RS256"]).claims
    assert {name: claims[name] for name in ("iss", "sub", "aud")} == {
        "iss": CLIENT_ID,
        "sub": "audit@client.example",
        "aud": "https://login.crm.example",
    }
    assert claims["exp"] - claims["iat"] == 180
    assert claims["jti"]


@pytest.mark.parametrize("days", [-1, 1])
def test_a_statement_of_a_clock_that_is_off_is_made_anew(
    server: Server, vault: Vault, private_key: rsa.RSAPrivateKey, days: int
) -> None:
    """With the vendor's time, once."""
    server.clock_offset = timedelta(days=days)
    door = door_to(server, vault, way="jwt_bearer", given=JWT, environment={"KEY": pem(private_key)})

    assert signed_with(server, credential_of(door)) == "Bearer CANARY-access-1"
    assert len(server.asked) == 2


def test_a_statement_that_is_refused_for_another_reason_is_not_repeated(
    server: Server, vault: Vault, private_key: rsa.RSAPrivateKey
) -> None:
    """The clocks agree."""
    server.answer = lambda _form: (400, {}, json.dumps({"error": "invalid_grant"}).encode())
    door = door_to(server, vault, way="jwt_bearer", given=JWT, environment={"KEY": pem(private_key)})

    with pytest.raises(AuthError):
        listed(credential_of(door), server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("text", ["CANARY-no-key", "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"])
def test_a_private_key_that_is_none_is_not_repeated(server: Server, vault: Vault, text: str) -> None:
    """The message says what a key looks like, and where it is kept."""
    door = door_to(server, vault, way="jwt_bearer", given=JWT, environment={"KEY": text})

    with pytest.raises(AuthError, match=r"no RSA key in PEM.*env:KEY") as caught:
        listed(credential_of(door), server)
    assert "CANARY" not in str(caught.value)


def test_line_ends_of_a_key_may_be_written_as_two_characters(
    server: Server, vault: Vault, private_key: rsa.RSAPrivateKey
) -> None:
    """Many tools put a key into a variable so."""
    environment = {"KEY": pem(private_key).replace("\n", "\\n")}
    door = door_to(server, vault, way="jwt_bearer", given=JWT, environment=environment)

    assert signed_with(server, credential_of(door)) == "Bearer CANARY-access-1"


@pytest.mark.usefixtures("machine_keyring")
def test_a_refresh_token_from_the_vendors_tool_is_where_it_begins(server: Server, vault: Vault) -> None:
    """From then on it rotates, and the one that was given is no longer needed."""
    server.good_refresh.add("CANARY-given")
    given = {"client_id": CLIENT_ID, "client_secret": "env:CLIENT_SECRET", "refresh_token": "env:START"}
    clock = Clock()
    door = door_to(server, vault, way="refresh_token", given=given, environment={"START": "CANARY-given"}, clock=clock)

    connect(door, Visitor(), owner="Dana", keep_in="keyring")
    clock.pass_by(hours=2)

    assert signed_with(server, credential_of(door)) == "Bearer CANARY-access-2"
    assert [form["refresh_token"] for form in server.asked] == ["CANARY-given", "CANARY-refresh-1"]


def test_what_nobody_gave_is_named(server: Server, vault: Vault) -> None:
    """With what to type."""
    for way, name in {
        "api_key": "key",
        "bearer": "token",
        "basic": "user name",
        "client_credentials": "client secret",
    }.items():
        with pytest.raises(AuthError, match=f"{name} of crm is not known.*connect crm"):
            credential_of(door_to(server, vault, way=way, given={}))
    with pytest.raises(AuthError, match="Nobody is signed in to crm here"):
        credential_of(door_to(server, vault, given={}))


def test_a_literal_secret_is_refused_wherever_it_comes_from(server: Server, vault: Vault) -> None:
    """And not repeated."""
    door = door_to(server, vault, way="bearer", given={"token": "CANARY-literal"})

    with pytest.raises(InputError, match="must not stand in a file") as caught:
        credential_of(door)
    assert "CANARY" not in str(caught.value)


@pytest.mark.usefixtures("machine_keyring")
def test_a_browser_sign_in_without_addresses_says_what_is_missing(server: Server, vault: Vault) -> None:
    """The generic connector knows no vendor."""
    from dataclasses import replace

    door = door_to(server, vault)
    door = replace(door, sign_in=replace(door.sign_in, authorize_url=""))

    with pytest.raises(InputError, match="authorize_url and token_url"):
        connect(door, Visitor(), owner="Dana", keep_in="keyring")


@pytest.mark.parametrize("shop", ["", "evil.example/x", "a@evil", "harbor pine", "a#b", "a?b", "..", "{shop}"])
def test_a_place_that_leads_elsewhere_is_refused(server: Server, vault: Vault, shop: str) -> None:
    """What fills the vendor's address is the name of a host or a part of one."""
    from dataclasses import replace

    door = door_to(server, vault, way="client_credentials", places={"shop": shop})
    door = replace(door, sign_in=replace(door.sign_in, token_url="https://{shop}.myshopify.com/admin/oauth/access_token"))

    with pytest.raises(InputError, match="shop"):
        credential_of(door)


def test_every_way_says_what_it_is() -> None:
    """A file of the folder is a way, and is called what people call it."""
    found = ways()

    assert {"api_key", "basic", "bearer", "client_credentials", "jwt_bearer", "oauth2_code", "refresh_token"} <= set(found)
    assert all(one.label and one.needs for one in found.values())
    with pytest.raises(UnknownNameError, match="Did you mean 'oauth2_code'"):
        way_named("oauth_code")


@pytest.mark.usefixtures("machine_keyring")
def test_no_credential_shows_what_it_holds(server: Server, vault: Vault) -> None:
    """Neither printed, nor in the repr of what holds it."""
    door = door_to(server, vault)
    connect(door, Visitor(), owner="Dana", keep_in="keyring")
    credential = credential_of(door)
    fixed: Door = door_to(server, vault, way="bearer", given={"token": "env:TOKEN"}, environment={"TOKEN": "CANARY-token"})

    shown = [repr(one) for one in (door, credential, credential.auth, fixed, credential_of(fixed), credential.secrets)]

    assert not [one for one in shown if "CANARY" in one]
    assert Secret("CANARY-refresh-2") in credential.secrets
