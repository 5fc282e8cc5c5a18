"""Which projects are chosen when not all can be paid, and what is refused."""

import math

import pytest

from toolkit.errors import InputError, UnknownNameError
from toolkit.scoping.portfolio import Portfolio, Project, Rules, SharedCost, best_portfolio

FEED = Project("feed", 500, 5200, 2)
SYNC = Project("sync", 3000, 9400, 5)
VIEW = Project("view", 6000, 12_500, 20)
NOTHING = Portfolio((), 0.0, 0.0, 0.0, ())


def test_without_a_limit_all_that_is_worth_something_is_done() -> None:
    """A project that loses money is left, whatever the budget."""
    loser = Project("loser", 10, -1)

    assert best_portfolio([VIEW, SYNC, FEED, loser]) == Portfolio(("feed", "sync", "view"), 27_100, 9500, 27, ())


def test_a_budget_is_spent_to_the_last_cent_and_not_beyond() -> None:
    """What costs exactly the budget is bought; a cent less, and it is not."""
    assert best_portfolio([SYNC], budget=3000).selected == ("sync",)
    assert best_portfolio([SYNC], budget=2999.99) == NOTHING


def test_a_budget_below_everything_buys_nothing() -> None:
    """That is an answer, not an error."""
    assert best_portfolio([FEED, SYNC, VIEW], budget=100) == NOTHING
    assert best_portfolio([FEED], budget=0) == NOTHING


def test_days_are_a_limit_of_their_own() -> None:
    """Money is left, but nobody to do the work."""
    assert best_portfolio([FEED, SYNC, VIEW], person_days=7).selected == ("feed", "sync")


def test_what_something_needs_is_paid_with_it() -> None:
    """A loser is done where it carries a winner, and both are left where the budget covers one."""
    ground = Project("ground", 2000, -1500)
    needs = Rules(needs=(("view", "ground"),))

    assert best_portfolio([VIEW, ground], rules=needs).selected == ("ground", "view")
    assert best_portfolio([VIEW, ground], budget=7000, rules=needs) == NOTHING


def test_of_alternatives_one_is_done() -> None:
    """Two ways to connect the same handoff are never both paid."""
    found = best_portfolio([SYNC, Project("native", 400, 5100)], rules=Rules(exclusive=(("sync", "native"),)))

    assert found.selected == ("sync",)


def test_a_shared_cost_is_paid_once() -> None:
    """One subscription for two projects costs once, from the worth and from the budget; unused, it costs nothing."""
    plan = Rules(shared_costs=(SharedCost("plan", 5000, ("feed", "sync")),))

    assert best_portfolio([FEED, SYNC], rules=plan) == Portfolio(("feed", "sync"), 9600, 8500, 7, ("plan",))
    assert best_portfolio([FEED, SYNC], budget=8499, rules=plan).selected == ("sync",)
    assert best_portfolio([FEED], rules=Rules(shared_costs=(SharedCost("plan", 6000, ("feed",)),))) == NOTHING


def test_equal_sets_are_told_apart_by_cost_and_then_by_name() -> None:
    """The same figures give the same answer, in whatever order the projects stand."""
    dear, cheap, other = Project("a", 200, 100), Project("c", 100, 100), Project("b", 100, 100)
    one = Rules(exclusive=(("a", "b", "c"),))

    assert best_portfolio([dear, cheap, other], rules=one).selected == ("b",)
    assert best_portfolio([other, cheap, dear], rules=one).selected == ("b",)


def test_a_set_ends_where_nothing_is_added() -> None:
    """What comes after it by name, costs nothing and is worth nothing, is left; without projects there is no set."""
    assert best_portfolio([FEED, Project("zero", 0, 0)]).selected == ("feed",)
    assert best_portfolio([]) == NOTHING


def test_projects_in_a_circle_are_refused_by_name() -> None:
    """Who reads the message sees which need to take away."""
    circle = Rules(needs=(("feed", "sync"), ("sync", "view"), ("view", "feed")))

    with pytest.raises(InputError, match=r"circle.*'feed' needs 'sync'") as told:
        best_portfolio([FEED, SYNC, VIEW], rules=circle)

    assert all(f"{one!r} needs {other!r}" in str(told.value) for one, other in circle.needs)


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_amounts_that_cannot_be_are_refused(value: float) -> None:
    """No number, no end, or below zero: the message says of what."""
    for projects in ([Project("feed", value, 1)], [Project("feed", 1, 1, value)]):
        with pytest.raises(InputError, match="feed"):
            best_portfolio(projects)
    with pytest.raises(InputError, match="budget"):
        best_portfolio([FEED], budget=value)
    with pytest.raises(InputError, match="days"):
        best_portfolio([FEED], person_days=value)
    with pytest.raises(InputError, match="plan"):
        best_portfolio([FEED], rules=Rules(shared_costs=(SharedCost("plan", value, ("feed",)),)))


def test_a_worth_may_be_negative_but_must_be_a_number() -> None:
    """A loss is a figure; nothing at all is none."""
    with pytest.raises(InputError, match="net present value of 'feed'"):
        best_portfolio([Project("feed", 1, math.nan)])


def test_names_that_nothing_has_are_refused() -> None:
    """The nearest known one is offered."""
    for rules in (
        Rules(needs=(("feed", "synk"),)),
        Rules(exclusive=(("feed", "synk"),)),
        Rules(shared_costs=(SharedCost("plan", 1, ("synk",)),)),
    ):
        with pytest.raises(UnknownNameError, match="Did you mean 'sync'"):
            best_portfolio([FEED, SYNC], rules=rules)
    with pytest.raises(InputError, match="two projects named 'feed'"):
        best_portfolio([FEED, FEED])
    with pytest.raises(InputError, match="empty name"):
        best_portfolio([Project("", 1, 1)])
