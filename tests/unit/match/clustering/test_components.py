"""Connected components, checked against a package that has them."""

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from toolkit.match.clustering.components import components
from toolkit.match.comparison import Ints


def by_scipy(count: int, left: Ints, right: Ints) -> list[int]:
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1].tolist()


@pytest.mark.parametrize("pair_count", [0, 1, 40, 95, 200])
@pytest.mark.parametrize("seed", range(4))
def test_components_and_their_numbers_are_those_of_scipy(pair_count: int, seed: int) -> None:
    """The same groups under the same numbers, with pairs of a node and itself and pairs given twice among them."""
    left, right = np.random.default_rng(seed).integers(0, 100, (2, pair_count))

    assert components(100, left, right).tolist() == by_scipy(100, left, right)


@pytest.mark.parametrize("seed", range(3))
def test_a_long_chain_in_any_order_is_one_component(seed: int) -> None:
    """Ten thousand records that hang together by a chain are found to."""
    chain = np.random.default_rng(seed).permutation(10_000)

    assert not components(10_000, chain[:-1], chain[1:]).any()


def test_pairs_are_left_as_they_were() -> None:
    """What is given is read, not written to."""
    left, right = np.array([3, 0]), np.array([1, 3])

    components(4, left, right)

    assert (left.tolist(), right.tolist()) == ([3, 0], [1, 3])
