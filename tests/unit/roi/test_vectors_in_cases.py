"""The exact results of the cost model in the very tables that the report prints, not in each formula alone."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.roi import oracles
from tests.unit.roi.assembly import ASSEMBLED, appraised, invested, printed, ranged
from tests.unit.roi.test_vectors import differences
from toolkit.rates import MeasuredShare


def test_a_case_prints_the_exact_result_of_its_vector(
    assembled_vector: Mapping[str, Any] | None, request: pytest.FixtureRequest
) -> None:
    """A handoff with a vector's inputs shows the vector's outputs in its table."""
    if assembled_vector is None:
        folder: Path = request.getfixturevalue("shared_dir")
        pytest.fail(f"{folder} holds no vectors of a case")

    got = ASSEMBLED[assembled_vector["calc"]](assembled_vector["inputs"])

    want = {name: value for name, value in assembled_vector["expected"].items() if name in got}
    assert differences(got, want, 1e-9, 1e-9) == []
    assert got.keys() <= assembled_vector["expected"].keys()


@pytest.mark.parametrize("growth", [0.0, 0.15, -0.1])
@pytest.mark.parametrize("build_days", [0, 5, 21.7, 40, 300])
@pytest.mark.parametrize(("benefit", "running"), [(425.6, 85.0), (120.0, 85.0), (50.0, 85.0)])
def test_a_case_prints_what_an_appraisal_with_its_ramp_finds(
    growth: float, build_days: float, benefit: float, running: float
) -> None:
    """Live when it is built, complete eight weeks later, fees from the month after the build: alone and as the total."""
    live = build_days / 5 * 12 / 52
    amounts = {"one_time_cost": 3000.0, "gross_monthly_benefit": benefit, "running_cost_per_month": running}
    terms = {"horizon_months": 24, "annual_discount_rate": 0.08, "annual_volume_growth": growth}
    reference = oracles.appraisal(
        **amounts,
        **terms,
        t_live_months=live,
        t_full_months=live + 8 * 12 / 52,
        running_cost_start_month=math.floor(live) + 1,
    )

    for is_total in (False, True):
        got = appraised(invested(**amounts, **terms, build_days=build_days, is_total=is_total))
        assert differences(got, {name: reference[name] for name in got}, 1e-9, 1e-9) == []


def test_a_range_is_printed_with_the_deciles_of_its_distribution() -> None:
    """An opinion spreads as PERT, a counted share as its posterior: within what 20,000 trials can tell."""
    minutes = printed(
        {"volume_per_month": 60, "minutes_per_item": ranged(2000, 3000, 6000)}, {"loaded_rate_per_hour": 1}, trials=20_000
    )["bands"]["hours_now"]
    errors = printed(
        {"volume_per_month": 1, "error_rate": MeasuredShare(6, 100), "rework_minutes": 0, "other_cost_per_error": 1},
        trials=20_000,
    )["bands"]["cost_now_per_month"]

    assert [minutes[one] for one in ("p10", "p50", "p90")] == pytest.approx([2448.940, 3255.241, 4335.561], rel=0.01)
    assert [errors[one] for one in ("p10", "p50", "p90")] == pytest.approx([0.0355649, 0.0614926, 0.0968838], rel=0.02)


def test_a_case_prints_what_a_simulation_by_other_means_finds() -> None:
    """Four inputs drawn by numpy's own beta generator: deciles and chances within two percent."""
    ranges = {
        "volume_per_month": (40, 50, 70),
        "automation_rate": (0.5, 0.8, 0.95),
        "build_cost": (2000, 3000, 6000),
        "loaded_rate_per_hour": (25, 32, 40),
    }
    rng = np.random.default_rng(11)
    volume, automation, cost, rate = (
        low + (high - low) * rng.beta(1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low), 100_000)
        for low, mode, high in ranges.values()
    )
    saving = volume * automation * 12 / 60 * rate - 45
    value = saving * math.fsum(1.1 ** (-month / 12) for month in range(1, 37)) - cost
    payback = np.where(saving * 36 >= cost, cost / saving, np.inf)
    own = {name: ranged(*one) for name, one in ranges.items()}
    shared = {"loaded_rate_per_hour": own.pop("loaded_rate_per_hour")}

    own |= {"minutes_per_item": 12, "exception_minutes": 12, "platform_fee_per_month": 45, "build_days": -40}

    found = printed(own, shared, trials=20_000)

    for metric, reference in {"net_saving_per_month": saving, "npv": value, "payback_months": payback}.items():
        got = [found["bands"][metric][one] for one in ("p10", "p50", "p90")]
        assert got == pytest.approx(np.quantile(reference, (0.1, 0.5, 0.9)), abs=0.02 * np.median(reference))
    assert found["prob_payback_within_12_months"] == pytest.approx(np.mean(payback <= 12), abs=0.01)
    assert found["prob_npv_positive"] == pytest.approx(np.mean(value > 0), abs=0.01)
