"""Portfolio and order of work against trying out everything, and the laws that both obey."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.scoping import sequence
from toolkit.scoping.needs import all_needed_by, needed_by
from toolkit.scoping.portfolio import Project, Rules, SharedCost, best_portfolio
from toolkit.scoping.sequence import Task, best_sequence

LETTERS = "abcdefghij"


@st.composite
def needs_among(draw: st.DrawFn, ids: str) -> tuple[tuple[str, str], ...]:
    """Return needs without a circle: a later letter may need an earlier one, whatever the letters stand for."""
    order = draw(st.permutations(ids))
    pairs = [(late, early) for early, late in combinations(order, 2)]
    return tuple(draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True))) if pairs else ()


@st.composite
def programs(draw: st.DrawFn) -> tuple[list[Project], Rules, float, float]:
    """Return small programs with few different amounts, so that many sets are worth the same."""
    ids = LETTERS[: draw(st.integers(1, 8))]
    amount = st.integers(0, 6).map(float)
    projects = [Project(one, draw(amount), draw(st.integers(-2, 6)), draw(amount)) for one in ids]
    groups = st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True).map(tuple)
    shared = [SharedCost(f"s{n}", draw(amount), users) for n, users in enumerate(draw(st.lists(groups, max_size=2)))]
    rules = Rules(draw(needs_among(ids)), tuple(draw(st.lists(groups, max_size=2))), tuple(shared))
    return projects, rules, draw(st.integers(0, 25)), draw(st.integers(0, 25))


def tried_out(projects: list[Project], rules: Rules, budget: float, days: float) -> tuple[float, float, tuple[str, ...]]:
    """Return worth, cost and ids of the best of all sets there are, each looked at in turn."""
    by_id = {one.project_id: one for one in projects}
    found = []
    for size in range(len(projects) + 1):
        for chosen in combinations(sorted(by_id), size):
            shared = sum(one.cost for one in rules.shared_costs if set(one.users) & set(chosen))
            cost = sum(by_id[name].cost for name in chosen) + shared
            is_bound = all(needed in chosen for one, needed in rules.needs if one in chosen)
            is_one_each = all(len(set(group) & set(chosen)) <= 1 for group in rules.exclusive)
            is_paid = cost <= budget and sum(by_id[name].person_days for name in chosen) <= days
            if is_bound and is_one_each and is_paid:
                found.append((shared - sum(by_id[name].npv for name in chosen), cost, chosen))
    loss, cost, chosen = min(found)
    return -loss, cost, chosen


@settings(max_examples=150, deadline=None)
@given(programs())
def test_a_portfolio_is_the_best_of_all_sets(program: tuple[list[Project], Rules, float, float]) -> None:
    """In worth, then in cost, then by name: as if each set had been looked at."""
    projects, rules, budget, days = program

    found = best_portfolio(projects, budget=budget, person_days=days, rules=rules)

    assert (found.npv, found.cost, found.selected) == tried_out(projects, rules, budget, days)


@settings(max_examples=40, deadline=None)
@given(programs(), st.integers(0, 10))
def test_a_portfolio_is_never_better_for_less(program: tuple[list[Project], Rules, float, float], less: float) -> None:
    """Less budget, fewer days, one project fewer or one rule more: never worth more; and it never loses money."""
    projects, rules, budget, days = program
    best = best_portfolio(projects, budget=budget, person_days=days).npv
    ruled = best_portfolio(projects, budget=budget, person_days=days, rules=rules).npv

    assert 0 <= ruled <= best <= best_portfolio(projects).npv
    assert best_portfolio(projects, budget=max(0, budget - less), person_days=days).npv <= best
    assert best_portfolio(projects, budget=budget, person_days=max(0, days - less)).npv <= best
    assert best_portfolio(projects[1:], budget=budget, person_days=days).npv <= best


@st.composite
def works(draw: st.DrawFn, most: int) -> tuple[list[Task], tuple[tuple[str, str], ...]]:
    ids = LETTERS[: draw(st.integers(1, most))]
    tasks = [Task(one, draw(st.integers(1, 8)) / 4, draw(st.integers(-2, 20)) * 50.0) for one in ids]
    return tasks, draw(needs_among(ids))


def forgone(order: tuple[str, ...], tasks: list[Task]) -> float:
    by_id, elapsed, total = {one.task_id: one for one in tasks}, 0.0, 0.0
    for name in order:
        elapsed += by_id[name].duration
        total += elapsed * by_id[name].saving_per_month
    return total


def is_feasible(order: tuple[str, ...], needs: tuple[tuple[str, str], ...]) -> bool:
    return all(order.index(needed) < order.index(one) for one, needed in needs)


@settings(max_examples=80, deadline=None)
@given(works(6))
def test_an_order_is_the_best_of_all_orders(work: tuple[list[Task], tuple[tuple[str, str], ...]]) -> None:
    """As if every order had been looked at; among equal ones the ids decide."""
    tasks, needs = work
    every = [order for order in permutations(sorted(one.task_id for one in tasks)) if is_feasible(order, needs)]
    least = min(forgone(order, tasks) for order in every)

    found = best_sequence(tasks, needs=needs)

    assert found.saving_forgone_while_waiting == pytest.approx(least)
    assert forgone(found.order, tasks) == pytest.approx(least)
    if needs:
        assert found.order == next(order for order in every if forgone(order, tasks) == pytest.approx(least))


@settings(max_examples=80, deadline=None)
@given(works(10))
def test_an_order_keeps_its_needs_and_is_never_worse_than_the_one_given(
    work: tuple[list[Task], tuple[tuple[str, str], ...]],
) -> None:
    """Nor does a need that falls away ever make it worse."""
    tasks, needs = work
    found = best_sequence(tasks, needs=needs)

    assert is_feasible(found.order, needs)
    assert found.saving_forgone_while_waiting <= found.forgone_as_given + 1e-9
    assert best_sequence(tasks, needs=needs[1:]).saving_forgone_while_waiting <= found.saving_forgone_while_waiting + 1e-9


@settings(max_examples=60, deadline=None)
@given(works(10))
def test_a_listed_order_keeps_its_needs_and_is_close_to_the_best(
    work: tuple[list[Task], tuple[tuple[str, str], ...]],
) -> None:
    """More than ten are listed; where both ways can be tried, listing forgoes at most twice as much."""
    tasks, needs = work
    direct = needed_by([one.task_id for one in tasks], needs)

    listed = sequence._listed({one.task_id: one for one in tasks}, all_needed_by(direct))

    assert is_feasible(listed, needs)
    if all(one.saving_per_month >= 0 for one in tasks):
        assert forgone(listed, tasks) <= 2 * best_sequence(tasks, needs=needs).saving_forgone_while_waiting + 1e-9
