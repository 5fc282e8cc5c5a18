"""Links that run by themselves already: orphans, what nobody knows, and what they reach."""

from datetime import date

from toolkit.landscape.automations import Automation, drawn_links

TODAY = date(2026, 10, 5)
WHOLE = Automation(
    "orders", "shop", "books", "Zapier", "order paid", "Priya", date(2026, 10, 4), "nobody is told", ("orders: read",),
    date(2026, 9, 1),
)  # fmt: skip
SYSTEMS = {"shop", "books", "crm"}


def test_a_link_that_is_described_whole_is_no_orphan() -> None:
    """Nothing is asked of it."""
    assert WHOLE.missing == ()
    assert WHOLE.orphaned(SYSTEMS, TODAY) == ()
    assert not WHOLE.is_review_due(TODAY)


def test_a_link_that_nobody_answers_for_is_an_orphan() -> None:
    """So is one that has not run for a quarter, and one that leads nowhere; each says why."""
    stray = Automation("stray", "shop", "fax", last_success=date(2026, 7, 6))

    assert stray.orphaned(SYSTEMS, TODAY) == (
        "'fax' is no system of the client",
        "nobody answers for it",
        "it last ran well 91 days ago",
    )
    assert Automation("x", "shop", "books", owner="Jo", last_success=date(2026, 7, 7)).orphaned(SYSTEMS, TODAY) == ()


def test_what_nobody_said_is_asked() -> None:
    """Tool, trigger, owner, last success and what happens when it fails."""
    assert len(Automation("bare", "shop", "books").missing) == 5


def test_what_it_reaches_is_looked_at_every_ninety_days() -> None:
    """Day 90 is still good, day 91 is due, and never is due."""
    ages = {
        day: Automation("a", "shop", "crm", reviewed_on=day).is_review_due(TODAY)
        for day in (date(2026, 7, 7), date(2026, 7, 6))
    }

    assert [*ages.values()] == [False, True]
    assert Automation("a", "shop", "crm").is_review_due(TODAY)


def test_every_link_stands_on_the_map_once_and_orphans_of_nowhere_do_not() -> None:
    """They are listed instead; nor is a link of a system to itself drawn."""
    links = [WHOLE, Automation("stray", "shop", "fax"), Automation("own", "shop", "shop")]

    assert [one[0] for one in drawn_links(links, SYSTEMS)] == ["automation.orders"]
