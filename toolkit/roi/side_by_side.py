"""Business cases side by side: every figure of each, and by how much it differs from the first.

A figure that does not exist in one of two cases (what never pays back has no month in which it does) has no difference.
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.tables import CASE, SCENARIO_FIGURE, checked


def side_by_side(cases: Mapping[str, pa.Table]) -> pa.Table:
    """Return all figures of some cases, schema SCENARIO_FIGURE.

    Parameters
    ----------
    cases
        Tables CASE by the names of their scenarios; the first is what the others are held against.

    Examples
    --------
    >>> one = {"handoff_id": "total", "metric": "npv", "unit": "currency", "evidence": "default"}
    >>> both = {name: CASE.from_rows([{**one, "value": value}]) for name, value in (("now", 100.0), ("more", 130.0))}
    >>> side_by_side(both)["difference"].to_pylist()
    [0.0, 30.0]
    """
    found = {name: _figures(table) for name, table in cases.items()}
    base = next(iter(found.values()), {})
    places = dict.fromkeys(place for figures in found.values() for place in figures)
    rows = [
        _row(scenario, place, figures.get(place), base.get(place))
        for place in places
        for scenario, figures in found.items()
        if place in figures or place in base
    ]
    return SCENARIO_FIGURE.from_rows(rows)


def _figures(table: pa.Table) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["handoff_id"], row["metric"]): row for row in checked(table, CASE).to_pylist()}


def _row(
    scenario: str, place: tuple[str, str], figure: Mapping[str, Any] | None, base: Mapping[str, Any] | None
) -> dict[str, Any]:
    handoff_id, metric = place
    told = figure or base or {}
    value: float | None = figure["value"] if figure else None
    before: float | None = base["value"] if base else None
    return {
        "handoff_id": handoff_id,
        "metric": metric,
        "scenario": scenario,
        "unit": told["unit"],
        "value": value,
        "p10": figure["p10"] if figure else None,
        "p90": figure["p90"] if figure else None,
        "base_value": before,
        "difference": None if value is None or before is None else value - before,
    }
