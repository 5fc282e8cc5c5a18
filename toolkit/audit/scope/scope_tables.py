"""The scope from the tables of a run: flows with their place, how each is accepted, what success is, what is unclear."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.scope.scope_gaps import scope_gaps
from toolkit.audit.scope.scope_words import flow_assumptions, flow_duties
from toolkit.errors import UnknownNameError
from toolkit.report.gaps import input_words
from toolkit.scoping.scope.acceptance import Criterion, Flow, Measured, acceptance
from toolkit.scoping.scope.criteria import Success, lacking, sentence
from toolkit.settings import FlowScopeSettings, Settings
from toolkit.store import Run
from toolkit.tables import ACCEPTANCE, SCOPE, SCOPE_GAP, SUCCESS

Row = Mapping[str, Any]
_PLACES = {"do": "in", "wait": "phase_2", "manual": "out", "unknown": "open"}
_ORDER = ("in", "phase_2", "open", "out")
_SAID = {"volume": "volume", "missing": "missing", "lag": "lag_days", "errors": "errors"}
_ERROR_TARGETS = ("error_rate_after", "error_rate_target")


def scope_tables(run: Run, settings: Settings) -> dict[str, pa.Table]:
    """Return SCOPE, ACCEPTANCE, SUCCESS and SCOPE_GAP by their names.

    Parameters
    ----------
    run
        With HANDOFF, HANDOFF_MEASURE, PROJECT, CASE, COST_INPUT, ROADMAP, MASTER_CELL, FIELD_MAP and TEST_CASE.
    settings
        Say what was agreed on.

    Raises
    ------
    UnknownNameError
        ``scope.flows`` names a handoff that there is not.
    """
    handoffs = {row["handoff_id"]: row for row in run.table("handoff").to_pylist()}
    # One without files is no mistake: it waits for them.
    known = [*dict.fromkeys([*handoffs, *settings.handoffs])]
    for name in settings.scope.flows:
        if name not in known:
            raise UnknownNameError("handoff, as scope.flows of engagement.yaml says,", name, known)
    planned = {row["handoff_id"]: row for row in run.table("roadmap").to_pylist()}
    rows = [_scope_row(run, settings, handoffs[name], planned[name]) for name in handoffs if name in planned]
    rows.sort(key=lambda row: (_ORDER.index(row["place"]), row["order"] or len(rows), row["handoff_id"]))
    accepted = [row for one in rows if one["place"] == "in" for row in _accepted(run, settings, one["handoff_id"])]
    success = [_success_row(name, settings) for name in settings.scope.success]
    found = {"scope": SCOPE.from_rows(rows), "acceptance": ACCEPTANCE.from_rows(accepted)}
    found["success"] = SUCCESS.from_rows(success)
    cells = run.table("master_cell").to_pylist()
    return {**found, "scope_gap": SCOPE_GAP.from_rows(scope_gaps(settings, rows, accepted, success, cells))}


def _scope_row(run: Run, settings: Settings, handoff: Row, planned: Row) -> dict[str, Any]:
    name = handoff["handoff_id"]
    said = settings.scope.flows.get(name, FlowScopeSettings())
    place = said.place or _PLACES[planned["state"]]
    case = {row["metric"]: row["value"] for row in _own(run.table("case"), name)}
    open_fields = [row["target_field"] for row in _own(run.table("field_map"), name) if row["is_open"]]
    is_in = place == "in"
    why = said.why.rstrip(".")
    reason = (f"As agreed: {why}." if why else "As agreed.") if said.place else planned["reason"]
    return {
        "handoff_id": name,
        "label": handoff["label"],
        "place": place,
        "is_said": said.place is not None,
        "reason": reason,
        "system_l": handoff["system_l"],
        "system_r": handoff["system_r"],
        "owner": planned["owner"],
        "order": planned["place"] if is_in else None,
        "live_on": planned["live_on"] if is_in else None,
        "cost": planned["cost"],
        "running_per_month": case.get("running_cost_per_month"),
        "npv": planned["npv"],
        "assumptions": [*said.assumptions, *(flow_assumptions(run, name) if is_in else [])],
        "duties": [*said.duties, *(flow_duties(handoff, planned, settings, open_fields) if is_in else [])],
        "open_fields": open_fields,
    }


def _own(table: pa.Table, handoff_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["handoff_id"], handoff_id)).to_pylist()
    return rows


def _accepted(run: Run, settings: Settings, name: str) -> list[dict[str, Any]]:
    """Return how a flow is accepted, rows of ACCEPTANCE."""
    measures = {
        row["measure"]: Measured(row["value"], row["low"], row["high"], row["n"], row["evidence"])
        for row in _own(run.table("handoff_measure"), name)
    }
    given = settings.handoffs.get(name)
    level = settings.approach.of_handoff(given.approach if given is not None else None).needed_within
    said = settings.scope.flows.get(name, FlowScopeSettings()).acceptance
    targets = {word: getattr(said, key) for word, key in _SAID.items() if getattr(said, key) is not None}
    fields = [row for row in _own(run.table("field_map"), name) if row["source_columns"] or row["default"]]
    cases = _own(run.table("test_case"), name)
    flow = Flow(name, measures, level, _error_target(run, name, measures), targets, len(fields), len(cases))
    return [_accepted_row(name, one) for one in acceptance(flow)]


def _error_target(run: Run, name: str, measures: Mapping[str, Measured]) -> tuple[float, str] | None:
    """Return the share of wrong items that the business case reckons with, never more than today."""
    inputs = {row["name"]: row for row in _own(run.table("cost_input"), name)}
    found = next((inputs[one] for one in _ERROR_TARGETS if one in inputs), None)
    if found is None:
        return None
    today = measures.get("error_share", Measured()).value
    target = found["value"] if today is None else min(found["value"], today)
    known = "an assumption of ours" if found["evidence"] == "default" else found["evidence"]
    return target, f"the business case: {input_words(found['name'])} ({known}), never more than today"


_TABLES = {"fields": "field_map", "test_cases": "test_case"}


def _accepted_row(name: str, one: Criterion) -> dict[str, Any]:
    quoted = name.replace("'", "''")
    condition = f"handoff_id = '{quoted}'" + (f" AND measure = '{one.measure}'" if one.measure else "")
    return {
        "handoff_id": name,
        "criterion": one.criterion,
        "sentence": one.sentence,
        "baseline": one.baseline.value,
        "low": one.baseline.low,
        "high": one.baseline.high,
        "n": one.baseline.n,
        "target": one.target,
        "rule": one.rule,
        "unit": one.unit,
        "evidence": one.baseline.evidence,
        "target_from": one.target_from,
        "source_table": _TABLES.get(one.criterion, "handoff_measure"),
        "source_filter": condition,
    }


def _success_row(name: str, settings: Settings) -> dict[str, Any]:
    said = settings.scope.success[name]
    one = Success(name, said.words, said.metric, said.baseline, said.target, said.unit, said.by)
    missing = lacking(one)
    return {
        "name": name,
        "words": sentence(one),
        "metric": said.metric or None,
        "baseline": said.baseline,
        "target": said.target,
        "unit": said.unit,
        "by_on": said.by,
        "lacking": list(missing),
        "is_taken": not missing,
    }


def flows_in(rows: Sequence[Row]) -> list[str]:
    """Return the handoffs in scope.

    Parameters
    ----------
    rows
        Of SCOPE.
    """
    return [row["handoff_id"] for row in rows if row["place"] == "in"]
