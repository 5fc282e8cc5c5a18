"""Limits of a mean of waits or amounts, which have a long tail, and depend on each other where they were entered together.

Source: Johnson, "Modified t tests and confidence intervals for asymmetrical populations", JASA 73 (1978), p. 536; Hall, The
Bootstrap and Edgeworth Expansion, 1992, p. 118; Liang and Zeger, "Longitudinal data analysis using generalized linear
models", Biometrika 73 (1986), p. 13 (sums of each batch).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.compiled import compiled
from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import Flags

Numbers = npt.NDArray[np.float64]

Z_95 = 1.959963984540054
"""So many standard errors on both sides hold 95 of 100 samples."""
_ENOUGH_WEEKS = 4
_WEEK = 7


def mean_interval(values: Numbers, batch_days: Ints | None = None) -> tuple[float | None, float | None]:
    """Return the limits of a mean that hold it in 95 of 100 samples; without two values, or two batches, there are none.

    What was entered on one day is one batch: who was away for two weeks enters twenty documents, all late. So the batches
    vary, not the documents; only what a weekday does every week (after a weekend all waits are longer) is no chance of a
    batch. Of a long tail a sample sees too little: the limit on its side lies further out by the first correction for
    skewness.

    Parameters
    ----------
    values
        What the mean is of.
    batch_days
        The day on which each was entered, as days since 1970; by default each is a batch of its own.

    Examples
    --------
    >>> [round(one, 2) for one in mean_interval(np.array([1.0, 2.0, 3.0]))]
    [-0.48, 4.48]
    >>> waits = np.array([1.0, 1.0, 1.0, 4.0, 4.0, 4.0])
    >>> [round(one, 2) for one in mean_interval(waits)]
    [0.78, 4.22]
    >>> [round(one, 2) for one in mean_interval(waits, np.array([7, 7, 8, 14, 14, 15]))]
    [-0.41, 5.41]
    """
    if len(values) < 2:
        return None, None
    mean, count = float(values.mean()), len(values)
    off = values - mean
    if not off.any():
        return mean, mean
    days = np.arange(count) if batch_days is None else batch_days
    batch = np.unique(days, return_inverse=True)[1]
    batches = int(batch.max()) + 1
    if batches < 2:
        return None, None
    error = float(np.sqrt(_variance_of_sum(off, batch, batch_days))) / count
    skewness = float((np.bincount(batch, weights=off) ** 3).sum()) / (error * count) ** 3
    half = _t_95(batches - 1) * error
    tail = error * skewness * (2 * Z_95**2 + 1) / 6
    return mean - half + min(tail, 0.0), mean + half + max(tail, 0.0)


def share_error(is_counted: Flags, batch_days: Ints) -> float:
    """Return by how much a share may be off in 95 of 100 samples, where what was entered on one day is one batch.

    Parameters
    ----------
    is_counted
        Which of the items count.
    batch_days
        The day on which each was entered, as days since 1970.

    Examples
    --------
    >>> is_late = np.array([True, False, True, False])
    >>> share_error(is_late, np.array([1, 2, 3, 4])) < share_error(is_late, np.array([1, 2, 1, 2]))
    True
    """
    off = is_counted - is_counted.mean()
    batch = np.unique(batch_days, return_inverse=True)[1]
    batches = int(batch.max()) + 1
    if batches < 2:
        return 1.0
    return _t_95(batches - 1) * float(np.sqrt(_variance_of_sum(off, batch, batch_days))) / len(off)


def _variance_of_sum(off: Numbers, batch: Ints, batch_days: Ints | None) -> float:
    """Return the variance of a sum of values, each told by how far it is off the mean, by the batches that vary."""
    batches = int(batch.max()) + 1
    of_weekday, weekdays = (np.zeros(len(off)), 1) if batch_days is None else _of_weekdays(off, batch_days, batches)
    own = np.bincount(batch, weights=off - of_weekday)
    return float((own**2).sum() * batches / (batches - weekdays) + (of_weekday**2).sum())


def mean_measure(measure: str, values: Numbers, unit: str, method: str, batch_days: Ints | None = None) -> dict[str, Any]:
    """Return a mean as a row of HANDOFF_MEASURE; of nothing it is unknown.

    Parameters
    ----------
    measure, unit, method
        Its name, its unit, and how it was measured.
    values, batch_days
        What the mean is of, and when each was entered, as `mean_interval` takes them.
    """
    if len(values) == 0:
        return {"measure": measure, "unit": unit, "value": None, "n": 0, "method": "Nothing was found to measure."}
    low, high = mean_interval(values, batch_days)
    return {
        "measure": measure, "unit": unit, "value": float(values.mean()), "low": low, "high": high, "n": len(values),
        "method": method,
    }  # fmt: skip


def _of_weekdays(off: Numbers, days: Ints, batches: int) -> tuple[Numbers, int]:
    """Return how far off each value's weekday is, and how many weekdays there are; few weeks tell nothing of them."""
    weekday = np.unique(days % _WEEK, return_inverse=True)[1]
    counts = np.bincount(weekday)
    if batches < _ENOUGH_WEEKS * len(counts):
        return np.zeros(len(off)), 1
    return (np.bincount(weekday, weights=off) / counts)[weekday], len(counts)


def _t_95(freedom: int) -> float:
    """Return how many standard errors hold 95 of 100 means, where the error is itself estimated from so many batches."""
    stdtrit = compiled("scipy.special", "_ufuncs", "stdtrit")
    return float(stdtrit(freedom, 0.975))
