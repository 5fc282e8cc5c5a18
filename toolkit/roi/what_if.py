"""The business case again after an input has moved: only what the input touches is worked out.

A consultant moves a slider and waits. Draws of inputs that stayed are taken over; flows are laid out only where building,
parallel run or growth changed (`calendar`); handoffs that share nothing with the input stay as they were. The figures are
those of ``handoff_case``, ``portfolio_case``, ``recommendation`` and ``cost_input_table``, to the cent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.estimates import Estimate
from toolkit.roi.advice_tables import Money
from toolkit.roi.calendar import Calendar, Short, add_flows_so_far, calendar, npv_by_calendar
from toolkit.roi.case import case_outcome
from toolkit.roi.cost_inputs import calculation_terms, input_ends, term_ends, tried_cleanup
from toolkit.roi.draws import Drawn, handoff_drawn, own_values, shared_drawn
from toolkit.roi.inputs import HandoffInputs, KnownInputs, known_inputs
from toolkit.roi.judgement import payback_months
from toolkit.roi.model import Outcome, added_lines
from toolkit.roi.portfolio import TOTAL, cleanup_inputs, drawn_cleanup
from toolkit.roi.quantity import FloatArray
from toolkit.roi.recommendation import RECOMMENDED, Choice, first_choices, refused_choices
from toolkit.roi.sensitivity import Tried, tried_inputs
from toolkit.roi.simulation import Band, band
from toolkit.roi.summing import summed, unknown_outcome

_WITHIN_MONTHS = 12
# So that the flows of a block of trials stay in the processor's cache.
_TRIALS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CaseBands:
    """What a reader sees of a case: P10, P50 and P90 in the reporting currency, a month or in all; chances from 0 to 1.

    When it pays back is worked out for sets only, to a thousandth of a month.
    """

    cost_now: Band
    net_saving: Band
    hours_now: Band
    one_time: Band
    npv: Band
    payback_months: Band | None
    npv_positive: float | None
    payback_within_12_months: float | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The result with one input low and high, all others at their median; ``handoff_id`` is ``total`` for what all share."""

    handoff_id: str
    name: str
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the input moves the result."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkedHandoff:
    """One handoff worked out."""

    inputs: HandoffInputs
    known: KnownInputs
    drawn: Drawn
    outcome: Outcome
    calendar: Calendar
    npv: FloatArray
    tried: Tried | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WhatIf:
    """A business case with what it was worked out from, for the next one to take over.

    ``cases`` holds the handoffs, ``total`` and, where something is recommended, ``recommended``; ``moved`` is what moves the
    total's net present value most, widest first, or its cost a month now where it is incomplete (``moved_result``).
    """

    money: Money
    shared_drawn: Drawn
    worked: Mapping[str, WorkedHandoff]
    included: tuple[str, ...]
    missing: tuple[str, ...]
    cases: Mapping[str, CaseBands]
    choices: tuple[Choice, ...]
    moved: tuple[Moved, ...]
    moved_result: str
    moved_middle: float


def what_if(
    money: Money,
    *,
    before: WhatIf | None = None,
    given_terms: Mapping[str, Estimate] | None = None,
    not_compared: Collection[str] = (),
) -> WhatIf:
    """Return the business case of some inputs.

    Parameters
    ----------
    money
        Inputs of each handoff and of all, currency and terms.
    before
        The case of other inputs, to take over what has not changed.
    given_terms
        Terms of the calculation that somebody has given; the others are ours.
    not_compared
        Handoffs whose systems could not be compared.
    """
    terms = money.terms
    if before is not None and not _is_same_simulation(money, before.money):
        before = None
    known = {name: known_inputs(one, money.shared, money.currency) for name, one in money.handoffs.items()}
    # Every handoff knows the same of what all share.
    of_all = next(iter(known.values())).shared if known else cleanup_inputs(money.shared, money.currency).shared
    shared = shared_drawn(of_all, trials=terms.trials, seed=terms.seed, before=before.shared_drawn if before else None)
    worked = {
        name: _unchanged(name, one, shared, money, before) or _worked(name, known[name], shared, money, before)
        for name, one in money.handoffs.items()
    }
    complete = [name for name, one in known.items() if not one.missing]
    included = complete or [name for name, one in worked.items() if bool(np.isfinite(one.outcome.cost_now).all())]
    cleanup, lacking = drawn_cleanup(money.shared, money.currency, terms)
    bands = {name: band(one.npv) for name, one in worked.items()}
    choices = first_choices(bands, {name: one.missing for name, one in known.items()}, not_compared)
    connected = [one.handoff_id for one in choices if one.decision == "connect"]
    sets = {**({RECOMMENDED: connected} if connected else {}), TOTAL: included}
    cases = _cases(money, worked, cleanup, sets, before)
    if connected and (cases[RECOMMENDED].npv.p50 or 0.0) <= 0:
        choices = refused_choices(choices)
        del cases[RECOMMENDED]
    missing = tuple(sorted({name for one in included or known for name in known[one].missing} | {*lacking}))
    tried = _tried(money, worked, included, before, is_complete=not missing)
    worked = {name: replace(one, tried=tried.get(name)) for name, one in worked.items()}
    moved = _moved(money, known, tried, given_terms or {}, is_complete=not missing)
    return WhatIf(
        money=money,
        shared_drawn=shared,
        worked=worked,
        included=tuple(included),
        missing=missing,
        cases=cases,
        choices=tuple(choices),
        moved=moved,
        moved_result="cost_now_per_month" if missing else "npv",
        moved_middle=sum(one.base for one in tried.values()),
    )


def _is_same_simulation(one: Money, other: Money) -> bool:
    return (one.currency, one.terms.trials, one.terms.seed) == (other.currency, other.terms.trials, other.terms.seed)


def _unchanged(
    handoff_id: str, inputs: HandoffInputs, shared: Drawn, money: Money, before: WhatIf | None
) -> WorkedHandoff | None:
    """Return the handoff as it was worked out before, where nothing that it rests on has changed."""
    if before is None or handoff_id not in before.worked or not _are_same_around(shared, money, before):
        return None
    found = before.worked[handoff_id]
    return found if found.inputs == inputs else None


def _worked(handoff_id: str, known: KnownInputs, shared: Drawn, money: Money, before: WhatIf | None) -> WorkedHandoff:
    terms, inputs = money.terms, money.handoffs[handoff_id]
    last = before.worked.get(handoff_id) if before else None
    drawn = handoff_drawn(
        handoff_id, known.own, trials=terms.trials, seed=terms.seed, idle=known.idle, before=last.drawn if last else None
    )
    values = {
        **{name: np.array([np.nan]) for name in known.missing},
        **shared.values,
        **own_values(drawn, known.own),
    }
    outcome = case_outcome(values, inputs, known, terms, is_loss_added=money.shared.is_loss_added)
    [flow_terms] = outcome.flow_terms
    months = calendar(flow_terms, terms.annual_discount_rate, last.calendar if last else None)
    return WorkedHandoff(inputs, known, drawn, outcome, months, npv_by_calendar(flow_terms, months))


def _are_same_around(shared: Drawn, money: Money, last: WhatIf) -> bool:
    """Whether all that handoffs share is as it was."""
    return (
        money.terms == last.money.terms
        and money.shared.is_loss_added == last.money.shared.is_loss_added
        and shared.names == last.shared_drawn.names
        and shared.spreads == last.shared_drawn.spreads
    )


def _cases(
    money: Money,
    worked: Mapping[str, WorkedHandoff],
    cleanup: Outcome,
    sets: Mapping[str, Sequence[str]],
    before: WhatIf | None,
) -> dict[str, CaseBands]:
    """Return the case of every handoff and of every set of them."""
    found = {
        name: before.cases[name] if before and before.worked.get(name) is one else _bands(one.outcome, one.npv)
        for name, one in worked.items()
    }
    payback = _paybacks(money, worked, cleanup, sets)
    for key, held in sets.items():
        unknown = [] if held else [unknown_outcome(money.terms.horizon_months)]
        outcome = summed([*(worked[name].outcome for name in held), cleanup, *unknown])
        outcome = replace(outcome, added=added_lines(is_loss_added=money.shared.is_loss_added))
        npv = sum((worked[name].npv for name in held), -cleanup.one_time) if held else np.array([np.nan])
        found[key] = _bands(outcome, np.asarray(npv, dtype=np.float64), payback[key])
    return found


def _paybacks(
    money: Money, worked: Mapping[str, WorkedHandoff], cleanup: Outcome, sets: Mapping[str, Sequence[str]]
) -> dict[str, FloatArray]:
    """Return when each trial of a set pays back, a block of trials at a time."""
    months, trials = money.terms.horizon_months + 1, money.terms.trials
    found = {key: np.full(trials, np.inf) for key in sets}
    once = cleanup.one_time.astype(np.float32)
    for start in range(0, trials, _TRIALS_AT_ONCE):
        rows = slice(start, min(start + _TRIALS_AT_ONCE, trials))
        shape = months, rows.stop - rows.start
        spare = np.empty(shape, np.float32), np.empty(shape, np.float32)
        sums: dict[frozenset[str], Short] = {}
        for key, held in sets.items():
            if not held:
                continue
            members = frozenset(held)
            # What is recommended is most of the total, or all of it: only the rest is laid out.
            known = next((one for one in sums if one <= members), frozenset[str]())
            total = sums[known].copy() if known else np.zeros(shape, np.float32)
            for name in held:
                if name not in known:
                    [terms] = worked[name].outcome.flow_terms
                    add_flows_so_far(terms, worked[name].calendar, rows, total, spare)
            sums[members] = total
            so_far = total - (once if len(once) == 1 else once[rows])
            found[key][rows] = payback_months(so_far.astype(np.float64))
    return found


def _bands(outcome: Outcome, npv: FloatArray, payback: FloatArray | None = None) -> CaseBands:
    is_known = bool(np.isfinite(npv).all())
    return CaseBands(
        cost_now=band(outcome.cost_now),
        net_saving=band(outcome.net_saving),
        hours_now=band(outcome.hours_now),
        one_time=band(outcome.one_time),
        npv=band(npv),
        payback_months=None if payback is None else band(payback),
        npv_positive=float(np.mean(npv > 0)) if is_known else None,
        payback_within_12_months=float(np.mean(payback <= _WITHIN_MONTHS)) if is_known and payback is not None else None,
    )


def _tried(
    money: Money, worked: Mapping[str, WorkedHandoff], included: Sequence[str], before: WhatIf | None, *, is_complete: bool
) -> dict[str, Tried]:
    """Return the result of each handoff of the total at the ends of its inputs; what was tried before is taken over."""
    is_as_before = before is not None and is_complete == (not before.missing)
    found = {}
    for name in included:
        one = worked[name]
        kept = one.tried if is_as_before and before and before.worked.get(name) is one else None
        found[name] = kept or tried_inputs(
            one.inputs, money.shared, currency=money.currency, terms=money.terms, is_cost_now=not is_complete
        )
    if is_complete and included:
        found[TOTAL] = tried_cleanup(cleanup_inputs(money.shared, money.currency))
    return found


def _moved(
    money: Money,
    known: Mapping[str, KnownInputs],
    tried: Mapping[str, Tried],
    given_terms: Mapping[str, Estimate],
    *,
    is_complete: bool,
) -> tuple[Moved, ...]:
    ends: dict[tuple[str, str], tuple[float, float] | None] = {**input_ends(known, tried)}
    if is_complete and TOTAL in tried:
        growths = [money.handoffs[name].annual_volume_growth for name in tried if name != TOTAL]
        estimates = calculation_terms(given_terms)
        ends |= {(TOTAL, name): one for name, one in term_ends(estimates, tried, growths, money.terms).items()}
    rows = [Moved(*place, *one) for place, one in ends.items() if one is not None and one[0] != one[1]]
    return tuple(sorted(rows, key=lambda one: (-one.swing, one.name, one.handoff_id)))
