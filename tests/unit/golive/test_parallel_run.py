"""Days of a parallel run, each with what must come out of it."""

import math
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.golive_days import MONDAY, Row, invoice, reading
from toolkit.golive.exit_rule import ExitRule
from toolkit.golive.parallel_run import ParallelRun, Reading, Terms, parallel_run
from toolkit.golive.settling import Patience
from toolkit.golive.working_days import WorkingDays

FRIDAY = MONDAY + timedelta(days=4)
TERMS = Terms(MONDAY, FRIDAY, ExitRule(0.02))


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _week(per_day: int = 10, days: int = 5) -> list[Row]:
    """Return so many invoices for each day, no two of one amount."""
    return [
        invoice(f"{day:02}{at:03}", 10_007 + 1_013 * (day * per_day + at), _day(day), f"Customer {at % 7}")
        for day in range(days)
        for at in range(per_day)
    ]


def _run(by_hand: list[Row], integrated: list[Row], through: date = FRIDAY, **terms: Any) -> ParallelRun:
    return parallel_run([reading(by_hand, integrated, through)], replace(TERMS, **terms))


def _without(rows: list[Row], *places: int) -> list[Row]:
    return [row for at, row in enumerate(rows) if at not in places]


def _with(rows: list[Row], place: int, **values: Any) -> list[Row]:
    return [{**row, **values} if at == place else row for at, row in enumerate(rows)]


def _found(run: ParallelRun) -> list[tuple[str, str, str]]:
    """Return of each discrepancy its day, verdict and differing fields."""
    return [
        (str(one.first.day), one.shown.verdict, " ".join(each.field for each in one.shown.differences))
        for one in run.discrepancies
    ]


def _lower_limit(agreeing: int, count: int) -> float:
    """Return the Wilson limit by its meaning: the smallest share that such a count is still likely under."""
    share, low, high = agreeing / count, 0.0, agreeing / count
    for _ in range(200):
        middle = (low + high) / 2
        is_likely = abs(share - middle) <= 1.959963984540054 * math.sqrt(middle * (1 - middle) / count)
        low, high = (low, middle) if is_likely else (middle, high)
    return high


def test_nine_planted_differences_in_six_hundred_are_found() -> None:
    """Row 158: nine differences of several kinds, nine found, and the lower limit of the share that agrees."""
    chance = random.Random(20)
    hand, made = [], []
    for at in range(600):
        row = invoice(f"H{at:04}", chance.randrange(1_000, 900_000), _day(at // 120), f"Client {at % 37} Ltd")
        hand.append(row)
        made.append({**row, "number": f"M{at:05}"})
    planted = sorted(chance.sample(range(600), 9))
    for at in planted[:3]:
        hand = _with(hand, at, amount_minor=hand[at]["amount_minor"] + 900)
    for at in planted[3:6]:
        made = _with(made, at, issued_on=made[at]["issued_on"] + timedelta(days=1))
    made = _without(made, *planted[6:])

    run = _run(hand, made)

    numbers = sorted(one.shown.by_hand[0].title for one in run.discrepancies)
    assert numbers == [f"H{at:04}" for at in planted]
    assert (run.count, run.agreeing) == (600, 591)
    assert run.low == pytest.approx(_lower_limit(591, 600), abs=1e-9)
    assert run.low == pytest.approx(0.97174, abs=1e-5)


def test_three_missing_in_five_hundred_show_in_the_list_and_in_the_control() -> None:
    """Row 133: the silent failure. What never arrived is named, and counts and sums of its day differ by just that."""
    rows = _week(100)
    lost = (17, 230, 411)

    run = _run(rows, _without(rows, *lost))

    assert [one.shown.by_hand[0].title for one in run.discrepancies] == [rows[at]["number"] for at in lost]
    differing = [one for one in run.control if not one.agrees]
    assert [(one.count_by_hand, one.count_integrated) for one in differing] == [(100, 99)] * 3
    assert [one.minor_by_hand - one.minor_integrated for one in differing] == [rows[at]["amount_minor"] for at in lost]


def test_a_week_without_a_discrepancy_meets_the_rule() -> None:
    """Five working days in a row, and nothing in the way."""
    run = _run(_week(), _week())

    assert run.decision.is_met
    assert run.decision.in_a_row == tuple(map(_day, range(5)))
    assert [one.state for one in run.days] == ["under"] * 5
    assert run.decision.low == pytest.approx(_lower_limit(50, 50), abs=1e-9)
    assert [one.low for one in run.days] == pytest.approx([_lower_limit(10, 10)] * 5, abs=1e-9)


def test_a_day_over_the_limit_begins_the_row_anew() -> None:
    """Four good days after a bad one are four."""
    run = _run(_week(), _without(_week(), 3))

    assert [one.state for one in run.days] == ["over", "under", "under", "under", "under"]
    assert run.decision.obstacles == ("4 of 5 working days in a row under the limit",)


@pytest.mark.parametrize(
    ("items", "state"),
    [(49, "over"), (50, "over"), (51, "under")],
    ids=["above the limit", "at the limit", "under the limit"],
)
def test_the_limit_itself_is_not_under_it(items: int, state: str) -> None:
    """Agreed are less than 2 %: one of fifty is 2 %."""
    run = _run(_week(items, 1), _without(_week(items, 1), 7), MONDAY)

    assert run.days[0].state == state


def test_a_limit_of_nothing_allows_no_discrepancy() -> None:
    """A client who accepts none gets none."""
    rule = ExitRule(0.0, 1)

    assert _run(_week(9, 1), _week(9, 1), MONDAY, rule=rule, last=MONDAY).decision.is_met
    assert not _run(_week(9, 1), _without(_week(9, 1), 1), MONDAY, rule=rule, last=MONDAY).decision.is_met


def test_a_day_on_which_nothing_happened_counts_neither_way() -> None:
    """Both sides empty on Wednesday: four days count, and the row is not broken."""
    rows = [row for row in _week() if row["issued_on"] != _day(2)]

    run = _run(rows, rows)

    assert [one.state for one in run.days] == ["under", "under", "empty", "under", "under"]
    assert len(run.decision.in_a_row) == 4
    assert run.days[2].match_rate is None


def test_nothing_at_all_meets_no_rule() -> None:
    """Two empty lists agree on nothing."""
    run = _run([], [])

    assert not run.decision.is_met
    assert (run.count, run.low) == (0, 0.0)


def test_nothing_was_read_yet() -> None:
    """Without a reading no day is known."""
    run = parallel_run([], TERMS)

    assert {one.state for one in run.days} == {"incomplete"}
    assert run.through is None


def test_what_happened_on_a_day_off_counts_with_the_next_working_day() -> None:
    """A shop sells on a holiday and at the weekend: a discrepancy of those days does not get lost."""
    rows = _week(10, 8)
    calendar = WorkingDays(holidays=frozenset({_day(2)}))

    run = _run(rows, _without(rows, 25, 65), _day(7), calendar=calendar, last=_day(7))

    assert [(str(one.day), one.count, one.discrepancies) for one in run.days] == [
        ("2026-03-02", 10, 0),
        ("2026-03-03", 10, 0),
        ("2026-03-05", 20, 1),
        ("2026-03-06", 10, 0),
        ("2026-03-09", 30, 1),
    ]


def test_a_day_that_was_not_read_to_its_end_counts_as_nothing() -> None:
    """The newest whole lists end on Wednesday evening: Thursday and Friday are not known, and the row has three days."""
    run = _run(_week(), _week(), _day(2))

    assert [one.state for one in run.days] == ["under", "under", "under", "incomplete", "incomplete"]
    assert len(run.decision.in_a_row) == 3
    assert run.count == 30


def test_what_is_typed_late_is_not_missing_until_its_usual_time_is_over() -> None:
    """Grace needs two days: on Monday evening her invoice may still come, on Wednesday evening it is missing."""
    rows = _week(10, 3)
    readings = [reading(_without(rows, 4), rows, _day(day)) for day in range(3)]
    terms = replace(TERMS, patience=Patience(by_hand=2), last=_day(2))

    states = [parallel_run(readings[: day + 1], terms).days[0].state for day in range(3)]

    assert states == ["waiting", "waiting", "over"]
    assert _found(parallel_run(readings, terms)) == [("2026-03-02", "only_integrated", "")]


def test_what_comes_late_but_in_time_agrees() -> None:
    """Typed on Tuesday for Monday: Monday is judged when nothing of it is still to come."""
    rows = _week(10, 2)
    readings = [reading(_without(rows, 4), rows, MONDAY), reading(rows, rows, _day(1))]

    run = parallel_run(readings, replace(TERMS, patience=Patience(by_hand=2), last=_day(1)))

    assert (run.days[0].state, run.days[0].agreeing, len(run.waiting)) == ("under", 10, 0)


def test_what_comes_after_its_time_stays_a_discrepancy() -> None:
    """The integration brought it two days late: agreeing by now, and still a discrepancy of its day."""
    rows = _week(10, 3)
    readings = [reading(rows, _without(rows, 4), MONDAY), reading(rows, rows, _day(2))]

    run = parallel_run(readings, replace(TERMS, last=_day(2)))

    [late] = run.discrepancies
    assert (late.first.verdict, late.became, run.days[0].put_right) == ("only_by_hand", "put_right", 1)


def test_what_was_put_right_afterwards_stays_a_discrepancy() -> None:
    """Somebody corrects the integration's amount by hand: otherwise each day could be typed into agreement."""
    rows = _week(10, 2)
    readings = [reading(rows, _with(rows, 4, amount_minor=1), MONDAY), reading(rows, rows, _day(1))]

    run = parallel_run(readings, replace(TERMS, last=_day(1)))

    assert _found(run) == [("2026-03-02", "differs", "amount_minor")]
    assert run.discrepancies[0].became == "put_right"


def test_what_agreed_and_was_changed_on_one_side_is_a_discrepancy() -> None:
    """A correction by hand on Tuesday that the integration did not carry over."""
    rows = _week(10, 2)
    readings = [reading(rows, rows, MONDAY), reading(_with(rows, 4, amount_minor=99), rows, _day(1))]

    run = parallel_run(readings, replace(TERMS, last=_day(1)))

    assert _found(run) == [("2026-03-02", "differs", "amount_minor")]
    assert run.discrepancies[0].became == "changed"
    assert [one.state for one in run.days] == ["over", "under"]


def test_what_was_taken_out_of_both_lists_is_no_discrepancy() -> None:
    """A sale that was cancelled the next day, on both sides."""
    rows = _week(10, 2)
    readings = [reading(rows, rows, MONDAY), reading(_without(rows, 4), _without(rows, 4), _day(1))]

    run = parallel_run(readings, replace(TERMS, last=_day(1)))

    assert _found(run) == []
    assert [one.became for one in run.events].count("gone") == 1


def test_what_is_entered_afterwards_for_a_day_of_before_breaks_it() -> None:
    """Backdated on one side only: Monday was good, and is not any more."""
    rows = _week(10, 2)
    backdated = invoice("77777", 555, MONDAY, "Customer 1")
    readings = [reading(rows, rows, MONDAY), reading([*rows, backdated], rows, _day(1))]

    run = parallel_run(readings, replace(TERMS, last=_day(1)))

    assert [one.state for one in run.days] == ["over", "under"]


@pytest.mark.parametrize("number", ["00004", ""], ids=["with its number", "without a number"])
def test_the_same_document_twice_is_told_from_one_that_is_missing(number: str) -> None:
    """Entered twice by hand: one agrees, the other is one too many, and the other side is not blamed."""
    rows = _with(_week(), 4, number=number, record_id="a")
    twice = {**rows[4], "record_id": "b"}

    by_hand = _run([*rows, twice], rows)
    integrated = _run(rows, [*rows, twice])

    assert _found(by_hand) == [("2026-03-02", "twice_by_hand", "")]
    assert _found(integrated) == [("2026-03-02", "twice_integrated", "")]
    assert by_hand.agreeing == integrated.agreeing == 50


def test_sums_of_two_currencies_are_never_added() -> None:
    """A hundred euros for a hundred dollars: the counts of each currency differ, and the amounts are no substitute."""
    rows = _week(10, 1)
    other = _with(rows, 4, currency="EUR")

    run = _run(rows, other, MONDAY, last=MONDAY)

    assert _found(run) == [("2026-03-02", "differs", "currency")]
    assert [(one.currency, one.count_by_hand, one.count_integrated, one.agrees) for one in run.control] == [
        ("EUR", 0, 1, False),
        ("USD", 10, 9, False),
    ]
    assert sum(one.minor_by_hand for one in run.control if one.currency == "USD") == sum(row["amount_minor"] for row in rows)


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"amount_minor": 13_064}, "amount_minor", "two digits swapped"),
        ({"amount_minor": 130_460}, "amount_minor", "the decimal point slipped"),
        ({"issued_on": _day(1)}, "day", "1 day later by the integration"),
        ({"party_name": "Zebra Freight"}, "party", "another customer or supplier"),
        ({"currency": "CAD"}, "currency", "another currency"),
        ({"amount_minor": None}, "amount_minor", "only by hand"),
    ],
    ids=["digits", "decimal point", "day", "customer", "currency", "no amount"],
)
def test_a_difference_has_its_field_and_its_reason(values: Row, field: str, reason: str) -> None:
    """What a client reads is what is wrong, and what kind of slip that is."""
    rows = _with(_week(10, 1), 3, reference="order 3")
    rows = [{**row, "reference": row.get("reference", row["number"])} for row in rows]

    run = _run(rows, _with(rows, 3, **values), MONDAY, last=MONDAY, by=("reference",))

    [one] = run.discrepancies
    assert [(each.field, each.reason) for each in one.shown.differences] == [(field, reason)]


def test_case_accents_blanks_and_legal_forms_are_no_difference() -> None:
    """The same customer written otherwise is the same customer."""
    rows = [invoice("1", 500, party="Café  Müller GmbH", gl_code="SALES A")]
    other = [invoice("9", 500, party="CAFE MÜLLER", gl_code="sales  a")]

    run = _run(rows, other, MONDAY, last=MONDAY)

    assert (run.agreeing, run.fields) == (1, ("amount_minor", "currency", "day", "party", "gl_code"))


def test_a_column_that_one_list_lacks_is_not_compared_unless_it_was_agreed_on() -> None:
    """A test ledger without due dates differs in none; who agreed to compare them is told of each."""
    rows = [{**row, "due_on": _day(30)} for row in _week(3, 1)]
    other = _week(3, 1)

    usual = _run(rows, other, MONDAY, last=MONDAY)
    agreed = _run(rows, other, MONDAY, last=MONDAY, fields=("amount_minor", "due_on"))

    assert ("due_on" in usual.fields, usual.agreeing) == (False, 3)
    assert _found(agreed) == [("2026-03-02", "differs", "due_on")] * 3


def test_columns_that_name_a_document_join_whatever_else_differs() -> None:
    """The order's number stands on both sides: amount, customer and day may all be wrong, and it is still one."""
    rows = [{**row, "reference": f"#{at}"} for at, row in enumerate(_week(5, 1))]
    wrong = {"amount_minor": 3, "party_name": "Zebra Freight", "issued_on": _day(3), "number": "x"}

    run = _run(rows, _with(rows, 2, **wrong), by=("reference",))

    assert _found(run) == [("2026-03-02", "differs", "amount_minor day party")]


def test_a_document_that_became_two_is_no_agreement() -> None:
    """The integration split an invoice: the sum of the day is right, and every part of it is named."""
    rows = _week(12, 1)
    first = rows[5]["amount_minor"] // 3
    parts = [{**rows[5], "number": "p0", "amount_minor": first}, {**rows[5], "number": "p1"}]
    parts[1]["amount_minor"] -= first

    run = _run(rows, [*_without(rows, 5), *parts], MONDAY, last=MONDAY)

    named = {key for one in run.discrepancies for key in one.keys}
    assert named == {f"ledger/invoices/{rows[5]['number']}", "trial/invoices/p0", "trial/invoices/p1"}
    [control] = run.control
    assert (control.minor_by_hand == control.minor_integrated, control.agrees) == (True, False)


def test_an_explained_discrepancy_breaks_no_day_and_agrees_on_nothing() -> None:
    """The hand was wrong and somebody says so: the day holds, the share that agrees is not made prettier."""
    rows = _week()
    explained = {f"trial/invoices/{rows[4]['number']}": "typed wrongly by hand, Grace, 3 March", "ledger/invoices/none": "?"}

    run = _run(_with(rows, 4, amount_minor=1), rows, explained=explained)

    assert run.decision.is_met
    assert (run.days[0].count, run.days[0].agreeing, run.days[0].explained) == (10, 9, 1)
    assert (run.count, run.agreeing) == (50, 49)
    assert run.unused == ("ledger/invoices/none",)


def test_the_share_that_surely_agrees_may_be_agreed_on() -> None:
    """Fifty of fifty show 92.9 % at least: where 95 % were agreed on, five such days are not enough."""
    rule = ExitRule(0.02, 5, 0.95)

    assert not _run(_week(), _week(), rule=rule).decision.is_met
    assert _run(_week(20), _week(20), rule=rule).decision.is_met
    assert "92.9 % at least" in _run(_week(), _week(), rule=rule).decision.obstacles[0]


def test_a_document_without_a_date_keeps_the_rule_from_being_met() -> None:
    """Nobody knows which day it would have broken."""
    run = _run([*_week(), invoice("x", 5, None)], _week())

    assert not run.decision.is_met
    assert run.decision.obstacles == ("1 without a date, of which nobody knows to which day they belong",)


def test_dated_by_hand_before_the_first_day_is_still_an_event_of_the_run() -> None:
    """The integration's date is inside: what differs is the date, and nothing drops out."""
    early = invoice("e", 4_242, _day(-2))

    run = _run([early, *_week()], [{**early, "issued_on": MONDAY}, *_week()])

    assert _found(run) == [("2026-03-02", "differs", "day")]


def test_void_documents_and_drafts_take_no_part() -> None:
    """What stands for nothing needs no counterpart."""
    run = _run([*_week(), invoice("v", 9, status="Voided")], [*_week(), invoice("d", 8, status="draft")])

    assert run.decision.is_met


def test_a_day_that_waits_breaks_the_row_and_one_over_the_limit_does_not_wait() -> None:
    """What is still to come makes no good day of a bad one."""
    rows = _week(10, 1)
    terms = replace(TERMS, patience=Patience(by_hand=9), last=MONDAY)
    readings: list[Reading] = [reading(_without(_with(rows, 3, amount_minor=1), 5), rows, MONDAY)]

    assert parallel_run(readings, terms).days[0].state == "over"


def test_what_another_handoff_brings_is_not_expected_of_the_integration() -> None:
    """The shop's invoices stand in the same ledger; what the integration made of one all the same is compared."""
    rows = _week()
    elsewhere = frozenset(f"ledger/invoices/{rows[at]['number']}" for at in (3, 4, 5))

    run = _run(rows, _without(rows, 3, 4), elsewhere=elsewhere)

    assert run.decision.is_met
    assert (run.count, run.agreeing, len(run.elsewhere)) == (48, 48, 2)
    assert all(one.agrees for one in run.control)


ACCOUNTS = {"ledger/customers/1": "g-1", "trial/customers/a": "g-1", "ledger/customers/2": "g-2", "trial/customers/b": "g-2"}


def test_customers_that_were_matched_are_one_whatever_they_are_called() -> None:
    """The books say Acme Holdings, the trial ledger its trade name: one account, and no difference."""
    hand = [invoice("h1", 500, party="Acme Holdings", party_key="ledger/customers/1")]
    made = [invoice("m1", 500, party="Roadrunner Supplies", party_key="trial/customers/a")]

    one = parallel_run([reading(hand, made, MONDAY, accounts=ACCOUNTS)], replace(TERMS, last=MONDAY))
    other = parallel_run(
        [reading(hand, [{**made[0], "party_key": "trial/customers/b"}], MONDAY, accounts=ACCOUNTS)],
        replace(TERMS, last=MONDAY, by=("record_id",), fields=("party",)),
    )

    assert (one.agreeing, _found(one)) == (1, [])
    assert other.agreeing == 0


def test_two_sales_of_one_amount_to_one_customer_on_one_day_are_two() -> None:
    """Under two numbers by hand, and one of them by the integration: one is missing, none was entered twice."""
    hand = [invoice(f"h{at}", 500, party_key="ledger/customers/1") for at in range(2)]
    made = [invoice("m1", 500, party="Roadrunner Supplies", party_key="trial/customers/a")]

    run = parallel_run([reading(hand, made, MONDAY, accounts=ACCOUNTS)], replace(TERMS, last=MONDAY))

    assert (run.agreeing, _found(run)) == (1, [("2026-03-02", "only_by_hand", "")])


def test_an_explanation_of_what_agrees_explains_nothing() -> None:
    """Somebody explained an item that agrees by now: it counts as what it is."""
    run = _run(_week(), _week(), explained={"ledger/invoices/00004": "typed wrongly"})

    assert (run.days[0].agreeing, run.days[0].explained) == (10, 0)


def test_documents_without_a_day_come_last_in_the_control() -> None:
    """They are counted, and stand in no day."""
    run = _run([*_week(2, 1), invoice("x", 5, None), invoice("y", 7, None)], _week(2, 1), MONDAY, last=MONDAY)

    assert [(one.day, one.count_by_hand, one.minor_by_hand) for one in run.control][-1] == (None, 2, 12)


def test_a_day_is_not_over_the_limit_before_all_that_may_come_has_come() -> None:
    """One of ten is 10 %; of eleven it is less: as long as the eleventh may come, nobody says that the day is lost."""
    rows = _week(11, 1)
    terms = replace(TERMS, patience=Patience(by_hand=2), last=MONDAY, rule=ExitRule(0.1, 1))
    hand = _with(rows, 3, amount_minor=1)

    early = parallel_run([reading(_without(hand, 10), rows, MONDAY)], terms)
    late = parallel_run([reading(_without(hand, 10), rows, MONDAY), reading(hand, rows, _day(1))], terms)

    assert (early.days[0].state, late.days[0].state) == ("waiting", "under")


def test_of_several_documents_of_one_name_those_of_equal_amount_are_one() -> None:
    """An order that was invoiced in two parts, listed in another order by the integration."""
    hand = [invoice(f"h{at}", amount, reference="order 9") for at, amount in enumerate((500, 700))]
    made = [invoice(f"m{at}", amount, reference="order 9") for at, amount in enumerate((700, 500))]

    run = _run(hand, made, MONDAY, last=MONDAY, by=("reference",))

    assert (run.agreeing, _found(run)) == (2, [])


def test_a_document_without_an_amount_is_in_the_counts_and_in_no_sum() -> None:
    """And the control says how many there are."""
    rows = [*_week(3, 1), invoice("n", 0, amount_minor=None)]

    [control] = _run(rows, _week(3, 1), MONDAY, last=MONDAY).control

    assert (control.count_by_hand, control.count_integrated, control.without_amount) == (4, 3, 1)
    assert control.minor_by_hand == control.minor_integrated == sum(row["amount_minor"] for row in _week(3, 1))
