"""Finds what a text of a scope leaves open: vague words, systems without a name, promises without a number.

The words stand in a file for each language (``vague/``). A text is read in the language whose common words it has most of.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from toolkit.discovery import discovered
from toolkit.errors import UnknownNameError
from toolkit.scoping.scope.vague._language import WHY, Language

VAGUE, UNNAMED, NO_NUMBER = "vague", "unnamed_system", "no_number"
_UNNAMED_WHY = "It names no system: write which one is meant."
_NUMBER_WHY = "It promises a change or a limit and names no number: say how much, from what, and until when."
_END_OF_SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=[^\W\d_a-z])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")


@dataclass(frozen=True, slots=True)
class Weak:
    """A place of a text that leaves something open: its line and column from 1, the word as written, its kind, and why."""

    line: int
    column: int
    kind: str
    word: str
    why: str


def languages() -> dict[str, Language]:
    """Return the languages that are known, by their codes."""
    return {name: cast("Language", found) for name, found in discovered("toolkit.scoping.scope.vague", "LANGUAGE").items()}


def language_of(text: str) -> str:
    """Return the code of the language that a text is written in; English where nothing tells.

    Examples
    --------
    >>> language_of("Die Daten werden bei Bedarf von der Buchhaltung geprüft."), language_of("42")
    ('de', 'en')
    """
    words = re.findall(r"\w+", text.casefold())
    counts = {code: sum(word in {*one.common} for word in words) for code, one in languages().items()}
    best = max(sorted(counts), key=counts.__getitem__)
    return best if counts[best] > counts["en"] else "en"


def weak_places(text: str, *, language: str = "", systems: Collection[str] = ()) -> list[Weak]:
    r"""Return what a text leaves open, in the order of the text.

    Parameters
    ----------
    text
        Any text of a scope.
    language
        Code of its language (de, en, es, fr); empty: the one that its words tell.
    systems
        Names of the client's systems: "the system HubSpot" names one.

    Raises
    ------
    UnknownNameError
        There is no such language.

    Examples
    --------
    >>> [(one.line, one.word, one.kind) for one in weak_places("Invoices arrive quickly.\nThe system reduces errors.")]
    [(1, 'quickly', 'vague'), (2, 'The system', 'unnamed_system'), (2, 'reduces', 'no_number')]
    """
    known = languages()
    code = language or language_of(text)
    if code not in known:
        raise UnknownNameError("language", code, known)
    found = [*_vague(text, code), *_unnamed(text, code, systems), *_without_number(text, code)]
    return sorted(found, key=lambda one: (one.line, one.column, one.kind))


def _vague(text: str, code: str) -> Iterator[Weak]:
    pattern, kinds = _vague_pattern(code)
    for match in pattern.finditer(text):
        if (kind := _kind(match[0], kinds)) is not None:
            yield _weak(text, match.start(), VAGUE, match[0], WHY[kind])


def _unnamed(text: str, code: str, systems: Collection[str]) -> Iterator[Weak]:
    names = tuple(one.casefold() for one in systems if one)
    for match in _pattern(languages()[code].unnamed).finditer(text):
        follows = text[match.end() :].lstrip(" \t\"'(“„«").casefold()
        if not (names and follows.startswith(names)):
            yield _weak(text, match.start(), UNNAMED, match[0], _UNNAMED_WHY)


def _without_number(text: str, code: str) -> Iterator[Weak]:
    measures, numbers = _pattern(languages()[code].measures), _pattern(languages()[code].numbers)
    for start, sentence in _sentences(text):
        match = measures.search(sentence)
        # A limit without a number is told once in a sentence, whatever words it has.
        if match and not re.search(r"\d", sentence) and not numbers.search(sentence):
            yield _weak(text, start + match.start(), NO_NUMBER, match[0], _NUMBER_WHY)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _END_OF_SENTENCE.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _weak(text: str, at: int, kind: str, word: str, why: str) -> Weak:
    line_start = text.rfind("\n", 0, at) + 1
    return Weak(text.count("\n", 0, at) + 1, at - line_start + 1, kind, " ".join(word.split()), why)


@cache
def _vague_pattern(code: str) -> tuple[re.Pattern[str], dict[str, str | None]]:
    """Return a pattern of vague words and harmless phrases, and what each leaves open; null: nothing."""
    kinds: dict[str, str | None] = {word: kind for kind, words in languages()[code].vague.items() for word in words}
    kinds |= dict.fromkeys(languages()[code].harmless)
    return _pattern(tuple(kinds)), kinds


@cache
def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    # The longest first: "as soon as possible" is one finding, not one of "soon" inside it.
    parts = [re.escape(one).replace(r"\ ", r"\s+") for one in sorted(words, key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def _kind(word: str, kinds: dict[str, str | None]) -> str | None:
    """Return what a word as written leaves open; null where it is harmless."""
    key = " ".join(word.lower().split())
    if key in kinds:
        return kinds[key]
    # Small letters of a few signs are others than those that a pattern takes for the same: a long s, a dotless i.
    return next(kind for one, kind in kinds.items() if re.fullmatch(re.escape(one), key, re.IGNORECASE))
