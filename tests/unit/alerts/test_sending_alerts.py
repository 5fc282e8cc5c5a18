"""Alerts on the wire: to the named host alone, TLS verified, signed, and without a word of the address in any message."""

import hashlib
import hmac
from pathlib import Path

import pytest

from tests.fault_server import FaultServer, Given, VirtualClock, served
from tests.own_authority import certified
from tests.post_office import Mailbox, post_office
from toolkit.alerts.mail import MailServer, send_mail
from toolkit.alerts.slack import send_to_slack
from toolkit.alerts.webhook import send_to_webhook
from toolkit.errors import AuthError, InputError, ResponseError, RetryableError, ToolkitError
from toolkit.rest.redaction import Secret

PATH = "/services/T0001/B0001/CANARYcanary"


def hook(server: FaultServer, path: str = PATH, scheme: str = "http") -> Secret:
    return Secret(f"{scheme}://127.0.0.1:{server.server_address[1]}{path}")


def test_slack_gets_the_text_at_its_webhook() -> None:
    """One POST of one field."""
    with served(lambda _: Given(b"ok", kind="text/plain")) as server:
        send_to_slack("Job nightly failed.", hook(server), clock=VirtualClock())

    (asked,) = server.asked
    assert (asked.method, asked.path, asked.json) == ("POST", PATH, {"text": "Job nightly failed."})


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (404, AuthError, "does not take notices at this address"),
        (410, AuthError, "does not take notices at this address"),
        (400, ResponseError, "refused the notice"),
        (302, ResponseError, "wants the notice sent to another address"),
        (307, ResponseError, "wants the notice sent to another address"),
        (503, RetryableError, "cannot take the notice now"),
        (429, RetryableError, "cannot take the notice now"),
    ],
)
def test_what_is_not_taken_is_said_without_the_address(status: int, kind: type[ToolkitError], says: str) -> None:
    """The path of a webhook is a secret; and no redirect is followed, wherever it leads."""
    with served(lambda _: Given({})) as sink:
        away = {"Location": f"{sink.url}/elsewhere"} if status in {302, 307} else {}
        with served(lambda _: Given({}, status, away)) as server, pytest.raises(kind, match=says) as caught:
            send_to_slack("x", hook(server), clock=VirtualClock())

    assert "CANARY" not in str(caught.value)
    assert sink.asked == []
    assert len(server.asked) == (6 if kind is RetryableError else 1)


def test_a_passing_fault_is_repeated() -> None:
    """A channel that is busy for a moment is told all the same, and waited for as long as it asks."""
    answers = [Given({}, 503), Given({}, 429, {"Retry-After": "7"}), Given(b"ok")]
    clock = VirtualClock()
    with served(lambda _: answers.pop(0)) as server:
        send_to_slack("x", hook(server), clock=clock)

    assert len(server.asked) == 3
    assert 7 in clock.slept


def test_an_answer_without_end_is_not_read_to_it() -> None:
    """A channel that answers with megabytes was still told."""
    with served(lambda _: Given(b"x" * 300_000)) as server:
        send_to_slack("x", hook(server), clock=VirtualClock())

    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example/CANARY",
        "ftp://127.0.0.1/CANARY",
        "CANARY",
        "https://u:CANARY@hooks.example/x",
        "https://[CANARY",
    ],
)
def test_what_is_no_address_of_a_notice_is_refused_unrepeated(address: str) -> None:
    """Nothing goes over an open line."""
    with pytest.raises(InputError, match="is none that a notice goes to") as caught:
        send_to_slack("x", Secret(address), clock=VirtualClock())

    assert "CANARY" not in str(caught.value)


def test_a_webhook_is_signed_over_the_bytes_that_it_gets() -> None:
    """The receiver makes the signature anew, and knows when it was made; the clock of the machine is not asked."""
    secret, clock = Secret("known to both sides"), VirtualClock()
    with served(lambda _: Given({})) as server:
        send_to_webhook({"job": "nightly", "exit_code": 6}, hook(server, "/jobs"), secret, clock=clock)

    (asked,) = server.asked
    moment, made = asked.headers["x-integration-audit-signature"].split(",")
    seconds = moment.removeprefix("t=")
    wanted = hmac.new(b"known to both sides", seconds.encode() + b"." + asked.body, hashlib.sha256).hexdigest()
    assert made == f"v1={wanted}"
    assert int(seconds) == int(clock.now().timestamp())
    assert len(asked.headers["x-integration-audit-delivery"]) == 32
    assert asked.json == {"job": "nightly", "exit_code": 6}
    assert "known to both" not in f"{asked.headers}{asked.body!r}"


def test_f58_a_webhook_whose_certificate_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    """The company's own authority may be named; without it nothing is sent."""
    context, authority = certified(tmp_path, "127.0.0.1")
    secret = Secret("known to both sides")
    with served(lambda _: Given({})) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        with pytest.raises(InputError, match=r"certificate of 127\.0\.0\.1 is not valid"):
            send_to_webhook({"a": 1}, hook(server, "/x", "https"), secret, clock=VirtualClock())
        assert server.asked == []
        send_to_webhook({"a": 1}, hook(server, "/x", "https"), secret, ca_file=str(authority), clock=VirtualClock())

    assert len(server.asked) == 1


def mailed(port: int, authority: Path | None, word: str = "right word", *, is_starttls: bool = False) -> None:
    server = MailServer(
        "127.0.0.1",
        port,
        "starttls" if is_starttls else "from_the_start",
        Secret("robot"),
        Secret(word),
        "" if authority is None else str(authority),
    )
    to = [Secret("ann@example.com"), Secret("bob@example.com")]
    send_mail("Job nightly\nfailed", "All of it.", server, sender=Secret("robot@example.com"), to=to, clock=VirtualClock())


@pytest.mark.parametrize("is_starttls", [False, True])
def test_a_mail_goes_over_verified_tls_to_everybody(tmp_path: Path, is_starttls: bool) -> None:  # noqa: FBT001  # a way of TLS
    """From the start, or from STARTTLS on; the subject is one line whatever a name holds."""
    context, authority = certified(tmp_path, "127.0.0.1")
    box = Mailbox()
    with post_office(box, context, is_starttls=is_starttls) as port:
        mailed(port, authority, is_starttls=is_starttls)

    (mail,) = box.mails
    text = mail.content.decode()
    assert mail.rcpt_tos == ["ann@example.com", "bob@example.com"]
    assert "Subject: Job nightly failed\r\n" in text
    assert "All of it." in text
    assert "right word" not in text


def test_f58_a_mail_server_whose_certificate_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    """Not the password, and not the mail."""
    context, _ = certified(tmp_path, "127.0.0.1")
    box = Mailbox()
    with post_office(box, context) as port, pytest.raises(InputError, match=r"certificate of 127\.0\.0\.1 is not valid"):
        mailed(port, None)

    assert box.mails == []


def test_a_server_without_tls_gets_nothing() -> None:
    """What does not offer STARTTLS is not spoken to in the clear."""
    box = Mailbox()
    with post_office(box, None) as port, pytest.raises(ResponseError, match="does not offer TLS"):
        mailed(port, None, is_starttls=True)

    assert box.mails == []


@pytest.mark.parametrize(
    ("box", "word", "kind", "says"),
    [
        (Mailbox(), "wrong word", AuthError, r"does not let the user in \(code 535\)"),
        (Mailbox("451 later"), "right word", RetryableError, r"cannot take the mail now \(code 451\)"),
        (Mailbox("554 no"), "right word", ResponseError, r"refused the mail \(code 554\)"),
        (Mailbox(refused="@example.com"), "right word", ResponseError, r"refused the mail \(code 550\)"),
        (Mailbox(refused="bob@example.com"), "right word", ResponseError, "refused 1 of 2 addresses"),
    ],
)
def test_what_a_mail_server_says_no_to_is_said(
    tmp_path: Path, box: Mailbox, word: str, kind: type[ToolkitError], says: str
) -> None:
    """With its code, without an address or a word that signs in."""
    context, authority = certified(tmp_path, "127.0.0.1")
    with post_office(box, context) as port, pytest.raises(kind, match=says) as caught:
        mailed(port, authority, word)

    assert "@" not in str(caught.value)
    assert "word" not in str(caught.value)


def test_a_mail_server_that_is_not_there_and_an_address_that_is_none(tmp_path: Path) -> None:
    """Each is said for what it is; the address is not repeated."""
    _, authority = certified(tmp_path, "127.0.0.1")
    with served(lambda _asked: Given({})) as server:
        port = server.server_address[1]
    with pytest.raises(RetryableError, match="does not answer"):
        mailed(port, authority)
    with pytest.raises(InputError, match="what is kept as an address is none") as caught:
        send_mail(
            "x", "y", MailServer("127.0.0.1", port), sender=Secret("CANARY\nBcc: all@example.com"), to=[Secret("a@b.c")]
        )

    assert "CANARY" not in str(caught.value)
