"""Distributions that clients are drawn from.

Instants are local seconds since 1970 without a zone, days whole days since 1970; day 4 (Monday 5 January 1970) starts a
week.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DAY_S = 86_400
_OPENS_S, _CLOSES_S = 8.5 * 3600, 17.5 * 3600


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a document waits: lognormal with a median in days; a person's work begins in working hours only."""

    median_days: float
    sigma: float
    is_automatic: bool = False

    def after(self, at: Ints, rng: np.random.Generator) -> Ints:
        """Return when the documents of some instants are carried on."""
        due = at + np.exp(np.log(self.median_days * DAY_S) + self.sigma * rng.standard_normal(len(at)))
        late = due.astype(np.int64)
        return late if self.is_automatic else pushed_to_work(late, rng)


def pushed_to_work(at: Ints, rng: np.random.Generator) -> Ints:
    """Return instants, those of nights and weekends moved to the first two hours of the next working day."""
    day, second = at // DAY_S, at % DAY_S
    start = day + (second > _CLOSES_S)
    weekday = (start - 4) % 7
    start = start + np.where(weekday >= 5, 7 - weekday, 0)
    is_inside = (start == day) & (second >= _OPENS_S)
    opened = start * DAY_S + int(_OPENS_S) + rng.integers(0, 7200, len(at))
    return np.where(is_inside, at, opened)


def instants(months: list[tuple[int, int]], counts: Ints, rng: np.random.Generator, *, by_people: bool) -> Ints:
    """Return when things happened: so many in each month; people work on working days, customers buy at any hour.

    Parameters
    ----------
    months
        First day and the day after the last one of each month.
    counts
        How many in each.
    rng
        Where chance comes from.
    by_people
        Whether they happen in working hours only.
    """
    found = []
    for (first, end), count in zip(months, counts.tolist(), strict=True):
        days = np.arange(first, end)
        if by_people:
            days = days[(days - 4) % 7 < 5]
            if not len(days):
                # The last month may have begun on a weekend and have nothing else.
                continue
            second = rng.integers(int(_OPENS_S), int(_CLOSES_S), count)
        else:
            second = (np.clip(rng.normal(15, 4.5, count), 0, 23.98) * 3600).astype(np.int64)
        found.append(rng.choice(days, count) * DAY_S + second)
    return np.sort(np.concatenate(found)) if found else np.array([], dtype=np.int64)


def season(month_count: int, first_month: int, rng: np.random.Generator) -> Floats:
    """Return how busy each month is: a yearly wave of up to 30 %, August or December quiet, and chance.

    Parameters
    ----------
    month_count, first_month
        How many months, and which month of the year is the first (0 to 11).
    rng
        Where chance comes from.
    """
    height, shift = rng.uniform(0, 0.3), rng.uniform(0, 12)
    month = first_month + np.arange(month_count)
    wave = 1 + height * np.sin(2 * np.pi * (month + shift) / 12)
    quiet = int(rng.choice([7, 11, -1]))
    return np.where(month % 12 == quiet, 0.7, 1.0) * wave


def pert(low: float, likely: float, high: float, rng: np.random.Generator) -> float:
    """Return a draw of a PERT distribution: a beta stretched between the ends, with weight 4 on the likely value.

    Parameters
    ----------
    low, likely, high
        The range.
    rng
        Where chance comes from.
    """
    if high <= low:
        return likely
    width = high - low
    return low + width * float(rng.beta(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width))


def lognormal_mean(median: float, sigma: float) -> float:
    """Return the mean of a lognormal distribution."""
    return float(median * np.exp(sigma * sigma / 2))
