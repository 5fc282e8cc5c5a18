"""The reviews after going live, at 30, 60 and 90 days: the same KPIs, measured in the same way, against the baseline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from toolkit.errors import InputError
from toolkit.scoping.kpi.readings import Reading
from toolkit.scoping.kpi.targets import Judged, Kpi, judged

REVIEW_DAYS = (30, 60, 90)

State = Literal["judged", "not_due", "not_measured"]


@dataclass(frozen=True, slots=True)
class Review:
    """One review of one KPI: how many days after going live, when, and what came of it; only the last one is final."""

    kpi_id: str
    days: int
    due_on: date
    state: State
    result: Judged
    is_final: bool


def review_dates(live_on: date) -> tuple[date, ...]:
    """Return the days on which benefits are looked at.

    Examples
    --------
    >>> [str(one) for one in review_dates(date(2027, 1, 4))]
    ['2027-02-03', '2027-03-05', '2027-04-04']
    """
    return tuple(live_on + timedelta(days=days) for days in REVIEW_DAYS)


def reviews(
    kpi: Kpi, baseline: Reading | None, readings: Sequence[Reading], *, live_on: date, today: date
) -> tuple[Review, ...]:
    """Return the three reviews of a KPI.

    A review takes the first reading from its day on, as long as the next review is not due; the last one has no end.

    Parameters
    ----------
    kpi
        The measure.
    baseline
        As it was before; null where nobody measured it.
    readings
        What was measured since, each with its day.
    live_on
        The day from which the integration does the work.
    today
        A review after it is not due.

    Raises
    ------
    InputError
        A reading has no day, or the baseline is of a day on or after going live.
    """
    if any(one.on is None for one in readings):
        raise InputError(f"A reading of KPI {kpi.kpi_id!r} has no day. Say when it was taken.")
    if baseline is not None and baseline.on is not None and baseline.on >= live_on:
        raise InputError(
            f"The baseline of KPI {kpi.kpi_id!r} is of {baseline.on}, but it is live since {live_on}. A baseline is taken "
            "before that. Give one, or none: then it cannot be judged."
        )
    dated = sorted(((one.on, one) for one in readings if one.on is not None), key=lambda pair: pair[0])
    due = review_dates(live_on)
    found = []
    for place, (days, due_on) in enumerate(zip(REVIEW_DAYS, due, strict=True)):
        end = due[place + 1] if place + 1 < len(due) else date.max
        after = next((one for on, one in dated if due_on <= on < end and on <= today), None)
        state: State = "judged" if after else "not_due" if today < due_on else "not_measured"
        found.append(Review(kpi.kpi_id, days, due_on, state, judged(kpi, baseline, after), is_final=place + 1 == len(due)))
    return tuple(found)
