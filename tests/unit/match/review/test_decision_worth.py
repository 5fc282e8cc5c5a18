"""What a person's decision about a pair is worth."""

import pyarrow as pa
import pytest

from toolkit.match.review.decision_worth import by_worth, decision_worth

CLUSTERS = pa.table({"record_key": ["a", "b", "c", "d", "e", "f"], "cluster_id": ["a", "a", "a", "d", "d", "f"]})


def pairs(*rows: tuple[str, str, float]) -> pa.Table:
    """Return pairs with their probabilities."""
    left, right, probability = zip(*rows, strict=True)
    return pa.table(
        {"key_l": left, "key_r": right, "match_probability": probability, "match_weight": [p - 0.5 for p in probability]}
    )


def test_it_is_the_size_of_the_groups_times_how_likely_they_are_one() -> None:
    """Groups of three and two records, and of two and one."""
    assert decision_worth(pairs(("a", "d", 0.2), ("d", "f", 0.4)), CLUSTERS) == pytest.approx([0.2 * 6**0.5, 0.4 * 2**0.5])


def test_one_answer_settles_two_groups() -> None:
    """Of three pairs between them the likeliest is asked about first; the others are worth nothing beside it."""
    found = decision_worth(pairs(("a", "d", 0.2), ("b", "e", 0.4), ("c", "d", 0.4)), CLUSTERS)

    assert found == pytest.approx([0, 0.4 * 6**0.5, 0])
    once = by_worth(pairs(("a", "d", 0.2), ("b", "e", 0.4), ("c", "d", 0.4)), CLUSTERS, is_once=True)
    assert once["key_l"].to_pylist() == ["b"]


def test_pairs_stand_by_worth_and_of_equal_worth_by_likelihood() -> None:
    """The likeliest pair of two single records comes after a less likely one of large groups."""
    ranked = by_worth(pairs(("d", "f", 0.45), ("a", "d", 0.2), ("b", "e", 0.3)), CLUSTERS)

    assert ranked["key_l"].to_pylist() == ["b", "d", "a"]
    assert "worth" not in ranked.column_names
