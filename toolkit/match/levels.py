"""Levels of pairs of profiles, one column per fact, graded over distinct pairs of values."""

from dataclasses import dataclass

import numpy as np

from toolkit.match.comparison import MISSING, Ints, Levels
from toolkit.match.profiles import Fact, Profiles


def pair_levels(profiles: Profiles, left: Ints, right: Ints) -> Levels:
    """Return the level of every pair (rows) and fact (columns); 0 is missing."""
    columns = [fact_levels(fact, left, right) for fact in profiles.facts]
    levels = np.stack(columns, axis=1) if columns else np.zeros((len(left), 0), dtype=np.uint8)
    return _counted_once(profiles, levels)


def fact_levels(fact: Fact, left: Ints, right: Ints) -> Levels:
    """Return the level of every pair for one fact."""
    codes_l, codes_r = fact.codes[left], fact.codes[right]
    has_both = (codes_l >= 0) & (codes_r >= 0)
    result = np.full(len(left), MISSING, dtype=np.uint8)
    if not has_both.any():
        return result
    low = np.minimum(codes_l[has_both], codes_r[has_both])
    high = np.maximum(codes_l[has_both], codes_r[has_both])
    base = len(fact.values)
    distinct, inverse = np.unique(low * base + high, return_inverse=True)
    graded = fact.comparison.graded(fact.values, distinct // base, distinct % base)
    result[has_both] = graded[inverse]
    return result


def _counted_once(profiles: Profiles, levels: Levels) -> Levels:
    """Return levels in which no fact counts twice: company over person names, an e-mail address over its domain."""
    names = [fact.comparison.name for fact in profiles.facts]
    result = levels.copy()
    if "company name" in names and "person's name" in names:
        company = result[:, names.index("company name")] != MISSING
        result[company, names.index("person's name")] = MISSING
    if "web site" in names:
        site = names.index("web site")
        for position, name in enumerate(names):
            if name == "e-mail":
                result[result[:, position] >= 2, site] = MISSING
    return result


@dataclass(frozen=True, slots=True)
class GradedPairs:
    """Pairs whose levels are known, in order of left and then right; other pairs are graded when asked for."""

    profiles: Profiles
    left: Ints
    right: Ints
    levels: Levels

    def between(self, left: Ints, right: Ints) -> Levels:
        """Return the levels of any pairs."""
        count = self.profiles.count
        low, high = np.minimum(left, right), np.maximum(left, right)
        known = self.left * count + self.right
        wanted = low * count + high
        place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
        is_known = known[place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
        result = np.empty((len(wanted), len(self.profiles.facts)), dtype=np.uint8)
        if is_known.any():
            result[is_known] = self.levels[place[is_known]]
        if not is_known.all():
            result[~is_known] = pair_levels(self.profiles, low[~is_known], high[~is_known])
        return result
