"""Secrets, and text without them: what was handed over in confidence reaches no message, log, file or notebook.

A secret is blackened in each form in which it travels (``secret_forms`` lists them). The first secret of a process puts a
guard before its logs: from then on every record is blackened when it is made, its traceback too, whoever makes it and
whoever writes it. Libraries log whole addresses.
"""

import logging
import traceback
import weakref
from collections.abc import Iterable
from typing import Any, NoReturn

from toolkit.rest.secret_forms import without_secrets

MASK = "•••"
"""What stands where a secret stood."""

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


def redacted_traceback(error: BaseException) -> str:
    """Return the traceback of an error, with those of its causes, without secrets."""
    return redacted("".join(traceback.format_exception(error)))


class _Blackened:
    """Makes records of a log, blackened before any handler sees them."""

    def __init__(self, factory: Any) -> None:
        self._factory = factory

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
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
    factory = logging.getLogRecordFactory()
    if not isinstance(factory, _Blackened):
        logging.setLogRecordFactory(_Blackened(factory))
