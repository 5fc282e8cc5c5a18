"""Each pair by itself, or all in one place."""

import pytest

from toolkit.scoping.approach.facts import ApproachLimits
from toolkit.scoping.approach.hub import wiring_advice


@pytest.mark.parametrize(("systems", "pairs", "way"), [(3, 3, "point_to_point"), (10, 45, "hub"), (25, 300, "hub")])
def test_from_ten_systems_on_all_meet_in_one_place(systems: int, pairs: int, way: str) -> None:
    """Pairs grow with the square, ways to a hub do not."""
    found = wiring_advice(systems, 12)

    assert (found.all_pairs, found.hub_links, found.way) == (pairs, systems, way)
    assert f"{pairs} pairs" in found.why


def test_where_the_line_is_drawn_is_a_setting() -> None:
    """Five systems of a client with many pairs."""
    assert wiring_advice(5, 9, ApproachLimits(hub_min_systems=5)).way == "hub"
    assert wiring_advice(9, 9).way == "point_to_point"


@pytest.mark.parametrize(("systems", "flows"), [(-1, 0), (3, -1)])
def test_no_landscape_has_less_than_nothing(systems: int, flows: int) -> None:
    """A count below zero is a mistake."""
    with pytest.raises(ValueError, match="0"):
        wiring_advice(systems, flows)
