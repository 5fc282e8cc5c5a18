"""Values of the inputs for the full model: the likely ones, or seeded draws for a simulation.

The draws of a handoff depend on the seed and its id, those of shared inputs on the seed alone: adding a handoff changes
nothing for the others, and all handoffs of a trial share one hourly rate, cost of capital, day rate and reserve.

Source: cost model, section 10.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Drawn:
    """Draws of inputs with what they came from, so that only those of a changed input are made again.

    ``uniform`` holds a column per name, tied as ``pairs`` ask.
    """

    names: tuple[str, ...]
    pairs: tuple[tuple[str, str, float], ...]
    spreads: Mapping[str, Distribution]
    idle: frozenset[str]
    uniform: FloatArray
    values: Mapping[str, FloatArray]


def shared_draws(known: Mapping[str, Given], *, trials: int, seed: int) -> dict[str, FloatArray]:
    """Return the draws of the inputs that all handoffs share: the same for the same seed, whatever handoffs there are.

    Parameters
    ----------
    known
        The shared inputs, defaults among them.
    trials, seed
        Size and seed of the simulation.
    """
    return {**shared_drawn(known, trials=trials, seed=seed).values}


def shared_drawn(known: Mapping[str, Given], *, trials: int, seed: int, before: Drawn | None = None) -> Drawn:
    """Return the draws of ``shared_draws`` with what they came from.

    Parameters
    ----------
    known, trials, seed
        As for ``shared_draws``.
    before
        What was drawn for other inputs with the same trials and seed: what has not changed is taken over.
    """
    return _drawn(known, trials, [seed, _SHARED_STREAM], before=before)


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
    return own_values(handoff_drawn(handoff_id, known, trials=trials, seed=seed, idle=idle), known)


def handoff_drawn(
    handoff_id: str,
    known: Mapping[str, Given],
    *,
    trials: int,
    seed: int,
    idle: frozenset[str] = frozenset(),
    before: Drawn | None = None,
) -> Drawn:
    """Return the draws of one handoff's own inputs with what they came from.

    Parameters
    ----------
    handoff_id, known, trials, seed, idle
        As for ``handoff_draws``.
    before
        What was drawn for other inputs of the handoff with the same trials and seed: what has not changed is taken over.
    """
    return _drawn(known, trials, [seed, _HANDOFF_STREAM, zlib.crc32(handoff_id.encode())], idle, before)


def own_values(drawn: Drawn, known: Mapping[str, Given]) -> dict[str, FloatArray]:
    """Return the values that were drawn for a handoff; invoices that are the items carried are one draw with them."""
    values = {**drawn.values}
    if is_volume_of_invoices(known):
        values["invoices_per_month"] = values["volume_per_month"]
    return values


def is_volume_of_invoices(known: Mapping[str, Given]) -> bool:
    """Return whether the items carried are the invoices themselves: both inputs are one and the same estimate."""
    volume, invoices = known.get("volume_per_month"), known.get("invoices_per_month")
    return (
        isinstance(volume, Estimate)
        and isinstance(invoices, Estimate)
        and (volume.low, volume.likely, volume.high) == (invoices.low, invoices.likely, invoices.high)
        and volume.evidence == invoices.evidence
    )


def _drawn(
    known: Mapping[str, Given],
    trials: int,
    stream: Sequence[int],
    idle: frozenset[str] = frozenset(),
    before: Drawn | None = None,
) -> Drawn:
    names = tuple(sorted(known))
    spreads = {name: distribution(known[name]) for name in names}
    uncertain = {name for name in names if not isinstance(spreads[name], Fixed)}
    pairs = tuple(pair for pair in _USUAL_PAIRS if {pair[0], pair[1]} <= uncertain)
    if before is None or (before.names, before.pairs) != (names, pairs):
        before, uniform = None, _uniform(names, pairs, trials, stream)
    else:
        uniform = before.uniform
    values = {}
    for column, name in enumerate(names):
        if before and before.spreads[name] == spreads[name] and (name in before.idle) == (name in idle):
            values[name] = before.values[name]
        elif name in uncertain and name not in idle:
            values[name] = quick_quantiles(spreads[name], uniform[:, column])
        else:
            # What nobody doubts stays a single number; arithmetic spreads it over the trials where it meets one that varies.
            values[name] = np.array([spreads[name].mean])
    return Drawn(names, pairs, spreads, idle, uniform, values)


def _uniform(
    names: Sequence[str], pairs: Sequence[tuple[str, str, float]], trials: int, stream: Sequence[int]
) -> FloatArray:
    # Every input has its column, certain and idle ones too: that somebody has become sure of one changes no draw of one
    # that it is not tied to.
    drawn = uniforms(trials, len(names), np.random.default_rng(stream))
    if pairs:
        tied = sorted({name for pair in pairs for name in pair[:2]})
        columns = [names.index(name) for name in tied]
        drawn[:, columns] = correlated(drawn[:, columns], _spearman(tied, pairs))
    return drawn


def _spearman(names: Sequence[str], pairs: Sequence[tuple[str, str, float]]) -> FloatArray:
    matrix = np.eye(len(names))
    for left, right, rho in pairs:
        i, j = names.index(left), names.index(right)
        matrix[i, j] = matrix[j, i] = rho
    return matrix
