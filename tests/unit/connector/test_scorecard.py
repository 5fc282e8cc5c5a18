"""How well a system can be connected: points over what is known, and how much is known."""

import pytest

from toolkit.connector import About, Api, Connector, Interface, Limit, SignIn
from toolkit.connector.overview import limit_words, overview
from toolkit.connector.scorecard import scorecard
from toolkit.connectors import connectors


def system(interface: Interface, *, ways: tuple[str, ...] = (), limits: tuple[Limit, ...] = ()) -> Connector:
    """Return a system with that interface."""
    api = Api("https://desk.example", tuple(SignIn(way) for way in ways), limits=limits) if ways or limits else None
    return Connector("desk", "Desk", "support", api=api, about=About(interface=interface))


def test_what_is_not_known_lowers_how_sure_the_score_is_and_not_the_score() -> None:
    """Two criteria of ten, both met, are a hundred of a fifth."""
    card = scorecard(system(Interface("rest", webhooks="yes")))

    assert len(card.criteria) == 10
    assert (card.score, card.known_share) == (100, 0.2)


def test_nothing_known_is_no_score() -> None:
    """Rather none than nought."""
    assert scorecard(system(Interface())).score is None


def test_all_known_is_the_mean_of_ten() -> None:
    """Four halves and six wholes are eighty."""
    full = Interface(
        "soap",
        read_only="partly",
        webhooks="yes",
        bulk="yes",
        sandbox="yes",
        changes="yes",
        deletions="partly",
        repeats="yes",
    )
    card = scorecard(system(full, ways=("basic",), limits=(Limit(300, 60.0),)))

    assert (card.score, card.known_share) == (80, 1.0)


@pytest.mark.parametrize(
    ("limits", "points"),
    [
        ((Limit(300, 60.0),), 1.0),
        ((Limit(299, 60.0),), 0.5),
        ((Limit(1, 1.0),), 0.5),
        ((Limit(59, 60.0),), 0.0),
        # The tightest counts, and a day's budget says nothing of a minute.
        ((Limit(10, 1.0), Limit(60, 60.0), Limit(10, 86_400.0)), 0.5),
    ],
)
def test_a_limit_is_worth_what_it_lets_through_in_a_minute(limits: tuple[Limit, ...], points: float) -> None:
    """Three hundred are plenty, sixty are enough."""
    [one] = [c for c in scorecard(system(Interface(), limits=limits)).criteria if c.name == "requests a minute"]

    assert one.points == points


@pytest.mark.parametrize(
    ("limit", "words"),
    [(Limit(4, 1.0), "4 a second"), (Limit(60, 60.0), "60 a minute"), (Limit(5_000, 86_400.0), "5,000 a day"),
     (Limit(150, 30.0), "150 in 30 seconds")],
)  # fmt: skip
def test_limits_are_said_as_people_say_them(limit: Limit, words: str) -> None:
    """Per second, minute, hour and day; else in so many seconds."""
    assert limit_words(limit) == words


def test_every_system_is_told_by_what_its_connector_has() -> None:
    """What can be pulled has a list to ask for, or is described; nothing writes yet."""
    found = {one.name: overview(one) for one in connectors()}

    assert found["hubspot"]["pull"]
    assert found["hubspot"]["export"]
    assert found["bank"] | {"pull": False, "export": True} == found["bank"]
    assert found["sql"] | {"pull": True, "export": False} == found["sql"]
    assert found["table"] | {"pull": False, "export": True} == found["table"]
    written = {name for name, one in found.items() if one["write"] and not one["streams"]}
    assert {name for name, one in found.items() if one["write"]} - written == {
        name for name, one in found.items() if any(stream["write"] for stream in one["streams"])
    }
    assert not any(one["webhook"] for one in found.values())
    changes = {one["name"]: one["changes"] for one in found["hubspot"]["streams"]}
    assert changes["companies"]
    assert not changes["owners"]
