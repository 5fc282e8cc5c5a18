"""A person's answers: what contradicts itself is named, and what is asked teaches."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.dedupe import matched_records
from toolkit.match.linkage.evaluation import expected_by_threshold
from toolkit.match.parties import Matching
from toolkit.match.records.joint_records import joint_records
from toolkit.match.review.answers import ANSWER, _entropy_bits, _unsure, checked_answers, questions

# Of a real result only the pairs matter here; they are replaced by what a test needs.
COMPANIES = pa.table({"Company": ["Acme Widgets Ltd", "Zorro LLC"]})
REAL = matched_records(joint_records({"file": COMPANIES}, kinds={"Company": "company"})).matching


def answers(*rows: tuple[str, str, str]) -> pa.Table:
    """Return answers by record key."""
    return pa.Table.from_pylist([dict(zip(ANSWER.names, row, strict=True)) for row in rows], schema=ANSWER)


def matching(*pairs: tuple[str, str, float, str]) -> Matching:
    """Return pairs with a probability and the grade of their only fact."""
    table = pa.table(
        {
            "key_l": [pair[0] for pair in pairs],
            "key_r": [pair[1] for pair in pairs],
            "match_probability": [pair[2] for pair in pairs],
            "match_weight": [pair[2] for pair in pairs],
            "decision": ["review" for _ in pairs],
            "decided_by": ["model" for _ in pairs],
        }
    )
    levels = pa.table(
        {
            "key_l": table["key_l"],
            "key_r": table["key_r"],
            "comparison": ["company name" for _ in pairs],
            "level": [pair[3] for pair in pairs],
            "bits": [0.0 for _ in pairs],
        }
    )
    expected = expected_by_threshold(table["match_probability"].to_numpy())
    return replace(REAL, pairs=table, pair_levels=levels, expected=expected)


def test_answers_become_decisions_and_unsure_ones_do_not() -> None:
    """Unsure leaves a pair open."""
    found = checked_answers(answers(("b", "a", "same"), ("c", "d", "not_same"), ("e", "f", "unsure")))

    rows = found.decisions.select(["key_l", "key_r", "decision"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [("a", "b", "same"), ("c", "d", "not_same")]
    assert (found.count, found.unsure_count, found.problems) == (2, 1, ())
    # They bear no time of their own, and nothing here depends on the clock.
    assert set(found.decisions["decided_at"].to_pylist()) == {datetime(1970, 1, 1, tzinfo=UTC)}


def test_two_answers_to_one_pair_count_for_neither() -> None:
    """Nobody can tell which of them was meant; the order of the two ids does not hide it."""
    found = checked_answers(answers(("a", "b", "same"), ("b", "a", "not_same"), ("c", "d", "same")))

    assert found.count == 1
    assert found.problems == ("'a' and 'b' are answered in different ways (not_same, same). None was taken.",)


def test_a_contradiction_along_a_chain_names_the_chain() -> None:
    """A is B, B is C, C is D, but A is not D: all four answers are put aside, others stay."""
    chain = [("a", "b", "same"), ("b", "c", "same"), ("d", "c", "same"), ("a", "d", "not_same"), ("c", "z", "same")]

    found = checked_answers(answers(*chain))

    [problem] = found.problems
    assert "'a' = 'b' = 'c' = 'd'" in problem
    assert found.decisions.select(["key_l", "key_r"]).to_pylist() == [{"key_l": "c", "key_r": "z"}]


def test_a_second_way_round_is_found_too() -> None:
    """Where two chains join what is kept apart, neither is left standing against the other answers."""
    ring = [("a", "b", "same"), ("b", "c", "same"), ("a", "x", "same"), ("x", "c", "same"), ("a", "c", "not_same")]

    found = checked_answers(answers(*ring))

    assert set(found.decisions["decision"].to_pylist()) == {"same"}
    assert len(found.problems) == 1


def test_questions_are_spread_over_patterns() -> None:
    """A thousand pairs graded alike do not take all questions."""
    many = [(f"a{i:04}", f"b{i:04}", 0.5, "same name") for i in range(1000)]
    few = [(f"c{i}", f"d{i}", 0.4, f"grade {i}") for i in range(10)]

    asked = questions(matching(*many, *few), count=30)

    levels = Counter("many" if key.startswith("a") else "few" for key in asked["key_l"].to_pylist())
    assert asked.num_rows == 30
    assert levels["few"] >= 8


def test_the_least_sure_pair_is_asked_about_first() -> None:
    """What is certain needs no answer."""
    asked = questions(matching(("a", "b", 0.99, "x"), ("c", "d", 0.52, "y"), ("e", "f", 0.8, "z"))).to_pylist()

    assert [row["key_l"] for row in asked] == ["c", "e"]


def test_a_record_is_asked_about_once_while_others_are_left() -> None:
    """Thirty questions about one supplier teach little."""
    pairs = [("a", f"b{i}", 0.5, "same name") for i in range(5)] + [("c", "d", 0.45, "same name")]

    asked = questions(matching(*pairs), count=2)

    assert set(asked["key_l"].to_pylist()) == {"a", "c"}


def test_without_pairs_there_is_nothing_to_ask() -> None:
    """An empty result asks nothing."""
    assert questions(matching(("a", "b", 0.5, "x")), count=0).num_rows == 0
    assert questions(matching(("a", "b", 0.999, "x"))).num_rows == 0


def test_a_pair_is_asked_about_from_one_in_fifty_on() -> None:
    """Two in a hundred either way are sure enough."""
    shares = (0.02, 0.0201, 0.9799, 0.98)

    asked = questions(matching(*((f"a{one}", f"b{one}", one, "x") for one in shares)))

    assert sorted(asked["match_probability"].to_pylist()) == [0.0201, 0.9799]


def test_what_a_person_decided_is_not_asked_again() -> None:
    """Only what the model decided is open."""
    found = matching(("a", "b", 0.5, "x"), ("c", "d", 0.5, "x"))
    told = found.pairs.set_column(5, "decided_by", [["person", "model"]])

    assert questions(replace(found, pairs=told))["key_l"].to_pylist() == ["c"]


def test_questions_go_round_by_what_a_pattern_is_worth() -> None:
    """By hand: log2(1 + bits of doubt of its pairs), over one more than was asked of it; equal ones by the alphabet."""
    pairs = [(f"a{place}", f"b{place}", 0.5, "many") for place in range(7)] + [
        ("c", "d", 0.5, "one"),
        ("e", "f", 0.5, "lone"),
    ]

    asked = questions(matching(*pairs), count=9)

    # Worth 3 against 1 and 1: 3, 1.5, then 1 (of three, by the alphabet), 1, 1, then what is left.
    first = [
        (key[0], count) for key, count in zip(*(asked[name].to_pylist() for name in ("key_l", "alike_count")), strict=True)
    ]
    assert first == [("a", 7), ("a", 7), ("c", 1), ("a", 7), ("e", 1), ("a", 7), ("a", 7), ("a", 7), ("a", 7)]


def test_doubt_is_a_bit_where_chances_are_even() -> None:
    """And .8113 of a bit where they are one in four (Shannon)."""
    assert _entropy_bits(np.array([0.5, 0.25, 0.75])) == pytest.approx([1, 0.8112781, 0.8112781])
    assert _entropy_bits(np.array([0.0, 1.0])) == pytest.approx([0, 0], abs=1e-9)


def test_of_very_many_pairs_the_least_sure_are_considered() -> None:
    """Twenty thousand."""
    probability = np.linspace(0.3, 0.5, 20_002)
    keys = [f"{place:05}" for place in range(20_002)]
    pairs = pa.table({"key_l": keys, "key_r": keys, "match_probability": probability, "decided_by": ["model"] * 20_002})

    assert _unsure(pairs)["key_l"].to_pylist() == keys[:1:-1]


def test_a_record_is_asked_about_again_where_no_other_is_left() -> None:
    """One more question is better than none."""
    pairs = matching(("a", "b", 0.5, "x"), ("a", "c", 0.45, "x"), ("a", "d", 0.4, "x"))

    assert questions(pairs)["key_r"].to_pylist() == ["b", "c", "d"]
