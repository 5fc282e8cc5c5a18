"""Where one verdict on documents ends and the next begins: values just under, at and just over each bound."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.documents.amounts import NAMES, amount_relations
from toolkit.match.documents.assignment import assignment
from toolkit.match.documents.candidates import candidate_pairs
from toolkit.match.documents.evidence import (
    MOST_WORDS,
    NAMED_ALIKE,
    NAMED_IN_PART,
    PARTY_NAME,
    SAME_WORDS,
    SOME_WORDS,
    WORDS,
    Evidence,
    evidence,
)
from toolkit.match.documents.lags import LagDensity
from toolkit.match.documents.matching import DocumentMatching, matched_documents
from toolkit.match.documents.mentions import mentions
from toolkit.match.documents.numbers import CLAIMED, OTHERWISE, SHORT
from toolkit.match.documents.side import two_sides
from toolkit.match.documents.sums import MAX_PARTS, exact_sums

Rows = list[dict[str, Any]]
Held = Callable[[Rows, Rows], Evidence]


@pytest.fixture
def held(side: Any) -> Held:
    """Return two sides ready to be compared."""

    def build(left: Rows, right: Rows) -> Evidence:
        sides = two_sides(side("i", left), side("p", right))
        return evidence(*sides, (mentions(sides[0].table), mentions(sides[1].table)))

    return build


def _relation(left: float, right: float, **parts: float) -> str:
    given = {name: np.array([parts.get(name, np.nan)]) for name in ("tax_l", "tax_r", "fee_l", "fee_r")}
    [found] = amount_relations(np.array([left]), np.array([right]), **given)
    return NAMES[found]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (100_000.0, 95_951.0, "less"),
        (100_000.0, 95_950.0, "less"),
        (100_000.0, 95_949.0, "close"),
        (30_000.0, 27_501.0, "less"),
        (30_000.0, 27_500.0, "less"),
        (30_000.0, 27_499.0, "close"),
        (10_000.0, 9_001.0, "less"),
        (10_000.0, 9_000.0, "less"),
        (10_000.0, 8_999.0, "different"),
        (10_000.0, 10_999.0, "close"),
        (10_000.0, 11_002.0, "different"),
    ],
)
def test_what_a_bank_keeps_ends_at_four_percent_and_fifty_cents_or_at_a_transfer_fee(
    left: float, right: float, relation: str
) -> None:
    """Of 1,000.00 up to 40.50 may be missing, of 300.00 up to 25.00; a tenth is the end of all likeness."""
    assert _relation(left, right) == relation


@pytest.mark.parametrize(
    ("right", "relation"),
    [(998.0, "different"), (999.0, "tax"), (1_000.0, "tax"), (1_001.0, "tax"), (1_002.0, "different")],
)
def test_a_cent_of_rounding_is_no_difference_in_tax(right: float, relation: str) -> None:
    """Once the source's tax is taken off, one cent more or less is rounding and two are not."""
    assert _relation(1_200.0, right, tax_l=200.0, tax_r=150.0) == relation


def test_documents_of_one_party_meet_from_three_weeks_before_to_two_hundred_days_after(held: Held) -> None:
    """A payment may come 21 days before its invoice and 200 days after, no day more."""
    days = [78, 79, 300, 301]
    payments = [{"party": "acme", "amount_minor": 10_000 + at, "at": at} for at in days]

    one = held([{"party": "acme", "amount_minor": 77, "at": 100}], payments)
    rows_l, rows_r = candidate_pairs(one.left, one.right, one.quoted, one.words, one.payers)

    assert [days[row] for row in rows_r.tolist()] == [79, 300]
    assert rows_l.tolist() == [0, 0]


def test_a_quoted_number_reaches_four_hundred_days_either_way(held: Held) -> None:
    """Who quotes the invoice is weighed up to 400 days before or after it."""
    days = [99, 100, 900, 901]
    payments = [{"invoice_ref": "INV-20417", "at": at} for at in days]

    one = held([{"number": "INV-20417", "at": 500}], payments)
    _, rows_r = candidate_pairs(one.left, one.right, one.quoted, one.words, one.payers)

    assert [days[row] for row in rows_r.tolist()] == [100, 900]


@pytest.mark.parametrize(("count", "is_told"), [(24, True), (25, True), (26, False)])
def test_a_number_that_more_than_twenty_five_documents_quote_tells_nothing(held: Held, count: int, *, is_told: bool) -> None:
    """A branch or contract number stands on many papers and names none of them."""
    one = held([{"number": "INV-20417"}], [{"invoice_ref": "INV-20417"}] * count)

    assert len(one.quoted.left) == (count if is_told else 0)


@pytest.mark.parametrize(("agreeing", "is_believed"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_columns_mean_the_same_numbers_when_half_of_their_pairs_agree(
    held: Held, agreeing: int, *, is_believed: bool
) -> None:
    """Of four pairs that share a number, two must also agree in the amount."""
    invoices = [{"number": f"INV-2041{at}", "amount_minor": 10_000 + 777 * at} for at in range(4)]
    payments = [
        {"description": f"2041{at}", "amount_minor": 10_000 + 777 * at if at < agreeing else 999_000 + 31 * at}
        for at in range(4)
    ]

    one = held(invoices, payments)

    assert len(one.quoted.left) == (4 if is_believed else 0)


def test_a_number_claims_its_documents_from_four_bits_on(held: Held) -> None:
    """A number that every payment quotes is worth exactly four bits and still claims; two digits in a sentence do not."""
    every = held([{"number": "INV-20417"}], [{"invoice_ref": "0020417"}, {"invoice_ref": "0020417"}])
    short = held([{"number": "17"}], [{"invoice_ref": "see our paper 17 of May"}])
    pair = np.array([0]), np.array([0])

    assert every.quoted.bits.tolist() == [4.0, 4.0]
    assert every.quoted.is_claimed_l.tolist() == [True]
    assert every.quoted.of(*pair)[0].tolist() == [OTHERWISE]
    assert short.quoted.is_claimed_l.tolist() == [False]
    assert short.quoted.of(*pair)[0].tolist() in ([SHORT], [0])
    assert CLAIMED == 2


@pytest.mark.parametrize(
    ("shared", "level"), [(1, 0), (2, NAMED_IN_PART), (3, NAMED_IN_PART), (4, NAMED_ALIKE), (5, NAMED_ALIKE)]
)
def test_two_of_five_words_name_a_party_in_part_and_four_of_five_alike(held: Held, shared: int, level: int) -> None:
    """Forty percent of a name is a hint, eighty percent the name."""
    words = ["alder", "birch", "cedar", "dogwood", "elm"]
    texts = [" ".join(words[:shared]), " ".join(words[shared:]) or "fir", *(f"oak{'abcdefgh'[at]}" for at in range(6))]

    one = held([{"party_name": " ".join(words)}], [{"description": text} for text in texts])

    assert one.of(np.array([0]), np.array([0])).levels[0, PARTY_NAME] == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("alder birch cedar dogwood", SAME_WORDS),
        ("alder birch", SAME_WORDS),
        ("alder birch fir oak", MOST_WORDS),
        ("alder fir oak yew", SOME_WORDS),
    ],
)
def test_half_of_the_words_are_most_of_them(held: Held, title: str, level: int) -> None:
    """Two of four words are enough for most, one of four is some; all of the shorter title are the same."""
    others = [{"name": name} for name in ("cedar dogwood", "plum", "rowan", "larch", "beech", "maple", "hazel")]

    one = held([{"name": "alder birch cedar dogwood"}], [{"name": title}, *others])

    assert one.of(np.array([0]), np.array([0])).levels[0, WORDS] == level


@pytest.mark.parametrize(("worse_by", "is_tied"), [(0.25, True), (0.5, False), (0.75, False)])
@pytest.mark.parametrize("count", [1, 401])
def test_a_choice_is_tied_below_half_a_bit(worse_by: float, count: int, *, is_tied: bool) -> None:
    """Another free partner that is half a bit worse is another choice no more, in a small group and in a large one."""
    # A chain of further rows makes the group as large as wanted; each has a partner of its own, far better than the next.
    left = np.concatenate([[0, 0], np.repeat(np.arange(1, count), 2)])
    right = np.concatenate([[0, count], np.stack([np.arange(1, count), np.arange(count - 1)], axis=1).ravel()])
    gain = np.concatenate([[9.0, 9.0 - worse_by], np.tile([9.0, 1.0], count - 1)])
    order = np.lexsort((right, left))
    rows = np.arange(count + 1)

    found = assignment(
        left[order], right[order], gain[order], left_count=count, same_l=rows, same_r=rows, twin_r=rows, tie_margin=0.5
    )

    assert found.right_of[0] == 0
    assert bool(found.is_tied[0]) is is_tied


@pytest.mark.parametrize(("count", "is_learned"), [(11, False), (12, True), (13, True)])
def test_lags_are_learned_from_twelve_sure_pairs_on(count: int, *, is_learned: bool) -> None:
    """Eleven pairs are too few to say how late payments come."""
    found = LagDensity(365.0).relearned(np.full(count, 14.0), np.ones(count))

    assert (found.learned is not None) is is_learned


def test_pairs_without_weight_teach_no_lag() -> None:
    """What is not sure counts neither in the sum nor in the spread."""
    found = LagDensity(365.0).relearned(np.array([14.0] * 12 + [90.0]), np.array([1.0] * 12 + [0.0]))

    assert found.learned is not None
    assert np.flatnonzero(found.learned).tolist() == [514]


def test_a_sum_has_at_least_two_parts_among_the_twelve_likeliest() -> None:
    """One equal amount is no sum; the thirteenth amount is not tried."""
    amounts = np.array([10_007.0 * 2**at + at for at in range(MAX_PARTS + 1)])

    assert MAX_PARTS == 12
    assert exact_sums(10_007.0, amounts[:2]) == []
    assert [one.parts for one in exact_sums(float(amounts[0] + amounts[11]), amounts)] == [(0, 11)]
    assert exact_sums(float(amounts[0] + amounts[12]), amounts) == []


def test_numbers_are_read_of_the_first_five_hundred_letters() -> None:
    """A cell of megabytes costs no more than its beginning."""
    table = pa.table({"description": [f"{'x' * 490} 20417", f"{'x' * 500} 20417"]})

    assert mentions(table).row.tolist() == [0]


AROUND = [(f"c{number}", 41_700 + 1_313 * number, number % 40) for number in range(30)]


@pytest.fixture
def matched(side: Any) -> Callable[[Rows, Rows], DocumentMatching]:
    """Return invoices matched to payments, among thirty others that were paid after three days."""

    def run(invoices: Rows, payments: Rows) -> DocumentMatching:
        others_l = [{"party": party, "amount_minor": amount, "at": at} for party, amount, at in AROUND]
        others_r = [{"party": party, "amount_minor": amount, "at": at + 3} for party, amount, at in AROUND]
        return matched_documents(side("i", [*invoices, *others_l]), side("p", [*payments, *others_r]))

    return run


@pytest.mark.parametrize("first", [10, 11, 13])
def test_of_two_equal_entries_the_first_from_the_day_of_the_source_on_is_the_counterpart(matched: Any, first: int) -> None:
    """Most pay after three days; one of the same day, or of the next, is the first, and the later one repeats it."""
    payments = [{"party": "acme", "amount_minor": 81_250, "at": at} for at in (13, first)]

    found = matched([{"party": "acme", "amount_minor": 81_250, "at": 10}], payments)
    days = [found.right.day[row] - found.left.day[0] for row in (found.links.right_of[0],)]

    assert days == [first - 10]
    assert found.links.is_repeated[:2].sum() == 1


def test_an_entry_from_before_its_source_does_not_take_the_place_of_a_later_one(matched: Any) -> None:
    """A payment of the day before may have been for something else."""
    payments = [{"party": "acme", "amount_minor": 81_250, "at": at} for at in (13, 9)]

    found = matched([{"party": "acme", "amount_minor": 81_250, "at": 10}], payments)

    assert found.links.right_of[0] == 0


@pytest.mark.parametrize("at", [17, 20])
def test_one_likely_payment_is_not_one_of_many(matched: Any, at: int) -> None:
    """A payment likelier than not, and not sure, leaves its invoice without a counterpart; that is not ambiguous."""
    found = matched(
        [{"party": "acme", "amount_minor": 90_000, "at": 10}], [{"party": "acme", "amount_minor": 87_000, "at": at}]
    )

    assert 0.5 < found.match_probability[found.rows_l == 0].max() < 0.9
    assert not found.is_ambiguous[0]
    assert found.links.right_of[0] < 0


def test_parts_that_all_quote_the_invoice_are_a_sum_however_many_they_are(matched: Any) -> None:
    """Of twelve parts every choice is tried; thirteen that name the invoice and make its amount need no choice."""
    parts = [10_007 + 731 * at for at in range(13)]
    payments = [
        {"party": "acme", "amount_minor": part, "at": 20 + at, "invoice_ref": "INV-20417"} for at, part in enumerate(parts)
    ]
    invoice = {"party": "acme", "number": "INV-20417", "at": 10}

    assert [one.is_whole for one in matched([{**invoice, "amount_minor": sum(parts)}], payments).groups] == [True]
    assert [one.is_whole for one in matched([{**invoice, "amount_minor": sum(parts) + 1}], payments).groups] == [False]
