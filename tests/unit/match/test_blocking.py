"""Candidate pairs: narrow, capped, and none of a true pair's keys dropped."""

import pyarrow as pa

from toolkit.match.blocking import candidate_pairs
from toolkit.match.profiles import profiles_of


def test_an_over_full_block_is_split_not_squared() -> None:
    """A phone shared by three thousand records gives a few pairs a record, not millions."""
    count = 3_000
    table = pa.table(
        {
            "record_key": [f"crm/c/{n:05}" for n in range(count)],
            "system": ["crm"] * count,
            "name": [f"Unit{n % 1500}x Works" for n in range(count)],
            "phone": ["312 644 2671"] * count,
        }
    )
    profiles = profiles_of(table, {"name": "company", "phone": "phone"}, is_per_system=True)

    left, _ = candidate_pairs(profiles)

    assert profiles.count == 1_500
    assert len(left) < 40 * profiles.count


def test_pairs_come_once_and_in_order() -> None:
    """The left one is the smaller; the list is sorted."""
    table = pa.table({"record_key": ["a", "b", "c"], "system": ["s"] * 3, "name": ["Acme One", "Acme Two", "Acme Three"]})

    left, right = candidate_pairs(profiles_of(table, {"name": "company"}))

    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
