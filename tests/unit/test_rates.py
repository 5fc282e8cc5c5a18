"""Shares are shown with the interval that their counts justify."""

import pytest
from scipy.stats import binomtest

from toolkit.rates import (
    MeasuredShare,
    exact_interval,
    is_at_least,
    is_under,
    jeffreys_interval,
    jeffreys_mean,
    sample_size,
    steady_state_mismatch_share,
    wilson_interval,
)


@pytest.mark.parametrize(("x", "n"), [(0, 50), (12, 400), (7, 7), (31, 1250), (1, 1)])
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_intervals_agree_with_an_independent_implementation(x: int, n: int, confidence: float) -> None:
    """Wilson and exact limits equal those of scipy's binomial test."""
    reference = binomtest(x, n)

    wilson = reference.proportion_ci(confidence, method="wilson")
    exact = reference.proportion_ci(confidence, method="exact")

    assert wilson_interval(x, n, confidence) == pytest.approx((wilson.low, wilson.high), abs=1e-12)
    assert exact_interval(x, n, confidence) == pytest.approx((exact.low, exact.high), abs=1e-12)


def test_nothing_compared_means_nothing_known() -> None:
    """Without a single comparison the share is unknown and may be anything from 0 to 1."""
    assert MeasuredShare(0, 0).share is None
    assert wilson_interval(0, 0) == jeffreys_interval(0, 0) == exact_interval(0, 0) == (0.0, 1.0)


def test_no_error_seen_does_not_mean_no_errors() -> None:
    """None in 50 still allows a true share of up to seven percent."""
    low, high = wilson_interval(0, 50)

    assert low == 0.0
    assert high == pytest.approx(0.07135, abs=1e-5)
    assert jeffreys_mean(0, 50) == pytest.approx(0.5 / 51)


def test_a_target_is_claimed_by_its_limit_and_not_by_its_share() -> None:
    """95.5 % right of a thousand is not enough to claim "95 % or better"; 97 % is."""
    assert is_at_least(970, 1000, 0.95)
    assert not is_at_least(955, 1000, 0.95)
    assert is_under(1, 400, 0.02)
    assert not is_under(7, 400, 0.02)


def test_a_small_population_needs_fewer_comparisons() -> None:
    """372 of 2,000 tell as much as 457 of very many."""
    assert sample_size(0.05, 0.02) == 457
    assert sample_size(0.05, 0.02, population=2000) == 372
    assert sample_size(0.05, 0.02, population=0) == 0


def test_a_stock_without_changes_or_corrections_has_no_steady_state() -> None:
    """Where nothing happens no share can be derived."""
    assert steady_state_mismatch_share(0, 0.1, 0) is None


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5)])
def test_impossible_counts_are_refused(x: int, n: int) -> None:
    """More cases than were looked at is a programming mistake."""
    with pytest.raises(ValueError, match="0 <= x <= n"):
        wilson_interval(x, n)
    with pytest.raises(ValueError, match="0 <= x <= n"):
        MeasuredShare(x, n)


def test_a_margin_of_nothing_is_refused() -> None:
    """No number of comparisons gives an exact share."""
    with pytest.raises(ValueError, match="margin"):
        sample_size(0.1, 0)
