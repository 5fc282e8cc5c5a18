"""The limits of a mean hold it as often as they say: with long tails, in batches, and whatever a weekday does every week."""

import numpy as np
import pytest

from toolkit.reconcile.mean_intervals import mean_interval, mean_measure

T_4, Z = 2.7764451051977934, 1.959963984540054
MONDAY = 4  # 5 January 1970


@pytest.mark.parametrize("values", [[], [3.0]])
def test_one_value_has_no_limits(values: list[float]) -> None:
    """What was seen once says nothing of how much it varies."""
    assert mean_interval(np.array(values)) == (None, None)


def test_one_batch_has_no_limits() -> None:
    """What was entered on one day says nothing of how other days are."""
    assert mean_interval(np.array([1.0, 2.0, 9.0]), np.array([7, 7, 7])) == (None, None)


def test_equal_values_have_no_width() -> None:
    """Where nothing varies the limits are the mean, in however many batches."""
    assert mean_interval(np.array([2.0, 2.0, 2.0]), np.array([7, 7, 8])) == (2.0, 2.0)


def test_of_nothing_the_mean_is_unknown() -> None:
    """Unknown is not zero."""
    row = mean_measure("delay_days", np.array([]), "days", "Mean.")

    assert (row["value"], row["n"], row["method"]) == (None, 0, "Nothing was found to measure.")


def test_the_limit_on_the_side_of_the_long_tail_lies_further_out() -> None:
    """Of long waits a sample sees too few: the upper limit moves out, the lower one stays; of short ones the other way."""
    values = np.array([1.0, 1.0, 2.0, 2.0, 30.0])
    off, error = values - values.mean(), values.std(ddof=1) / np.sqrt(5)
    tail = error * (off**3).sum() / (error * 5) ** 3 * (2 * Z**2 + 1) / 6

    low, high = mean_interval(values)
    mirrored = mean_interval(-values)

    assert low == pytest.approx(values.mean() - T_4 * error)
    assert high == pytest.approx(values.mean() + T_4 * error + tail)
    assert mirrored == (pytest.approx(-high), pytest.approx(-low))


def test_documents_of_one_batch_count_as_one_look() -> None:
    """Three days with the same wait for all their documents are as wide as three waits, however many documents they have."""
    waits, days = np.array([1.0, 2.0, 3.0]), np.array([7, 9, 12])

    assert mean_interval(waits.repeat(50), days.repeat(50)) == pytest.approx(mean_interval(waits))


def test_four_weeks_tell_what_a_weekday_does_every_week() -> None:
    """Mondays wait three days, Tuesdays one, every week: from the fourth week on that is no chance of a batch any more."""

    def width(weeks: int) -> float:
        days = np.arange(2 * weeks) // 2 * 7 + MONDAY + np.arange(2 * weeks) % 2
        low, high = mean_interval(np.tile([3.0, 1.0], weeks).repeat(10), days.repeat(10))
        assert low is not None
        assert high is not None
        return high - low

    # By then what is left is how many documents fell on either day: ten times as many as batches.
    assert width(3) > 1.2
    assert width(4) < 0.6


def test_the_mean_of_waits_lies_inside_as_often_as_is_said() -> None:
    """Lognormal waits, 150 at a time: their mean is held in 93 to 97 of 100 samples."""
    waits = np.exp(0.9 * np.random.default_rng(4).standard_normal((2_000, 150)))
    true = np.exp(0.9**2 / 2)

    held = [low <= true <= high for low, high in map(mean_interval, waits)]

    assert 0.93 <= np.mean(held) <= 0.97


def test_the_mean_of_waits_pushed_over_weekends_lies_inside_as_often_as_is_said() -> None:
    """Waits of 200 documents of a year that are entered on working days only: held in 93 to 97 of 100 samples."""
    random = np.random.default_rng(5)

    def drawn(count: int) -> tuple[np.ndarray, np.ndarray]:
        at = random.uniform(0, 364, count)
        late = at + 1.5 * np.exp(0.7 * random.standard_normal(count))
        weekday = (np.floor(late) - MONDAY) % 7
        entered = np.floor(late + np.where(weekday >= 5, 7 - weekday, 0)).astype(np.int64)
        return entered - np.floor(at), entered

    true = drawn(400_000)[0].mean()
    held = [low <= true <= high for low, high in (mean_interval(*drawn(200)) for _ in range(1_500))]

    assert 0.93 <= np.mean(held) <= 0.97


def test_the_mean_of_waits_for_an_office_that_enters_on_fridays_is_not_said_too_narrowly() -> None:
    """Twenty documents a week, entered on Fridays, and now and then a week is left out: held in 90 of 100 years or more.

    Limits that take every document for a look of its own hold it in 3 of 10.
    """
    random = np.random.default_rng(6)

    def year(weeks: int) -> tuple[np.ndarray, np.ndarray]:
        at = np.sort(random.uniform(0, 7 * weeks, 20 * weeks))
        fridays = np.arange(MONDAY + 4, 7 * weeks + 60, 7)
        fridays = fridays[(random.random(len(fridays)) > 0.1) | (fridays > 7 * weeks)]
        entered = fridays[np.searchsorted(fridays, at)]
        return entered - np.floor(at), entered

    true = year(100_000)[0].mean()
    samples = [year(52) for _ in range(600)]
    held = np.mean([low <= true <= high for low, high in (mean_interval(*one) for one in samples)])
    apart = np.mean([low <= true <= high for low, high in (mean_interval(waits) for waits, _ in samples)])

    assert held >= 0.9
    assert apart <= 0.5
