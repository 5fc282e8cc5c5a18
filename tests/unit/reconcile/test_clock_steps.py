"""How finely a system's clock is written, and how far limits of waits lie out because of it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from toolkit.reconcile.clock_steps import step_minutes
from toolkit.reconcile.lag_measures import _quantile, lag_measures

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
INSTANT = pa.timestamp("us", tz="UTC")


@pytest.mark.parametrize(
    ("minutes", "step"),
    [
        (np.arange(20) * 60, 60),
        (np.arange(20) * 15 + 30, 15),
        (np.arange(20) * 60 + 5, 1),
        (np.arange(20) * 15 + 0.5, 1),
        (np.full(20, 120), 1),
    ],
)
def test_a_clock_is_as_coarse_as_its_times(minutes: np.ndarray, step: float) -> None:
    """Five past every hour is a schedule, half a minute is no rounding, and one time of day tells nothing."""
    assert step_minutes(minutes.astype(float)) == step


def measured(lags: list[float], step_l: int, step_r: int) -> dict[str, dict[str, float]]:
    """Return what is measured of waits in minutes, where both clocks leave out what is below their step."""
    rng = np.random.default_rng(4)
    began = np.sort(rng.integers(480, 1000, len(lags)) + np.arange(len(lags)) % 20 * 1440).astype(float)
    entered = began + lags
    left, right = (at // step * step if step else at + 0.25 for at, step in ((began, step_l), (entered, step_r)))
    table = pa.table(
        {
            "event_l_at": pa.array([MIDNIGHT + timedelta(minutes=one) for one in left], INSTANT),
            "event_r_at": pa.array([MIDNIGHT + timedelta(minutes=one) for one in right], INSTANT),
            "lag_minutes": pa.array(right - left),
            "lag_days": pa.array(np.zeros(len(lags))),
        }
    )
    day = (began // 1440).astype(np.int64) + 20_514
    return {row["measure"]: row for row in lag_measures(day, table, "of all months")}


@pytest.mark.parametrize(("step_l", "step_r"), [(15, 0), (0, 15), (60, 0), (15, 15), (60, 1)])
def test_limits_hold_the_wait_behind_coarse_clocks(step_l: int, step_r: int) -> None:
    """Each waits two minutes; a clock of quarters makes up to a quarter of an hour of it, or takes it away."""
    for name in ("lag_median", "lag_p90"):
        row = measured([2.0] * 200, step_l, step_r)[name]
        assert row["low"] <= 2 <= row["high"], name


def test_clocks_with_seconds_leave_the_limits_alone() -> None:
    """They are waits that there were."""
    waits = np.random.default_rng(9).permutation(np.arange(200.0))

    row = measured(list(waits), 0, 0)["lag_median"]

    assert {row["low"], row["high"]} <= set(waits)
    assert row["low"] <= 86 < 114 <= row["high"]


def test_items_that_came_together_are_one_look_at_a_quantile() -> None:
    """Twenty files of ten items, each as late as its file, tell less than two hundred items by themselves."""
    waits = np.repeat(np.random.default_rng(2).exponential(5, 20), 10)
    days = np.repeat(np.arange(20) * 3, 10)

    alone, together = (_quantile("lag_p90", 0.9, waits, "days", "how", batch) for batch in (None, days))

    assert together["low"] < alone["low"]
    assert together["high"] >= alone["high"]
    assert together["value"] == alone["value"]


def test_days_that_were_all_equal_may_have_been_different() -> None:
    """None of 100 came a day late: up to 3 % may, which moves the mean by as much."""
    table = pa.table(
        {
            "event_l_at": pa.nulls(100, INSTANT),
            "event_r_at": pa.nulls(100, INSTANT),
            "lag_minutes": pa.nulls(100, pa.float64()),
            "lag_days": pa.array(np.zeros(100)),
        }
    )
    mean = lag_measures(np.arange(100), table, "of all months")[2]

    assert (mean["value"], mean["low"]) == (0, 0)
    assert mean["high"] == pytest.approx(1 - 0.05**0.01)
