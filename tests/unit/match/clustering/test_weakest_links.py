"""The weakest link on the strongest way between two nodes."""

import numpy as np
import pytest

from toolkit.match.clustering.weakest_links import weakest_links


@pytest.mark.parametrize("seed", range(12))
def test_it_is_that_of_the_widest_way_through_all_nodes(seed: int) -> None:
    """Against the way over every node in between (Floyd and Warshall), on tables of fourteen nodes."""
    generator = np.random.default_rng(seed)
    count, links = 14, 22
    left, right = np.sort(generator.integers(0, count, (2, links)), axis=0)
    weight = generator.normal(3, 4, links)
    width = np.full((count, count), -np.inf)
    for one, other, bits in zip(left, right, weight, strict=True):
        width[one, other] = width[other, one] = max(width[one, other], bits)
    for middle in range(count):
        width = np.maximum(width, np.minimum(width[:, [middle]], width[[middle], :]))
    asked = np.array([(one, other) for one in range(count) for other in range(one + 1, count)])

    found = weakest_links(count, left, right, weight, asked[:, 0], asked[:, 1])

    expected = width[asked[:, 0], asked[:, 1]]
    assert np.array_equal(found < 0, np.isneginf(expected))
    assert np.array_equal(weight[found[found >= 0]], expected[found >= 0])


def test_nothing_is_asked() -> None:
    """No question, no answer."""
    nothing = np.zeros(0, dtype=np.int64)

    assert not len(weakest_links(3, np.array([0]), np.array([1]), np.array([2.0]), nothing, nothing))
