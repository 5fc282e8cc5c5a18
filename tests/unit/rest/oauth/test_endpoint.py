"""What each answer of the address that gives tokens means, and that secrets go nowhere else (S12, S13, F58)."""

import contextlib
import gzip
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.authorization_server import Server, authorization_server
from toolkit.connector import SignIn
from toolkit.errors import AuthError, InputError, ResponseError, RetryableError, ToolkitError
from toolkit.rest.oauth.endpoint import Client, RefusedError, asked_tokens, token_client
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.tokens import Tokens

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CLIENT = Client("audit-client", Secret("CANARY-client-secret"))
FORM = {"grant_type": "refresh_token", "refresh_token": "CANARY-refresh"}


def asked(
    answer: Any, *, url: str = "https://login.crm.example/token", client: Client | None = CLIENT, **facts: Any
) -> tuple[Tokens, httpx.Request]:
    """Return the tokens and the request that was sent."""
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    with token_client(transport=httpx.MockTransport(respond)) as http:
        tokens = asked_tokens(
            http, SignIn("oauth2_code", token_url=url, **facts), client, FORM, system="crm", clock=lambda: NOW
        )
    return tokens, sent[0]


def test_an_answer_becomes_tokens() -> None:
    """With the time at which each ends, and the places that it tells."""
    tokens, _ = asked(
        {
            "access_token": "CANARY-a",
            "refresh_token": "CANARY-r",
            "expires_in": "3600",
            "x_refresh_token_expires_in": 8640000,
            "scope": "api,refresh_token id",
            "instance_url": "https://acme.my.salesforce.com",
        },
        tells=(("instance_url", "instance_url"),),
    )

    assert tokens == Tokens(
        access=Secret("CANARY-a"),
        refresh=Secret("CANARY-r"),
        issued_at=NOW,
        access_expires_at=NOW + timedelta(hours=1),
        refresh_expires_at=NOW + timedelta(days=100),
        scopes=frozenset({"api", "refresh_token", "id"}),
        places={"instance_url": "https://acme.my.salesforce.com"},
    )


def test_an_answer_that_says_little_is_taken_as_it_is() -> None:
    """Neither an end nor a scope is made up; how long an unused refresh token lives, the vendor's page says."""
    tokens, _ = asked({"access_token": "CANARY-a", "refresh_token": "CANARY-r"}, refresh_days=60)

    assert (tokens.access_expires_at, tokens.scopes) == (None, None)
    assert tokens.refresh_expires_at == NOW + timedelta(days=60)


def test_the_client_names_itself_as_the_vendor_wants() -> None:
    """In a header, in the body, or without a secret."""
    _, basic = asked({"access_token": "x"})
    _, post = asked({"access_token": "x"}, client_auth="client_secret_post")
    _, public = asked({"access_token": "x"}, client=Client("audit-client"))

    assert basic.headers["Authorization"].startswith("Basic ")
    assert b"client_secret" not in basic.content
    assert b"client_id=audit-client&client_secret=CANARY-client-secret" in post.content
    assert "Authorization" not in post.headers
    assert public.content.endswith(b"client_id=audit-client")


@pytest.mark.parametrize(
    ("status", "body", "kind", "says"),
    [
        (400, {"error": "invalid_grant"}, AuthError, "expired, was withdrawn, or was used before.*connect crm"),
        (401, {"error": "invalid_client"}, AuthError, "does not know the client.*Check the client's id"),
        (400, {"error": "invalid_scope", "error_description": "x.write is unknown"}, AuthError, "x.write is unknown"),
        (403, {"error": "access_denied"}, AuthError, "access was denied"),
        (400, {"message": "no app", "status": "BAD_CLIENT_ID"}, AuthError, "BAD_CLIENT_ID.*no app"),
        (200, {"error": "bad_verification_code"}, AuthError, "bad_verification_code"),
        (200, {}, AuthError, "gave no token"),
        (200, {"access_token": None}, AuthError, "gave no token"),
        (200, {"access_token": ["x"]}, AuthError, "gave no token"),
        (429, {}, RetryableError, "just now"),
        (503, {}, RetryableError, "just now"),
    ],
)
def test_each_refusal_says_what_to_do(status: int, body: dict[str, Any], kind: type[ToolkitError], says: str) -> None:
    """Whatever words the vendor has for it."""
    with pytest.raises(kind, match=f"(?s)login.crm.example.*{says}"):
        asked(httpx.Response(status, json=body))


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>Please log in to the hotel's network</html>"),
        httpx.Response(200, text="[1, 2]"),
        httpx.Response(200, text='{"access_token": "CANARY-half'),
        httpx.Response(200, text="[" * 100_000),
        httpx.Response(200, text=""),
        httpx.Response(200, content=b"\xff\xfe"),
    ],
    ids=["page", "list", "cut", "deep", "empty", "no text"],
)
def test_an_answer_that_is_none_is_said_to_be_none(answer: httpx.Response) -> None:
    """A network that wants a login first answers for everybody."""
    with pytest.raises(ResponseError, match="not with a token") as caught:
        asked(answer)

    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_secrets_are_not_sent_on(status: int) -> None:
    """Wherever a redirect leads, also to the same host."""
    with pytest.raises(ResponseError, match=r"not\s+sent on"):
        asked(httpx.Response(status, headers={"Location": "https://evil.example/token"}))


@pytest.mark.parametrize(
    "url",
    [
        "http://login.crm.example/token",
        "ftp://login.crm.example/token",
        "https://dana:CANARY@login.crm.example/token",
        "https:///token",
        "login.crm.example",
        "http://127.0.0.1.evil.example/token",
        "",
    ],
)
def test_secrets_go_to_encrypted_addresses_only(url: str) -> None:
    """On this machine alone they may go without."""
    with pytest.raises(InputError, match="addresses only") as caught:
        asked({"access_token": "x"}, url=url)

    assert "CANARY" not in str(caught.value)


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    """A megabyte is a thousand times what a token takes."""
    with pytest.raises(ResponseError, match="more than a megabyte"):
        asked(httpx.Response(200, content=b" " * 3_000_000))


def test_a_packed_answer_is_not_asked_for_and_not_trusted() -> None:
    """A few bytes could unpack to all memory."""
    _, request = asked({"access_token": "x"})
    assert request.headers["Accept-Encoding"] == "identity"

    bomb = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=gzip.compress(b" " * 30_000_000))
    with pytest.raises(ResponseError, match="more than a megabyte"):
        asked(bomb)
    with pytest.raises(ToolkitError):
        asked(httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")))


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), RetryableError, "does not answer"),
        (httpx.ReadTimeout("timed out"), RetryableError, "does not answer"),
        (httpx.ProxyError("403 Forbidden"), RetryableError, "ProxyError"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"), InputError, "certificate.*nothing"),
    ],
)
def test_a_fault_of_the_network_is_said_without_what_was_sent(fault: Exception, kind: type[ToolkitError], says: str) -> None:
    """What lies below would show the question."""
    with pytest.raises(kind, match=says) as caught:
        asked(fault)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_certificates_are_verified_and_old_protocols_refused() -> None:
    """There is no switch for it."""
    with token_client() as http:
        context = http._transport._verify  # type: ignore[attr-defined]

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert not http.follow_redirects


@pytest.mark.parametrize("name", ["localhost", "login.crm.example"])
def test_a_certificate_that_nobody_vouches_for_gets_no_secret(tmp_path: Path, name: str) -> None:
    """Self-signed, for this host or another: the vendor's stand-in is connected to, and is asked nothing."""
    received: list[bytes] = []
    certificate = self_signed(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
            received.append(secured.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        url = f"https://localhost:{listener.getsockname()[1]}/token"
        with token_client() as http, pytest.raises(InputError, match=r"certificate of localhost is not valid"):
            asked_tokens(
                http, SignIn("oauth2_code", token_url=url), CLIENT, FORM, system="crm", clock=lambda: datetime.now(UTC)
            )
        thread.join(timeout=10)

    assert received == []


def self_signed(folder: Path, name: str) -> Path:
    """Return a certificate with its key that vouches for itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_secret_that_no_header_can_hold_is_refused_before_it_is_quoted() -> None:
    """The errors of lower layers would show it."""
    with pytest.raises(AuthError, match="characters that no vendor gives") as caught:
        asked({"access_token": "x"}, client=Client("audit-client", Secret("CANARY-€")))

    assert "CANARY" not in str(caught.value)


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a vendor."""
    with authorization_server() as running:
        yield running


def test_a_vendor_whose_clock_differs_says_by_how_much(server: Server) -> None:
    """Signed statements need its time."""
    server.clock_offset = timedelta(days=1)
    sign_in = SignIn("oauth2_code", token_url=server.token_url)
    with token_client() as http, pytest.raises(RefusedError) as caught:
        asked_tokens(http, sign_in, CLIENT, FORM, system="crm", clock=lambda: datetime.now(UTC))

    assert caught.value.clock_offset is not None
    assert abs(caught.value.clock_offset - timedelta(days=1)) < timedelta(seconds=5)
    assert json.dumps(caught.value.code) == '"invalid_grant"'
