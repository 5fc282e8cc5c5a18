"""Meanings given to all columns of a table together: a good assignment wins over the best of each column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy.optimize import linear_sum_assignment

from toolkit.interpret.column_scores import ColumnScore, semantic_types
from toolkit.interpret.entity_kind import EntityKind

_AGAIN = 1.2
"""What a second column of one meaning costs where a table usually has one."""
_AGAIN_OF_MANY = 0.15
_SLOTS = 3
_SLOTS_OF_MANY = 8
_MAX_EXACT = 400
"""Columns up to which the assignment is exact; above it each column is taken by itself, best first."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The meaning of each column, its log-probability against the column's other meanings, and how well all fit together."""

    meanings: tuple[str, ...]
    probabilities: tuple[float, ...]
    ranked: tuple[tuple[tuple[str, float], ...], ...]
    fit: float


def assigned(scores: Sequence[Mapping[str, ColumnScore]], entity: EntityKind) -> Assigned:
    """Return the best meanings of a table's columns, were it a list of ``entity``."""
    if not scores:
        return Assigned((), (), (), 0.0)
    kinds = semantic_types()
    names = [kind.meaning for kind in kinds]
    weights = np.array([[column[name].whole + entity.allows(name) for name in names] for column in scores])
    chosen = _exact(weights) if len(scores) <= _MAX_EXACT else _greedy(weights)
    taken: dict[int, int] = {}
    for place in chosen:
        taken[place] = taken.get(place, 0) + 1
    probabilities, ranked = [], []
    for row, place in enumerate(chosen):
        row_weights = weights[row].copy()
        for other, count in taken.items():
            used = count - (other == place)
            if used and names[other] != "none":
                row_weights[other] -= used * (_AGAIN_OF_MANY if kinds[other].is_many else _AGAIN)
        shares = _softmax(row_weights)
        probabilities.append(float(shares[place]))
        order = np.argsort(-shares, kind="stable")[:4]
        best = [(names[int(one)], float(shares[one])) for one in order if int(one) != place]
        ranked.append(((names[place], float(shares[place])), *best[:3]))
    fit = sum(_log_sum(weights[row]) for row in range(len(scores)))
    return Assigned(tuple(names[place] for place in chosen), tuple(probabilities), tuple(ranked), fit)


def _exact(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[int]:
    kinds = semantic_types()
    columns, owners = [], []
    for place, kind in enumerate(kinds):
        slots = weights.shape[0] if kind.meaning == "none" else _SLOTS_OF_MANY if kind.is_many else _SLOTS
        step = 0.0 if kind.meaning == "none" else _AGAIN_OF_MANY if kind.is_many else _AGAIN
        for slot in range(min(slots, weights.shape[0])):
            columns.append(weights[:, place] - slot * step)
            owners.append(place)
    rows, taken = linear_sum_assignment(np.stack(columns, axis=1), maximize=True)
    result = [0] * weights.shape[0]
    for row, column in zip(rows, taken, strict=True):
        result[int(row)] = owners[int(column)]
    return result


def _greedy(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[int]:
    kinds = semantic_types()
    left = weights.copy()
    result = [0] * weights.shape[0]
    for row in np.argsort(-left.max(axis=1), kind="stable"):
        place = int(left[row].argmax())
        result[int(row)] = place
        if kinds[place].meaning != "none":
            left[:, place] -= _AGAIN_OF_MANY if kinds[place].is_many else _AGAIN
    return result


def _softmax(weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    shifted = np.exp(weights - weights.max())
    result: np.ndarray[tuple[int], np.dtype[np.float64]] = shifted / shifted.sum()
    return result


def _log_sum(weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    top = float(weights.max())
    return top + log(sum(exp(float(one) - top) for one in weights))
