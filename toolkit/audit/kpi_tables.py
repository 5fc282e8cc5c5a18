"""KPIs of a run: baseline, target and the three reviews, as tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from toolkit.audit.kpi_measures import (
    MeasuredData,
    Told,
    duplicate_incidents,
    handoff_measure,
    invoice_errors,
    manual_hours,
)
from toolkit.errors import InputError, UnknownNameError
from toolkit.scoping.kpi.readings import Reading, amount_reading
from toolkit.scoping.kpi.reviews import Review, review_dates, reviews
from toolkit.scoping.kpi.targets import FIRST_90_DAYS, Kpi, Rule
from toolkit.scoping.kpi.windows import baseline_days, review_window
from toolkit.settings import KpiReadingSettings, KpiSettings, KpisSettings
from toolkit.tables import KPI, KPI_REVIEW

Measure = Callable[..., Told]
Row = dict[str, Any]

_MEASURED: Mapping[str, Measure] = {
    "manual_hours": manual_hours,
    "invoice_errors": invoice_errors,
    "duplicate_payments": duplicate_incidents,
}
_FIVE = {one.kpi_id: one for one in FIRST_90_DAYS}
_BY_PEOPLE = "No data tells it: somebody has to measure it and write it down."


def kpi_tables(given: KpisSettings, data: MeasuredData, *, as_of: date) -> dict[str, pa.Table]:
    """Return KPI and KPI_REVIEW: the five of the first 90 days, and the client's own.

    Parameters
    ----------
    given
        What the settings say of them.
    data
        What they are measured on.
    as_of
        The day up to which the data is complete; a review after it is not due.

    Raises
    ------
    InputError
        A KPI of one's own lacks what it is, or a baseline is of a day after going live.
    UnknownNameError
        A KPI is measured by a handoff that there is not.
    """
    named = {**dict.fromkeys(_FIVE, KpiSettings()), **given.measures}
    rows: list[Row] = []
    reviewed: list[Row] = []
    for name, own in named.items():
        if own.is_left_out:
            continue
        kpi, measure = _kpi(name, own), _measure(name, own, data)
        live_on = own.live_on or given.live_on
        baseline, told, evidence = _baseline(own, measure, data, live_on or as_of)
        rows.append(_row(kpi, own, live_on, told, evidence))
        if live_on is not None:
            reviewed += _reviews(kpi, own, measure, data, baseline, live_on, as_of)
    return {"kpi": KPI.from_rows(rows), "kpi_review": KPI_REVIEW.from_rows(reviewed)}


def _kpi(name: str, own: KpiSettings) -> Kpi:
    usual = _FIVE.get(name)
    label, unit, target = own.label or (usual and usual.label), own.unit or (usual and usual.unit), own.target
    rule: Rule | None = own.rule or (usual.rule if usual else None)
    target = usual.target if target is None and usual else target
    lacking = [
        key for key, value in (("label", label), ("unit", unit), ("rule", rule), ("target", target)) if value in {None, ""}
    ]
    if lacking or not label or not unit or rule is None or target is None:
        known = ", ".join(_FIVE)
        raise InputError(
            f"KPI {name!r} of kpis.measures has no {', '.join(lacking)}. Say it there: one of one's own needs label, unit, "
            f"rule and target; those that are known without are {known}."
        )
    return Kpi(name, label, unit, rule, target, usual.only_from if usual else 0.0)


def _measure(name: str, own: KpiSettings, data: MeasuredData) -> Measure | None:
    if own.measured is None:
        return _MEASURED.get(name)
    if own.measured.handoff not in data.labels:
        where = f"handoff, as kpis.measures.{name}.measured of engagement.yaml says,"
        raise UnknownNameError(where, own.measured.handoff, data.labels)
    return handoff_measure(own.measured.handoff, own.measured.measure)


_Baseline = tuple[Reading | None, Row, str | None]


def _baseline(own: KpiSettings, measure: Measure | None, data: MeasuredData, until: date) -> _Baseline:
    """Return the reading before going live, its columns, and how sure it is."""
    if own.baseline is not None:
        reading = _said(own.baseline)
        told = _columns(Told(reading, _who(own.baseline)), own.baseline.on, own.baseline.on)
        return reading, told, own.baseline.evidence
    if measure is None:
        return None, {"method": _BY_PEOPLE}, None
    days = baseline_days(data.begins_on(), until)
    if days is None:
        return None, {"method": "The data holds no whole month before that day, so nothing can be told."}, None
    found = measure(data, days, is_after=False)
    return found.reading, _columns(found, days.first_on, days.last_on), "measured" if found.reading else None


def _said(given: KpiReadingSettings) -> Reading:
    return amount_reading(given.value, low=given.low, high=given.high, on=given.on)


def _who(given: KpiReadingSettings) -> str:
    return f"Said by {given.who}." if given.who else "Written in engagement.yaml."


def _columns(told: Told, first_on: date | None, last_on: date | None) -> Row:
    reading = told.reading
    return {
        "value": reading.value if reading else None,
        "low": reading.low if reading else None,
        "high": reading.high if reading else None,
        "x": told.x,
        "n": told.n,
        "first_on": first_on,
        "last_on": last_on,
        "method": told.method,
    }


def _row(kpi: Kpi, own: KpiSettings, live_on: date | None, told: Row, evidence: str | None) -> Row:
    by_on = own.by or (review_dates(live_on)[-1] if live_on else None)
    return {
        "kpi_id": kpi.kpi_id,
        "label": kpi.label,
        "unit": kpi.unit,
        "rule": kpi.rule,
        "target": kpi.target,
        "owner": own.owner or None,
        "by_on": by_on,
        "live_on": live_on,
        "baseline": told.get("value"),
        **{f"baseline_{name}": told.get(name) for name in ("low", "high", "x", "n", "first_on", "last_on", "method")},
        "baseline_evidence": evidence,
        "asked": list(_asked(kpi, own, live_on, told)),
    }


def _asked(kpi: Kpi, own: KpiSettings, live_on: date | None, told: Row) -> Iterator[str]:
    place = f"kpis.measures.{kpi.kpi_id}"
    if told.get("value") is None:
        yield f"how it is now: {place}.baseline"
    if not own.owner:
        yield f"who is responsible: {place}.owner"
    if live_on is None:
        yield "the day of going live: kpis.live_on"


def _reviews(  # noqa: PLR0917 - all that a review rests on
    kpi: Kpi,
    own: KpiSettings,
    measure: Measure | None,
    data: MeasuredData,
    baseline: Reading | None,
    live_on: date,
    as_of: date,
) -> list[Row]:
    readings: list[Reading] = [_said(one) for one in own.readings]
    said = dict(zip(readings, own.readings, strict=True))
    told: dict[date, Told] = {}
    for due_on in review_dates(live_on):
        if measure is not None and due_on <= as_of:
            days = review_window(live_on, due_on)
            told[due_on] = found = measure(data, days, is_after=True)
            if found.reading is not None:
                # It is the reading of this review; what was measured is the days before it.
                readings.append(Reading(found.reading.value, found.reading.low, found.reading.high, due_on))
    return [
        _review_row(one, told, said, live_on, kpi) for one in reviews(kpi, baseline, readings, live_on=live_on, today=as_of)
    ]


def _review_row(
    one: Review, told: Mapping[date, Told], said: Mapping[Reading, KpiReadingSettings], live_on: date, kpi: Kpi
) -> Row:
    after, moved = one.result.after, one.result.change
    measured = told.get(one.due_on)
    given = said.get(after) if after else None
    if given is not None:
        columns: Row = {**_columns(Told(after, _who(given)), given.on, given.on), "evidence": given.evidence}
    elif measured is not None:
        days = review_window(live_on, one.due_on)
        columns = {**_columns(measured, days.first_on, days.last_on), "evidence": "measured" if after else None}
    else:
        columns = {"method": _BY_PEOPLE if one.state == "not_measured" else None}
    low, value, high = moved.difference if moved else (None, None, None)
    least, reduction, most = moved.reduction if moved and moved.reduction else (None, None, None)
    return {
        "kpi_id": kpi.kpi_id,
        "days": one.days,
        "due_on": one.due_on,
        "state": one.state,
        **columns,
        "difference": value,
        "difference_low": low,
        "difference_high": high,
        "reduction": reduction,
        "reduction_low": least,
        "reduction_high": most,
        "verdict": one.result.verdict,
        "reason": "It is not due yet." if one.state == "not_due" else one.result.reason,
        "is_final": one.is_final,
    }


def read_rows(documents: pa.Table, days: Sequence[date | None]) -> Iterator[Row]:
    """Yield documents as rows with the local day on which they happened.

    Parameters
    ----------
    documents
        With ``record_key``, ``entity`` and ``created_by``.
    days
        One for each, as `detail_tables.document_days` gives them.
    """
    for row, day in zip(documents.select(["record_key", "entity", "created_by"]).to_pylist(), days, strict=True):
        yield {**row, "day": day}
