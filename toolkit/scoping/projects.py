"""From the business case of each handoff to what a roadmap is made of: cost, worth, saving and effort, schema PROJECT.

What is taken is what the recommendation rests on: medians of the simulated cases, and the likely effort. Medians of parts do
not add up to the median of their sum, so the sums of a roadmap are near those of the business case, and not equal.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.roi.case import ONE_TIME_INPUTS, HandoffCase
from toolkit.roi.model import Outcome
from toolkit.roi.periods import WORKDAYS_PER_WEEK, weeks_to_months
from toolkit.roi.quantity import FloatArray
from toolkit.roi.simulation import band
from toolkit.scoping.priority import top_shares
from toolkit.tables import PROJECT

SHARED = "total"


def project_table(cases: Sequence[HandoffCase], cleanup: Outcome) -> pa.Table:
    """Return what each handoff would cost, bring and take, schema PROJECT.

    Parameters
    ----------
    cases
        Of the handoffs, drawn together.
    cleanup
        The clean-up that serves all, as `roi.portfolio.drawn_cleanup` returns it.
    """
    first = top_shares({one.handoff_id: one.simulated.cost_now for one in cases if _is_finite(one.simulated.cost_now)})
    shared = {"handoff_id": SHARED, "cost": _median(cleanup.one_time)}
    return PROJECT.from_rows([*(_row(one, first) for one in cases), shared])


def _row(case: HandoffCase, first: Mapping[str, float]) -> dict[str, Any]:
    [terms] = case.single.flow_terms
    per_week = weeks_to_months(1)
    return {
        "handoff_id": case.handoff_id,
        "cost": _median(case.simulated.one_time),
        "npv": _median(case.judged_simulated.npv),
        "cost_now_per_month": _median(case.simulated.cost_now),
        "saving_per_month": _median(case.simulated.net_saving),
        "build_days": _known(terms.build_months.item() / per_week * WORKDAYS_PER_WEEK),
        "parallel_weeks": _known(terms.parallel_months.item() / per_week),
        "top_share": first.get(case.handoff_id),
        "lacking": list(case.missing),
        "assumed": [name for name in case.defaults if name in ONE_TIME_INPUTS],
    }


def _median(values: FloatArray) -> float | None:
    return band(values).p50 if _is_finite(values) else None


def _is_finite(values: FloatArray) -> bool:
    return bool(np.isfinite(values).all())


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
