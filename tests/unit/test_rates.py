"""Shares are shown with the interval that their counts justify."""

from collections.abc import Callable

import pytest
from scipy.stats import beta, binomtest

from toolkit.rates import (
    MeasuredShare,
    exact_interval,
    is_at_least,
    is_under,
    jeffreys_interval,
    jeffreys_mean,
    per_item_error_rate,
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


@pytest.mark.parametrize(("x", "n"), [(0, 0), (0, 5), (5, 5), (3, 5)])
def test_counts_at_both_ends_are_counts(x: int, n: int) -> None:
    """None and all of them are shares like any other."""
    assert MeasuredShare(x, n).posterior == (x + 0.5, n - x + 0.5)


@pytest.mark.parametrize("n", [1, 3, 50, 1_000, 123_457])
@pytest.mark.parametrize("interval", [wilson_interval, jeffreys_interval, exact_interval])
def test_none_and_all_reach_the_end_exactly(n: int, interval: Callable[[int, int], tuple[float, float]]) -> None:
    """Nothing found allows zero, everything found allows all: to the last bit; one beside it does not."""
    assert interval(0, n)[0] == 0.0
    assert interval(n, n)[1] == 1.0
    assert interval(1, n + 1)[0] > 0.0
    assert interval(n, n + 1)[1] < 1.0


@pytest.mark.parametrize("confidence", [0.8, 0.95])
@pytest.mark.parametrize(("x", "n"), [(1, 50), (12, 400), (399, 400)])
def test_the_interval_of_the_posterior_leaves_equal_tails(x: int, n: int, confidence: float) -> None:
    """By scipy's beta distribution; its mean is the posterior's."""
    posterior = beta(x + 0.5, n - x + 0.5)

    assert jeffreys_interval(x, n, confidence) == pytest.approx(posterior.interval(confidence))
    assert jeffreys_mean(x, n) == pytest.approx(posterior.mean())


@pytest.mark.parametrize(("x", "n"), [(970, 1000), (3, 400), (0, 10), (10, 10)])
def test_a_target_is_reached_at_the_limit_and_undercut_below_it(x: int, n: int) -> None:
    """The limit itself is "at least", and not "under"."""
    low, high = wilson_interval(x, n)

    assert is_at_least(x, n, low)
    assert not is_at_least(x, n, low + 1e-9)
    assert not is_under(x, n, high)
    assert is_under(x, n, high + 1e-9)


@pytest.mark.parametrize("margin", [-0.1, 0.0, 1.0, 1.1])
def test_a_margin_is_a_share(margin: float) -> None:
    """Neither nothing nor all."""
    with pytest.raises(ValueError, match="margin"):
        sample_size(0.5, margin)


@pytest.mark.parametrize(("population", "cases"), [(0, 0), (1, 1), (2, 2), (100, 50), (None, 97)])
def test_no_more_cases_are_asked_for_than_there_are(population: int | None, cases: int) -> None:
    """Within ten percent of a share of which nothing is known."""
    assert sample_size(0.5, 0.1, population=population) == cases


@pytest.mark.parametrize(
    ("per_field", "fields", "per_item"), [(0.0, 9, 0.0), (0.5, 2, 0.75), (0.1, 1, 0.1), (1.0, 3, 1.0), (0.999, 2, 0.999999)]
)
def test_an_item_errs_where_one_of_its_fields_does(per_field: float, fields: int, per_item: float) -> None:
    """One less the chance that all are right."""
    assert per_item_error_rate(per_field, fields) == pytest.approx(per_item)


@pytest.mark.parametrize(
    ("changes", "errors", "corrections", "share"),
    [(0, 0.1, 0, None), (0.04, 0.1, 0, 1.0), (0, 0.1, 0.02, 0.0), (0.2, 0.1, 0.02, 0.5)],
)
def test_a_stock_settles_where_errors_and_corrections_balance(
    changes: float, errors: float, corrections: float, share: float | None
) -> None:
    """Without corrections all go wrong in the end, without errors none."""
    assert steady_state_mismatch_share(changes, errors, corrections) == share
