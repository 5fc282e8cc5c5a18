"""How long items wait for their counterpart: median, the time that nine in ten keep, and mean, each with its limits."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import known_numbers
from toolkit.reconcile.mean_intervals import Z_95, Numbers, mean_measure

_MINUTES_PER_DAY = 1440.0
_MINUTE_US = 60_000_000
# So many times without seconds are no accident.
_FEW_TIMES = 4

Row = dict[str, Any]


def lag_measures(day: Ints, found: pa.Table, words: str) -> list[Row]:
    """Return ``lag_median`` and ``lag_p90``, in minutes where both systems keep times of day, else days, and ``delay_days``.

    Parameters
    ----------
    day
        Local day of each item in its source, since 1970.
    found
        Of COUNTERPART ``event_l_at``, ``event_r_at``, ``lag_minutes`` and ``lag_days``, as long as ``day``.
    words
        Which months they are of.
    """
    minutes, days = known_numbers(found["lag_minutes"]), known_numbers(found["lag_days"])
    # Times of day on a few documents only would measure those few.
    has_minutes = not np.isnan(minutes).all() and (~np.isnan(minutes)).sum() >= 0.8 * (~np.isnan(days)).sum()
    lags, unit, per_day = (minutes, "minutes", _MINUTES_PER_DAY) if has_minutes else (days, "days", 1.0)
    is_known = ~np.isnan(lags)
    lags = lags[is_known]
    said = (
        "time of entry in the target minus time in the source"
        if has_minutes
        else "date in the target minus date in the source"
    )
    entered_on = (day + np.nan_to_num(days).astype(np.int64))[is_known]
    early, late = _cut_off_minutes(found.filter(pa.array(is_known))) if has_minutes else (0.0, 0.0)
    mean = mean_measure("delay_days", lags / per_day, "days", f"Mean of the {said}, in days; {words}.", entered_on)
    return [
        _widened(_quantile("lag_median", 0.5, lags, unit, f"Median of the {said}; {words}."), early, late),
        _widened(_quantile("lag_p90", 0.9, lags, unit, f"Nine in ten items took no longer: {said}; {words}."), early, late),
        _widened(mean, early / per_day, late / per_day),
    ]


def _cut_off_minutes(found: pa.Table) -> tuple[float, float]:
    """Return by how much waits are shorter, or longer, than they look, where the times of one side have no seconds."""
    is_cut_l, is_cut_r = (_is_without_seconds(found[name]) for name in ("event_l_at", "event_r_at"))
    # Where both have none, a wait is as often a little too long as too short.
    return (0.5 * (is_cut_l and not is_cut_r), 0.5 * (is_cut_r and not is_cut_l))


def _is_without_seconds(instants: pa.ChunkedArray) -> bool:
    times = pc.drop_null(instants.cast(pa.int64())).to_numpy()
    return len(times) >= _FEW_TIMES and not (times % _MINUTE_US).any()


def _widened(row: Row, below: float, above: float) -> Row:
    """Return a measure with its limits further out."""
    if row.get("low") is None:
        return row
    return {**row, "low": row["low"] - below, "high": row["high"] + above}


def _quantile(measure: str, share: float, values: Numbers, unit: str, method: str) -> Row:
    """Return a quantile with the order statistics that hold it in 95 of 100 samples."""
    if len(values) == 0:
        return {"measure": measure, "unit": unit, "value": None, "n": 0, "method": "No pair has a date on both sides."}
    ordered = np.sort(values)
    half = Z_95 * np.sqrt(len(values) * share * (1 - share))
    low = max(int(np.floor(len(values) * share - half)), 0)
    high = min(int(np.ceil(len(values) * share + half)), len(values) - 1)
    return {
        "measure": measure, "unit": unit, "value": float(np.quantile(ordered, share)), "low": float(ordered[low]),
        "high": float(ordered[high]), "n": len(values), "method": method,
    }  # fmt: skip
