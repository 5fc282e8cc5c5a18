"""Which figures stand in the appendix, and the anchor of each there: a number on the page leads to its arithmetic."""

import re
from collections.abc import Mapping
from typing import Any

_DETAIL = ("quality.fill.", "reconcile.coverage_", "reconcile.unresolved_share.", "reconcile.delay_days.", "roi.input.")
_OF_TWO_SYSTEMS = ("reconcile.different_share.",)
"""Figures of which a client with many systems has thousands: they stand in the appendix as far as there is room."""
_SUMS = frozenset({"total", "recommended"})
_PER_HANDOFF = frozenset(
    {
        "cost_now_per_month", "net_saving_per_month", "one_time_cost", "payback_months", "hours_now", "work_cost_per_month",
        "error_cost_per_month", "delay_cost_per_month", "duplicate_loss_per_month", "lost_revenue_per_month", "npv",
        "not_invoiced_count", "not_invoiced_value",
    }
)  # fmt: skip
_UNUSABLE = re.compile(r"[^\w.-]")


def is_listed(figure: Mapping[str, Any]) -> bool:
    """Whether a figure belongs into a document; every one, zeros included, stands in the run's own table.

    Examples
    --------
    >>> is_listed({"figure_id": "roi.npv.total", "value": 9.0}), is_listed({"figure_id": "roi.npv.total", "value": 0.0})
    (True, False)
    """
    name = str(figure["figure_id"])
    stage, _, rest = name.partition(".")
    metric, _, of_whom = rest.partition(".")
    is_told = stage != "roi" or of_whom in _SUMS or metric in _PER_HANDOFF
    return bool(figure["value"]) and not name.startswith(_DETAIL) and is_told


def figure_anchor(figure: Mapping[str, Any]) -> str:
    """Return the name that leads to a figure's arithmetic in the appendix; empty where it does not stand there.

    Examples
    --------
    >>> figure_anchor({"figure_id": "match.duplicate_count.my shop", "value": 3.0})
    'figure-match.duplicate_count.my_shop'
    """
    name = str(figure["figure_id"])
    return f"figure-{_UNUSABLE.sub('_', name)}" if is_listed(figure) and not name.startswith(_OF_TWO_SYSTEMS) else ""
