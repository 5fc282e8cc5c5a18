"""Secrets, and text without them: what was handed over in confidence reaches no message, log, file or notebook.

A secret is blackened in each form in which it travels: as it is, URL-encoded, in base64, and as JSON escapes it.
"""

import base64
import json
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import quote, quote_plus

MASK = "•••"
"""What stands where a secret stood."""

_SHORTEST = 6
"""A shorter secret is no secret, and blackening it would blacken ordinary words."""


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

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

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


def secret_forms(text: str) -> tuple[str, ...]:
    """Return every form in which a secret travels, the longest first.

    Examples
    --------
    >>> secret_forms("pa ss/word")
    ('cGEgc3Mvd29yZA==', 'cGEgc3Mvd29yZA', 'pa%20ss%2Fword', 'pa%20ss/word', 'pa+ss%2Fword', 'pa ss/word')
    """
    raw = text.encode("utf-8", "surrogatepass")
    encoded = [base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()]
    forms = {
        text,
        *encoded,
        *(one.rstrip("=") for one in encoded),
        quote(raw),
        quote(raw, safe=""),
        quote_plus(raw),
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
    }
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def redacted(text: str, secrets: Iterable[Secret]) -> str:
    """Return a text without the secrets, in whichever form they stand in it.

    Examples
    --------
    >>> redacted("GET /deals?api_key=CANARY%2F1 failed", [Secret("CANARY/1")])
    'GET /deals?api_key=••• failed'
    """
    for form in _all_forms(secrets):
        text = text.replace(form, MASK)
    return text


def redacted_bytes(body: bytes, secrets: Iterable[Secret]) -> bytes:
    """Return what a system sent without the secrets: some write the key that they were asked with into their answer."""
    for form in _all_forms(secrets):
        if (raw := form.encode("utf-8", "surrogatepass")) in body:
            body = body.replace(raw, MASK.encode())
    return body


def _all_forms(secrets: Iterable[Secret]) -> list[str]:
    texts = {secret.revealed() for secret in secrets}
    forms = {form for text in texts if len(text) >= _SHORTEST for form in _kept_forms(text)}
    return sorted(forms, key=len, reverse=True)


@lru_cache(maxsize=64)
def _kept_forms(text: str) -> tuple[str, ...]:
    return secret_forms(text)


class Blackening(logging.Filter):
    """Takes the secrets out of what a library logs."""

    def __init__(self, secrets: Callable[[], Iterable[Secret]]) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        """Blacken a record; it is kept."""
        record.msg, record.args = redacted(record.getMessage(), self._secrets()), ()
        return True
