"""Groups of documents that are too large to weigh every choice: which shortcuts are taken, and from which size on."""

import numpy as np
import pytest

from toolkit.match.documents.assignment import Assignment, assignment


def _solved(left: list[int], right: list[int], gain: list[float]) -> Assignment:
    rows_l, rows_r = np.arange(max(left) + 1), np.arange(max(right) + 1)
    return assignment(
        np.array(left), np.array(right), np.array(gain), left_count=len(rows_l),
        same_l=rows_l, same_r=rows_r, twin_r=rows_r, tie_margin=0.5,
    )  # fmt: skip


@pytest.mark.parametrize(("rows", "is_seen"), [(399, True), (400, True), (401, False)])
def test_longer_exchanges_are_looked_for_among_four_hundred(rows: int, *, is_seen: bool) -> None:
    """Three rows could pass their partners round; in a larger group only swaps of two are looked at."""
    left, right, gain = [0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 0], [5.0] * 6
    for row in range(3, rows):
        # Each has its own clear partner, and hangs on to the group by a poor one.
        left += [row, row]
        right += [row - 1, row]
        gain += [1.0, 9.0]

    found = _solved(left, right, gain)

    assert found.is_tied.tolist() == [is_seen] * 3 + [False] * (rows - 3)


def test_few_rows_with_very_many_partners_are_settled() -> None:
    """Two payments of one amount and millions of open items: the best pairs first, and what is as good is named."""
    many = 2_000_001
    left = [0] * many + [1]
    right = [*range(many), 0]
    gain = [5.0] + [4.0] * (many - 2) + [3.0] + [7.0]

    found = _solved(left, right, gain)

    assert found.right_of.tolist() == [1, 0]
    assert found.is_tied.tolist() == [True, False]


@pytest.mark.parametrize("rows", [3, 400, 401])
def test_two_documents_do_not_give_up_both_partners_for_one(rows: int) -> None:
    """That one of them could take the other's partner, nearly as good as both together, is no other choice."""
    left, right, gain = [0, 0, 1], [0, 1, 1], [1.0, 1.8, 1.0]
    for row in range(2, rows):
        left += [row, row]
        right += [row - 1, row]
        gain += [0.1, 9.0]

    found = _solved(left, right, gain)

    assert found.right_of.tolist() == list(range(rows))
    assert not found.is_tied.any()


@pytest.mark.parametrize("rows", [2, 400, 401])
@pytest.mark.parametrize(("worse_by", "is_tied"), [(0.0, True), (0.49, True), (0.5, False)])
def test_who_could_take_the_only_partner_is_tied_with_its_owner(rows: int, worse_by: float, *, is_tied: bool) -> None:
    """Two orders fit one invoice: neither is sure of it, be it the first of a long list."""
    left, right, gain = [0, 1], [0, 0], [5.0, 5.0 - worse_by]
    for row in range(2, rows):
        left += [row, row]
        right += [row - 2, row - 1]
        gain += [1.0, 9.0]

    found = _solved(left, right, gain)

    assert sorted(found.right_of[:2].tolist()) == [-1, 0]
    assert found.is_tied.tolist() == [is_tied, is_tied] + [False] * (rows - 2)
