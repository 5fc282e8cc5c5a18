"""Company name: what remains on both sides after the common words are taken away decides.

Words count by their rarity in the table: "restaurant" left over on one side says little, "northern" a lot.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from toolkit.match.comparison import Columns, Comparison, Ints, Levels
from toolkit.values import company_name

LEVELS = (
    "different names",
    "little in common",
    "part in common, each has more",
    "one name within the other, common words",
    "one name within the other",
    "same but for spelling",
    "same name",
)
_DIFFERENT, _LITTLE, _CONFLICT, _WITHIN_COMMON, _WITHIN, _SPELLING, _SAME = range(1, 8)

_MIN_RATIO = 50.0
"""Below this likeness of the whole names (percent) without a common word nothing finer is looked at."""


def word_bits(names: Sequence[tuple[tuple[str, ...], ...]]) -> dict[str, float]:
    """Return how much each word tells, in bits: -log2 of the share of distinct names that hold it."""
    counts = Counter(word for name in names for word in {word for words in name for word in words})
    total = max(len(names), 2)
    return {word: max(math.log2(total / (count + 0.5)), 0.3) for word, count in counts.items()}


@lru_cache(maxsize=100_000)
def _is_variant(left: str, right: str) -> bool:
    """Return whether two words may be one: a typing error, an abbreviation or an initial."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if long.startswith(short) and (len(short) >= 3 or (len(short) == 1 and short.isalpha())):
        return True
    if len(short) < 4 or short.isdigit() or long.isdigit():
        return False
    allowed = 1 if len(short) < 8 else 2
    if len(long) - len(short) > allowed:
        return False
    return int(OSA.distance(left, right, score_cutoff=allowed)) <= allowed


def _overlap(left: tuple[str, ...], right: tuple[str, ...], bits: dict[str, float]) -> tuple[float, float, float, bool]:
    """Return bits in common, bits left over on each side, and whether the words are alike one by one."""
    words_l, words_r = set(left), set(right)
    common = words_l & words_r
    shared = sum(bits[word] for word in common)
    rest_l = sorted(words_l - common)
    rest_r = sorted(words_r - common)
    for word in tuple(rest_l):
        variant = next((other for other in rest_r if _is_variant(word, other)), None)
        if variant is not None:
            rest_l.remove(word)
            rest_r.remove(variant)
            # An initial says less than a word.
            strength = 0.4 if min(len(word), len(variant)) == 1 else 0.8
            shared += strength * min(bits[word], bits[variant])
    over_l = sum(bits[word] for word in rest_l)
    over_r = sum(bits[word] for word in rest_r)
    return shared, over_l, over_r, not rest_l and not rest_r


def _level(left: tuple[str, ...], right: tuple[str, ...], bits: dict[str, float], enough: float) -> int:
    if set(left) == set(right) or "".join(left) == "".join(right):
        return _SAME
    if (len(left) == 1 and len(right) > 2 and left[0] == company_name.acronym(right)) or (
        len(right) == 1 and len(left) > 2 and right[0] == company_name.acronym(left)
    ):
        return _SPELLING
    joined = Levenshtein.normalized_similarity("".join(left), "".join(right), score_cutoff=0.9)
    shared, over_l, over_r, is_alike = _overlap(left, right, bits)
    if is_alike or (joined >= 0.9 and min(over_l, over_r) == 0):
        return _SPELLING
    return _partial_level(shared, min(over_l, over_r), max(over_l, over_r), enough)


def _partial_level(shared: float, less: float, more: float, enough: float) -> int:
    if shared == 0:
        return _DIFFERENT
    if less <= 0.05 * shared:
        if more <= 0.35 * shared and shared >= enough:
            return _SPELLING
        return _WITHIN if shared >= enough else _WITHIN_COMMON
    within = shared / (shared + less)
    if within >= 0.75:
        return _WITHIN_COMMON
    return _CONFLICT if within >= 0.4 else _LITTLE


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct names."""
    names = [tuple(tuple(name.split()) for name in value.split("|")) for value in values]
    bits = word_bits(names)
    # A common part tells enough when fewer than about one name in the square root of all would share it by chance.
    enough = 0.55 * math.log2(max(len(names), 4))
    word_sets = [
        frozenset(word for words in name for word in (*words, company_name.acronym(words))) - {""} for name in names
    ]
    flat = ["".join(name[0]) for name in names]
    likeness = (
        process.cpdist(
            [flat[i] for i in left.tolist()], [flat[i] for i in right.tolist()], scorer=fuzz.ratio, dtype=np.float32
        )
        if len(left)
        else np.zeros(0, np.float32)
    )
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    for position, (i, j, ratio) in enumerate(zip(left.tolist(), right.tolist(), likeness.tolist(), strict=True)):
        if i == j:
            result[position] = _SAME
        elif ratio >= _MIN_RATIO or not word_sets[i].isdisjoint(word_sets[j]):
            result[position] = max(_level(a, b, bits, enough) for a in names[i] for b in names[j])
    return result


def standardised(columns: Columns) -> list[str | None]:
    """Return each company name as distinctive words, further names after ``|``."""
    return company_name.standardised(columns["company"])


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the keys that suffice alone: the rarest words, pairs of them, acronym, spaceless prefix."""
    names = [tuple(tuple(name.split()) for name in value.split("|")) for value in values]
    bits = word_bits(names)
    keys: list[list[str]] = []
    for name in names:
        own: list[str] = []
        for words in name:
            rare = sorted(set(words), key=lambda word: (-bits[word], word))[:3]
            own += [f"w:{word}" for word in rare]
            own += [f"p:{a} {b}" for a, b in zip(sorted(rare), sorted(rare)[1:], strict=False)]
            flat = "".join(words)
            own += [f"s:{flat[:7]}", f"e:{flat[-8:]}", f"l:{''.join(sorted(flat))[:12]}"]
            short = company_name.acronym(words)
            own += [f"w:{short}"] if len(short) > 2 else []
        keys.append(list(dict.fromkeys(own)))
    return keys


def broad(values: Sequence[str]) -> list[list[str]]:
    """Return the keys that need another fact beside them: every word, and the first letters."""
    return [[*dict.fromkeys(value.replace("|", " ").split()[:6]), f"s:{value[:3]}"] for value in values]


COMPARISON = Comparison(
    name="company name",
    reads=("company",),
    facet="name",
    levels=LEVELS,
    m=(0.002, 0.018, 0.05, 0.05, 0.10, 0.18, 0.60),
    by_place=(0.30, 0.15, 0.48, 0.03, 0.03, 0.005, 0.005),
    by_name=(0.002, 0.008, 0.20, 0.13, 0.20, 0.11, 0.35),
    u=(0.95, 0.035, 0.01, 0.003, 0.001, 0.0005, 0.0005),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=broad,
)
