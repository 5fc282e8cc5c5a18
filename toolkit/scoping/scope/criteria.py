"""What success is: each criterion has a metric, a baseline, a target and a date, or it is refused.

"Reduce manual work" cannot be judged after 90 days; "minutes of manual entry a week from 540 to 216 by 2027-03-31" can.

Source: capability 161.
"""

from dataclasses import dataclass
from datetime import date

_PARTS = ("metric", "baseline", "target", "date")


@dataclass(frozen=True, slots=True)
class Success:
    """A criterion of success as somebody wrote it; what is null or empty was not said."""

    name: str
    words: str = ""
    metric: str = ""
    baseline: float | None = None
    target: float | None = None
    unit: str = ""
    by_on: date | None = None


def lacking(success: Success) -> tuple[str, ...]:
    """Return what a criterion lacks to be judged: of metric, baseline, target and date.

    Examples
    --------
    >>> lacking(Success("less_work", "reduce manual work"))
    ('metric', 'baseline', 'target', 'date')
    """
    has = (bool(success.metric.strip()), success.baseline is not None, success.target is not None, success.by_on is not None)
    return tuple(part for part, is_there in zip(_PARTS, has, strict=True) if not is_there)


def sentence(success: Success) -> str:
    """Return a criterion in a sentence; what it lacks is said.

    Examples
    --------
    >>> sentence(Success("hours", "", "manual entry", 9.0, 3.6, "hours a week", date(2027, 3, 31)))
    'manual entry: from 9 to 3.6 hours a week by 2027-03-31.'
    """
    missing = lacking(success)
    if missing:
        return f"{success.words or success.metric or success.name}: not taken, it names no {', no '.join(missing)}."
    unit = f" {success.unit}" if success.unit else ""
    return f"{success.metric}: from {success.baseline:g} to {success.target:g}{unit} by {success.by_on}."
