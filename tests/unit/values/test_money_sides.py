"""A debit and a credit column are one signed amount."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.values.money_sides import difference


def signed(main: list[int | None], less: list[int | None]) -> list[int | None]:
    values: list[int | None] = difference(pa.array(main, pa.int64()), pa.array(less, pa.int64())).to_pylist()
    return values


def test_a_reversal_keeps_its_odd_sign() -> None:
    """Of a debit column written below zero, a positive cell gives money back taken before by mistake."""
    assert signed([None, None, None, 100], [-50, -20, 5, None]) == [-50, -20, 5, 100]
    assert signed([None, None, None, 100], [50, 20, -5, None]) == [-50, -20, 5, 100]


def test_rows_with_both_columns_are_a_total_and_its_rest() -> None:
    """What is paid is the total less what is open, also of a credit note."""
    assert signed([100, -30, 50], [20, -10, None]) == [80, -20, 50]


def test_nothing_to_subtract_changes_nothing() -> None:
    """An empty second column says nothing about the sign of the first."""
    assert signed([-5, None, 7, -9], [None, None, None, 0]) == [-5, None, 7, -9]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**6)), min_size=1, max_size=20))
def test_the_sign_of_the_debit_column_does_not_matter(rows: list[tuple[bool, int]]) -> None:
    """A bank that writes money out below zero means the same as one that writes it above."""
    credit = [amount if is_in else None for is_in, amount in rows]
    debit = [None if is_in else amount for is_in, amount in rows]

    assert signed(credit, debit) == signed(credit, [None if one is None else -one for one in debit])
