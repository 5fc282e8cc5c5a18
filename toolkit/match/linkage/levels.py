"""Levels of pairs of profiles, one column per fact, graded over distinct pairs of values."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from toolkit.cores import results
from toolkit.match.comparison import MISSING, Ints, Levels
from toolkit.match.comparisons.email import COMPARISON as EMAIL
from toolkit.match.comparisons.email import ONE_LOCAL, OTHER_MAILBOX
from toolkit.match.comparisons.person import COMPARISON as PERSONS_NAME
from toolkit.match.comparisons.person import SPELLED
from toolkit.match.records.profiles import Fact, Profiles

_SLOW = frozenset({"name", "title"})
"""Facts whose values are compared word by word."""

_FEW = 10_000
_CHUNK = 250_000
"""Pairs graded at a time on each core: what a comparison needs in memory does not grow with the table."""


def pair_levels(profiles: Profiles, left: Ints, right: Ints) -> Levels:
    """Return the level of every pair (rows) and fact (columns); 0 is missing.

    Parameters
    ----------
    profiles
        The distinct records.
    left, right
        Positions of the two profiles of each pair, left below right.
    """
    levels = np.zeros((len(left), len(profiles.facts)), dtype=np.uint8)

    def grade(one: tuple[int, int]) -> None:
        start, number = one
        part = slice(start, start + _CHUNK)
        levels[part, number] = fact_levels(profiles.facts[number], left[part], right[part])

    results(grade, product(range(0, len(left), _CHUNK), range(len(profiles.facts))))
    _count_once(profiles, levels)
    return levels


def fact_levels(fact: Fact, left: Ints, right: Ints) -> Levels:
    """Return the level of every pair for one fact.

    Parameters
    ----------
    fact
        What is compared.
    left, right
        Positions of the two profiles of each pair.
    """
    codes_l, codes_r = fact.codes[left], fact.codes[right]
    has_both = (codes_l >= 0) & (codes_r >= 0)
    is_same = has_both & (codes_l == codes_r)
    result = np.full(len(left), MISSING, dtype=np.uint8)
    # Equal values are graded too: an address of a whole desk is not full agreement even with itself.
    result[is_same] = _own_levels(fact, codes_l[is_same])
    other = np.flatnonzero(has_both & ~is_same)
    if len(other):
        low = np.minimum(codes_l[other], codes_r[other])
        high = np.maximum(codes_l[other], codes_r[other])
        result[other] = _graded(fact, low, high)
    return result


def _graded(fact: Fact, low: Ints, high: Ints) -> Levels:
    """Return the level of every pair of unlike values."""
    if fact.comparison.facet not in _SLOW or len(low) < _FEW:
        return fact.comparison.graded(fact.prepared, low, high)
    size = len(fact.values)
    # One name and another meet in many records; to find each two of them once is quick beside looking at both.
    codes, inverse = np.unique(low * size + high, return_inverse=True)
    return np.asarray(fact.comparison.graded(fact.prepared, codes // size, codes % size)[inverse], dtype=np.uint8)


def _own_levels(fact: Fact, codes: Ints) -> Levels:
    if not len(codes):
        return np.zeros(0, dtype=np.uint8)
    own = np.zeros(len(fact.values), dtype=np.uint8)
    seen = np.flatnonzero(np.bincount(codes, minlength=len(own)))
    own[seen] = fact.comparison.graded(fact.prepared, seen, seen)
    return np.asarray(own[codes], dtype=np.uint8)


def distinct_patterns(levels: Levels) -> tuple[Levels, Ints]:
    """Return the distinct rows of levels, and the position among them of each row."""
    sizes = levels.max(axis=0, initial=0).astype(np.int64) + 1
    codes = np.zeros(len(levels), dtype=np.int64)
    for number, size in enumerate(sizes.tolist()):
        # Twenty facts of eight levels fill 60 bits; beyond that codes are brought back to as few numbers as there are.
        if float(codes.max(initial=0)) * size > 2.0**62:
            codes = np.unique(codes, return_inverse=True)[1]
        codes = codes * size + levels[:, number]
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return levels[first], inverse


def _count_once(profiles: Profiles, levels: Levels) -> None:
    """Take out what would count twice: a person's name beside a company's, or in a mailbox; a domain beside its mailbox.

    Two persons of one name write it before the @ of whatever host they have: that says of them again what the name says.
    """
    names = [fact.comparison.name for fact in profiles.facts]
    if "company name" in names and "person's name" in names:
        has_company = levels[:, names.index("company name")] != MISSING
        levels[has_company, names.index("person's name")] = MISSING
    mailboxes = [position for position, name in enumerate(names) if name == EMAIL.name]
    if PERSONS_NAME.name in names:
        has_one_name = levels[:, names.index(PERSONS_NAME.name)] >= SPELLED
        for position in mailboxes:
            levels[has_one_name & (levels[:, position] == ONE_LOCAL), position] = OTHER_MAILBOX
    if "web site" in names:
        site = names.index("web site")
        for position in mailboxes:
            levels[levels[:, position] >= 2, site] = MISSING


@dataclass(frozen=True, slots=True)
class GradedPairs:
    """Pairs whose levels are known, in order of left and then right; other pairs are graded when asked for."""

    profiles: Profiles
    left: Ints
    right: Ints
    levels: Levels

    def holds(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return which pairs are among those whose levels are known."""
        return self.places(left, right)[1]

    def between(self, left: Ints, right: Ints) -> Levels:
        """Return the levels of any pairs."""
        place, is_known = self.places(left, right)
        result = np.empty((len(left), len(self.profiles.facts)), dtype=np.uint8)
        if is_known.any():
            result[is_known] = self.levels[place[is_known]]
        if not is_known.all():
            low, high = np.minimum(left, right)[~is_known], np.maximum(left, right)[~is_known]
            result[~is_known] = pair_levels(self.profiles, low, high)
        return result

    def places(self, left: Ints, right: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Return where each pair stands, and which stand anywhere."""
        count = self.profiles.count
        known = self.left * count + self.right
        wanted = np.minimum(left, right) * count + np.maximum(left, right)
        place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
        return place, known[place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
