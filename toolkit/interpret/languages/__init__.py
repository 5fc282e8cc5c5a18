"""One file per language, each exporting ``WORDS`` and ``FILLERS``; a file put here takes part without being named anywhere.

Words stand in normal spelling, lower case, with accents: whoever reads them folds both sides. Where languages join words into
one, the parts are listed, and a whole only where it means something else than its parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from toolkit.discovery import discovered


@dataclass(frozen=True, slots=True)
class Language:
    """What headers of one language are made of."""

    name: str
    words: Mapping[str, tuple[str, ...]]
    """Notion to the words and phrases that stand for it."""
    fillers: frozenset[str]
    """Words that say nothing."""


@cache
def all_languages() -> tuple[Language, ...]:
    """Return every language in this folder, by file name.

    Examples
    --------
    >>> english = next(language for language in all_languages() if language.name == "english")
    >>> english.words["invoice"][:2]
    ('invoice', 'inv')
    """
    fillers = discovered(__name__, "FILLERS")
    return tuple(
        Language(
            name,
            {notion: tuple(words.split(", ")) for notion, words in cast(Mapping[str, str], notions).items()},
            frozenset(str(fillers[name]).split(", ")),
        )
        for name, notions in discovered(__name__, "WORDS").items()
    )
