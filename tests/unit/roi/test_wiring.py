"""Connections and waiting."""

import math

import pytest

from toolkit.roi.wiring import links, polling


@pytest.mark.parametrize(("systems", "pairs"), [(0, 0), (1, 0), (2, 1), (3, 3), (4, 6)])
def test_each_pair_is_wired_once(systems: int, pairs: int) -> None:
    """A hub needs one connection for each system."""
    found = links(systems)

    assert (found.point_to_point_links, found.hub_links) == (pairs, systems)


@pytest.mark.parametrize(("events", "empty"), [(0, 1.0), (365, 0.5), (729, 1 / 730), (730, 0.0), (731, 0.0)])
def test_at_best_each_event_has_a_check_of_its_own(events: float, empty: float) -> None:
    """730 checks an hour apart: with as many events none need be empty, with more none can be less than that."""
    found = polling(60, events)

    assert found.empty_check_share_lower_bound == pytest.approx(empty)
    assert (found.mean_latency_minutes, found.max_latency_minutes) == (30, 60)


@pytest.mark.parametrize(("interval", "events"), [(0, 1), (-5, 1), (math.nan, 1), (math.inf, 1), (60, -1), (60, math.nan)])
def test_an_interval_of_nothing_or_events_below_it_are_refused(interval: float, events: float) -> None:
    """Never an infinite number of checks."""
    with pytest.raises(ValueError, match=r"interval|Events"):
        polling(interval, events)


def test_no_landscape_has_less_than_no_system() -> None:
    """A count below zero is a mistake."""
    with pytest.raises(ValueError, match="0 systems or more"):
        links(-1)
