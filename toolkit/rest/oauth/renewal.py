"""Tokens renewed by one process at a time, the new ones on disk before anybody uses them.

A refresh token that rotates works once: two processes that renew at the same moment would each make the other's useless, and
many vendors then end the whole sign-in. So whoever wants to renew takes the lock of the system's connection, reads what is
kept once more, and renews only if nobody else has. What comes back is kept before it is used.
"""

import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from toolkit.errors import AuthError
from toolkit.rest.answers import lacks_scope
from toolkit.rest.oauth.endpoint import RefusedError
from toolkit.rest.redaction import Secret
from toolkit.rest.signatures import signed
from toolkit.rest.vault.connections import Connection, Vault, connection, keep, kept, locked
from toolkit.rest.vault.names import connect_command
from toolkit.rest.vault.tokens import Kept, Tokens

_BEFORE_END = timedelta(seconds=60)
"""So long before its end a token is renewed: a page may take a while on its way."""

_LEAD_SHARE = 0.2
"""Of a token that lives for minutes only, at most this share of its life is given away."""

IsGood = Callable[[Tokens], bool]
"""Whether tokens need no renewal."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where tokens come from.

    ``held`` are those at hand, if any; ``renewed`` gets others, unless it finds some that are good. ``reference`` says where
    what renews them is kept, ``given`` are secrets beside the tokens. ``signature`` is the header that a token stands in,
    and what stands before it.
    """

    system: str
    held: Tokens | None
    renewed: Callable[[IsGood], Tokens]
    clock: Callable[[], datetime]
    reference: str
    given: tuple[Secret, ...] = ()
    signature: tuple[str, str] = ("Authorization", "Bearer ")


class TokenAuth(httpx.Auth):
    """Signs each request with the newest token, and once more with a newer one where the vendor refuses it (401)."""

    def __init__(self, credential: "RenewingCredential", source: Source) -> None:
        self._credential = credential
        self._source = source

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request signed; after a 401, once more."""
        tokens = self._credential.current()
        yielded = yield self._signed(request, tokens)
        # A token that may not do this is good, and a newer one may do no more.
        if yielded.status_code == httpx.codes.UNAUTHORIZED and not lacks_scope(yielded.headers):
            yield self._signed(request, self._credential.current(refused=tokens.access))

    def _signed(self, request: httpx.Request, tokens: Tokens) -> httpx.Request:
        header, prefix = self._source.signature
        return signed(request, header, tokens.access, prefix=prefix, system=self._source.system)


class RenewingCredential:
    """A credential whose token is renewed when it ends; another process may have done so meanwhile."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._tokens = source.held
        self._seen = [*source.given, *_secrets_of(source.held)]
        self.auth: httpx.Auth = TokenAuth(self, source)

    def __repr__(self) -> str:
        return f"RenewingCredential({self._source.system!r}, {self._source.reference!r})"

    @property
    def reference(self) -> str:
        """Where what renews it is kept."""
        return self._source.reference

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret that it holds or held: an answer may repeat one that was replaced meanwhile."""
        return tuple(self._seen)

    @property
    def places(self) -> Mapping[str, str]:
        """What signing in told of the base URL."""
        return (self._tokens or self.current()).places

    @property
    def granted_scopes(self) -> frozenset[str] | None:
        """What may be done with it."""
        return self._tokens.scopes if self._tokens else None

    def current(self, *, refused: Secret | None = None) -> Tokens:
        """Return tokens that are good for a while; with ``refused``, others than that.

        Raises
        ------
        AuthError
            The vendor gives no new ones: a person must sign in again.
        BusyError
            Another process has been renewing them for a minute.
        RetryableError
            The vendor does not answer.
        """

        def is_good(tokens: Tokens) -> bool:
            return tokens.access != refused and not is_ending(tokens, self._source.clock())

        with self._lock:
            if self._tokens is None or not is_good(self._tokens):
                self._tokens = self._source.renewed(is_good)
                self._seen += [one for one in _secrets_of(self._tokens) if one not in self._seen]
            return self._tokens


def kept_tokens(vault: Vault, system: str) -> tuple[Connection, Kept, Tokens]:
    """Return a connection with its tokens.

    Raises
    ------
    AuthError
        Nobody is signed in.
    """
    known = connection(vault, system)
    secrets = kept(vault, known) if known else None
    if known is None or secrets is None or secrets.tokens is None:
        raise AuthError(f"Nobody is signed in to {system} here. Sign in: {connect_command(system)}.")
    return known, secrets, secrets.tokens


def renewed_tokens(vault: Vault, system: str, ask: Callable[[Tokens], Tokens], is_good: IsGood) -> Tokens:
    """Return good tokens: those that somebody else has renewed meanwhile, else new ones, kept before they are used.

    Parameters
    ----------
    vault, system
        Whose tokens.
    ask
        Asks the vendor for new ones.
    is_good
        Whether what is kept by now needs no renewal.

    Raises
    ------
    AuthError
        The vendor gives no new ones.
    BusyError
        Another process has been renewing them for a minute.
    """
    with locked(vault, system):
        known, secrets, tokens = kept_tokens(vault, system)
        if is_good(tokens):
            return tokens
        try:
            newer = tokens.renewed_by(ask(tokens))
        except RefusedError:
            # A copy of this folder has a lock of its own and the same keyring: it may have been quicker.
            _, _, now_kept = kept_tokens(vault, system)
            if now_kept == tokens:
                raise
            return now_kept
        keep(
            vault,
            replace(known, valid_until=end_of(newer, renews=known.renews), places=dict(newer.places)),
            replace(secrets, tokens=newer),
        )
        return newer


def is_ending(tokens: Tokens, now: datetime) -> bool:
    """Return whether an access token has ended or will within a minute; False where nobody says when it ends.

    One that was given after now was given before this machine's clock was put back: how old it is nobody knows, so it is
    renewed.
    """
    begin, end = tokens.issued_at, tokens.access_expires_at
    if end is None:
        return False
    if begin is None:
        return now >= end - _BEFORE_END
    return now >= end - min(_BEFORE_END, _LEAD_SHARE * (end - begin)) or now < begin - _BEFORE_END


def end_of(tokens: Tokens, *, renews: bool) -> datetime | None:
    """Return when a connection ends without a person: with its refresh token, or where it has none, with its token."""
    if tokens.refresh is not None:
        return tokens.refresh_expires_at
    return None if renews else tokens.access_expires_at


def _secrets_of(tokens: Tokens | None) -> list[Secret]:
    return [one for one in (tokens.access, tokens.refresh) if one] if tokens else []
