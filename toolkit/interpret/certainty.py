"""How sure a reading is: weights turned into shares that hold, and shares into what to do with a reading.

The coefficients are fitted by ``benchmarks/interpret/calibrate.py`` on labelled tables, each family judged by the others;
that page says how many of the readings stated as sure are right.
"""

from collections.abc import Sequence
from math import exp, log

from toolkit.interpret.column_scores import ColumnScore
from toolkit.interpret.entity_choice import Candidate
from toolkit.interpret.interpretation import DOUBTFUL, NONE, PROBABLE, SURE
from toolkit.interpret.observed import Observed
from toolkit.interpret.semantic_type import SemanticType

SURE_FROM = 0.945
PROBABLE_FROM = 0.6
ENTITY_SURE_FROM = 0.95
ENTITY_PROBABLE_FROM = 0.7

FEATURES = ("constant", "log_odds", "header", "values", "is_blank", "is_none", "entity")
COEFFICIENTS = (-1.372, 1.529, 0.993, 0.66, -0.662, 1.6, 1.923)
ENTITY_FEATURES = ("constant", "log_odds", "lead")
ENTITY_COEFFICIENTS = (1.884, 0.993, 1.319)
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


def features(score: ColumnScore, seen: Observed, share: float, entity_share: float) -> tuple[float, ...]:
    """Return what the probability of a column's reading is made from, in the order of ``FEATURES``."""
    return (
        1.0,
        log_odds(share) / 4,
        max(score.header, -1.0) / 3,
        max(min(score.values, 2.0), -2.0),
        0.0 if seen.values else 1.0,
        1.0 if score.meaning == NONE else 0.0,
        entity_share,
    )


def column_probability(score: ColumnScore, seen: Observed, share: float, entity_share: float) -> float:
    """Return the calibrated probability that a column's reading is right."""
    return _share(COEFFICIENTS, features(score, seen, share, entity_share))


def is_contradicted(kind: SemanticType, seen: Observed) -> bool:
    """Return whether a column's values are plainly not of a type: an "Email" that holds amounts, a "Customer" of dates."""
    if seen.distinct < _MIN_DISTINCT or not seen.values:
        return False
    plain = {look for look in _PLAIN if seen.share(look) > 1 - _FEW}
    if kind.looks:
        return bool(plain) and max(seen.share(look) for look in kind.looks) < _FEW
    return bool(plain & {"date", "decimals"} and {"date", "amount"} & {*kind.unlike})


def certainty(probability: float, *, sure_from: float = SURE_FROM, probable_from: float = PROBABLE_FROM) -> str:
    """Return what to do with a reading of that probability.

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
