"""How a flow is accepted, and what success is."""

from datetime import date

import pytest

from toolkit.scoping.scope.acceptance import Criterion, Flow, Measured, acceptance, is_open
from toolkit.scoping.scope.criteria import Success, lacking, sentence
from toolkit.scoping.scope.lint import weak_places

MEASURES = {
    "volume_per_month": Measured(25, 14, 30, 145, "measured"),
    "missing_share": Measured(0.11, 0.08, 0.16, 275, "measured"),
    "delay_days": Measured(3.5, 3.2, 3.8, 244, "measured"),
    "error_share": Measured(0.0437, 0.02, 0.08, 252, "measured"),
}


def criteria(**more: object) -> dict[str, Criterion]:
    known = {"handoff_id": "deals", "measures": MEASURES, "error_target": (0.02, "the business case")}
    return {one.criterion: one for one in acceptance(Flow(**{**known, **more}))}  # type: ignore[arg-type]  # by test


def test_every_flow_is_accepted_by_numbers_that_were_measured() -> None:
    """Volume, missing, lag, errors, entries by hand; each says where its target comes from."""
    found = criteria(needed_within="day", fields=7, cases=6)

    assert {name: one.target for name, one in found.items()} == {
        "volume": 30, "missing": 0.0, "lag": 1.0, "errors": 0.02, "by_hand": 0.0, "fields": 7.0, "test_cases": 6.0,
    }  # fmt: skip
    assert found["missing"].baseline.n == 275
    assert all(one.target_from for one in found.values())
    assert not is_open([*found.values()])


def test_a_target_that_nobody_named_is_open_and_not_assumed() -> None:
    """How soon an item must be there was not said; how many may be wrong is not known."""
    found = criteria(error_target=None)

    assert (found["lag"].target, found["errors"].target) == (None, None)
    assert "needed_within" in found["lag"].target_from
    assert is_open([*found.values()])


def test_what_was_agreed_on_goes_before_what_was_measured() -> None:
    """Also where it is 0."""
    found = criteria(said={"volume": 50, "missing": 0.01, "lag": 0.5, "errors": 0.0})

    assert [found[name].target for name in ("volume", "missing", "lag", "errors")] == [50, 0.01, 0.5, 0.0]
    assert {found[name].target_from for name in ("volume", "missing", "lag", "errors")} == {"agreed"}


def test_a_flow_that_was_never_measured_says_so() -> None:
    """No baseline is 'not measured', never 0."""
    found = criteria(measures={}, needed_within="hour")

    assert found["volume"].target is None
    assert "not measured before" in found["missing"].sentence
    assert all(one.baseline.value is None for one in found.values())


def test_its_own_sentences_leave_nothing_open() -> None:
    """What we write passes the lint that we hold the client's texts against."""
    told = criteria(needed_within="day", fields=7, cases=6).values()

    assert [one for criterion in told for one in weak_places(criterion.sentence, language="en")] == []


@pytest.mark.parametrize("part", ["metric", "baseline", "target", "date"])
def test_a_criterion_of_success_needs_metric_baseline_target_and_date(part: str) -> None:
    """'Reduce manual work' is refused; what is missing is named."""
    whole = {"metric": "hours of entry", "baseline": 9.0, "target": 3.6, "by_on": date(2027, 3, 31)}
    without = {name: value for name, value in whole.items() if name != {"date": "by_on"}.get(part, part)}

    assert lacking(Success("hours", **whole)) == ()  # type: ignore[arg-type]  # by test
    assert lacking(Success("hours", **without)) == (part,)  # type: ignore[arg-type]  # by test
    assert f"no {part}" in sentence(Success("hours", **without))  # type: ignore[arg-type]  # by test


def test_a_baseline_of_zero_is_one() -> None:
    """Nothing today is a number; nobody said is none."""
    assert lacking(Success("x", "", "refunds", 0.0, 0.0, "", date(2027, 1, 1))) == ()
