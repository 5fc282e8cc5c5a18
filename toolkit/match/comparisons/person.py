"""Person's name: family name and given name together, in either order, with nicknames, initials and typing errors.

Father and son (Jr against Sr), and two people who share first and last name and differ in the middle (John A and John B
Smith), have a level of their own, as have two people of one family name.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Floats, Ints, Keys, Levels, WordCounts, joined_keys, keys_where
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.name_parts import (
    ABSENT,
    ALIKE,
    EQUAL,
    INITIAL,
    SLIP,
    UNLIKE,
    Parts,
    frames_of,
    part_grades,
    parts_of,
)
from toolkit.match.texts.words import rows_of
from toolkit.values import person_name
from toolkit.values.given_name import full_forms

Mask = npt.NDArray[np.bool_]

LEVELS = (
    "different names",
    "only the family name agrees",
    "only the given name agrees",
    "same name, but another middle name or generation",
    "same name, but a generation on one side only",
    "initial, one part missing, or one part only alike",
    "same but for spelling, nickname or order",
    "same, with a middle name on one side",
    "same name",
)
_DIFFERENT, _FAMILY, _GIVEN, _NAMESAKE, _ONE_TOLD, _WEAK, SPELLED, _MIDDLE, _SAME = range(1, 10)


def _joint_levels() -> Levels:
    """Return the level by grade of the given name (rows) and of the family name (columns)."""
    table = np.full((6, 6), _DIFFERENT, dtype=np.uint8)
    table[[UNLIKE, ALIKE], SLIP:] = _FAMILY
    table[INITIAL, ALIKE] = _FAMILY
    table[SLIP:, [UNLIKE, ABSENT]] = _GIVEN
    table[ALIKE, ALIKE] = _GIVEN
    table[ABSENT, SLIP:] = table[INITIAL, SLIP:] = table[ALIKE, SLIP:] = _WEAK
    table[SLIP:, INITIAL] = table[SLIP:, ALIKE] = _WEAK
    table[SLIP:, SLIP:] = SPELLED
    table[EQUAL, EQUAL] = _SAME
    return table


_JOINT = _joint_levels()
_CROSSED = np.where(_JOINT == _SAME, SPELLED, np.where(_JOINT == SPELLED, _WEAK, 0)).astype(np.uint8)
_CROSSED[INITIAL, EQUAL] = _CROSSED[EQUAL, INITIAL] = _WEAK

_SHORTEST_NAME = 3
_OF_ONE = 0.2
"""In how many other names a part is held to be that no other name has."""

_GENERATIONS = {"": -1, "sr": 0, "jr": 1, "ii": 1, "iii": 2, "iv": 3}
"""A son named after his father is called Jr. or the second."""
_TITLES = {"mr": 0, "ms": 1}
_LINKS = r"^(?:(?:van|von|vom|zu|de|den|der|del|della|di|da|do|dos|du|la|le|los|ter|ten|bin|ibn|ben|al|el|st) )+"


class Persons(NamedTuple):
    """Distinct names as positions in one list of name parts (-1: absent).

    ``first`` is the first of the given names, ``middle`` the others, ``last_given`` the last, and ``given`` all of them
    without blanks; ``family`` is the family name without blanks, ``family_first`` and ``family_last`` its outer words
    without particles; ``whole`` and ``turned`` are hashes of both names together, in order and the other way round;
    ``generation`` tells father from son, ``title`` husband from wife (-1: not told).
    """

    parts: Parts
    first: Ints
    middle: Ints
    last_given: Ints
    given: Ints
    family: Ints
    family_first: Ints
    family_last: Ints
    whole: Hashes
    turned: Hashes
    generation: Ints
    title: Ints


def standardised(columns: Columns) -> pa.StringArray:
    """Return each name as ``given|family``, from the two columns or from one that holds both."""
    whole, given, family = (columns.get(kind) for kind in ("person", "given_name", "family_name"))
    [count] = {len(column) for column in (whole, given, family) if column is not None}
    blank = pa.nulls(count, pa.string())
    joined = person_name.joined_names(blank if given is None else given, blank if family is None else family)
    if whole is None:
        return joined
    is_complete = pc.match_substring_regex(joined, r"^[^|]+\|[^|]")
    return pc.coalesce(pc.if_else(is_complete, joined, None), person_name.standardised(whole), joined)


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Persons:
    """Return distinct names for grading."""
    split = pc.extract_regex(values, r"^(?P<given>[^|]*)\|(?P<family>[^|]*)(?:\|(?P<generation>.*))?$")
    given, family = split.field("given").dictionary_encode(), split.field("family").dictionary_encode()
    names, surnames = given.dictionary, family.dictionary
    core = pc.replace_substring_regex(surnames, _LINKS, "")
    texts = (
        pc.replace_substring_regex(names, " .*$", ""),
        pc.replace_substring_regex(names, "^[^ ]* ?", ""),
        pc.replace_substring_regex(names, "^.* ", ""),
        pc.replace_substring(names, " ", ""),
        pc.replace_substring(surnames, " ", ""),
        pc.replace_substring_regex(core, " .*$", ""),
        pc.replace_substring_regex(core, "^.* ", ""),
    )
    places = [np.asarray(one.indices, dtype=np.int64) for one in (given, given, given, given, family, family, family)]
    encoded = pa.chunked_array(texts).combine_chunks().dictionary_encode()
    codes = np.asarray(encoded.indices, dtype=np.int64)
    missing = encoded.dictionary.index("").as_py()
    codes[codes == missing] = -1
    ends = np.cumsum([len(one) for one in texts])
    first, middle, last, joint, surname, outer, inner = (
        codes[end - len(one) : end][place] for one, end, place in zip(texts, ends, places, strict=True)
    )
    joint_text, surname_text = texts[3].take(given.indices), texts[4].take(family.indices)
    generation = split.field("generation").dictionary_encode()
    told = [*generation.dictionary.to_pylist(), ""]
    ranks, titles = (np.array([known.get(one, -1) for one in told], dtype=np.int64) for known in (_GENERATIONS, _TITLES))
    stated = np.asarray(generation.indices, dtype=np.int64)
    return Persons(
        parts_of(encoded.dictionary, first, surname, word_counts),
        first, middle, last, joint, surname, outer, inner,
        text_hashes(pc.binary_join_element_wise(joint_text, surname_text, "")),
        text_hashes(pc.binary_join_element_wise(surname_text, joint_text, "")),
        ranks[stated],
        titles[stated],
    )  # fmt: skip


def graded(names: Persons, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of names.

    Parameters
    ----------
    names
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    given, family = _given_grades(names, left, right), _family_grades(names, left, right)
    result = _JOINT[given, family]
    _lift_turned(names, left, right, result)
    _lift_double_names(names, left, right, result)
    whole_l, whole_r = names.whole[left], names.whole[right]
    result[(names.turned[left] == whole_r) | (names.turned[right] == whole_l)] = SPELLED
    result[whole_l == whole_r] = _SAME
    _set_namesakes(names, left, right, result)
    return result


def _given_grades(names: Persons, left: Ints, right: Ints) -> Levels:
    parts = names.parts
    grades = part_grades(parts, names.first[left], names.first[right], parts.given_counts, are_given=True)
    grades[_is_one(names.given, left, right)] = EQUAL
    is_open = np.flatnonzero(
        (grades != EQUAL) & (grades != ABSENT) & ((names.middle[left] >= 0) | (names.middle[right] >= 0))
    )
    left, right = left[is_open], right[is_open]
    # Mary Ann is called Ann; of an initial alone that is not said.
    shares = _shares_word(names, names.first[left], names.last_given[right]) | _shares_word(
        names, names.last_given[left], names.first[right]
    )
    grades[is_open[shares]] = np.maximum(grades[is_open[shares]], SLIP)
    return grades


def _family_grades(names: Persons, left: Ints, right: Ints) -> Levels:
    grades = part_grades(names.parts, names.family[left], names.family[right], names.parts.family_counts)
    is_open = np.flatnonzero(grades < EQUAL)
    left, right = left[is_open], right[is_open]
    outer_l, outer_r, inner_l, inner_r = (
        codes[side] for codes in (names.family_first, names.family_last) for side in (left, right)
    )
    shares = _shares_word(names, outer_l, outer_r) | _shares_word(names, inner_l, inner_r)
    shares |= _shares_word(names, outer_l, inner_r) | _shares_word(names, inner_l, outer_r)
    is_core = (outer_l == outer_r) & (inner_l == inner_r) & (outer_l >= 0)
    grades[is_open[shares]] = np.maximum(grades[is_open[shares]], SLIP)
    grades[is_open[is_core & shares]] = EQUAL
    return grades


def _is_one(codes: Ints, left: Ints, right: Ints) -> Mask:
    return np.asarray((codes[left] == codes[right]) & (codes[left] >= 0))


def _shares_word(names: Persons, left: Ints, right: Ints) -> Mask:
    """Return where two parts are one, and long enough to be a name."""
    return np.asarray((left == right) & (left >= 0) & (names.parts.sizes[left] >= _SHORTEST_NAME))


def _lift_turned(names: Persons, left: Ints, right: Ints, levels: Levels) -> None:
    """Raise pairs of which one has given and family name the other way round."""
    is_open = np.flatnonzero(levels < _WEAK)
    left, right = left[is_open], right[is_open]
    one = _turned_grades(names, left, right)
    likely = np.flatnonzero((one >= SLIP) | (one == INITIAL))
    other = _turned_grades(names, right[likely], left[likely])
    place = is_open[likely]
    levels[place] = np.maximum(levels[place], _CROSSED[one[likely], other])


def _turned_grades(names: Persons, given: Ints, family: Ints) -> Levels:
    """Return how far the given name of one is the family name of the other; of two given names, both together too."""
    counts = np.maximum(names.parts.given_counts, names.parts.family_counts)
    grades = part_grades(names.parts, names.first[given], names.family[family], counts)
    double = np.flatnonzero((names.middle[given] >= 0) & (grades < SLIP))
    both = part_grades(names.parts, names.given[given[double]], names.family[family[double]], counts)
    grades[double] = np.maximum(grades[double], both)
    return grades


def _lift_double_names(names: Persons, left: Ints, right: Ints, levels: Levels) -> None:
    """Raise pairs of one given name of which the family name of one stands among the given names of the other."""
    is_open = np.flatnonzero(levels == _GIVEN)
    left, right = left[is_open], right[is_open]
    is_double = _shares_word(names, names.last_given[left], names.family[right]) | _shares_word(
        names, names.family[left], names.last_given[right]
    )
    levels[is_open[is_double]] = SPELLED


def _set_namesakes(names: Persons, left: Ints, right: Ints, levels: Levels) -> None:
    """Set the levels of pairs whose names agree and whose middle names or generations do not."""
    is_open = np.flatnonzero(levels >= _WEAK)
    left, right = left[is_open], right[is_open]
    generation_l, generation_r = names.generation[left], names.generation[right]
    middle_l, middle_r = names.middle[left], names.middle[right]
    middle = part_grades(names.parts, middle_l, middle_r, np.zeros_like(names.parts.given_counts))
    middle[_is_one(names.given, left, right)] = EQUAL
    is_other = (generation_l >= 0) & (generation_r >= 0) & (generation_l != generation_r)
    is_other |= (middle == UNLIKE) | (middle == ALIKE)
    is_fuller = (generation_l != generation_r) | ((middle != EQUAL) & ((middle_l >= 0) | (middle_r >= 0)))
    levels[is_open[is_fuller & (levels[is_open] == _SAME)]] = _MIDDLE
    # What tells a son from his father is left out for the father, rarely for the son.
    is_one_told = (generation_l >= 0) != (generation_r >= 0)
    levels[is_open[is_one_told]] = np.minimum(levels[is_open[is_one_told]], _ONE_TOLD)
    levels[is_open[is_other]] = _NAMESAKE
    # Mr J Smith is not Mrs J Smith: the initial is another name's.
    title_l, title_r = names.title[left], names.title[right]
    levels[is_open[(title_l >= 0) & (title_r >= 0) & (title_l != title_r)]] = _FAMILY


def narrow(names: Persons) -> Keys:
    """Return the keys that suffice alone: both names or their frames, the family name and an initial or full form."""
    parts = names.parts
    has_both = (names.first >= 0) & (names.family >= 0)
    hash_g, hash_f, frame_g, frame_f = (
        of[codes] for of in (parts.hashes, parts.frames) for codes in (names.first, names.family)
    )
    initial = parts.initials[names.first].astype(np.uint64)
    row, full, full_frame = _full_form_hashes(parts, names.first)
    has_family = names.family[row] >= 0
    less_one = "family name and given name less one"
    return joined_keys(
        keys_where(tagged("both names", np.minimum(hash_g, hash_f), np.maximum(hash_g, hash_f)), has_both),
        keys_where(tagged("both frames", np.minimum(frame_g, frame_f), np.maximum(frame_g, frame_f)), has_both),
        keys_where(tagged("initial and family name", initial, hash_f), has_both),
        Keys(tagged("full and family name", full, hash_f[row])[has_family], row[has_family]),
        _less_one(names, "frame and family name less one", parts.frames, names.first, names.family),
        _less_one(names, less_one, parts.hashes, names.family, names.first),
        Keys(tagged(less_one, hash_f[row], full_frame)[has_family], row[has_family]),
    )


def _less_one(names: Persons, tag: str, known: Hashes, whole: Ints, misspelt: Ints) -> Keys:
    """Return for each name the frame of one part with what an error in the other may leave of its frame."""
    shortened = names.parts.shortened
    row = np.flatnonzero((whole >= 0) & (misspelt >= 0))
    sizes = np.bincount(shortened.value, minlength=len(names.parts.sizes))
    number, position = rows_of((np.cumsum(sizes) - sizes)[misspelt[row]], sizes[misspelt[row]])
    row = row[number]
    return Keys(tagged(tag, known[whole[row]], shortened.key[position]), row)


def _full_form_hashes(parts: Parts, first: Ints) -> tuple[Ints, Hashes, Hashes]:
    """Return for each name that begins with a known given name its position, the hash of each full form, and its frame's."""
    known = np.flatnonzero(parts.forms >= 0)
    forms = [sorted(full_forms(name)) for name in parts.texts[known].tolist()]
    sizes = np.array([len(own) for own in forms], dtype=np.int64)
    fulls = pa.array([full for own in forms for full in own], pa.string())
    row = np.flatnonzero((first >= 0) & (parts.forms[first] >= 0))
    own = parts.forms[first[row]]
    number, position = rows_of((np.cumsum(sizes) - sizes)[own], sizes[own])
    return row[number], text_hashes(fulls)[position], text_hashes(frames_of(fulls))[position]


def broad(names: Persons) -> Keys:
    """Return the frames of each name, which need another fact beside them."""
    frames = names.parts.frames
    return joined_keys(
        keys_where(tagged("frame", frames[names.first]), names.first >= 0),
        keys_where(tagged("frame", frames[names.family]), names.family >= 0),
    )


def word_counts(names: Persons) -> WordCounts:
    """Return how often each part is a given or a family name."""
    return names.parts.counted()


def chances(names: Persons) -> Floats:
    """Return the share of names that would be each, did given and family names come together by chance."""
    return _chances(names, 0, 1.0)


def chances_by_others(names: Persons) -> Floats:
    """Return the same as told by the other names with its parts: that a name has them is no sign that others do.

    A name of one part says nothing of how parts come together.
    """
    return np.where((names.first >= 0) & (names.family >= 0), _chances(names, 1, _OF_ONE), 0.0)


def _chances(names: Persons, less: int, least: float) -> Floats:
    parts, total = names.parts, max(names.parts.total - less, 1)

    def share(counts: Ints, codes: Ints) -> Floats:
        return np.where(codes >= 0, np.maximum(counts[codes] - less, least) / total, 1.0)

    return np.minimum(share(parts.given_counts, names.first) * share(parts.family_counts, names.family), 1.0)


BY_PLACE_OF_CUSTOMERS = (0.5, 0.428, 0.03, 0.015, 0.015, 0.006, 0.003, 0.001, 0.002)
"""Share of each level among neighbours in lists of customers, who are seldom of one household and of one name."""

# One person hardly ever bears two unlike given names: that, beside one family name, is how brothers and sisters look.
COMPARISON = Comparison(
    name="person's name",
    reads=("person", "given_name", "family_name"),
    facet="name",
    levels=LEVELS,
    m=(0.004, 0.002, 0.0035, 0.004, 0.01, 0.036, 0.1715, 0.086, 0.683),
    by_place=(0.492, 0.42, 0.03, 0.015, 0.015, 0.01, 0.005, 0.003, 0.01),
    by_name=(0.002, 0.04, 0.008, 0.10, 0.02, 0.04, 0.09, 0.05, 0.65),
    u=(0.974, 0.0105, 0.012, 0.0004, 0.0001, 0.0017, 0.0007, 0.0002, 0.0004),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=broad,
    word_counts=word_counts,
    chances=chances,
    chances_by_others=chances_by_others,
    found_from=SPELLED,
)
