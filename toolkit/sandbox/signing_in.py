"""The vendor's side of signing in: whether a request is signed, and the addresses that give tokens.

Codes work once and only with their verifier (RFC 7636), refresh tokens rotate and work once; one that is used twice ends
the whole sign-in. The page to sign in needs no hand: it sends the browser back at once, to this machine only.
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from toolkit.connector import SignIn
from toolkit.sandbox.credentials import Invented
from toolkit.sandbox.exchange import Asked, Given

LIFE_S = 1800
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class SignInDesk:
    """Gives tokens, and knows the good ones. ``tells`` is what the vendor says beside a token, by its own names."""

    ways: tuple[SignIn, ...]
    invented: Invented
    tells: Mapping[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def is_signed(self, asked: Asked) -> bool:
        """Return whether a request carries what opens the stand-in, in one of the vendor's ways."""
        sent = asked.headers.get("authorization", "")
        if sent.startswith("Basic "):
            return self._is_basic(sent.removeprefix("Basic "))
        signatures = {("authorization", "Bearer ")}
        for one in self.ways:
            header, prefix = one.signature() if one.way != "api_key" else (one.header or "X-API-Key", one.prefix)
            signatures.add((header.casefold(), prefix))
        return any(
            (text := asked.headers.get(header, "")).startswith(prefix) and self.invented.opens(text.removeprefix(prefix))
            for header, prefix in signatures
        )

    def _is_basic(self, encoded: str) -> bool:
        try:
            user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        # A key may stand alone, as a user without a password.
        return self.invented.opens(password) if password else self.invented.opens(user)

    def has_renewable(self, asked: Asked) -> bool:
        """Return whether a request is signed with a token that was given here, so that a new one can be asked for."""
        return any(word in text for word in self.invented.access for text in asked.headers.values())

    def has_key(self, asked: Asked) -> bool:
        """Return whether a request is signed with what a person made, so that a person must make another one."""
        return self.is_signed(asked) and not self.has_renewable(asked)

    def expire(self) -> None:
        """End every access token that was given; refresh tokens stay good."""
        self.invented.access.clear()

    def answer(self, asked: Asked) -> Given | None:
        """Return the answer of an address of signing in; None where the request is none."""
        paths = {name: {urlsplit(getattr(one, f"{name}_url")).path for one in self.ways} - {""}
                 for name in ("authorize", "token", "revoke")}  # fmt: skip
        if asked.method == "GET" and asked.path in paths["authorize"]:
            return self._authorized(asked)
        if asked.method != "POST":
            return None
        form = _form(asked)
        if asked.path in paths["revoke"] and "grant_type" not in form:
            self.invented.refresh.discard(form.get("token", ""))
            self.invented.access.discard(form.get("token", ""))
            return Given({})
        return self._token(form, asked) if asked.path in paths["token"] else None

    def _authorized(self, asked: Asked) -> Given:
        back = urlsplit(asked.query.get("redirect_uri", ""))
        if (
            back.scheme != "http"
            or back.hostname not in _LOOPBACK
            or asked.query.get("client_id") != self.invented.client_id
        ):
            return Given(b"This sandbox sends browsers back to this machine only.", 400, kind="text/plain")
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked.query.get("code_challenge", "")
        told = {"code": code, "state": asked.query.get("state", ""), **self.tells}
        return Given(b"", 302, {"Location": f"{back.geturl()}?{urlencode(told)}"}, kind="text/plain")

    def _token(self, form: Mapping[str, str], asked: Asked) -> Given:
        grant = form.get("grant_type", "")
        if grant.endswith("jwt-bearer"):
            return (
                self._given(form)
                if _issuer(form.get("assertion", "")) == self.invented.client_id
                else _refused("invalid_grant")
            )
        if not self._is_client(form, asked):
            return _refused("invalid_client", 401)
        if grant == "client_credentials":
            return self._given(form)
        if grant == "authorization_code":
            return self._of_code(form)
        return self._of_refresh_token(form) if grant == "refresh_token" else _refused("unsupported_grant_type")

    def _of_code(self, form: Mapping[str, str]) -> Given:
        challenge = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return self._given(form, renews=True) if challenge == made else _refused("invalid_grant")

    def _of_refresh_token(self, form: Mapping[str, str]) -> Given:
        token = form.get("refresh_token", "")
        if token in self.invented.used_refresh:
            # Somebody has a copy: everything ends.
            self.invented.refresh.clear()
            self.invented.access.clear()
        if token not in self.invented.refresh:
            return _refused("invalid_grant")
        self.invented.refresh.discard(token)
        self.invented.used_refresh.add(token)
        return self._given(form, renews=True)

    def _is_client(self, form: Mapping[str, str], asked: Asked) -> bool:
        client, secret = form.get("client_id", ""), form.get("client_secret", "")
        sent = asked.headers.get("authorization", "")
        if sent.startswith("Basic "):
            try:
                client, _, secret = base64.b64decode(sent.removeprefix("Basic ")).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                return False
        is_public = any(one.client_auth == "none" for one in self.ways) and not secret
        is_known = secrets.compare_digest(secret.encode(), self.invented.client_secret.encode()) or is_public
        return client == self.invented.client_id and is_known

    def _given(self, form: Mapping[str, str], *, renews: bool = False) -> Given:
        access = f"sandbox-{secrets.token_urlsafe(24)}"
        self.invented.access.add(access)
        told: dict[str, Any] = {"access_token": access, "token_type": "Bearer", "expires_in": LIFE_S, **self.tells}
        if form.get("scope"):
            told["scope"] = form["scope"]
        if renews:
            told["refresh_token"] = f"sandbox-{secrets.token_urlsafe(24)}"
            self.invented.refresh.add(told["refresh_token"])
        return Given(told)


def _form(asked: Asked) -> dict[str, str]:
    if "json" in asked.headers.get("content-type", ""):
        found = asked.json
        return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else {}
    return dict(parse_qsl(asked.body.decode("utf-8", "replace"), keep_blank_values=True))


def _issuer(statement: str) -> str:
    """Return who made a signed statement; whose signature it is, the sandbox does not know."""
    parts = statement.split(".")
    if len(parts) != 3:
        return ""
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error):
        return ""
    return str(claims.get("iss", "")) if isinstance(claims, dict) else ""


def _refused(code: str, status: int = 400) -> Given:
    return Given({"error": code, "error_description": "The sandbox did not accept this."}, status)
