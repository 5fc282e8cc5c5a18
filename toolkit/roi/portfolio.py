"""The business case of all handoffs together.

Trial by trial the handoffs share the inputs that are drawn once; otherwise the range of the total would be too narrow.

Source: cost model, sections 4, 5 and 10.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.errors import InputError
from toolkit.estimates import Estimate, Evidence
from toolkit.roi.case import CaseTerms, HandoffCase, judged, weakest_of
from toolkit.roi.draws import handoff_draws, likely_values, shared_draws
from toolkit.roi.inputs import CLEANUP_NAMES, HandoffInputs, KnownInputs, SharedInputs, known_inputs
from toolkit.roi.model import LINES, Outcome, added_lines
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.roi.quantity import FloatArray
from toolkit.roi.summing import shared_cleanup, summed, unknown_outcome
from toolkit.roi.wording import number_text
from toolkit.values.named_people import named_people

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PortfolioCase:
    """All handoffs together: ``total`` adds up ``included``; ``excluded`` lack inputs. Shared clean-up is paid once."""

    total: HandoffCase
    included: tuple[str, ...]
    excluded: tuple[str, ...]


def portfolio_case(
    cases: Sequence[HandoffCase],
    shared: SharedInputs,
    *,
    currency: str,
    terms: CaseTerms | None = None,
    case_id: str = TOTAL,
    people: Mapping[str, str] | None = None,
    hours_per_month: Mapping[str, float] | None = None,
) -> PortfolioCase:
    """Return the case of all handoffs together; trial by trial they share the inputs that are drawn once.

    Parameters
    ----------
    cases
        Made with the same terms. Those with missing inputs stay out of the total, unless all of them have some.
    shared
        The same as for the cases; the clean-up it names is added here, once.
    currency, terms
        As for the cases; terms are needed where there may be no case.
    case_id
        What the sum is called.
    people
        Who carries each handoff, one or several, by handoff id.
    hours_per_month
        Hours that a person works in a month; above 60 % of them in handoffs a warning asks for double counting.

    Raises
    ------
    InputError
        The cases were made with different terms or currencies: their trials do not belong together.
    """
    agreed = terms or (cases[0].terms if cases else CaseTerms())
    if any(case.terms != agreed or case.currency != currency for case in cases):
        raise InputError(
            "The cases were computed with different horizons, rates, seeds or currencies. "
            "Compute them again with the same ones before adding them up."
        )
    included = [case for case in cases if case.is_complete] or [case for case in cases if case.has_cost_now]
    unknown = [] if included else [unknown_outcome(agreed.horizon_months)]
    single_cleanup, drawn_cleanup, missing = _shared_cleanup(shared, currency, agreed)
    single, simulated = (
        replace(summed([*found, cleanup, *unknown]), added=added_lines(is_loss_added=shared.is_loss_added))
        for found, cleanup in (
            ([case.single for case in included], single_cleanup),
            ([case.simulated for case in included], drawn_cleanup),
        )
    )
    total = HandoffCase(
        handoff_id=case_id,
        currency=currency,
        terms=agreed,
        missing=tuple(sorted({*missing, *(name for case in included or cases for name in case.missing)})),
        defaults=tuple(sorted({name for case in included for name in case.defaults})),
        warnings=hours_warnings(included, people or {}, hours_per_month or {}),
        single=single,
        simulated=simulated,
        judged_single=judged(single, agreed),
        judged_simulated=judged(simulated, agreed),
        line_evidence={line: _weakest_of_costly(included, line) for line in LINES},
        after_evidence=weakest_of([case.after_evidence for case in included]),
        one_time_evidence=weakest_of([*(case.one_time_evidence for case in included), *_cleanup_evidence(shared)]),
        formulas={line: _sum_formula(included, line) for line in (*LINES, "hours_now", "hours_after", "cash_tied_up")},
        cash_share=shared.cash_share,
    )
    names = tuple(case.handoff_id for case in included)
    return PortfolioCase(total, names, tuple(case.handoff_id for case in cases if case.handoff_id not in names))


def hours_warnings(
    cases: Sequence[HandoffCase], people: Mapping[str, str], hours_per_month: Mapping[str, float]
) -> tuple[str, ...]:
    """Return a sentence for each person whose handoffs take more than 60 % of the hours worked.

    Parameters
    ----------
    cases
        The handoffs' cases; their hours are those of today.
    people
        Who carries each handoff, one or several, by handoff id.
    hours_per_month
        Hours that a person works in a month; who is not named is not judged.

    Examples
    --------
    >>> hours_warnings([], {}, {})
    ()
    """
    hours: dict[str, float] = {}
    for case in cases:
        names = named_people(people.get(case.handoff_id, ""))
        for person in names:
            # Nobody says who does how much of it: each takes an equal part.
            hours[person] = hours.get(person, 0.0) + case.single.hours_now.item() / len(names)
    return tuple(
        f"The handoffs of {person} take {taken:.0f} of {hours_per_month[person]:.0f} hours a month. "
        "Check that no minutes are counted in two of them."
        for person, taken in sorted(hours.items())
        if person in hours_per_month and taken > 0.60 * hours_per_month[person]
    )


def _shared_cleanup(shared: SharedInputs, currency: str, terms: CaseTerms) -> tuple[Outcome, Outcome, tuple[str, ...]]:
    """Return the outcome of the shared clean-up at its likely values, drawn, and what is missing for it."""
    drawn, missing = drawn_cleanup(shared, currency, terms)
    likely = {**_unknown_rate(missing), **likely_values(cleanup_inputs(shared, currency).all)}
    return shared_cleanup(likely, terms.horizon_months), drawn, missing


def drawn_cleanup(shared: SharedInputs, currency: str, terms: CaseTerms) -> tuple[Outcome, tuple[str, ...]]:
    """Return the simulated outcome of the clean-up that serves all handoffs together, and what is missing for it.

    Parameters
    ----------
    shared, currency, terms
        As for the cases.
    """
    known = cleanup_inputs(shared, currency)
    # Without records to clean an unknown hourly rate does not matter; with some it makes the cost unknown.
    needs_rate = bool(_records_to_clean(shared)) and "loaded_rate_per_hour" not in known.all
    missing = ("loaded_rate_per_hour",) if needs_rate else ()
    # Of these draws only the clean-up is read; the other columns keep the numbers of each where they were.
    drawn = {
        **_unknown_rate(missing),
        **shared_draws(known.shared, trials=terms.trials, seed=terms.seed),
        **handoff_draws(
            TOTAL, known.own, trials=terms.trials, seed=terms.seed, idle=frozenset(known.own).difference(CLEANUP_NAMES)
        ),
    }
    return shared_cleanup(drawn, terms.horizon_months), missing


def _unknown_rate(missing: tuple[str, ...]) -> dict[str, FloatArray]:
    return {"loaded_rate_per_hour": np.array([np.nan if missing else 0.0])}


def cleanup_inputs(shared: SharedInputs, currency: str) -> KnownInputs:
    """Return the inputs of the clean-up that serves all handoffs together, beside the shared ones."""
    given = {name: one for name in CLEANUP_NAMES if (one := getattr(shared, name)) is not None}
    return known_inputs(HandoffInputs(**given), shared, currency)


def _records_to_clean(shared: SharedInputs) -> list[Estimate]:
    return [one for one in (shared.duplicate_records, shared.mismatched_records) if one is not None and one.high > 0]


def _cleanup_evidence(shared: SharedInputs) -> list[Evidence]:
    """Return the evidence of the shared clean-up: its counts and its minutes; none where nothing is to be cleaned."""
    pairs = (
        (shared.duplicate_records, shared.cleanup_minutes_per_duplicate),
        (shared.mismatched_records, shared.cleanup_minutes_per_mismatch),
    )
    return [
        evidence
        for records, minutes in pairs
        if records is not None and records.high > 0
        for evidence in (records.evidence, minutes.evidence if minutes else "default")
    ]


def _sum_formula(cases: Sequence[HandoffCase], line: str) -> str:
    """Return a line of the total as the sum over the handoffs: today's cost, or for running cost the one after."""
    if cases and all(case.formulas[line] == NOT_COMPARED for case in cases):
        return NOT_COMPARED
    amounts = [(case.handoff_id, _of_line(case.single, line).item()) for case in cases]
    return (
        " + ".join(f"{name} {number_text(amount)}" for name, amount in amounts if amount and not math.isnan(amount))
        or "none"
    )


def _of_line(single: Outcome, line: str) -> FloatArray:
    match line:
        case "hours_now":
            return single.hours_now
        case "hours_after":
            return single.hours_after
        case "cash_tied_up":
            return single.working_capital_now
        case "running":
            return single.running
        case _:
            return single.now[line]


def _weakest_of_costly(cases: Sequence[HandoffCase], line: str) -> Evidence:
    return weakest_of(
        [
            case.line_evidence[line]
            for case in cases
            if np.any(case.single.now[line] != 0) or np.any(case.single.after[line] != 0)
        ]
    )
