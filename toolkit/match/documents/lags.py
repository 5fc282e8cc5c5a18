"""How long the target takes: the lag in days between two counterparts, learned from the pairs that are sure."""

from dataclasses import dataclass

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.side import NO_DAY, Documents

_LEAST_LEARNED = 12.0
"""So many sure pairs must have shown their lag before it counts more than what is usual everywhere."""

_LEAST_DENSITY = 2.0**-10
_MOST_LAG = 500
_USUAL_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class LagDensity:
    """How lags in days are spread among counterparts, against chance over ``span_days``.

    ``learned`` counts sure pairs by lag, from ``-_MOST_LAG`` on; None where too few are sure.
    """

    span_days: float
    learned: Floats | None = None

    def bits(self, lag_days: Floats) -> Floats:
        """Return log2 of the density at each lag against an even spread over the span; 0 where the lag is unknown."""
        return lag_bits(self.by_lag(), lag_days)

    def by_lag(self) -> Floats:
        """Return the same for each lag from the earliest to the latest that are told apart."""
        lags = np.arange(-_MOST_LAG, _MOST_LAG + 1)
        # Nine in ten come after their source, half of those within ten days; long delays grow rare slowly, early ones fast.
        late = 0.9 / 10 / (1 + np.maximum(lags, 0) / 10) ** 2
        early = 0.1 / 4 * np.exp(np.minimum(lags, 0) / 4)
        density = np.where(lags >= 0, late, early)
        if self.learned is not None:
            density = _USUAL_SHARE * density + (1 - _USUAL_SHARE) * _smoothed(self.learned, lags)
        return np.asarray(np.log2(np.maximum(density * self.span_days, _LEAST_DENSITY)), dtype=np.float64)

    def relearned(self, lag_days: Floats, weight: Floats) -> "LagDensity":
        """Return the density that pairs show, each counted with its weight; this one where they are too few."""
        is_known = ~np.isnan(lag_days) & (weight > 0)
        lags = np.clip(lag_days[is_known], -_MOST_LAG, _MOST_LAG).astype(np.int64) + _MOST_LAG
        counts = np.bincount(lags, weights=weight[is_known], minlength=2 * _MOST_LAG + 1).astype(np.float64)
        return LagDensity(self.span_days, counts) if counts.sum() >= _LEAST_LEARNED else self


def lag_bits(by_lag: Floats, lag_days: Floats) -> Floats:
    """Return the bits of lags, from what `LagDensity.by_lag` gives; 0 where a lag is unknown."""
    is_unknown = np.isnan(lag_days)
    known = np.where(is_unknown, 0.0, np.clip(lag_days, -_MOST_LAG, _MOST_LAG)).astype(np.int64)
    return np.where(is_unknown, 0.0, by_lag[known + _MOST_LAG])


def lag_density(right: Documents) -> LagDensity:
    """Return what is believed of lags before any pair is known, for targets of this span of days."""
    known = right.day[right.day != NO_DAY]
    return LagDensity(float(max(known.max() - known.min(), 30)) if len(known) else 30.0)


def pair_lags(left: Documents, right: Documents, rows_l: Ints, rows_r: Ints) -> Floats:
    """Return target day minus source day of each pair; NaN where a date is unknown.

    Parameters
    ----------
    left, right
        Source and target.
    rows_l, rows_r
        Rows of the two, pair by pair.
    """
    day_l, day_r = left.day[rows_l], right.day[rows_r]
    is_known = (day_l != NO_DAY) & (day_r != NO_DAY)
    lags = np.where(is_known, day_r, 0) - np.where(is_known, day_l, 0)
    return np.where(is_known, lags.astype(np.float64), np.nan)


def lag_words(lag_days: float) -> str:
    """Return a lag in words.

    Examples
    --------
    >>> lag_words(0.0), lag_words(1.0), lag_words(-3.0)
    ('the same day', '1 day later', '3 days earlier')
    """
    days = int(abs(lag_days))
    if days == 0:
        return "the same day"
    return f"{days} day{'s' if days > 1 else ''} {'later' if lag_days > 0 else 'earlier'}"


def _smoothed(counts: Floats, lags: Ints) -> Floats:
    """Smooth the learned lags, wider where they are long: a day more matters less at thirty than at three."""
    at = np.flatnonzero(counts)
    width = 1.0 + 0.15 * np.abs(lags[at])
    distance = np.abs(lags[:, None] - lags[at][None, :]) / width[None, :]
    weights = counts[at] / counts.sum() / (2 * width)
    return np.asarray((weights[None, :] * np.exp(-distance)).sum(axis=1), dtype=np.float64)
