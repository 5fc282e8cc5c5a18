"""Secrets and local paths kept out of what a notebook leaves: outputs, tracebacks, messages.

A secret is the value of an environment variable whose name says so, in every form that a program prints it in: as it is,
escaped for JSON, HTML or Python, encoded for a URL or in base64, and broken over lines. What looks like one is removed too.
"""

import base64
import html
import json
import os
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

REDACTED = "«removed»"

SECRET_NAME = re.compile(
    r"token|secret|passw|passphrase|pwd|credential|api_?key|(?:^|[^a-z])(?:pass|pat|key|cookie|dsn|sas|jwt|otp|pin)(?:[^a-z]|$)",
    re.IGNORECASE,
)
"""Names of variables and parameters that hold a secret."""

_PATTERNS = (
    re.compile(r"(?P<keep>[a-z][a-z0-9+.-]*://)[^\s/@:\"'<>]+:[^\s/@\"'<>]+(?=@)", re.IGNORECASE),
    re.compile(
        r"(?P<keep>\b(?:access_|api_?|client_)?(?:token|secret|password|passwd|pwd|key)=)[^\s&\"'<>;,)]{4,}", re.IGNORECASE
    ),
    re.compile(r"(?P<keep>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}"),
)
_IN_A_DSN = re.compile(r"(?:\b(?:pwd|password)\s*=\s*([^;\s]+))|(?:://[^/@:\s]*:([^/@\s]+)@)", re.IGNORECASE)

_SHORTEST, _LONG = 4, 8
_SHORTEST_ENCODED = 6
# Where a program breaks a long line, and what it draws at its ends.
_BREAK = r"(?:\\?\r?\n[ \t│|>]*)?"


def redacted_text(text: str) -> str:
    """Return ``text`` without secrets: values of the environment's secret variables, and what looks like one.

    Examples
    --------
    >>> redacted_text("GET https://ann:pa55word@crm.example/x?token=abcdef123")
    'GET https://«removed»@crm.example/x?token=«removed»'
    """
    return _redacted(text, _secrets(os.environ))


def redacted_tree(tree: Any, *, paths: Mapping[str, str] | None = None) -> Any:
    """Return parsed JSON with every text redacted; replacing inside its serialised text would break escapes.

    Parameters
    ----------
    tree
        Lists, dicts, texts and numbers.
    paths
        Local folders, and the word that stands in their place.
    """
    secrets = _secrets(os.environ)
    places = sorted((paths or {}).items(), key=lambda one: -len(one[0]))

    def walked(value: Any) -> Any:
        if isinstance(value, str):
            for path, word in places:
                value = value.replace(path, word)
            return _redacted(value, secrets)
        if isinstance(value, list):
            # A notebook keeps an output line by line, and a secret may be broken over two of them.
            if value and all(isinstance(one, str) for one in value):
                whole = walked("".join(value))
                return value if whole == "".join(value) else whole.splitlines(keepends=True)
            return [walked(one) for one in value]
        if isinstance(value, dict):
            return {name: walked(one) for name, one in value.items()}
        return value

    return walked(tree)


def _redacted(text: str, secrets: tuple[str, ...]) -> str:
    for found in map(_forms_of, secrets):
        text = found.sub(REDACTED, text)
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\g<keep>{REDACTED}", text)
    return text


def _secrets(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the secret values, longest first, so that none is cut by a shorter one within it."""
    values = {value for name, value in environment.items() if SECRET_NAME.search(name)}
    values |= {part for value in values for found in _IN_A_DSN.findall(value) for part in found if part}
    # Paths to key files are no secrets, and replacing them would garble every message.
    kept = (value for value in values if len(value) >= _SHORTEST and not value.startswith("/"))
    return tuple(sorted(kept, key=lambda one: (-len(one), one)))


@lru_cache(maxsize=256)
def _forms_of(secret: str) -> re.Pattern[str]:
    """Return a pattern of every form of a secret; a short one must stand alone, so that it does not garble other words."""
    forms = sorted(dict.fromkeys(_forms(secret)), key=len, reverse=True)
    broken = "|".join(_BREAK.join(map(re.escape, form)) for form in forms)
    return re.compile(broken if len(secret) >= _LONG else rf"(?<![A-Za-z0-9])(?:{broken})(?![A-Za-z0-9])")


def _forms(secret: str) -> Iterator[str]:
    for plain in dict.fromkeys((secret, secret.strip())):
        yield plain
        yield from _escaped(plain)
    raw = secret.encode("utf-8", "surrogateescape")
    yield raw.hex()
    yield from (one for one in _encoded(raw) if len(one) >= _SHORTEST_ENCODED)


def _escaped(plain: str) -> Iterable[str]:
    quoted = {urllib.parse.quote(plain, safe=safe, errors="replace") for safe in ("", "/", "/:", "!*'()")}
    escaped = {
        plain,
        repr(plain)[1:-1],
        json.dumps(plain)[1:-1],
        json.dumps(plain, ensure_ascii=False)[1:-1],
        json.dumps(json.dumps(plain)[1:-1])[1:-1],
        plain.encode("unicode_escape").decode(),
    }
    marked = {html.escape(one, quote=quote) for one in escaped for quote in (True, False)}
    return {
        *escaped,
        *marked,
        *(one.replace("&#x27;", "&#39;") for one in marked),
        urllib.parse.quote_plus(plain, errors="replace"),
        *quoted,
        *(re.sub(r"%[0-9A-F]{2}", lambda found: found.group().lower(), one) for one in quoted),
    }


def _encoded(raw: bytes) -> Iterator[str]:
    """Yield the base64 of a value wherever it stands in what was encoded: three places, without the shared ends."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode()
        begin = (0, 2, 3)[before]
        whole = text.rstrip("=")
        # The last sign holds bits of what follows, when the value does not end with a group of three bytes.
        end = len(whole) if (before + len(raw)) % 3 == 0 else len(whole) - 1
        for found in (whole[begin:end], whole[begin:]):
            yield found
            yield found.translate(str.maketrans("+/", "-_"))
