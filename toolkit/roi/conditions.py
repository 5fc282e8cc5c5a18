"""What must be true for a set of handoffs to pay: how far each input may move until the set is worth nothing.

One input moves at a time, by the same factor in all handoffs of the set, all others at their median.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.estimates import Estimate
from toolkit.roi.case import CaseTerms
from toolkit.roi.draws import distribution, is_volume_of_invoices
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs
from toolkit.roi.quantity import FloatArray
from toolkit.roi.sensitivity import npv_of

AT_LEAST = (
    "volume_per_month",
    "minutes_per_item",
    "loaded_rate_per_hour",
    "automation_rate",
    "error_rate",
    "delay_days",
    "cost_per_item_day",
    "annual_cost_of_capital",
)
AT_MOST = ("build_days", "day_rate", "exception_ratio", "monitoring_hours_per_month", "platform_fee_per_month")
_MOST_TIMES = 10.0
_STEPS = 400


@dataclass(frozen=True, slots=True)
class Condition:
    """The least, or the most, that an input may be; ``assumed`` is null where the handoffs have a value each."""

    name: str
    assumed: float | None
    factor: float
    unit: str
    is_least: bool

    @property
    def limit(self) -> float | None:
        """The value that must be reached, or not exceeded."""
        return None if self.assumed is None else self.factor * self.assumed


def conditions(
    handoffs: Mapping[str, HandoffInputs],
    shared: SharedInputs,
    *,
    currency: str,
    terms: CaseTerms,
    shared_cost: float = 0.0,
) -> tuple[Condition, ...]:
    """Return what must hold for these handoffs together to be worth anything, the tightest first.

    Parameters
    ----------
    handoffs
        The set, by id; each with a complete case.
    shared, currency, terms
        As for ``handoff_case``.
    shared_cost
        What they pay once, together.

    Returns
    -------
    tuple of Condition
        Empty for an input that may fall to nothing, or rise tenfold.
    """
    found = []
    for name in (*AT_LEAST, *AT_MOST):
        is_least = name in AT_LEAST
        # Down to nothing, or up to ten times as much; the first point is the case itself.
        factors = np.linspace(1.0, 0.0 if is_least else _MOST_TIMES, _STEPS + 1)
        worth = np.full(len(factors), -shared_cost)
        values: set[float] = set()
        unit = ""
        for inputs in handoffs.values():
            known = known_inputs(inputs, shared, currency)
            medians = {key: distribution(given).quantiles(np.array([0.5])) for key, given in known.all.items()}
            if name in medians and name not in known.idle:
                values.add(float(medians[name][0]))
                one = known.all[name]
                unit = one.unit if isinstance(one, Estimate) else "share"
                medians[name] = medians[name] * factors
            if is_volume_of_invoices(known.own):
                medians["invoices_per_month"] = medians["volume_per_month"]
            worth = worth + npv_of(medians, inputs, known, terms, is_loss_added=shared.is_loss_added)
        factor = _crossing(factors, worth)
        if values and factor is not None:
            found.append(Condition(name, values.pop() if len(values) == 1 else None, factor, unit, is_least))
    return tuple(sorted(found, key=lambda one: (abs(np.log(max(one.factor, 1e-9))), one.name)))


def _crossing(factors: FloatArray, worth: FloatArray) -> float | None:
    """Return the factor at which the worth falls to nothing; none where it does not, or is nothing from the first."""
    below = np.flatnonzero(worth <= 0)
    if not np.isfinite(worth).all() or not len(below) or below[0] == 0:
        return None
    at = int(below[0])
    share = worth[at - 1] / (worth[at - 1] - worth[at])
    return float(factors[at - 1] + share * (factors[at] - factors[at - 1]))
