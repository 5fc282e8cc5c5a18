"""How and when the handoffs of the sample run are to be connected: the advice, its ways, and the roadmap."""

from datetime import date
from typing import Any

from tests.unit.report.sample_money import HANDOFFS

_MONTHS = 36
_PLANNED = ("deal_to_project", "deal_to_invoice")


def scope_tables() -> dict[str, list[dict[str, Any]]]:
    """Return rows of the tables of the approach and of the roadmap."""
    return {
        "approach": [
            _advice("deal_to_project", "IPAAS_SIMPLE", "a flow on a simple platform", 83, "do"),
            _advice("deal_to_invoice", "CUSTOM", "a connection built for it", 58, "do"),
            _advice("order_to_invoice", "LEAVE_MANUAL", "leave it by hand", 83, "manual"),
            {
                **_advice("payment_to_ledger", None, "not settled", None, None),
                "possible": ["NATIVE", "IPAAS_SIMPLE", "CUSTOM", "FILE_BATCH"],
                "asked": ["Does one of both vendors offer a connector to the other?"],
                "asked_keys": ["handoffs.payment_to_ledger.approach.native.exists"],
            },
        ],
        "approach_way": [row for name, *_ in HANDOFFS for row in _ways(name)],
        "approach_platform": [
            {
                "handoff_id": "deal_to_project", "platform": "zapier", "label": "Zapier Professional", "branch": "simple",
                "unit": "task", "units_per_month": 95.0, "monthly_fee": 29.99, "status": "list", "as_of": date(2026, 7, 2),
                "source": "price list", "note": "",
            }
        ],
        "approach_fee": [
            {
                "handoff_id": "deal_to_project", "platform": platform, "label": label, "items_per_month": items,
                "monthly_fee": fee * items**0.7, "build_per_month": 120.0,
            }
            for platform, label, fee in (("zapier", "Zapier Professional", 1.6), ("make-core", "Make Core", 0.7))
            for items in (16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0)
        ],
        "approach_flip": [
            {
                "handoff_id": "deal_to_project", "quantity": "volume_per_month", "is_from": True, "today": 31.5,
                "at": 1001.0, "factor": 31.8, "approach": "IPAAS_ADVANCED",
            }
        ],
        "roadmap": _roadmap(),
        "roadmap_total": [
            {"name": name, "value": value, "unit": "currency", "meaning": "as written"}
            for name, value in (("budget", None), ("days", 20.0), ("cost", 9_000.0), ("npv", 95_000.0))
        ],
        "project": [
            {"handoff_id": name, "assumed": ["build_days"], "cost": 4_500.0, "npv": 47_500.0} for name in _PLANNED
        ],
    }  # fmt: skip


def _advice(name: str, approach: str | None, words: str, score: int | None, decision: str | None) -> dict[str, Any]:
    return {
        "handoff_id": name,
        "approach": approach,
        "approach_words": words,
        "reason_codes": [],
        "reasons": ["it is simple, straight, and small"] if approach else [],
        "flag_codes": [],
        "flags": ["Nobody in the house builds and keeps it: a contractor is needed."] if approach == "CUSTOM" else [],
        "possible": [approach] if approach else [],
        "if_usual": "IPAAS_SIMPLE",
        "remarks": [],
        "money_missing": [],
        "decision": decision,
        "ops_per_month": 94.5,
        "native_lost": [],
        "feasibility": score,
        "feasibility_known": 1.0 if score else 0.0,
        "delivery_why": "a day is soon enough",
        "controls": [],
        **{one: [] for one in ("asked", "asked_keys", "asked_beside", "asked_beside_keys")},
    }


def _ways(name: str) -> list[dict[str, Any]]:
    found = []
    chosen = {"deal_to_project": "IPAAS_SIMPLE", "deal_to_invoice": "CUSTOM", "order_to_invoice": "LEAVE_MANUAL"}
    for approach, words, once, running, work in (
        ("LEAVE_MANUAL", "leave it by hand", 0.0, 0.0, 900.0),
        ("IPAAS_SIMPLE", "a flow on a simple platform", 1_400.0, 30.0, 250.0),
        ("CUSTOM", "a connection built for it", 6_500.0, 80.0, 250.0),
    ):
        connection = once + running * _MONTHS
        found.append(
            {
                "handoff_id": name,
                "approach": approach,
                "words": words,
                "is_chosen": chosen.get(name) == approach,
                "one_time": once,
                "running_per_month": running,
                "work_per_month": work,
                "connection_total": connection,
                "total": connection + work * _MONTHS,
                "horizon_months": _MONTHS,
                "latency": "as today" if approach == "LEAVE_MANUAL" else "minutes",
                "upkeep": "hours a month",
                "failure": "a step fails and is repeated",
                "missing": [],
            }
        )
    return found


def _roadmap() -> list[dict[str, Any]]:
    labels = {name: label for name, label, *_ in HANDOFFS}
    plans = {
        "deal_to_project": (1, 1, date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 16), 2.0, "Dana Miller"),
        "deal_to_invoice": (2, 2, date(2026, 11, 16), date(2026, 11, 27), date(2026, 12, 14), 6.0, None),
    }
    rows: list[dict[str, Any]] = [
        {
            "handoff_id": name,
            "label": labels[name],
            "state": "do",
            "reason": "Pays even where one case in ten is worse.",
            "place": place,
            "stage": stage,
            "owner": owner,
            "starts_on": starts,
            "built_on": built,
            "live_on": live,
            "weeks_to_live": weeks,
            "parallel_weeks": 1.0,
            "build_days": 3.0,
            "cost": 4_500.0,
            "npv": 47_500.0 * place,
            "saving_per_month": 2_000.0,
            "gates": ["open: deal data: checked values right at least 98 %; integration-audit cutover says what is"],
        }
        for name, (place, stage, starts, built, live, weeks, owner) in plans.items()
    ]
    manual = {"state": "manual", "reason": "It needs deal_to_invoice, which is not done.", "npv": -2_000.0}
    rows.append({"handoff_id": "order_to_invoice", "label": labels["order_to_invoice"], **manual})
    unknown = {"state": "unknown", "reason": "Nothing can be said before what is missing is known.", "asked": ["minutes: x"]}
    rows.append({"handoff_id": "payment_to_ledger", "label": labels["payment_to_ledger"], **unknown})
    return rows
