"""How sure a reading is: weights turned into shares that hold, and shares into what to do with a reading.

The coefficients are fitted by ``benchmarks/interpret/calibrate.py`` on labelled tables, each family judged by the others;
that page says how many of the readings stated as sure are right.
"""

from math import exp, log

from toolkit.interpret.column_scores import ColumnScore
from toolkit.interpret.interpretation import DOUBTFUL, NONE, PROBABLE, SURE
from toolkit.interpret.observed import Observed

SURE_FROM = 0.93
PROBABLE_FROM = 0.5
ENTITY_SURE_FROM = 0.9
ENTITY_PROBABLE_FROM = 0.5

FEATURES = ("constant", "log_odds", "header", "values", "is_blank", "is_none", "entity")
COEFFICIENTS = (-1.2, 0.6, 0.45, 0.3, -0.3, -0.5, 1.0)
_NEARLY = 1e-6


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
    found = features(score, seen, share, entity_share)
    return 1 / (1 + exp(-sum(weight * value for weight, value in zip(COEFFICIENTS, found, strict=True))))


def certainty(probability: float, *, sure_from: float = SURE_FROM, probable_from: float = PROBABLE_FROM) -> str:
    """Return what to do with a reading of that probability.

    Examples
    --------
    >>> certainty(0.99), certainty(0.7), certainty(0.2)
    ('sure', 'probable', 'doubtful')
    """
    return SURE if probability >= sure_from else PROBABLE if probability >= probable_from else DOUBTFUL
