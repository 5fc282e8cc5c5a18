"""In which order handoffs deserve attention: by money, by an index for early interviews, and by scores that clients ask for.

Money is today's cost per month. Impact comes before ease; only among costs that are nearly the same the easier one goes
first. What lacks a number is listed as incomplete: it is never taken for zero.

Source: cost model, section 12. Reinertsen, Principles of Product Development Flow, 2009 (WSJF); RICE after Intercom, 2016.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from toolkit.errors import InputError
from toolkit.roi.quantity import FloatArray
from toolkit.scoping.amounts import checked, checked_ids

NEARLY_THE_SAME = 0.10
"""Costs within this share of the highest count as the same, and the easier one goes first (section 12, rule 4)."""
TOP = 3


@dataclass(frozen=True, slots=True)
class Impact:
    """What a handoff costs today, and how many days connecting it takes; null where nobody knows."""

    handoff_id: str
    cost_now_per_month: float | None
    build_days: float | None = None


@dataclass(frozen=True, slots=True)
class Factors:
    """The three factors of the index; null where nobody knows.

    ``volume_per_month`` is in items, ``error_rate`` a share, ``delay_cost_per_month`` in currency.
    """

    handoff_id: str
    volume_per_month: float | None
    error_rate: float | None
    delay_cost_per_month: float | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ids, the first the most urgent, and those that lack a number and have no rank."""

    order: tuple[str, ...]
    incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index of 0 to 100 by id, in the order given; null where a factor is missing. ``ranking`` orders the others."""

    scores: Mapping[str, float | None]
    ranking: Ranking


def money_ranking(impacts: Sequence[Impact], *, nearly_the_same: float = NEARLY_THE_SAME) -> Ranking:
    """Return the handoffs by what they cost today, the dearest first.

    Of those whose cost is within a tenth of the dearest left, the one that takes the fewest days goes first; one whose days
    are unknown goes last of them.

    Parameters
    ----------
    impacts
        The handoffs.
    nearly_the_same
        Share below the dearest that counts as the same.

    Raises
    ------
    InputError
        A cost or a number of days is below zero or no number.

    Examples
    --------
    >>> money_ranking([Impact("a", 400, 10), Impact("b", 380, 2), Impact("c", 900, 20), Impact("d", None)])
    Ranking(order=('c', 'b', 'a'), incomplete=('d',))
    """
    checked_ids([one.handoff_id for one in impacts], "handoff")
    near = checked(nearly_the_same, "the share that counts as nearly the same")
    ranked = [(_cost(one), _days(one), one.handoff_id) for one in impacts if one.cost_now_per_month is not None]
    left = sorted(ranked, key=lambda one: (-one[0], one[2]))
    order: list[str] = []
    while left:
        group = [one for one in left if one[0] >= left[0][0] * (1 - near)]
        order += [name for _, _, name in sorted(group, key=lambda one: (one[1], -one[0], one[2]))]
        left = left[len(group) :]
    return Ranking(tuple(order), tuple(one.handoff_id for one in impacts if one.cost_now_per_month is None))


def priority_index(factors: Sequence[Factors], *, weights: Sequence[float] = (1 / 3, 1 / 3, 1 / 3)) -> Index:
    """Return an index of 0 to 100 from volume, error rate and delay cost, each as a share of its maximum.

    It is for early interviews that have no money values yet. A factor that is zero everywhere adds nothing.

    Parameters
    ----------
    factors
        The handoffs. Maxima are taken over those that lack nothing.
    weights
        Of volume, error rate and delay cost; they add up to 1.

    Raises
    ------
    InputError
        A factor or a weight is below zero or no number, or the weights do not add up to 1.

    Examples
    --------
    >>> daily, weekly = Factors("daily", 21.6667, 0.10, 50), Factors("weekly", 4.3333, 0, 0)
    >>> {name: round(score, 1) for name, score in priority_index([daily, weekly]).scores.items()}
    {'daily': 100.0, 'weekly': 6.7}
    """
    checked_ids([one.handoff_id for one in factors], "handoff")
    shares = [checked(one, "a weight of the index") for one in weights]
    if len(shares) != 3 or not math.isclose(sum(shares), 1, abs_tol=1e-6):
        raise InputError(f"The index has three weights that add up to 1, not {list(weights)!r}. Correct them.")
    columns = [field.name for field in fields(Factors)[1:]]
    rows = {
        one.handoff_id: [_given(getattr(one, name), name.replace("_", " "), one.handoff_id) for name in columns]
        for one in factors
        if all(getattr(one, name) is not None for name in columns)
    }
    highest = [max((row[place] for row in rows.values()), default=0.0) for place in range(3)]
    scores = {
        name: 100 * math.fsum(w * x / top for w, x, top in zip(shares, row, highest, strict=True) if top > 0)
        for name, row in rows.items()
    }
    order = sorted(scores, key=lambda name: (-scores[name], name))
    incomplete = tuple(one.handoff_id for one in factors if one.handoff_id not in rows)
    return Index({one.handoff_id: scores.get(one.handoff_id) for one in factors}, Ranking(tuple(order), incomplete))


def rice(reach: float, impact: float, confidence: float, effort: float) -> float:
    """Return reach x impact x confidence / effort.

    Parameters
    ----------
    reach, impact
        How many are reached in the period, and how much each gains, by the client's own scale.
    confidence
        Share, 0 to 1.
    effort
        Person-months, above 0.

    Raises
    ------
    InputError
        A number is below zero or none, the confidence above 1, or the effort zero.

    Examples
    --------
    >>> round(rice(50, 2, 0.8, 1.5), 2)
    53.33
    """
    if checked(confidence, "the confidence") > 1:
        raise InputError(f"The confidence is {confidence:g}. It is a share, from 0 to 1. Correct it.")
    product = checked(reach, "the reach") * checked(impact, "the impact") * confidence
    return product / _above_zero(effort, "the effort")


def wsjf(business_value: float, time_criticality: float, risk_opportunity: float, job_size: float) -> float:
    """Return the weighted shortest job first score: the sum of three kinds of points over the size of the job.

    Points are no money and answer no question of cost against benefit; ``cd3`` of the cash flows is the version in money.

    Parameters
    ----------
    business_value, time_criticality, risk_opportunity
        Points, each at least 0.
    job_size
        Points, above 0.

    Raises
    ------
    InputError
        A number is below zero or none, or the size is zero.

    Examples
    --------
    >>> wsjf(8, 5, 3, 5)
    3.2
    """
    points = {
        "business value": business_value,
        "time criticality": time_criticality,
        "risk or opportunity": risk_opportunity,
    }
    total = math.fsum(checked(value, f"the {name}") for name, value in points.items())
    return total / _above_zero(job_size, "the job size")


def top_shares(trials: Mapping[str, FloatArray], *, top: int = TOP) -> dict[str, float]:
    """Return in which share of the simulated trials each handoff is among the first: how stable the ranking is.

    Parameters
    ----------
    trials
        What each handoff is ranked by, the highest first, one number per trial. All drawn together: trial n of one belongs
        to trial n of the others.
    top
        How many count as the first.

    Raises
    ------
    InputError
        A trial is no number.

    Examples
    --------
    >>> costs = {"a": np.array([9.0, 1.0]), "b": np.array([5.0, 5.0]), "c": np.array([1.0, 9.0])}
    >>> top_shares(costs, top=2)
    {'a': 0.5, 'b': 1.0, 'c': 0.5}
    """
    if not trials:
        return {}
    names = sorted(trials)
    table = np.stack(np.broadcast_arrays(*(np.atleast_1d(trials[name]) for name in names)))
    for name, row in zip(names, table, strict=True):
        if not np.isfinite(row).all():
            raise InputError(f"A simulated value of {name!r} is no number. Leave out what is incomplete before ranking.")
    # A stable sort over ids in order: where two are equal in a trial, the first id is the first.
    places = np.argsort(np.argsort(-table, axis=0, kind="stable"), axis=0)
    shares = dict(zip(names, (places < top).mean(axis=1).tolist(), strict=True))
    return {name: shares[name] for name in trials}


def _cost(one: Impact) -> float:
    return _given(one.cost_now_per_month, "cost now", one.handoff_id)


def _days(one: Impact) -> float:
    return math.inf if one.build_days is None else _given(one.build_days, "number of build days", one.handoff_id)


def _given(value: float | None, what: str, handoff_id: str) -> float:
    return checked(math.nan if value is None else value, f"the {what} of {handoff_id!r}")


def _above_zero(value: float, what: str) -> float:
    if checked(value, what) == 0:
        raise InputError(f"T{what[1:]} is 0. Nothing can be divided by it. Give one above 0.")
    return value
