"""How soon data must arrive, and what brings it that soon."""

import math
from typing import Any

import pytest

from toolkit.errors import UnknownNameError
from toolkit.scoping.approach.service_level import WEBHOOK_CONTROLS, Delivery, delivery, is_file_enough


def test_a_day_is_soon_enough_for_one_run_a_night() -> None:
    """Whatever the source can do."""
    found = delivery("day", webhooks="yes", events_per_month=5_000)

    assert (found.way, found.polls_per_hour) == ("batch", 0)
    assert found.polled is not None
    assert found.polled.checks_per_month == pytest.approx(730 / 24)


def test_real_time_takes_messages_where_there_are_some() -> None:
    """With the five controls that a client relies on."""
    found = delivery("real_time", webhooks="yes", events_per_month=100)

    assert (found.way, found.polled) == ("webhook", None)
    assert found.controls == WEBHOOK_CONTROLS
    assert len(WEBHOOK_CONTROLS) == 5


def test_messages_without_a_signature_are_checked() -> None:
    """They are used all the same."""
    found = delivery("real_time", webhooks="partly")

    assert found.way == "webhook"
    assert "not signed" in found.why


def test_a_source_without_messages_is_asked_every_five_minutes() -> None:
    """A busy flow at that pace may be more than the source allows."""
    found = delivery("real_time", webhooks="no", events_per_month=100, requests_per_minute=0.1)

    assert found.way == "polling"
    assert found.polled is not None
    assert (found.polled.max_latency_minutes, found.polled.checks_per_month) == (5, 8_760)
    assert found.polls_per_hour == 12
    assert found.is_too_often
    assert not delivery("real_time", webhooks="no", requests_per_minute=0.2).is_too_often
    assert found.controls == ()


def test_an_hour_is_asked_for_where_most_checks_find_something() -> None:
    """730 checks for 400 items; for 300 messages are better, if there are any."""
    assert delivery("hour", events_per_month=400).way == "polling"
    assert delivery("hour", events_per_month=300, webhooks="yes").way == "webhook"
    assert delivery("hour", events_per_month=300, webhooks="no").way == "polling"
    assert delivery("hour", events_per_month=400, webhooks="yes", requests_per_minute=0.001).way == "webhook"


@pytest.mark.parametrize(("given", "asked"), [({"level": None}, "needed_within"), ({"level": "real_time"}, "webhooks")])
def test_what_nobody_knows_is_asked(given: dict[str, Any], asked: str) -> None:
    """No way is chosen meanwhile."""
    found: Delivery = delivery(**given)

    assert (found.way, found.asked) == (None, asked)


def test_a_file_is_too_late_where_less_than_a_day_is_needed() -> None:
    """Unknown stays unknown."""
    assert [is_file_enough(one) for one in ("real_time", "hour", "day", None)] == [False, False, True, None]


@pytest.mark.parametrize("events", [-1.0, math.nan, math.inf])
def test_items_that_cannot_be_counted_are_refused(events: float) -> None:
    """By name."""
    with pytest.raises(ValueError, match="events_per_month"):
        delivery("day", events_per_month=events)


def test_a_level_or_an_answer_that_is_none_is_named() -> None:
    """With those that there are."""
    with pytest.raises(UnknownNameError, match="'hour'"):
        delivery("hours")
    with pytest.raises(UnknownNameError, match="'yes'"):
        delivery("hour", webhooks="yess")
