"""The order of the roadmap, its stages and its dates."""

from datetime import date

import pytest

from toolkit.scoping.choice import Candidate
from toolkit.scoping.portfolio import Project, Rules, SharedCost
from toolkit.scoping.roadmap import Effort, Limits, roadmap

WEEK = Effort(saving_per_month=100, build_days=5, parallel_weeks=1)


def candidate(name: str, wave: int | None = 1, npv: float = 1000) -> Candidate:
    return Candidate(name, Project(name, 500, npv, 5), wave)


def test_the_first_stage_is_one_project_and_the_last_what_may_lose() -> None:
    """Who learns from one does the others better; what pays in the middle case only comes last, however fast it pays."""
    efforts = {"a": WEEK, "b": Effort(900, 5, 1), "c": Effort(9000, 1, 0)}

    found = roadmap([candidate("a"), candidate("b"), candidate("c", wave=2)], efforts, Limits())

    assert {name: (one.place, one.stage) for name, one in found.steps.items()} == {"b": (1, 1), "a": (2, 2), "c": (3, 3)}


def test_what_a_sure_project_needs_goes_before_it() -> None:
    """Even if it pays in the middle case only, or not at all."""
    found = roadmap(
        [candidate("a"), candidate("ground", wave=None, npv=-10), candidate("b")],
        {"a": Effort(10, 5, 1), "ground": Effort(0, 5, 1), "b": WEEK},
        Limits(),
        Rules(needs=(("a", "ground"),)),
    )

    assert list(found.steps) == ["b", "ground", "a"]
    assert {one.stage for one in found.steps.values()} == {1, 2}


def test_the_dates_follow_the_order_and_the_first_day() -> None:
    """Two weeks each: built in one, both ways in the next."""
    found = roadmap([candidate("a"), candidate("b")], {"a": WEEK, "b": WEEK}, Limits(start=date(2027, 1, 4)))

    assert [str(one.dates.live_on) for one in found.steps.values()] == ["2027-01-18", "2027-02-01"]
    assert found.steps["a"].cd3 == pytest.approx(100 / (2 * 12 / 52))


def test_what_waiting_costs_is_held_against_the_order_as_written() -> None:
    """Nine times the saving goes first: the other one waits two weeks longer."""
    found = roadmap([candidate("a"), candidate("b")], {"a": WEEK, "b": Effort(900, 5, 1)}, Limits())

    two_weeks = 2 * 12 / 52
    assert found.forgone == pytest.approx((900 + 2 * 100) * two_weeks)
    assert found.forgone_as_written == pytest.approx((100 + 2 * 900) * two_weeks)
    assert found.is_exact


def test_days_are_limited_only_when_their_quarters_are_said() -> None:
    """So many a quarter say how fast it goes; with the quarters, how much there is."""
    candidates, efforts = [candidate("a"), candidate("b", npv=900)], {"a": WEEK, "b": WEEK}

    open_end = roadmap(candidates, efforts, Limits(days_per_quarter=4))
    one_year = roadmap(candidates, efforts, Limits(days_per_quarter=2, quarters=4))

    assert list(open_end.steps) == ["a", "b"]
    assert list(one_year.steps) == ["a"]
    assert one_year.choices["b"].state == "wait"


def test_nothing_to_do_is_a_roadmap() -> None:
    """Without handoffs, or where all lose; shared costs of nobody are not paid."""
    rules = Rules(shared_costs=(SharedCost("plan", 100, ("a",)),))

    assert roadmap([], {}, Limits()).steps == {}
    found = roadmap([candidate("a", wave=None, npv=-1)], {"a": WEEK}, Limits(start=date(2027, 1, 4)), rules)
    assert (found.steps, found.forgone, found.portfolio.cost, found.shared_costs) == ({}, 0, 0, {"plan": 100})
