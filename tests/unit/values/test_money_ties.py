"""Amount columns that add up say what they are."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.values.money_ties import tied_amounts, tied_products

NET = [10000, 5000, 299, 84034]
TAX = [1900, 950, 57, 15966]
GROSS = [11900, 5950, 356, 100000]


def ties(*columns: list[int | None]) -> list[tuple[tuple[str, int], ...]]:
    return [tie.roles for tie in tied_amounts([pa.array(column, pa.int64()) for column in columns])]


def test_net_and_tax_make_gross_whatever_the_order_of_the_columns() -> None:
    """The column that is the sum of two others is gross, the smaller of the two is the tax."""
    assert ties(NET, TAX, GROSS) == [(("net", 0), ("tax", 1), ("gross", 2))]
    assert ties(GROSS, TAX, NET) == [(("net", 2), ("tax", 1), ("gross", 0))]


def test_two_rates_and_rows_without_tax_are_still_net_and_gross() -> None:
    """A ledger has 19 %, 7 % and exempt rows; an empty tax cell is no tax."""
    net, tax, gross = [10000, 20000, 5000, 7000], [1900, 1400, None, 1330], [11900, 21400, 5000, 8330]

    assert ties(net, tax, gross) == [(("net", 0), ("tax", 1), ("gross", 2))]


def test_credit_notes_below_zero_fit_the_same_equation() -> None:
    """All three change their sign."""
    flipped = [[-value for value in column] for column in (NET, TAX, GROSS)]

    assert ties(*flipped) == [(("net", 0), ("tax", 1), ("gross", 2))]


def test_a_fee_follows_no_tax_rate() -> None:
    """2.9 % and 30 cents: what is paid out is the rest of the whole."""
    gross, fee, paid_out = [10000, 2500, 799, 15050], [320, 103, 53, 466], [9680, 2397, 746, 14584]

    assert ties(gross, fee, paid_out) == [(("rest", 2), ("part", 1), ("whole", 0))]


def test_a_fee_below_zero_is_taken_off_the_whole() -> None:
    """Payment providers write the fee with a minus."""
    gross, fee, paid_out = [10000, 2500, 799], [-320, -103, -53], [9680, 2397, 746]
    [tie] = tied_amounts([pa.array(column) for column in (gross, fee, paid_out)])

    assert tie.roles == (("rest", 2), ("part", 1), ("whole", 0))
    assert tie.sign == -1


def test_goods_freight_and_tax_make_the_total_of_an_order() -> None:
    """A shop's total has three parts."""
    goods, freight, tax, total = [5000, 3300, 2000], [490, 0, 790], [1043, 627, 530], [6533, 3927, 3320]

    assert ties(goods, freight, tax, total) == [(("rest", 0), ("part", 2), ("part", 1), ("whole", 3))]


def test_equal_columns_show_nothing() -> None:
    """Without any tax, net and gross cannot be told apart."""
    assert ties(NET, [0, 0, 0, 0], NET) == []


def test_columns_that_do_not_add_up_are_not_tied() -> None:
    """Four unrelated amounts give no equation."""
    assert ties([100, 250, 900], [77, 12, 5], [4000, 1, 310]) == []


@pytest.mark.parametrize("is_newest_first", [False, True])
def test_a_running_balance_is_found_in_both_directions(is_newest_first: bool) -> None:  # noqa: FBT001
    """Banks list the newest line first or last."""
    rows = [(-2500, 97500), (10000, 107500), (-199, 107301), (-99, 107202)]
    rows = rows[::-1] if is_newest_first else rows
    [tie] = tied_amounts([pa.array([row[0] for row in rows]), pa.array([row[1] for row in rows])])

    assert tie.roles == (("amount", 0), ("balance", 1))
    assert (tie.sign, tie.is_newest_first) == (1, is_newest_first)


def test_a_card_statement_has_a_balance_that_grows_with_what_is_spent() -> None:
    """The amounts have the opposite sign of the money: a purchase of 25.00 raises the debt."""
    [tie] = tied_amounts([pa.array([2500, -10000, 199]), pa.array([-2500, 7500, 7301])])

    assert tie.sign == -1


@pytest.mark.parametrize("factor", [1, -1])
def test_money_in_and_money_out_are_told_by_the_balance(factor: int) -> None:
    """Whatever sign the debit column carries, the column whose rows lower the balance is the one of money out."""
    out = [factor * 2500, None, factor * 199, factor * 99]
    into = [None, 10000, None, None]

    assert ties(out, into, [97500, 107500, 107301, 107202]) == [(("increase", 1), ("decrease", 0), ("balance", 2))]


def test_pending_rows_without_a_balance_do_not_hide_it() -> None:
    """Not every row has one."""
    assert ties([-725, -2500, 10000, -199], [None, 97500, 107500, 107301]) == [(("amount", 0), ("balance", 1))]


def test_quantity_times_price_is_the_total_of_a_line() -> None:
    """Whole numbers are pieces; rows of one piece show nothing."""
    pieces, prices, totals = [2.0, 1.0, 3.0, 10.0], [12.5, 80.0, 3.99, 0.333], [25.0, 80.0, 11.97, 3.33]
    [tie] = tied_products([pa.array(totals), pa.array(prices), pa.array(pieces)])

    assert tie.roles == (("quantity", 2), ("price", 1), ("total", 0))
    assert tie.row_count == 3


def test_numbers_that_are_no_products_are_not_tied() -> None:
    """Three unrelated columns, and empty ones."""
    assert tied_products([pa.array([2.0, 5.0]), pa.array([3.0, 4.0]), pa.array([7.0, 1.0])]) == ()
    assert tied_products([pa.array([None, None], pa.float64())] * 3) == ()


@settings(deadline=None, max_examples=50)
@given(st.data(), st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 30)), min_size=1, max_size=20))
def test_the_order_of_rows_does_not_matter_for_sums(data: st.DataObject, rows: list[tuple[int, int]]) -> None:
    """A sorted file has the same net, tax and gross."""
    table = [(net, net * rate // 100, net + net * rate // 100) for net, rate in rows]
    moved = data.draw(st.permutations(table))

    assert _sums(moved) == _sums(table)


def _sums(table: list[tuple[int, int, int]]) -> set[tuple[tuple[str, int], ...]]:
    columns = [list(column) for column in zip(*table, strict=True)]
    return {roles for roles in ties(*columns) if "balance" not in dict(roles)}
