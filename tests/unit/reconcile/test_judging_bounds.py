"""What is said of a comparison before it is believed: just under, at and just over each bound, aspect by aspect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.covered_days import Covered
from toolkit.reconcile.events import NO_DAY
from toolkit.reconcile.judging import amount_ratios, columns, factor, missing, pairs, rows, split
from toolkit.reconcile.judging.amount_ratios import Factors
from toolkit.reconcile.judging.compared import Compared, Linked
from toolkit.reconcile.judging.party_lists import judged_parties
from toolkit.reconcile.judging.split import Hints
from toolkit.reconcile.judging.unread import Unread, unread_days
from toolkit.reconcile.judging.verdict import Verdict
from toolkit.reconcile.sides import Side

AS_OF = date(2026, 10, 1)
TODAY = (AS_OF - date(1970, 1, 1)).days
BILLED = Handoff("billed", "Orders invoiced", "shop", "orders", "order", "books", "invoices", "invoice", grace_days=14)
NO_FACTORS = Factors((), 0, 0, 0)
NO_HINTS = Hints(None, NO_FACTORS)
# The middle of the month before: no such day can be swapped with its month.
DAY = TODAY - 46


def day_of(month: int, day: int) -> int:
    """Return a day of 2026."""
    return (date(2026, month, day) - date(1970, 1, 1)).days


def side(count: int, *, day: Any = DAY, amount: Any = 100.0, account: Any = "A", **texts: Any) -> Side:
    """Return documents of one side; a single value stands for all of them."""

    def every(value: Any) -> list[Any]:
        return list(value) if isinstance(value, list | tuple | np.ndarray) else [value] * count

    numbers = np.array(every(amount), dtype=np.float64)
    days = np.array(every(day), dtype=np.int64)
    nothing = np.full(count, np.nan)
    accounts = pa.array(every(account), pa.string())
    table = pa.table({name: pa.array(every(value), pa.string()) for name, value in {"record_key": "k", **texts}.items()})
    return Side(
        table=table, rows=np.arange(count), day=days, at=days * 0, has_time=np.zeros(count, bool), amount=numbers,
        tax=nothing, fee=nothing, net=nothing, is_net=np.zeros(count, bool), account=accounts,
        known_accounts=accounts, linked_accounts=accounts, whole_days=days,
    )  # fmt: skip


def compared(left: Side, right: Side, *, lost: Any = (), linked: Sequence[int] = (), **more: Any) -> Compared:
    """Return two sides, of which some documents of the source are missing and all others found."""
    is_missing = np.zeros(len(left), bool)
    is_missing[np.array(lost, dtype=np.int64)] = True
    at = np.array(linked, dtype=np.int64)
    whole = Covered(TODAY - 365, TODAY)
    given: dict[str, Any] = {
        "handoff": BILLED, "as_of": AS_OF, "label_l": "Shop", "label_r": "Books", "stream_l": left.table,
        "stream_r": right.table, "left": left, "right": right, "covered_l": whole, "covered_r": whole,
        "linked": Linked(at, at, np.zeros(len(at), np.int64), np.zeros(len(at), bool)),
        "is_grouped": np.zeros(len(left), bool), "is_found": ~is_missing, "is_missing": is_missing,
        "is_claimed_r": np.ones(len(right), bool), "error_kinds": {},
    }  # fmt: skip
    return Compared(**{**given, **more})


def verdict(one: Verdict | None) -> str | None:
    """Return what a verdict says, in a word."""
    return None if one is None else one.verdict


@pytest.mark.parametrize(
    ("dated", "expected"), [(20, "sound"), (18, "sound"), (17, "partly"), (10, "partly"), (9, "failed")]
)
@pytest.mark.parametrize("which", ["left", "right"])
def test_nine_of_ten_documents_are_dated_and_half_of_them_at_least(dated: int, which: str, expected: str) -> None:
    """On both sides; the one that lacks more is named."""
    days = [DAY] * dated + [NO_DAY] * (20 - dated)
    given = {"left": side(20), "right": side(20), which: side(20, day=days)}

    found = columns.dates(compared(**given), NO_HINTS)

    assert found.verdict == expected
    assert ("volume" in found.held_back) is (which == "left" and dated < 18)
    assert found.to_do is None or ("orders" if which == "left" else "invoices") in found.to_do


@pytest.mark.parametrize(
    ("count", "numbers", "last", "is_swapped"),
    [(40, 8, 12, True), (39, 8, 12, False), (40, 7, 12, False), (40, 8, 13, False)],
)
@pytest.mark.parametrize("which", ["left", "right"])
def test_dates_that_all_lie_on_the_first_twelve_days_are_swapped(
    count: int, numbers: int, last: int, which: str, *, is_swapped: bool
) -> None:
    """Forty of them, on eight different days; those without a date do not count."""
    of_month = [last - place % numbers for place in range(count)]
    odd = side(count + 2, day=[*(day_of(3, day) for day in of_month), NO_DAY, NO_DAY])
    given = {"left": side(5), "right": side(5), which: odd}

    assert (verdict(columns._swapped(compared(**given))) == "failed") is is_swapped


@pytest.mark.parametrize(
    ("able", "lost", "others", "others_lost", "is_swapped"),
    [
        (20, 15, 20, 5, True),  # 75 % and 25 %
        (20, 15, 20, 6, False),  # not three times as many
        (19, 6, 20, 0, False),  # too few
        (20, 6, 19, 0, False),
        (20, 4, 20, 0, True),  # a fifth more
        (20, 3, 20, 0, False),
        (20, 5, 25, 2, False),  # 25 % and 8 %
    ],
)
def test_day_and_month_are_swapped_where_only_such_days_are_missing(
    able: int, lost: int, others: int, others_lost: int, *, is_swapped: bool
) -> None:
    """A fifth more of them than of the others, and three times as many."""
    left = side(able + others, day=[day_of(3, 5)] * able + [day_of(3, 25)] * others)
    gone = [*range(lost), *range(able, able + others_lost)]

    assert (verdict(columns._swapped(compared(left, side(5), lost=gone))) == "failed") is is_swapped


@pytest.mark.parametrize(
    ("pairs_able", "odd", "mended", "is_swapped"),
    [
        (20, 5, 5, True),
        (20, 4, 4, False),  # five at least
        (33, 5, 5, True),  # 15 % of those that may be swapped
        (34, 5, 5, False),
        (30, 12, 5, True),  # 40 % of those that lie far apart
        (30, 13, 5, False),
    ],
)
def test_pairs_weeks_apart_that_a_swap_brings_together_tell_of_it(
    pairs_able: int, odd: int, mended: int, *, is_swapped: bool
) -> None:
    """Beside ten pairs or more of days that cannot be swapped, which say what is usual."""
    usual = [(day_of(3, 20), day_of(3, 22))] * 20
    plain = [(day_of(3, 4), day_of(3, 6))] * (pairs_able - odd)
    # Issued 5 March, read as 3 May; and two that no swap brings together.
    late = [(day_of(3, 4), day_of(5, 3))] * mended + [(day_of(3, 4), day_of(9, 8))] * (odd - mended)
    every = [*usual, *plain, *late]
    left, right = (side(len(every), day=[one[at] for one in every]) for at in (0, 1))

    given = compared(left, right, linked=range(len(every)))

    assert (verdict(columns._swapped(given)) == "failed") is is_swapped


@pytest.mark.parametrize(("usual", "found"), [(9, (0, 0)), (10, (1, 1))])
def test_ten_pairs_say_what_is_usual(usual: int, found: tuple[int, int]) -> None:
    """Nine are too few."""
    left = np.array([day_of(3, 20)] * usual + [day_of(3, 4)])
    right = np.array([day_of(3, 22)] * usual + [day_of(5, 3)])

    assert columns._odd_lags(left, right, np.array([False] * usual + [True])) == found


@pytest.mark.parametrize(("lag", "odd"), [(-3, 0), (-4, 1), (7, 0), (8, 1)])
def test_five_days_beside_the_usual_are_usual_too(lag: int, odd: int) -> None:
    """Invoices two days later as a rule: from three days before to seven days after the order."""
    left = np.array([day_of(3, 20)] * 12 + [day_of(3, 9)])
    right = np.array([day_of(3, 22)] * 12 + [day_of(3, 9) + lag])

    assert columns._odd_lags(left, right, np.array([False] * 12 + [True]))[0] == odd


@pytest.mark.parametrize(
    ("ahead", "late", "count", "is_future"),
    [(6, 20, 400, True), (5, 20, 400, False), (6, 19, 100, False), (6, 20, 401, False)],
)
@pytest.mark.parametrize("which", ["left", "right"])
def test_dates_after_today_are_wrong_where_they_are_many(
    ahead: int, late: int, count: int, which: str, *, is_future: bool
) -> None:
    """Twenty, and one of twenty, more than five days ahead."""
    given = {"left": side(5), "right": side(5)}
    given[which] = side(count + 1, day=[TODAY + ahead] * late + [DAY] * (count - late) + [NO_DAY])

    assert (verdict(columns._future(compared(**given))) == "failed") is is_future


@pytest.mark.parametrize(("lost", "expected"), [(9, None), (11, "partly"), (50, "partly"), (51, "failed")])
@pytest.mark.parametrize("which", ["unread_l", "unread_r"])
def test_more_than_a_tenth_of_the_days_that_stand_there_could_not_be_read(
    lost: int, which: str, expected: str | None
) -> None:
    """More than half of them leave nothing to measure by."""
    given = compared(side(5), side(5), **{which: Unread("Ship date", lost, 100, "KW 12")})

    found = columns._unread(given)

    assert verdict(found) == expected
    assert found is None or found.held_back == (("lag", "missing", "loss") if which == "unread_l" else ("lag",))


@pytest.mark.parametrize(("known", "expected"), [(18, "sound"), (17, "partly"), (10, "partly"), (9, "failed")])
def test_nine_of_ten_documents_of_money_state_an_amount(known: int, expected: str) -> None:
    """The side that lacks more is named."""
    right = side(20, amount=[100.0] * known + [np.nan] * (20 - known))

    found = columns.amounts(compared(side(20), right), NO_HINTS)

    assert found.verdict == expected
    assert found.to_do is None or "invoices in Books" in found.to_do


@pytest.mark.parametrize(("known", "expected"), [(1, "sound"), (0, "failed")])
def test_not_every_deal_has_a_price_but_one_of_twenty_does(known: int, expected: str) -> None:
    """Where none has one a column was not read."""
    left = side(20, amount=[100.0] * known + [np.nan] * (20 - known))
    won = replace(BILLED, entity_l="deal")

    assert columns.amounts(compared(left, side(20), handoff=won), NO_HINTS).verdict == expected


@pytest.mark.parametrize(("count", "zeros", "is_found"), [(20, 10, True), (20, 9, False), (19, 19, False)])
@pytest.mark.parametrize("which", ["left", "right"])
def test_half_of_the_amounts_are_not_zero(count: int, zeros: int, which: str, *, is_found: bool) -> None:
    """Of twenty or more; else the column may hold what is still open."""
    given = {"left": side(30), "right": side(30)}
    given[which] = side(count + 5, amount=[0.0] * zeros + [5.0] * (count - zeros) + [np.nan] * 5)

    assert (verdict(columns._zeros(compared(**given))) == "failed") is is_found


@pytest.mark.parametrize(
    ("total", "explained", "held", "is_strange"),
    [
        (20, 4, 6, True),
        (19, 4, 5, False),
        (20, 5, 5, False),  # a quarter is explained
        (20, 4, 7, False),  # less than half is not
    ],
)
def test_hardly_any_amount_stands_on_the_other_side(total: int, explained: int, held: int, *, is_strange: bool) -> None:
    """Less than a quarter, and half of all are explained by nothing."""
    found = columns._strange(compared(side(5), side(5)), Factors((1.2,), held, explained, total))

    assert (verdict(found) == "failed") is is_strange


@pytest.mark.parametrize(("lost", "held"), [(10, ("error", "loss", "missing")), (11, ("missing", "error", "loss", "lag"))])
def test_lags_are_held_back_where_more_than_half_is_missing(lost: int, held: tuple[str, ...]) -> None:
    """Where amounts meet nowhere, what was found may be the wrong documents."""
    given = compared(side(20), side(20), lost=range(lost))
    [strange] = [columns._strange(given, Factors((), 0, 0, 20))]
    by_factor = factor.factor(given, Hints(None, Factors((1.19,), 20, 0, 20)))

    assert strange is not None
    assert strange.held_back == held
    assert by_factor.held_back == (("error", "loss", "missing", "lag") if lost == 11 else held)


@pytest.mark.parametrize(
    ("count", "differ", "expected"),
    [(20, 2, "sound"), (20, 3, "partly"), (20, 5, "partly"), (20, 6, "failed"), (19, 19, "sound")],
)
def test_pairs_that_state_two_currencies_are_few(count: int, differ: int, expected: str) -> None:
    """From 15 % on they tell of a comparison in two currencies, from 30 % on hardly anything else."""
    unsaid = ([None, "", "USD"], ["EUR", "EUR", ""]) if count == 20 else ([], [])
    left = side(count + len(unsaid[0]), currency=["USD"] * count + unsaid[0])
    right = side(len(left), currency=["EUR"] * differ + ["USD"] * (count - differ) + unsaid[1])
    usual = compared(left, right, linked=range(len(left)))

    assert columns.currency(usual, NO_HINTS).verdict == expected


@pytest.mark.parametrize(("count", "share", "expected"), [(20, 16, "failed"), (20, 15, "sound"), (19, 19, "sound")])
def test_sides_are_apart_where_four_of_five_are_in_another_currency(count: int, share: int, expected: str) -> None:
    """Of twenty documents on each side, linked or not."""
    left = side(count, currency=["USD"] * share + ["GBP"] * (count - share))
    right = side(count, currency=["EUR"] * share + ["GBP"] * (count - share))

    assert columns.currency(compared(left, right), NO_HINTS).verdict == expected


@pytest.mark.parametrize(
    ("held", "total", "expected"),
    [
        (10, 83, "partly"),  # 12 %
        (10, 84, "sound"),
        (9, 10, "sound"),
        (10, 25, "failed"),  # 40 %
        (10, 26, "partly"),
        (9, 9, "sound"),
        (10, 10, "failed"),
    ],
)
def test_a_factor_holds_for_ten_amounts_and_one_of_eight(held: int, total: int, expected: str) -> None:
    """From two of five on it is the rule."""
    found = factor.factor(compared(side(5), side(5)), Hints(None, Factors((1.19,), held, 0, total)))

    assert found.verdict == expected


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        (100.0, "one side counts in cents or thousands"),
        (0.001, "one side counts in cents or thousands"),
        (1.19, "one side seems to be before a tax of 19 %, or in another currency"),
        (1 / 1.19, "one side seems to be before a tax of 19 %, or in another currency"),
        (1.031, "one side seems to be before a tax of 3.1 %, or in another currency"),
        (1.029, "one side seems to be in another currency or unit"),
        (1.279, "one side seems to be before a tax of 27.9 %, or in another currency"),
        (1.281, "one side seems to be in another currency or unit"),
        (100.5, "one side seems to be in another currency or unit"),
    ],
)
def test_what_a_factor_means_depends_on_its_size(value: float, meaning: str) -> None:
    """A power of ten, a tax of 3 to 28 %, or something else; whichever side was multiplied."""
    assert factor._meaning(value) == meaning
    assert factor._remedy(value).startswith({"c": "name the unit", "b": "name the column", "i": "name the currency"}[
        "c" if "counts" in meaning else "b" if "before" in meaning else "i"
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("count", "lost", "strays", "expected"),
    [
        (20, 20, 0, "failed"),
        (20, 11, 0, "failed"),
        (20, 10, 0, "sound"),
        (20, 10, 5, "failed"),
        (20, 5, 3, "failed"),
        (20, 5, 2, "sound"),  # less than half as many strays
        (20, 4, 9, "sound"),  # less than a quarter is missing
        (21, 5, 9, "sound"),
    ],
)
def test_so_much_is_missing_that_the_comparison_may_be_why(count: int, lost: int, strays: int, expected: str) -> None:
    """More than half; or a quarter, with half as many strays on the other side."""
    right = side(30)
    claimed = np.arange(30) >= strays

    assert (
        missing.missing(compared(side(count), right, lost=range(lost), is_claimed_r=claimed), NO_HINTS).verdict == expected
    )


@pytest.mark.parametrize(
    ("own", "own_lost", "others", "others_lost", "is_told"),
    [
        (10, 9, 10, 2, True),
        (20, 17, 20, 4, True),  # 85 % and 20 %
        (20, 16, 20, 4, False),
        (20, 17, 20, 5, False),
        (9, 9, 10, 0, False),
        (10, 10, 9, 0, False),
        (12, 12, 40, 8, True),  # 60 % of all that is missing
        (12, 11, 40, 8, False),
        (10, 10, 90, 0, True),  # a tenth of all
        (10, 10, 91, 0, False),
    ],
)
def test_what_is_missing_has_one_thing_in_common(
    own: int, own_lost: int, others: int, others_lost: int, *, is_told: bool
) -> None:
    """Nearly all of its kind, hardly any of the others, and most of what is missing."""
    left = side(own + others, status=["on hold"] * own + ["paid"] * others)
    gone = [*range(own_lost), *range(own, own + others_lost)]

    found = split.telling_split(compared(left, side(5), lost=gone))

    assert (found is not None) is is_told
    if found is not None:
        assert found == ("filter", "with the status “on hold”", own_lost, own, others_lost, others)


@pytest.mark.parametrize(("lost", "held"), [(2, ("error", "missing")), (1, ("error",))])
def test_from_a_tenth_on_missing_items_are_held_back_too(lost: int, held: tuple[str, ...]) -> None:
    """Of twenty, two are a tenth."""
    assert split.with_doubt(compared(side(20), side(5), lost=range(lost)), "error") == held


@pytest.mark.parametrize(
    ("day", "other"),
    [
        ("2026-03-05", "2026-05-03"),
        ("2026-03-12", "2026-12-03"),
        ("2026-03-13", None),
        ("2026-03-03", None),
        ("2026-12-01", "2026-01-12"),
        ("2024-02-01", "2024-01-02"),
    ],
)
def test_day_and_month_change_places(day: str, other: str | None) -> None:
    """Within the year; what is no other date stays as it is."""
    at = np.array([day], "datetime64[D]").astype(np.int64)

    assert split.swapped(at).astype("datetime64[D]").astype(str).tolist() == [other or day]
    assert split.may_be_swapped(at).tolist() == [other is not None]
    assert split.may_be_swapped(np.array([NO_DAY])).tolist() == [False]


@pytest.mark.parametrize(
    ("found", "kinds", "expected"),
    [
        (20, {"amount": 10}, "failed"),
        (20, {"amount": 9}, "partly"),
        (20, {"amount": 6}, "partly"),
        (20, {"amount": 5, "party": 4}, "sound"),
        (20, {"amount": 5, "party": 5}, "failed"),
        (19, {"amount": 19}, "sound"),
        (20, {}, "sound"),
    ],
)
def test_more_pairs_disagree_than_people_make_mistakes(found: int, kinds: dict[str, int], expected: str) -> None:
    """Half of them, or three of ten in one way."""
    assert pairs.disagreement(compared(side(found), side(5), error_kinds=kinds), NO_HINTS).verdict == expected


@pytest.mark.parametrize(
    ("kinds", "lost", "held"),
    [
        ({"amount": 12}, 0, ("error", "loss")),
        ({"amount": 12}, 3, ("error", "loss", "missing")),
        ({"party": 12}, 0, ("error", "loss", "missing")),
        ({"party": 6, "amount": 6}, 0, ("error", "loss")),  # of two as usual the first by name
        ({"party": 8}, 0, ("error", "loss")),
    ],
)
def test_pairs_of_other_parties_are_no_pairs(kinds: dict[str, int], lost: int, held: tuple[str, ...]) -> None:
    """Then what is missing is doubtful too; pairs that differ in the amount only are pairs all the same."""
    given = compared(side(24), side(5), lost=range(lost), error_kinds=kinds)

    assert pairs.disagreement(given, NO_HINTS).held_back == held


@pytest.mark.parametrize(("named", "met", "is_strange"), [(20, 1, True), (20, 2, False), (19, 0, False)])
def test_two_lists_of_other_parties_have_one_of_ten_in_common(named: int, met: int, *, is_strange: bool) -> None:
    """Of twenty named on each side, whether recognised or written alike."""
    left = side(named, account=["A"] * met + ["L"] * (named - met), party_name=["Acme"] * met + ["Left"] * (named - met))
    right = side(named, account=["A"] * met + ["R"] * (named - met), party_name=["Acme"] * met + ["Right"] * (named - met))
    by_name = side(named, account=None, party_name=["Acme"] * met + ["Right"] * (named - met))

    for other in (right, by_name):
        found = pairs._strange_parties(compared(left, other))
        assert (verdict(found) == "failed") is is_strange


@pytest.mark.parametrize(
    ("named_l", "named_r", "is_told"),
    [(100, 4, True), (100, 5, False), (50, 4, True), (49, 4, False), (4, 100, True), (4, 49, False)],
)
def test_a_side_without_customers_is_one_where_a_twentieth_has_none(named_l: int, named_r: int, *, is_told: bool) -> None:
    """And half of the other side have one."""
    left, right = (side(100, party_name=["Acme"] * one + [None] * (100 - one)) for one in (named_l, named_r))

    found = pairs._unnamed_parties(compared(left, right))

    assert (found is not None) is is_told
    assert found is None or ("orders in Shop" if named_l < named_r else "invoices in Books") in found.reason


@pytest.mark.parametrize(
    ("accounts", "numbered", "lost", "expected"),
    [(1, 0, 10, "failed"), (2, 0, 10, "sound"), (1, 1, 10, "sound"), (1, 0, 1, "sound"), (1, 0, 2, "failed")],
)
def test_documents_without_party_and_number_are_told_apart_by_nothing(
    accounts: int, numbered: int, lost: int, expected: str
) -> None:
    """Where fewer than one of ten names a party, no pair quotes a number, and a tenth is missing."""
    linked = Linked(np.arange(2), np.arange(2), np.zeros(2, np.int64), np.array([numbered > 0, False]))
    given = compared(side(20), side(20, account=["A"] * accounts + [None] * (20 - accounts)), lost=range(lost))

    assert pairs.references(replace(given, linked=linked), NO_HINTS).verdict == expected


@pytest.mark.parametrize(("twins", "count", "is_found"), [(6, 20, True), (4, 20, False), (6, 19, False), (18, 60, True)])
@pytest.mark.parametrize("which", ["left", "right"])
def test_three_of_ten_documents_that_stand_there_twice_were_read_twice(
    twins: int, count: int, which: str, *, is_found: bool
) -> None:
    """Of twenty documents or more."""
    amounts = [*(float(at // 2) for at in range(twins)), *(1_000.0 + at for at in range(count - twins))]
    given = {"left": side(5), "right": side(5), which: side(count, amount=amounts)}

    assert (verdict(rows._twins(compared(**given))) == "failed") is is_found


def test_twins_are_equal_in_party_or_number_amount_and_day() -> None:
    """Without a party the number tells; without either, an amount or a day they cannot be told."""
    account = ["A", "A", "B", None, None, None, None, "A", "A"]
    number = ["1", "2", "3", "7", "7", "8", None, "1", "1"]
    amount = [5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, np.nan, 5.0]
    day = [DAY] * 8 + [NO_DAY]

    assert rows.twin_count(side(9, account=account, number=number, amount=amount, day=day)) == (4, 6)
    assert rows.twin_count(side(2, account=["A", "A"], amount=[5.0, 6.0])) == (0, 2)
    assert rows.twin_count(side(2, account=["A", "A"], day=[DAY, DAY + 1])) == (0, 2)
    assert rows.twin_count(side(2, account=None, number="1")) == (2, 2)
    assert rows.twin_count(side(1, account=None)) == (0, 0)


@pytest.mark.parametrize(
    ("first_r", "last_r", "expected"),
    [
        (0, 99, "sound"),
        (30, 99, "sound"),  # seventy of a hundred days
        (31, 99, "partly"),
        (72, 99, "partly"),  # four weeks
        (73, 99, "failed"),
        (0, 27, "partly"),
        (0, 26, "failed"),
    ],
)
def test_both_lists_cover_four_weeks_and_most_of_the_same_days(first_r: int, last_r: int, expected: str) -> None:
    """Seven of ten days that either covers; less than four weeks is no month."""
    given = compared(side(5), side(5), covered_l=Covered(1_000, 1_099), covered_r=Covered(1_000 + first_r, 1_000 + last_r))

    assert rows.period(given, NO_HINTS).verdict == expected


@pytest.mark.parametrize(("inside", "expected"), [(10, "partly"), (9, "sound")])
def test_ten_documents_in_a_hole_of_the_other_list_are_told(inside: int, expected: str) -> None:
    """Its first and its last day are days of the hole."""
    days = [1_010] * (inside // 2) + [1_020] * (inside - inside // 2) + [1_009, 1_021]
    whole, holed = Covered(1_000, 1_099), Covered(1_000, 1_099, ((1_010, 1_020),))

    for given in (
        compared(side(len(days), day=days), side(5), covered_l=whole, covered_r=holed),
        compared(side(5), side(len(days), day=days), covered_l=holed, covered_r=whole),
    ):
        assert rows.period(given, NO_HINTS).verdict == expected


@pytest.mark.parametrize(
    ("small", "larger", "value"),
    [
        ((101, 120), (1_000_000, 1_190_000), 1.19),
        ((120, 101), (1_190_000, 1_000_000), 1 / 1.19),
        ((900, 976), (1_000_000, 1_084_000), 1.084),
        ((976, 900), (1_084_000, 1_000_000), 1 / 1.084),
        ((100, 119), (1_000_000, 1_190_000), 1.19),
        ((3, 300), (1_000_000, 100_000_000), 100.0),
    ],
)
def test_a_factor_is_the_plain_number_that_holds_for_most(
    small: tuple[int, int], larger: tuple[int, int], value: float
) -> None:
    """Two or three decimals, on the side that was multiplied: small amounts are rounded, large ones say it exactly."""
    own, other = (np.array([one] * 29 + [many] * 10, dtype=float) for one, many in zip(small, larger, strict=True))

    found, holders = amount_ratios._best_factor(np.arange(39), own, other, compared(side(5), side(5)), usual=100)

    assert found == pytest.approx(value, rel=1e-12)
    assert len(holders) == 39


@pytest.mark.parametrize(
    ("ratio", "entity", "held"),
    [
        (1.004, "invoice", 0),
        (1.006, "invoice", 30),
        (0.9955, "invoice", 0),
        (0.994, "invoice", 30),
        (1_999.0, "invoice", 30),
        (2_001.0, "invoice", 0),
        (1 / 1_999, "invoice", 30),
        (1 / 2_001, "invoice", 0),
        (0.95, "invoice", 30),
        (0.95, "payment", 0),  # what is left after a fee
        (0.931, "payment", 0),
        (0.929, "payment", 30),
        (1.02, "payment", 30),
    ],
)
def test_a_factor_is_neither_a_rounding_nor_a_fee_nor_out_of_all_proportion(ratio: float, entity: str, held: int) -> None:
    """More than half of one in a hundred, up to two thousand; of payments nothing between 0.93 and 1."""
    own = np.array([10_000_000.0 + 777_777 * at for at in range(30)])
    given = compared(side(5), side(5), handoff=replace(BILLED, entity_r=entity))

    _, holders = amount_ratios._best_factor(np.arange(30), own, np.round(own * ratio), given, usual=100)

    assert len(holders) == held


@pytest.mark.parametrize(("usual", "held"), [(30, 30), (31, 0)])
@pytest.mark.parametrize("part", [0.1, 0.2, 0.25, 0.3, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.7, 0.75])
def test_a_plain_part_of_an_amount_is_an_instalment_unless_most_are(part: float, usual: int, held: int) -> None:
    """A third of the order is a deposit; where six of ten amounts are such thirds, they are a factor."""
    own = np.array([1_000_000.0 + 77_777 * at for at in range(30)])

    _, holders = amount_ratios._best_factor(
        np.arange(30), own, np.round(own * part), compared(side(5), side(5)), usual=usual
    )

    assert len(holders) == held


@pytest.mark.parametrize(("off", "held"), [(1.0, 30), (1.02, 0)])
def test_amounts_with_a_factor_fit_to_the_cent(off: float, held: int) -> None:
    """A cent of rounding is none; of large amounts three of ten thousand."""
    own = np.array([100.0 + at for at in range(30)])
    large = own * 10_000

    for amounts, missed in ((own, off), (large, None)):
        other = amounts * 2 + (missed if missed is not None else np.where(off > 1, 3.1e-4, 2.9e-4) * 2 * amounts)
        is_held = np.abs(other - 2 * amounts) <= np.maximum(1.01, 3e-4 * np.abs(other))
        assert is_held.all() == (held == 30)
        # A few that fit exactly keep the factor where it is.
        exact = np.concatenate([amounts * 2, other])
        _, holders = amount_ratios._best_factor(
            np.arange(60), np.concatenate([amounts, amounts]), exact, compared(side(5), side(5)), usual=100
        )
        assert len(holders) >= 30


@pytest.mark.parametrize(("dated", "held"), [(9, True), (10, False)])
def test_without_dates_of_half_of_the_source_errors_are_held_back_too(dated: int, *, held: bool) -> None:
    """Where the other side has still fewer."""
    left = side(20, day=[DAY] * dated + [NO_DAY] * (20 - dated))
    given = compared(left, side(20, day=[DAY] * 5 + [NO_DAY] * 15))

    assert ("error" in columns.dates(given, NO_HINTS).held_back) is held


@pytest.mark.parametrize("which", ["left", "right"])
def test_an_empty_side_lacks_nothing_that_its_documents_should_have(which: str) -> None:
    """No documents, no shares of them: another aspect says that there are none."""
    given = compared(**{"left": side(20, party_name="Acme"), "right": side(20, party_name="Acme"), which: side(0)})

    assert columns.dates(given, NO_HINTS).verdict == "sound"
    assert columns.amounts(given, NO_HINTS).verdict == "sound"
    assert columns.currency(given, NO_HINTS).verdict == "sound"
    assert pairs._unnamed_parties(given) is None


@pytest.mark.parametrize(("others", "held", "values"), [(0, 5, (1.19,)), (0, 4, ()), (95, 5, (1.19,)), (96, 5, ())])
def test_a_factor_holds_for_five_documents_and_a_twentieth(others: int, held: int, values: tuple[float, ...]) -> None:
    """Of all that have a candidate, those with an amount that needs no factor among them."""
    count = held + others
    own = np.array([100_000.0 + 777 * at for at in range(count)])
    other = np.concatenate([np.round(own[:held] * 1.19), own[held:]])
    accounts = [f"P{at}" for at in range(count)]
    given = compared(side(count, amount=own, account=accounts), side(count, amount=other, account=accounts))

    found = amount_ratios.constant_factors(given)

    assert [round(one, 4) for one in found.values] == list(values)
    assert (found.held, found.explained, found.total) == (held if values else 0, others, count)


def test_three_factors_at_most_are_told() -> None:
    """The most usual first."""
    count, factors = 80, (1.19, 1.5, 3.0, 7.0)
    ratio = np.repeat(factors, (26, 22, 18, 14))
    own = np.array([100_000.0 + 777 * at for at in range(count)])
    accounts = [f"P{at}" for at in range(count)]
    right = side(count, amount=np.round(own * ratio), account=accounts)

    found = amount_ratios.constant_factors(compared(side(count, amount=own, account=accounts), right))

    assert [round(one, 4) for one in found.values] == [1.19, 1.5, 3.0]
    assert (found.held, found.explained, found.total) == (66, 0, 80)


@pytest.mark.parametrize(
    ("apart", "by_party", "is_found"),
    [(-45, True, True), (-46, True, False), (89, True, True), (90, True, False),
     (-7, False, True), (-8, False, False), (35, False, True), (36, False, False)],
)  # fmt: skip
def test_candidates_are_of_the_party_s_months_or_of_some_weeks(apart: int, *, by_party: bool, is_found: bool) -> None:
    """45 days before to 75 beyond the time it may take; without parties a week before to three weeks beyond it."""
    whose = "A" if by_party else None

    found = amount_ratios.candidates(compared(side(1, account=whose), side(1, account=whose, day=DAY + apart)))

    assert (len(found.rows_l) == 1) is is_found


@pytest.mark.parametrize(("known", "count"), [(3, 3), (2, 100)])
def test_parties_say_who_belongs_together_where_three_of_ten_have_a_candidate(known: int, count: int) -> None:
    """Else the days alone do."""
    accounts = [*(f"P{at}" for at in range(known)), *[None] * (10 - known)]

    found = amount_ratios.candidates(compared(side(10, account=accounts), side(10, account=accounts)))

    assert len(found.rows_l) == count


@pytest.mark.parametrize(("there", "taken"), [(120, 120), (121, 120)])
def test_a_document_has_a_hundred_and_twenty_candidates_at_most(there: int, taken: int) -> None:
    """The earliest ones."""
    right = side(there, day=[DAY + at % 30 for at in range(there)])

    found = amount_ratios.candidates(compared(side(1), right))

    assert len(found.rows_r) == taken
    assert right.day[found.rows_r].tolist() == sorted(right.day.tolist())[:taken]


@pytest.mark.parametrize(("count", "looked_at"), [(600, 600), (1_199, 1_199), (1_200, 600), (1_799, 900), (1_800, 600)])
def test_six_hundred_documents_are_looked_at_and_less_than_twice_as_many(count: int, looked_at: int) -> None:
    """From everywhere in the list; those without an amount are none."""
    amounts = [0.0, np.nan, *[5.0] * count]

    found = amount_ratios.candidates(compared(side(count + 2, amount=amounts), side(0)))

    assert len(found.looked_at) == looked_at


@pytest.mark.parametrize(("lost", "is_doubtful"), [(1, False), (2, True)])
def test_what_is_missing_is_doubtful_from_a_tenth_on(lost: int, *, is_doubtful: bool) -> None:
    """Two of twenty, where parties or amounts of the pairs differ."""
    strange = compared(side(20, account="L", party_name="Left"), side(20, account="R", party_name="Right"), lost=range(lost))
    differing = compared(side(22), side(5), lost=range(lost), error_kinds={"amount": 12})
    unnamed = compared(side(20, party_name="Acme"), side(20), lost=range(lost))

    assert ("missing" in pairs.references(strange, NO_HINTS).held_back) is is_doubtful
    assert ("missing" in pairs.disagreement(differing, NO_HINTS).held_back) is False
    assert ("missing" in pairs.references(unnamed, NO_HINTS).held_back) is is_doubtful
    whole = compared(side(30), side(5), lost=range(3 if is_doubtful else 2), error_kinds={"amount": 15})
    assert ("missing" in pairs.disagreement(whole, NO_HINTS).held_back) is is_doubtful


def test_the_first_column_that_could_not_be_read_is_shown() -> None:
    """With what stands there first, at most thirty characters of it; a word or a plain date is no day that was lost."""
    written = {
        "1": {"Ship": "KW 12 " + "x" * 40, "Sent": "KW 13"},
        "2": {"Ship": "open", "Sent": "2026-03-01"},
        "3": {"Sent": "KW 14"},
        "4": {"Ship": ""},
    }
    stream = pa.table({"sent_on": pa.array([None] * 8 + [DAY] * 2, pa.int32())})

    assert unread_days(stream, "sent_on", ["Ship", "Sent"], written) == ("Ship", 6, 8, "KW 12 " + "x" * 24)
    assert unread_days(stream, "sent_on", ["Other"], written) is None


@pytest.mark.parametrize(
    ("found", "lost", "young", "expected"),
    [
        (1, 1, 0, "sound"),
        (1, 2, 0, "failed"),
        (2, 1, 5, "sound"),
        (0, 0, 3, "failed"),
        (0, 0, 0, "failed"),
        (0, 1, 0, "failed"),
    ],
)
def test_half_of_the_customers_are_found(found: int, lost: int, young: int, expected: str) -> None:
    """Of those that could be; where none could, nothing is known."""
    statuses = [*["found"] * found, *["missing"] * lost, *["too_new"] * young]
    days = [date(2026, 3, 1)] * found + [None] * (lost + young)
    counterparts = pa.table({"status": pa.array(statuses, pa.string()), "event_on": pa.array(days, pa.date32())})
    lists = side(3).table, side(3).table

    verdicts = {one.aspect: one for one in judged_parties(counterparts, lists, ("Shop", "Books"))}

    assert verdicts["missing"].verdict == expected
    if expected == "sound":
        assert verdicts["dates"].reason == f"{found} of {found + lost + young} have a date."
        assert verdicts["missing"].reason == f"{lost} of {found + lost} of them were not found in Books."


def test_parties_without_a_date_are_said_to_have_none() -> None:
    """None of two is nought."""
    counterparts = pa.table({"status": ["found", "missing"], "event_on": pa.array([None, None], pa.date32())})

    verdicts = judged_parties(counterparts, (side(3).table, side(3).table), ("Shop", "Books"))

    assert [one.reason for one in verdicts if one.aspect == "dates"] == ["0 of 2 have a date."]


def test_both_sides_are_mostly_in_one_currency_each_before_they_are_apart() -> None:
    """Four of five on one side, and less on the other, is no such case."""
    left, right = side(20, currency=["USD"] * 16 + ["GBP"] * 4), side(20, currency=["EUR"] * 15 + ["GBP"] * 5)

    assert columns.currency(compared(left, right), NO_HINTS).verdict == "sound"
    assert columns.currency(compared(right, left), NO_HINTS).verdict == "sound"


@pytest.mark.parametrize(("off", "held"), [(0.0018, 0), (0.0022, 30), (-0.0018, 0), (-0.0022, 30)])
def test_what_is_near_a_plain_part_of_an_amount_is_one(off: float, held: int) -> None:
    """Within two of a thousand."""
    own = np.array([10_000_000.0 + 777_777 * at for at in range(30)])

    _, holders = amount_ratios._best_factor(
        np.arange(30), own, np.round(own * (0.5 + off)), compared(side(5), side(5)), usual=31
    )

    assert len(holders) == held


@pytest.mark.parametrize(("dated", "expected"), [(9, "partly"), (10, None), (11, None)])
def test_half_of_the_deals_say_when_they_were_won(dated: int, expected: str | None) -> None:
    """Where fewer do, the day of entry tells no wait."""
    left = side(20)
    days = pa.array([DAY] * dated + [None] * (20 - dated), pa.int32()).cast(pa.date32())
    won = replace(left, table=left.table.append_column("closed_at", days))

    assert verdict(columns._undated(compared(won, side(5), handoff=replace(BILLED, entity_l="deal")))) == expected


@pytest.mark.parametrize(("off", "held"), [(2.9e-4, 40), (3.3e-4, 30)])
def test_large_amounts_with_a_factor_fit_to_three_of_ten_thousand(off: float, held: int) -> None:
    """Here thirty fit exactly."""
    own = np.array([10_000_000.0 + 777_777 * at for at in range(40)])
    other = np.where(np.arange(40) < 30, own * 2, own * 2 * (1 + off))

    value, holders = amount_ratios._best_factor(np.arange(40), own, other, compared(side(5), side(5)), usual=100)

    assert (value, len(holders)) == (2.0, held)
