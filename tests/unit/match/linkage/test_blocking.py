"""Candidate pairs: narrow, capped, and what is not compared is told."""

from collections import Counter
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.match.comparison import Keys
from toolkit.match.hashing import Hashes
from toolkit.match.linkage.blocking import (
    CAPS,
    MAX_COMPARED_IN_FULL,
    MAX_GROWN_IN_FULL,
    POSITION_BITS,
    Blocks,
    _affordable_cap,
    _is_over_full,
    candidate_pairs,
    distinct,
    dropped_sample,
    is_company_with_person,
    pairs_within,
    planned_blocks,
)
from toolkit.match.parties import matched_parties
from toolkit.match.records.columns import COMPANY, PERSON, UNKNOWN
from toolkit.match.records.profiles import Profiles, profiles_of

KINDS = {"name": "company", "phone": "phone"}


def firms(names: list[str], phones: list[str | None] | None = None, **cells: list[str]) -> pa.Table:
    """Return firms of one system, by default without a telephone."""
    keys = [f"crm/c/{number:05}" for number in range(len(names))]
    calls = pa.array(phones or [None] * len(names), pa.string())
    return pa.table({"record_key": keys, "system": ["crm"] * len(names), "name": names, "phone": calls, **cells})


def pairs(profiles: Profiles) -> set[tuple[int, int]]:
    """Return the candidate pairs by their first records."""
    return by_record(profiles, *candidate_pairs(profiles))


def by_record(profiles: Profiles, left: np.ndarray, right: np.ndarray) -> set[tuple[int, int]]:
    """Return pairs of profiles as pairs of their first records, the lower one left."""
    one, other = profiles.first_records[left], profiles.first_records[right]
    return set(zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True))


@pytest.fixture(name="switchboard", scope="module")
def _switchboard() -> Profiles:
    """Return three thousand records of 1,500 firms with one telephone."""
    names = [f"Unit{number % 1500}x Works" for number in range(3_000)]
    return profiles_of(firms(names, ["312 644 2671"] * 3_000), KINDS, is_per_system=True)


def test_an_over_full_block_is_split_not_squared(switchboard: Profiles) -> None:
    """A phone shared by three thousand records gives a few pairs a record, not millions."""
    left, _ = candidate_pairs(switchboard)

    assert switchboard.count == 1_500
    assert len(left) < 40 * switchboard.count


def test_what_an_over_full_key_loses_is_told(switchboard: Profiles) -> None:
    """All pairs of 1,500 firms share the telephone; those that nothing narrower joins can be looked at by sample."""
    blocks = planned_blocks(switchboard)
    left, right = dropped_sample(blocks, switchboard.count, 500)

    assert blocks.max_block > 0
    assert blocks.dropped_pairs >= 1_500 * 1_499 / 2
    assert 400 < len(left) <= 500
    assert np.all((left >= 0) & (left < right) & (right < switchboard.count))


def test_matches_that_were_not_compared_are_estimated() -> None:
    """The number of pairs not compared, and how many of them are expected to be one party, is part of the result."""
    found = matched_parties(firms([f"Unit{number}x Works" for number in range(400)], ["312 644 2671"] * 400))

    assert found.blocking.dropped_pairs > 0
    assert 0 <= found.blocking.expected_missed < 0.01 * found.blocking.dropped_pairs


def test_twins_under_a_switchboard_are_still_compared() -> None:
    """A split key keeps those together that share more than the telephone."""
    names = [f"Unit{number}x Works" for number in range(1_000)]
    profiles = profiles_of(firms([*names, "Unit77x Wroks"], ["312 644 2671"] * 1_001), KINDS)

    assert (77, 1_000) in pairs(profiles)


def test_pairs_come_once_and_in_order() -> None:
    """The left one is the smaller; the list is sorted."""
    profiles = profiles_of(firms(["Acme One", "Acme Two", "Acme Three"]), {"name": "company"})

    left, right = candidate_pairs(profiles)

    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]


def test_a_company_is_never_compared_with_a_person() -> None:
    """A record of unknown sort is compared with both."""
    table = firms(["Jane Roe Ltd", "Jane Roe", "jroe"], kind=["company", "person", "unknown"])

    assert pairs(profiles_of(table, {"name": "name"})) == {(0, 2), (1, 2)}


def test_a_small_table_is_compared_in_full() -> None:
    """Nothing is lost where everything can be looked at."""
    profiles = profiles_of(firms([f"Q{number}z" for number in range(30)]), {"name": "company"})

    assert pairs(profiles) == set(combinations(range(30), 2))
    assert planned_blocks(profiles).dropped_pairs == 0


def test_a_model_of_a_small_table_says_when_it_has_outgrown_it() -> None:
    """A table compared in full may grow, but not without end."""
    grown = MAX_COMPARED_IN_FULL + 50
    profiles = profiles_of(firms([f"Q{number}z" for number in range(grown)]), {"name": "company"})
    huge = profiles_of(firms([f"Q{number}z" for number in range(MAX_GROWN_IN_FULL + 1)]), {"name": "company"})

    blocks = planned_blocks(profiles, over_full=np.zeros(0, dtype=np.uint64), max_block=0)

    assert len(candidate_pairs(profiles, blocks)[0]) == grown * (grown - 1) / 2
    with pytest.raises(InputError, match="Fit it anew"):
        planned_blocks(huge, max_block=0)


def test_new_records_do_not_change_which_of_the_old_are_compared() -> None:
    """A key that was narrow when the model was fitted stays so, and one that was over-full stays split."""
    names = [f"Unit{number}x Works" for number in range(600)]
    before = profiles_of(firms(names, ["312 644 2671"] * 400 + ["773 201 4410"] * 10 + [None] * 190), KINDS)
    own = planned_blocks(before)
    more = profiles_of(
        firms([*names, *(f"Zq{number}v" for number in range(200))],
              ["312 644 2671"] * 400 + ["773 201 4410"] * 10 + [None] * 190 + ["773 201 4410"] * 200), KINDS
    )  # fmt: skip

    again = candidate_pairs(more, planned_blocks(more, over_full=own.over_full, max_block=own.max_block))

    assert {(a, b) for a, b in by_record(more, *again) if b < 600} == pairs(before)


@pytest.mark.parametrize("seed", range(3))
def test_pairs_that_share_a_key_are_those_of_a_plain_search(seed: int) -> None:
    """Each pair once, however many keys it shares."""
    generator = np.random.default_rng(seed)
    rows = sorted({(int(key), int(member)) for key, member in generator.integers(0, 12, (60, 2))})
    keys, members = (np.array(side) for side in zip(*rows, strict=True))

    left, right = pairs_within(keys.astype(np.uint64), members, 12)

    expected = sorted({(a, b) for key, a in rows for other, b in rows if key == other and a < b})
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == expected


def test_numbers_are_listed_once_and_in_order() -> None:
    """Also where there are none."""
    assert distinct(np.array([3, 1, 3, 2, 1])).tolist() == [1, 2, 3]
    assert distinct(np.zeros(0, dtype=np.int64)).tolist() == []


HEADS = ("Arbel", "Corvin", "Danley", "Farholt", "Garmin", "Hollis", "Jarrow", "Kelmor", "Linton", "Morvale")


def crowded(count: int, bearers: int) -> Profiles:
    """Return firms whose names share words and towns, each telephone borne by so many of them."""
    places = range(count)
    names = [f"{HEADS[i % 10]}{HEADS[i // 10 % 10].lower()} {HEADS[i // 100 % 10]}s Works" for i in places]
    phones: list[str | None] = [f"312 {200 + i // bearers % 700} {1000 + i // bearers * 7 % 9000}" for i in places]
    return profiles_of(firms(names, phones, city=[f"Town{i % 20}" for i in places]), {**KINDS, "city": "city"})


@pytest.mark.parametrize(
    ("count", "bearers", "max_block", "pairs_count", "dropped", "over_full"),
    [(300, 3, 64, 4_540, 0, 0), (1_000, 5, 64, 31_500, 0, 2), (3_000, 30, 24, 38_500, 813_600, 2_650),
     (3_000, 70, 24, 41_530, 1_078_540, 1_969)],
)  # fmt: skip
def test_a_table_affords_so_many_pairs(  # noqa: PLR0917 - the figures of one table
    count: int, bearers: int, max_block: int, pairs_count: int, dropped: float, over_full: int
) -> None:
    """Six pairs a record, or sixty thousand; where keys cost more, blocks are split that were not before."""
    profiles = crowded(count, bearers)
    blocks = planned_blocks(profiles)

    left, _ = candidate_pairs(profiles, blocks)

    assert (blocks.max_block, len(left), blocks.dropped_pairs) == (max_block, pairs_count, dropped)
    assert len(blocks.over_full) == over_full


@pytest.mark.parametrize(("count", "max_block"), [(250, 0), (251, 64)])
def test_two_hundred_and_fifty_are_compared_in_full(count: int, max_block: int) -> None:
    """One more, and keys decide who meets."""
    assert planned_blocks(crowded(count, 3)).max_block == max_block


def test_a_split_key_is_over_full_beyond_the_cap_and_not_at_it() -> None:
    """Of a saved model: two keys of four and of five, at a cap of four."""
    sizes = {7: 4, 9: 5}
    keys = np.repeat(np.array(list(sizes), dtype=np.uint64), list(sizes.values()))

    assert _is_over_full(keys, None, 4).tolist() == [False] * 4 + [True] * 5


def test_a_company_meets_whoever_is_no_person() -> None:
    """Unknown, company and person, each beside each."""
    kinds = np.array([UNKNOWN, COMPANY, PERSON])
    one, other = np.repeat(kinds, 3), np.tile(kinds, 3)

    apart = is_company_with_person(one, other)

    assert {(int(a), int(b)) for a, b in zip(one[apart], other[apart], strict=True)} == {
        (COMPANY, PERSON),
        (PERSON, COMPANY),
    }


def ring(count: int, groups: list[tuple[int, int]]) -> Hashes:
    """Return packed keys in a ring: for each size and step, every profile with those one, two … steps further."""
    start = np.arange(count)
    keys = [np.repeat(number * count + start, size) for number, (size, _) in enumerate(groups)]
    profiles = [(start[:, None] + np.arange(size) * step).ravel() % count for size, step in groups]
    high = np.concatenate(keys).astype(np.uint64) << np.uint64(POSITION_BITS)
    return np.sort(high | np.concatenate(profiles).astype(np.uint64))


@pytest.mark.parametrize(
    ("count", "groups", "cap"),
    [
        # Of 3,000 profiles each may have twenty others: sixty thousand pairs.
        (3_000, [(2, 101 + step) for step in range(20)], 64),
        (3_000, [(2, 101 + step) for step in range(21)], 2),
        # Fifteen by narrow keys, and eight by keys of five or of nine: those are split, and no others.
        (3_000, [*((2, 101 + step) for step in range(15)), (5, 997), (5, 1009)], 4),
        (3_000, [*((2, 101 + step) for step in range(15)), (9, 997)], 8),
        (3_000, [*((2, 101 + step) for step in range(15)), (6, 997)], 64),
        # Of twelve thousand six: a sixth of them is looked at.
        (12_000, [(2, 6 * (101 + step)) for step in range(6)], 64),
        (12_000, [(2, 6 * (101 + step)) for step in range(7)], 2),
    ],
)
def test_blocks_are_as_large_as_the_pairs_that_can_be_afforded(count: int, groups: list[tuple[int, int]], cap: int) -> None:
    """Six pairs a profile, or sixty thousand in all; two profiles of a key are always compared."""
    assert _affordable_cap(ring(count, groups), POSITION_BITS, count) == cap


def test_the_caps_fall_from_sixty_four_to_two() -> None:
    """In steps of a quarter to a half."""
    assert CAPS == (64, 48, 32, 24, 16, 12, 10, 8, 6, 5, 4, 3, 2)


def test_the_same_seed_draws_the_same_pairs_of_what_was_dropped() -> None:
    """From keys of three and of two profiles; a profile with itself is no pair."""
    dropped = Keys(np.array([1, 1, 1, 2, 2], dtype=np.uint64), np.array([4, 6, 9, 0, 3]))
    blocks = Blocks(dropped.key[:0], POSITION_BITS, dropped.key, 2, 4.0, dropped)

    draws = [dropped_sample(blocks, 10, 2, seed) for seed in range(40)]

    counted = Counter((int(a), int(b)) for left, right in draws for a, b in zip(left, right, strict=True))
    assert counted == {(0, 3): 10, (4, 6): 10, (4, 9): 14, (6, 9): 12}


def test_a_slip_and_a_hole_in_one_pair_leave_a_key() -> None:
    """A hundred whose names begin alike share the initial and the family name; two of them have no second fact."""
    given = [f"t{one}{other}" for one in "aeiou" for other in ("bb", "dd", "ff", "gg", "kk", "ll", "nn", "pp", "rr", "vv")]
    names = [f"{name} garlund" for name in given] + [f"{name} Vorn{letter}e" for name in given for letter in "dgkpt"]
    people = [*names, "tim garlund", "timothj garlund", "marek vanes", "marek varns"]
    numbers: list[str | None] = [f"312 555 {1000 + place}" for place in range(len(names))] + ["312 644 1705", None] * 2
    profiles = profiles_of(firms(people, numbers), {"name": "person", "phone": "phone"})

    count = len(people)
    assert {(count - 4, count - 3), (count - 2, count - 1)} <= pairs(profiles)
