"""Where another approach becomes right."""

import math

import pytest

from toolkit.scoping.approach.facts import ApproachCode
from toolkit.scoping.approach.flips import flips


def by_volume(value: float) -> ApproachCode:
    if value < 10:
        return "LEAVE_MANUAL"
    return "IPAAS_SIMPLE" if value <= 3_000 else "IPAAS_ADVANCED"


def test_the_nearest_line_on_either_side_is_found() -> None:
    """From 3,001 on, and up to 9."""
    found = flips(by_volume, 100, times=64, is_whole=True)

    assert [(one.approach, one.at, one.is_from) for one in found] == [
        ("IPAAS_ADVANCED", 3_001, True),
        ("LEAVE_MANUAL", 9, False),
    ]
    assert found[0].factor == pytest.approx(30.01)


def test_a_price_is_found_to_a_thousandth() -> None:
    """One that is no whole number."""
    [found] = flips(lambda factor: "CUSTOM" if factor >= 1.7321 else "IPAAS_SIMPLE", 1.0)

    assert found.at == pytest.approx(1.7321, rel=1e-3)


def test_an_answer_that_stays_has_no_point() -> None:
    """However far one looks."""
    assert flips(lambda _: "NATIVE", 50) == ()


def test_a_line_beyond_what_is_looked_at_is_not_reported() -> None:
    """Thirty times as much is not within ten."""
    assert flips(by_volume, 100, times=9, is_whole=True) == ()


@pytest.mark.parametrize("today", [0, -5])
def test_nothing_has_no_neighbours(today: float) -> None:
    """Twice nothing is nothing."""
    assert flips(by_volume, today) == ()


def test_where_the_answer_is_unknown_nothing_flips() -> None:
    """Neither from there nor to there."""
    assert flips(lambda _: None, 5) == ()
    assert flips(lambda value: "NATIVE" if value < 6 else None, 5) == ()


@pytest.mark.parametrize(("today", "times"), [(math.nan, 2.0), (math.inf, 2.0), (5.0, 1.0), (5.0, math.nan)])
def test_what_is_no_number_is_refused(today: float, times: float) -> None:
    """A mistake, not a long search."""
    with pytest.raises(ValueError, match=r"number|more than one"):
        flips(by_volume, today, times=times)
