"""The money of the sample run: its handoffs, the figures of their cost, and the tables behind them."""

from datetime import date
from typing import Any

HANDOFFS = (
    ("deal_to_project", "Won deal to project", "crm", "deals", "projects", "projects", "Dana Miller", "copy"),
    ("deal_to_invoice", "Won deal to invoice", "crm", "deals", "ledger", "invoices", "Rosa Diaz", "reentry"),
    ("order_to_invoice", "Shop order to invoice", "shop", "orders", "ledger", "invoices", "Rosa Diaz", "reentry"),
    ("payment_to_ledger", "Card payment to ledger", "payments", "payments", "ledger", "payments", "Ann Lee", "file"),
)
_OF_THE_SET = ("cost_now_per_month", "net_saving_per_month", "one_time_cost", "payback_months", "npv")


def figure(figure_id: str, label: str, value: float | None, unit: str, **values: Any) -> dict[str, Any]:
    """Return a figure row, measured unless ``values`` say otherwise."""
    row = {"figure_id": figure_id, "label": label, "value": value, "unit": unit}
    return {**row, "evidence": "measured", "method": "As written in the sample.", **values}


def money_figures() -> list[dict[str, Any]]:
    """Return the figures of cost, loss and the recommended handoffs."""
    usd = {"currency": "USD", "evidence": "interview"}
    rows = [
        figure(
            "roi.cost_now_per_month.total",
            "Cost of carrying data by hand (median): 3 of 4 handoffs",
            11_834.5,
            "currency per month",
            low=9_120,
            high=15_310,
            **usd,
        ),
        figure(
            "roi.net_saving_per_month.total",
            "Saved when connected",
            8_210.0,
            "currency per month",
            low=5_900,
            high=10_900,
            **usd,
        ),
        figure("roi.hours_now.total", "Hours", 88.0, "hours per month", low=70, high=110, evidence="interview"),
        figure("roi.work_cost_per_month.total", "Work", 6_500.0, "currency per month", low=5_000, high=8_100, **usd),
        figure("roi.error_cost_per_month.total", "Errors", 2_400.0, "currency per month", low=1_900, high=3_100, **usd),
        figure("roi.delay_cost_per_month.total", "Waiting", 1_800.0, "currency per month", low=1_300, high=2_600, **usd),
        figure("roi.lost_revenue_per_month.total", "Lost", 1_183.0, "currency per month", low=700, high=2_000, **usd),
        figure("roi.cash_tied_up.total", "Cash", 41_000.0, "currency", low=33_000, high=52_000, **usd),
        figure("roi.not_invoiced_count.total", "Won deals without an invoice", 14, "count"),
        figure("roi.not_invoiced_value.total", "Value", 91_250.0, "currency", n=14, currency="USD"),
        figure("roi.not_invoiced_count.deal_to_invoice", "Won deals without an invoice", 14, "count"),
        figure("roi.not_invoiced_value.deal_to_invoice", "Value", 91_250.0, "currency", n=14, currency="USD"),
        figure("roi.payback_months.total", "Money back after", 6.3, "months", low=4.4, high=10.1, **usd),
        figure("roi.one_time_cost.total", "One-time cost", 44_700, "currency", low=35_200, high=58_900, **usd),
        figure("roi.npv.total", "Worth today, over three years", 171_400, "currency", low=101_000, high=251_000, **usd),
        figure("roi.roi_pct.total", "Return on the money", 312.0, "percent", low=190, high=480, **usd),
        figure(
            "roi.prob_payback_12_months.total",
            "Chance that the money is back within a year",
            0.93,
            "share",
            evidence="default",
        ),
    ]
    for (name, label, *_), cost in zip(HANDOFFS, (5_210, 3_902, 2_722), strict=False):
        rows += [
            figure(
                f"roi.cost_now_per_month.{name}",
                f"{label}: cost now",
                cost,
                "currency per month",
                low=cost * 0.8,
                high=cost * 1.3,
                **usd,
            ),
            figure(
                f"roi.net_saving_per_month.{name}",
                f"{label}: saved",
                cost * 0.7,
                "currency per month",
                low=cost * 0.5,
                high=cost * 0.9,
                **usd,
            ),
            figure(
                f"roi.one_time_cost.{name}", f"{label}: one-time cost", 12_000, "currency", low=9_000, high=16_000, **usd
            ),
            figure(f"roi.payback_months.{name}", f"{label}: money back after", 5.2, "months", low=3.1, high=9.0, **usd),
        ]
    totals = [row for row in rows if row["figure_id"].endswith(".total")]
    of_set = [{**row, "figure_id": row["figure_id"].replace(".total", ".recommended")} for row in totals]
    return [*rows, *(row for row in of_set if row["figure_id"].split(".")[1] in _OF_THE_SET)]


def _cost_lines() -> list[dict[str, Any]]:
    split = {
        "labour": (0.55, 0.1),
        "errors": (0.2, 0.04),
        "delay": (0.15, 0.02),
        "missed": (0.1, 0.01),
        "subscriptions": (0.0, 0.06),
    }
    costs = {"deal_to_project": 5_210.0, "deal_to_invoice": 3_902.0, "order_to_invoice": 2_722.0, "total": 11_834.0}
    costs["recommended"] = 9_112.0
    return [
        {
            "handoff_id": name,
            "line": line,
            "now_per_month": cost * now,
            "after_per_month": cost * after,
            "now_likely": cost * now,
            "after_likely": cost * after,
            "is_added": line != "missed",
            "evidence": "interview",
            "formula": f"{now} x {cost}",
        }
        for name, cost in costs.items()
        for line, (now, after) in (*split.items(), ("total", (1.0, 0.23)))
    ]


def _cash_flow() -> list[dict[str, Any]]:
    rows = []
    for place in range(2 * 37):
        month, of_whom = place % 37, ("total", "recommended")[place // 37]
        sums = {
            name: -44_700.0 * start + month * gain
            for name, start, gain in (("p10", 1.25, 5_900), ("p50", 1.0, 8_210), ("p90", 0.82, 10_900))
        }
        rows.append(
            {
                "handoff_id": of_whom,
                "month": month,
                "flow": 8_210.0 if month else -44_700.0,
                "cumulative": sums["p50"],
                **{f"cumulative_{name}": value for name, value in sums.items()},
            }
        )
    return rows


def money_tables() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the money's tables, by their names."""
    common = {"lacking": [], "is_in_total": True}
    handoffs = ("deal_to_project", "deal_to_invoice", "order_to_invoice", "payment_to_ledger")
    choices = (("connect", 1, "pays_low"), ("later", 2, "pays_median"), ("by_hand", None, "loses"))
    advice = [
        {**common, "handoff_id": name, "decision": decision, "wave": wave, "place": place, "reason": reason}
        for place, (name, (decision, wave, reason)) in enumerate(zip(handoffs, choices, strict=False), start=1)
    ]
    advice[0] |= {"subscribe_fee": 30.0, "subscribe_build": 3_250.0, "subscribe_months": None, "subscribe_items": 1_032.0}
    lacks = {"decision": "unknown", "wave": None, "place": 4, "reason": "missing_inputs", "lacking": ["minutes_per_item"]}
    tried = {"result": "npv", "result_middle": 171_400.0}
    return {
        "cost_line": _cost_lines(),
        "cash_flow": _cash_flow(),
        "recommendation": [*advice, {**common, "handoff_id": handoffs[3], **lacks, "is_in_total": False}],
        "condition": [
            {"name": "volume_per_month", "factor": 0.4, "unit": "items per month", "is_least": True},
            {
                "name": "day_rate", "assumed": 650.0, "limit": 1_950.0, "factor": 3.0, "unit": "currency per day",
                "is_least": False,
            },
        ],
        "case_warning": [{"handoff_id": "deal_to_project", "warning": "A simple connection is offered for less."}],
        "not_invoiced": [
            {
                "handoff_id": "deal_to_invoice", "record_key": f"crm/deals/{item}", "name": f"Fit-out {item}",
                "party_name": "Flint Coffee LLC", "event_on": date(2026, 3, 1 + item), "net_minor": 650_000 + item,
                "currency": "USD", "is_net": False,
            }
            for item in range(14)
        ],
        "cost_input": [
            {
                "handoff_id": name, "name": "automation_rate", "value": 0.7, "low": 0.5, "high": 0.95,
                "median": 0.71, "unit": "share",
                "evidence": "default", "source": "70 % less manual work is the usual target", **tried,
                "result_at_low": 150_000.0, "result_at_high": 190_000.0, "share": 0.2,
            }
            for name in handoffs[:3]
        ]
        + [
            {
                "handoff_id": "deal_to_project", "name": "minutes_per_item", "value": 15.0, "low": 10.0, "high": 25.0,
                "unit": "minutes", "evidence": "interview", "who": "Dana Miller", "given_on": date(2026, 10, 2), **tried,
                "result_at_low": 120_000.0, "result_at_high": 230_000.0, "share": 0.4,
            },
        ],
    }  # fmt: skip
