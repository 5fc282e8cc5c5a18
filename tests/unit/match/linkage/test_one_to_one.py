"""What it changes that a record has one partner in the other list at most."""

import numpy as np
import pytest

from toolkit.match.linkage.one_to_one import linked_parts, rival_weights
from toolkit.match.linkage.weights import BY_NAME, MATCH, UNRELATED, PartModel


def weights(*pairs: tuple[int, int, float], alike: float = 0.0) -> list[float]:
    """Return what is left of each weight, where any two of one list are one with a given probability."""
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    weight = np.array([pair[2] for pair in pairs])
    return rival_weights(10, left, right, weight, lambda one, _: np.full(len(one), alike)).round(2).tolist()


def gained(matches: float) -> float:
    """Return by how much matches outweigh strangers more than before, where there are so many for 30 and 40 records."""
    share = matches / 1_000
    before = (0.75 * share, 0.01, 0.02, 0.97 - share, 0.25 * share, 0.0)
    after = linked_parts([PartModel("companies", (), before, 1_000.0)], (30, 40))[0].class_shares
    assert sum(after) == pytest.approx(1)
    assert after[MATCH] / after[BY_NAME] == pytest.approx(before[MATCH] / before[BY_NAME])
    return after[MATCH] / after[UNRELATED] / (before[MATCH] / before[UNRELATED])


def test_a_pair_without_a_rival_keeps_its_weight() -> None:
    """Nobody else wants either record."""
    assert weights((0, 5, 2.0), (1, 6, -1.0)) == [2.0, -1.0]
    assert weights() == []


def test_two_equal_choices_are_each_less_than_half() -> None:
    """One of the two is right, or none."""
    first, second = weights((0, 5, 8.0), (0, 6, 8.0))

    assert first == second
    assert -0.1 < first < 0


def test_a_sure_pair_takes_a_record_from_a_weaker_one() -> None:
    """What was likely by itself is not, where the record has a better partner; the better hardly suffers."""
    sure, weak = weights((0, 5, 12.0), (0, 6, 1.0))

    assert sure == pytest.approx(12.0 - np.log2(3), abs=0.02)
    assert weak == pytest.approx(1.0 - 12.0, abs=0.02)


def test_a_rival_that_is_taken_itself_competes_less() -> None:
    """The second choice of record 0 belongs to record 1 for certain."""
    free, _ = weights((0, 5, 3.0), (0, 6, 3.0))
    taken, _, _ = weights((0, 5, 3.0), (0, 6, 3.0), (1, 6, 15.0))

    assert free < 0
    assert taken > 2.9


def test_two_records_of_one_party_do_not_compete() -> None:
    """A list that has the partner twice does not make either unlikely."""
    assert weights((0, 5, 8.0), (0, 6, 8.0), alike=1.0) == [8.0, 8.0]
    assert weights((0, 5, 8.0), (0, 6, 8.0), alike=0.0) < weights((0, 5, 8.0), (0, 6, 8.0), alike=0.5)


def test_more_for_a_pair_never_makes_it_less_likely() -> None:
    """With whatever rivals."""
    stated = [weights((0, 5, own), (0, 6, 4.0), (1, 5, 2.0))[0] for own in np.arange(-6.0, 12.0, 0.5)]

    assert stated == sorted(stated)


def test_strangers_are_fewer_where_most_records_have_a_partner() -> None:
    """The more of either list are linked, the likelier any two others are; not so where hardly any are."""
    assert gained(0.03) == pytest.approx(1, abs=0.01)
    assert gained(15) == pytest.approx((0.5 * 0.625) ** -0.5)
    assert gained(15) < gained(24) < gained(27)


def test_that_all_have_a_partner_is_never_taken_for_certain() -> None:
    """How many matches there are is an estimate: more than there are records change nothing more."""
    assert gained(36) == pytest.approx(10)
    assert gained(80) == pytest.approx(10)
