"""Amounts that add up, and how much that proves."""

import numpy as np

from tests.effort import counted
from toolkit.match.documents.sums import MAX_PARTS, exact_sums


def test_odd_amounts_prove_more_than_round_ones() -> None:
    """613.27 and 386.81 hardly make 1,000.08 by chance; 600 and 400 may make 1,000."""
    [odd] = exact_sums(100_008.0, np.array([61_327.0, 38_681.0]))
    [even] = exact_sums(100_000.0, np.array([60_000.0, 40_000.0]))

    assert odd.bits > 15
    assert even.bits < 4


def test_more_choices_prove_less() -> None:
    """Among many open payments some add up to anything."""
    few = exact_sums(100_008.0, np.array([61_327.0, 38_681.0]))
    many = exact_sums(100_008.0, np.concatenate([[61_327.0, 38_681.0], 13_337.0 + 7_001.0 * np.arange(10)]))

    assert max(one.bits for one in many) < few[0].bits - 8


def test_nothing_that_adds_up_is_no_sum() -> None:
    """A cent beside is beside."""
    assert exact_sums(100_000.0, np.array([61_327.0, 38_672.0])) == []
    assert exact_sums(100_000.0, np.array([100_000.0])) == []


def test_the_search_is_small_whatever_is_open() -> None:
    """Only the likeliest dozen are tried: a thousand open payments take no longer."""
    many = np.full(1_000, 10.0)

    with counted() as effort:
        exact_sums(10_000.0, many)

    assert MAX_PARTS == 12
    assert effort.calls < 100
