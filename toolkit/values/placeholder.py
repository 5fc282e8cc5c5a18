"""Values that somebody typed to get past a form: they count as missing everywhere."""

import re
from collections.abc import Sequence

from toolkit.values.text import each_distinct, folded, word_set

_WORDS = word_set(
    """
    n/a na n.a. n.a none null nil nan unknown unbekannt inconnu desconocido undefined missing empty blank tbd tba
    tbc test tester testing dummy sample example asdf asdfgh qwerty xxx xxxx xx yyy zzz abc foo bar deleted redacted
    anonymous anonymised anonymized noname nobody nothing notprovided notavailable notapplicable various misc -- ?
    ??
    """
)
_PHRASES = frozenset(
    """
    not available|not applicable|not provided|not known|not given|no name|no email|no phone|no address|to be confirmed
    to be advised|do not use|no longer used|test test|test customer|test account|test user|first last|john doe|jane doe
    customer name|company name|name redacted|redacted personal data|personal data
    """.replace("\n", "|").split("|")
)
_PHRASES_CLEAN = frozenset(phrase.strip() for phrase in _PHRASES if phrase.strip())
_LETTER_OR_DIGIT = re.compile("[a-z0-9]")
_ONE_CHARACTER = re.compile(r"([a-z0-9])\1{3,}")


def is_placeholder(value: str) -> bool:
    """Return whether a cell says nothing: punctuation, "n/a", "unknown", "test", one character repeated.

    Examples
    --------
    >>> [is_placeholder(value) for value in ("n/a", "-", "99999", "Test", "Testa & Co", "0")]
    [True, True, True, True, False, False]
    """
    text = folded(value)
    if not _LETTER_OR_DIGIT.search(text):
        return True
    if text in _WORDS or text.strip("-. <>[]()*#_") in _WORDS or text.strip("-. <>[]()*#") in _PHRASES_CLEAN:
        return True
    bare = re.sub("[^a-z0-9]", "", text)
    return _ONE_CHARACTER.fullmatch(bare) is not None


def without_placeholders(values: Sequence[str | None]) -> list[str | None]:
    """Return ``values`` with None in place of every placeholder.

    Examples
    --------
    >>> without_placeholders(["Acme", "N/A", None])
    ['Acme', None, None]
    """
    return each_distinct(values, lambda value: None if is_placeholder(value) else value)
