"""Text as it is compared: one script, one case, no accents, no control characters.

Cells come from clients: NUL bytes, lone surrogates and cells of megabytes are expected, and every function here is total.
"""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from anyascii import anyascii

Value = TypeVar("Value")

MAX_COMPARED_CHARACTERS = 500
"""What stands beyond this many characters of a cell takes no part in a comparison."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ud800-\udfff\ufeff]+")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u00b4`']")
_NOT_WORD = re.compile("[^a-z0-9]+")


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: the short way to write a long list of words.

    Examples
    --------
    >>> sorted(word_set("inc llc ltd"))
    ['inc', 'llc', 'ltd']
    """
    return frozenset(text.split())


def each_distinct(values: Iterable[str | None], judge: Callable[[str], Value | None]) -> list[Value | None]:
    """Return ``judge`` of every value, called once per distinct value; null stays null.

    Examples
    --------
    >>> each_distinct(["a", None, "a"], str.upper)
    ['A', None, 'A']
    """
    known: dict[str, Value | None] = {}
    result: list[Value | None] = []
    for value in values:
        if value is None:
            result.append(None)
            continue
        if value not in known:
            known[value] = judge(value)
        result.append(known[value])
    return result


def printable(value: str) -> str:
    r"""Return the first ``MAX_COMPARED_CHARACTERS`` of a cell without control characters and outer blanks.

    Examples
    --------
    >>> printable(" a\x00b ")
    'a b'
    """
    return _UNPRINTABLE.sub(" ", value[:MAX_COMPARED_CHARACTERS]).strip()


def folded(value: str) -> str:
    """Return a cell in Latin letters, lower case and without accents; punctuation stays.

    Examples
    --------
    >>> folded("  CAFÉ Łódź ")
    'cafe lodz'
    """
    clean = printable(value)
    return clean.lower() if clean.isascii() else anyascii(clean).lower().strip()


def words(value: str) -> list[str]:
    """Return the words of a cell, folded; an apostrophe joins (``o'hara`` is one word).

    Examples
    --------
    >>> words("O'Hara & Söhne (Café)")
    ['ohara', 'sohne', 'cafe']
    """
    return _NOT_WORD.sub(" ", _APOSTROPHE.sub("", folded(value))).split()


def standardised(values: Iterable[str | None]) -> list[str | None]:
    """Return each value as its folded words, one blank between them; None where no word is left.

    Examples
    --------
    >>> standardised(["  Net 30 days. ", "--", None])
    ['net 30 days', None, None]
    """
    return each_distinct(values, lambda value: " ".join(words(value)) or None)
