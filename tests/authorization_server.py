"""A vendor's authorization server on loopback, with faults on request: what signing in is tested against.

It keeps to RFC 6749 and 7636: codes work once and only with their verifier, refresh tokens rotate and work once, and a
refresh token that is used twice ends the whole sign-in. It remembers what it was asked.
"""

import base64
import hashlib
import itertools
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

CLIENT_ID = "audit-client"
CLIENT_SECRET = "CANARY-client-secret-/+="


@dataclass
class Server:
    """What the vendor knows, does and remembers; a test sets what should go wrong."""

    address: str = ""
    scopes: str | None = "contacts.read offline_access"
    expires_in: float | None = 3600
    answered: Any = field(default_factory=lambda: {"records": [], "id": "org-1", "name": "Harbor & Pine"})
    rotates: bool = True
    further: dict[str, Any] = field(default_factory=dict)
    further_on_redirect: dict[str, str] = field(default_factory=dict)
    clock_offset: timedelta = timedelta()
    answer: Callable[[dict[str, str]], tuple[int, dict[str, str], bytes] | None] = lambda _form: None
    before_token: Callable[[dict[str, str]], None] = lambda _form: None
    asked: list[dict[str, str]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    good_access: set[str] = field(default_factory=set)
    good_refresh: set[str] = field(default_factory=set)
    used_refresh: set[str] = field(default_factory=set)
    challenges: dict[str, str] = field(default_factory=dict)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def authorize_url(self) -> str:
        return f"{self.address}/authorize"

    @property
    def token_url(self) -> str:
        return f"{self.address}/token"

    @property
    def revoke_url(self) -> str:
        return f"{self.address}/revoke"

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_offset

    def given(self) -> dict[str, Any]:
        """Give new tokens."""
        number = next(self.numbers)
        access, refresh = f"CANARY-access-{number}", f"CANARY-refresh-{number}"
        self.good_access.add(access)
        told: dict[str, Any] = {"access_token": access, "token_type": "Bearer", **self.further}
        if self.expires_in is not None:
            told["expires_in"] = self.expires_in
        if self.scopes is not None:
            told["scope"] = self.scopes
        if self.rotates:
            self.good_refresh.add(refresh)
            told["refresh_token"] = refresh
        return told

    def token_answer(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return what a form gets."""
        grant = form.get("grant_type", "")
        if grant == "authorization_code":
            return self._of_code(form)
        if grant == "refresh_token":
            return self._of_refresh_token(form.get("refresh_token", ""))
        if grant.endswith("jwt-bearer"):
            claims = json.loads(_decoded(form["assertion"].split(".")[1]))
            if abs(claims["iat"] - self.now().timestamp()) > 300:
                return _refused("the statement is not of now")
        elif grant != "client_credentials":
            return 400, {"error": "unsupported_grant_type"}
        return 200, {name: one for name, one in self.given().items() if name != "refresh_token"}

    def _of_code(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        challenge = self.challenges.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if challenge != base64.urlsafe_b64encode(verifier).decode().rstrip("="):
            return _refused("the code or its verifier is not right")
        return 200, self.given()

    def _of_refresh_token(self, token: str) -> tuple[int, dict[str, Any]]:
        if token in self.used_refresh:
            # Somebody copied it: the vendor ends everything.
            self.good_refresh.clear()
            self.good_access.clear()
        if token not in self.good_refresh:
            return _refused(f"token {token} is revoked")
        if self.rotates:
            self.good_refresh.discard(token)
            self.used_refresh.add(token)
        return 200, self.given()


def _refused(why: str) -> tuple[int, dict[str, Any]]:
    return 400, {"error": "invalid_grant", "error_description": why}


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = dict(parse_qsl(parts.query))
                server.authorizations.append(self.path)
                code = f"CANARY-code-{next(server.numbers)}"
                server.challenges[code] = asked["code_challenge"]
                back = urlencode({"code": code, "state": asked["state"], **server.further_on_redirect})
                self._say(302, {"Location": f"{asked['redirect_uri']}?{back}"}, b"")
                return
            sign = self.headers.get("Authorization", self.headers.get("X-API-Key", ""))
            server.requests.append((self.path, sign))
            is_good = sign.removeprefix("Bearer ") in server.good_access
            self._say(200 if is_good else 401, {"Content-Type": "application/json"}, json.dumps(server.answered).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body, keep_blank_values=True))
            form["_authorization"] = self.headers.get("Authorization", "")
            server.before_token(form)
            with server.lock:
                server.asked.append(form)
                faulty = server.answer(form)
                if faulty is not None:
                    self._say(*faulty)
                    return
                if urlsplit(self.path).path == "/revoke":
                    server.revoked.append(form["token"])
                    server.good_refresh.discard(form["token"])
                    self._say(200, {}, b"")
                    return
                code, told = server.token_answer(form)
            self._say(code, {"Content-Type": "application/json"}, json.dumps(told).encode())

        def _say(self, code: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(code)
            self.send_header("Date", format_datetime(server.now(), usegmt=True))
            for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def authorization_server(**facts: Any) -> Iterator[Server]:
    """Run a vendor's authorization server for a ``with`` block."""
    server = Server(**facts)
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def visited(address: str) -> str:
    """Go to an address as a browser does, redirects included; return the page."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())
