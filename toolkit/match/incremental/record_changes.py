"""Which records of a table are new, changed or gone since the one before."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints


@dataclass(frozen=True, slots=True)
class Changes:
    """Row by row of two tables: ``place`` is the row before of each row after that is the same (-1: new or changed).

    ``is_gone`` tells of each row before whether it is no more, or not as it was.
    """

    place: Ints
    is_gone: npt.NDArray[np.bool_]

    @property
    def added(self) -> Ints:
        """Rows after that are new or changed."""
        return np.flatnonzero(self.place < 0)

    @property
    def share(self) -> float:
        """How much of the larger table changed, 0 to 1."""
        changed = max(np.count_nonzero(self.place < 0), np.count_nonzero(self.is_gone))
        return float(changed) / max(len(self.place), len(self.is_gone), 1)


def changes(before: pa.Table, after: pa.Table) -> Changes:
    """Return what changed between two tables with the same columns, ``record_key`` among them, in any order of rows.

    Examples
    --------
    >>> before = pa.table({"record_key": ["a", "b", "c"], "city": ["Leeds", None, "Hull"]})
    >>> after = pa.table({"record_key": ["c", "b", "d"], "city": ["York", None, "Leeds"]})
    >>> found = changes(before, after)
    >>> found.added.tolist(), found.is_gone.tolist()
    ([0, 2], [True, False, True])
    """
    place = _rows(after["record_key"], before["record_key"])
    # A changed record is one that went and one that came: its old profile may be shared with others, and stays as it is.
    known = np.flatnonzero(place >= 0)
    rows_before = place[known]
    is_same = np.ones(len(known), dtype=bool)
    for name in after.column_names:
        if name != "record_key":
            is_same &= _is_equal(_picked(before[name], rows_before), _picked(after[name], known))
    place[known[~is_same]] = -1
    is_gone = np.ones(before.num_rows, dtype=bool)
    is_gone[place[place >= 0]] = False
    return Changes(place, is_gone)


def _rows(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> Ints:
    """Return the row of each key, -1 for none; files mostly keep their order, so that few keys need to be looked up."""
    common = min(len(keys), len(among))
    place = np.full(len(keys), -1, dtype=np.int64)
    is_aligned = np.asarray(pc.equal(keys.slice(0, common), among.slice(0, common)))
    # The place of the first that differs: up to there no key is looked up.
    aligned = common if is_aligned.all() else int(np.argmin(is_aligned))
    place[:aligned] = np.arange(aligned)
    others = pc.index_in(keys.slice(aligned), value_set=among.slice(aligned).combine_chunks())
    place[aligned:] = np.asarray(pc.fill_null(others, -1 - aligned), dtype=np.int64) + aligned
    return place


def _picked(column: pa.ChunkedArray, rows: Ints) -> pa.ChunkedArray:
    """Return some cells; in their order by a mask, which moves long stretches at once."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows) and np.all(np.diff(rows) == 1):
        return column.slice(int(rows[0]), len(rows))
    if np.all(np.diff(rows) > 0):
        is_wanted = np.zeros(len(column), dtype=bool)
        is_wanted[rows] = True
        return column.filter(pa.array(is_wanted))
    return column.take(pa.array(rows))


def _is_equal(one: pa.ChunkedArray, other: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    # An empty cell that stays empty is no change, though null is not equal to null.
    both_null = pc.and_(pc.is_null(one), pc.is_null(other))
    return np.asarray(pc.or_(pc.fill_null(pc.equal(one, other), False), both_null), dtype=bool)
