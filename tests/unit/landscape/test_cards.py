"""A handoff's card: the four fields without which nothing is built, and its steps."""

from dataclasses import replace

import pytest

from toolkit.landscape.cards import TRIGGER_EVENTS, CardStep, HandoffCard
from toolkit.landscape.handoffs import TRIGGERS

WHOLE = HandoffCard("a", "books.invoices", "status_change", "client, items, price", "one invoice a deal")


def test_a_card_with_all_four_fields_is_ready() -> None:
    """Trigger, data, destination, format."""
    assert WHOLE.is_ready


@pytest.mark.parametrize(
    ("lacking", "name"),
    [
        ({"trigger": None}, "trigger"),
        ({"data": " "}, "data"),
        ({"destination": ""}, "destination"),
        ({"format": ""}, "format"),
    ],
)
def test_a_card_is_not_ready_while_one_of_the_four_is_empty(lacking: dict[str, None], name: str) -> None:
    """And says which."""
    card = replace(WHOLE, **lacking)  # type: ignore[arg-type]  # an empty trigger is null, an empty text a text

    assert not card.is_ready
    assert card.missing == (name,)


def test_every_trigger_has_the_event_an_integration_listens_for() -> None:
    """Created, status change, schedule, payment, by hand."""
    assert set(TRIGGER_EVENTS) == set(TRIGGERS)


def test_steps_have_a_sum_only_when_each_was_timed() -> None:
    """A sum of what is known would be too small, and looks like a measurement."""
    timed = (CardStep("Open the deal", "HubSpot", 2), CardStep("Type it", "QuickBooks", 8))

    assert replace(WHOLE, steps=timed).step_minutes == 10
    assert replace(WHOLE, steps=(*timed, CardStep("Send it"))).step_minutes is None
    assert CardStep("Send it").words == "Send it: minutes to be asked"


@pytest.mark.parametrize(("said", "doubt"), [(10, ""), (19, ""), (25, "said to take 25"), (4, "said to take 4"), (None, "")])
def test_steps_that_do_not_make_up_the_minutes_said_are_doubted(said: float | None, doubt: str) -> None:
    """Half or double is asked about; near is near enough."""
    card = replace(WHOLE, steps=(CardStep("all of it", minutes=10),), minutes_per_item=said)

    assert doubt in card.doubt
    assert bool(card.doubt) == bool(doubt)
