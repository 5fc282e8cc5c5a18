"""Whether a table is one party many times: then what any two records have in common is what one party has."""

import numpy as np

from toolkit.match.comparison import MISSING, Floats, Ints
from toolkit.match.linkage.beliefs import believed_shares
from toolkit.match.linkage.class_shares import first_class_shares
from toolkit.match.linkage.fitting import class_posteriors
from toolkit.match.linkage.levels import pair_levels
from toolkit.match.linkage.weights import MATCH, MOVED
from toolkit.match.records.profiles import Profiles

_DRAWN = 4_000
_SURE = 0.9
_LEAST_TOLD = 0.05
"""Share of the pairs drawn of which both say something telling, below which nothing is told."""

_TELLING = frozenset({"contact", "web", "identity", "birth"})
"""Facets of which one must agree in full besides the name: many bear one name in one town."""


def repeated_share(profiles: Profiles, members: Ints, pairs_count: float, *, is_of_persons: bool) -> float:
    """Return the share of pairs drawn at random that are one party by what is known of business data in general.

    Of the pairs only those count of which both say something telling; where those are few, none.

    Parameters
    ----------
    profiles, members
        The distinct records, and those that pairs of a part of the model are made of.
    pairs_count
        Number of all pairs.
    is_of_persons
        Whether it is told of persons.
    """
    telling = [number for number, fact in enumerate(profiles.facts) if fact.comparison.facet in _TELLING]
    names = [number for number, fact in enumerate(profiles.facts) if fact.comparison.facet == "name"]
    if len(members) < 2 or not telling or not names:
        return 0.0
    one, other = np.random.default_rng(20_011).integers(0, len(members), (2, _DRAWN))
    left, right = members[one[one != other]], members[other[one != other]]
    levels = pair_levels(profiles, np.minimum(left, right), np.maximum(left, right))
    tops = np.array([len(fact.comparison.levels) for fact in profiles.facts])
    agrees = levels == tops
    shares: list[Floats] = [believed_shares(fact.comparison, is_of_persons=is_of_persons) for fact in profiles.facts]
    is_told = (levels[:, telling] != MISSING).any(axis=1)
    if is_told.mean() < _LEAST_TOLD:
        return 0.0
    posterior = class_posteriors(levels, shares, first_class_shares(len(members), pairs_count))
    is_one = posterior[:, [MATCH, MOVED]].sum(axis=1) >= _SURE
    return float((is_one & agrees[:, telling].any(axis=1))[is_told].mean())
