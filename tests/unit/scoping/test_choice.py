"""Which handoffs are connected, and the reason for each that is not."""

import pytest

from toolkit.errors import InputError, UnknownNameError
from toolkit.scoping.choice import Candidate, Choice, chosen
from toolkit.scoping.portfolio import Project, Rules, SharedCost


def candidate(name: str, cost: float, npv: float, days: float = 5, wave: int | None = 1) -> Candidate:
    return Candidate(name, Project(name, cost, npv, days), wave)


FEED, SYNC, VIEW = candidate("feed", 500, 5200), candidate("sync", 3000, 9400), candidate("view", 6000, 12_500, 20)
LOSER = candidate("loser", 900, -50, wave=None)


def test_what_pays_is_done_and_says_how_surely() -> None:
    """In the low case too, or in the middle one only."""
    found = chosen([FEED, candidate("maybe", 10, 5, wave=2)])

    assert found.portfolio.selected == ("feed", "maybe")
    assert found.choices["feed"] == Choice("do", "Pays even where one case in ten is worse.")
    assert "decide when what goes before it runs" in found.choices["maybe"].reason


def test_what_loses_stays_by_hand_unless_something_needs_it() -> None:
    """Then it is done, and the reason says for whom."""
    alone = chosen([FEED, LOSER]).choices["loser"]
    needed = chosen([FEED, LOSER], rules=Rules(needs=(("feed", "loser"),))).choices["loser"]

    assert (alone.state, alone.reason) == ("manual", "Costs more than it brings over the months looked at.")
    assert (needed.state, needed.reason) == ("do", "Does not pay by itself, but feed needs it.")


def test_what_the_budget_leaves_no_room_for_waits() -> None:
    """It is not refused for good, and the reason names the limit that is full, and no other."""
    waits = chosen([FEED, SYNC, VIEW], budget=7000, person_days=100).choices["sync"]

    assert waits.state == "wait"
    assert "the budget of 7,000, of which 6,500 are spent" in waits.reason
    assert "days" not in waits.reason


def test_days_that_are_used_up_are_named() -> None:
    """Money is left, but nobody to do the work."""
    waits = chosen([FEED, SYNC, VIEW], budget=90_000, person_days=26).choices["feed"]

    assert waits.reason.endswith("in the 26 days there are, of which 25 are used.")
    assert chosen([VIEW], person_days=8).choices["view"].reason == "Pays, but takes 20 days with what it needs; there are 8."


def test_what_the_budget_can_never_pay_says_what_it_costs_in_all() -> None:
    """With what it needs, and with what it would share."""
    rules = Rules(needs=(("view", "feed"),), shared_costs=(SharedCost("plan", 700, ("view",)),))

    waits = chosen([FEED, VIEW], budget=100, rules=rules).choices["view"]

    assert waits == Choice("wait", "Pays, but costs 7,200 with what it needs and shares, more than the budget of 100.", 7200)


def test_of_alternatives_the_other_one_is_named() -> None:
    """Also where the budget pays for neither."""
    rules = Rules(exclusive=(("feed", "sync"),))

    for budget in (None, 100):
        found = chosen([FEED, SYNC], budget=budget, rules=rules).choices["feed"]
        assert (found.state, found.reason) == ("manual", "sync is worth more in its place: at most one of them is done.")


def test_what_shares_more_than_it_is_worth_stays_by_hand() -> None:
    """Alone it would pay, with the licence it does not."""
    rules = Rules(shared_costs=(SharedCost("licence", 9000, ("feed",)),))

    assert (
        chosen([FEED], rules=rules).choices["feed"].reason
        == "Pays by itself, but not with what it needs or shares the cost of."
    )


def test_what_is_unknown_or_decided_against_keeps_out_what_needs_it() -> None:
    """Through any number of needs."""
    asked = Candidate("asked", None, lacking=("rework_minutes",))
    kept = Candidate("kept", Project("kept", 1, 99), 1, by_hand_because="As decided: it goes in spring.")
    rules = Rules(needs=(("sync", "asked"), ("view", "sync"), ("feed", "kept")))

    found = chosen([asked, kept, FEED, SYNC, VIEW], rules=rules)

    assert found.portfolio.selected == ()
    assert found.choices["asked"] == Choice("unknown", "Nothing can be said before what is missing is known.")
    assert found.choices["view"] == Choice("unknown", "It needs sync, which is not done.")
    assert found.choices["kept"] == Choice("manual", "As decided: it goes in spring.")
    assert found.choices["feed"] == Choice("manual", "It needs kept, which is not done.")


def test_a_circle_is_refused_even_among_what_is_unknown() -> None:
    """A plan that can never begin is told now, not when the figures are there; an unknown name is told, too."""
    unknown = [Candidate("a", None), Candidate("b", None)]

    with pytest.raises(InputError, match="circle"):
        chosen(unknown, rules=Rules(needs=(("a", "b"), ("b", "a"))))
    with pytest.raises(UnknownNameError):
        chosen(unknown, rules=Rules(needs=(("a", "c"),)))
