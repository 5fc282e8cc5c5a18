"""Stage: what the handoffs cost, and what connecting them returns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.cores import results as on_all_cores
from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.reconcile.outcome_words import open_differences
from toolkit.report.duplicate_counts import duplicate_counts
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.settings import HandoffSettings, RateSettings
from toolkit.store import Run
from toolkit.tables import CASE_WARNING, NOT_INVOICED

if TYPE_CHECKING:
    from toolkit.roi.case import CaseTerms
    from toolkit.roi.inputs import HandoffInputs, SharedInputs

_COMPARED = frozenset({"missing", "lag", "error"})
"""Where all of these are held back the two sides could not be compared at all."""
_NOT_COUNTED = {"error": "error_rate", "lag": "delay_days"}
_VOLUMES = frozenset({"volume_per_month", "invoices_per_month", "payments_per_month"})
_BILLED = frozenset({"deal", "project", "task", "ticket"})
_NOT_ESTIMATES = {"annual_volume_growth", "approach", "build_class", "soap_or_file_sides", "steps_per_run"}
_NO_ESTIMATES_OF_ALL = {"cash_share", "is_loss_added"}
_FROM_BUILD = {"build_days", "build_cost"}


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: rates, HANDOFF, HANDOFF_MEASURE, COUNTERPART, MISMATCH and CROSSWALK of the run; of the records
        the documents that have no invoice.
    """
    from toolkit.roi.advice_tables import Money, condition_table, recommendation_table
    from toolkit.roi.case import handoff_case
    from toolkit.roi.case_tables import case_tables
    from toolkit.roi.cost_inputs import cost_input_table
    from toolkit.roi.not_invoiced import amounts_of, missed_value, missing_sources, net_invoice_value, not_invoiced
    from toolkit.roi.portfolio import portfolio_case
    from toolkit.roi.recommendation import recommendation

    settings = engagement.settings
    handoffs = run.table("handoff").to_pylist()
    counterpart, billing = run.table("counterpart"), billing_handoffs(settings.handoffs, handoffs)
    missing = missing_sources(counterpart, billing)
    unbilled = not_invoiced(missing, records.documents) if missing.num_rows else NOT_INVOICED.empty()
    shared, terms = shared_inputs(settings.rates, run), case_terms(settings.rates)
    measures, held = _measures(run), held_back(run)
    inputs = {
        one["handoff_id"]: _with_growth(
            handoff_inputs(
                settings.handoffs.get(one["handoff_id"]),
                one,
                measures.get(one["handoff_id"], {}),
                currency=settings.currency,
                missed=missed_value(amounts_of(unbilled, one["handoff_id"], settings.currency)),
                held_back=held.get(one["handoff_id"], frozenset()),
            ),
            settings.rates,
        )
        for one in handoffs
    }
    inputs |= {
        name: replace(
            one, missed_invoice_value=net_invoice_value(one.avg_invoice_value, counterpart, records.documents, name)
        )
        for name, one in inputs.items()
        if name in billing and _is_mean_of_invoices(one)
    }
    # The draws of a handoff depend on its id alone, whoever simulates it.
    cases = on_all_cores(lambda one: handoff_case(*one, shared, currency=settings.currency, **asdict(terms)), inputs.items())
    portfolio = portfolio_case(
        cases,
        shared,
        currency=settings.currency,
        terms=terms,
        people={one["handoff_id"]: one["by"] for one in handoffs if one["by"]},
        hours_per_month={n: one.hours_per_month for n, one in settings.people.items() if one.hours_per_month is not None},
    )
    advice = recommendation(cases, portfolio, shared, not_compared={name for name, own in held.items() if own >= _COMPARED})
    tables = case_tables([*cases, portfolio.total, *([advice.case] if advice.case else [])] if cases else [])
    money = Money(inputs, shared, settings.currency, terms)
    return {
        "cost_line": tables.cost_line,
        "case": tables.case,
        "cash_flow": tables.cash_flow,
        "not_invoiced": unbilled,
        "cost_input": cost_input_table(
            inputs,
            shared,
            currency=settings.currency,
            terms=terms,
            included=portfolio.included,
            is_complete=portfolio.total.is_complete,
            given_terms=_given_terms(settings.rates),
        ),
        "recommendation": recommendation_table(advice, money, portfolio.included),
        "condition": condition_table(advice, money),
        "case_warning": CASE_WARNING.from_rows(
            {"handoff_id": case.handoff_id, "warning": warning}
            for case in [*cases, portfolio.total]
            for warning in case.warnings
        ),
    }


def _is_mean_of_invoices(inputs: "HandoffInputs") -> bool:
    """Whether a forgotten invoice is taken to be worth what was measured of the others, and no person's figure."""
    mean = inputs.avg_invoice_value
    return inputs.missed_invoice_value is None and mean is not None and mean.evidence == "measured"


def case_terms(rates: RateSettings) -> "CaseTerms":
    """Return how far to look and at what discount rate."""
    from toolkit.roi.case import CaseTerms

    rate = rates.annual_discount_rate
    usual = CaseTerms()
    return CaseTerms(
        horizon_months=rates.horizon_months,
        annual_discount_rate=rate.estimate("share").likely if rate else usual.annual_discount_rate,
    )


def billing_handoffs(given: Mapping[str, HandoffSettings], handoffs: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the handoffs whose target bills their source.

    Parameters
    ----------
    given
        What the settings say of each handoff.
    handoffs
        Rows of HANDOFF.
    """
    return {one["handoff_id"] for one in handoffs if _bills(given.get(one["handoff_id"]), one)}


def _with_growth(inputs: "HandoffInputs", rates: RateSettings) -> "HandoffInputs":
    growth = rates.annual_volume_growth
    return replace(inputs, annual_volume_growth=growth.estimate("share per year").likely) if growth else inputs


def _given_terms(rates: RateSettings) -> dict[str, Estimate]:
    """Return the terms of the calculation that somebody has given."""
    given = {
        name: figure.estimate("share per year")
        for name in ("annual_discount_rate", "annual_volume_growth")
        if (figure := getattr(rates, name)) is not None
    }
    if "horizon_months" in rates.model_fields_set:
        given["horizon_months"] = certain(float(rates.horizon_months), "months", "document", source="engagement.yaml")
    return given


def shared_inputs(rates: RateSettings, run: Run) -> "SharedInputs":
    """Return what all handoffs share: rates from the settings, and the clean-up that the run has counted."""
    from toolkit.roi.inputs import SharedInputs

    given = {
        name: figure.estimate(_unit(name))
        for name in (field.name for field in fields(SharedInputs) if field.name not in _NO_ESTIMATES_OF_ALL)
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
    return SharedInputs(**{**clean_up, **given}, cash_share=rates.cash_share, is_loss_added=rates.add_lost_revenue)


def handoff_inputs(
    given: HandoffSettings | None,
    handoff: Mapping[str, Any],
    measured: Mapping[str, Mapping[str, Any]],
    *,
    currency: str = "USD",
    missed: Estimate | None = None,
    held_back: Collection[str] = frozenset(),
) -> "HandoffInputs":
    """Return what is known of one handoff: what the settings say, else what was measured.

    Late and missing invoices cost money only where the invoice bills the source (``is_billing``); payments count only where
    somebody says that some are paid twice. A handoff has one volume: its items are what is invoiced, or paid. An average
    amount in another currency than the report's is unknown.

    Parameters
    ----------
    given
        What the settings say of the handoff, or nothing: then all of it is measured or a default.
    handoff
        A row of HANDOFF.
    measured
        The handoff's rows of HANDOFF_MEASURE by ``measure``; one whose value is null was not measured.
    currency
        Of the report.
    missed
        Mean value of what has no invoice.
    held_back
        Measures that are not believed: what rests on one of them is not counted, and nothing at all is where the two
        sides could not be compared.
    """
    from toolkit.roi.inputs import HandoffInputs

    inputs: dict[str, Any] = _measured_inputs(handoff, measured, given, currency)
    if {*held_back} >= _COMPARED:
        inputs = {name: one for name, one in inputs.items() if name not in _VOLUMES}
    uncounted = [name for measure, name in _NOT_COUNTED.items() if measure in held_back]
    if "missing" in held_back and _bills(given, handoff):
        uncounted += ["missed_rate", "recovered_rate"]
    for name in uncounted:
        inputs[name] = certain(0.0, _unit(name), "default", source=NOT_COMPARED)
    if missed is not None and "missed_rate" in inputs:
        inputs["missed_invoice_value"] = missed
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
    handoff: Mapping[str, Any], measured: Mapping[str, Mapping[str, Any]], given: HandoffSettings | None, currency: str
) -> dict[str, Any]:
    is_billing = _bills(given, handoff)
    is_paid_twice = given is not None and given.duplicate_rate is not None
    wanted = {"volume_per_month": "volume_per_month", "delay_days": "delay_days"}
    wanted |= {"avg_invoice_value": "avg_invoice_value"} if is_billing else {}
    wanted |= {"avg_payment": "avg_payment"} if is_paid_twice else {}
    inputs: dict[str, Any] = {
        name: _estimate(measured[measure])
        for name, measure in wanted.items()
        if measure in measured and measured[measure]["value"] is not None and _is_in(measured[measure], currency)
    }
    volume = inputs.get("volume_per_month")
    if volume is not None and given is not None and given.volume_per_month is not None:
        volume = given.volume_per_month.estimate(_unit("volume_per_month"))
    if volume is not None:
        # One volume: a share of what is missing is a share of all items, not of those that were found.
        inputs |= {"invoices_per_month": volume} if is_billing else {}
        inputs |= {"payments_per_month": volume} if is_paid_twice else {}
    shares = {"error_rate": "error_share", **({"missed_rate": "missing_share"} if is_billing else {})}
    for name, measure in shares.items():
        row = measured.get(measure)
        if row is not None and row["n"]:
            inputs[name] = MeasuredShare(row["x"], row["n"])
    return inputs


def _is_in(row: Mapping[str, Any], currency: str) -> bool:
    """Return whether a measure is no amount, or one of the report's currency."""
    unit = row["unit"]
    return not (len(unit) == 3 and unit.isupper()) or unit == currency


def _bills(given: HandoffSettings | None, handoff: Mapping[str, Any]) -> bool:
    return given.is_billing if given and given.is_billing is not None else _is_billing(handoff)


def _is_billing(handoff: Mapping[str, Any]) -> bool:
    return handoff["entity_l"] in _BILLED and handoff["entity_r"] == "invoice"


def _estimate(row: Mapping[str, Any]) -> Estimate:
    value = float(row["value"])
    low = value if row["low"] is None else min(float(row["low"]), value)
    high = value if row["high"] is None else max(float(row["high"]), value)
    # A delay below zero would turn an early entry into an income.
    floor = 0.0 if row["measure"] == "delay_days" else low
    unit = "currency" if len(row["unit"]) == 3 and row["unit"].isupper() else row["unit"]
    return Estimate(max(value, floor), unit, "measured", max(low, floor), max(high, floor), source=row["method"])


def held_back(run: Run) -> dict[str, frozenset[str]]:
    """Return the measures of each handoff that its judgement holds back."""
    found: dict[str, frozenset[str]] = {}
    for row in run.table("handoff_judgement").to_pylist():
        found[row["handoff_id"]] = found.get(row["handoff_id"], frozenset()) | frozenset(row["held_back"])
    return found


def _measures(run: Run) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in run.table("handoff_measure").to_pylist():
        found.setdefault(row["handoff_id"], {})[row["measure"]] = row
    return found


def _duplicate_records(run: Run) -> int:
    """Return how many records would go if every cluster kept one record per system."""
    walk = run.table("crosswalk").select(["record_key", "golden_id"]).rename_columns(["record_key", "cluster_id"])
    return duplicate_counts(walk).total


def _unit(name: str) -> str:
    """Return the unit that the name of an input says."""
    if "_rate" in name and "per_hour" not in name and name != "day_rate":
        return "share"
    if "minutes" in name:
        return "minutes per month" if name.endswith("_per_month") else "minutes"
    plain = name.removesuffix("_after")
    return next((unit for ending, unit in _UNITS.items() if plain.endswith(ending)), "currency")


_UNITS = {
    "volume_per_month": "items per month",
    "invoices_per_month": "items per month",
    "payments_per_month": "items per month",
    "monitoring_hours_per_month": "hours per month",
    "_hours_per_week": "hours per week",
    "_per_hour": "currency per hour",
    "_per_month": "currency per month",
    "_per_item_day": "currency per item and day",
    "_days": "days",
    "_hours": "hours",
    "_weeks": "weeks",
    "_records": "records",
    "_per_year": "share per year",
    "day_rate": "currency per day",
    "cost_of_capital": "share per year",
}


STAGE = Stage(
    "roi",
    "Working out the money",
    ("cost_line", "case", "cash_flow", "not_invoiced", "cost_input", "recommendation", "condition", "case_warning"),
    results,
    reads=("handoff", "handoff_measure", "handoff_judgement", "counterpart", "mismatch", "crosswalk"),
    records=("documents",),
    settings=("rates", "people", "handoffs", "currency"),
)
