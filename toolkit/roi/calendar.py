"""When an investment costs and when it pays, apart from how much: amounts then are a product away.

Flows are linear in their amounts: benefit a month times the months' worth of benefit so far, less running cost times the
months in which it runs, less the cost today. Which months those are rests on building, parallel run and growth alone, so a
changed hourly rate need not lay out a single flow again. Worth is that of ``judgement`` to the last digits.

Source: cost model, section 7.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.roi.cash_flow import ramp
from toolkit.roi.flows import FlowTerms
from toolkit.roi.periods import monthly_rate, weeks_to_months
from toolkit.roi.quantity import FloatArray

Short = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Calendar:
    """Benefit of each month from the first on, as a share of a month's full benefit: a column per trial, or one for all.

    ``benefit_so_far`` is its sum until the end of each month from month 0 on; ``benefit_worth`` and ``running_worth`` are
    the present values of one unit a month.
    """

    terms: FlowTerms
    annual_discount_rate: float
    share: FloatArray
    benefit_so_far: Short
    benefit_worth: FloatArray
    running_worth: FloatArray


def calendar(terms: FlowTerms, annual_discount_rate: float, before: Calendar | None = None) -> Calendar:
    """Return when an investment costs and pays.

    Parameters
    ----------
    terms
        What its flows follow from; of the amounts none is read.
    annual_discount_rate
        As a fraction.
    before
        That of other inputs: taken over where the months are the same.
    """
    if before is not None and _are_same_months(terms, before.terms):
        if before.annual_discount_rate == annual_discount_rate:
            return before
        share, benefit = before.share, before.benefit_so_far
    else:
        share = _share(terms)
        benefit = np.zeros((len(share) + 1, share.shape[1]), dtype=np.float32)
        np.cumsum(share, axis=0, out=benefit[1:])
    horizon = len(terms.growth)
    weights = np.asarray((1 + monthly_rate(annual_discount_rate)) ** -np.arange(1, horizon + 1), dtype=np.float64)
    # What a month's running cost is worth from some month to the end, by the month in which it begins.
    left = np.append(np.cumsum(weights[::-1])[::-1], 0.0)
    begins = np.minimum(np.nan_to_num(np.floor(terms.build_months), nan=horizon), horizon).astype(np.intp)
    running_worth = np.where(np.isnan(terms.build_months), np.nan, left[begins])
    return Calendar(terms, annual_discount_rate, share, benefit, weights @ share, running_worth)


def npv_by_calendar(terms: FlowTerms, months: Calendar) -> FloatArray:
    """Return the net present value of each trial.

    Examples
    --------
    >>> terms = FlowTerms(*(np.array([one]) for one in (400.0, 0.0, 3000.0, 0.0, 0.0)), growth=np.ones(36))
    >>> round(float(npv_by_calendar(terms, calendar(terms, 0.10))[0]), 2)
    9108.88
    """
    found = terms.gross_benefit * months.benefit_worth - terms.running * months.running_worth - terms.one_time
    return np.asarray(found, dtype=np.float64)


def add_flows_so_far(terms: FlowTerms, months: Calendar, rows: slice, total: Short, spare: tuple[Short, Short]) -> None:
    """Add the flows until the end of each month to ``total``: one row per month, one column per trial.

    Parameters
    ----------
    terms, months
        Of the investment.
    rows
        Which trials.
    total
        What they are added to, in seven digits: enough to say when a sum comes back to nothing.
    spare
        Room to work, of the shape of ``total``: taken anew each time it would cost more than the arithmetic.
    """
    flows, running = spare
    np.multiply(_of(months.benefit_so_far, rows), _of(terms.gross_benefit, rows).astype(np.float32), out=flows)
    total += flows
    if terms.running.any():
        count = np.arange(len(total), dtype=np.float32)[:, None]
        np.subtract(count, np.floor(_of(terms.build_months, rows)).astype(np.float32), out=running)
        np.maximum(running, 0, out=running)
        running *= _of(terms.running, rows).astype(np.float32)
        total -= running
    total -= _of(terms.one_time, rows).astype(np.float32)


def _of(values: npt.NDArray[Any], rows: slice) -> npt.NDArray[Any]:
    return values if values.shape[-1] == 1 else values[..., rows]


def _are_same_months(one: FlowTerms, other: FlowTerms) -> bool:
    return one.weeks_to_full == other.weeks_to_full and all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("build_months", "parallel_months", "growth")
    )


def _share(terms: FlowTerms) -> FloatArray:
    """Return how much of a month's full benefit each month brings, growth of the volume included."""
    live = terms.build_months + terms.parallel_months
    share = ramp(live, live + weeks_to_months(terms.weeks_to_full), len(terms.growth))
    share *= terms.growth[:, None]
    return share
