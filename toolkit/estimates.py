"""Numbers that somebody stands for: a value or a range, its unit, and the evidence behind it.

Every number that a client may read carries one of four kinds of evidence; ``EVIDENCE`` lists them from strongest to weakest.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Evidence = Literal["measured", "document", "interview", "default"]

EVIDENCE: tuple[Evidence, ...] = ("measured", "document", "interview", "default")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number as ``low``, ``likely`` and ``high``, all in ``unit``; the three are equal when nobody doubts it.

    ``source`` says in words where it comes from ("timed sample of 12 items"), ``who`` gave it, ``given_on`` when.
    """

    likely: float
    unit: str
    evidence: Evidence
    low: float
    high: float
    source: str = ""
    who: str = ""
    given_on: date | None = None

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"An estimate needs low <= likely <= high, not {self.low}, {self.likely}, {self.high}.")

    @property
    def is_certain(self) -> bool:
        """Whether low and high coincide."""
        return self.low == self.high


def certain(value: float, unit: str, evidence: Evidence, *, source: str = "", who: str = "") -> Estimate:
    """Return an estimate without a range.

    Parameters
    ----------
    value, unit
        What is known, in ``unit`` (``items``, ``min``, ``share``, ``currency per hour`` …).
    evidence
        The kind of evidence, one of ``EVIDENCE``.
    source, who
        Where it stands, and who says so; empty is unknown.
    """
    return Estimate(value, unit, evidence, value, value, source=source, who=who)


def weakest_evidence(*evidence: Evidence) -> Evidence:
    """Return the weakest of several kinds of evidence: a figure is no surer than its least sure input.

    Examples
    --------
    >>> weakest_evidence("measured", "interview")
    'interview'
    """
    return max(evidence, key=EVIDENCE.index)
