"""Which notions a header names: its words looked up in every language, compounds taken apart.

The table's language decides between readings: it is the one that knows most words of all its headers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit.interpret.folding import folded, spellings, words_of
from toolkit.interpret.languages import all_languages
from toolkit.values.currency import CURRENCIES

_MIN_PART = 3
_SHORT_ENDS = frozenset({"nr", "id", "no", "dt"})
"""Two letters that end a compound: Angebotsnr."""
_LINKS = ("", "s", "es", "n", "en", "e", "er", "t", "a")
_LONGEST_PHRASE = 4
_MAX_LENGTH = 300
_SHARES = 5040
"""A word counts once in all, shared among the languages that know it."""

_MERGED: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"with", "tax"}), frozenset({"gross"})),
    (frozenset({"without", "tax"}), frozenset({"net"})),
    (frozenset({"not", "paid"}), frozenset({"outstanding"})),
    (frozenset({"first", "name"}), frozenset({"given_name"})),
    (frozenset({"last", "name"}), frozenset({"family_name"})),
)
"""Notions that together are another one."""


_PLACEHOLDERS = frozenset(
    (
        "column", "col", "field", "spalte", "feld", "colonne", "champ", "columna", "campo", "colonna", "coluna",
        "kolom", "veld", "kolonne", "kolumn", "felt", "falt", "sarake", "kentta", "oszlop", "mezo", "kolumna", "pole",
        "sloupec", "sutun", "alan", "unnamed", "var",
    )
)  # fmt: skip
"""What programs call a column without a name, a number behind it: "Column1", "Spalte 2", "Unnamed: 3"."""
_WHEN = frozenset({"at", "on", "am", "le", "op", "el", "il", "em", "den"})
"""A last word that makes a date of what stands before it: "Paid at", "Bezahlt am"."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase of a header: the notions it may stand for; none where no language knows it."""

    text: str
    concepts: frozenset[str]
    is_aside: bool


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """A header's words in order, fillers left out.

    ``readings`` are the ways to take it, the first by the longest phrases that a language knows ("account name" as one), the
    second word by word, with compounds taken apart; one where both are the same. ``ordinal`` is a number at its end
    ("Description 2"), else 0. ``concepts`` is every notion that any reading names.
    """

    readings: tuple[tuple[Word, ...], ...]
    ordinal: int
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: Mapping[tuple[str, ...], Mapping[str, frozenset[str]]]
    fillers: Mapping[str, frozenset[str]]
    compounding: Mapping[str, Mapping[str, frozenset[str]]]


def header_words(headers: Sequence[str]) -> tuple[HeaderWords, ...]:
    """Return the notions of each header of a table.

    Examples
    --------
    >>> [sorted(one.concepts) for one in header_words(["Rechnungsdatum", "Kd-Nr.", "Betrag"])]
    [['date', 'invoice'], ['customer', 'number'], ['amount']]
    """
    languages = language_ranks(headers)
    return tuple(_header(header, languages) for header in headers)


def language_ranks(headers: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that know words of these headers, the one that knows most first."""
    counts: Counter[str] = Counter()
    for header in set(headers):
        for word, _ in words_of(header[:_MAX_LENGTH]):
            knowing = _languages_of(word)
            for language in knowing:
                counts[language] += _SHARES // len(knowing)
    return tuple(language for language, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0] != "english", one[0])))


@lru_cache(maxsize=16384)
def _languages_of(word: str) -> frozenset[str]:
    lexicon = _lexicon()
    known = {language for found in lexicon.phrases.get((word,), {}).values() for language in found}
    known |= lexicon.fillers.get(word, frozenset())
    return frozenset(known or {language for language in lexicon.compounding if _split(word, language)})


def _header(header: str, languages: tuple[str, ...]) -> HeaderWords:
    return _read(header[:_MAX_LENGTH], languages[:3])


@lru_cache(maxsize=16384)
def _read(header: str, languages: tuple[str, ...]) -> HeaderWords:
    texts = words_of(header)
    if len(texts) == 2 and texts[0][0] in _PLACEHOLDERS and texts[1][0].isdigit():
        return HeaderWords(((),), 0, frozenset())
    ordinal = int(texts[-1][0]) if texts and texts[-1][0].isdigit() and len(texts[-1][0]) <= 2 else 0
    whole = _reading(texts, languages, is_whole=True)
    parts = _reading(texts, languages, is_whole=False)
    readings = (whole,) if parts == whole else (whole, parts)
    concepts = frozenset(concept for words in readings for word in words for concept in word.concepts)
    return HeaderWords(readings, ordinal, concepts)


def _reading(texts: Sequence[tuple[str, bool]], languages: tuple[str, ...], *, is_whole: bool) -> tuple[Word, ...]:
    """Return a header's words: by the longest known phrases, or each word by itself and compounds by their parts."""
    lexicon = _lexicon()
    found: list[Word] = []
    place = 0
    while place < len(texts):
        word, is_aside = texts[place]
        if _is_currency(word, languages):
            found.append(Word(word, frozenset({"amount"}), is_aside=True))
            place += 1
            continue
        length = _phrase_length(texts, place, languages) if is_whole else int(_is_word(word, languages))
        parts = () if is_whole and length else _parts(word, languages)
        if length and not parts:
            phrase = tuple(text for text, _ in texts[place : place + length])
            found.append(Word(" ".join(phrase), _chosen(lexicon.phrases[phrase], languages), is_aside))
            place += length
            continue
        place += 1
        if parts:
            found += [Word(text, concepts, is_aside) for text, concepts in parts]
        elif place == len(texts) and found and word in _WHEN:
            found.append(Word(word, frozenset({"date"}), is_aside))
        elif not word.isdigit() and not _is_filler(word, languages):
            found.append(Word(word, frozenset(), is_aside))
    return _merged(found)


def _is_currency(word: str, languages: tuple[str, ...]) -> bool:
    """Return whether a word is a currency's code and not a word of the table's own language."""
    if len(word) != 3 or word.upper() not in CURRENCIES:
        return False
    known = {language for found in _lexicon().phrases.get((word,), {}).values() for language in found}
    return not known & {*languages[:1], "english"}


def _is_word(word: str, languages: tuple[str, ...]) -> bool:
    return (word,) in _lexicon().phrases and not _is_filler(word, languages)


def _phrase_length(texts: Sequence[tuple[str, bool]], place: int, languages: tuple[str, ...]) -> int:
    phrases = _lexicon().phrases
    for length in range(min(_LONGEST_PHRASE, len(texts) - place), 0, -1):
        phrase = tuple(text for text, _ in texts[place : place + length])
        if phrase in phrases and (length > 1 or not _is_filler(phrase[0], languages)):
            return length
    return 0


def _chosen(found: Mapping[str, frozenset[str]], languages: tuple[str, ...]) -> frozenset[str]:
    """Return the notions that the table's own languages know a word by; else those of any language."""
    for language in (*languages[:1], "english", *languages[1:]):
        own = frozenset(concept for concept, known in found.items() if language in known)
        if own:
            return own
    return frozenset(found)


def _is_filler(word: str, languages: tuple[str, ...]) -> bool:
    known = _lexicon().fillers.get(word, frozenset())
    meant = {language for found in _lexicon().phrases.get((word,), {}).values() for language in found}
    return bool(known) and not meant & {*languages[:1], "english"} and (bool(known & {*languages[:1]}) or not meant)


def _merged(words: Sequence[Word]) -> tuple[Word, ...]:
    result = list(words)
    for parts, whole in _MERGED:
        places = [next((i for i, word in enumerate(result) if part in word.concepts), None) for part in sorted(parts)]
        if None not in places and len(set(places)) == len(parts):
            taken = sorted(place for place in places if place is not None)
            text = " ".join(result[place].text for place in taken)
            merged = Word(text, whole, all(result[place].is_aside for place in taken))
            result = [word for place, word in enumerate(result) if place not in taken[1:]]
            result[taken[0]] = merged
    return tuple(result)


def _parts(word: str, languages: tuple[str, ...]) -> list[tuple[str, frozenset[str]]]:
    for language in (*languages, *(one for one in _lexicon().compounding if one not in languages)):
        split = _split(word, language)
        if split:
            parts = _lexicon().compounding[language]
            return [(part, parts[part]) for part in split]
    return []


@lru_cache(maxsize=16384)
def _split(word: str, language: str) -> tuple[str, ...]:
    """Return the known parts of a compound, the fewest that cover it; nothing where it is none."""
    parts = _lexicon().compounding.get(language, {})
    if not parts:
        return ()
    if word[-2:] in _SHORT_ENDS and word[-2:] in parts and len(word) > _MIN_PART + 1:
        stem = next((word[:-2].removesuffix(link) for link in _LINKS if word[:-2].removesuffix(link) in parts), None)
        front = (stem,) if stem is not None else _split(word[:-2], language)
        if front:
            return (*front, word[-2:])
    if len(word) < 2 * _MIN_PART:
        return ()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(_MIN_PART, len(word) + 1):
        for start in [place for place in best if end - place >= _MIN_PART]:
            piece = word[start:end]
            for link in _LINKS:
                stem = piece.removesuffix(link) if link else piece
                if (link and not piece.endswith(link)) or len(stem) < _MIN_PART or stem not in parts or stem == word:
                    continue
                # Of splits into as many parts the one with the longer beginning: kunden + name, not kunde + nname.
                if end not in best or len(best[start]) + 1 <= len(best[end]):
                    best[end] = (*best[start], stem)
                break
    found = best.get(len(word), ())
    return found if len(found) > 1 or (found and found[0] != word) else ()


@cache
def _lexicon() -> _Lexicon:
    phrases: dict[tuple[str, ...], dict[str, frozenset[str]]] = {}
    fillers: dict[str, frozenset[str]] = {}
    compounding: dict[str, dict[str, frozenset[str]]] = {}
    for language in all_languages():
        # Most phrases belong to one language only: all of these share one set, which halves the time of a first header.
        own = frozenset({language.name})
        parts = compounding.setdefault(language.name, {}) if language.name in COMPOUNDING else None
        for concept, entries in language.words.items():
            meant = frozenset({concept})
            for entry in entries:
                for phrase in _phrases(entry):
                    _add(phrases.setdefault(phrase, {}), concept, own)
                    if parts is not None and len(phrase) == 1 and _is_part(phrase[0]):
                        _add(parts, phrase[0], meant)
        for filler in language.fillers:
            for word in filler.split():
                _add(fillers, folded(word), own)
    everywhere = frozenset(language.name for language in all_languages())
    phrases.setdefault(("#",), {})["number"] = everywhere
    phrases.setdefault(("%",), {})["percent"] = everywhere
    return _Lexicon(phrases, fillers, {name: parts for name, parts in compounding.items() if parts})


def _phrases(entry: str) -> list[tuple[str, ...]]:
    """Return the words of each way an entry is spelled."""
    if entry.isascii() and entry.islower() and entry.replace(" ", "").isalpha():
        return [tuple(entry.split())]
    spelled = [tuple(word for word, _ in words_of(one)) for one in spellings(entry)]
    return [phrase for phrase in spelled if phrase]


def _is_part(word: str) -> bool:
    return len(word) >= _MIN_PART or word in _SHORT_ENDS


def _add(found: dict[str, frozenset[str]], name: str, more: frozenset[str]) -> None:
    known = found.get(name)
    found[name] = more if known is None else known | more


COMPOUNDING = frozenset({"german", "dutch", "swedish", "norwegian", "danish", "finnish", "hungarian"})
"""Languages that write compounds as one word."""
