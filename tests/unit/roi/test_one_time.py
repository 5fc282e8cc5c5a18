"""What connecting costs once."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.roi.one_time import EFFORT, build_cost, build_price_warning, effort, preparation_from_share


def test_each_class_of_effort_has_days_in_order() -> None:
    """Low, likely and high rise, and so do the classes."""
    likely = [one.likely_days for one in EFFORT.values()]

    assert likely == sorted(likely)
    assert all(one.low_days < one.likely_days < one.high_days for one in EFFORT.values())


def test_an_unknown_class_is_named_with_the_nearest() -> None:
    """A slip of the pen is not taken for another class."""
    with pytest.raises(UnknownNameError, match="medium"):
        effort("mediun")


def test_a_side_that_speaks_files_only_adds_thirty_percent() -> None:
    """Two of them add sixty."""
    assert build_cost(10, 100.0, file_or_soap_sides=2) == pytest.approx(1600.0)


def test_prices_in_another_currency_are_not_compared() -> None:
    """The ranges are in dollars."""
    assert build_price_warning("simple", 90_000.0, "EUR") is None
    assert build_price_warning("native", 90_000.0, "USD") is None


@pytest.mark.parametrize("share", [1.0, 1.2, -0.1])
def test_preparation_cannot_be_all_of_the_work(share: float) -> None:
    """A share of one would take for ever."""
    with pytest.raises(ValueError, match="less than 1"):
        preparation_from_share(60.0, share)


@pytest.mark.parametrize(("cost", "is_questioned"), [(499.99, True), (500.0, False), (1_500.0, False), (1_500.01, True)])
def test_a_price_at_the_end_of_what_is_offered_is_not_questioned(cost: float, *, is_questioned: bool) -> None:
    """Both ends belong to the range."""
    assert (build_price_warning("simple", cost, "USD") is not None) is is_questioned


@pytest.mark.parametrize(("share", "hours"), [(0.0, 0.0), (0.5, 60.0), (0.75, 180.0)])
def test_preparation_is_a_share_of_all_hours(share: float, hours: float) -> None:
    """None is a share as well."""
    assert preparation_from_share(60.0, share).prep_hours == pytest.approx(hours)
