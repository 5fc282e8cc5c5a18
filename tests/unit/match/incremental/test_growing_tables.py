"""Tables that only grow, and the index of blocking keys that is one."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.match.hashing import Hashes
from toolkit.match.incremental.growing_tables import Grown, key_holders, packed_keys, with_keys
from toolkit.match.linkage.blocking import POSITION_BITS


def grown(base: list[int], later: list[int]) -> Grown:
    """Return a table of numbers in two parts."""
    return Grown(pa.table({"key": np.array(base, dtype=np.uint64)}), pa.table({"key": np.array(later, dtype=np.uint64)}))


def keys(*numbers: int) -> Hashes:
    """Return blocking keys, which leave their last bits free."""
    return np.array(numbers, dtype=np.uint64) << np.uint64(POSITION_BITS)


@pytest.mark.parametrize(("added", "later"), [(1, 3), (2, 4), (3, 0)])
def test_what_came_later_stays_apart_up_to_a_quarter(added: int, later: int) -> None:
    """Of sixteen rows, four; with five, both parts become one again."""
    table = grown(list(range(16)), [20, 21])

    found = table.with_rows(pa.table({"key": np.arange(30, 30 + added, dtype=np.uint64)}))

    assert found.later.num_rows == later
    assert found.column("key").tolist() == [*range(16), 20, 21, *range(30, 30 + added)]


def test_rows_of_both_parts_come_in_the_order_asked_for() -> None:
    """Old and later ones mixed, one twice."""
    table = grown([5, 6, 7], [8, 9])

    assert table.rows(np.array([4, 0, 3, 2, 4]))["key"].to_pylist() == [9, 5, 8, 7, 9]
    assert table.rows(np.array([2, 0]))["key"].to_pylist() == [7, 5]
    assert table.num_rows == 5


@pytest.mark.parametrize("count", [1, 2])
def test_an_index_stays_in_order(count: int) -> None:
    """Whether the parts become one or not."""
    added = packed_keys(keys(*range(2, 2 + count)), np.arange(count))

    index = with_keys(Grown.of(packed_keys(keys(4, 2, 3, 1), np.arange(4))), added)

    assert index.later.num_rows == (1 if count == 1 else 0)
    for part in (index.base, index.later):
        assert part["key"].to_pylist() == sorted(part["key"].to_pylist())


def test_every_holder_of_a_key_is_found_in_both_parts() -> None:
    """As pairs of a position among the keys asked for, and a profile."""
    index = Grown(packed_keys(keys(1, 2, 2, 4), np.array([10, 11, 12, 13])), packed_keys(keys(2, 4), np.array([14, 15])))

    at, holders = key_holders(index, keys(2, 3, 4), max_size=2)

    assert sorted(zip(at.tolist(), holders.tolist(), strict=True)) == [(0, 11), (0, 12), (0, 14), (2, 13), (2, 15)]


def test_a_key_may_grow_up_to_a_bound() -> None:
    """Two in one part here; a third, and the model has to be fitted anew."""
    index = Grown.of(packed_keys(keys(2, 2, 2), np.array([1, 2, 3])))

    assert len(key_holders(index, keys(2), max_size=3)[0]) == 3
    with pytest.raises(InputError, match="outgrown"):
        key_holders(index, keys(2), max_size=2)
