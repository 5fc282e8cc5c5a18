"""Names of people: order, titles, suffixes, initials, particles, double names, several persons in one field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct, with_unusual
from toolkit.values.given_name import KNOWN_GIVEN_NAMES
from toolkit.values.placeholder import folded_placeholders, is_placeholder
from toolkit.values.text import folded, folded_texts, printable, word_set, word_texts, words

_TITLES = word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame rev reverend fr herr herrn frau mme mlle madame monsieur sr sra srta senor
    senora hon capt dipl ing mag dott dottssa sig signor signora lic dhr mevr the family familie famille
    """
)
_TITLES_ANYWHERE = word_set("mr mrs ms miss mx dr prof family")
_GENERATIONS = {
    "jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr",
    "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii", "iv": "iv", "4th": "iv",
}  # fmt: skip
_TOLD_BY_TITLE = {
    **dict.fromkeys(word_set("mr herr herrn monsieur sir senor signor"), "mr"),
    **dict.fromkeys(word_set("mrs miss ms frau mme mlle madame dame sra srta senora signora mevr"), "ms"),
}
_CREDENTIALS = word_set("phd md dds dvm esq cpa cfa mba rn bsc msc pe obe mbe jd llm llb meng beng")
_CREDENTIALS_AFTER_COMMA = word_set("ba ma do pe")
"""These are family names too: only a comma makes Jack Ma a Jack, MA."""
_PARTICLES = word_set(
    "van von vom zu zum zur de den der del della di da do dos das du la las le los ter ten te bin ibn ben al el st mac mc o"
)
_CONSONANTS_ONLY = re.compile("[bcdfghjklmnpqrstvwxz]{2,3}")
_NOT_INITIALS = word_set("md st mc ng")
_AFTER_NAME_ANYWHERE = _CREDENTIALS | frozenset(_GENERATIONS) | _TITLES_ANYWHERE
_AFTER_NAME = _CREDENTIALS | _CREDENTIALS_AFTER_COMMA | frozenset(_GENERATIONS) | _TITLES

_SEVERAL = re.compile(r"\s*(?:&|/|\+|;|\band\b|\bund\b|\bet\b)\s*")
_BRACKETS = re.compile(r"[(\[\"][^)\]\"]*[)\]\"]")
_CARE_OF_FIRST = re.compile(r"^\s*(?:attn|attention|fao|c/o|care of|z\.? ?hd\.?)\b[\s:.]*")
_CARE_OF = re.compile(r"\s(?:c/o|care of|attn:?|attention:?|fao)\s.*$")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u00b4`']")
_NOT_NAME = re.compile("[^a-z0-9-]+")
_SHORTEST_SHOUT = 3
_WORDS_BESIDE = rf"\b(?:{'|'.join(sorted(_AFTER_NAME))})\b"
_FEWEST_WORDS, _MOST_WORDS = 2, 4
_DIGIT = re.compile("[0-9]")
_LAST_FIRST = re.compile(r"^[a-z' -]+, ?[a-z.' -]+$")
_KNOWN = pa.array(sorted(KNOWN_GIVEN_NAMES))

_PLAIN = r"^[A-Za-z][A-Za-z'.]*(?:, ?| )[A-Za-z][A-Za-z'.]*(?: [A-Za-z][A-Za-z'.]*){0,2}$"
"""Names that are worked on as a column: two to four words of letters, the family name before a comma or last."""
_TITLE_FIRST = r"^(?:mr|mrs|ms|miss|dr|prof)\.? ([a-z']{2,}[a-z'.]* [a-z'. ]+)$"
_FAMILY_FIRST = r"^([a-z']{2,}), ?([a-z'.]+)( [a-z'.]+)?$"
_IN_ORDER = r"^[a-z]+(?: [a-z]+){0,2} [a-z]{2,}$"
_SHOUTED_FIRST = r"^[A-Z]{3,} .*[a-z]"
_SPECIAL_WORDS = "|".join(
    sorted(
        {*_TITLES, *_GENERATIONS, *_CREDENTIALS, *_CREDENTIALS_AFTER_COMMA, *_PARTICLES}
        | {"and", "und", "et", "attn", "attention", "fao", "hd", "care", "y"}
    )
)
_SPECIAL = rf"(?:^| )(?:{_SPECIAL_WORDS})(?: |$)|^[bcdfghjklmnpqrstvwxz]{{2,3}}(?: |$)"
_PLAIN_PART = r"^[A-Za-z][A-Za-z']*(?: [A-Za-z]\.?)?$"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart, folded: given names, initials included, family name, and what tells father from son.

    Of initials alone a title tells husband from wife (mr, ms), in the place of the generation.
    """

    given: str
    family: str
    generation: str = ""

    @property
    def text(self) -> str:
        """``given|family``, and ``|generation`` where there is one."""
        return f"{self.given}|{self.family}|{self.generation}" if self.generation else f"{self.given}|{self.family}"


def person_name(value: str) -> PersonName | None:
    """Return the first person named in a cell; None for a filler.

    Examples
    --------
    >>> person_name("Dr. Ludwig van Beethoven").text, person_name("SMITH, John Q., Jr.").text, person_name("Smith J").text
    ('ludwig|van beethoven', 'john q|smith|jr', 'j|smith')
    """
    names = person_names(value)
    return names[0] if names else None


def person_names(value: str) -> tuple[PersonName, ...]:
    """Return the persons named in a cell; a family name written once counts for all of them.

    Examples
    --------
    >>> [name.text for name in person_names("John & Mary Smith")], [name.text for name in person_names("Roe, Al and Jo")]
    (['john|smith', 'mary|smith'], ['al|roe', 'jo|roe'])
    >>> [person_name(name).text for name in ("Mr J Smith", "Mrs J Smith", "Mrs Jane Smith")]
    ['j|smith|mr', 'j|smith|ms', 'jane|smith']
    """
    text = _BRACKETS.sub(" ", folded(value))
    if is_placeholder(text):
        return ()
    text = _CARE_OF.sub("", _CARE_OF_FIRST.sub("", text)).replace("von und zu", "von zu")
    before, comma, after = text.partition(",")
    if comma and _tokens(before):
        rest = _tokens(after)
        if _AFTER_NAME.issuperset(rest):
            # "John Smith, MD, Jr."
            text = " ".join([before, *(token for token in rest if token in _GENERATIONS)])
        elif _is_second_person(before, rest):
            text = f"{before} & {after}"
        else:
            return _told_by_title(_family_first(before, after), text)
    parts = [tokens for part in _SEVERAL.split(text) if (tokens := _tokens(part)) and _bare(tokens)[0]]
    # "DUPONT Jean": capitals tell the order, as long as not all of the name is in them.
    is_shouted = len(parts) == 1 and _is_family_shouted(value)
    names = [_in_order(tokens, is_shouted=is_shouted) for tokens in parts]
    if len(names) > 1 and names[-1].given:
        # "John & Mary Smith": the family name stands with the last of them.
        names = [one if one.given else PersonName(one.family, names[-1].family, one.generation) for one in names]
    return _told_by_title(tuple(names), text)


def _told_by_title(names: tuple[PersonName, ...], text: str) -> tuple[PersonName, ...]:
    """Return the one person of a cell with what its title tells, where nothing else does."""
    if len(names) != 1 or _SEVERAL.search(text):
        return names
    [name] = names
    told = _title_tells(_tokens(text), name.given.split())
    return (replace(name, generation=told),) if told and not name.generation else names


def _title_tells(tokens: Sequence[str], given: Sequence[str]) -> str:
    """Return mr or ms where a title stands beside initials, or beside no given name at all."""
    if any(len(word) > 1 for word in given):
        return ""
    return next((_TOLD_BY_TITLE[token] for token in tokens if token in _TOLD_BY_TITLE), "")


def _is_second_person(before: str, after: Sequence[str]) -> bool:
    """Return whether what follows a comma is another whole name, as in "John Smith, Mary Jones"."""
    first, _ = _bare(_tokens(before))
    return len(first) > 1 and len(after) > 1 and first[0] in KNOWN_GIVEN_NAMES and after[0] in KNOWN_GIVEN_NAMES


def _family_first(before: str, after: str) -> tuple[PersonName, ...]:
    family, generation = _bare(_tokens(before))
    names = []
    for part in _SEVERAL.split(after.replace(",", " ")):
        tokens = [token for token in _tokens(part) if token not in _TITLES_ANYWHERE]
        own = [_GENERATIONS[token] for token in tokens if token in _GENERATIONS]
        given, _ = _bare([token for token in tokens if token not in _GENERATIONS])
        if given:
            names.append(PersonName(_joined(_initials_apart(given)), _joined(family), own[0] if own else generation))
    return tuple(names) or (PersonName("", _joined(family), generation),)


def _in_order(tokens: Sequence[str], *, is_shouted: bool) -> PersonName:
    """Return a name whose family name stands last, or before initials, or first in capitals."""
    bare, generation = _bare(tokens)
    if is_shouted and len(bare) > 1:
        return PersonName(_joined(bare[1:]), _joined(bare[:1]), generation)
    end = len(bare)
    while end > 1 and len(bare[end - 1]) == 1:
        end -= 1
    if end < len(bare) and len(bare[0]) > 1 and bare[0] not in KNOWN_GIVEN_NAMES:
        return PersonName(_joined(bare[end:]), _joined(bare[:end]), generation)
    if len(bare) > 1:
        bare = _initials_apart(bare)
    start = len(bare) - 1
    while start > 1 and bare[start - 1] in _PARTICLES:
        start -= 1
    if start > 2 and bare[start - 1] == "y":
        # Ortega y Gasset is one family name.
        start -= 2
    return PersonName(_joined(bare[:start]), _joined(bare[start:]), generation)


def _initials_apart(tokens: list[str]) -> list[str]:
    """Return tokens with initials that stand together taken apart ("JR Smith", "TJ")."""
    first = tokens[0]
    return [*first, *tokens[1:]] if _CONSONANTS_ONLY.fullmatch(first) and first not in _NOT_INITIALS else tokens


def _is_family_shouted(value: str) -> bool:
    first, *others = printable(value).split() or [""]
    return (
        len(first) >= _SHORTEST_SHOUT
        and first.isupper()
        and first.isalpha()
        and bool(others)
        and all(word[:1].isupper() and not (len(word) > 1 and word.rstrip(".").isupper()) for word in others)
        and first.lower() not in KNOWN_GIVEN_NAMES | _TITLES
    )


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(tokens).replace("-", " ")


def _tokens(text: str) -> list[str]:
    """Return the words of a folded text; a hyphen joins two into one."""
    found = (token.strip("-") for token in _NOT_NAME.sub(" ", _APOSTROPHE.sub("", text)).split())
    return [token for token in found if token]


def _bare(tokens: Sequence[str]) -> tuple[list[str], str]:
    """Return the words of a name without titles and letters after it, and its generation."""
    start, end, generation = 0, len(tokens), ""
    while start < end and tokens[start] in _TITLES:
        start += 1
    while end - 1 > start and tokens[end - 1] in _AFTER_NAME_ANYWHERE:
        end -= 1
        generation = _GENERATIONS.get(tokens[end], generation)
    return list(tokens[start:end]), generation


def joined_name(given: str | None, family: str | None) -> PersonName | None:
    """Return the name kept in two columns; None when neither says anything.

    Examples
    --------
    >>> joined_name("Mr. John", "SMITH").text, joined_name("John Smith", "Smith Jr.").text, joined_name(None, "Roe, Al").text
    ('john|smith', 'john|smith|jr', 'al|roe')
    >>> joined_name("Mary Harrow", None).text, joined_name("Ann Mary", None).text, joined_name(None, "Mary Harrow").text
    ('mary|harrow', 'ann mary|', 'mary|harrow')
    """
    given_words, given_generation = _part(given)
    family_words, generation = _part(family)
    if not given_words and not family_words:
        return None
    alone = (family or "") if not given_words else (given or "")
    if not (given_words and family_words) and ("," in alone or _is_whole(given_words, family_words)):
        return person_name(alone)
    if family_words and len(given_words) > len(family_words) and given_words[-len(family_words) :] == family_words:
        given_words = given_words[: -len(family_words)]
    return PersonName(_joined(given_words), _joined(family_words), generation or given_generation)


def _is_whole(given: Sequence[str], family: Sequence[str]) -> bool:
    """Return whether the only column that says anything holds a given name and a family name."""
    tokens = given or family
    ends_in_family = len(tokens) > 1 and tokens[-1] not in KNOWN_GIVEN_NAMES and len(tokens[-1]) > 1
    return ends_in_family and (bool(given) or tokens[0] in KNOWN_GIVEN_NAMES)


def _part(value: str | None) -> tuple[list[str], str]:
    if value is None or is_placeholder(value):
        return [], ""
    tokens = _tokens(_SEVERAL.split(_BRACKETS.sub(" ", folded(value)))[0])
    bare, generation = _bare(tokens)
    given = _initials_apart(bare) if bare else bare
    return given, generation or _title_tells(tokens, given)


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return each name as ``given|family`` for comparing, as ``person_name`` does; null for fillers.

    Examples
    --------
    >>> standardised(pa.array(["Ms Jane Roe", "Roe, Jane", "n/a"])).to_pylist()
    ['jane|roe', 'jane|roe', None]
    """
    return of_distinct(values, _standardised)


def _standardised(values: pa.StringArray) -> pa.StringArray:
    lower = pc.ascii_lower(values)
    text = pc.replace_substring_regex(lower, _TITLE_FIRST, r"\1")
    text = pc.replace_substring_regex(text, _FAMILY_FIRST, r"\2\3 \1")
    is_plain = pc.and_not(pc.match_substring_regex(values, _PLAIN), pc.match_substring_regex(values, _SHOUTED_FIRST))
    is_plain = pc.and_not(is_plain, pc.match_substring(text, ","))
    text = word_texts(text)
    is_plain = pc.and_(is_plain, _is_simple(lower, text, _IN_ORDER))
    return with_unusual(values, pc.replace_substring_regex(text, " ([^ ]+)$", r"|\1"), is_plain, _text)


def _is_simple(lower: pa.StringArray, text: pa.StringArray, pattern: str) -> pa.BooleanArray:
    """Return whether words have a pattern, and nothing in them means more than itself."""
    is_simple = pc.and_not(pc.match_substring_regex(text, pattern), pc.match_substring_regex(text, _SPECIAL))
    return pc.fill_null(pc.and_not(is_simple, folded_placeholders(lower)), False)


def _text(value: str) -> str | None:
    name = person_name(value)
    return name.text if name else None


def joined_names(given: pa.StringArray, family: pa.StringArray) -> pa.StringArray:
    """Return the names kept in two columns as ``given|family``, as ``joined_name`` does.

    Examples
    --------
    >>> joined_names(pa.array(["Jane", "n/a", None]), pa.array(["Roe-Smith", "ROE", None])).to_pylist()
    ['jane|roe smith', '|roe', None]
    """
    (given_text, given_generation), (family_text, generation) = _parts(given), _parts(family)
    generation = pc.coalesce(generation, given_generation)
    whole = pc.binary_join_element_wise(pc.fill_null(given_text, ""), pc.fill_null(family_text, ""), "|")
    whole = pc.binary_join_element_wise(whole, generation, "|", null_handling="skip")
    whole = pc.if_else(pc.or_(given_text.is_valid(), family_text.is_valid()), whole, None)
    # One column holds both names where the other is empty, or where the family name stands at the end of the given one.
    ends = pc.equal(_without(given_text, "^(?:.* )?"), _without(family_text, "^(?:.* )?"))
    has_both = pc.fill_null(ends, False)
    is_alone = pc.xor(given_text.is_valid(), family_text.is_valid())
    has_several = pc.fill_null(pc.match_substring(pc.coalesce(given_text, family_text), " "), False)
    for column in (given, family):
        has_several = pc.or_(has_several, pc.fill_null(pc.match_substring(column, ","), False))
    unusual = pc.or_(has_both, pc.and_(is_alone, has_several))
    pairs = zip(given.filter(unusual).to_pylist(), family.filter(unusual).to_pylist(), strict=True)
    names = [joined_name(*pair) for pair in pairs]
    return pc.replace_with_mask(whole, unusual, pa.array([name.text if name else None for name in names], pa.string()))


def _parts(values: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
    """Return the words of one column of two, and the generation."""
    texts = of_distinct(values, _part_texts)
    return _without(texts, r"\|.*$"), _without(texts, r"^[^|]*\|?")


def _without(texts: pa.StringArray, pattern: str) -> pa.StringArray:
    rest = of_distinct(texts, lambda distinct: pc.replace_substring_regex(distinct, pattern, ""))
    return pc.if_else(pc.equal(rest, ""), None, rest)


def _part_texts(values: pa.StringArray) -> pa.StringArray:
    lower = pc.ascii_lower(values)
    text = word_texts(lower)
    is_plain = pc.and_(pc.match_substring_regex(values, _PLAIN_PART), _is_simple(lower, text, "."))
    return with_unusual(values, text, is_plain, _part_text)


def _part_text(value: str) -> str | None:
    bare, generation = _part(value)
    return "|".join([_joined(bare), *([generation] if generation else [])]) if bare or generation else None


def is_person_like(value: str) -> bool:
    """Return whether a name may be a person's: some words without digits, a known given name first, or "Last, First".

    Examples
    --------
    >>> is_person_like("Bob Smith"), is_person_like("Smith, Xanthe"), is_person_like("Blue Harbor")
    (True, True, False)
    """
    text = folded(value)
    tokens = [token for token in words(text) if token not in _AFTER_NAME]
    if not _FEWEST_WORDS <= len(tokens) <= _MOST_WORDS or _DIGIT.search(text):
        return False
    return tokens[0] in KNOWN_GIVEN_NAMES or _LAST_FIRST.search(text) is not None


def person_like(values: pa.StringArray) -> pa.BooleanArray:
    """Return ``is_person_like`` of each cell; null stays null.

    Examples
    --------
    >>> person_like(pa.array(["Bob Smith", None, "Blue Harbor"])).to_pylist()
    [True, None, False]
    """
    encoded = values.dictionary_encode()
    return _person_like(encoded.dictionary).take(encoded.indices)


def _person_like(values: pa.StringArray) -> pa.BooleanArray:
    text = folded_texts(values)
    bare = pc.replace_substring_regex(word_texts(text), _WORDS_BESIDE, " ")
    bare = pc.ascii_trim(pc.replace_substring_regex(bare, " +", " "), " ")
    spaces = pc.count_substring(bare, " ")
    is_named = pc.is_in(pc.replace_substring_regex(bare, " .*$", ""), value_set=_KNOWN)
    is_reversed = pc.match_substring_regex(text, _LAST_FIRST.pattern)
    fits = pc.and_(
        pc.and_(pc.greater_equal(spaces, _FEWEST_WORDS - 1), pc.less(spaces, _MOST_WORDS)), pc.or_(is_named, is_reversed)
    )
    fits = pc.and_not(fits, pc.match_substring_regex(text, _DIGIT.pattern))
    return pc.fill_null(fits, False)
