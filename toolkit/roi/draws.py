"""Values of the inputs for the full model: the likely ones, or seeded draws for a simulation.

The draws of a handoff depend on the seed and its id, those of shared inputs on the seed alone: adding a handoff changes
nothing for the others, and all handoffs of a trial share one hourly rate, cost of capital, day rate and reserve.

Source: cost model, section 10.
"""

import zlib
from collections.abc import Mapping

import numpy as np

from toolkit.estimates import Estimate
from toolkit.rates import MeasuredShare
from toolkit.roi.distributions import Beta, Distribution, Fixed, Pert, quick_quantiles
from toolkit.roi.inputs import Given, likely
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import correlated, uniforms

# Rank correlations that are usual between inputs; an assumption, like the ends of most ranges.
_USUAL_PAIRS = (
    ("error_rate", "rework_minutes", 0.5),
    ("minutes_per_item", "error_rate", 0.3),
    ("build_days", "maintenance_share_per_year", 0.5),
    ("build_days", "automation_rate", -0.3),
)
_SHARED_STREAM = 0
_HANDOFF_STREAM = 1


def distribution(given: Given) -> Distribution:
    """Return how an input spreads: a counted share as its Jeffreys posterior, a range as PERT, a single value not at all.

    Examples
    --------
    >>> distribution(MeasuredShare(6, 100))
    Beta(a=6.5, b=94.5)
    """
    if isinstance(given, MeasuredShare):
        return Beta(*given.posterior)
    if given.is_certain:
        return Fixed(given.likely)
    return Pert(given.low, given.likely, given.high)


def likely_values(known: Mapping[str, Given]) -> dict[str, FloatArray]:
    """Return the single value of each input as an array of one trial.

    Examples
    --------
    >>> from toolkit.estimates import certain
    >>> likely_values({"volume_per_month": certain(20, "items", "measured")})
    {'volume_per_month': array([20.])}
    """
    return {name: np.array([likely(given)], dtype=np.float64) for name, given in known.items()}


def shared_draws(known: Mapping[str, Given], *, trials: int, seed: int) -> dict[str, FloatArray]:
    """Return the draws of the inputs that all handoffs share: the same for the same seed, whatever handoffs there are.

    Parameters
    ----------
    known
        The shared inputs, defaults among them.
    trials, seed
        Size and seed of the simulation.
    """
    return _draws(known, trials, np.random.default_rng([seed, _SHARED_STREAM]))


def handoff_draws(
    handoff_id: str, known: Mapping[str, Given], *, trials: int, seed: int, idle: frozenset[str] = frozenset()
) -> dict[str, FloatArray]:
    """Return the draws of one handoff's own inputs; the usual correlations hold between them.

    Where the items carried are the invoices (both inputs are one estimate), both are one draw.

    Parameters
    ----------
    handoff_id
        With the seed it decides the draws.
    known
        The handoff's own inputs, defaults among them.
    trials, seed
        Size and seed of the simulation.
    idle
        Names of inputs that play no part: each is one number, whatever its range.
    """
    stream = np.random.default_rng([seed, _HANDOFF_STREAM, zlib.crc32(handoff_id.encode())])
    drawn = _draws(known, trials, stream, idle)
    if is_volume_of_invoices(known):
        drawn["invoices_per_month"] = drawn["volume_per_month"]
    return drawn


def is_volume_of_invoices(known: Mapping[str, Given]) -> bool:
    """Return whether the items carried are the invoices themselves: both inputs are one and the same estimate."""
    volume, invoices = known.get("volume_per_month"), known.get("invoices_per_month")
    return (
        isinstance(volume, Estimate)
        and isinstance(invoices, Estimate)
        and (volume.low, volume.likely, volume.high) == (invoices.low, invoices.likely, invoices.high)
        and volume.evidence == invoices.evidence
    )


def _draws(
    known: Mapping[str, Given], trials: int, rng: np.random.Generator, idle: frozenset[str] = frozenset()
) -> dict[str, FloatArray]:
    names = sorted(known)
    spreads = {name: distribution(known[name]) for name in names}
    # Every input has its column, certain and idle ones too: that somebody has become sure of one changes no draw of one
    # that it is not tied to.
    drawn = uniforms(trials, len(names), rng)
    uncertain = {name for name in names if not isinstance(spreads[name], Fixed)}
    pairs = [pair for pair in _USUAL_PAIRS if {pair[0], pair[1]} <= uncertain]
    if pairs:
        tied = sorted({name for pair in pairs for name in pair[:2]})
        columns = [names.index(name) for name in tied]
        drawn[:, columns] = correlated(drawn[:, columns], _spearman(tied, pairs))
    # What nobody doubts stays a single number; arithmetic spreads it over the trials where it meets one that varies.
    return {
        name: quick_quantiles(spreads[name], drawn[:, column])
        if name in uncertain and name not in idle
        else np.array([spreads[name].mean])
        for column, name in enumerate(names)
    }


def _spearman(names: list[str], pairs: list[tuple[str, str, float]]) -> FloatArray:
    matrix = np.eye(len(names))
    for left, right, rho in pairs:
        i, j = names.index(left), names.index(right)
        matrix[i, j] = matrix[j, i] = rho
    return matrix
