"""Whether a saved model still fits what is there."""

from dataclasses import replace

import pyarrow as pa
import pytest

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


def seen(records: int = 1000, repeated: int = 0, filled: int = 0, same: int = 0, other: int = 0) -> Seen:
    """Return what was seen of a table with one column and one fact."""
    return Seen(records, repeated, 0, {"phone": filled}, {"phone": {"same": same, "other": other}})


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [(9, 50, True), (10, 50, False), (9, 49, False), (50, 9, True), (50, 10, False), (49, 9, False), (0, 0, False)],
)
def test_a_column_counts_as_filled_from_a_twentieth_and_as_empty_below_a_hundredth(
    before: int, now: int, *, is_told: bool
) -> None:
    """Of a thousand records; what lies between is neither."""
    assert bool(drift(seen(filled=before), seen(filled=now))) == is_told


@pytest.mark.parametrize(
    ("before", "now", "records", "is_told"),
    [
        # A twentieth of all records more or less, half as many again, and beyond chance.
        (50, 100, 1000, True), (50, 99, 1000, False), (100, 50, 1000, True), (200, 301, 1000, True), (200, 299, 1000, False),
        (120, 170, 1000, False), (120, 180, 1000, True), (119, 178, 1000, False), (10, 15, 100, False),
        (100, 100, 1000, False), (0, 50, 1000, True), (0, 49, 1000, False),
    ],
)  # fmt: skip
def test_doubles_are_more_than_before_up_to_the_bound(before: int, now: int, records: int, *, is_told: bool) -> None:
    """In shares of all records; of a hundred records the same shares may be chance."""
    assert bool(drift(seen(records, before), seen(records, now))) == is_told


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [
        # What chance moves: half the root of two grades times (1/n + 1/m), here .1 of 100 pairs, beside a fifth.
        ((100, 0), (69, 31), True), ((100, 0), (71, 29), False), ((69, 31), (100, 0), True), ((10_000, 0), (78, 22), False),
        ((29, 0), (0, 29), False), ((30, 0), (0, 30), True), ((30, 0), (0, 29), False), ((29, 0), (0, 30), False),
        ((20_000, 0), (15_800, 4_200), True), ((20_000, 0), (16_000, 4_000), False),
    ],
)  # fmt: skip
def test_a_fact_agrees_in_another_way_from_a_fifth_on(
    before: tuple[int, int], now: tuple[int, int], *, is_told: bool
) -> None:
    """Of thirty pairs at least, beyond what chance moves."""
    told = drift(seen(same=before[0], other=before[1]), seen(same=now[0], other=now[1]))

    assert bool(told) == is_told


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
