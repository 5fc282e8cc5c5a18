"""How long items wait for their counterpart: median, the time that nine in ten keep, and mean, each with its limits."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.clock_steps import step_minutes
from toolkit.reconcile.coded import known_numbers
from toolkit.reconcile.mean_intervals import Z_95, Numbers, mean_measure, share_error

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
    cut = _cut_off(found.filter(pa.array(is_known))) if has_minutes else (0.0, 0.0)
    mean = mean_measure("delay_days", lags / per_day, "days", f"Mean of the {said}, in days; {words}.", entered_on)
    quantiles = (
        ("lag_median", 0.5, f"Median of the {said}; {words}."),
        ("lag_p90", 0.9, f"Nine in ten items took no longer: {said}; {words}."),
    )
    return [
        *(_widened(_quantile(name, share, lags, unit, method, entered_on), cut, share) for name, share, method in quantiles),
        _with_unseen(_further_out(mean, *(one / per_day for one in _mean_shift(cut))), is_in_days=not has_minutes),
    ]


def _cut_off(found: pa.Table) -> tuple[float, float]:
    """Return how many minutes the times of source and target leave out: the step of a clock that has no seconds."""
    left, right = (_step(found[name]) for name in ("event_l_at", "event_r_at"))
    return left, right


def _step(instants: pa.ChunkedArray) -> float:
    times = pc.drop_null(instants.cast(pa.int64())).to_numpy()
    if len(times) < _FEW_TIMES or (times % _MINUTE_US).any():
        return 0.0
    return step_minutes(times / _MINUTE_US)


def _mean_shift(cut: tuple[float, float]) -> tuple[float, float]:
    """Return how much shorter, and longer, a wait is on average than it looks: one clock was cut, or the other.

    Minutes are cut evenly. What a schedule enters at ten to every hour, a clock of hours always cuts by fifty minutes.
    """
    if max(cut) > 1:
        return cut
    return max(cut[0] - cut[1], 0.0) / 2, max(cut[1] - cut[0], 0.0) / 2


def _widened(row: Row, cut: tuple[float, float], share: float) -> Row:
    """Return a quantile with its limits further out, by what the clocks cut off.

    Of waits that differ by more than the clocks' step a quantile moves as the mean does; of others by its share of the step.
    """
    if row.get("low") is None:
        return row
    if max(cut) > 1 or row["high"] - row["low"] >= max(cut):
        return _further_out(row, *_mean_shift(cut))
    return _further_out(row, cut[0] * max(share, 0.5), cut[1] * max(share, 0.5))


def _further_out(row: Row, below: float, above: float) -> Row:
    return row if row.get("low") is None else {**row, "low": row["low"] - below, "high": row["high"] + above}


def _with_unseen(row: Row, *, is_in_days: bool) -> Row:
    """Return a mean of days that are all equal with limits: one in so many may still be a day off and was not seen.

    Source: Louis, "Confidence intervals for a binomial parameter after observing no successes", The American Statistician
    35 (1981), p. 154.
    """
    if not is_in_days or row.get("low") is None or row["low"] != row["high"]:
        return row
    unseen = 1 - 0.05 ** (1 / row["n"])
    return {**row, "low": max(row["low"] - unseen, min(row["low"], 0.0)), "high": row["high"] + unseen}


def _quantile(  # noqa: PLR0917 - a row and what it is of
    measure: str, share: float, values: Numbers, unit: str, method: str, batch_days: Ints | None = None
) -> Row:
    """Return a quantile with the order statistics that hold it in 95 of 100 samples.

    Items entered on one day are late together; then the limits lie further out (Woodruff, "Confidence intervals for medians
    and other position measures", JASA 47 (1952), p. 635), never further in.
    """
    if len(values) == 0:
        return {"measure": measure, "unit": unit, "value": None, "n": 0, "method": "No pair has a date on both sides."}
    ordered = np.sort(values)
    half = Z_95 * np.sqrt(len(values) * share * (1 - share))
    if batch_days is not None:
        is_below = values <= np.quantile(values, share)
        half = max(half, len(values) * share_error(is_below, batch_days))
    low = max(int(np.floor(len(values) * share - half)), 0)
    high = min(int(np.ceil(len(values) * share + half)), len(values) - 1)
    return {
        "measure": measure, "unit": unit, "value": float(np.quantile(ordered, share)), "low": float(ordered[low]),
        "high": float(ordered[high]), "n": len(values), "method": method,
    }  # fmt: skip
