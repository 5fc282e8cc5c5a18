"""Every input in sight: its range, who gave it, and how much of the result it moves."""

from datetime import date
from typing import Any

import pytest

from toolkit.estimates import Estimate, certain
from toolkit.rates import MeasuredShare
from toolkit.roi.case import CaseTerms, handoff_case
from toolkit.roi.cost_inputs import cost_input_table
from toolkit.roi.default_list import default_list
from toolkit.roi.defaults import DEFAULTS, REPLACED_BY, TERMS, approach_defaults
from toolkit.roi.inputs import HandoffInputs, SharedInputs, known_inputs

SHARED = SharedInputs(
    day_rate=certain(650, "currency per day", "document", source="offer"),
    duplicate_records=certain(90, "records", "measured"),
)
MINUTES = Estimate(12, "minutes", "interview", 8, 20, who="Dana", given_on=date(2026, 10, 2))


def _inputs(volume: float = 80) -> HandoffInputs:
    return HandoffInputs(
        volume_per_month=certain(volume, "items per month", "measured"),
        minutes_per_item=MINUTES,
        error_rate=MeasuredShare(12, 400),
        rework_minutes=certain(30, "minutes", "interview"),
        delay_days=certain(3, "days", "measured"),
    )


def _rows(*, is_complete: bool = True, included: tuple[str, ...] = ("a", "b")) -> list[dict[str, Any]]:
    return cost_input_table(
        {"a": _inputs(), "b": _inputs(40)},
        SHARED,
        currency="USD",
        terms=CaseTerms(),
        included=included,
        is_complete=is_complete,
    ).to_pylist()


def test_every_assumption_that_a_case_counts_is_in_the_list() -> None:
    """What a case calls a default of a handoff stands in the table: of the handoff, or of all."""
    rows = _rows()
    listed = {row["name"] for row in rows if row["evidence"] == "default" and row["handoff_id"] in {"a", "total"}}

    assert set(handoff_case("a", _inputs(), SHARED, currency="USD", trials=10).defaults) <= listed
    assert set(TERMS) <= listed


def test_an_input_says_who_gave_it_and_when() -> None:
    """And a counted share how many of how many."""
    rows = {(row["handoff_id"], row["name"]): row for row in _rows()}

    minutes, errors = rows["a", "minutes_per_item"], rows["a", "error_rate"]
    assert (minutes["who"], minutes["given_on"], minutes["evidence"]) == ("Dana", date(2026, 10, 2), "interview")
    assert (errors["x"], errors["n"], errors["evidence"]) == (12, 400, "measured")


def test_shares_add_up_to_all_and_the_heaviest_comes_first() -> None:
    """They are shares of one sum."""
    shares = [row["share"] for row in _rows() if row["share"] is not None]

    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_what_all_share_moves_all_of_them_at_once() -> None:
    """The hourly rate is tried in the sum: its swing is that of both handoffs and of the clean-up together."""
    both = {row["name"]: row for row in _rows() if row["handoff_id"] == "total"}
    one = {row["name"]: row for row in _rows(included=("a",)) if row["handoff_id"] == "total"}

    def swing(row: dict[str, Any]) -> float:
        return abs(float(row["result_at_high"] - row["result_at_low"]))

    assert swing(both["loaded_rate_per_hour"]) > 1.3 * swing(one["loaded_rate_per_hour"])
    assert swing(both["cleanup_minutes_per_duplicate"]) == pytest.approx(swing(one["cleanup_minutes_per_duplicate"]))


def test_without_a_case_inputs_are_tried_on_the_cost_now() -> None:
    """What belongs to the connection moves nothing of it."""
    rows = {(row["handoff_id"], row["name"]): row for row in _rows(is_complete=False)}

    assert rows["a", "minutes_per_item"]["result"] == "cost_now_per_month"
    assert rows["a", "minutes_per_item"]["share"] > 0
    assert rows["a", "automation_rate"]["share"] == 0
    assert ("total", "horizon_months") not in rows


def test_where_nothing_is_priced_inputs_are_listed_without_a_share() -> None:
    """Their values are known all the same."""
    rows = _rows(included=(), is_complete=False)

    assert rows
    assert {row["share"] for row in rows} == {None}


@pytest.mark.parametrize("name", [*DEFAULTS, *TERMS])
def test_no_default_is_a_point(name: str) -> None:
    """A default that counts has a range around it; one of nothing says that nothing was named."""
    default = {**DEFAULTS, **TERMS}[name]

    assert default.is_absent or default.low < default.high
    assert default.low <= default.likely <= default.high
    assert default.basis


@pytest.mark.parametrize("build_class", ["native", "simple", "medium", "complex"])
@pytest.mark.parametrize("approach", ["native", "platform", "custom"])
def test_no_default_of_a_way_to_connect_is_a_point(approach: Any, build_class: str) -> None:
    """Days, upkeep and hosting."""
    for default in approach_defaults(approach, build_class).values():
        assert default.is_absent or default.low < default.high


@pytest.mark.parametrize(("ours", "given"), list(REPLACED_BY.items()))
def test_what_somebody_gives_replaces_the_default_it_follows_from(ours: str, given: str) -> None:
    """An answer about afterwards leaves no room for our guess."""
    plain = known_inputs(_inputs(), SHARED, "USD")
    told = known_inputs(HandoffInputs(**{given: certain(1, "as named", "interview")}), SHARED, "USD")

    assert ours in plain.defaults
    assert ours not in told.all


def test_the_list_names_each_default_once() -> None:
    """Doctor and the documents print it."""
    names = [one.name for one in default_list()]

    assert len(names) == len(set(names))
    assert {*DEFAULTS, *TERMS} <= set(names)
