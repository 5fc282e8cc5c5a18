"""Which handoffs to connect, in which order, and which to leave as they are: the set that pays, not all of them.

The low case goes first: what pays even where one case in ten is worse comes in the first wave and is recommended. What pays
in the middle case only comes in a second wave, to be decided when the first runs; where there is no first, it is what we
recommend. What does not pay stays by hand. The clean-up that serves all is paid by the set: where the set does not carry it,
nothing is recommended.

Source: cost model, sections 12 and 13.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from toolkit.roi.case import HandoffCase
from toolkit.roi.cash_flow import cd3
from toolkit.roi.inputs import SharedInputs
from toolkit.roi.portfolio import PortfolioCase, portfolio_case
from toolkit.roi.simulation import Band, band

RECOMMENDED = "recommended"

Decision = Literal["connect", "later", "by_hand", "unknown"]
Reason = Literal["pays_low", "pays_median", "loses", "cleanup", "missing_inputs", "not_compared"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do with one handoff, and why; ``wave`` is null where it is not to be connected."""

    handoff_id: str
    decision: Decision
    reason: Reason
    wave: int | None
    lacking: tuple[str, ...]
    npv_low: float | None
    npv_median: float | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A choice for every handoff, in the order of doing, and the case of those to connect; null where there are none."""

    choices: tuple[Choice, ...]
    case: HandoffCase | None

    @property
    def connected(self) -> tuple[str, ...]:
        """The handoffs to connect."""
        return tuple(one.handoff_id for one in self.choices if one.decision == "connect")


def recommendation(
    cases: Sequence[HandoffCase],
    portfolio: PortfolioCase,
    shared: SharedInputs,
    *,
    not_compared: Collection[str] = (),
) -> Recommendation:
    """Return what to do with each handoff.

    Parameters
    ----------
    cases
        The handoffs' cases.
    portfolio
        All of them together.
    shared
        As for the cases: the clean-up is paid by the set.
    not_compared
        Handoffs whose systems could not be compared.
    """
    by_id = {case.handoff_id: case for case in cases}
    worth = {case.handoff_id: band(case.judged_simulated.npv) for case in cases}
    choices = first_choices(worth, {case.handoff_id: case.missing for case in cases}, not_compared)
    chosen = [by_id[one.handoff_id] for one in choices if one.decision == "connect"]
    if not chosen:
        return Recommendation(_in_order(choices, by_id), None)
    total = portfolio.total
    case = portfolio_case(chosen, shared, currency=total.currency, terms=total.terms, case_id=RECOMMENDED).total
    median = band(case.judged_simulated.npv).p50
    if median is None or median <= 0:
        return Recommendation(_in_order(refused_choices(choices), by_id), None)
    return Recommendation(_in_order(choices, by_id), case)


def first_choices(
    worth: Mapping[str, Band], missing: Mapping[str, tuple[str, ...]], not_compared: Collection[str] = ()
) -> list[Choice]:
    """Return what to do with each handoff by its own worth, before what the set pays for together.

    Parameters
    ----------
    worth
        The net present value of each handoff, by its id.
    missing
        The inputs that each lacks.
    not_compared
        Handoffs whose systems could not be compared.
    """
    choices = [_choice(name, one, missing[name], is_compared=name not in not_compared) for name, one in worth.items()]
    if any(one.wave == 1 for one in choices):
        choices = [replace(one, decision="later") if one.wave == 2 else one for one in choices]
    return choices


def refused_choices(choices: Sequence[Choice]) -> list[Choice]:
    """Return the choices where the set does not carry the clean-up that serves all: nothing is connected."""
    return [replace(one, decision="by_hand", reason="cleanup", wave=None) if one.wave else one for one in choices]


def _choice(handoff_id: str, worth: Band, missing: tuple[str, ...], *, is_compared: bool) -> Choice:
    if worth.p10 is None or worth.p50 is None:
        reason: Reason = "missing_inputs" if is_compared else "not_compared"
        return Choice(handoff_id, "unknown", reason, None, missing, None, None)
    if worth.p10 > 0:
        return Choice(handoff_id, "connect", "pays_low", 1, (), worth.p10, worth.p50)
    if worth.p50 > 0:
        return Choice(handoff_id, "connect", "pays_median", 2, (), worth.p10, worth.p50)
    return Choice(handoff_id, "by_hand", "loses", None, (), worth.p10, worth.p50)


def _in_order(choices: Sequence[Choice], cases: Mapping[str, HandoffCase]) -> tuple[Choice, ...]:
    """Return the first wave, the second, what stays and what is unknown; in a wave what saves most for its time first."""

    def place(one: Choice) -> tuple[int, float, str]:
        order = one.wave or (3 if one.decision == "by_hand" else 4)
        return order, -_saving_for_its_time(cases[one.handoff_id]) if one.wave else 0.0, one.handoff_id

    return tuple(sorted(choices, key=place))


def _saving_for_its_time(case: HandoffCase) -> float:
    """Return the saving a month over the months that building takes: for one team descending order is best."""
    [terms] = case.single.flow_terms
    months = (terms.build_months + terms.parallel_months).item()
    return cd3(float(np.median(case.simulated.net_saving)), max(months, 1e-9))
