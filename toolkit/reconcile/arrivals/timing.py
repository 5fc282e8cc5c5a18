"""What the moments of entry tell: waits, batches, the clock that is kept, nights, weekends, order and pace."""

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.reconcile.arrivals.pairs import Arrivals, Moments
from toolkit.reconcile.coded import Flags
from toolkit.reconcile.events import NO_DAY

Found = dict[str, tuple[float, int]]

_DAY = 1440
_STEPS = (60, 30, 20, 15, 10, 5)
_COARSE = 15
"""A clock of coarser steps than this, in minutes, tells nothing of minutes."""
_OPENS, _CLOSES = 7 * 60, 19 * 60
_PACE = 15
_FEW_TIMES = 8
_PERIODS = (15, 30, 60, _DAY)
_BATCH = 3


def clock_step(moments: Moments) -> float:
    """Return the step of a clock in minutes: 1, or what many times of day are all multiples of; a day without times.

    Examples
    --------
    >>> clock_step(Moments(np.zeros(8, np.int64), np.arange(8) * 15.0))
    15.0
    """
    if not moments.is_timed:
        return float(_DAY)
    minutes = moments.minute[~np.isnan(moments.minute)]
    # Seconds are no rounding, and a few times of day that return every day are a schedule.
    if (minutes % 1).any() or len(np.unique(minutes % _DAY)) < _FEW_TIMES:
        return 1.0
    # A rounded clock shows most of its steps; five past every hour is a schedule.
    places = np.unique(minutes % 60)
    return next((float(step) for step in _STEPS if not (places % step).any() and len(places) * 2 > 60 / step), 1.0)


def timing(arrivals: Arrivals) -> Found:
    """Return what the times of one flow tell: value and number of items by measure.

    Parameters
    ----------
    arrivals
        The items side by side.
    """
    began, entered = arrivals.began, arrivals.entered
    is_dated = (began.day != NO_DAY) & (entered.day != NO_DAY)
    if not is_dated.any():
        return {}
    found = _by_day(began.day[is_dated], entered.day[is_dated])
    step_l, step_r = clock_step(began), clock_step(entered)
    if step_r <= _COARSE:
        found |= _by_clock(entered.minute[~np.isnan(entered.minute)], step_r)
    is_timed = ~np.isnan(began.minute) & ~np.isnan(entered.minute)
    if step_l <= _COARSE and step_r <= _COARSE and is_timed.any():
        found |= _by_both_clocks(began.minute[is_timed], entered.minute[is_timed], max(step_l, step_r))
    else:
        found["before"] = (_share(entered.day[is_dated] < began.day[is_dated]), int(is_dated.sum()))
        found["out_of_order"] = _out_of_order(began.day[is_dated], entered.day[is_dated], is_dated.sum())
    return found


def _by_day(began: Ints, entered: Ints) -> Found:
    n, wait = len(began), entered - began
    is_weekend = _is_weekend(began)
    return {
        "same_day": (_share(wait == 0), n),
        "next_day": (_share(wait <= 1), n),
        "weekend_kept": (_share(_is_weekend(entered[is_weekend])), int(is_weekend.sum())),
        "days_used": (len(np.unique(entered)) / len(np.unique(began)), len(np.unique(began))),
        "one_weekday": (float(np.bincount((entered - 4) % 7, minlength=7).max() / n), n),
    }


def _by_clock(entered: Floats, step: float) -> Found:
    minute = np.floor(entered).astype(np.int64)
    n = len(minute)
    if not n:
        return {}
    slots, place, counts = np.unique(minute, return_inverse=True, return_counts=True)
    together = counts[place] >= _BATCH
    off = _is_off_hours(minute)
    # Several rows of one batch are one moment of entry.
    moments = np.unique(slots // 5 * 5) if step <= 5 else slots
    return {
        "in_batches": (_beyond(_share(together), _expected_together(minute, step)), n),
        "off_hours": (_share(off), n),
        "regular": (_regular(slots, step), len(moments)),
    }


def _by_both_clocks(began: Floats, entered: Floats, step: float) -> Found:
    n, wait = len(began), entered - began
    off = _is_off_hours(np.floor(began).astype(np.int64))
    own = _close_pairs(entered)
    return {
        "before": (_share(wait < -step), n),
        "at_once": (_share((wait >= -step) & (wait <= 5 + step)), n),
        "within_an_hour": (_share((wait >= -step) & (wait <= 60 + step)), n),
        "off_hours_kept": (_share(_is_off_hours(np.floor(entered[off]).astype(np.int64))), int(off.sum())),
        "out_of_order": _out_of_order(began, entered, n, slack=step),
        "one_by_one": (max(own - _close_pairs(began), 0.0), n),
    }


def _out_of_order(
    began: Floats | Ints, entered: Floats | Ints, n: int | np.int64, *, slack: float = 0.0
) -> tuple[float, int]:
    order = np.lexsort((entered, began))
    latest = np.maximum.accumulate(entered[order])
    return (_share(entered[order][1:] < latest[:-1] - slack), int(n) - 1)


def _close_pairs(minutes: Floats) -> float:
    """Return the share of moments that follow another one within a quarter of an hour, but not within its minute."""
    gaps = np.diff(np.sort(minutes))
    return _share((gaps > 0.5) & (gaps <= _PACE))


def _expected_together(minute: Ints, step: float) -> float:
    """Return which share would share its slot with two others if each day's items fell anywhere in a working day."""
    _, place, counts = np.unique(minute // _DAY, return_inverse=True, return_counts=True)
    mean = (counts[place] - 1) * step / (_CLOSES - _OPENS)
    return float((1 - np.exp(-mean) * (1 + mean)).mean())


def _beyond(share: float, expected: float) -> float:
    return max((share - expected) / max(1 - expected, 0.05), 0.0)


def _regular(slots: Ints, step: float) -> float:
    """Return how far moments of entry keep to one place of the clock, beyond chance: of the day, the hour, its quarters."""
    best = 0.0
    for period in _PERIODS:
        # A person's usual hour is no clock: of a day only twenty minutes count as one place.
        width = 20 if period == _DAY else max(period // 12, 1)
        if step * 3 > width and step > 1:
            continue
        at = np.bincount(slots % period, minlength=period)
        window = np.convolve(np.concatenate([at, at[: width - 1]]), np.ones(width), "valid").max() / len(slots)
        # Of few moments some window always holds several.
        share = width / (_CLOSES - _OPENS if period == _DAY else period)
        chance = min(share + 2 * np.sqrt(share * (1 - share) / len(slots)), 1.0)
        best = max(best, (window - chance) / max(1 - chance, 0.05))
    return float(max(best, 0.0))


def _is_weekend(days: Ints) -> Flags:
    return np.asarray((days - 4) % 7 >= 5)


def _is_off_hours(minutes: Ints) -> Flags:
    of_day = minutes % _DAY
    return _is_weekend(minutes // _DAY) | (of_day < _OPENS) | (of_day >= _CLOSES)


def _share(told: Flags) -> float:
    return float(told.mean()) if len(told) else 0.0
