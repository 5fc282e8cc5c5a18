"""Clusters that break chains and obey what must or must not be together."""

import numpy as np

from toolkit.match import clusters
from toolkit.match.clusters import clusters_of
from toolkit.match.comparison import Floats, Ints


def found(count: int, weights: dict[tuple[int, int], float], **decided: list[tuple[int, int]]) -> list[int]:
    """Return the cluster of each node, from weights in bits; pairs not named weigh -8."""

    def between(left: Ints, right: Ints) -> Floats:
        return np.array([weights.get((int(a), int(b)), -8.0) for a, b in zip(left, right, strict=True)], dtype=np.float64)

    left = np.array([a for a, _ in weights], dtype=np.int64)
    right = np.array([b for _, b in weights], dtype=np.int64)
    return clusters_of(
        count, left, right, np.array(list(weights.values()), dtype=np.float64), between, min_weight=2.0, **decided
    ).tolist()


def test_a_chain_breaks_at_its_weakest_link() -> None:
    """A is like B, B a little like C, and A unlike C: C stays out."""
    assert found(3, {(0, 1): 9.0, (1, 2): 3.0}) == [0, 0, 2]


def test_likeness_all_round_makes_one_cluster() -> None:
    """Every pair agrees."""
    assert found(3, {(0, 1): 5.0, (1, 2): 5.0, (0, 2): 5.0}) == [0, 0, 0]


def test_what_is_kept_apart_never_meets() -> None:
    """A third record like both joins one of them."""
    labels = found(3, {(0, 1): 9.0, (1, 2): 8.0, (0, 2): 9.0}, apart=[(0, 2)])

    assert labels[0] != labels[2]


def test_what_a_person_joined_stays_together() -> None:
    """However unlike the two are."""
    assert found(2, {}, same=[(0, 1)]) == [0, 0]


def test_a_component_too_large_for_linkage_still_obeys() -> None:
    """A thousand records of one name are joined, but for the two kept apart."""
    count = clusters.MAX_LINKED + 20
    labels = found(count, {(0, other): 60.0 for other in range(1, count)}, apart=[(1, 2)])

    assert labels[1] != labels[2]
    assert len(set(labels)) == 2
