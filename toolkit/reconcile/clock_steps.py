"""How finely a system's clock is written: in seconds, minutes, quarters of an hour or hours."""

import numpy as np

from toolkit.match.comparison import Floats

_DAY = 1440
_STEPS = (60, 30, 20, 15, 10, 5)
_FEW_TIMES = 8


def step_minutes(minutes: Floats) -> float:
    """Return the step of a clock in minutes: 1, or what many times of day are all multiples of.

    Parameters
    ----------
    minutes
        Times in minutes, counted from any midnight.

    Examples
    --------
    >>> step_minutes(np.arange(8) * 15.0), step_minutes(np.arange(8) * 7.0)
    (15.0, 1.0)
    """
    # Seconds are no rounding, and a few times of day that return every day are a schedule.
    if (minutes % 1).any() or len(np.unique(minutes % _DAY)) < _FEW_TIMES:
        return 1.0
    # A rounded clock shows most of its steps; five past every hour is a schedule.
    places = np.unique(minutes % 60)
    return next((float(step) for step in _STEPS if not (places % step).any() and len(places) * 2 > 60 / step), 1.0)
