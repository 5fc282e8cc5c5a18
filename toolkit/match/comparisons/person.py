"""Person's name: family name and given name together, swapped order, nicknames, initials and typing errors allowed for."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler

from toolkit.match.comparison import Columns, Comparison, Ints, Levels
from toolkit.values import person_name

LEVELS = (
    "different names",
    "only the given name agrees",
    "only the family name agrees",
    "initial, one part missing, or both parts nearly",
    "same but for spelling, nickname or order",
    "same name",
)
_DIFFERENT, _GIVEN, _FAMILY, _WEAK, _NEAR, _SAME = range(1, 7)
_NOTHING, _ABSENT, _INITIAL, _TYPO, _EQUAL = range(5)


@lru_cache(maxsize=200_000)
def _part(left: str, right: str) -> int:  # noqa: PLR0911 - a ladder of grades
    """Return how far one part of two names agrees."""
    if not left or not right:
        return _ABSENT
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return _EQUAL
    first_l, first_r = left.split(maxsplit=1)[0], right.split(maxsplit=1)[0]
    if first_l == first_r:
        return _EQUAL
    if len(first_l) == 1 or len(first_r) == 1:
        return _INITIAL if first_l[0] == first_r[0] else _NOTHING
    if not person_name.full_forms(first_l).isdisjoint(person_name.full_forms(first_r)):
        return _TYPO
    if set(left.split()) & set(right.split()) - {word for word in left.split() if len(word) < 3}:
        return _TYPO
    longest = max(len(left), len(right))
    allowed = 1 if longest < 6 else 2
    if OSA.distance(left, right, score_cutoff=allowed) <= allowed or JaroWinkler.similarity(left, right) >= 0.9:
        return _TYPO
    return _NOTHING


def _level(left: tuple[str, str], right: tuple[str, str]) -> int:
    given, family = _part(left[0], right[0]), _part(left[1], right[1])
    if given == _EQUAL and family == _EQUAL:
        return _SAME
    best = _joint_level(given, family)
    crossed = _joint_level(_part(left[0], right[1]), _part(left[1], right[0]))
    return max(best, min(crossed, _NEAR) if crossed > _FAMILY else 0)


def _joint_level(given: int, family: int) -> int:
    if min(given, family) >= _TYPO:
        return _NEAR if max(given, family) == _EQUAL else _WEAK
    if family >= _TYPO:
        return _WEAK if given in {_INITIAL, _ABSENT} else _FAMILY
    if given >= _TYPO:
        return _WEAK if family in {_ABSENT, _INITIAL} else _GIVEN
    return _DIFFERENT


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct names."""
    names = [(given, family) for given, _, family in (value.partition("|") for value in values)]
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((_SAME if i == j else _level(names[i], names[j]) for i, j in pairs), np.uint8, len(left))


def standardised(columns: Columns) -> list[str | None]:
    """Return each name as ``given|family``, from the two columns or from one that holds both."""
    whole = columns.get("person", ())
    given, family = columns.get("given_name", ()), columns.get("family_name", ())
    count = max(len(whole), len(given), len(family))
    texts: dict[tuple[str | None, str | None, str | None], str | None] = {}
    result: list[str | None] = []
    for position in range(count):
        one = (
            given[position] if given else None,
            family[position] if family else None,
            whole[position] if whole else None,
        )
        if one not in texts:
            name = person_name.joined_name(one[0], one[1]) if one[0] and one[1] else None
            name = name or (person_name.person_name(one[2]) if one[2] else None) or person_name.joined_name(one[0], one[1])
            texts[one] = name.text if name else None
        result.append(texts[one])
    return result


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the keys that suffice alone: both names in either order, family name with an initial."""
    keys: list[list[str]] = []
    for value in values:
        given, _, family = value.partition("|")
        both = sorted([*(given.split() or [""])[:1], family])
        own = [f"b:{' '.join(both)}", f"k:{_skeleton(family)} {given[:1]}"]
        own += [f"n:{family} {full}" for full in sorted(person_name.full_forms((given.split() or [""])[0]))]
        keys.append(own)
    return keys


def _skeleton(word: str) -> str:
    """Return a word's first letter and its other consonants, each once in a row: the frame most typing errors leave."""
    kept = word[:1]
    for letter in word[1:]:
        if letter not in "aeiouyhw " and letter != kept[-1]:
            kept += letter
    return kept[:5]


def broad(values: Sequence[str]) -> list[list[str]]:
    """Return the keys that need another fact beside them: each name, and the frame of each."""
    keys = []
    for value in values:
        given, _, family = value.partition("|")
        own = [f"f:{family}", f"g:{given}", f"k:{_skeleton(family)}", f"k:{_skeleton(given)}"]
        keys.append([key for key in dict.fromkeys(own) if len(key) > 2])
    return keys


COMPARISON = Comparison(
    name="person's name",
    reads=("person", "given_name", "family_name"),
    facet="name",
    levels=LEVELS,
    m=(0.03, 0.02, 0.05, 0.08, 0.19, 0.63),
    by_place=(0.50, 0.03, 0.43, 0.02, 0.01, 0.01),
    by_name=(0.002, 0.01, 0.05, 0.10, 0.138, 0.70),
    u=(0.975, 0.012, 0.010, 0.002, 0.0006, 0.0004),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=broad,
)
