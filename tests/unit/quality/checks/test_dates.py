"""Dates, at the bounds of each rule."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tests.quality_records import AS_OF, by_stream, checked, failing, outcomes, stream_table
from toolkit.quality.checks import date_order, future, long_ago, swapped_date
from toolkit.quality.dates import swapped_day_month
from toolkit.quality.swapped_dates import _middle_of_neighbours

# The fifth of every month: with day and month exchanged it is a day of May.
FIRST = date(2026, 1, 5)


def at(day: date) -> datetime:
    """Return the morning of a day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.mark.parametrize(("days_later", "found"), [(0, []), (1, []), (2, ["1"])])
def test_one_day_later_is_a_time_zone(days_later: int, found: list[str]) -> None:
    """Two are the future."""
    day = AS_OF + timedelta(days=days_later)

    assert failing(future.CHECK, stream_table("bill", [{"issued_on": day}])) == found
    assert failing(future.CHECK, stream_table("quote", [{"issued_on": day}])) == []


@pytest.mark.parametrize(("days_later", "found"), [(1 + 365 * 20, []), (2 + 365 * 20, ["1"])])
def test_what_is_to_come_may_be_twenty_years_ahead(days_later: int, found: list[str]) -> None:
    """And the day of the time zone."""
    assert failing(future.CHECK, stream_table("bill", [{"due_on": AS_OF + timedelta(days=days_later)}])) == found


@pytest.mark.parametrize(("wins", "found"), [([True, True], ["1"]), ([True, False], []), ([True, None], [])])
def test_the_end_of_a_deal_is_a_forecast_until_all_are_won(wins: list[bool | None], found: list[str]) -> None:
    """A list of won deals alone cannot close in the future."""
    rows = [{"closed_at": at(date(2027, 1, 1)), "is_won": wins[0]}, {"closed_at": at(FIRST), "is_won": wins[1]}]

    assert failing(future.CHECK, stream_table("deal", rows)) == found
    assert failing(future.CHECK, stream_table("project", rows)) == []


def test_a_date_in_the_future_is_mended_where_it_lies_in_the_past_once_swapped() -> None:
    """12 January written as 1 December; of what may come nothing is proposed."""
    rows = [{"issued_on": date(2026, 12, 1)}, {"issued_on": date(2026, 11, 11)}, {"issued_on": date(2026, 12, 11)}]
    due = [{"due_on": date(2060, 12, 1)}]

    [one] = outcomes(future.CHECK, by_stream(stream_table("bill", rows)))
    [other] = outcomes(future.CHECK, by_stream(stream_table("bill", due)))

    assert one.failing["suggestion"].to_pylist() == ["2026-01-12", None, None]
    assert other.failing["suggestion"].to_pylist() == [None]


@pytest.mark.parametrize(("day", "found"), [(date(1989, 12, 31), ["1"]), (date(1990, 1, 1), [])])
def test_what_lies_before_1990_is_a_default(day: date, found: list[str]) -> None:
    """The first day of it passes; a column without one is not counted a second time."""
    table = stream_table("bill", [{"issued_on": day}, {"issued_on": FIRST}])

    assert failing(long_ago.CHECK, table) == found
    assert checked(long_ago.CHECK, table) == ([2] if found else [])


@pytest.mark.parametrize(
    ("entity", "start", "end"),
    [("bill", "issued_on", "due_on"), ("task", "started_at", "completed_at"), ("ticket", "opened_at", "resolved_at")],
)
@pytest.mark.parametrize(("days", "found"), [(-1, ["1"]), (0, []), (1, [])])
def test_an_end_may_be_on_the_day_of_the_beginning(entity: str, start: str, end: str, days: int, found: list[str]) -> None:
    """Not before; and a record without one of both is not judged."""
    first, last = date(2026, 3, 20), date(2026, 3, 20) + timedelta(days=days)
    row = {start: first, end: last} if start.endswith("_on") else {start: at(first), end: at(last)}

    table = stream_table(entity, [row, {start: row[start]}])

    assert failing(date_order.CHECK, table) == found
    assert checked(date_order.CHECK, table) == [1]


def test_a_swapped_date_is_not_told_again() -> None:
    """Neither as ending too early nor as lying in the future or long ago."""
    rows = [{"issued_on": date(2026, 5, 3), "due_on": date(2026, 2, 6)}, {"issued_on": FIRST, "due_on": FIRST}]

    assert failing(swapped_date.CHECK, stream_table("bill", rows)) == ["1"]
    assert failing(date_order.CHECK, stream_table("bill", rows)) == []
    late = [{"number": f"A{n}", "issued_on": date(2026, 9, 1) + timedelta(days=n), "due_on": None} for n in range(24)]
    late[9]["issued_on"] = date(2026, 10, 9)
    assert failing(swapped_date.CHECK, stream_table("bill", late)) == ["10"]
    late[9]["issued_on"] = date(2026, 9, 10)
    late[10]["issued_on"] = date(2026, 11, 9)
    assert failing(future.CHECK, stream_table("bill", late)) == []


def terms(offsets: list[int], odd: tuple[date, date]) -> Any:
    """Return bills with some days between issue and due date, all of days that swapping does not change, and an odd one."""
    day = date(2026, 3, 25)
    rows = [{"issued_on": day, "due_on": day + timedelta(days=days)} for days in offsets]
    return stream_table("bill", [*rows, {"issued_on": odd[0], "due_on": odd[1]}])


@pytest.mark.parametrize(
    ("usual", "unusual", "found"),
    [
        (9, 0, ["10"]),  # ten records of which nine, 90 %, have the usual term
        (8, 0, []),  # nine are no history
        (18, 1, ["20"]),  # 90 % of twenty
        (17, 2, []),  # 85 %
    ],
)
def test_a_positive_time_is_odd_only_beside_usual_terms(usual: int, unusual: int, found: list[str]) -> None:
    """Ten records, of which 90 % have a time that others have too. Due 7 March, read as 3 July: 30 days in truth."""
    positive = (date(2026, 2, 5), date(2026, 7, 3))
    offsets = [30] * usual + [77 + n for n in range(unusual)]

    assert failing(swapped_date.CHECK, terms(offsets, positive), column="due_on") == found


@pytest.mark.parametrize(
    ("times", "others", "found"),
    [(2, 8, []), (3, 7, ["11"]), (3, 146, ["150"]), (3, 147, []), (4, 195, ["200"]), (4, 196, [])],
)
def test_three_records_of_one_time_make_it_usual(times: int, others: int, found: list[str]) -> None:
    """And 2 % of all, with the odd one: the corrected date would have to fit one of them."""
    positive = (date(2026, 2, 5), date(2026, 7, 3))
    offsets = [30] * times + [14] * others

    assert failing(swapped_date.CHECK, terms(offsets, positive), column="due_on") == found


@pytest.mark.parametrize(("days", "found"), [(-1, []), (0, ["1"]), (120, ["1"]), (121, [])])
def test_without_usual_terms_a_negative_time_may_be_mended_to_four_months(days: int, found: list[str]) -> None:
    """Issued 12 May, read as 5 December: longer terms are as odd as a negative one."""
    row = {"issued_on": date(2025, 12, 5), "due_on": date(2025, 5, 12) + timedelta(days=days)}

    assert failing(swapped_date.CHECK, stream_table("bill", [row])) == found


def sequence(count: int, days: list[int] | None = None, **changes: date) -> Any:
    """Return invoices whose numbers follow the days of late January, but for some; days above 12 cannot be swapped."""
    offsets = days or [0] * count
    rows = [{"number": f"INV-{100 + n}", "issued_on": date(2026, 1, 16) + timedelta(days=offsets[n])} for n in range(count)]
    for name, day in changes.items():
        rows[int(name[1:])]["issued_on"] = day
    return stream_table("invoice", rows)


@pytest.mark.parametrize(("count", "found"), [(19, []), (20, ["10"])])
def test_twenty_numbers_make_a_sequence(count: int, found: list[str]) -> None:
    """Nineteen do not. 11 January read as 1 November is found among dates of 16 January."""
    assert failing(swapped_date.CHECK, sequence(count, r9=date(2026, 11, 1))) == found


@pytest.mark.parametrize(
    ("swapped", "found"),
    [
        (date(2026, 10, 1), []),  # 10 January is six days from its neighbours
        (date(2026, 11, 1), ["10"]),  # 11 January is five
    ],
)
def test_a_mended_date_lies_within_five_days_of_its_neighbours(swapped: date, found: list[str]) -> None:
    """Six are too far where numbers follow time closely."""
    assert failing(swapped_date.CHECK, sequence(24, r9=swapped)) == found


def alternating(middle: date, apart: int, odd: date) -> Any:
    """Return invoices that lie on two days in turn, so that each is ``apart`` from the median beside it, and an odd one."""
    rows = [{"number": f"A-{n}", "issued_on": middle + timedelta(days=apart * (n % 2))} for n in range(24)]
    rows[9]["issued_on"] = odd
    return stream_table("invoice", rows)


@pytest.mark.parametrize(("days", "found"), [(20, []), (21, ["10"])])
def test_a_date_stands_out_from_more_than_twenty_days(days: int, found: list[str]) -> None:
    """2 March, read as 3 February, is 27 days off in truth: within the eight days that these numbers allow."""
    odd = date(2026, 2, 3)

    assert failing(swapped_date.CHECK, alternating(odd + timedelta(days=days), 4, odd)) == found


@pytest.mark.parametrize(("days", "found"), [(6, ["10"]), (7, [])])
def test_a_mended_date_may_be_off_by_twice_the_usual(days: int, found: list[str]) -> None:
    """Where numbers lie three days from those beside them, six may be."""
    middle = date(2026, 3, 2) + timedelta(days=days)

    assert failing(swapped_date.CHECK, alternating(middle, 3, date(2026, 2, 3))) == found


@pytest.mark.parametrize(("usual", "found"), [(10, 1), (11, 0)])
def test_numbers_follow_time_where_four_fifths_lie_within_ten_days(usual: int, found: int) -> None:
    """Where they do not, an odd place in the sequence says nothing; where they hardly do, twice that much may be off."""
    days = [usual * (n % 2) for n in range(60)]
    # 1 January swapped is itself; 11 January read as 1 November lies within 20 days of 16 to 26 January.
    table = sequence(60, days, r30=date(2026, 11, 1))

    assert len(failing(swapped_date.CHECK, table)) == found


def test_runs_with_other_beginnings_are_judged_by_themselves() -> None:
    """Two books of numbers with dates of their own do not disturb each other, whatever the order of the file."""
    first = [{"number": f"A-{n}", "issued_on": date(2026, 1, 16)} for n in range(20)]
    second = [{"number": f"B-{n}", "issued_on": date(2026, 6, 16)} for n in range(20)]
    first[7]["issued_on"] = date(2026, 11, 1)
    rows = [row for pair in zip(first, second, strict=True) for row in pair]

    assert failing(swapped_date.CHECK, stream_table("invoice", rows)) == ["15"]


def test_runs_give_what_each_gives_by_itself() -> None:
    """One sort of all numbers finds what a look at each run finds: median of eleven, mirrored at the ends."""
    random = np.random.default_rng(3)
    runs = []
    for run in range(12):
        count = int(random.integers(18, 60))
        days = [date(2026, 1, 1) + timedelta(days=int(n + random.integers(0, 9))) for n in range(count)]
        for place in random.integers(0, count, 4):
            if days[place].day <= 12:
                days[place] = date(2026, days[place].day, days[place].month)
        numbers = random.permutation(10_000)[:count]
        order = np.argsort(numbers)
        runs.append([{"number": f"R{run}-{numbers[order[n]]}", "issued_on": days[n]} for n in range(count)])
    rows = [row for run in runs for row in run]
    shuffled = [rows[place] | {"record_id": str(place)} for place in random.permutation(len(rows))]

    together = set(failing(swapped_date.CHECK, stream_table("invoice", shuffled)))

    expected = set()
    start = 0
    for run in runs:
        expected |= {str(start + place) for place in _swapped_in(run)}
        start += len(run)
    assert together == expected
    assert len(expected) > 5


def _swapped_in(run: list[dict[str, Any]]) -> list[int]:
    """Return the swapped dates of one run in order, computed by the book."""
    days = np.array([row["issued_on"].toordinal() for row in run])
    if len(days) < 20:
        return []
    padded = np.pad(days, 5, mode="reflect")
    windows = [padded[place : place + 11] for place in range(len(days))]
    expected = np.array([np.median(window) for window in windows])
    # Three of eleven may stand elsewhere; where more do, two ranges of numbers meet.
    spread = [sorted(abs(window - middle))[7] for window, middle in zip(windows, expected, strict=True)]
    off = np.abs(days - expected)
    usual = float(np.quantile(off, 0.8))
    found = []
    for place, row in enumerate(run):
        day = row["issued_on"]
        if usual > 10 or off[place] <= 20 or spread[place] > max(20, 4 * usual) or day.day > 12 or day.day == day.month:
            continue
        if abs(date(day.year, day.day, day.month).toordinal() - expected[place]) <= max(5, 2 * usual):
            found.append(place)
    return found


def test_of_one_number_twice_the_record_key_decides_which_is_first() -> None:
    """The file may list them in any order: the five of January come before those of April beside them."""
    numbers = ["7"] * 10 + ["8"] + ["9"] * 10
    days = [date(2026, 1, 16)] * 10 + [date(2026, 11, 1)] + [date(2026, 1, 16)] * 5 + [date(2026, 4, 16)] * 5
    rows = [
        {"record_id": f"{n:02}", "number": number, "issued_on": day}
        for n, (number, day) in enumerate(zip(numbers, days, strict=True))
    ]

    for given in (rows, rows[::-1], rows[5:] + rows[:5]):
        assert failing(swapped_date.CHECK, stream_table("invoice", given)) == ["10"]


@pytest.mark.parametrize(
    ("number", "day", "found"),
    [
        ("INV-200", date(2026, 1, 16), ["10"]),  # the number is its own
        ("INV-109", date(2026, 1, 16), []),  # another invoice has it
        ("INV-109", date(2026, 1, 12), []),  # a day beside what the date would be
        ("INV-109", date(2026, 1, 11), ["10"]),  # the very day: one invoice, entered twice
    ],
)
def test_a_number_that_another_record_has_too_vouches_for_no_date(number: str, day: date, found: list[str]) -> None:
    """1 November beside numbers of January: the date may be 11 January, or the number be another's, typed by mistake."""
    rows = [{"number": f"INV-{100 + n}", "issued_on": date(2026, 1, 16)} for n in range(24)]
    rows[9]["issued_on"] = date(2026, 11, 1)
    rows.append({"number": number, "issued_on": day})

    assert failing(swapped_date.CHECK, stream_table("invoice", rows)) == found


def test_each_date_is_told_why_it_is_taken_for_a_swapped_one() -> None:
    """One stands out by its number, the other by the day on which it was created; neither borrows the other's reason."""
    rows = [{"number": f"A-{n}", "issued_on": date(2026, 1, 16), "created_at": at(date(2026, 1, 16))} for n in range(24)]
    rows[5] |= {"issued_on": date(2026, 11, 1), "created_at": at(date(2026, 1, 11))}
    rows[15] |= {"issued_on": date(2026, 11, 1), "created_at": None}

    [found] = outcomes(swapped_date.CHECK, by_stream(stream_table("invoice", rows)))

    reasons = dict(zip(found.failing["record_key"].to_pylist(), found.failing["reason"].to_pylist(), strict=True))
    told = {key.rsplit("/", 1)[1]: reason.split(",")[0] for key, reason in reasons.items()}
    assert told == {
        "6": "It is far from the day the record was created",
        "16": "It breaks the sequence of the numbers",
    }


@pytest.mark.parametrize("number", ["2026/11\n7", "1234567890123456"])
def test_what_is_no_counter_makes_no_sequence(number: str) -> None:
    """A line break within, or more digits than a number has, which then begin it."""
    rows = [{"number": f"{number}{n:02}", "issued_on": date(2026, 1, 16)} for n in range(20)]
    rows[9]["issued_on"] = date(2026, 11, 1)

    assert failing(swapped_date.CHECK, stream_table("invoice", rows)) == ([] if "\n" in number else ["10"])


def created(count: int, spread: list[int], odd: date, made: date) -> Any:
    """Return bills issued some days before they were created, and an odd one."""
    day = date(2026, 3, 25)
    rows = [{"issued_on": day - timedelta(days=days), "created_at": at(day)} for days in (spread * count)[:count]]
    return stream_table("bill", [*rows, {"issued_on": odd, "created_at": at(made)}])


@pytest.mark.parametrize(("count", "found"), [(8, []), (9, ["10"])])
def test_ten_records_tell_the_usual_time_to_their_creation(count: int, found: list[str]) -> None:
    """Nine do not: 2 March written as 3 February, created on 2 March."""
    assert failing(swapped_date.CHECK, created(count, [0], date(2026, 2, 3), date(2026, 3, 2)))[-1:] == found


@pytest.mark.parametrize(("band", "found"), [(25, ["41"]), (26, [])])
def test_the_usual_time_spans_at_most_twenty_five_days(band: int, found: list[str]) -> None:
    """Between the tenth and the ninetieth of a hundred; more is no usual time."""
    table = created(40, [0, band], date(2026, 2, 10), date(2026, 10, 2))

    assert failing(swapped_date.CHECK, table) == found


@pytest.mark.parametrize(("made", "found"), [(date(2026, 2, 18), []), (date(2026, 2, 19), ["41"])])
def test_a_date_is_far_from_more_than_fifteen_days_beyond_the_usual(made: date, found: list[str]) -> None:
    """3 February is 15 and 16 days before; 2 March, 12 and 11 days after, has to be usual."""
    table = created(40, [0, 0, 0, 0, 0, -20, -20], date(2026, 2, 3), made)

    assert failing(swapped_date.CHECK, table) == found


@pytest.mark.parametrize(
    ("made", "found"),
    [(date(2026, 3, 5), ["41"]), (date(2026, 3, 6), []), (date(2026, 2, 27), ["41"]), (date(2026, 2, 26), [])],
)
def test_a_mended_date_lies_within_three_days_of_the_usual(made: date, found: list[str]) -> None:
    """2 March, written as 3 February: created three days later or earlier it fits, four days not."""
    assert failing(swapped_date.CHECK, created(40, [0], date(2026, 2, 3), made)) == found


@pytest.mark.parametrize(
    ("day", "swapped"),
    [
        ("2026-03-12", "2026-12-03"),
        ("2026-03-13", "NaT"),
        ("2026-12-01", "2026-01-12"),
        ("2026-04-04", "NaT"),
        ("NaT", "NaT"),
    ],
)
def test_a_day_up_to_the_twelfth_may_be_a_month(day: str, swapped: str) -> None:
    """And one that is its own month is the same date."""
    assert str(swapped_day_month(np.array([day], dtype="datetime64[D]"))[0]) == swapped


def test_the_middle_of_eleven_neighbours_is_mirrored_at_the_ends_of_each_run() -> None:
    """As a look at each run by itself would give it."""
    random = np.random.default_rng(8)
    runs = [random.integers(0, 1000, count) for count in (20, 33, 21)]

    found, spread = _middle_of_neighbours(np.concatenate(runs), np.array([len(run) for run in runs]))

    windows = [np.lib.stride_tricks.sliding_window_view(np.pad(run, 5, mode="reflect"), 11) for run in runs]
    assert found.tolist() == np.concatenate([np.median(one, axis=1) for one in windows]).tolist()
    off = [np.sort(np.abs(one - np.median(one, axis=1, keepdims=True)), axis=1) for one in windows]
    assert spread.tolist() == np.concatenate([one[:, 7] for one in off]).tolist()


def test_a_swapped_beginning_explains_an_end_before_it() -> None:
    """Issued and created on 12 May, read as 5 December: the due date of 12 June is right, though swapped it fits as well."""
    rows = [{"issued_on": date(2025, 5, 20), "created_at": at(date(2025, 5, 20)), "due_on": None} for _ in range(40)]
    rows.append({"issued_on": date(2025, 12, 5), "created_at": at(date(2025, 5, 12)), "due_on": date(2025, 6, 12)})
    table = stream_table("bill", rows)

    assert failing(swapped_date.CHECK, table, column="issued_on") == ["41"]
    assert failing(swapped_date.CHECK, table, column="due_on") == []


def test_a_due_date_on_the_very_day_may_be_usual() -> None:
    """2 May beside bills that are due at once: 5 February in truth, the day of its bill."""
    assert failing(swapped_date.CHECK, terms([0] * 9, (date(2026, 2, 5), date(2026, 5, 2))), column="due_on") == ["10"]


@pytest.mark.parametrize(("made", "found"), [(date(2026, 2, 15), []), (date(2026, 2, 14), ["41"])])
def test_a_date_is_far_from_more_than_fifteen_days_after_the_usual(made: date, found: list[str]) -> None:
    """2 March is 15 and 16 days after; 3 February, within the usual three weeks before, is not asked unless it is far."""
    table = created(40, [0, 0, 0, 0, 0, 20, 20], date(2026, 3, 2), made)

    assert failing(swapped_date.CHECK, table) == found


@pytest.mark.parametrize(("usual", "apart", "found"), [(0, 20, ["31"]), (0, 21, []), (6, 30, ["31"]), (6, 31, [])])
def test_where_three_neighbours_are_elsewhere_two_ranges_meet(usual: int, apart: int, found: list[str]) -> None:
    """More than 20 days from the middle, or 4 times what is usual: of days 0 and 6 in turn the middle is 6 here."""
    days = [usual * (n % 2) for n in range(60)]
    days[31:34] = [apart] * 3

    assert failing(swapped_date.CHECK, sequence(60, days, r30=date(2026, 11, 1))) == found


def test_a_column_without_any_date_does_not_stand_for_one() -> None:
    """Orders that nobody dates by their entry are told by the day they were issued."""
    rows = [{"number": f"A-{n}", "issued_on": date(2026, 1, 16)} for n in range(24)]
    rows[9]["issued_on"] = date(2026, 11, 1)

    assert failing(swapped_date.CHECK, stream_table("order", rows)) == ["10"]
