"""Simulation of uncertain inputs: seeded draws, correlation, quantiles, and a small model to check them by.

The recipe is exact, so that the same seed gives the same figures anywhere: uniform numbers, one row per trial
and one column per input in list order, each turned into a value by the inverse distribution function.

Source: cost model, section 10.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.compiled import compiled
from toolkit.roi.cash_flow import annuity_factor
from toolkit.roi.distributions import Distribution, Fixed
from toolkit.roi.periods import monthly_rate
from toolkit.roi.quantity import FloatArray, Quantity

# A uniform number of exactly 0 or 1 would be an infinite normal score, and an infinite amount where a spread has no end.
_NEAREST_TO_CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class Band:
    """P10, P50 and P90; null where that many trials never get there."""

    p10: float | None
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """What one input does to the net present value, all others at their median."""

    name: str
    npv_at_low: float
    npv_at_high: float
    swing: float


def uniforms(trials: int, inputs: int, rng: np.random.Generator) -> FloatArray:
    """Return the uniform numbers of a run, one row per trial, kept clear of exactly 0 and 1.

    Parameters
    ----------
    trials, inputs
        Rows and columns: adding an input at the end of the list changes the draws of all trials but the first.
    rng
        Where the numbers come from; nothing else is drawn from it.

    Examples
    --------
    >>> uniforms(2, 3, np.random.default_rng(1)).shape
    (2, 3)
    """
    drawn = rng.random((trials, inputs))
    return np.clip(drawn, _NEAREST_TO_CERTAIN, 1 - _NEAREST_TO_CERTAIN, out=drawn)


def correlated(drawn: FloatArray, spearman: FloatArray) -> FloatArray:
    """Return uniform numbers that rise and fall together as the rank correlations ask (Gaussian copula).

    Parameters
    ----------
    drawn
        Independent uniform numbers, one column per input.
    spearman
        Rank correlations between the columns. A matrix that no data could have is moved to the nearest usable one.

    Examples
    --------
    >>> pulled = correlated(uniforms(4000, 2, np.random.default_rng(1)), np.array([[1.0, 0.5], [0.5, 1.0]]))
    >>> bool(0.45 < np.corrcoef(pulled, rowvar=False)[0, 1] < 0.55)
    True
    """
    ndtr, ndtri = (compiled("scipy.special", "_ufuncs", name) for name in ("ndtr", "ndtri"))
    normal = ndtri(drawn) @ np.linalg.cholesky(usable_correlation(spearman)).T
    return np.asarray(np.clip(ndtr(normal), _NEAREST_TO_CERTAIN, 1 - _NEAREST_TO_CERTAIN), dtype=np.float64)


def usable_correlation(spearman: FloatArray) -> FloatArray:
    """Return the correlation of the normal scores; eigenvalues below 1e-8 are lifted and the diagonal is set back to 1.

    Examples
    --------
    >>> usable_correlation(np.array([[1.0, 1.0], [1.0, 1.0]])).round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    # The usual correlation of two normal scores whose ranks correlate as asked (Pearson 1907).
    pearson = 2 * np.sin(math.pi * np.asarray(spearman, dtype=np.float64) / 6)
    np.fill_diagonal(pearson, 1.0)
    values, vectors = np.linalg.eigh(pearson)
    if values.min() > 0:
        return np.asarray(pearson, dtype=np.float64)
    # Pairs are named one by one; together they may ask for what no data can have. A small change makes it possible.
    lifted = (vectors * np.maximum(values, 1e-8)) @ vectors.T
    scale = np.sqrt(np.diag(lifted))
    return np.asarray(lifted / np.outer(scale, scale), dtype=np.float64)


def linear_quantiles(values: FloatArray, probabilities: Sequence[float]) -> tuple[float, ...]:
    """Return quantiles by linear interpolation; next to an infinite value the quantile is infinite, not undefined.

    Examples
    --------
    >>> linear_quantiles(np.array([3.0, 1.0, 2.0]), (0.25, 0.5))
    (1.5, 2.0)
    >>> linear_quantiles(np.array([1.0, np.inf]), (0.0, 0.5))
    (1.0, inf)
    """
    ordered = np.sort(values)
    found = []
    for probability in probabilities:
        position = probability * (len(ordered) - 1)
        below = math.floor(position)
        above = min(below + 1, len(ordered) - 1)
        weight = position - below
        low, high = float(ordered[below]), float(ordered[above])
        found.append(low if not weight or low == high else low + weight * (high - low))
    return tuple(found)


def quantiles_of_rows(values: FloatArray, probabilities: Sequence[float]) -> FloatArray:
    """Return quantiles of each row by linear interpolation: one row per probability. The rows are sorted in place.

    Parameters
    ----------
    values
        Finite numbers, or rows with none that is finite.
    probabilities
        From 0 to 1.

    Examples
    --------
    >>> quantiles_of_rows(np.array([[3.0, 1.0, 2.0], [5.0, 5.0, 5.0]]), (0.25, 0.5)).tolist()
    [[1.5, 5.0], [2.0, 5.0]]
    """
    values.sort(axis=1)
    found = np.empty((len(probabilities), len(values)))
    for row, probability in enumerate(probabilities):
        position = probability * (values.shape[1] - 1)
        below = math.floor(position)
        low, high = values[:, below], values[:, min(below + 1, values.shape[1] - 1)]
        weight = position - below
        # Counted from the nearer end, as numpy does: both ends are met exactly.
        found[row] = low + (high - low) * weight if weight < 0.5 else high - (high - low) * (1 - weight)
    return found


def band(values: FloatArray) -> Band:
    """Return P10, P50 and P90 of simulated values; infinite ones become null.

    Examples
    --------
    >>> band(np.array([1.0, 2.0, 3.0, np.inf, np.inf]))
    Band(p10=1.4, p50=3.0, p90=None)
    """
    p10, p50, p90 = (value if math.isfinite(value) else None for value in linear_quantiles(values, (0.1, 0.5, 0.9)))
    return Band(p10, p50, p90)


def standard_error(share: float, trials: int) -> float:
    """Return the standard error of a share of trials.

    Examples
    --------
    >>> round(standard_error(0.8654, 20_000), 6)
    0.002413
    """
    return math.sqrt(share * (1 - share) / trials)


def small_model_net_saving(values: Mapping[str, Quantity]) -> Quantity:
    """Return the net saving a month of the small model.

    Examples
    --------
    >>> small_model_net_saving({"volume_per_month": 50, "minutes_per_item": 12, "loaded_rate_per_hour": 30,
    ...     "automation_rate": 0.8, "error_rate": 0.1, "cost_per_error": 10, "error_reduction": 0.5,
    ...     "running_cost_per_month": 45})
    220.0
    """
    volume = values["volume_per_month"]
    labour = volume * values["minutes_per_item"] / 60 * values["loaded_rate_per_hour"]
    errors = volume * values["error_rate"] * values["cost_per_error"]
    return labour * values["automation_rate"] + errors * values["error_reduction"] - values["running_cost_per_month"]


def tornado(
    parameters: Mapping[str, Distribution],
    *,
    horizon_months: int = 36,
    annual_discount_rate: float = 0.10,
    low_p: float = 0.1,
    high_p: float = 0.9,
) -> tuple[float, tuple[TornadoRow, ...]]:
    """Return the small model's net present value at the medians, and what each uncertain input does to it.

    Rows come widest first, ties by name; fixed inputs have none.

    Parameters
    ----------
    parameters
        Every input of ``small_model_net_saving``, and ``one_time_cost``.
    horizon_months, annual_discount_rate
        How far to look, and the discount rate as a fraction.
    low_p, high_p
        Quantiles at which each input is tried.

    Examples
    --------
    >>> from toolkit.roi.distributions import Pert
    >>> fixed = {"volume_per_month": 50, "minutes_per_item": 12, "loaded_rate_per_hour": 30, "automation_rate": 0.8,
    ...     "error_rate": 0.1, "cost_per_error": 10, "error_reduction": 0.5, "running_cost_per_month": 45}
    >>> base, rows = tornado({**{name: Fixed(value) for name, value in fixed.items()}, "one_time_cost": Pert(1, 2, 3)})
    >>> [row.name for row in rows]
    ['one_time_cost']
    """
    annuity = annuity_factor(monthly_rate(annual_discount_rate), horizon_months)

    def value(values: Mapping[str, float]) -> float:
        return float(small_model_net_saving(values) * annuity - values["one_time_cost"])

    quantiles = {name: one.quantiles(np.array([low_p, 0.5, high_p])) for name, one in parameters.items()}
    medians = {name: float(each[1]) for name, each in quantiles.items()}
    rows = [
        _tornado_row(
            name,
            value({**medians, name: float(quantiles[name][0])}),
            value({**medians, name: float(quantiles[name][2])}),
        )
        for name, distribution in parameters.items()
        if not isinstance(distribution, Fixed)
    ]
    return value(medians), tuple(sorted(rows, key=lambda row: (-row.swing, row.name)))


def additive_sobol(parameters: Mapping[str, Distribution]) -> tuple[float, dict[str, float | None]]:
    """Return the variance of a sum of independent inputs, and each one's share of it; null shares where nothing varies.

    Examples
    --------
    >>> from toolkit.roi.distributions import Triangular
    >>> additive_sobol({"a": Triangular(0, 1, 2), "b": Fixed(3)})[1]
    {'a': 1.0, 'b': 0.0}
    """
    variances = {name: distribution.sd**2 for name, distribution in parameters.items()}
    total = math.fsum(variances.values())
    return total, {name: one / total if total else None for name, one in variances.items()}


def _tornado_row(name: str, npv_at_low: float, npv_at_high: float) -> TornadoRow:
    return TornadoRow(name, npv_at_low, npv_at_high, abs(npv_at_high - npv_at_low))
