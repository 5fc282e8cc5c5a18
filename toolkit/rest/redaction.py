"""Secrets, and text without them: what was handed over in confidence reaches no message, log, file or notebook.

A secret is blackened in each form in which it travels (``secret_forms`` lists them). The first secret of a process puts a
guard before its logs: from then on every record is blackened when it is made, its traceback too, whoever makes it and
whoever writes it. Libraries log whole addresses.
"""

import re
import weakref
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from toolkit.rest.secret_forms import secret_forms, without_secrets

if TYPE_CHECKING:
    # Loaded when there is a first secret: a command that signs in nowhere goes without.
    import logging

MASK = "•••"
"""What stands where a secret stood."""

_SHORTEST = 4
"""A shorter secret is none: blackening it would garble every page."""

_LIVING: "weakref.WeakValueDictionary[int, Secret]" = weakref.WeakValueDictionary()


class Secret:
    """A text that shows itself only to whoever asks by name.

    Examples
    --------
    >>> token = Secret("sk_live_4711")
    >>> print(token, [token], f"{token:>5}")
    ••• [Secret(•••)] •••
    >>> token.revealed()
    'sk_live_4711'
    """

    __slots__ = ("__weakref__", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        _LIVING[id(self)] = self
        _guard_logs()

    def revealed(self) -> str:
        """Return the text itself: for a request's header and a keyring, for nothing else."""
        return self._text

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __format__(self, _spec: str) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(("Secret", self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not written anywhere.")

    def __getstate__(self) -> NoReturn:
        raise TypeError("A secret is not written anywhere.")

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Secret":
        return self


def living_secrets() -> tuple[Secret, ...]:
    """Return every secret that this process holds at this moment."""
    return tuple(_LIVING.values())


def redacted(text: str, secrets: Iterable[Secret] = ()) -> str:
    """Return a text without the secrets given, without those that this process holds, and without what looks like one.

    Examples
    --------
    >>> redacted("GET /deals?filter=CANARY%2F1 failed", [Secret("CANARY/1")])
    'GET /deals?filter=••• failed'
    """
    return without_secrets(text, (one.revealed() for one in (*secrets, *living_secrets())), mask=MASK)


def redacted_bytes(body: bytes, secrets: Iterable[Secret]) -> bytes:
    """Return a page as it was sent, but for the secrets: some systems write the key they were asked with into the answer.

    Examples
    --------
    >>> redacted_bytes(b'{"next": "/deals?page=2&api_key=CANARY%2F1"}', [Secret("CANARY/1")]).decode()
    '{"next": "/deals?page=2&api_key=•••"}'
    """
    for one in secrets:
        if any(sign in body for sign in _signs(one.revealed())):
            for form in secret_forms(one.revealed()):
                body = body.replace(form.encode("utf-8", "replace"), MASK.encode())
    return body


@lru_cache(maxsize=64)
def _signs(text: str) -> tuple[bytes, ...]:
    """Return pieces of which one stands wherever a secret does: pages are many, and mostly hold none."""
    if len(text) < _SHORTEST:
        return ()
    longest = max(re.findall(r"[A-Za-z0-9]+", text), key=len, default="")
    forms = [one for one in secret_forms(text) if longest not in one or not longest]
    return tuple(one.encode("utf-8", "replace") for one in (*filter(None, [longest]), *forms))


def redacted_traceback(error: BaseException) -> str:
    """Return the traceback of an error, with those of its causes, without secrets."""
    import traceback

    return redacted("".join(traceback.format_exception(error)))


class _Blackened:
    """Makes records of a log, blackened before any handler sees them."""

    def __init__(self, factory: Any) -> None:
        self._factory = factory

    def __call__(self, *args: Any, **kwargs: Any) -> "logging.LogRecord":
        record: logging.LogRecord = self._factory(*args, **kwargs)
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = str(record.msg)
        record.msg, record.args = redacted(message), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text, record.exc_info = redacted_traceback(record.exc_info[1]), None
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        return record


def _guard_logs() -> None:
    import logging

    factory = logging.getLogRecordFactory()
    if not isinstance(factory, _Blackened):
        logging.setLogRecordFactory(_Blackened(factory))
