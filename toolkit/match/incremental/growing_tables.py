"""Tables that only grow: a large part that is written once, and a small one with what came since.

The next matching writes the small part alone. When that has become a quarter of the large one, both become one again.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.errors import InputError
from toolkit.match.comparison import Ints
from toolkit.match.hashing import Hashes
from toolkit.match.linkage.blocking import POSITION_BITS

# At a quarter, five rows are written for each new one when both parts become one. Sooner would write the large part more
# often, later would make every matching write a longer small one.
_MAX_LATER_SHARE = 0.25
_POSITION = np.uint64((1 << POSITION_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Grown:
    """Rows of ``base``, then those of ``later``; each part is in one piece."""

    base: pa.Table
    later: pa.Table

    @classmethod
    def of(cls, table: pa.Table) -> Self:
        """Return a table to which nothing has come yet."""
        # In one piece, so that the next matching maps a column into memory instead of copying it.
        return cls(table.combine_chunks(), table.slice(0, 0))

    @property
    def num_rows(self) -> int:
        """Rows of both parts."""
        return int(self.base.num_rows + self.later.num_rows)

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column of numbers of both parts."""
        return np.concatenate([numbers(self.base[name]), numbers(self.later[name])])

    def with_rows(self, rows: pa.Table) -> Self:
        """Return the table with rows at its end."""
        later = pa.concat_tables([self.later, rows]).combine_chunks()
        if later.num_rows > _MAX_LATER_SHARE * self.base.num_rows:
            return self.of(pa.concat_tables([self.base, later]))
        return type(self)(self.base, later)

    def rows(self, positions: Ints) -> pa.Table:
        """Return some rows, in that order."""
        count = self.base.num_rows
        is_old = positions < count
        if is_old.all():
            return self.base.take(pa.array(positions))
        both = [self.base.take(pa.array(positions[is_old])), self.later.take(pa.array(positions[~is_old] - count))]
        # What stands in two tables is taken from each at once, and put back into the order that was asked for.
        place = np.where(is_old, np.cumsum(is_old) - 1, np.count_nonzero(is_old) + np.cumsum(~is_old) - 1)
        return pa.concat_tables(both).combine_chunks().take(pa.array(place))


def numbers(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Return a column of numbers, without copying it where it is in one piece."""
    return np.asarray(column.chunk(0).to_numpy() if column.num_chunks == 1 else column.to_numpy())


def packed_keys(keys: Hashes, profiles: Ints) -> pa.Table:
    """Return blocking keys as an index keeps them: in order, each with its profile in the bits that a key leaves free."""
    # One number instead of two: it sorts by key and then by profile, and a search for the bare key finds its first profile.
    return pa.table({"key": np.sort(keys | profiles.astype(np.uint64))})


def with_keys(index: Grown, added: pa.Table) -> Grown:
    """Return an index with more packed keys, in order."""
    merged = index.with_rows(added)
    is_one = not merged.later.num_rows and merged.num_rows > index.base.num_rows
    part = numbers((merged.base if is_one else merged.later)["key"])
    # Two sorted parts end to end are not sorted. Mostly it is the small one that is sorted again.
    ordered = pa.table({"key": np.sort(part)})
    return Grown(ordered, merged.later) if is_one else Grown(merged.base, ordered)


def key_holders(index: Grown, keys: Hashes, *, max_size: int) -> tuple[Ints, Ints]:
    """Return which profiles of an index have some keys: position in ``keys``, and profile.

    Parameters
    ----------
    index
        Packed keys with their profiles.
    keys
        Keys to look up; each may be there many times.
    max_size
        Profiles that one key may have.

    Raises
    ------
    InputError
        More than ``max_size`` profiles have a key.
    """
    found = [_holders(numbers(part["key"]), keys, max_size) for part in (index.base, index.later)]
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])


def _holders(packed: Hashes, keys: Hashes, max_size: int) -> tuple[Ints, Ints]:
    found_keys, found_rows = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    still, row = np.arange(len(keys)), np.searchsorted(packed, keys)
    # The profiles of a key stand side by side: one step finds the next of all keys at once, and few keys have many. One that
    # outgrew its plan would cost a step for each profile, and pairs by the square.
    for _ in range(max_size + 1):
        is_inside = row < len(packed)
        still, row = still[is_inside], row[is_inside]
        is_own = packed[row] & ~_POSITION == keys[still]
        still, row = still[is_own], row[is_own]
        if not len(still):
            rows = np.concatenate(found_rows)
            return np.concatenate(found_keys), (packed[rows] & _POSITION).astype(np.int64)
        found_keys.append(still)
        found_rows.append(row)
        row = row + 1
    raise InputError("A blocking key has outgrown the saved model. Match in full and fit the model anew.")
