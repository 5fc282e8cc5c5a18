"""Groups compared as records are, each fact once by its average: chains break, and who has moved stays one."""

from itertools import combinations

import numpy as np
import pytest

from toolkit.match.clustering.agglomeration import Evidence, agglomerated
from toolkit.match.linkage.weights import FactModel, MatchModel, PartModel

NAME, PHONE, PLACE = range(3)
SAME, OTHER, UNKNOWN = 2, 1, 0

SHARES = {
    "name": ((0.05, 0.95), (0.99, 0.01), (0.02, 0.98), (0.999, 0.001)),
    "contact": ((0.2, 0.8), (0.5, 0.5), (0.9, 0.1), (0.9999, 0.0001)),
    "place": ((0.2, 0.8), (0.1, 0.9), (0.98, 0.02), (0.999, 0.001)),
}
"""Share of the lower and the upper level among matches, neighbours, namesakes and unrelated pairs."""

FACTS = tuple(FactModel(facet, facet, facet, ("other", "same"), np.array(shares)) for facet, shares in SHARES.items())
MODEL = MatchModel(
    tuple(PartModel(name, FACTS, (0.01, 0.001, 0.001, 0.988), 1e4) for name in ("firms", "persons")), 0.5, 0.1
)


def grouped(
    records: list[tuple[str, str, str]], *, apart: frozenset[tuple[int, int]] = frozenset(), fixed: list[int] | None = None
) -> list[int]:
    """Return the group of each record of name, telephone and place; an empty cell is missing."""
    pairs = list(combinations(range(len(records)), 2))
    levels = [
        [(UNKNOWN if not (a and b) else SAME if a == b else OTHER) for a, b in zip(records[i], records[j], strict=True)]
        for i, j in pairs
    ]
    left, right = np.array(pairs, dtype=np.int64).T
    evidence = Evidence(
        left,
        right,
        np.array(levels, dtype=np.uint8),
        np.zeros((len(pairs), 3)),
        np.zeros(len(pairs), dtype=np.int64),
        np.array([pair in apart for pair in pairs]),
    )
    begin = np.array(fixed or range(len(records)))
    return agglomerated(len(records), evidence, MODEL, begin, min_weight=0.0).tolist()


def test_records_that_agree_in_all_are_one_group() -> None:
    """A group is named by its first record."""
    assert grouped([("acme", "1", "oak"), ("brown", "2", "elm"), ("acme", "1", "oak")]) == [0, 1, 0]


def test_a_chain_breaks_where_names_part() -> None:
    """Acme shares all with its twin; Brown shares the telephone and the house of both, and is a tenant there."""
    assert grouped([("acme", "1", "oak"), ("acme", "1", "oak"), ("brown", "1", "oak")]) == [0, 0, 2]


def test_a_record_without_a_name_does_not_join_two_parties() -> None:
    """It goes to one of them, or to none; never are both one."""
    groups = grouped([("acme", "1", "oak"), ("", "1", "oak"), ("brown", "1", "oak")])

    assert groups[0] != groups[2]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_party_that_has_moved_stays_one(count: int) -> None:
    """That it has moved is one piece of evidence, however many records are from before and after."""
    before, after = ("acme", "1", "oak"), ("acme", "1", "elm")

    assert grouped([before] * count + [after] * count) == [0] * 2 * count


def test_two_branches_stay_two_however_many_records_they_have() -> None:
    """One name, another telephone and another place."""
    branches = [("acme", "1", "oak")] * 3 + [("acme", "2", "elm")] * 3

    assert grouped(branches) == [0, 0, 0, 3, 3, 3]


def test_what_is_kept_apart_never_meets_in_a_group() -> None:
    """Though a third record is like both, and all three say the same."""
    groups = grouped([("acme", "1", "oak")] * 3, apart=frozenset({(0, 2)}))

    assert groups[0] != groups[2]
    assert groups[1] in {groups[0], groups[2]}


def test_what_must_stay_together_stays() -> None:
    """A group given at the start is not taken apart, and what is like it joins it."""
    assert grouped([("acme", "1", "oak"), ("brown", "2", "elm"), ("acme", "1", "oak")], fixed=[0, 0, 2])[:2] == [0, 0]


def test_what_is_known_of_neither_side_says_nothing() -> None:
    """Three records of which no two have a fact in common are three."""
    assert grouped([("acme", "", ""), ("", "1", ""), ("", "", "oak")]) == [0, 1, 2]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_records_changes_nothing(seed: int) -> None:
    """The same groups, whichever record comes first."""
    generator = np.random.default_rng(seed)
    records = [(str(a), str(b), str(c)) for a, b, c in generator.integers(0, 2, (9, 3))]
    order = generator.permutation(9)

    straight, shuffled = grouped(records), grouped([records[place] for place in order])

    def members(groups: list[int], named: list[int]) -> set[frozenset[tuple[str, str, str]]]:
        return {frozenset(records[named[i]] for i in range(9) if groups[i] == group) for group in groups}

    assert members(straight, list(range(9))) == members(shuffled, order.tolist())
