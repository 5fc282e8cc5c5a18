"""The replay of a run: its items as they went, what each is priced by, as tables BACKTEST_ITEM and BACKTEST."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from toolkit.audit.case_inputs import billing_handoffs
from toolkit.reconcile.measures import RATE_MONTHS, full_months
from toolkit.reconcile.nouns import is_payment_on_terms
from toolkit.reconcile.outcome_words import SECOND_ENTRY
from toolkit.roi.backtest import (
    BacktestPrices,
    ReplayedItem,
    backtest_months,
    days_saved,
    total_months,
    would_arrive_on,
)
from toolkit.settings import Settings
from toolkit.store import Run
from toolkit.tables import BACKTEST, BACKTEST_ITEM
from toolkit.values.currency import exponent

Row = Mapping[str, Any]

_LEFT_OUT = {
    "waiting": "It may still arrive.",
    "ambiguous": "Several counterparts fit equally well.",
    "unknown": "The target does not cover its time, or the comparison is held back.",
    "not_due": "A person said that it is not due.",
    "in_order": "A person said that it is in order.",
    "extra": "Nothing in the source explains it.",
}
_IN_THE_SOURCE = "The source is wrong itself, and an integration would have carried that."


def backtest_tables(run: Run, settings: Settings, *, as_of: date) -> dict[str, pa.Table]:
    """Return BACKTEST_ITEM and BACKTEST of a run: the last whole months, at most twelve.

    Parameters
    ----------
    run
        With HANDOFF, COUNTERPART, COST_INPUT and COST_LINE.
    settings
        For the currency, and for what bills its source.
    as_of
        The day up to which the data is complete.
    """
    items: dict[str, list[Row]] = defaultdict(list)
    for row in run.table("counterpart").to_pylist():
        if row["event_on"] is not None:
            items[row["handoff_id"]].append(row)
    handoffs = run.table("handoff").to_pylist()
    costs = {(row["handoff_id"], row["name"]): row["value"] for row in run.table("cost_input").to_pylist()}
    running = {
        row["handoff_id"]: row["after_likely"] for row in run.table("cost_line").to_pylist() if row["line"] == "running"
    }
    billing = billing_handoffs(settings.handoffs, handoffs)
    item_rows: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for handoff in handoffs:
        name = handoff["handoff_id"]
        own = items[name]
        if not own:
            continue
        months = full_months(min(row["event_on"] for row in own), as_of)[-RATE_MONTHS:]
        prices = _prices(name, costs, running.get(name), is_billing=name in billing)
        inside = [row for row in own if months and months[0] <= row["event_on"] < _after(months[-1])]
        # The days until a bill is paid are credit that was given, and no delay.
        has_terms = is_payment_on_terms(handoff["entity_l"] or "", handoff["entity_r"] or "")
        replayed = [_replayed(row, settings.currency, has_terms=has_terms) for row in inside]
        item_rows += _item_rows(name, inside, replayed, prices)
        rows += backtest_months(name, replayed, prices, months)
    return {
        "backtest_item": BACKTEST_ITEM.from_rows(item_rows),
        "backtest": BACKTEST.from_rows([*rows, *total_months(rows)]),
    }


def _after(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _prices(name: str, costs: Mapping[tuple[str, str], float], running: float | None, *, is_billing: bool) -> BacktestPrices:
    def of(one: str) -> float | None:
        return costs.get((name, one), costs.get(("total", one)))

    minutes, ratio, rate = of("minutes_per_item"), of("exception_ratio"), of("loaded_rate_per_hour")
    exception = of("exception_minutes")
    if exception is None and minutes is not None and ratio is not None:
        exception = minutes * ratio
    watching = (of("monitoring_hours_per_month") or 0.0) * rate if rate is not None else None
    return BacktestPrices(
        minutes_per_item=minutes,
        exception_minutes=exception,
        loaded_rate_per_hour=rate,
        rework_minutes=of("rework_minutes"),
        rework_rate_per_hour=of("rework_rate_per_hour"),
        other_cost_per_error=of("other_cost_per_error") or 0.0,
        cost_per_item_day=of("cost_per_item_day"),
        annual_cost_of_capital=of("annual_cost_of_capital"),
        automation_rate=of("automation_rate"),
        delay_days_after=of("delay_days_after"),
        running_cost_per_month=None if running is None or watching is None else running + watching,
        is_billing=is_billing,
    )


def _replayed(row: Row, currency: str, *, has_terms: bool) -> ReplayedItem:
    item, day, status = row["key_l"] or row["key_r"], row["event_on"], row["status"]
    if status == "extra" and row["basis"] == SECOND_ENTRY:
        return ReplayedItem(item, day, "twice")
    if status not in {"found", "missing"}:
        return ReplayedItem(item, day, "left_out", reason=_LEFT_OUT.get(status, "Nothing can be told of it."))
    is_own = (row["currency"] or currency) == currency and row["amount_l_minor"] is not None
    amount = abs(row["amount_l_minor"]) / 10 ** exponent(currency) if is_own else None
    if status == "missing":
        return ReplayedItem(item, day, "missing", amount=amount)
    is_passed_on = bool(row["is_passed_on"])
    kind = row["error_kind"] if row["is_error"] or is_passed_on else None
    return ReplayedItem(
        item,
        day,
        "found",
        lag_days=None if has_terms else row["lag_days"],
        error_kind=kind or ("passed_on" if is_passed_on else None),
        is_prevented=bool(row["is_error"]) and not is_passed_on,
        reason=_IN_THE_SOURCE if is_passed_on else None,
        amount=amount,
    )


def _item_rows(
    name: str, rows: Sequence[Row], replayed: Sequence[ReplayedItem], prices: BacktestPrices
) -> Iterator[dict[str, Any]]:
    for row, one in zip(rows, replayed, strict=True):
        lag = row["lag_days"] if one.fate == "found" else None
        yield {
            "handoff_id": name,
            "item": one.item,
            "month": one.event_on.replace(day=1),
            "event_on": one.event_on,
            "arrived_on": one.event_on + timedelta(days=round(lag)) if lag is not None else None,
            "would_arrive_on": would_arrive_on(one, prices.delay_days_after),
            "days_saved": days_saved(one, prices.delay_days_after),
            "fate": one.fate,
            "error_kind": one.error_kind,
            "is_error_prevented": one.is_prevented,
            "reason": one.reason,
            "amount_minor": row["amount_l_minor"],
            "currency": row["currency"],
        }
