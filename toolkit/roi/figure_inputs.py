"""What each figure of the business case is computed from, by name, so that a reader can go on asking until the ground."""

from collections.abc import Collection, Mapping, Sequence

from toolkit.roi.case import AFTER_INPUTS, NOW_INPUTS, ONE_TIME_INPUTS
from toolkit.roi.defaults import TERMS
from toolkit.roi.inputs import CLEANUP_NAMES
from toolkit.roi.outcome_words import LINE_METRICS

_FROM_FIGURES: dict[str, tuple[str, ...]] = {
    "cost_now_per_month": tuple(LINE_METRICS.values()),
    "cost_after_per_month": ("cost_now_per_month", "running_cost_per_month"),
    "net_saving_per_month": ("cost_now_per_month", "cost_after_per_month"),
    "payback_months": ("one_time_cost", "net_saving_per_month"),
    "plain_payback_months": ("one_time_cost", "net_saving_per_month"),
    "npv": ("one_time_cost", "net_saving_per_month"),
    "roi_pct": ("npv", "one_time_cost", "running_cost_per_month"),
    "irr_annual": ("one_time_cost", "net_saving_per_month"),
    "prob_payback_12_months": ("payback_months",),
    "break_even_volume": ("one_time_cost", "net_saving_per_month"),
    "cost_of_delay_per_month": ("net_saving_per_month",),
    "working_capital_released": ("cash_tied_up",),
    "cash_value_per_month": ("work_cost_per_month", "hours_after"),
    "lost_revenue_after_per_month": ("lost_revenue_per_month",),
    "error_to_labour_ratio": ("error_cost_per_month", "work_cost_per_month"),
}
_HOURS = tuple(name for name in NOW_INPUTS["labour"] if name != "loaded_rate_per_hour")
_FROM_INPUTS: dict[str, tuple[str, ...]] = {
    **{LINE_METRICS[line]: names for line, names in NOW_INPUTS.items() if line in LINE_METRICS},
    "cost_after_per_month": tuple(dict.fromkeys(name for names in AFTER_INPUTS.values() for name in names)),
    "lost_revenue_after_per_month": AFTER_INPUTS["missed"],
    "cash_tied_up": tuple(name for name in NOW_INPUTS["delay"] if name != "annual_cost_of_capital"),
    "working_capital_released": AFTER_INPUTS["delay"],
    "running_cost_per_month": NOW_INPUTS["running"],
    "hours_now": _HOURS,
    "hours_after": (*_HOURS, *AFTER_INPUTS["labour"]),
    "one_time_cost": ONE_TIME_INPUTS,
    "npv": tuple(TERMS),
    "payback_months": ("weeks_to_full_benefit", "build_days", "parallel_run_weeks"),
}
_ADDED_UP = frozenset(
    {
        *LINE_METRICS.values(), "cost_now_per_month", "cost_after_per_month", "net_saving_per_month", "one_time_cost",
        "running_cost_per_month", "hours_now", "hours_after", "cash_tied_up", "working_capital_released", "npv",
        "lost_revenue_after_per_month", "cash_value_per_month", "assumed_inputs", "missing_inputs",
    }
)  # fmt: skip
_TOTAL = "total"
_LOSS = LINE_METRICS["missed"]

MEASURED_BY = {
    "volume_per_month": "reconcile.volume",
    "invoices_per_month": "reconcile.volume",
    "payments_per_month": "reconcile.volume",
    "delay_days": "reconcile.delay_days",
    "error_rate": "reconcile.error_share",
    "missed_rate": "reconcile.missing_share",
    "avg_invoice_value": "reconcile.avg_invoice_value",
    "avg_payment": "reconcile.avg_payment",
    "missed_invoice_value": "roi.not_invoiced_value",
}
"""The figure, of the same handoff, that a measured input is."""
_ELSE_BY = {"missed_invoice_value": "reconcile.avg_invoice_value"}
"""The figure that a measured input follows from where its own has no value."""
_MEASURED_ONCE = {"duplicate_records": "match.duplicate_count", "mismatched_records": "reconcile.different_count"}
"""The figure that a measured input of all handoffs is."""


def inputs_of(
    figure_id: str,
    known: Collection[str],
    parts: Mapping[str, Sequence[str]],
    *,
    is_loss_added: bool = False,
    counted: Sequence[str] = (),
) -> list[str]:
    """Return the figures that a figure is computed from, those that exist.

    Parameters
    ----------
    figure_id
        ``roi.<figure>.<handoff_id>``.
    known
        Ids of all figures that there are.
    parts
        Handoffs that each sum adds up, by the sum's id.
    is_loss_added
        Whether revenue likely lost is in the cost.
    counted
        The names of the inputs that a figure counts.

    Examples
    --------
    >>> inputs_of("roi.npv.a", {"roi.npv.a", "roi.one_time_cost.a"}, {})
    ['roi.one_time_cost.a']
    """
    _, figure, case_id = figure_id.split(".", 2)
    if figure == "input":
        name, _, case_id = case_id.partition(".")
        named = [f"{by[name]}.{case_id}" for by in (MEASURED_BY, _ELSE_BY) if name in by]
        return [one for one in (*named, _MEASURED_ONCE.get(name, "")) if one in known][:1]
    wanted = [
        f"roi.{name}.{case_id}"
        for name in _FROM_FIGURES.get(figure, ())
        if name != _LOSS or is_loss_added or figure != "cost_now_per_month"
    ]
    if case_id in parts:
        if figure in _ADDED_UP:
            wanted += [f"roi.{figure}.{one}" for one in parts[case_id]]
        if figure in {"one_time_cost", "npv"}:
            wanted += [f"roi.input.{name}.{_TOTAL}" for name in _FROM_INPUTS[figure]]
    else:
        for name in (*_FROM_INPUTS.get(figure, ()), *counted):
            own = f"roi.input.{name}.{case_id}"
            if own in known or name not in CLEANUP_NAMES:
                # Cleaning up serves all handoffs and is paid once, in the total.
                wanted.append(own if own in known else f"roi.input.{name}.{_TOTAL}")
    return [one for one in dict.fromkeys(wanted) if one in known and one != figure_id]
