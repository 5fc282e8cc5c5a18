"""Whoever signs in, and the time that passes meanwhile: what tests of signing in share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.authorization_server import CLIENT_ID, CLIENT_SECRET, Server, visited
from toolkit.connector import SignIn
from toolkit.rest.doors import Door
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault


@dataclass
class Clock:
    """Time that passes when a test says so."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **length: float) -> None:
        self.at += timedelta(**length)


@dataclass
class Visitor:
    """A person who types what is asked, and signs in where the browser leads."""

    types: dict[str, str] = field(default_factory=dict)
    arrives: Callable[[str], Any] = visited
    asked: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def secret(self, question: str) -> Secret:
        self.asked.append(question)
        return Secret(next(typed for word, typed in self.types.items() if word in question.lower()))

    def visit(self, address: str) -> None:
        self.addresses.append(address)
        page = self.arrives(address)
        self.pages.append(page if isinstance(page, str) else "")


def door_to(server: Server, vault: Vault, *, way: str = "oauth2_code", clock: Clock | None = None, **facts: Any) -> Door:
    """Return a door that opens with the tokens of a server."""
    sign_in = SignIn(
        way,
        authorize_url=server.authorize_url,
        token_url=server.token_url,
        revoke_url=server.revoke_url,
        scopes_read=facts.pop("scopes_read", ("contacts.read", "offline_access")),
        **facts.pop("sign_in", {}),
    )
    given = facts.pop("given", {"client_id": CLIENT_ID, "client_secret": "env:CLIENT_SECRET"})
    environment = {"CLIENT_SECRET": CLIENT_SECRET, **facts.pop("environment", {})}
    clocks = {"clock": clock} if clock else {}
    return Door(
        "crm", sign_in, vault, given=given, environment=environment, redirect_port=0, wait_s=5.0, **{**clocks, **facts}
    )


def listed(credential: Any, server: Server) -> httpx.Response:
    """Ask the vendor for a list, as a pull does."""
    with httpx.Client(auth=credential.auth, trust_env=False) as http:
        return http.get(f"{server.address}/contacts")
