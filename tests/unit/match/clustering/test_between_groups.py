"""How likely two groups are one, from all that their records say."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.clustering.between_groups import weights_between
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import commonness_of, pair_scores
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.parties import PARTY_KINDS, matched_parties
from toolkit.match.records.profiles import Profiles, profiles_of

ROWS = [
    ("Zorro Quince", "312 644 2671", None),
    ("Zorro Quince Ltd", "312 644 2671", "12 Oak Street"),
    ("Zorro Quince", None, "90 Elm Avenue"),
    ("Zorro Quince Inc", "773 201 4410", "90 Elm Avenue"),
    *((f"{name} Works", f"415 {201 + place} {1000 + 37 * place}", f"{place + 20} Hill Road")
      for place, name in enumerate(("Arbel", "Corvin", "Danley", "Farholt", "Garmin", "Hollis"))),
]  # fmt: skip


@pytest.fixture(name="fitted", scope="module")
def _fitted() -> tuple[Profiles, MatchModel]:
    columns = dict(zip(("name", "phone", "street"), zip(*ROWS, strict=True), strict=True))
    keys = [f"crm/c/{place}" for place in range(len(ROWS))]
    texts = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    table = pa.table({"record_key": keys, "system": ["crm"] * len(keys), "kind": ["company"] * len(keys), **texts})
    kinds = {name: PARTY_KINDS[name] for name in columns}
    return profiles_of(table, kinds, told_apart=keys), matched_parties(table).model


def weight(fitted: tuple[Profiles, MatchModel], groups: list[list[int]], one: int, other: int) -> float:
    """Return the weight of the groups of two rows; rows in no group are each their own."""
    profiles, model = fitted
    cluster_of = np.arange(profiles.count)
    for group in groups:
        members = profiles.profile_of[group]
        cluster_of[members] = members.min()
    nothing = np.zeros(0, dtype=np.int64)
    graded = GradedPairs(profiles, nothing, nothing, pair_levels(profiles, nothing, nothing))
    left, right = profiles.profile_of[[[one], [other]]]
    return float(weights_between(graded, cluster_of, model, commonness_of(profiles), left, right)[0])


def test_two_single_records_weigh_what_they_weigh_by_themselves(fitted: tuple[Profiles, MatchModel]) -> None:
    """A group of one says what its record says."""
    profiles, model = fitted
    left, right = profiles.profile_of[[[0], [2]]]
    own = pair_scores(profiles, pair_levels(profiles, left, right), left, right, model, commonness_of(profiles))

    assert weight(fitted, [], 0, 2) == pytest.approx(float(own.match_weight[0]), abs=1e-9)


def test_what_the_others_of_a_group_say_counts(fitted: tuple[Profiles, MatchModel]) -> None:
    """Two bare names are alike; their groups have other telephones and other streets."""
    alone, together = weight(fitted, [], 0, 2), weight(fitted, [[0, 1], [2, 3]], 0, 2)

    assert together < alone - 2
    assert together == weight(fitted, [[0, 1], [2, 3]], 3, 1)


def test_many_groups_are_weighed_part_by_part(fitted: tuple[Profiles, MatchModel]) -> None:
    """How many pairs are graded at a time changes nothing."""
    profiles, model = fitted
    nothing = np.zeros(0, dtype=np.int64)
    graded = GradedPairs(profiles, nothing, nothing, pair_levels(profiles, nothing, nothing))
    left, right = np.triu_indices(profiles.count, 1)
    cluster_of = np.arange(profiles.count)

    whole, parts = (
        weights_between(graded, cluster_of, model, commonness_of(profiles), left, right, at_once=size) for size in (999, 4)
    )

    assert np.array_equal(whole, parts)
