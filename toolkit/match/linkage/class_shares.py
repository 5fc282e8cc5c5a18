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
"""Share of all pairs that one related class makes up at most: hardly any two records have to do with each other."""

_LEAST_UNRELATED = 0.1
_BELIEVED_RECORDS = 20.0
"""Records of a table up to which the first shares count as much as what is seen; of a larger one they count less."""

_MOST_NEIGHBOURS = 5.0
"""Neighbours of a record at most: where all records stand in one street, the street tells nothing of any two."""

_MOVED_SHARE, _MOVED_STRENGTH = 0.03, 100.0
"""Share of matches of which one side has moved, and how many matches that belief counts for; so do the next three."""

_MOVED_COMPANIES, _TAUGHT_BY_MATCHES = 0.015, 70_000.0
"""The same of companies. Namesakes elsewhere grow with the square of a table and look like moves: from so many matches on
the belief counts for more than what is seen."""

_NAMESAKES_SHARE, _NAMESAKES_STRENGTH = 0.15, 100.0
"""Namesakes for each match."""

_AKIN_OF_MATCHES, _AKIN_OF_MATCHES_STRENGTH = 0.25, 20.0
"""Akin neighbours for each match."""

_AKIN_SHARE, _AKIN_STRENGTH = 0.3, 60.0
"""Share of neighbours who are akin, and how many neighbours that belief counts for."""


def first_class_shares(count: int, pairs_count: float) -> Floats:
    """Return the share of each class among all pairs of so many records, before anything is seen."""
    result = np.zeros(KINDS)
    for kind, of_count in _FIRST_OF_COUNT.items():
        result[kind] = min(of_count * max(count, 2) / pairs_count, of_count)
    result[UNRELATED] = 1 - result.sum()
    return result


def new_class_shares(expected: Floats, count: int, pairs_count: float, *, is_of_persons: bool = False) -> Floats:
    """Return the share of each class among all pairs, from what is expected of the candidate pairs and what is believed.

    Parameters
    ----------
    expected
        Pairs expected in each class.
    count, pairs_count
        Number of records, and of all their pairs.
    is_of_persons
        Whether they are of persons.
    """
    related = list(_RELATED)
    prior = first_class_shares(count, pairs_count) * pairs_count
    strength = min(1.0, _BELIEVED_RECORDS / max(count, 1))
    result = np.zeros(KINDS)
    result[related] = (expected[related] + strength * prior[related] + 1e-3) / (pairs_count + 1)
    # How many have moved is little known where places are: that share of matches is held by a belief of its own.
    matches, matched = result[MATCH] + result[MOVED], expected[MATCH] + expected[MOVED]
    known = 0.0 if is_of_persons else matched * (matched / _TAUGHT_BY_MATCHES) ** 2
    believed = _MOVED_SHARE if is_of_persons else _MOVED_COMPANIES
    moved = _held(expected[MOVED], matched, believed, max(_MOVED_STRENGTH, known))
    result[MATCH], result[MOVED] = (1 - moved) * matches, moved * matches
    # So are how many namesakes there are for each match, and how many of the neighbours belong together.
    namesakes = _held(expected[BY_NAME], matched, _NAMESAKES_SHARE, _NAMESAKES_STRENGTH)
    result[BY_NAME] = max(result[BY_NAME], namesakes * matches)
    neighbours = result[BY_PLACE] + result[AKIN]
    akin = _held(expected[AKIN], expected[BY_PLACE] + expected[AKIN], _AKIN_SHARE, _AKIN_STRENGTH)
    akin_of_matches = _held(expected[AKIN], matched, _AKIN_OF_MATCHES, _AKIN_OF_MATCHES_STRENGTH)
    result[AKIN] = max(result[AKIN], akin * neighbours, akin_of_matches * matches)
    for kind, least in _LEAST_RELATED.items():
        result[kind] = max(result[kind], least * matches)
    result = np.minimum(result, MOST_OF_A_CLASS)
    neighbours = result[BY_PLACE] + result[AKIN]
    few = min(_MOST_NEIGHBOURS * max(count, 2) / pairs_count, neighbours)
    result[[BY_PLACE, AKIN]] *= few / max(neighbours, 1e-300)
    result[UNRELATED] = 1 - result[related].sum()
    if result[UNRELATED] < _LEAST_UNRELATED:
        result[related] *= (1 - _LEAST_UNRELATED) / result[related].sum()
        result[UNRELATED] = _LEAST_UNRELATED
    return result


def _held(some: float, of: float, believed: float, strength: float) -> float:
    """Return how many there are for each, as seen and as believed beforehand, which counts as much as so many seen."""
    return (float(some) + strength * believed) / (float(of) + strength)
