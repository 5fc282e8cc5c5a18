"""Mistyped amounts, at the bounds of the evidence that they need."""

from math import log10
from statistics import median
from typing import Any

import numpy as np
import pytest

from tests.quality_records import by_stream, failing, outcomes, stream_table
from toolkit.quality.amount_slips import MIN_HISTORY, transposed_digits
from toolkit.quality.checks import factor, transposed

Row = dict[str, Any]


def bills(amounts: list[int], **both: Any) -> Any:
    """Return bills of one supplier."""
    return stream_table("bill", [{"party_ref": "A", "amount_minor": amount, **both} for amount in amounts])


@pytest.mark.parametrize(("usual", "found"), [(4, []), (5, ["6"])])
def test_six_documents_are_a_history(usual: int, found: list[str]) -> None:
    """Five are not. The amounts are all alike, and one is ten times as much."""
    assert MIN_HISTORY == 6
    assert failing(factor.CHECK, bills([50_100] * usual + [501_000])) == found


@pytest.mark.parametrize(
    ("odd", "shown"),
    [
        (501_000, "10 times"),
        (5_010_000, "100 times"),
        (50_100_000, None),
        (5_010, "a tenth of"),
        (501, "a hundredth of"),
        (50, None),
        (50_100, None),
    ],
)
def test_one_or_two_places_are_a_slip(odd: int, shown: str | None) -> None:
    """Three are another thing that was bought."""
    [one] = outcomes(factor.CHECK, by_stream(bills([50_100] * 9 + [odd])))

    reasons = one.failing["reason"].to_pylist()
    assert reasons == ([] if shown is None else [f"It is {shown} what is usual here (about 501.00 in 10 documents)."])
    assert one.failing["suggestion"].to_pylist() == ([] if shown is None else ["501.00"])


@pytest.mark.parametrize(("odd", "found"), [(7, 1), (8, 1), (9, 0)])
def test_a_fifth_of_the_documents_may_look_so(odd: int, found: int) -> None:
    """Forty: eight may, nine are a habit. The others are all alike, so that the likelihood does not decide."""
    table = bills([50_100 + n % 3 for n in range(40 - odd)] + [510_300 + 7 * n for n in range(odd)])

    assert (len(failing(factor.CHECK, table)) > 0) is (found > 0)


@pytest.mark.parametrize(
    ("odd", "found"),
    [([501_000], 1), ([501_000, 501_000], 0), ([501_003], 0), ([499_003], 0), ([5_010_000], 1), ([5_010_030], 0)],
)
def test_a_large_bill_is_no_slip(odd: list[int], found: int) -> None:
    """Twice the same was meant, and a decimal point that moved to the right leaves a zero for each place."""
    assert len(failing(factor.CHECK, bills([50_100] * 18 + odd))) == found


@pytest.mark.parametrize(("off", "found"), [(0.0695, ["10"]), (0.0705, [])])
def test_the_corrected_amount_is_one_of_the_usual(off: float, found: list[str]) -> None:
    """Fees that never change may be missed by 0.07 of a power of ten: 2.5 times the least spread, and 0.02."""
    assert failing(factor.CHECK, bills([50_100] * 9 + [round(501_000 * 10**off, -1)])) == found


@pytest.mark.parametrize(("apart", "found"), [(0.11, ["11"]), (0.13, [])])
def test_amounts_that_spread_much_have_no_usual_size(apart: float, found: list[str]) -> None:
    """A standard deviation of 0.12 of a power of ten at most."""
    spread = apart * (9 / 10) ** 0.5
    amounts = [round(50_100 * 10 ** (spread * sign)) for sign in (-1, 1) * 5]

    wide = [{"party_ref": f"W{n % 5}", "amount_minor": 10 ** (3 + n % 3)} for n in range(60)]
    rows = [{"party_ref": "A", "amount_minor": amount} for amount in (*amounts, 500_120)]

    assert failing(factor.CHECK, stream_table("bill", [*rows, *wide])) == found


def test_what_the_queries_find_is_what_the_rule_says() -> None:
    """Parties of all spreads, by the book: spread, likelihood, candidates, digits."""
    random = np.random.default_rng(11)
    parties: dict[str, list[int]] = {}
    for party in range(90):
        usual, spread, count = random.uniform(3, 6), random.uniform(0.0, 0.3), int(random.integers(4, 40))
        amounts = np.round(10 ** random.normal(usual, spread, count)).astype(int) + 1
        for place in random.integers(0, count, int(random.integers(0, 3))):
            amounts[place] *= 10 ** int(random.integers(1, 3))
        parties[f"P{party}"] = amounts.tolist()
    rows = [{"party_ref": name, "amount_minor": amount} for name, amounts in parties.items() for amount in amounts]

    found = failing(factor.CHECK, stream_table("bill", rows))

    wide = float(np.quantile([_spreads(one)[1] for one in parties.values() if len(one) >= 6], 0.9))
    expected, start = [], 0
    for amounts in parties.values():
        expected += [str(start + place + 1) for place in range(len(amounts)) if _is_slip(amounts, place, wide)]
        start += len(amounts)
    assert sorted(found) == sorted(expected)
    assert len(expected) > 20


def _offs(amounts: list[int]) -> list[float]:
    sizes = [log10(amount) for amount in amounts]
    return [size - median(sizes) for size in sizes]


def _candidates(amounts: list[int]) -> list[bool]:
    return [abs(round(off)) in {1, 2} and abs(off - round(off)) <= 0.3 for off in _offs(amounts)]


def _spreads(amounts: list[int]) -> tuple[float, float]:
    """Return the spread of the usual amounts and of all."""
    offs = _offs(amounts)
    others = [off for off, is_candidate in zip(offs, _candidates(amounts), strict=True) if not is_candidate]
    return max(0.02, float(np.std(others, ddof=1))), float(np.std(offs, ddof=1))


def _is_slip(amounts: list[int], place: int, wide: float) -> bool:
    if len(amounts) < 6:
        return False
    return _by_spread(amounts, place, wide) or _by_digits(amounts, place)


def _by_spread(amounts: list[int], place: int, wide: float) -> bool:
    off, candidates, (own, _) = _offs(amounts)[place], sum(_candidates(amounts)), _spreads(amounts)
    likelihood = (len(amounts) - candidates) * (np.log(wide / own) - 0.5 * (1 - (own / wide) ** 2))
    return bool(
        _candidates(amounts)[place]
        and candidates <= max(1, len(amounts) / 5)
        and own <= 0.12
        and abs(off - round(off)) <= 2.5 * own + 0.02
        and (wide <= 0.15 or likelihood >= 3 + 6 * candidates)
    )


def _by_digits(amounts: list[int], place: int) -> bool:
    offs, digits = _offs(amounts), [str(amount).rstrip("0") for amount in amounts]
    own, count = digits[place], len(amounts)
    if len(own) < 4 or 10 ** (len(own) - 1) < 20 * count or digits.count(own) > 1 + count / 10:
        return False
    if abs(offs[place]) <= max(0.7, 2.5 * 1.4826 * median(map(abs, offs))):
        return False
    others = [offs[other] for other in range(count) if digits[other] == own and other != place]
    return any(abs(round(offs[place] - off)) in {1, 2} and abs(off) < 0.5 for off in others)


def wide_bills(amounts: list[int], *, others: int) -> Any:
    """Return bills of a supplier whose amounts are too different to have a usual spread."""
    usual = [20_011, 30_013, 45_017, 60_019, 80_023, 27_029, 36_031, 54_037, 66_041, 73_043][:others]
    return bills([*usual, *amounts])


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ([41_230, 412_300], ["10"]),  # four digits count
        ([41_200, 412_000], []),  # three do not
        ([41_230, 41_230_000], []),  # three places
        ([41_230, 4_123_000], ["10"]),
    ],
)
def test_the_same_digits_elsewhere_need_no_narrow_spread(amounts: list[int], found: list[str]) -> None:
    """An amount of the usual size with the same digits tells what was meant."""
    assert failing(factor.CHECK, wide_bills(amounts, others=8)) == found


@pytest.mark.parametrize(("count", "found"), [(50, 1), (51, 0)])
def test_four_digits_are_enough_for_fifty_documents(count: int, found: int) -> None:
    """Among more, some share their digits by chance."""
    random = np.random.default_rng(5)
    usual = [int(amount) * 1000 + 7 for amount in random.uniform(15, 90, count - 2)]

    assert len(failing(factor.CHECK, bills([*usual, 41_230, 412_300]))) == found


@pytest.mark.parametrize(("copies", "found"), [(1, 1), (2, 0)])
def test_digits_that_many_share_tell_nothing(copies: int, found: int) -> None:
    """Of ten documents, two may have them: the odd one and the one that tells."""
    table = wide_bills([41_230] * copies + [412_300], others=9 - copies)

    assert len(failing(factor.CHECK, table)) == found


def test_parties_currencies_and_streams_are_kept_apart() -> None:
    """Another party's history says nothing, nor does another currency's; without a party there is none."""
    usual: list[Row] = [{"party_ref": "A", "amount_minor": 50_100, "currency": "USD"}] * 9
    odd: Row = {"party_ref": "A", "amount_minor": 501_000, "currency": "USD"}

    assert failing(factor.CHECK, stream_table("bill", [*usual, odd])) == ["10"]
    for change in ({"party_ref": "B"}, {"currency": "EUR"}, {"currency": None}):
        assert failing(factor.CHECK, stream_table("bill", [*usual, {**odd, **change}])) == []
    assert failing(factor.CHECK, stream_table("bill", [{**one, "party_ref": None} for one in [*usual, odd]])) == []
    assert failing(factor.CHECK, stream_table("bill", usual), stream_table("bill", [odd], stream="more")) == []
    lines = stream_table("bank_line", [{**one, "party_ref": None, "party_name": "A"} for one in [*usual, odd]])
    assert outcomes(factor.CHECK, by_stream(lines)) == []


@pytest.mark.parametrize(
    ("entity", "target", "amount", "kind"),
    [
        ("invoice", "order", 123_450, "factor"),
        ("invoice", "order", 1_234_500, "factor"),
        ("invoice", "order", 12_345_000, None),
        ("bill", "order", 1_234, None),
        ("invoice", "deal", 1_234_500, "factor"),
        ("payment", "invoice", 123_450, "factor"),
        ("invoice", "order", 13_245, "transposed"),
        ("invoice", "invoice", 123_450, None),
        ("payment", "payment", 123_450, None),
        ("invoice", "order", 12_345, None),
    ],
)
def test_the_document_it_refers_to_tells_the_amount(entity: str, target: str, amount: int, kind: str | None) -> None:
    """Of another kind, by its number."""
    given = (
        stream_table(target, [{"number": "T-1001", "amount_minor": 12_345}], system="shop"),
        stream_table(entity, [{"record_id": "x", "reference": "t-1001", "amount_minor": amount}]),
    )

    assert failing(factor.CHECK, *given) == (["x"] if kind == "factor" else [])
    assert failing(transposed.CHECK, *given) == (["x"] if kind == "transposed" else [])


@pytest.mark.parametrize(
    ("entity", "target", "found"),
    [("bill", "order", ["x"]), ("payment", "invoice", []), ("invoice", "deal", []), ("invoice", "quote", [])],
)
@pytest.mark.parametrize("part", [10, 100])
def test_a_tenth_may_be_a_deposit(entity: str, target: str, part: int, found: list[str]) -> None:
    """Of what a customer pays or is first asked for; a bill of a tenth of its order is a slip."""
    given = (
        stream_table(target, [{"number": "T-1001", "amount_minor": 123_400}]),
        stream_table(entity, [{"record_id": "x", "reference": "T-1001", "amount_minor": 123_400 // part}]),
    )

    assert failing(factor.CHECK, *given) == found


@pytest.mark.parametrize(("number", "found"), [("T1", []), ("T12", ["x"])])
def test_a_number_of_two_characters_is_a_counter(number: str, found: list[str]) -> None:
    """Three make a name."""
    given = (
        stream_table("order", [{"number": number, "amount_minor": 12_345}]),
        stream_table("invoice", [{"record_id": "x", "reference": number, "amount_minor": 123_450}]),
    )

    assert failing(factor.CHECK, *given) == found


def test_a_number_of_two_documents_or_another_currency_tells_nothing() -> None:
    """Nor does an amount below nothing; a missing currency contradicts none."""
    order: Row = {"number": "T-1001", "amount_minor": 12_345, "currency": "USD"}
    invoice: Row = {"record_id": "x", "reference": "T-1001", "amount_minor": 123_450, "currency": "USD"}

    def found(orders: list[Row], **changes: Any) -> list[str]:
        return failing(factor.CHECK, stream_table("order", orders), stream_table("invoice", [{**invoice, **changes}]))

    assert found([order]) == ["x"]
    assert found([order], currency=None) == ["x"]
    assert found([order], currency="EUR") == []
    assert found([order, order]) == []
    assert found([{**order, "amount_minor": -12_345}], amount_minor=-123_450) == []


@pytest.mark.parametrize(
    ("usual", "others", "found"),
    [(2, 0, 0), (3, 0, 1), (3, 6, 1), (3, 7, 0), (6, 13, 1), (6, 14, 0)],
)
def test_an_amount_is_usual_that_occurs_three_times_and_in_a_third(usual: int, others: int, found: int) -> None:
    """Three of ten documents are 30 %, three of eleven less."""
    table = bills([124_500] * usual + [142_500] + [700_000 + 1_111 * n for n in range(others)])

    assert len(failing(transposed.CHECK, table)) == found


def test_an_amount_that_occurs_twice_was_meant() -> None:
    """And one that has the decimal point in the wrong place is no second slip."""
    assert failing(transposed.CHECK, bills([124_500] * 4 + [142_500] * 2)) == []
    order = stream_table("order", [{"number": "T-1001", "amount_minor": 14_250}])
    both = bills([124_500] * 4), stream_table("bill", [{"party_ref": "A", "amount_minor": 142_500, "reference": "T-1001"}])
    assert failing(transposed.CHECK, order, *both) == []


def test_of_two_usual_amounts_the_more_frequent_was_meant() -> None:
    """Where both are as frequent, the smaller."""
    [one] = outcomes(transposed.CHECK, by_stream(bills([132_450] * 4 + [123_540] * 3 + [123_450])))
    [tie] = outcomes(transposed.CHECK, by_stream(bills([132_450] * 3 + [123_540] * 3 + [123_450])))

    assert one.failing["suggestion"].to_pylist() == ["1324.50"]
    assert tie.failing["suggestion"].to_pylist() == ["1235.40"]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (124_500, 142_500, True),
        (-124_500, 142_500, True),
        (12_300, 13_200, True),  # three digits count
        (1_200, 2_100, False),  # two do
        (1_230, 3_210, False),  # not neighbours
        (1_234, 2_143, False),  # two swaps
        (1_023, 1_203, True),
        (999, 1_000, False),
        (1_235, 1_263, False),
        (501, 51, False),
        (5_010, 5_100, False),  # 51 has two digits that count
    ],
)
def test_two_neighbouring_digits_change_places(one: int, other: int, is_one: bool) -> None:  # noqa: FBT001
    """Both amounts have three digits that count."""
    assert transposed_digits(one, other) is is_one
    assert transposed_digits(other, one) is is_one


@pytest.mark.parametrize(
    ("meant", "odd", "found"),
    [
        (41_230, 412_300, ["10"]),  # 0.80 of a power of ten above the usual
        (31_830, 318_300, []),  # 0.69
        (23_060, 2_306_000, ["10"]),  # what was meant is 0.45 below the usual
        (18_320, 1_832_000, []),  # 0.55
    ],
)
def test_digits_tell_of_an_odd_amount_and_a_usual_one(meant: int, odd: int, found: list[str]) -> None:
    """Odd from 0.7 of a power of ten, usual within 0.5."""
    assert failing(factor.CHECK, bills([65_000] * 8 + [meant, odd])) == found


@pytest.mark.parametrize(("off", "found"), [(1.29, ["11"]), (1.31, [])])
def test_a_slip_is_off_by_a_power_of_ten_and_at_most_two_thirds_of_another(off: float, found: list[str]) -> None:
    """0.3 of a power of ten is twice as much."""
    spread = 0.118 * (9 / 10) ** 0.5
    rows = [{"party_ref": "A", "amount_minor": round(50_100 * 10 ** (spread * sign))} for sign in (-1, 1) * 5]
    rows.append({"party_ref": "A", "amount_minor": round(50_100 * 10 ** (spread + off), -1)})
    wide = [{"party_ref": f"W{n % 5}", "amount_minor": 10 ** (3 + n % 3)} for n in range(60)]

    assert failing(factor.CHECK, stream_table("bill", [*rows, *wide])) == found


def test_a_spread_that_is_as_wide_as_that_of_others_tells_little() -> None:
    """Amounts that vary by 0.118 of a power of ten are no narrow history where no party varies more."""
    spread = 0.118 * (37 / 38) ** 0.5
    amounts = [round(50_100 * 10 ** (spread * sign)) for sign in (-1, 1) * 19]

    assert failing(factor.CHECK, bills([*amounts, 501_230])) == []


@pytest.mark.parametrize(("below", "found"), [(0.06, ["13"]), (0.08, [])])
def test_digits_tell_of_an_amount_that_is_odd_for_how_much_the_others_vary(below: float, found: list[str]) -> None:
    """The middle deviation is 0.25 of a power of ten: odd from 1.4826 times 2.5 times that, 0.93; here 0.94 and 0.92."""
    usual = [round(65_000 * 10**off) for off in (0, 0, 0, *[0.25, -0.25] * 4)]
    meant = round(65_000 * 10**-below)

    assert failing(factor.CHECK, bills([*usual, meant, 10 * meant])) == found


@pytest.mark.parametrize(("amount", "target"), [(1, 10), (10, 1)])
def test_the_smallest_amounts_are_compared_too(amount: int, target: int) -> None:
    """A cent and ten."""
    given = (
        stream_table("order", [{"number": "T-1001", "amount_minor": target}]),
        stream_table("bill", [{"record_id": "x", "reference": "T-1001", "amount_minor": amount}]),
    )

    assert failing(factor.CHECK, *given) == ["x"]


def spread_party(name: str, count: int, spread: float, *more: int) -> list[Row]:
    """Return a supplier's bills whose sizes have just this standard deviation, in powers of ten, and more of its bills."""
    signs = [place % 2 * 2 - 1 for place in range(count - count % 2)] + [0] * (count % 2)
    apart = spread * ((count - 1) / sum(map(abs, signs))) ** 0.5
    amounts = [round(5_000_100 * 10 ** (apart * sign)) for sign in signs]
    return [{"party_ref": name, "amount_minor": amount} for amount in (*amounts, *more)]


@pytest.mark.parametrize(("wide", "found"), [(0.149, ["206"]), (0.151, [])])
def test_where_few_parties_vary_much_a_narrow_history_is_enough(wide: float, found: list[str]) -> None:
    """Up to 0.15 of a power of ten, as the widest tenth does, the likelihood is not asked: five bills could not show it."""
    others = [row for party in range(20) for row in spread_party(f"W{party}", 10, wide)]
    rows = [*others, *spread_party("A", 5, 0.1, 50_000_000)]

    assert failing(factor.CHECK, stream_table("bill", rows)) == found


@pytest.mark.parametrize(
    ("history", "slips", "found"),
    [
        (13, [50_123_000], 0),  # 13 times 0.654 is 8.5
        (14, [50_123_000], 1),  # 9.2
        (22, [50_123_000, 50_321_000], 0),  # 14.4
        (23, [50_123_000, 50_321_000], 2),  # 15.04
    ],
)
def test_a_slip_is_e_to_the_ninth_likelier_under_the_party_s_own_spread(history: int, slips: list[int], found: int) -> None:
    """And e to the sixth for each more that looks so: a spread of 0.1 beside 0.3 gives each bill ln(3) - (1 - 1/9) / 2."""
    others = [row for party in range(20) for row in spread_party(f"W{party}", 10, 0.3)]
    rows = [*others, *spread_party("A", history, 0.1, *slips)]

    assert len(failing(factor.CHECK, stream_table("bill", rows))) == found


@pytest.mark.parametrize(("count", "found"), [(19, 0), (20, 1), (29, 1), (9, 0)])
def test_three_of_twenty_documents_may_share_their_digits(count: int, found: int) -> None:
    """The odd one and two that tell: one and a tenth of all."""
    random = np.random.default_rng(8)
    usual = [int(amount) * 1000 + 7 for amount in random.uniform(15, 90, count - 3)]

    assert len(failing(factor.CHECK, bills([*usual, 41_230, 41_230, 412_300]))) == found
