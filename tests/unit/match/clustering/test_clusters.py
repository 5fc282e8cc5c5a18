"""Clusters: components of strong pairs, of which the doubtful ones are put to a closer look with what must hold."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from toolkit.match.clustering import clusters
from toolkit.match.clustering.clusters import clusters_of, linked_clusters, smallest_members
from toolkit.match.clustering.components import components
from toolkit.match.comparison import Ints

Pair = tuple[int, int]


@dataclass
class CloserLook:
    """Keeps what it was asked, and merges nothing beyond what must stay together; ``merged`` are groups it finds."""

    merged: list[list[int]] = field(default_factory=list)
    asked: list[Pair] = field(default_factory=list)

    def __call__(self, left: Ints, right: Ints, fixed: Ints) -> Ints:
        self.asked += list(zip(left.tolist(), right.tolist(), strict=True))
        groups = fixed.copy()
        for group in self.merged:
            groups[group] = min(group)
        return groups


def found(count: int, weights: dict[Pair, float], look: CloserLook, **decided: list[Pair]) -> list[int]:
    """Return the cluster of each node, from weights in bits; 2 bits hold a pair to be one party."""
    left, right = (np.array([pair[side] for pair in weights], dtype=np.int64) for side in (0, 1))
    bits = np.array(list(weights.values()), dtype=np.float64)
    return clusters_of(count, left, right, bits, look, min_weight=2.0, **decided).tolist()


def test_likeness_all_round_makes_one_cluster() -> None:
    """Where every pair agrees, nobody has to look again."""
    look = CloserLook()

    assert found(4, {(0, 1): 5.0, (1, 2): 5.0, (0, 2): 5.0, (2, 3): -3.0}, look) == [0, 0, 0, 3]
    assert look.asked == []


def test_a_chain_is_looked_at_more_closely() -> None:
    """A is like B, B a little like C, and A unlike C: all three pairs are asked about, and the answer holds."""
    look = CloserLook(merged=[[0, 1]])

    assert found(5, {(0, 1): 9.0, (1, 2): 3.0, (3, 4): 9.0}, look) == [0, 0, 2, 3, 3]
    assert look.asked == [(0, 1), (0, 2), (1, 2)]


def test_what_a_person_kept_apart_is_looked_at_though_all_pairs_agree() -> None:
    """A person's word may part what every pair would join."""
    look = CloserLook(merged=[[0, 1]])

    assert found(3, {(0, 1): 9.0, (1, 2): 8.0, (0, 2): 9.0}, look, apart=[(0, 2)]) == [0, 0, 2]


def test_what_a_person_joined_stays_together() -> None:
    """However unlike the two are, and through a third."""
    assert found(2, {}, CloserLook(), same=[(0, 1)]) == [0, 0]
    assert found(4, {(2, 3): 9.0}, CloserLook(), same=[(0, 1), (1, 2)]) == [0, 0, 0, 3]


def test_a_component_too_large_to_look_at_still_obeys() -> None:
    """A thousand records of one name are joined, but for the two kept apart."""
    count = clusters.MAX_LINKED + 20
    look = CloserLook()

    labels = found(count, {(0, other): 60.0 for other in range(1, count)}, look, apart=[(1, 2)])

    assert labels[1] != labels[2]
    assert len(set(labels)) == 2
    assert look.asked == []


def test_a_component_too_large_loses_its_weakest_pairs_first() -> None:
    """Two groups that one weak pair holds together are two before anything else is tried."""
    size = clusters.MAX_LINKED // 2 + 1
    one = {(0, other): 20.0 for other in range(1, size)}
    two = {(size, size + other): 20.0 for other in range(1, size)}
    look = CloserLook()

    found(2 * size, {**one, **two, (0, size): 2.5}, look)

    assert {(left < size, right < size) for left, right in look.asked} == {(True, True), (False, False)}


@pytest.mark.parametrize("seed", range(5))
def test_components_are_those_of_a_plain_search(seed: int) -> None:
    """Checked against merging sets one pair after the other."""
    generator = np.random.default_rng(seed)
    left, right = generator.integers(0, 30, (2, 18))
    sets = [{node} for node in range(30)]
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        joined = sets[one] | sets[other]
        for node in joined:
            sets[node] = joined

    assert smallest_members(components(30, left, right)).tolist() == [min(group) for group in sets]


def star(count: int, weight: float) -> dict[Pair, float]:
    """Return pairs of one node with all others."""
    return {(0, other): weight for other in range(1, count)}


@pytest.mark.parametrize(("size", "is_asked"), [(600, True), (601, False)])
def test_a_component_is_looked_at_up_to_so_many_records(size: int, *, is_asked: bool) -> None:
    """Six hundred; one more, all as sure as can be, and they are joined by their strongest pairs."""
    look = CloserLook()

    labels = found(size, star(size, 60.0), look)

    assert bool(look.asked) == is_asked
    assert len(set(labels)) == (size if is_asked else 1)


@pytest.mark.parametrize(
    ("weight", "is_cut"),
    # From two bits on in steps of two: what weighs 29.9 is cut at 30, the last step.
    [(3.9, True), (4.0, True), (29.9, True), (30.0, False), (31.0, False)],
)
def test_a_component_too_large_is_cut_up_to_thirty_bits(weight: float, *, is_cut: bool) -> None:
    """What is surer than that is never cut."""
    size = 601

    assert len(set(found(size, star(size, weight), CloserLook()))) == (size if is_cut else 1)


def test_only_as_much_is_cut_as_must_be() -> None:
    """Pairs of exactly the next step stay, and so do weak pairs of other components."""
    size = 600
    weights = {**star(size, 4.0), (1, size): 3.9, (size + 1, size + 2): 2.0, (size + 2, size + 3): 2.0}
    look = CloserLook()

    found(size + 4, weights, look)

    asked = {node for pair in look.asked for node in pair}
    assert asked == {*range(size), size + 1, size + 2, size + 3}


def test_the_strongest_pairs_are_joined_first_and_equal_ones_in_order() -> None:
    """One and two are kept apart: whichever zero joins first, the other stays out."""
    members = np.arange(3)

    def joined(*weights: float) -> list[int]:
        own = clusters._joined(members, np.array([0, 0]), np.array([1, 2]), np.array(weights), [(1, 2)])
        return own.tolist()

    assert joined(31.0, 32.0) == [0, 1, 0]
    assert joined(32.0, 31.0) == [0, 0, 2]
    assert joined(31.0, 31.0) == [0, 0, 2]


def test_a_pair_at_the_threshold_is_strong() -> None:
    """Two bits here."""
    assert found(2, {(0, 1): 2.0}, CloserLook()) == [0, 0]
    assert found(2, {(0, 1): 1.999}, CloserLook()) == [0, 1]


def linked(groups: list[int], pairs: list[Pair], weights: dict[Pair, float]) -> list[int]:
    """Return linked clusters; ``weights`` are those of pairs that were not compared before."""
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))

    def between(one: Ints, other: Ints) -> np.ndarray:
        return np.array([weights.get(pair, -9.0) for pair in zip(one.tolist(), other.tolist(), strict=True)])

    return linked_clusters(np.array(groups), left, right, between, min_weight=2.0).tolist()


def test_what_no_single_pair_links_is_no_cluster() -> None:
    """A group that only a sum of weak pairs held together falls apart into what is linked; others stay."""
    assert linked([0, 0, 0, 0, 4, 4], [(0, 1), (2, 3), (4, 5)], {}) == [0, 0, 2, 2, 4, 4]
    assert linked([0, 0, 0], [(0, 1), (1, 2)], {}) == [0, 0, 0]


def test_a_link_counts_that_no_key_had_found() -> None:
    """Within a doubtful group all pairs speak."""
    assert linked([0, 0, 0, 0], [(0, 1), (2, 3)], {(1, 2): 2.0}) == [0, 0, 0, 0]
