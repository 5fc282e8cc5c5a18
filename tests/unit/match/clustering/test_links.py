"""One-to-one links."""

import numpy as np
import pytest

from toolkit.match.clustering.links import _greedy, one_to_one_links


def links(*pairs: tuple[int, int, float]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return linked and tied pairs."""
    left = np.array([a for a, _, _ in pairs], dtype=np.int64)
    right = np.array([b for _, b, _ in pairs], dtype=np.int64)
    result = one_to_one_links(10, left, right, np.array([w for _, _, w in pairs], dtype=np.float64), min_weight=2.0)
    names = [(a, b) for a, b, _ in pairs]
    return [n for n, is_it in zip(names, result.is_linked, strict=True) if is_it], [
        n for n, is_it in zip(names, result.is_tied, strict=True) if is_it
    ]


def test_the_best_total_wins_over_the_best_single_pair() -> None:
    """Taking the strongest pair first would leave record 1 alone."""
    assert links((0, 5, 9.0), (0, 6, 8.0), (1, 5, 8.0))[0] == [(0, 6), (1, 5)]


def test_a_weak_pair_is_no_link() -> None:
    """Below the threshold nothing is linked."""
    assert links((0, 5, 1.0)) == ([], [])


def test_an_equal_rival_leaves_the_link_open() -> None:
    """A tie is reported, not guessed."""
    linked, tied = links((0, 5, 9.0), (0, 6, 9.0))

    assert linked == []
    assert tied == [(0, 5), (0, 6)]


@pytest.mark.parametrize(
    ("pairs", "linked", "tied"),
    [
        # Two bits are enough; a rival is as good within a twentieth of a bit, where its other end is free.
        ([(0, 5, 2.0)], [(0, 5)], []),
        ([(0, 5, 1.99)], [], []),
        ([(0, 5, 9.0), (0, 6, 8.96)], [], [(0, 5), (0, 6)]),
        ([(0, 5, 9.0), (0, 6, 8.94)], [(0, 5)], []),
        ([(0, 5, 9.0), (1, 5, 8.96)], [], [(0, 5), (1, 5)]),
        ([(0, 5, 9.0), (0, 6, 9.0), (1, 6, 9.5)], [(0, 5), (1, 6)], []),
        ([(0, 5, 9.0), (0, 6, 9.0), (1, 6, 9.0)], [(0, 5), (1, 6)], []),
        ([(0, 5, 2.01), (0, 6, 2.0), (0, 7, 1.99)], [], [(0, 5), (0, 6)]),
        # One link of nine is less than two of eight; two links of two are more than one of three.
        ([(0, 5, 9.0), (0, 6, 8.0), (1, 5, 8.0)], [(0, 6), (1, 5)], []),
        ([(0, 5, 3.0), (0, 6, 2.0), (1, 5, 2.0)], [(0, 5)], []),
    ],
)
def test_a_link_is_open_up_to_the_bound_of_a_tie(
    pairs: list[tuple[int, int, float]], linked: list[tuple[int, int]], tied: list[tuple[int, int]]
) -> None:
    """What counts is the gain over the threshold, in all links together."""
    assert links(*pairs) == (linked, tied)


def test_a_component_too_large_is_linked_best_first() -> None:
    """Of equal pairs the earlier one goes first, and each record is taken once."""
    left, right = np.array([0, 1, 0, 1]), np.array([5, 5, 6, 6])

    assert _greedy(left, right, np.array([8.0, 9.0, 8.0, 7.0]), np.arange(4)).tolist() == [1, 2]
    assert _greedy(left, right, np.full(4, 8.0), np.arange(4)).tolist() == [0, 3]


@pytest.mark.parametrize(("less", "is_tied"), [(0.0, True), (0.045, True), (0.055, False)])
def test_a_rival_within_a_twentieth_of_a_bit_is_as_good(less: float, *, is_tied: bool) -> None:
    """More than that decides."""
    assert bool(links((0, 5, 9.0), (0, 6, 9.0 - less))[1]) is is_tied
