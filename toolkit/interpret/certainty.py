"""How sure a reading is: weights turned into shares that hold, and shares into what to do with a reading.

The coefficients are fitted by ``benchmarks/interpret/calibrate.py`` on labelled tables, each family judged by the others;
that page says how many of the readings stated as sure are right.
"""

from collections.abc import Sequence
from functools import cache
from math import exp, log

import numpy as np

from toolkit.interpret.assignment import Assigned
from toolkit.interpret.column_scores import TableEvidence, semantic_types
from toolkit.interpret.entity_choice import Candidate
from toolkit.interpret.interpretation import DOUBTFUL, NONE, PROBABLE, SURE
from toolkit.interpret.observed import Observed
from toolkit.interpret.semantic_type import SemanticType

SURE_FROM = 0.94
PROBABLE_FROM = 0.6
ENTITY_SURE_FROM = 0.9
ENTITY_PROBABLE_FROM = 0.6

_GROUPS = ("none", "date", "money", "name", "id", "text")
"""Kinds of meanings; what has a form of its own (e-mail, telephone, postcode, currency …) is none of them."""
_FORMS = frozenset({"email", "phone", "url", "postcode", "country", "currency", "tax_id"})
FEATURES = (
    "constant", "own log_odds", "log_odds", "header", "left_over", "unknown", "values", "is_blank", "entity",
    *(f"is {group}" for group in _GROUPS),
)  # fmt: skip
COEFFICIENTS = (-0.434, 0.849, 0.624, 0.513, -0.676, -0.21, 0.998, 0.642, 1.353, 0.927, -0.916, -0.249, 0.255, -0.495, 0.42)
_ENTITIES = 4
ENTITY_FEATURES = ("constant", "log_odds", "lead")
ENTITY_COEFFICIENTS = (0.833, 1.687, 1.548)
_NEARLY = 1e-6
_MIN_DISTINCT = 3
_FEW = 0.08
_PLAIN = ("email", "url", "date", "decimals", "company_name", "person_name")
"""Kinds of values that are hardly taken for another one."""
CONTRADICTED = 0.3
"""More is never said of a reading that the values contradict."""


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds of a share.

    Examples
    --------
    >>> log_odds(0.5)
    0.0
    """
    held = min(max(probability, _NEARLY), 1 - _NEARLY)
    return log(held / (1 - held))


def column_features(
    evidence: TableEvidence, ranked: Sequence[Candidate], fitting: Assigned
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return what the probability of each column's reading is made from, in the order of ``FEATURES``.

    Parameters
    ----------
    evidence, ranked, fitting
        What speaks for each meaning, the entities, and the meanings chosen for the likeliest of them.
    """
    kinds = {kind.meaning: place for place, kind in enumerate(semantic_types())}
    shares = _over_entities(evidence, ranked[:_ENTITIES])
    return np.array(
        [
            _features(evidence, place, row[0], shares[place, kinds[row[0][0]]], ranked[0])
            for place, row in enumerate(fitting.ranked)
        ]
    ).reshape(len(fitting.ranked), len(FEATURES))


def _features(
    evidence: TableEvidence, place: int, chosen: tuple[str, float], share: float, best: Candidate
) -> tuple[float, ...]:
    meaning, own_share = chosen
    score, seen = evidence.score(place, meaning, best.kind), evidence.columns[place]
    unknown = sum(1 for word in evidence.headers[place].readings[0] if not word.concepts)
    group = _group(meaning)
    return (
        1.0,
        log_odds(own_share) / 4,
        log_odds(share) / 4,
        max(score.header, -1.0) / 3,
        min(score.left_over, 4.0) / 2,
        min(unknown, 2.0),
        max(min(score.values, 2.0), -2.0),
        0.0 if seen.values else 1.0,
        best.probability,
        *(1.0 if group == one else 0.0 for one in _GROUPS),
    )


def _over_entities(
    evidence: TableEvidence, ranked: Sequence[Candidate]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return each meaning's share by column, over the likeliest entities as they are likely."""
    total = sum(one.probability for one in ranked)
    result = np.zeros(evidence.values.shape)
    for one in ranked:
        weights = evidence.weights(one.kind)
        shares = np.exp(weights - weights.max(axis=1, keepdims=True, initial=-np.inf))
        result += one.probability / total * shares / shares.sum(axis=1, keepdims=True)
    return result


@cache
def _group(meaning: str) -> str:
    if meaning == NONE:
        return NONE
    kind = next(one for one in semantic_types() if one.meaning == meaning)
    return kind.looks_like or ("form" if _FORMS & set(kind.looks) else "text")


def column_probabilities(evidence: TableEvidence, ranked: Sequence[Candidate], fitting: Assigned) -> list[float]:
    """Return the calibrated probability that each column's reading is right.

    Parameters
    ----------
    evidence
        What the table shows.
    ranked
        What it may list, the likeliest first.
    fitting
        The meanings given to its columns.
    """
    logits = column_features(evidence, ranked, fitting) @ np.array(COEFFICIENTS)
    result: list[float] = (1 / (1 + np.exp(-logits))).tolist()
    return result


def is_contradicted(kind: SemanticType, seen: Observed) -> bool:
    """Return whether values are plainly not of a type: an "Email" that holds amounts, a "Customer" that holds dates."""
    if seen.distinct < _MIN_DISTINCT or not seen.values:
        return False
    plain = {look for look in _PLAIN if seen.share(look) > 1 - _FEW}
    if kind.looks:
        return bool(plain) and max(seen.share(look) for look in kind.looks) < _FEW
    return bool(plain & {"date", "decimals"} and {"date", "amount"} & {*kind.unlike})


def certainty(probability: float, *, sure_from: float = SURE_FROM, probable_from: float = PROBABLE_FROM) -> str:
    """Return what to do with a reading of that probability.

    Parameters
    ----------
    probability
        From 0 to 1.
    sure_from, probable_from
        Least probabilities of either word.

    Examples
    --------
    >>> certainty(0.99), certainty(0.7), certainty(0.2)
    ('sure', 'probable', 'doubtful')
    """
    return SURE if probability >= sure_from else PROBABLE if probability >= probable_from else DOUBTFUL


def entity_features(ranked: Sequence[Candidate]) -> tuple[float, ...]:
    """Return what the probability of a table's entity is made from, in the order of ``ENTITY_FEATURES``."""
    lead = ranked[0].weight - ranked[1].weight if len(ranked) > 1 else 10.0
    return (1.0, log_odds(ranked[0].probability) / 4, min(lead, 12.0) / 4)


def entity_probability(ranked: Sequence[Candidate]) -> float:
    """Return the calibrated probability that a table lists the entity that fits best."""
    return _share(ENTITY_COEFFICIENTS, entity_features(ranked))


def _share(coefficients: Sequence[float], found: Sequence[float]) -> float:
    return 1 / (1 + exp(-sum(weight * value for weight, value in zip(coefficients, found, strict=True))))
