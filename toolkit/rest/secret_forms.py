"""The forms in which a secret travels, and text without them.

A program prints what it was given as it likes: as it is, escaped for JSON, HTML or Python, encoded for a URL, in base64
beside other text, in hexadecimal digits, broken over lines. What looks like a secret is taken out too, whoever's it is.
"""

import base64
import html
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator
from functools import lru_cache

_LOOKS_SECRET = (
    (
        ("://",),
        re.compile(r"(?P<keep>[a-z][a-z0-9+.-]*://)[^\s/@:\"'<>]+:[^\s/@\"'<>]+(?=@)", re.IGNORECASE),
    ),
    (
        ("token=", "secret=", "password=", "passwd=", "pwd=", "key=", "assertion=", "code_verifier="),
        re.compile(
            r"(?P<keep>\b(?:access_|refresh_|id_|api_?|client_)?(?:token|secret|password|passwd|pwd|key|assertion|code_verifier)=)"
            r"[^\s&\"'<>;,)]{4,}",
            re.IGNORECASE,
        ),
    ),
    (("bearer", "basic"), re.compile(r"(?P<keep>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}")),
)
"""What looks like a secret, behind what one of its kind holds in small letters: to look for that is ten times as fast."""

_SHORTEST, _LONG = 4, 8
_SHORTEST_ENCODED = 6
# What a program puts where it breaks a long line, and what it draws at its ends.
_AT_BREAKS = re.compile(r"\\?\r?\n|[\r \t│|>]+")


def without_secrets(text: str, secrets: Iterable[str], *, mask: str) -> str:
    """Return a text without some secrets in any of their forms, and without what looks like one.

    Parameters
    ----------
    text
        Any text.
    secrets
        One shorter than four characters is none: taking it out would garble every sentence.
    mask
        What stands in their place.

    Examples
    --------
    >>> without_secrets("GET https://ann:pa55word@crm.example/x?token=abcdef123", (), mask="-")
    'GET https://-@crm.example/x?token=-'
    """
    # Longest first, so that none is cut by a shorter one within it.
    for secret in sorted({one for one in secrets if len(one) >= _SHORTEST}, key=lambda one: (-len(one), one)):
        text = _without_long(text, secret, mask) if len(secret) >= _LONG else _pattern(secret).sub(mask, text)
    for signs, pattern in _LOOKS_SECRET:
        folded = _folded(text)
        if any(sign in folded for sign in signs):
            text = pattern.sub(rf"\g<keep>{mask}", text)
    return text


def _folded(text: str) -> str:
    """Return a text in one case, as patterns compare that look at none: to them the Turkish letters are an i, too."""
    folded = text.casefold()
    return folded if folded.isascii() else folded.replace("\u0131", "i").replace("i\u0307", "i")


@lru_cache(maxsize=256)
def secret_forms(secret: str) -> tuple[str, ...]:
    """Return every form in which a secret travels, the longest first.

    Examples
    --------
    >>> [one for one in secret_forms("pa ss/word") if one.startswith("pa")]
    ['pa%20ss%2Fword', 'pa%20ss%2fword', 'pa%20ss/word', 'pa+ss%2Fword', 'pa ss/word']
    """
    return tuple(sorted(dict.fromkeys(_forms(secret)), key=lambda form: (-len(form), form)))


def _without_long(text: str, secret: str, mask: str) -> str:
    """Return a text without a secret that is long enough to be no other word; tokens have thousands of characters."""
    for form in secret_forms(secret):
        text = text.replace(form, mask)
    return _without_broken(text, secret, mask) if "\n" in text else text


def _without_broken(text: str, secret: str, mask: str) -> str:
    """Return a text without the forms of a secret that are broken over lines: they are sought where nothing is broken."""
    joined = _AT_BREAKS.sub("", text)
    for form in secret_forms(secret):
        whole = _AT_BREAKS.sub("", form)
        if len(whole) < _LONG or whole not in joined:
            continue
        places, begin, left, done = _places_kept(text), 0, "", 0
        while (found := joined.find(whole, begin)) >= 0:
            begin = found + len(whole)
            first, last = places[found], places[begin - 1] + 1
            if "\n" in text[first:last]:
                left, done = left + text[done:first] + mask, last
        text = left + text[done:]
        joined = _AT_BREAKS.sub("", text)
    return text


def _places_kept(text: str) -> list[int]:
    """Return the places of the characters that stand between line breaks and what belongs to them."""
    places: list[int] = []
    done = 0
    for found in _AT_BREAKS.finditer(text):
        places += range(done, found.start())
        done = found.end()
    return [*places, *range(done, len(text))]


@lru_cache(maxsize=256)
def _pattern(secret: str) -> re.Pattern[str]:
    """Return a pattern of every form of a short secret, which must stand alone, so that it does not garble other words."""
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, secret_forms(secret)))})(?![A-Za-z0-9])")


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
        for found in (whole[begin:end], whole[begin:], text[begin:]):
            yield found
            yield found.translate(str.maketrans("+/", "-_"))
