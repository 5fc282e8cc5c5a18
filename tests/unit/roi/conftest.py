"""The adapter of the cost model's vectors: from their names to the functions that compute them, and back.

``pytest tests/unit/roi --vectors FILE`` runs any file of the form of cost-vectors.json: one test per vector. Calculations
that the toolkit does not compute yet are listed at the end of the run.

Where the toolkit has no formula of its own (an appraisal, a month, a break-even point exist only inside a case), the vector
holds the second reckoning of ``oracles.py``; ``assembly.py`` runs it through a whole case, as the report prints it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.roi import oracles
from tests.unit.roi.assembly import ASSEMBLED
from toolkit.rates import (
    exact_interval,
    jeffreys_interval,
    jeffreys_mean,
    per_item_error_rate,
    sample_size,
    steady_state_mismatch_share,
    wilson_interval,
)
from toolkit.roi import cash_flow, fees, finance, handoff_cost, one_time, rounding, simulation, wiring
from toolkit.roi.distributions import Beta, Distribution, Fixed, Pert, Triangular
from toolkit.roi.periods import monthly_rate
from toolkit.roi.prices import Tier
from toolkit.scoping import portfolio, priority, sequence
from toolkit.scoping.approach.facts import ApproachFacts, ApproachLimits
from toolkit.scoping.approach.rules import recommended_approach
from toolkit.scoping.kpi import readings, targets

Inputs = Mapping[str, Any]
Outputs = dict[str, Any]


def _distribution(spec: Inputs) -> Distribution:
    match spec["kind"]:
        case "fixed":
            return Fixed(spec["value"])
        case "pert":
            return Pert(spec["low"], spec["mode"], spec["high"])
        case "triangular":
            return Triangular(spec["low"], spec["mode"], spec["high"])
        case "beta":
            return Beta(spec["a"], spec["b"])
        case kind:
            raise ValueError(f"no distribution is named {kind!r}")


def _parameters(inputs: Inputs) -> dict[str, Distribution]:
    return {one["name"]: _distribution(one["dist"]) for one in inputs["parameters"]}


def _without(inputs: Inputs, *names: str) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if name not in names}


def _tiers(inputs: Inputs) -> dict[str, Any]:
    tiers = tuple(Tier(one["name"], one["monthly"], one["quota"]) for one in inputs["tiers"])
    return {**inputs, "tiers": tiers}


def _proportion(x: int, n: int, confidence: float = 0.95) -> Outputs:
    wilson, jeffreys, exact = (
        interval(x, n, confidence) for interval in (wilson_interval, jeffreys_interval, exact_interval)
    )
    return {
        "p_hat": x / n if n else None,
        "wilson_low": wilson[0],
        "wilson_high": wilson[1],
        "jeffreys_mean": jeffreys_mean(x, n),
        "jeffreys_low": jeffreys[0],
        "jeffreys_high": jeffreys[1],
        "exact_low": exact[0],
        "exact_high": exact[1],
    }


def _monte_carlo(inputs: Inputs) -> Outputs:
    trials, parameters = inputs["n"], _parameters(inputs)
    drawn = simulation.uniforms(trials, len(parameters), np.random.default_rng(inputs["seed"]))
    if "spearman" in inputs:
        drawn = simulation.correlated(drawn, np.array(inputs["spearman"]))
    values = {name: one.quantiles(drawn[:, column]) for column, (name, one) in enumerate(parameters.items())}
    net = np.asarray(simulation.small_model_net_saving(values))
    value = net * cash_flow.annuity_factor(monthly_rate(0.10), 36) - values["one_time_cost"]
    payback = np.divide(values["one_time_cost"], net, out=np.full(trials, np.inf), where=net > 0)
    in_time = float(np.mean(payback <= 12))
    return {
        "net_monthly_saving": asdict(simulation.band(net)),
        "npv": asdict(simulation.band(value)),
        "npv_mean": float(np.mean(value)),
        "prob_npv_positive": float(np.mean(value > 0)),
        "payback_months": asdict(simulation.band(payback)),
        "prob_payback_within_limit": in_time,
        "mc_standard_error_of_prob": simulation.standard_error(in_time, trials),
    }


def _tornado(inputs: Inputs) -> Outputs:
    base, rows = simulation.tornado(_parameters(inputs), **_without(inputs, "parameters"))
    return {"base_npv": base, "rows": [asdict(row) for row in rows]}


def _dist_summary(inputs: Inputs) -> Outputs:
    probabilities = tuple(inputs.get("probs", (0.1, 0.5, 0.9)))
    spread = _distribution(inputs["dist"])
    quantiles = spread.quantiles(np.array(probabilities)).tolist()
    return {
        "mean": spread.mean,
        "sd": spread.sd,
        **{f"p{p * 100:g}": q for p, q in zip(probabilities, quantiles, strict=True)},
    }


def _sobol(inputs: Inputs) -> Outputs:
    variance, first_order = simulation.additive_sobol(_parameters(inputs))
    return {"variance": variance, "first_order": first_order}


def _metrics(inputs: Inputs) -> Outputs:
    found = asdict(finance.metrics(**inputs))
    return {**found, "irr_roots": list(found["irr_roots"])}


def _money(inputs: Inputs) -> Outputs:
    places = rounding.currency_places("USD")
    amounts = [Decimal(str(value)) for value in inputs["values"]]
    parts = [rounding.rounded(value, places) for value in inputs["values"]]
    return {
        "rounded": [str(part) for part in parts],
        "total_rounded_once": str(rounding.rounded(sum(amounts, Decimal(0)), places)),
        "sum_of_rounded": str(sum(parts, Decimal(0))),
    }


def _ramp(t_live_months: float, t_full_months: float, horizon_months: int) -> Outputs:
    factors = cash_flow.ramp(np.array([t_live_months]), np.array([t_full_months]), horizon_months)
    return {"factors": factors[:, 0].tolist()}


def _portfolio(inputs: Inputs) -> Outputs:
    rules = portfolio.Rules(
        needs=tuple((one, needed) for one, needed in inputs.get("dependencies", ())),
        exclusive=tuple(tuple(group) for group in inputs.get("exclusive", ())),
        shared_costs=tuple(
            portfolio.SharedCost(one["id"], one["cost"], tuple(one["users"])) for one in inputs.get("shared_costs", ())
        ),
    )
    projects = [portfolio.Project(one["id"], one["cost"], one["npv"]) for one in inputs["projects"]]
    found = portfolio.best_portfolio(projects, budget=inputs["budget"], rules=rules)
    return {"selected": list(found.selected), "portfolio_npv": found.npv, "portfolio_cost": found.cost}


def _sequence(inputs: Inputs) -> Outputs:
    tasks = [sequence.Task(one["id"], one["duration"], one["saving_per_month"]) for one in inputs["projects"]]
    found = sequence.best_sequence(tasks, needs=[(one, needed) for one, needed in inputs.get("precedence", ())])
    return {
        "best_order": list(found.order),
        "saving_forgone_while_waiting": found.saving_forgone_while_waiting,
        "cd3": dict(found.cd3),
        "order_by_cd3_ignoring_precedence": list(found.order_by_cd3),
    }


def _priority(inputs: Inputs) -> Outputs:
    factors = [
        priority.Factors(one["id"], one["volume_per_month"], one["error_rate"], one["delay_cost_per_month"])
        for one in inputs["handoffs"]
    ]
    found = priority.priority_index(factors, weights=inputs.get("weights", (1 / 3, 1 / 3, 1 / 3)))
    return {
        "scores": [{"id": name, "index": score} for name, score in found.scores.items()],
        "order": list(found.ranking.order),
    }


def _kpi(inputs: Inputs) -> Outputs:
    def reading(name: str) -> readings.Reading | None:
        value = inputs.get(name)
        return None if value is None else readings.amount_reading(value)

    def found(kpi: targets.Kpi, before: str, after: str) -> targets.Judged:
        return targets.judged(kpi, reading(before), reading(after))

    hours = found(targets.MANUAL_HOURS, "manual_hours_before", "manual_hours_after")
    close = found(targets.CLOSE_DAYS, "close_days_before", "close_days_after")
    audit = found(targets.AUDIT_HOURS, "audit_hours_before", "audit_hours_after")
    errors = found(targets.INVOICE_ERRORS, "invoice_error_rate_before", "invoice_error_rate_after")
    twice = found(targets.DUPLICATE_PAYMENTS, "duplicate_payments_quarter_before", "duplicate_payments_quarter_after")
    return {
        "manual_hours_reduction": _reduction(hours),
        "manual_hours_pass": hours.passes,
        "invoice_error_pass": errors.passes,
        "close_reduction": _reduction(close),
        "close_pass": close.passes,
        "audit_pass": audit.passes,
        "duplicate_payments_pass": twice.passes,
    }


def _reduction(found: targets.Judged) -> float | None:
    return found.change.reduction[1] if found.change and found.change.reduction else None


def _recommend(rules: Inputs | None = None, **facts: Any) -> Outputs:
    found = recommended_approach(ApproachFacts(**facts), ApproachLimits(**(rules or {})))
    return {"approach": found.approach, "reasons": [*found.reasons], "flags": [*found.flags]}


CALCULATIONS: dict[str, Callable[[Inputs], Outputs]] = {
    "labour": lambda given: asdict(handoff_cost.labour_cost(**given)),
    "error_cost": lambda given: asdict(handoff_cost.error_cost(**given)),
    "delay_cost": lambda given: asdict(handoff_cost.delay_cost(**given)),
    "delay_per_item": lambda given: {"delay_cost_per_month": handoff_cost.delay_cost_per_item(**given)},
    "duplicate_payments": lambda given: asdict(handoff_cost.duplicate_payments(**given)),
    "missed_invoices": lambda given: asdict(handoff_cost.missed_invoices(**given)),
    "per_item_error": lambda given: {"per_item_error_rate": per_item_error_rate(**given)},
    "loaded_rate": lambda given: oracles.loaded_rate(**given),
    "handoff": lambda given: oracles.handoff_month(**given),
    "proportion": lambda given: _proportion(**given),
    "sample_size": lambda given: {"n": sample_size(**given)},
    "stock_mismatch": lambda given: {"steady_state_mismatch_share": steady_state_mismatch_share(**given)},
    "cleanup": lambda given: asdict(one_time.cleanup_cost(**given)),
    "one_time": lambda given: asdict(one_time.one_time_cost(**given)),
    "data_prep_from_share": lambda given: asdict(one_time.preparation_from_share(**given)),
    "platform_fee": lambda given: asdict(fees.platform_fee(**_tiers(given))),
    "crossover_units": lambda given: asdict(fees.crossover_units(**_tiers(given))),
    "units": lambda given: {"units_per_month": fees.billable_units(**given)},
    "ramp": lambda given: _ramp(**given),
    "metrics": _metrics,
    "appraise": lambda given: oracles.appraisal(**given),
    "simple_payback": lambda given: {"payback_months": cash_flow.simple_payback_months(**given)},
    "build_vs_subscribe": lambda given: {"break_even_months": fees.build_or_subscribe_months(**given)},
    "break_even_volume": lambda given: oracles.break_even_volume(**given),
    "cost_of_delay": lambda given: asdict(cash_flow.cost_of_delay(**given)),
    "dist_summary": _dist_summary,
    "monte_carlo": _monte_carlo,
    "tornado": _tornado,
    "sobol_additive": _sobol,
    "recommend": lambda given: _recommend(**given),
    "point_to_point": lambda given: asdict(wiring.links(**given)),
    "polling": lambda given: asdict(wiring.polling(**given)),
    "money": _money,
    "portfolio": _portfolio,
    "sequence": _sequence,
    "priority": _priority,
    "rice": lambda given: {"rice": priority.rice(**given)},
    "wsjf": lambda given: {"wsjf": priority.wsjf(**given)},
    "kpi": _kpi,
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test per vector; without a file a single one, which the missing folder then skips or fails."""
    for name, calculations in (("vector", CALCULATIONS), ("assembled_vector", ASSEMBLED)):
        if name in metafunc.fixturenames:
            built = [one for one in _vectors(metafunc.config) if one["calc"] in calculations]
            ids = [one["id"] for one in built]
            metafunc.parametrize(name, built or [None], ids=ids or ["none"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which calculations of the vectors are not built yet."""
    unbuilt = _unbuilt(config)
    if unbuilt:
        listed = ", ".join(f"{calc} ({' '.join(ids)})" for calc, ids in sorted(unbuilt.items()))
        terminalreporter.write_line(f"Cost-model calculations not built yet: {listed}")


@pytest.fixture
def computed() -> Callable[[Mapping[str, Any]], Outputs]:
    """Return what computes a vector's outputs from it."""
    return lambda vector: CALCULATIONS[vector["calc"]](vector["inputs"])


@pytest.fixture
def unbuilt_calculations(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """Return the calculations of the vectors that are not built yet, with the ids of their vectors."""
    return _unbuilt(request.config)


def _vectors(config: pytest.Config) -> list[dict[str, Any]]:
    asked = config.getoption("--vectors")
    file = Path(asked) if asked else config.rootpath.parent / "shared" / "cost-vectors.json"
    if not file.is_file():
        if asked:
            raise pytest.UsageError(f"--vectors: there is no file {asked!r}.")
        return []
    vectors: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["vectors"]
    return vectors


def _unbuilt(config: pytest.Config) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for one in _vectors(config):
        if one["calc"] not in CALCULATIONS:
            listed.setdefault(one["calc"], []).append(one["id"])
    return listed
