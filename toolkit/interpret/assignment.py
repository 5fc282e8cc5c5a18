"""Meanings given to all columns of a table together: a good assignment wins over the best of each column."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from toolkit.interpret.best_assignment import best_columns
from toolkit.interpret.column_scores import semantic_types
from toolkit.interpret.interpretation import NONE

_AGAIN = 1.2
"""What a second column of one meaning costs where a table usually has one."""
_AGAIN_OF_MANY = 0.15
_SLOTS = 3
_SLOTS_OF_MANY = 8
_MAX_EXACT = 400
"""Columns up to which the assignment is exact; above it each column is taken by itself, best first."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The meaning of each column, and the meanings that each may have with their shares, the chosen one first."""

    meanings: tuple[str, ...]
    ranked: tuple[tuple[tuple[str, float], ...], ...]


def assigned(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Assigned:
    """Return the best meanings of a table's columns.

    Parameters
    ----------
    weights
        By column and meaning, in the order of ``semantic_types``.
    """
    if not len(weights):
        return Assigned((), ())
    kinds = semantic_types()
    chosen = _exact(weights) if len(weights) <= _MAX_EXACT else _greedy(weights)
    taken = np.bincount(chosen, minlength=len(kinds))
    ranked = []
    for row, place in enumerate(chosen):
        used = taken.copy()
        used[place] -= 1
        shares = _softmax(weights[row] - used * _again())
        order = np.argsort(-shares, kind="stable")[:4].tolist()
        best = [one for one in order if one != place][:3]
        ranked.append(tuple((kinds[one].meaning, float(shares[one])) for one in (place, *best)))
    return Assigned(tuple(kinds[place].meaning for place in chosen), tuple(ranked))


def fit(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    """Return how well a table's columns fit an entity: each column by all its meanings."""
    if not len(weights):
        return 0.0
    top = weights.max(axis=1)
    return float((top + np.log(np.exp(weights - top[:, None]).sum(axis=1))).sum())


@cache
def _again() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what each further column of a meaning costs."""
    return np.array(
        [0.0 if kind.meaning == NONE else _AGAIN_OF_MANY if kind.is_many else _AGAIN for kind in semantic_types()]
    )


def _exact(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[int]:
    kinds = semantic_types()
    best = weights.argmax(axis=1)
    if not _again()[best[np.bincount(best)[best] > 1]].any():
        # Nothing is better than the best of each column where no two of them are in each other's way.
        return [int(place) for place in best]
    columns, owners = [], []
    for place, kind in enumerate(kinds):
        slots = weights.shape[0] if kind.meaning == NONE else _SLOTS_OF_MANY if kind.is_many else _SLOTS
        for slot in range(min(slots, weights.shape[0])):
            columns.append(weights[:, place] - slot * _again()[place])
            owners.append(place)
    return [owners[column] for column in best_columns(np.stack(columns, axis=1))]


def _greedy(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[int]:
    left = weights.copy()
    result = [0] * weights.shape[0]
    for row in np.argsort(-left.max(axis=1), kind="stable"):
        place = int(left[row].argmax())
        result[int(row)] = place
        left[:, place] -= _again()[place]
    return result


def _softmax(weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    shifted = np.exp(weights - weights.max())
    result: np.ndarray[tuple[int], np.dtype[np.float64]] = shifted / shifted.sum()
    return result
