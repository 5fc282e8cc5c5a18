"""Headers taken apart into folded words: without case, accents, punctuation and camel case."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ð": "d",
        "þ": "th",
        "º": "o",
    }
)
_CAMEL = re.compile(
    r"(?<=[a-zà-öø-ÿ\d])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_]{3})"
)
_NUMBER_SIGN = re.compile(r"\bn\s*[°º]|№|#", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+|%")
_PLAIN = re.compile("[a-z]+(?: [a-z]+)*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a text without case and accents.

    Examples
    --------
    >>> folded("Fälligkeit"), folded("Straße"), folded("Beløp")
    ('falligkeit', 'strasse', 'belop')
    """
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return "".join(one for one in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(one))


def spellings(word: str) -> tuple[str, ...]:
    """Return the ways a word is folded: "fällig" is written "fallig" and "faellig".

    Examples
    --------
    >>> spellings("fällig"), spellings("date")
    (('fallig', 'faellig'), ('date',))
    """
    plain = folded(word)
    if word.isascii():
        return (plain,)
    spelled = folded(unicodedata.normalize("NFC", word.lower()).translate(_UMLAUTS))
    return (plain,) if plain == spelled else (plain, spelled)


@lru_cache(maxsize=16384)
def words_of(header: str) -> tuple[tuple[str, bool], ...]:
    """Return a header's folded words in order, each with whether it stands in brackets.

    A number sign is the word ``#``, a percent sign ``%``.

    Examples
    --------
    >>> words_of("invoiceDate"), words_of("N° Commande"), words_of("Total (GST)")
    ((('invoice', False), ('date', False)), (('#', False), ('commande', False)), (('total', False), ('gst', True)))
    """
    if _PLAIN.fullmatch(header):
        return tuple((word, False) for word in header.split())
    spaced = _NUMBER_SIGN.sub(" \x00 ", unicodedata.normalize("NFKC", header.replace("º", "°")))
    found: list[tuple[str, bool]] = []
    depth = 0
    for piece in re.split(r"([()\[\]{}])", spaced):
        if piece in {"(", "[", "{"}:
            depth += 1
        elif piece in {")", "]", "}"}:
            depth = max(depth - 1, 0)
        else:
            found += [(word, depth > 0) for word in _words(piece)]
    return tuple(found)


def _words(piece: str) -> list[str]:
    parts: list[str] = []
    for chunk in piece.replace("\x00", " # ").split():
        if chunk == "#":
            parts.append(chunk)
            continue
        parts.extend(folded(word) for word in _WORD.findall(_CAMEL.sub(" ", chunk)))
    return parts
