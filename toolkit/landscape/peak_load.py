"""How many records of a system were made or changed in its busiest minute: the load that a connection must carry."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

FLAGGED_FROM = 0.8
"""A peak above this share of a limit leaves no room for a second user of the interface, or for repeats."""


@dataclass(frozen=True, slots=True)
class PeakLoad:
    """The busiest minute of a system: how many records, when, and how many requests a minute it takes, where known."""

    records: int
    at: str
    limit: float | None

    @property
    def share(self) -> float | None:
        """Return which share of the limit it would use, one request a record."""
        return None if self.limit is None else self.records / self.limit

    @property
    def is_flagged(self) -> bool:
        """Whether it comes too near to the limit."""
        return self.share is not None and self.share > FLAGGED_FROM


def peak_load(moments: pa.ChunkedArray, limit: float | None) -> PeakLoad | None:
    """Return the busiest minute among moments; None where nothing tells minutes.

    Moments at midnight UTC are days, and say nothing of minutes.

    Parameters
    ----------
    moments
        When records were made or changed, UTC.
    limit
        How many requests a minute the system takes; None where nobody knows.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> minute = [datetime(2026, 11, 3, 9, 15, second, tzinfo=UTC) for second in (1, 2, 40)]
    >>> days = [datetime(2026, 11, 3, tzinfo=UTC)] * 9
    >>> peak_load(pa.chunked_array([pa.array([*minute, *days], pa.timestamp("us", "UTC"))]), 100.0)
    PeakLoad(records=3, at='2026-11-03 09:15', limit=100.0)
    """
    known = moments.drop_null()
    known = known.filter(pc.not_equal(pc.floor_temporal(known, unit="day"), known))
    if not len(known):
        return None
    minutes = pc.value_counts(pc.floor_temporal(known, unit="minute"))
    counts = minutes.field("counts")
    # Of equal minutes the first, whatever the order of the rows.
    most = pc.max(counts)
    at = pc.min(minutes.field("values").filter(pc.equal(counts, most)))
    return PeakLoad(most.as_py(), f"{at.as_py():%Y-%m-%d %H:%M}", limit)
