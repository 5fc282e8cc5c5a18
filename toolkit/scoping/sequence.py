"""In which order one team does the projects: so that as little saving as possible is forgone while it waits.

Durations are in months. Each project saves nothing until it is finished, so an order costs the sum of saving x finish.
Without needs, the most saving for its time first is best. With needs the order is exact for up to ten projects; for more,
blocks are listed: of all projects with what they still need before them, the block that saves most for its time goes next.

Source: cost model, section 13. Smith, "Various optimizers for single-stage production", Naval Research Logistics Quarterly 3
(1956), p. 59; Sidney, "Decomposition algorithms for single-machine sequencing with precedence relations", Operations
Research 23 (1975), p. 283.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from toolkit.roi.cash_flow import cd3
from toolkit.scoping.amounts import checked, checked_ids
from toolkit.scoping.needs import Need, all_needed_by, in_feasible_order, needed_by

EXACT_UP_TO = 10


@dataclass(frozen=True, slots=True)
class Task:
    """One project in the order of work: how many months it takes, and what it saves a month from then on."""

    task_id: str
    duration: float
    saving_per_month: float


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """The order of work, and what it costs in waiting.

    ``saving_forgone_while_waiting`` is the sum of saving x finish, ``forgone_as_given`` the same for the order in which the
    tasks were given, moved only as far as their needs ask. ``cd3`` is the saving per month of duration, null for what
    takes no time; ``order_by_cd3`` is the order by it, as if nothing needed anything. ``is_exact`` says whether no order
    is better, or only no better one was found.
    """

    order: tuple[str, ...]
    finish: Mapping[str, float]
    saving_forgone_while_waiting: float
    forgone_as_given: float
    cd3: Mapping[str, float | None]
    order_by_cd3: tuple[str, ...]
    is_exact: bool


def best_sequence(tasks: Sequence[Task], *, needs: Iterable[Need] = ()) -> WorkOrder:
    """Return the order in which one team forgoes least while it works.

    Parameters
    ----------
    tasks
        What is to be done, one after another.
    needs
        Pairs ``(a, b)``: b is finished before a begins.

    Raises
    ------
    InputError
        A duration is below zero or no number, a saving no number, or tasks need each other in a circle.
    UnknownNameError
        A need names a task that there is not.

    Examples
    --------
    >>> found = best_sequence([Task("shop", 2, 760), Task("feed", 0.25, 300)])
    >>> found.order, found.saving_forgone_while_waiting, found.forgone_as_given
    (('feed', 'shop'), 1785.0, 2195.0)
    """
    for one in tasks:
        checked(one.duration, f"the duration of {one.task_id!r}")
        checked(one.saving_per_month, f"the saving of {one.task_id!r}", least=None)
    ids = checked_ids([one.task_id for one in tasks], "project")
    direct = needed_by(ids, needs)
    by_id = {one.task_id: one for one in tasks}
    is_free, is_exact = not any(direct.values()), len(ids) <= EXACT_UP_TO
    by_ratio = tuple(sorted(ids, key=lambda name: (-_ratio([by_id[name]]), name)))
    order = by_ratio if is_free else _exact(by_id, direct) if is_exact else _listed(by_id, all_needed_by(direct))
    finish = _finished(order, by_id)
    return WorkOrder(
        order=order,
        finish=finish,
        saving_forgone_while_waiting=_forgone(finish, by_id),
        forgone_as_given=_forgone(_finished(in_feasible_order(ids, direct), by_id), by_id),
        cd3={name: cd3(one.saving_per_month, one.duration) if one.duration else None for name, one in by_id.items()},
        order_by_cd3=by_ratio,
        is_exact=is_free or is_exact,
    )


def _exact(tasks: Mapping[str, Task], direct: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the best order of all: for each set of tasks that can be finished first, the best way to finish it."""
    names = sorted(tasks)
    bit = {name: 1 << place for place, name in enumerate(names)}
    before = {name: sum(bit[needed] for needed in direct[name]) for name in names}
    tolerance = 1e-12 * math.fsum(abs(one.saving_per_month) for one in tasks.values())
    tolerance *= math.fsum(one.duration for one in tasks.values())
    best: dict[int, tuple[float, float, tuple[str, ...]]] = {0: (0.0, 0.0, ())}
    for done in range(1 << len(names)):
        if done not in best:
            continue
        forgone, elapsed, order = best[done]
        for name in names:
            if done & bit[name] or before[name] & ~done:
                continue
            end = elapsed + tasks[name].duration
            found = (forgone + tasks[name].saving_per_month * end, end, (*order, name))
            known = best.get(done | bit[name])
            # Orders that differ by what floating point loses are equal: then the ids decide.
            is_less = known is None or found[0] < known[0] - tolerance
            if known is None or is_less or (found[0] <= known[0] + tolerance and found[2] < known[2]):
                best[done | bit[name]] = found
    return best[(1 << len(names)) - 1][2]


def _listed(tasks: Mapping[str, Task], all_needed: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return an order by blocks: again and again the task that, with what it still needs, saves most for its time."""
    order: list[str] = []
    left = set(tasks)
    while left:
        blocks = {name: (all_needed[name] & left) | {name} for name in left}
        best = min(blocks, key=lambda name: (-_ratio([tasks[one] for one in blocks[name]]), len(blocks[name]), name))
        within = {name: tasks[name] for name in blocks[best] - {best}}
        order += [*_listed(within, all_needed), best]
        left -= blocks[best]
    return tuple(order)


def _ratio(block: Sequence[Task]) -> float:
    """Return the saving of a block for its time; what takes no time and saves something goes before everything."""
    saving, duration = math.fsum(one.saving_per_month for one in block), math.fsum(one.duration for one in block)
    if duration:
        return cd3(saving, duration)
    return math.copysign(math.inf, saving) if saving else 0.0


def _finished(order: Sequence[str], tasks: Mapping[str, Task]) -> dict[str, float]:
    ends = accumulate(tasks[name].duration for name in order)
    return dict(zip(order, ends, strict=True))


def _forgone(finish: Mapping[str, float], tasks: Mapping[str, Task]) -> float:
    return math.fsum(tasks[name].saving_per_month * end for name, end in finish.items())
