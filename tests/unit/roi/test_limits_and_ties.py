"""Where a limit is crossed, what comes first for its time, and which rate is told: at each bound."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.roi.conditions import _crossing
from toolkit.roi.cost_inputs import tried_cleanup
from toolkit.roi.figures import _HEADLINES, _shown
from toolkit.roi.inputs import SharedInputs
from toolkit.roi.not_invoiced import not_invoiced
from toolkit.roi.portfolio import cleanup_inputs
from toolkit.roi.prices import PRICE_LISTS
from toolkit.roi.recommendation import _saving_for_its_time
from toolkit.tables import COUNTERPART, DOCUMENT


@pytest.mark.parametrize(
    ("worth", "factor"),
    [
        ([10.0, -10.0, -20.0], 0.75),  # half way between the first two
        ([30.0, 10.0, -10.0], 0.25),
        ([10.0, 0.0, -5.0], 0.5),
        ([0.0, -1.0, -2.0], None),  # worth nothing from the first
        ([-1.0, 2.0, 3.0], None),
        ([3.0, 2.0, 1.0], None),
        ([3.0, float("nan"), -1.0], None),
        ([4.0, -1.0, 3.0], 0.6),
    ],
)
def test_a_limit_lies_between_the_last_that_pays_and_the_first_that_does_not(
    worth: list[float], factor: float | None
) -> None:
    """By how near either is to nothing."""
    found = _crossing(np.array([1.0, 0.5, 0.0]), np.array(worth))

    assert found == (None if factor is None else pytest.approx(factor))


@pytest.mark.parametrize(("build", "parallel", "saving"), [(2.0, 1.0, 20.0), (1.0, 0.0, 60.0), (1.0, 3.0, 15.0)])
def test_what_saves_most_for_its_time_counts_the_months_beside_the_old_way(
    build: float, parallel: float, saving: float
) -> None:
    """Building and running in parallel both keep the team."""
    terms = SimpleNamespace(build_months=np.array([build]), parallel_months=np.array([parallel]))
    case: Any = SimpleNamespace(
        single=SimpleNamespace(flow_terms=[terms]), simulated=SimpleNamespace(net_saving=np.array([30.0, 60.0, 90.0]))
    )

    assert _saving_for_its_time(case) == pytest.approx(saving)


def test_the_clean_up_is_tried_at_both_ends_of_each_of_its_inputs() -> None:
    """More records to look through cost more; what is certain is not tried."""
    shared = SharedInputs(
        day_rate=certain(650, "currency per day", "document", source="offer"),
        duplicate_records=Estimate(100, "records", "interview", 50, 200, who="Dana", given_on=date(2026, 10, 2)),
        loaded_rate_per_hour=certain(40, "currency per hour", "document", source="payroll"),
    )

    tried = tried_cleanup(cleanup_inputs(shared, "USD"))

    low, high = tried.at_ends["duplicate_records"]
    assert high < tried.base < low < 0
    assert "loaded_rate_per_hour" not in tried.at_ends


@pytest.mark.parametrize(("rate", "is_told"), [(999.0, True), (1_000.0, True), (1_001.0, False)])
def test_a_rate_of_more_than_a_thousand_percent_says_nothing_more(rate: float, *, is_told: bool) -> None:
    """It is told up to there."""
    headline = next(one for one in _HEADLINES if one.figure == "irr_annual")

    value, why = _shown(headline, {"value": rate, "evidence": "measured", "formula": ""})

    assert (value, bool(why)) == ((rate, False) if is_told else (None, True))


def test_of_two_documents_of_one_value_the_smaller_key_stands_first() -> None:
    """After the larger values; one whose value is not known comes last."""
    keys = ["crm/deals/3", "crm/deals/1", "crm/deals/2", "crm/deals/4"]
    missing = COUNTERPART.from_rows([
        {"handoff_id": "billed", "key_l": key, "status": "missing", "is_error": False} for key in keys
    ])  # fmt: skip
    values = dict(zip(keys, (500, 500, 900, None), strict=True))
    documents = DOCUMENT.from_rows([
        {"record_key": key, "system": "crm", "stream": "deals", "record_id": key[-1], "entity": "deal", "state": "active",
         "net_minor": value} for key, value in values.items()
    ])  # fmt: skip

    found: pa.Table = not_invoiced(missing, documents)

    assert found["record_key"].to_pylist() == [f"crm/deals/{at}" for at in (2, 1, 3, 4)]


def test_items_beyond_a_plan_of_zapier_cost_a_quarter_more_up_to_three_times_the_plan() -> None:
    """In every one of its lists that has prices; a list says nothing of overage where a vendor stops."""
    lists = [one for one in PRICE_LISTS if one.platform.startswith("zapier") and one.tiers]

    assert lists
    assert {(one.overage_multiplier, one.max_multiple) for one in lists} == {(1.25, 3.0)}
    assert {one.max_multiple for one in PRICE_LISTS if one.overage_multiplier is None} == {1.0}
