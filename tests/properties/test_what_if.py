"""Laws of the business case that hold whatever the figures are: paying back, ranges, and scenarios that change nothing."""

import math

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.roi.finance import payback
from toolkit.roi.side_by_side import side_by_side
from toolkit.roi.simulation import band
from toolkit.tables import CASE

AMOUNTS = st.none() | st.floats(-1e7, 1e7)


@given(st.floats(1, 50_000), st.floats(0, 5_000), st.floats(0, 5_000), st.integers(1, 60))
def test_a_larger_saving_never_pays_back_later(cost: float, saving: float, more: float, months: int) -> None:
    """Payback never grows with the saving."""
    small, large = (payback([-cost, *[one] * months]).periods for one in (saving, saving + more))

    assert (math.inf if large is None else large) <= (math.inf if small is None else small) + 1e-9


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=200))
def test_a_range_is_in_its_order(values: list[float]) -> None:
    """One case in ten is below P10, half below P50, and P90 is above both."""
    found = band(np.array(values))

    assert found.p10 is not None
    assert found.p50 is not None
    assert found.p90 is not None
    assert found.p10 <= found.p50 <= found.p90


@given(st.dictionaries(st.sampled_from(["npv", "payback_months", "one_time_cost"]), AMOUNTS, max_size=3))
def test_a_scenario_without_changes_changes_nothing(values: dict[str, float | None]) -> None:
    """Every difference is zero, or does not exist on both sides."""
    table: pa.Table = CASE.from_rows(
        {"handoff_id": "total", "metric": name, "value": value, "unit": "currency", "evidence": "default"}
        for name, value in values.items()
    )

    rows = side_by_side({"as it is": table, "nothing": table}).to_pylist()

    assert all(row["difference"] == (None if row["value"] is None else 0) for row in rows)
