"""Every input that the money rests on: its range, who gave it and when, and how much of the result it moves.

Each input is tried at its P10 and its P90 with all others at their median, in the sum of all handoffs that have a case. An
input that several share moves all of them at once. The terms of the calculation are tried in the same way.

Source: cost model, section 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.estimates import Estimate
from toolkit.rates import MeasuredShare, wilson_interval
from toolkit.roi.case import CaseTerms
from toolkit.roi.defaults import TERMS
from toolkit.roi.distributions import Fixed
from toolkit.roi.draws import distribution
from toolkit.roi.inputs import CLEANUP_NAMES, Given, HandoffInputs, KnownInputs, SharedInputs, known_inputs, likely
from toolkit.roi.portfolio import TOTAL, cleanup_inputs
from toolkit.roi.sensitivity import Tried, npv_at_other_terms, tried_inputs
from toolkit.roi.summing import shared_cleanup
from toolkit.tables import COST_INPUT

Row = dict[str, Any]
_OF_CLEANUP = (*CLEANUP_NAMES, "loaded_rate_per_hour", "contingency_rate")


def cost_input_table(
    handoffs: Mapping[str, HandoffInputs],
    shared: SharedInputs,
    *,
    currency: str,
    terms: CaseTerms,
    included: Sequence[str] = (),
    is_complete: bool = True,
    given_terms: Mapping[str, Estimate] | None = None,
) -> pa.Table:
    """Return the inputs that play a part, in schema COST_INPUT, those that move the result most first.

    Parameters
    ----------
    handoffs
        What is known of each handoff, by its id.
    shared, currency, terms
        As for ``handoff_case``.
    included
        The handoffs that the total adds up: the result is theirs.
    is_complete
        Whether that total has a net present value; else inputs are tried on its cost a month now.
    given_terms
        Terms of the calculation that somebody has given; the others are ours.
    """
    known = {name: known_inputs(inputs, shared, currency) for name, inputs in handoffs.items()}
    chosen = {name: handoffs[name] for name in included}

    tried = {
        name: tried_inputs(one, shared, currency=currency, terms=terms, is_cost_now=not is_complete)
        for name, one in chosen.items()
    }
    cleanup = cleanup_inputs(shared, currency)
    if is_complete and chosen:
        tried[TOTAL] = tried_cleanup(cleanup)
    base = sum(one.base for one in tried.values())
    ends = input_ends(known, tried)
    rows = [
        _row(name, input_name, given, ends.get((name, input_name)))
        for name, one in known.items()
        for input_name, given in sorted(one.own.items())
        if input_name not in one.idle
    ]
    common = {name: given for one in known.values() for name, given in one.shared.items() if name not in one.idle}
    common |= {name: one for name in CLEANUP_NAMES if name not in cleanup.idle and (one := cleanup.all.get(name))}
    rows += [_row(TOTAL, name, given, ends.get((TOTAL, name))) for name, given in sorted(common.items())]
    if is_complete and chosen:
        term_estimates = calculation_terms(given_terms or {})
        at_terms = term_ends(term_estimates, tried, [one.annual_volume_growth for one in chosen.values()], terms)
        rows += [_row(TOTAL, name, term_estimates[name], one) for name, one in at_terms.items()]
    return COST_INPUT.from_rows(_with_shares(rows, "npv" if is_complete else "cost_now_per_month", base))


def input_ends(known: Mapping[str, KnownInputs], tried: Mapping[str, Tried]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the result with each input low and high, in all that use it, by handoff (``total`` for all) and input.

    Parameters
    ----------
    known
        The inputs of each handoff, by its id.
    tried
        The result of each handoff that the total adds up, and of the clean-up for all under ``total``.
    """
    base = sum(one.base for one in tried.values())
    if not tried or not np.isfinite(base):
        return {}
    found = {
        (name, input_name): _moved(base, [tried[name]], input_name)
        for name, one in known.items()
        if name in tried
        for input_name in one.own
    }
    for name in {*CLEANUP_NAMES, *(name for one in known.values() for name in one.shared)}:
        moved = [one for key, one in tried.items() if key == TOTAL or name not in known[key].own]
        if moved:
            found[TOTAL, name] = _moved(base, moved, name)
    return found


def calculation_terms(given: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Return the terms of the calculation: those that somebody has given, the others ours."""
    return {name: given.get(name, default.estimate) for name, default in TERMS.items()}


def tried_cleanup(known: KnownInputs) -> Tried:
    """Return what the clean-up for all takes from the net present value, at the medians and at each input's ends."""
    spreads = {name: distribution(known.all[name]) for name in _OF_CLEANUP if name in known.all}
    names = [name for name, spread in spreads.items() if not isinstance(spread, Fixed)]
    values = {
        name: np.full(1 + 2 * len(names), spread.quantiles(np.array([0.5])).item()) for name, spread in spreads.items()
    }
    for place, name in enumerate(names, start=1):
        values[name][[place, place + len(names)]] = spreads[name].quantiles(np.array([0.1, 0.9]))
    values.setdefault("loaded_rate_per_hour", np.zeros(1))
    cost = np.broadcast_to(shared_cleanup(values, 1).one_time, (1 + 2 * len(names),))
    ends = {name: (-float(cost[at]), -float(cost[at + len(names)])) for at, name in enumerate(names, start=1)}
    return Tried(-float(cost[0]), ends)


def _moved(base: float, tried: Sequence[Tried], name: str) -> tuple[float, float]:
    """Return the result with an input low and high in all that use it."""
    changes = [(low - one.base, high - one.base) for one in tried for low, high in [one.at_ends.get(name, (one.base,) * 2)]]
    return base + sum(low for low, _ in changes), base + sum(high for _, high in changes)


def term_ends(
    estimates: Mapping[str, Estimate], tried: Mapping[str, Tried], growths: Sequence[float], terms: CaseTerms
) -> dict[str, tuple[float, float] | None]:
    """Return the net present value with each term of the calculation low and high; none where there is no value.

    Parameters
    ----------
    estimates
        The terms, as ``calculation_terms`` returns them.
    tried
        As for ``input_ends``; the clean-up is paid today, whatever the terms are.
    growths
        Change of the items a year, of each handoff in ``tried``.
    terms
        As they are.
    """
    flow_terms = [one for name, each in tried.items() if name != TOTAL for one in each.flow_terms]
    is_known = bool(np.isfinite(sum(one.base for one in tried.values())))
    found: dict[str, tuple[float, float] | None] = {}
    for name, estimate in estimates.items():
        ends = []
        for end in (estimate.low, estimate.high):
            is_growth = name == "annual_volume_growth"
            at = terms if is_growth else replace(terms, **{name: type(getattr(terms, name))(end)})
            grown = [end] * len(growths) if is_growth else growths
            ends.append(npv_at_other_terms(flow_terms, at, grown) + tried[TOTAL].base)
        found[name] = (ends[0], ends[1]) if is_known else None
    return found


def _row(handoff_id: str, name: str, given: Given, ends: tuple[float, float] | None) -> Row:
    row: Row = {"handoff_id": handoff_id, "name": name, "value": likely(given)}
    if isinstance(given, MeasuredShare):
        low, high = wilson_interval(given.x, given.n)
        row |= {"low": low, "high": high, "unit": "share", "evidence": "measured", "x": given.x, "n": given.n}
        row["source"] = f"counted: {given.x:,} of {given.n:,}"
    else:
        row |= {"low": given.low, "high": given.high, "unit": given.unit, "evidence": given.evidence}
        row |= {"source": given.source or None, "who": given.who or None, "given_on": given.given_on}
    low_end, high_end = ends or (None, None)
    return {**row, "median": entering_value(name, given), "result_at_low": low_end, "result_at_high": high_end}


def entering_value(name: str, given: Given) -> float:
    """Return the median of what is drawn for an input; a term of the calculation has one value in all cases.

    Examples
    --------
    >>> round(entering_value("monitoring_hours_per_month", Estimate(1.0, "hours", "default", 0.5, 4.0)), 2)
    1.32
    """
    return likely(given) if name in TERMS else distribution(given).quantiles(np.array([0.5])).item()


def _with_shares(rows: Sequence[Row], metric: str, base: float) -> list[Row]:
    swings = [
        abs(row["result_at_high"] - row["result_at_low"]) if row["result_at_low"] is not None else None for row in rows
    ]
    total = sum(one for one in swings if one is not None)
    shares = [None if swing is None else swing / total if total else 0.0 for swing in swings]
    found = [
        {**row, "share": share, **({} if share is None else {"result": metric, "result_middle": base})}
        for row, share in zip(rows, shares, strict=True)
    ]
    return sorted(found, key=lambda row: (-(row["share"] or 0.0), row["name"], row["handoff_id"]))
