"""Whether a saved model still fits what is there."""

from dataclasses import replace

import pyarrow as pa

from toolkit.match.linkage.drift import Seen, drift, seen_in
from toolkit.tables import CLUSTER, PAIR, PAIR_LEVEL

FITTED = Seen(
    records=2000,
    repeated=200,
    review=20,
    filled={"name": 2000, "phone": 1500, "tax_id": 0},
    levels={"phone": {"same number": 160, "different numbers": 30, "no value on one side": 10}},
)


def test_more_of_the_same_is_no_drift() -> None:
    """A month later there are more records, of the same kind."""
    levels = {"phone": {"same number": 180, "different numbers": 36, "no value on one side": 9}}
    now = Seen(2200, 231, 25, {"name": 2200, "phone": 1620, "tax_id": 3}, levels)

    assert drift(FITTED, now) == ()


def test_a_column_that_was_empty_is_named() -> None:
    """The model cannot weigh what it has never seen."""
    [sentence] = drift(FITTED, replace(FITTED, filled={**FITTED.filled, "tax_id": 800}))

    assert sentence.startswith("Column 'tax_id' is filled in 40 % of the records")


def test_a_column_that_went_empty_is_named() -> None:
    """Somebody exported without it."""
    [sentence] = drift(FITTED, replace(FITTED, filled={"name": 2000, "phone": 0}))

    assert sentence.startswith("Column 'phone' was filled in 75 %")


def test_many_more_duplicates_are_named() -> None:
    """Ten per cent became thirty: a system came in twice, or the model is wrong here."""
    [sentence] = drift(FITTED, replace(FITTED, repeated=600))

    assert sentence.startswith("30 % of the records have a second one now, 10 % had")


def test_grades_that_moved_are_named() -> None:
    """Pairs held to be one used to share the telephone number, and do not any more."""
    levels = {"phone": {"same number": 60, "different numbers": 130, "no value on one side": 10}}

    [sentence] = drift(FITTED, replace(FITTED, levels=levels))

    assert sentence == (
        "Of the pairs held to be the same, phone is 'different numbers' in 65 % and was in 15 % when the model was fitted."
    )


def test_a_handful_of_pairs_says_nothing() -> None:
    """Small tables move by chance."""
    now = replace(FITTED, levels={"phone": {"different numbers": 8}})

    assert drift(FITTED, now) == ()
    assert drift(Seen(0, 0, 0, {}, {}), Seen(0, 0, 0, {}, {})) == ()


def test_grades_are_counted_of_pairs_that_the_model_holds_to_be_the_same() -> None:
    """Not of those that a person joined or parted, nor of those put to a person; a pair without grades has no value."""
    decided = {("a", "b"): "same", ("a", "c"): "review", ("b", "c"): "same", ("c", "d"): "same", ("d", "e"): "same"}
    pairs = PAIR.from_rows([
        {"key_l": left, "key_r": right, "match_weight": 4.0, "match_probability": 0.9, "decision": decision,
         "decided_by": "person" if left == "d" else "model"}
        for (left, right), decision in decided.items()
    ])  # fmt: skip
    grades = [
        ("a", "b", "e-mail", "same"), ("a", "b", "phone", "same"), ("a", "c", "phone", "other"),
        ("c", "d", "phone", "same"), ("d", "e", "phone", "same"),
    ]  # fmt: skip
    levels = PAIR_LEVEL.from_rows(
        [
            {"key_l": left, "key_r": right, "comparison": fact, "level": level, "bits": 1.0}
            for left, right, fact, level in grades
        ]
    )
    clusters = CLUSTER.from_rows(
        [{"record_key": key, "cluster_id": "a" if key != "e" else "e"} for key in ("a", "b", "c", "d", "e")]
    )
    records = pa.table({"record_key": ["a", "b", "c", "d", "e"], "phone": ["1", "2", "", None, "3"]})

    seen = seen_in(records, ["phone"], clusters, pairs, levels)

    assert seen == Seen(
        records=5,
        repeated=4,
        review=1,
        filled={"phone": 3},
        levels={
            "e-mail": {"same": 1, "no value on one side": 2},
            "phone": {"same": 2, "no value on one side": 1},
        },
    )


def test_a_matching_without_pairs_is_seen_too() -> None:
    """One record alone."""
    clusters = CLUSTER.from_rows([{"record_key": "a", "cluster_id": "a"}])

    seen = seen_in(pa.table({"record_key": ["a"]}), ["phone"], clusters, PAIR.empty(), PAIR_LEVEL.empty())

    assert seen == Seen(records=1, repeated=0, review=0, filled={}, levels={})
