"""What signs requests: the seam between signing in (``rest/sign_in``) and pulling.

A credential's ``auth`` yields the request it was given and no other. After a 401 it may renew itself once and yield the same
request again; new tokens it fetches by a client of its own, because a pull's client sends only what its stream allows. What
cannot be renewed raises ``AuthError``, which says what to type next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import httpx

from toolkit.rest.redaction import Secret


class Credential(Protocol):
    """What opens one system of one engagement."""

    @property
    def reference(self) -> str:
        """Where it is kept, as a sentence may name it: ``env:CRM_TOKEN``, ``keyring:harbor-pine/crm``. No secret."""

    @property
    def auth(self) -> httpx.Auth:
        """What signs each request."""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret that it holds at this moment: asked anew whenever a text is blackened, since tokens rotate."""

    @property
    def places(self) -> Mapping[str, str]:
        """Places of the base URL, and of headers, that signing in told: ``instance_url``, ``tenant_id``, ``realm_id``."""

    @property
    def granted_scopes(self) -> frozenset[str] | None:
        """What may be done with it; None where the vendor does not say."""


class Unsigned(httpx.Auth):
    """Signs nothing: for a system that asks nobody who he is."""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """The credential of a system that wants none."""

    reference: str = "none"
    auth: httpx.Auth = field(default_factory=Unsigned)
    secrets: tuple[Secret, ...] = ()
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    granted_scopes: frozenset[str] | None = None
