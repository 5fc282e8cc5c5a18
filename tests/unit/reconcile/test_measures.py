"""What a handoff costs in time and errors is measured on whole months, with the count behind each figure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.figures import reconcile_figures
from toolkit.reconcile.measures import handoff_measures, months_of
from toolkit.tables import COMPARED_FIELD, COUNTERPART, COVERAGE

AS_OF = date(2026, 10, 5)
BILLED = Handoff("billed", "Won deals invoiced", "crm", "deals", "deal", "ledger", "invoices", "invoice", grace_days=30)


def _item(number: int, day: date | None, status: str = "found", **more: Any) -> dict[str, Any]:
    row = {"handoff_id": "billed", "key_l": f"crm/deals/{number}", "status": status, "event_on": day, "is_error": False}
    return {**row, "key_r": f"ledger/invoices/{number}" if status == "found" else None, "currency": "USD", **more}


def _measured(*items: Any, handoff: Handoff = BILLED) -> dict[str, Any]:
    table = handoff_measures(handoff, COUNTERPART.from_rows(items), as_of=AS_OF)
    return {row["measure"]: row for row in table.to_pylist()}


def test_volume_is_the_median_of_the_last_six_full_months() -> None:
    """Months count from April to September; October has only begun, and a quiet month counts as it is."""
    counts = {3: 90, 4: 4, 5: 6, 6: 0, 7: 8, 8: 10, 9: 12, 10: 50}
    items = [_item(month * 100 + at, date(2026, month, 1)) for month, count in counts.items() for at in range(count)]

    volume = _measured(*items)["volume_per_month"]

    assert (volume["value"], volume["low"], volume["high"], volume["n"]) == (7.0, 0.0, 12.0, 40)


def test_lags_are_in_minutes_where_both_systems_keep_times() -> None:
    """Known lags give the median and the nine-in-ten limit exactly."""
    items = [_item(at, date(2026, 8, 3), lag_minutes=60.0 * at, lag_days=0.0) for at in range(1, 12)]

    measured = _measured(*items)

    assert (measured["lag_median"]["value"], measured["lag_median"]["unit"]) == (360.0, "minutes")
    assert measured["lag_p90"]["value"] == 600.0
    assert measured["delay_days"]["value"] == pytest.approx(0.25)


def test_lags_are_in_days_where_one_system_keeps_only_dates() -> None:
    """A few times among many dates do not stand for all."""
    items = [_item(at, date(2026, 8, 3), lag_days=float(at)) for at in range(1, 10)]
    items[0]["lag_minutes"] = 5.0

    assert (_measured(*items)["lag_median"]["value"], _measured(*items)["lag_median"]["unit"]) == (5.0, "days")


def test_twelve_errors_in_400_are_3_percent_with_wilson_limits() -> None:
    """The textbook case: 1.72 % to 5.17 %."""
    items = [_item(at, date(2026, 5, 1), is_error=at < 12) for at in range(400)]

    share = _measured(*items)["error_share"]

    assert (share["x"], share["n"], share["value"]) == (12, 400, 0.03)
    assert (share["low"], share["high"]) == (pytest.approx(0.0172, abs=5e-5), pytest.approx(0.0517, abs=5e-5))


def test_missing_is_judged_only_beyond_the_grace_window() -> None:
    """37 missing of 100 old items; those still waiting, and those found early, make the share neither larger nor smaller."""
    old = [_item(at, date(2026, 6, 1), "missing" if at < 37 else "found") for at in range(100)]
    young = [_item(200 + at, date(2026, 9, 20), "waiting" if at < 5 else "found") for at in range(30)]

    share = _measured(*old, *young)["missing_share"]

    assert (share["x"], share["n"]) == (37, 100)


def test_count_and_share_of_what_never_arrives_have_the_same_whole() -> None:
    """20 of 229 whose time was up on the tile are the 8.7 % of the table; what arrived early is in neither."""
    old = [_item(at, date(2026, 6, 1), "missing" if at < 20 else "found") for at in range(229)]
    young = [_item(300 + at, date(2026, 9, 20), "waiting" if at < 5 else "found") for at in range(18)]
    found = COUNTERPART.from_rows([*old, *young])
    measures = handoff_measures(BILLED, found, as_of=AS_OF)
    nothing = {"compared": COMPARED_FIELD.empty(), "coverage": COVERAGE.empty()}
    figures = reconcile_figures([BILLED], found, measures, **nothing, as_of=AS_OF).to_pylist()
    by_id = {row["figure_id"].split(".")[1]: row for row in figures}

    assert (by_id["missing_count"]["value"], by_id["missing_count"]["n"]) == (20.0, 229)
    assert by_id["missing_share"]["formula"] == "20 / 229"
    assert "of 229 won deals whose time was up" in by_id["missing_count"]["formula"]


def test_old_errors_are_no_rate() -> None:
    """Items of more than twelve full months ago are stock, not flow."""
    items = [_item(1, date(2025, 9, 30), is_error=True), _item(2, date(2025, 10, 1)), _item(3, date(2026, 9, 30))]

    assert (_measured(*items)["error_share"]["x"], _measured(*items)["error_share"]["n"]) == (0, 2)


def test_average_amounts_are_in_whole_units_of_one_currency() -> None:
    """Cents become dollars; euros are left out and said to be."""
    items = [_item(1, date(2026, 8, 1), amount_r_minor=10_000), _item(2, date(2026, 8, 1), amount_r_minor=30_000)]
    items.append(_item(3, date(2026, 8, 1), amount_r_minor=1, currency="EUR"))

    value = _measured(*items)["avg_invoice_value"]

    assert (value["value"], value["unit"], value["n"]) == (200.0, "USD", 2)
    assert value["method"].endswith("Left out: 1 invoice in other currencies.")


def test_nothing_found_is_unknown_not_zero() -> None:
    """Without items there is no volume, no lag and no share."""
    assert {row["value"] for row in _measured().values()} == {None}


def test_months_hold_every_item_once() -> None:
    """What became of each month's items adds up; an item without a date belongs to no month."""
    items = [_item(1, date(2026, 8, 31)), _item(2, date(2026, 8, 1), "missing"), _item(3, date(2026, 10, 2), "waiting")]
    items.append(_item(4, None))

    rows = months_of(COUNTERPART.from_rows(items), as_of=AS_OF).to_pylist()

    assert [(str(row["month"]), row["items"], row["missing"], row["is_full"]) for row in rows] == [
        ("2026-08-01", 2, 1, True), ("2026-09-01", 0, 0, True), ("2026-10-01", 1, 0, False),
    ]  # fmt: skip


def test_figures_lead_to_the_rows_behind_them() -> None:
    """Each figure names its table and a condition that selects just the rows counted."""
    from toolkit.query import query_connection

    found = COUNTERPART.from_rows([_item(at, date(2026, 6, 1), "missing" if at < 3 else "found") for at in range(10)])
    measures = handoff_measures(BILLED, found, as_of=AS_OF)

    nothing = {"compared": COMPARED_FIELD.empty(), "coverage": COVERAGE.empty()}
    figures = reconcile_figures([BILLED], found, measures, **nothing, as_of=AS_OF)
    missing = next(row for row in figures.to_pylist() if row["figure_id"] == "reconcile.missing_count.billed")

    assert (missing["label"], missing["value"], missing["n"]) == ("Won deals without an invoice in ledger", 3.0, 10)
    with query_connection() as connection:
        connection.register("counterpart", found)
        rows = connection.execute(f"SELECT count(*) FROM counterpart WHERE {missing['source_filter']}").fetchone()
    assert rows == (3,)


def test_a_hostile_handoff_id_stays_text_in_the_condition() -> None:
    """A quote in a name cannot leave the condition."""
    hostile = Handoff("x' OR 1=1 --", "H", "crm", "deals", "deal", "ledger", "invoices", "invoice")

    figures = reconcile_figures(
        [hostile], COUNTERPART.empty(), handoff_measures(hostile, COUNTERPART.empty(), as_of=AS_OF),
        compared=COMPARED_FIELD.empty(), coverage=COVERAGE.empty(), as_of=AS_OF,
    )  # fmt: skip

    assert "handoff_id = 'x'' OR 1=1 --'" in figures["source_filter"].to_pylist()[0]


def test_the_clock_is_an_argument() -> None:
    """The same data judged a month later has one more full month."""
    items = [_item(at, date(2026, 7, 1) + timedelta(days=at)) for at in range(90)]
    items[0]["event_l_at"] = datetime(2026, 7, 1, 12, tzinfo=UTC)
    table = COUNTERPART.from_rows(items)

    now = months_of(table, as_of=date(2026, 8, 31)).to_pylist()

    assert [row["is_full"] for row in now] == [True, True, False]


@pytest.mark.parametrize("kind", ["factor", "amount", "transposed", "currency"])
def test_a_wrong_amount_tells_nothing_of_the_usual_one(kind: str) -> None:
    """One slip of the decimal sign among a hundred would raise the mean by as much again."""
    items = [_item(at, date(2026, 5, 1), amount_r_minor=10_000) for at in range(99)]
    slip = _item(99, date(2026, 5, 1), amount_r_minor=1_000_000, is_error=True, error_kind=kind)

    assert _measured(*items, slip)["avg_invoice_value"]["value"] == 100.0
    assert _measured(*items, slip)["error_share"]["value"] == pytest.approx(0.01)


def test_an_error_elsewhere_leaves_the_amount() -> None:
    """The customer is wrong, and the amount is what was billed."""
    items = [
        _item(1, date(2026, 5, 1), amount_r_minor=10_000),
        _item(2, date(2026, 5, 1), amount_r_minor=30_000, is_error=True, error_kind="party"),
    ]

    assert _measured(*items)["avg_invoice_value"]["value"] == 200.0


def test_where_some_still_wait_only_items_whose_time_was_up_tell_the_wait() -> None:
    """Of young items only the quick ones have their counterpart: to count them would make the wait too short.

    The grace window is 30 days: on 5 October items of 4 September are up, those of 5 September are not.
    """
    old = [_item(at, date(2026, 9, 4), lag_days=10.0 + at) for at in range(3)]
    young = [_item(10 + at, date(2026, 9, 5), lag_days=1.0) for at in range(3)]

    waits = _measured(*old, *young, _item(20, date(2026, 9, 28), "waiting"))
    all_settled = _measured(*old, *young)

    assert (waits["delay_days"]["value"], waits["delay_days"]["n"], waits["delay_days"]["last_on"]) == (
        11.0, 3, date(2026, 9, 4),
    )  # fmt: skip
    assert "some still wait" in waits["lag_median"]["method"]
    assert (all_settled["delay_days"]["value"], all_settled["delay_days"]["last_on"]) == (6.0, date(2026, 9, 30))


def test_items_that_are_all_young_tell_the_wait_for_want_of_others() -> None:
    """A list that began last month has no older items."""
    young = [_item(at, date(2026, 9, 7), lag_days=2.0) for at in range(3)]

    assert _measured(*young, _item(9, date(2026, 9, 28), "waiting"))["delay_days"]["value"] == 2.0


@pytest.mark.parametrize(
    ("seconds_l", "seconds_r", "below", "above"), [(0, 0, 0.0, 0.0), (0, 7, 0.5, 0.0), (7, 0, 0.0, 0.5), (7, 9, 0.0, 0.0)]
)
def test_limits_allow_for_a_clock_without_seconds(seconds_l: int, seconds_r: int, below: float, above: float) -> None:
    """Where one system writes hours and minutes only, a wait looks half a minute longer, or shorter, than it is."""

    def measured(seconds_l: int, seconds_r: int) -> dict[str, Any]:
        items = []
        for at in range(8):
            left = datetime(2026, 8, 3 + at, 9, 0, seconds_l, tzinfo=UTC)
            right = datetime(2026, 8, 3 + at, 9, 4 + at, seconds_r, tzinfo=UTC)
            lag = {"lag_minutes": 4.0 + at, "lag_days": 0.0, "event_l_at": left, "event_r_at": right}
            items.append(_item(at, date(2026, 8, 3 + at), **lag))
        return _measured(*items)

    plain, found = measured(7, 9), measured(seconds_l, seconds_r)

    for measure, unit in (("lag_median", 1), ("lag_p90", 1), ("delay_days", 1440)):
        assert found[measure]["value"] == plain[measure]["value"]
        assert found[measure]["low"] == pytest.approx(plain[measure]["low"] - below / unit)
        assert found[measure]["high"] == pytest.approx(plain[measure]["high"] + above / unit)


def test_three_times_without_seconds_may_be_an_accident() -> None:
    """From four times on a clock shows none."""

    def low(count: int) -> float:
        items = [
            _item(
                at, date(2026, 8, 3 + at), lag_minutes=5.5, lag_days=0.0,
                event_l_at=datetime(2026, 8, 3 + at, 9, 0, tzinfo=UTC),
                event_r_at=datetime(2026, 8, 3 + at, 9, 5, 30, tzinfo=UTC),
            )
            for at in range(count)
        ]  # fmt: skip
        return float(_measured(*items)["lag_median"]["low"])

    assert (low(3), low(4)) == (5.5, 5.0)
