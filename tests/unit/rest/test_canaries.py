"""Forty secrets, every way in which signing in can fail, every text that is left: none of them holds one of the secrets.

N10 and S02 of the reliability specification, for signing in.
"""

import contextlib
import io
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import httpx
import keyring
import pytest

from tests.authorization_server import Server, authorization_server, visited
from tests.canaries import CANARIES, found_in
from tests.command_line import call
from tests.file_keyring import FileKeyring
from tests.signing_in import Clock, Visitor, door_to, listed
from toolkit.connector import Api, Reading
from toolkit.notebooks.redaction import redacted_tree
from toolkit.rest.client import RestClient
from toolkit.rest.connecting import connect
from toolkit.rest.doors import Door
from toolkit.rest.oauth.endpoint import token_client
from toolkit.rest.redaction import MASK, Secret, redacted
from toolkit.rest.vault.connections import Vault, connection, kept
from toolkit.rest.ways import credential_of


class Failing:
    """A client, its vendor and five secrets; each path fails in a way of its own."""

    def __init__(self, server: Server, vault: Vault, secrets: list[str]) -> None:
        self.server = server
        self.vault = vault
        self.access, self.refresh, self.client_secret, self.key, self.passphrase = secrets
        self.clock = Clock()
        server.further = {"access_token": self.access}

    def door(self, way: str = "oauth2_code", **facts: Any) -> Door:
        environment = {"CLIENT_SECRET": self.client_secret, "KEY": self.key}
        vault = Vault(self.vault.folder, lambda: Secret(self.passphrase))
        return door_to(self.server, vault, way=way, clock=self.clock, environment=environment, **facts)

    def connected(self, keep_in: Literal["keyring", "file"] = "keyring", **facts: Any) -> Door:
        """Sign in; the tokens are the canaries."""
        door = self.door(**facts)
        self.server.answer = lambda _form: self.said({"access_token": self.access, "refresh_token": self.refresh})
        connect(door, Visitor(), owner="Dana", keep_in=keep_in)
        return door

    def said(self, told: dict[str, Any], code: int = 200) -> tuple[int, dict[str, str], bytes]:
        return code, {"Content-Type": "application/json"}, json.dumps({"expires_in": 60, **told}).encode()

    def echoing(self, *secrets: str, code: int = 400, kind: str = "application/json") -> None:
        """Let the vendor repeat in its answer all that it was ever sent, and what it gave."""

        def answer(form: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
            everything = f"{form} {self.client_secret} {' '.join(secrets)}"
            told = {"error": everything[:400], "error_description": everything}
            body = json.dumps(told) if "json" in kind else f"<html>{everything}</html>"
            return code, {"Content-Type": kind, "Location": f"{self.server.address}/?{self.client_secret}"}, body.encode()

        self.server.answer = answer

    def renewal(self) -> None:
        self.clock.pass_by(hours=9)
        listed(credential_of(self.door()), self.server)


def _refused(one: Failing) -> None:
    one.echoing()
    connect(one.door(), Visitor(), owner="Dana", keep_in="file")


def _fault(error: Callable[[httpx.Request], Exception]) -> Callable[[Failing], None]:
    def fails(one: Failing) -> None:
        def respond(request: httpx.Request) -> httpx.Response:
            raise error(request)

        def http() -> httpx.Client:
            return token_client(transport=httpx.MockTransport(respond))

        connect(replace(one.door(), http=http), Visitor(), owner="Dana", keep_in="file")

    return fails


def _everything(request: httpx.Request) -> str:
    return f"{request.url} {dict(request.headers)} {request.content.decode()}"


def _renewal_refused(one: Failing) -> None:
    one.connected()
    one.echoing(one.access, one.refresh)
    one.renewal()


def _renewal_page(one: Failing) -> None:
    one.connected()
    one.echoing(one.access, one.refresh, code=200, kind="text/html")
    one.renewal()


def _renewal_busy(one: Failing) -> None:
    one.connected()
    one.echoing(one.access, one.refresh, code=503)
    one.renewal()


def _redirect(one: Failing) -> None:
    one.connected()
    one.echoing(one.access, one.refresh, code=302)
    one.renewal()


def _endless(one: Failing) -> None:
    one.server.answer = lambda _form: (200, {}, f'{{"access_token": "{one.access}"'.encode() + b" " * 1_100_000)
    connect(one.door(), Visitor(), owner="Dana", keep_in="file")


def _cut(one: Failing) -> None:
    one.server.answer = lambda _form: (200, {}, f'{{"access_token": "{one.access}'.encode())
    connect(one.door(), Visitor(), owner="Dana", keep_in="file")


def _asked(door: Door, server: Server) -> None:
    """Ask for a list as a pull does, which says what a refusal means."""
    contacts = Reading("/contacts")
    with RestClient("crm", Api(server.address), [contacts], credential=credential_of(door)) as client:
        client.answer(client.call(contacts), contacts)


def _key_refused(one: Failing) -> None:
    _asked(one.door("api_key", given={"key": "env:KEY"}), one.server)


def _token_refused(one: Failing) -> None:
    _asked(one.door("bearer", given={"token": "env:KEY"}), one.server)


def _password_refused(one: Failing) -> None:
    _asked(one.door("basic", given={"user": "dana", "password": "env:KEY"}), one.server)


def _key_with_line_end(one: Failing) -> None:
    one.key += "\r\nX-Evil: 1"
    _key_refused(one)


def _key_of_other_letters(one: Failing) -> None:
    one.key += "€ uro"
    _token_refused(one)


def _literal(one: Failing) -> None:
    credential_of(one.door("bearer", given={"token": one.key}))


def _no_such_variable(one: Failing) -> None:
    credential_of(one.door("bearer", given={"token": "env:NOT_SET"}))


def _no_private_key(one: Failing) -> None:
    listed(credential_of(one.door("jwt_bearer", given={"client_id": "x", "private_key": "env:KEY"})), one.server)


def _client_refused(one: Failing) -> None:
    one.echoing(code=401)
    listed(credential_of(one.door("client_credentials")), one.server)


def _client_secret_of_other_letters(one: Failing) -> None:
    one.client_secret += "€"
    listed(credential_of(one.door("client_credentials")), one.server)


def _start_refused(one: Failing) -> None:
    one.echoing(one.key)
    given = {"client_id": "x", "client_secret": "env:CLIENT_SECRET", "refresh_token": "env:KEY"}
    connect(one.door("refresh_token", given=given), Visitor(), owner="Dana", keep_in="file")


def _arrives(query: Callable[[Failing], str]) -> Callable[[Failing], None]:
    def fails(one: Failing) -> None:
        def arrives(address: str) -> str:
            back = httpx.URL(address).params["redirect_uri"]
            state = httpx.URL(address).params["state"]
            return visited(f"{back}?{query(one).replace('STATE', state)}")

        connect(one.door(), Visitor(arrives=arrives), owner="Dana", keep_in="file")

    return fails


def _nobody_came(one: Failing) -> None:
    connect(replace(one.door(), wait_s=0.05), Visitor(arrives=lambda _: ""), owner="Dana", keep_in="file")


def _wrong_passphrase(one: Failing) -> None:
    one.connected("file")
    one.passphrase = one.passphrase[::-1]
    one.renewal()


def _byte_flipped(one: Failing) -> None:
    one.connected("file")
    path = one.vault.folder / "crm.sealed"
    content = bytearray(path.read_bytes())
    content[-30] ^= 1
    path.write_bytes(content)
    one.renewal()


def _facts_damaged(one: Failing) -> None:
    one.connected()
    (one.vault.folder / "crm.json").write_text("{", "utf-8")
    one.renewal()


def _keyring_talks(one: Failing) -> None:
    class Talkative(FileKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise ValueError(f"cannot store {password} of {service}/{username}")

    keyring.set_keyring(Talkative())
    one.server.answer = lambda _form: one.said({"access_token": one.access, "refresh_token": one.refresh})
    connect(one.door(), Visitor(), owner="Dana", keep_in="keyring")


def _keyring_entry_is_not_ours(one: Failing) -> None:
    one.server.answer = lambda _form: one.said({"access_token": one.access, "refresh_token": one.refresh})
    door = one.door()
    found = connect(door, Visitor(), owner="Dana", keep_in="keyring")
    keyring.set_password("integration-audit", found.connection.entry, f'{{"given": "{one.refresh[:500]}"')
    one.renewal()


def _folder_is_read_only(one: Failing) -> None:
    one.vault.folder.parent.mkdir(parents=True, exist_ok=True)
    one.vault.folder.write_text("a file where a folder should be", "utf-8")
    one.connected()


def _address_with_a_password(one: Failing) -> None:
    door = one.door("client_credentials")
    url = f"https://dana:{one.key.replace('/', '').replace('#', '').replace('?', '')[:30]}@login.example/token"
    credential_of(replace(door, sign_in=replace(door.sign_in, token_url=url))).current()  # type: ignore[attr-defined]


PATHS: dict[str, Callable[[Failing], None]] = {
    "the code is refused with an echo": _refused,
    "no connection": _fault(lambda request: httpx.ConnectError(_everything(request), request=request)),
    "no answer": _fault(lambda request: httpx.ReadTimeout(_everything(request), request=request)),
    "a proxy in between": _fault(lambda request: httpx.ProxyError(_everything(request), request=request)),
    "a wrong certificate": _fault(
        lambda request: httpx.ConnectError(f"CERTIFICATE_VERIFY_FAILED {_everything(request)}", request=request)
    ),
    "an answer that breaks off": _fault(lambda request: httpx.RemoteProtocolError(_everything(request), request=request)),
    "the renewal is refused with an echo": _renewal_refused,
    "the renewal gets a page": _renewal_page,
    "the renewal finds the vendor busy": _renewal_busy,
    "the renewal is sent elsewhere": _redirect,
    "an answer without end": _endless,
    "half an answer": _cut,
    "the key is refused": _key_refused,
    "the token is refused": _token_refused,
    "the password is refused": _password_refused,
    "a key with a line end": _key_with_line_end,
    "a token of other letters": _key_of_other_letters,
    "a secret instead of a reference": _literal,
    "a variable that is not set": _no_such_variable,
    "a private key that is none": _no_private_key,
    "the client is refused with an echo": _client_refused,
    "a client's secret of other letters": _client_secret_of_other_letters,
    "the first refresh token is refused": _start_refused,
    "another state": _arrives(lambda one: f"state=x{one.access[:12]}&code={one.access}"),
    "the person says no": _arrives(lambda one: f"state=STATE&error=denied&error_description=token={one.access}"),
    "no code": _arrives(lambda one: f"state=STATE&token={one.access}"),
    "nobody comes back": _nobody_came,
    "a wrong passphrase": _wrong_passphrase,
    "a byte of the file is flipped": _byte_flipped,
    "what is known is damaged": _facts_damaged,
    "the keyring quotes what it refuses": _keyring_talks,
    "the keyring's entry is something else": _keyring_entry_is_not_ours,
    "no folder can be made": _folder_is_read_only,
    "an address with a password": _address_with_a_password,
}


@contextlib.contextmanager
def every_log() -> Iterator[io.StringIO]:
    """Yield what all loggers say at DEBUG, tracebacks included."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def artefacts(path: Callable[[Failing], None], one: Failing) -> dict[str, str]:
    """Return every text that a failure leaves."""
    shown = io.StringIO()
    with every_log() as log, contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        try:
            path(one)
        except Exception as error:
            failure = error
            logging.getLogger("anybody").exception("it failed")
        else:
            pytest.fail("the path did not fail")
    tree = {"outputs": [{"text": traceback.format_exception(failure), "evalue": str(failure)}]}
    files = [path for path in one.vault.folder.parent.rglob("*") if path.is_file()]
    return {
        "message": f"{failure} {failure!r} {failure.args}",
        "traceback": "".join(traceback.format_exception(failure)),
        "log": log.getvalue(),
        "terminal": shown.getvalue(),
        "notebook": json.dumps(redacted_tree(tree)) + failure._repr_html_() if hasattr(failure, "_repr_html_") else "",
        "files": " ".join(path.read_bytes().decode("latin-1") for path in files),
    }


@pytest.mark.usefixtures("machine_keyring")
@pytest.mark.parametrize("name", PATHS)
def test_no_failure_shows_a_secret(name: str, tmp_path: Path) -> None:
    """Forty secrets, five at a time, in six kinds of text: zero hits."""
    ours = keyring.get_keyring()
    hits = []
    for turn in range(8):
        secrets = list(CANARIES[turn * 5 : turn * 5 + 5])
        keyring.set_keyring(ours)
        with authorization_server() as server:
            one = Failing(server, Vault(tmp_path / str(turn) / "connections", lambda: Secret("x")), secrets)
            texts = artefacts(PATHS[name], one)
        hits += [(kind, found) for kind, text in texts.items() for found in found_in(text)]
        assert texts["message"]

    assert hits == []


def test_there_are_forty_secrets_and_thirty_paths() -> None:
    """As many as were promised, all different; and what looks for them finds them."""
    assert len({*CANARIES}) == 40
    assert len(PATHS) >= 30
    assert found_in(json.dumps({"a": CANARIES[4]})) == [CANARIES[4]]
    assert found_in("Basic " + httpx.BasicAuth("dana", CANARIES[3])._auth_header) == [CANARIES[3]]
    assert redacted("nothing") == "nothing"


def test_what_a_library_logs_is_blackened_before_any_handler_sees_it() -> None:
    """Httpx logs the whole address of each request, others their headers."""
    secret = Secret(CANARIES[4])
    seen: list[logging.LogRecord] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record)

    logger, handler = logging.getLogger("a.library"), Keeping()
    logger.addHandler(handler)
    try:
        logger.warning("GET %s %s", httpx.URL("https://x.example", params={"key": secret.revealed()}), {"a": 1})
        with pytest.raises(ValueError, match="CANARY") as caught:
            int(secret.revealed())
        logger.error("failed", exc_info=caught.value, stack_info=True)
        logger.warning("%d of %s", "no number", secret.revealed())
    finally:
        logger.removeHandler(handler)

    texts = [logging.Formatter().format(one) + str(one.__dict__) for one in seen]
    assert [found for text in texts for found in found_in(text)] == []
    assert all(MASK in text for text in texts[:2])


@pytest.mark.usefixtures("machine_keyring")
def test_what_was_kept_is_kept_and_shown_nowhere(tmp_path: Path) -> None:
    """The commands list the connection; its secrets are where they belong, and the folder holds none."""
    folder = tmp_path / "client"
    call("new", folder)
    with authorization_server() as server:
        one = Failing(server, Vault(folder / "connections", lambda: Secret("x")), list(CANARIES[:5]))
        one.connected("file", given={"client_id": "x"})
        shown = [call("connections", folder), call("connections", folder, "--json"), call("status", folder)]
        known = connection(one.door().vault, "crm")
        assert known is not None
        held = kept(one.door().vault, known)

    assert held is not None
    assert Secret(one.refresh) in held.secrets
    assert [found for answer in shown for found in found_in(answer.out + answer.err)] == []
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [found for path in files for found in found_in(path.read_bytes().decode("latin-1"))] == []
