"""What the business case asks for, from what is known: the settings first, then what was measured, then defaults.

Assumptions change while a consultant talks to the client; what was measured does not. So it is gathered once (`CaseBasis`),
and the inputs of a handoff follow from it and the settings as they are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.audit.connection_inputs import with_connection
from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.reconcile.outcome_words import open_differences
from toolkit.report.duplicate_counts import duplicate_counts
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.settings import HandoffSettings, RateSettings, Settings
from toolkit.store import Run
from toolkit.tables import NOT_INVOICED

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


@dataclass(frozen=True, slots=True)
class CaseBasis:
    """What was measured, as the business case reads it.

    ``handoffs`` are rows of HANDOFF, ``measures`` those of HANDOFF_MEASURE by handoff and measure, ``held`` the measures
    that are not believed, ``unbilled`` the table NOT_INVOICED. ``missed`` is what an item without an invoice is worth,
    ``net`` the part of an invoice that is no tax; ``counted`` are the records to clean.
    """

    handoffs: tuple[Mapping[str, Any], ...]
    measures: Mapping[str, Mapping[str, Mapping[str, Any]]]
    held: Mapping[str, frozenset[str]]
    unbilled: pa.Table
    missed: Mapping[str, Estimate | None]
    net: Mapping[str, Estimate | None]
    counted: Mapping[str, Estimate]

    @property
    def not_compared(self) -> set[str]:
        """Handoffs whose systems could not be compared."""
        return {name for name, own in self.held.items() if own >= _COMPARED}

    def inputs(self, settings: Settings) -> dict[str, "HandoffInputs"]:
        """Return the inputs of every handoff."""
        return {one["handoff_id"]: self.inputs_of(one, settings) for one in self.handoffs}

    def inputs_of(self, handoff: Mapping[str, Any], settings: Settings) -> "HandoffInputs":
        """Return the inputs of one handoff, a row of HANDOFF."""
        name = handoff["handoff_id"]
        given = settings.handoffs.get(name)
        found = _with_growth(
            handoff_inputs(
                given,
                handoff,
                self.measures.get(name, {}),
                currency=settings.currency,
                missed=self.missed[name],
                held_back=self.held.get(name, frozenset()),
            ),
            settings.rates,
        )
        found = with_connection(found, settings.approach.of_handoff(None if given is None else given.approach), given)
        mean = found.avg_invoice_value
        if name in self.net and mean is not None and _is_mean_of_invoices(found):
            return replace(found, missed_invoice_value=_times(self.net[name], mean))
        return found

    def shared(self, rates: RateSettings) -> "SharedInputs":
        """Return what all handoffs share: rates from the settings, and the clean-up that was counted."""
        from toolkit.roi.inputs import SharedInputs

        given = {
            name: figure.estimate(input_unit(name))
            for name in (field.name for field in fields(SharedInputs) if field.name not in _NO_ESTIMATES_OF_ALL)
            if (figure := getattr(rates, name, None)) is not None
        }
        return SharedInputs(**{**self.counted, **given}, cash_share=rates.cash_share, is_loss_added=rates.add_lost_revenue)


def case_basis(settings: Settings, run: Run, documents: Callable[[], pa.Table]) -> CaseBasis:
    """Return what was measured, as the business case reads it.

    Parameters
    ----------
    settings
        Say which handoffs bill what they carry.
    run
        With HANDOFF, HANDOFF_MEASURE, HANDOFF_JUDGEMENT, COUNTERPART, MISMATCH and CROSSWALK.
    documents
        Returns table DOCUMENT; asked only where invoices are looked at.
    """
    from toolkit.roi.not_invoiced import amounts_of, missed_value, missing_sources, net_invoice_value, not_invoiced

    handoffs = run.table("handoff").to_pylist()
    counterpart, billing = run.table("counterpart"), billing_handoffs(settings.handoffs, handoffs)
    missing = missing_sources(counterpart, billing)
    unbilled = not_invoiced(missing, documents()) if missing.num_rows else NOT_INVOICED.empty()
    counts = {
        "duplicate_records": _duplicate_records(run),
        "mismatched_records": open_differences(run.table("mismatch")).num_rows,
    }
    one = certain(1.0, "currency", "measured")
    return CaseBasis(
        handoffs=tuple(handoffs),
        measures=_measures(run),
        held=held_back(run),
        unbilled=unbilled,
        missed={
            row["handoff_id"]: missed_value(amounts_of(unbilled, row["handoff_id"], settings.currency)) for row in handoffs
        },
        net={name: net_invoice_value(one, counterpart, documents(), name) for name in sorted(billing)},
        counted={
            name: certain(float(count), "records", "measured", source="counted in the snapshots")
            for name, count in counts.items()
        },
    )


def _times(net: Estimate | None, mean: Estimate) -> Estimate | None:
    if net is None:
        return None
    share = net.likely
    return replace(net, likely=share * mean.likely, low=share * mean.low, high=share * mean.high)


def case_terms(rates: RateSettings) -> "CaseTerms":
    """Return how far to look and at what discount rate."""
    from toolkit.roi.case import CaseTerms

    rate = rates.annual_discount_rate
    usual = CaseTerms()
    return CaseTerms(
        horizon_months=rates.horizon_months,
        annual_discount_rate=rate.estimate("share").likely if rate else usual.annual_discount_rate,
    )


def given_terms(rates: RateSettings) -> dict[str, Estimate]:
    """Return the terms of the calculation that somebody has given, by name."""
    given = {
        name: figure.estimate("share per year")
        for name in ("annual_discount_rate", "annual_volume_growth")
        if (figure := getattr(rates, name)) is not None
    }
    if "horizon_months" in rates.model_fields_set:
        given["horizon_months"] = certain(float(rates.horizon_months), "months", "document", source="engagement.yaml")
    return given


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


def _is_mean_of_invoices(inputs: "HandoffInputs") -> bool:
    """Whether a forgotten invoice is taken to be worth what was measured of the others, and no person's figure."""
    mean = inputs.avg_invoice_value
    return inputs.missed_invoice_value is None and mean is not None and mean.evidence == "measured"


def _with_growth(inputs: "HandoffInputs", rates: RateSettings) -> "HandoffInputs":
    growth = rates.annual_volume_growth
    return replace(inputs, annual_volume_growth=growth.estimate("share per year").likely) if growth else inputs


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
        inputs[name] = certain(0.0, input_unit(name), "default", source=NOT_COMPARED)
    if missed is not None and "missed_rate" in inputs:
        inputs["missed_invoice_value"] = missed
    if given is None:
        return HandoffInputs(**inputs)
    names = {field.name for field in fields(HandoffInputs)} - _NOT_ESTIMATES - _FROM_BUILD
    inputs |= {
        name: figure.estimate(input_unit(name)) for name in names if (figure := getattr(given, name, None)) is not None
    }
    return HandoffInputs(**inputs, **_way_inputs(given))


def _way_inputs(given: HandoffSettings) -> dict[str, Any]:
    """Return what the settings say of how a handoff is to be connected."""
    build = given.build
    if build is None:
        return {}
    inputs: dict[str, Any] = {"soap_or_file_sides": build.soap_or_file_sides}
    if build.class_ is not None:
        inputs |= {"build_class": build.class_, "approach": "native" if build.class_ == "native" else "platform"}
    if build.days is not None:
        inputs["build_days"] = build.days.estimate("days")
    if build.cost is not None:
        inputs["build_cost"] = build.cost.estimate("currency")
    return inputs


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
        volume = given.volume_per_month.estimate(input_unit("volume_per_month"))
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


def input_unit(name: str) -> str:
    """Return the unit that the name of an input says.

    Examples
    --------
    >>> input_unit("loaded_rate_per_hour")
    'currency per hour'
    """
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
