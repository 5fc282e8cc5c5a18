"""Connections and waiting."""

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
