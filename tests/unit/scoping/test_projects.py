"""From business cases to what a roadmap is made of."""

import numpy as np
import pytest

from toolkit.estimates import Estimate, certain
from toolkit.roi.case import CaseTerms, HandoffCase, handoff_case
from toolkit.roi.inputs import HandoffInputs, SharedInputs
from toolkit.roi.portfolio import drawn_cleanup
from toolkit.scoping.projects import project_table

TERMS = CaseTerms(trials=500)


def sure(value: float) -> Estimate:
    return certain(value, "as named", "measured")


SHARED = SharedInputs(loaded_rate_per_hour=Estimate(32, "currency per hour", "document", 25, 45), day_rate=sure(600))


def case(handoff_id: str, **more: object) -> HandoffCase:
    given: dict[str, object] = {"volume_per_month": sure(50), "minutes_per_item": sure(12), "error_rate": sure(0)}
    given |= {"delay_days": sure(0), "build_days": sure(4), "parallel_run_weeks": sure(2), **more}
    return handoff_case(handoff_id, HandoffInputs(**given), SHARED, currency="USD", trials=500)  # type: ignore[arg-type]  # by name


def test_a_project_has_the_medians_and_the_likely_effort_of_its_case() -> None:
    """The same figures as the recommendation rests on; a side over files takes three tenths longer."""
    one = case("feed", soap_or_file_sides=1)

    [row, shared] = project_table([one], drawn_cleanup(SHARED, "USD", TERMS)[0]).to_pylist()

    assert row["npv"] == pytest.approx(np.median(one.judged_simulated.npv))
    assert row["saving_per_month"] == pytest.approx(np.median(one.simulated.net_saving))
    assert (row["build_days"], row["parallel_weeks"]) == (pytest.approx(5.2), pytest.approx(2))
    assert (shared["handoff_id"], shared["cost"]) == ("total", 0)


def test_what_lacks_an_input_has_no_worth_and_says_what_it_lacks() -> None:
    """Null, never zero; what it costs today may be known all the same."""
    [row, _] = project_table(
        [case("asked", delay_days=None, rework_minutes=None)], drawn_cleanup(SHARED, "USD", TERMS)[0]
    ).to_pylist()

    assert row["npv"] is None
    assert "delay_days" in row["lacking"]


def test_stability_is_ranked_among_what_is_known() -> None:
    """Of three with a cost each is among the first three, of four dear ones and a cheap one the cheap one is not."""
    cases = [case(name) for name in "abc"] + [case("cheap", minutes_per_item=sure(1))]

    rows = {row["handoff_id"]: row for row in project_table(cases, drawn_cleanup(SHARED, "USD", TERMS)[0]).to_pylist()}

    assert rows["cheap"]["top_share"] == 0
    assert sum(rows[name]["top_share"] for name in "abc") == pytest.approx(3)


def test_shared_cleanup_is_a_cost_of_its_own() -> None:
    """Sixty records at five minutes are five hours of a rate that nobody doubts."""
    shared = SharedInputs(
        loaded_rate_per_hour=sure(30),
        duplicate_records=sure(60),
        cleanup_minutes_per_duplicate=sure(5),
        contingency_rate=sure(0),
    )

    [row] = project_table([], drawn_cleanup(shared, "USD", TERMS)[0]).to_pylist()

    assert row["cost"] == pytest.approx(150)
