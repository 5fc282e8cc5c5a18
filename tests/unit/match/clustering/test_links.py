"""One-to-one links."""

import numpy as np

from toolkit.match.clustering.links import one_to_one_links


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
