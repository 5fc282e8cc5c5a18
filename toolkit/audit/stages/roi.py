"""Stage: what the handoffs cost, and what connecting them returns."""

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.estimates import Estimate, certain
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.rates import MeasuredShare
from toolkit.reconcile.decided_differences import open_differences
from toolkit.roi.case import CaseTerms, HandoffCase, handoff_case
from toolkit.roi.case_tables import case_tables
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import PortfolioCase, portfolio_case
from toolkit.settings import HandoffSettings, RateSettings
from toolkit.store import Run

_BILLED = frozenset({"deal", "project", "task", "ticket"})
_NOT_ESTIMATES = {"annual_volume_growth", "approach", "build_class", "soap_or_file_sides", "steps_per_run"}
_FROM_BUILD = {"build_days", "build_cost"}


def results(engagement: Engagement, run: Run, _records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, _records
        Read as `STAGE` says: rates, HANDOFF, HANDOFF_MEASURE, MISMATCH and CROSSWALK of the run; no records.
    """
    cases, portfolio = engagement_cases(engagement, run)
    tables = case_tables([*cases, portfolio.total] if cases else [])
    return {"cost_line": tables.cost_line, "case": tables.case, "cash_flow": tables.cash_flow}


def engagement_cases(engagement: Engagement, run: Run) -> tuple[tuple[HandoffCase, ...], PortfolioCase]:
    """Return the case of every handoff that the run measured, and of all of them together."""
    settings = engagement.settings
    shared = shared_inputs(settings.rates, run)
    rate = settings.rates.annual_discount_rate
    terms = CaseTerms(
        horizon_months=settings.rates.horizon_months,
        annual_discount_rate=rate.estimate("share").likely if rate else CaseTerms().annual_discount_rate,
    )
    measures = _measures(run)
    handoffs = run.table("handoff").to_pylist()
    inputs = tuple(
        (
            one["handoff_id"],
            handoff_inputs(settings.handoffs.get(one["handoff_id"]), one, measures.get(one["handoff_id"], {})),
        )
        for one in handoffs
    )
    people = tuple((one["handoff_id"], one["by"]) for one in handoffs if one["by"])
    hours = tuple((name, one.hours_per_month) for name, one in settings.people.items() if one.hours_per_month is not None)
    return _cases(inputs, shared, settings.currency, terms, people, hours)


# The figures read the cases that the stage before them has just worked out; simulating takes a tenth of a second.
@lru_cache(maxsize=1)
def _cases(  # noqa: PLR0917 - all that a result depends on, as one key
    inputs: tuple[tuple[str, HandoffInputs], ...],
    shared: SharedInputs,
    currency: str,
    terms: CaseTerms,
    people: tuple[tuple[str, str], ...],
    hours_per_month: tuple[tuple[str, float], ...],
) -> tuple[tuple[HandoffCase, ...], PortfolioCase]:
    cases = tuple(
        handoff_case(
            handoff_id,
            one,
            shared,
            currency=currency,
            horizon_months=terms.horizon_months,
            annual_discount_rate=terms.annual_discount_rate,
            trials=terms.trials,
            seed=terms.seed,
        )
        for handoff_id, one in inputs
    )
    total = portfolio_case(
        cases, shared, currency=currency, terms=terms, people=dict(people), hours_per_month=dict(hours_per_month)
    )
    return cases, total


def shared_inputs(rates: RateSettings, run: Run) -> SharedInputs:
    """Return what all handoffs share: rates from the settings, and the clean-up that the run has counted."""
    given = {
        name: figure.estimate(_unit(name))
        for name in (field.name for field in fields(SharedInputs) if field.name != "cash_share")
        if (figure := getattr(rates, name, None)) is not None
    }
    counted = {
        "duplicate_records": _duplicate_records(run),
        "mismatched_records": open_differences(run.table("mismatch")).num_rows,
    }
    clean_up = {
        name: certain(float(count), "records", "measured", source="counted in the snapshots")
        for name, count in counted.items()
    }
    return SharedInputs(**{**clean_up, **given}, cash_share=rates.cash_share)


def handoff_inputs(
    given: HandoffSettings | None, handoff: Mapping[str, Any], measured: Mapping[str, Mapping[str, Any]]
) -> HandoffInputs:
    """Return what is known of one handoff: what the settings say, else what was measured.

    Late and missing invoices cost money only where the invoice bills the source (``is_billing``); payments count only where
    somebody says that some are paid twice.

    Parameters
    ----------
    given
        What the settings say of the handoff, or nothing: then all of it is measured or a default.
    handoff
        A row of HANDOFF.
    measured
        The handoff's rows of HANDOFF_MEASURE by ``measure``; one whose value is null was not measured.
    """
    inputs: dict[str, Any] = _measured_inputs(handoff, measured, given)
    if given is None:
        return HandoffInputs(**inputs)
    names = {field.name for field in fields(HandoffInputs)} - _NOT_ESTIMATES - _FROM_BUILD
    inputs |= {name: figure.estimate(_unit(name)) for name in names if (figure := getattr(given, name, None)) is not None}
    build = given.build
    if build is not None:
        inputs |= {"soap_or_file_sides": build.soap_or_file_sides}
        if build.class_ is not None:
            inputs |= {"build_class": build.class_, "approach": "native" if build.class_ == "native" else "platform"}
        if build.days is not None:
            inputs["build_days"] = build.days.estimate("days")
        if build.cost is not None:
            inputs["build_cost"] = build.cost.estimate("currency")
    return HandoffInputs(**inputs)


def _measured_inputs(
    handoff: Mapping[str, Any], measured: Mapping[str, Mapping[str, Any]], given: HandoffSettings | None
) -> dict[str, Any]:
    is_billing = given.is_billing if given and given.is_billing is not None else _is_billing(handoff)
    wanted = {"volume_per_month": "volume_per_month", "delay_days": "delay_days"}
    if is_billing:
        wanted |= {"invoices_per_month": "invoices_per_month", "avg_invoice_value": "avg_invoice_value"}
    if given is not None and given.duplicate_rate is not None:
        wanted |= {"payments_per_month": "payments_per_month", "avg_payment": "avg_payment"}
    inputs: dict[str, Any] = {
        name: _estimate(measured[measure])
        for name, measure in wanted.items()
        if measure in measured and measured[measure]["value"] is not None
    }
    shares = {"error_rate": "error_share", **({"missed_rate": "missing_share"} if is_billing else {})}
    for name, measure in shares.items():
        row = measured.get(measure)
        if row is not None and row["n"]:
            inputs[name] = MeasuredShare(row["x"], row["n"])
    return inputs


def _is_billing(handoff: Mapping[str, Any]) -> bool:
    return handoff["entity_l"] in _BILLED and handoff["entity_r"] == "invoice"


def _estimate(row: Mapping[str, Any]) -> Estimate:
    value = float(row["value"])
    low = value if row["low"] is None else min(float(row["low"]), value)
    high = value if row["high"] is None else max(float(row["high"]), value)
    # A delay below zero would turn an early entry into an income.
    floor = 0.0 if row["measure"] == "delay_days" else low
    return Estimate(max(value, floor), row["unit"], "measured", max(low, floor), max(high, floor), source=row["method"])


def _measures(run: Run) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in run.table("handoff_measure").to_pylist():
        found.setdefault(row["handoff_id"], {})[row["measure"]] = row
    return found


def _duplicate_records(run: Run) -> int:
    """Return how many records would go if every cluster kept one record per system; mere names are no records."""
    walk = run.table("crosswalk")
    walk = walk.filter(pc.not_equal(walk["stream"], NAMES))
    return int(walk.num_rows - walk.group_by(["golden_id", "system"]).aggregate([]).num_rows)


def _unit(name: str) -> str:
    """Return the unit that the name of an input says."""
    if "_rate" in name and "per_hour" not in name and name != "day_rate":
        return "share"
    endings = {
        "_per_hour": "currency per hour", "_per_month": "per month", "_minutes": "minutes", "_days": "days",
        "_hours": "hours", "_weeks": "weeks", "_records": "records", "_per_year": "share per year",
        "day_rate": "currency per day", "cost_of_capital": "share per year",
    }  # fmt: skip
    return next((unit for ending, unit in endings.items() if name.endswith(ending)), "currency")


STAGE = Stage(
    "roi",
    "Working out the money",
    ("cost_line", "case", "cash_flow"),
    results,
    reads=("handoff", "handoff_measure", "mismatch", "crosswalk"),
    settings=("rates", "people", "handoffs", "currency"),
)
