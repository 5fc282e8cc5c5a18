"""Flows month by month of many trials, made a block of trials at a time from the few numbers that they follow from.

A run of thirty handoffs has more than twenty million flows on each side, and nobody reads one of them: they are summed,
discounted and forgotten. So a case keeps five numbers a trial, and its flows exist for one block while it is judged.

Source: cost model, section 7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.roi.cash_flow import ramp
from toolkit.roi.periods import weeks_to_months
from toolkit.roi.quantity import FloatArray

# Intermediate results below the size from which an allocator asks the system for fresh pages (128 KB): above it clearing
# pages costs more than the arithmetic. Whole groups of rows, because a matrix product treats a rest of a group another way,
# which moves last digits.
_BYTES_PER_BLOCK = 120_000
_TRIALS_PER_GROUP = 64


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowTerms:
    """What the flows of one investment follow from: amounts and months, each one number per trial or one for all.

    ``gross_benefit`` and ``running`` are per month, ``growth`` is the volume of each month relative to the first,
    ``weeks_to_full`` the time from going live to the full benefit.
    """

    gross_benefit: FloatArray
    running: FloatArray
    one_time: FloatArray
    build_months: FloatArray
    parallel_months: FloatArray
    growth: FloatArray
    weeks_to_full: float = 8

    @property
    def trials(self) -> int:
        """How many trials there are; one where nothing varies."""
        per_trial = (self.gross_benefit, self.running, self.one_time, self.build_months, self.parallel_months)
        return max(len(one) for one in per_trial)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowBlock:
    """Benefits and costs of the trials from ``start`` on, both positive: one row per month, one column per trial."""

    start: int
    benefits: FloatArray
    costs: FloatArray


def flow_blocks(parts: Sequence[FlowTerms]) -> Iterator[FlowBlock]:
    """Yield the flows of investments added up trial by trial, a block of trials at a time.

    Parts are added in their order, whatever the size of a block: sums of doubles depend on it.

    Examples
    --------
    >>> def one(value: float) -> FlowTerms:
    ...     return FlowTerms(*(np.array([each]) for each in (value, 5.0, 100.0, 0.0, 0.0)), growth=np.ones(3))
    >>> [block] = flow_blocks([one(60.0), one(80.0)])
    >>> block.costs[:, 0].tolist()
    [200.0, 10.0, 10.0, 10.0]
    """
    trials = max(part.trials for part in parts)
    at_once = _trials_at_once(len(parts[0].growth))
    # A last trial that would stand alone goes with the block before: numpy multiplies a single row another way, and its last
    # digit would depend on how many trials there are.
    starts = range(0, max(trials - 1, 1), at_once)
    for start in starts:
        rows = slice(start, trials if start == starts[-1] else start + at_once)
        benefits, costs = _flows(parts[0], rows)
        for part in parts[1:]:
            more_benefits, more_costs = _flows(part, rows)
            benefits += more_benefits
            costs += more_costs
        yield FlowBlock(start, benefits, costs)


def _trials_at_once(horizon: int) -> int:
    bytes_per_group = 8 * _TRIALS_PER_GROUP * (horizon + 2)
    return max(1, _BYTES_PER_BLOCK // bytes_per_group) * _TRIALS_PER_GROUP


def _flows(terms: FlowTerms, rows: slice) -> tuple[FloatArray, FloatArray]:
    """Return benefits and costs by month and trial; running cost begins in the month in which the parallel run does."""
    horizon = len(terms.growth)
    shape = horizon + 1, rows.stop - rows.start
    build = _of(terms.build_months, rows)
    live = build + _of(terms.parallel_months, rows)
    benefits = np.zeros(shape)
    # Amount times ramp times growth, in this order: another one moves the last digit.
    np.multiply(
        _of(terms.gross_benefit, rows),
        ramp(live, live + weeks_to_months(terms.weeks_to_full), horizon),
        out=benefits[1:],
    )
    benefits[1:] *= terms.growth[:, None]
    costs = np.empty(shape)
    costs[0] = _of(terms.one_time, rows)
    first_month = np.floor(build) + 1
    np.multiply(_of(terms.running, rows), np.arange(1, horizon + 1)[:, None] >= first_month, out=costs[1:])
    return benefits, costs


def _of(values: FloatArray, rows: slice) -> FloatArray:
    return values if len(values) == 1 else values[rows]
