"""Parallel runs over days made by chance, held against what was done to them; and what must not matter."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golive_days import MONDAY, Row, invoice, reading
from toolkit.golive.exit_rule import ExitRule
from toolkit.golive.parallel_run import ParallelRun, Terms, parallel_run

LAST = MONDAY + timedelta(days=11)
TERMS = Terms(MONDAY, LAST, ExitRule(0.1, 3), by=("reference",))
FATES = ("same", "same", "same", "amount", "only_by_hand", "only_integrated", "twice_by_hand", "twice_integrated", "neither")


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@st.composite
def fated_days(draw: st.DrawFn) -> list[tuple[Row, str]]:
    """Return documents, each with what becomes of it."""
    fates = draw(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(FATES)), max_size=60))
    currencies = ("USD", "EUR", "JPY")
    return [
        (
            invoice(
                f"n{at}", 1_009 + 101 * at, _day(day), f"Client {at % 5}", reference=f"r{at}", currency=currencies[at % 3]
            ),
            fate,
        )
        for at, (day, fate) in enumerate(fates)
    ]


def _sides(made: list[tuple[Row, str]]) -> tuple[list[Row], list[Row]]:
    hand, integrated = [], []
    for row, fate in made:
        twice = {**row, "record_id": f"{row['number']}-again"}
        if fate not in {"only_integrated", "neither"}:
            hand += [row, *([twice] if fate == "twice_by_hand" else [])]
        if fate not in {"only_by_hand", "neither"}:
            wrong = {**row, "amount_minor": row["amount_minor"] + 1} if fate == "amount" else row
            integrated += [wrong, *([twice] if fate == "twice_integrated" else [])]
    return hand, integrated


def _told(run: ParallelRun) -> list[tuple[object, ...]]:
    return [(one.first.day, one.shown.verdict, one.keys, one.shown.differences) for one in run.events]


@settings(max_examples=20, deadline=None)
@given(fated_days())
def test_each_day_is_what_was_done_to_it(made: list[tuple[Row, str]]) -> None:
    """Counted by hand: items, agreement, each kind of discrepancy, the state of the day, the days in a row."""
    run = parallel_run([reading(*_sides(made), LAST)], TERMS)

    truth: dict[date, Counter[str]] = {}
    for row, fate in made:
        day = row["issued_on"]
        day += timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())
        kinds = truth.setdefault(day, Counter())
        if fate in {"same", "twice_by_hand", "twice_integrated"}:
            kinds["agrees"] += 1
        if fate not in {"same", "neither"}:
            kinds["differs" if fate == "amount" else fate] += 1
    row_length = 0
    for one in run.days:
        wanted = truth.get(one.day, Counter())
        assert {name: count for name, count in one.counts.items() if count} == {k: n for k, n in wanted.items() if n}
        wrong = wanted.total() - wanted["agrees"]
        state = "empty" if not wanted.total() else "under" if wrong == 0 or 10 * wrong < wanted.total() else "over"
        assert (one.state, one.discrepancies) == (state, wrong)
        row_length = row_length + 1 if state == "under" else row_length if state == "empty" else 0
    assert len(run.decision.in_a_row) == row_length
    assert run.decision.is_met == (row_length >= 3)


@settings(max_examples=12, deadline=None)
@given(fated_days(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(made: list[tuple[Row, str]], chance: Random) -> None:
    """An export sorted otherwise is the same list."""
    hand, integrated = _sides(made)
    mixed = [chance.sample(side, len(side)) for side in (hand, integrated)]

    for terms in (TERMS, replace(TERMS, by=())):
        runs = [parallel_run([reading(*sides, LAST)], terms) for sides in ((hand, integrated), mixed)]
        assert _told(runs[0]) == _told(runs[1])
        assert runs[0].control == runs[1].control


@settings(max_examples=12, deadline=None)
@given(fated_days())
def test_every_document_is_in_exactly_one_item_and_in_the_control(made: list[tuple[Row, str]]) -> None:
    """Nothing is counted twice and nothing gets lost, also where no column joins the two sides."""
    hand, integrated = _sides(made)

    run = parallel_run([reading(hand, integrated, LAST)], replace(TERMS, by=()))

    keys = Counter(entry.key for one in run.events for entry in (*one.first.by_hand, *one.first.integrated))
    wanted = [f"ledger/invoices/{row.get('record_id', row['number'])}" for row in hand]
    wanted += [f"trial/invoices/{row.get('record_id', row['number'])}" for row in integrated]
    assert keys == Counter(wanted)
    assert sum(one.count_by_hand for one in run.control) == len(hand)
    assert sum(one.count_integrated for one in run.control) == len(integrated)
    for currency in ("USD", "EUR", "JPY"):
        own = [one for one in run.control if one.currency == currency]
        assert sum(one.minor_by_hand for one in own) == sum(
            row["amount_minor"] for row in hand if row["currency"] == currency
        )


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.datetimes(datetime(2026, 3, 2), datetime(2026, 3, 13)), min_size=1, max_size=25),  # noqa: DTZ001 - local
    st.sampled_from(["America/Chicago", "Europe/Berlin", "Pacific/Auckland", "UTC"]),
)
def test_a_day_ends_when_it_ends_where_the_client_is(moments: list[datetime], zone: str) -> None:
    """A sale at half past eleven at night is of that day, whatever day it is elsewhere; summer time begins on 8 March."""
    rows = []
    for at, moment in enumerate(moments):
        instant = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        row = invoice(f"n{at}", 700 + at, None, reference=f"r{at}", created_at=instant)
        rows.append({name: value for name, value in row.items() if name != "issued_on"})

    run = parallel_run([reading(rows, rows, LAST, time_zone=zone)], TERMS)

    found = Counter(one.first.day for one in run.events)
    local = [moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone)).date() for moment in moments]
    assert found == Counter(local)
    assert run.agreeing == len(rows)


@settings(max_examples=10, deadline=None)
@given(fated_days(), st.integers(0, 10))
def test_more_days_of_reading_never_make_a_bad_day_good(made: list[tuple[Row, str]], cut: int) -> None:
    """What was found up to a day stays found when the lists are read again, and put right meanwhile."""
    hand, integrated = _sides(made)
    early = reading(hand, integrated, _day(cut))
    right = [row for row, fate in made if fate != "neither"]

    before = parallel_run([early], TERMS)
    after = parallel_run([early, reading(right, right, LAST)], TERMS)

    bad = {one.day for one in before.days if one.state == "over"}
    assert bad <= {one.day for one in after.days if one.state == "over"} | {
        one.day for one in after.days if one.day > _day(cut)
    }
    assert len(after.discrepancies) >= len(before.discrepancies)
