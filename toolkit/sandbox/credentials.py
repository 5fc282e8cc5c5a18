"""Invented credentials: made anew for each run, worthless anywhere else."""

import secrets
from dataclasses import dataclass, field

from toolkit.connector import SignIn

CLIENT_ID = "sandbox-client"
WRITER_ID = "sandbox-writer"
USER = "practice@sandbox.example/token"


def _key() -> str:
    return f"sandbox-{secrets.token_urlsafe(24)}"


@dataclass(slots=True)
class Invented:
    """What opens one stand-in: what a person would have made at the vendor, and the tokens that were given since."""

    token: str = field(default_factory=_key)
    client_id: str = CLIENT_ID
    client_secret: str = field(default_factory=_key)
    user: str = USER
    access: set[str] = field(default_factory=set)
    refresh: set[str] = field(default_factory=set)
    used_refresh: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # The first refresh token is one that a person made with the vendor's own tool.
        self.refresh.add(self.first_refresh)

    @property
    def first_refresh(self) -> str:
        """A refresh token to begin with."""
        return f"{self.token}-refresh"

    def withdraw(self) -> None:
        """End the key that a person made, and make another one."""
        self.token = _key()

    def opens(self, word: str) -> bool:
        """Return whether a token or key opens the stand-in."""
        return any(secrets.compare_digest(word.encode(), one.encode()) for one in (self.token, *self.access))


def invented_to_write() -> Invented:
    """Return what opens a stand-in for changes: a client and secrets of its own."""
    return Invented(client_id=WRITER_ID)


def secret_of(sign_in: SignIn, invented: Invented) -> dict[str, str]:
    """Return the secrets that a way to sign in wants, by the name of the setting; a private key nobody else knows is made.

    Parameters
    ----------
    sign_in
        The way.
    invented
        Of the stand-in.
    """
    match sign_in.way:
        case "bearer":
            return {"token": invented.token}
        case "api_key":
            return {"key": invented.token}
        case "basic":
            return {"password": invented.token}
        case "refresh_token":
            return {"client_secret": invented.client_secret, "refresh_token": invented.first_refresh}
        case "client_credentials" | "oauth2_code":
            return {} if sign_in.client_auth == "none" else {"client_secret": invented.client_secret}
    return {"private_key": _private_key()}


def _private_key() -> str:
    from joserfc.jwk import RSAKey

    return RSAKey.generate_key(2048).as_pem(private=True).decode().replace("\n", "\\n")
