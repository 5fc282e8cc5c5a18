"""How frequent each class of pair is: what is believed before a table is seen, and after a look at it."""

import numpy as np

from toolkit.match.comparison import Floats
from toolkit.match.linkage.weights import AKIN, BY_NAME, BY_PLACE, MATCH, MODEL_CLASSES, MOVED, UNRELATED

KINDS = len(MODEL_CLASSES)
_RELATED = (MATCH, BY_PLACE, BY_NAME, MOVED, AKIN)
_FIRST_OF_COUNT = {MATCH: 0.27, BY_PLACE: 0.06, BY_NAME: 0.1, MOVED: 0.03, AKIN: 0.04}
"""Pairs of each class for each record of a table, at first."""

_LEAST_RELATED = {BY_PLACE: 0.005, BY_NAME: 0.005, MOVED: 0.003, AKIN: 0.005}
"""Neighbours, namesakes and moves for each match, at least: they are possible in every table, however few there are."""

MOST_OF_A_CLASS = 0.3
_MOST_NEIGHBOURS = 5.0
"""Neighbours of a record at most: where all records stand in one street, the street tells nothing of any two."""

_MOVED_SHARE, _MOVED_STRENGTH = 0.1, 100.0
"""Share of matches of which one side has moved, and how many matches that belief counts for."""

_NAMESAKES_SHARE, _NAMESAKES_STRENGTH = 0.15, 100.0
_AKIN_OF_MATCHES, _AKIN_OF_MATCHES_STRENGTH = 0.25, 20.0
_AKIN_SHARE, _AKIN_STRENGTH = 0.3, 60.0
"""Namesakes and akin neighbours for each match, the share of neighbours who are akin, and how many pairs that counts for."""


def first_class_shares(count: int, pairs_count: float) -> Floats:
    """Return the share of each class among all pairs of so many records, before anything is seen."""
    result = np.zeros(KINDS)
    for kind, of_count in _FIRST_OF_COUNT.items():
        result[kind] = min(of_count * max(count, 2) / pairs_count, of_count)
    result[UNRELATED] = 1 - result.sum()
    return result


def new_class_shares(expected: Floats, count: int, pairs_count: float) -> Floats:
    """Return the share of each class among all pairs, from what is expected of the candidate pairs and what is believed.

    Parameters
    ----------
    expected
        Pairs expected in each class.
    count, pairs_count
        Number of records, and of all their pairs.
    """
    related = list(_RELATED)
    prior = first_class_shares(count, pairs_count) * pairs_count
    strength = min(1.0, 20.0 / max(count, 1))
    result = np.zeros(KINDS)
    result[related] = (expected[related] + strength * prior[related] + 1e-3) / (pairs_count + 1)
    # How many have moved is little known where places are: that share of matches is held by a belief of its own.
    matches = result[MATCH] + result[MOVED]
    seen = float(expected[MATCH] + expected[MOVED])
    share = (float(expected[MOVED]) + _MOVED_STRENGTH * _MOVED_SHARE) / (seen + _MOVED_STRENGTH)
    result[MATCH], result[MOVED] = (1 - share) * matches, share * matches
    # So are how many namesakes there are for each match, and how many of the neighbours belong together.
    namesakes = (float(expected[BY_NAME]) + _NAMESAKES_STRENGTH * _NAMESAKES_SHARE) / (seen + _NAMESAKES_STRENGTH)
    result[BY_NAME] = max(result[BY_NAME], namesakes * matches)
    matched = seen
    neighbours = result[BY_PLACE] + result[AKIN]
    seen = float(expected[BY_PLACE] + expected[AKIN])
    share = (float(expected[AKIN]) + _AKIN_STRENGTH * _AKIN_SHARE) / (seen + _AKIN_STRENGTH)
    akin = float(expected[AKIN]) + _AKIN_OF_MATCHES_STRENGTH * _AKIN_OF_MATCHES
    akin /= matched + _AKIN_OF_MATCHES_STRENGTH
    result[AKIN] = max(result[AKIN], share * neighbours, akin * matches)
    for kind, least in _LEAST_RELATED.items():
        result[kind] = max(result[kind], least * matches)
    result = np.minimum(result, MOST_OF_A_CLASS)
    neighbours = result[BY_PLACE] + result[AKIN]
    few = min(_MOST_NEIGHBOURS * max(count, 2) / pairs_count, neighbours)
    result[[BY_PLACE, AKIN]] *= few / max(neighbours, 1e-300)
    result[UNRELATED] = 1 - result[related].sum()
    if result[UNRELATED] < 0.1:
        result[related] *= 0.9 / result[related].sum()
        result[UNRELATED] = 0.1
    return result
