"""The records of the system that is changed, as columns of texts, in order of their keys; and changes of their fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import Evidence, Operation, operation
from toolkit.changes.operation import field_hash
from toolkit.plan.cell_texts import cell_texts, said_texts

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NONE = -1
JOINT = ";"
"""Between the values of a column that holds several."""


class Change(NamedTuple):
    """What one field of a record becomes, and why; the record is a row of `TargetRecords`."""

    row: int
    column: str
    value: str | None
    reasons: tuple[str, ...]
    from_key: str | None = None
    cluster_id: str | None = None
    probability: str | None = None


class TargetRecords:
    """Active records of one system and one table, in order of their keys, each column as texts."""

    def __init__(self, system: str, table: pa.Table, texts: Mapping[str, pa.StringArray] | None = None) -> None:
        self.system = system
        self.table = table
        self.keys: pa.StringArray = in_one(table["record_key"])
        self.streams: list[str] = table["stream"].to_pylist()
        self.ids: list[str] = table["record_id"].to_pylist()
        self._texts: dict[str, pa.StringArray] = dict(texts or {})
        self._said: dict[str, pa.StringArray] = {}

    @classmethod
    def of(cls, system: str, table: pa.Table) -> Self:
        """Return the active records of a system; a table with several systems is fine."""
        is_own = pc.and_(pc.equal(table["system"], system), pc.equal(table["state"], "active"))
        return cls(system, table.filter(is_own).sort_by("record_key"))

    def __len__(self) -> int:
        return len(self.ids)

    def texts(self, column: str) -> pa.StringArray:
        """Return a column as the texts that a plan holds; an empty text is null."""
        if column not in self._texts:
            self._texts[column] = canonical_texts(self.table[column])
        return self._texts[column]

    def said(self, column: str) -> pa.StringArray:
        """Return a column as texts; a filler such as "n/a" is null."""
        if column not in self._said:
            self._said[column] = said_texts(self.texts(column))
        return self._said[column]

    def rows_of(self, keys: pa.Array | pa.ChunkedArray) -> Ints:
        """Return the rows of records by their keys; ``NONE`` for what is not there."""
        return positions(keys, self.keys)

    def changed(self, changes: Iterable[Change]) -> Self:
        """Return the records as they are after some changes."""
        by_column: dict[str, dict[int, str | None]] = {}
        for one in changes:
            by_column.setdefault(one.column, {})[one.row] = one.value
        texts = {**self._texts}
        for column, values in by_column.items():
            own = self.texts(column)
            rows = sorted(values)
            mask = np.zeros(len(own), dtype=bool)
            mask[rows] = True
            texts[column] = pc.replace_with_mask(own, pa.array(mask), pa.array([values[row] for row in rows], pa.string()))
        return type(self)(self.system, self.table, texts)


def used_columns(records: TargetRecords, columns: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the columns that each stream fills anywhere: the others are none of that stream's.

    Parameters
    ----------
    records
        As the system stands.
    columns
        Which are looked at.
    """
    streams = in_one(records.table["stream"])
    found: dict[str, set[str]] = {stream: set() for stream in records.streams}
    for column in columns:
        for stream in pc.unique(streams.filter(records.said(column).is_valid())).to_pylist():
            found[stream].add(column)
    return {stream: frozenset(own) for stream, own in found.items()}


def updates(system: str, records: TargetRecords, changes: Sequence[Change]) -> list[Operation]:
    """Return one update for each record that changes touch, with all reasons; of two changes of a field the later counts.

    Parameters
    ----------
    system
        Whose records.
    records
        As they stand.
    changes
        In order; what ends as it stands is no change.
    """
    by_row: dict[int, dict[str, Change]] = {}
    for one in changes:
        fields = by_row.setdefault(one.row, {})
        earlier = fields.get(one.column)
        # A value that came from somewhere and is only written otherwise still came from there.
        fields[one.column] = one if earlier is None else _joined(earlier, one)
    rows = sorted(by_row)
    columns = sorted({one.column for one in changes})
    before = {column: records.texts(column).take(pa.array(rows, pa.int64())).to_pylist() for column in columns}
    found = []
    for place, row in enumerate(rows):
        fields = {
            column: by_row[row][column]
            for column in sorted(by_row[row])
            if by_row[row][column].value != before[column][place]
        }
        if not fields:
            continue
        stood = {column: before[column][place] for column in fields}
        found.append(
            operation(
                "update",
                system,
                records.streams[row],
                target_id=records.ids[row],
                before=stood,
                after={column: one.value for column, one in fields.items()},
                precondition=field_hash(stood),
                evidence=_evidence(fields.values()),
            )
        )
    return found


def canonical_texts(column: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return a column in the canonical texts of a plan; several values of a cell are joined in order, an empty text is null.

    Examples
    --------
    >>> canonical_texts(pa.array([["vendor", "customer"], None, []])).to_pylist()
    ['customer;vendor', None, None]
    >>> canonical_texts(pa.array([1250, None])).to_pylist(), canonical_texts(pa.array(["", "a"])).to_pylist()
    (['1250', None], [None, 'a'])
    """
    values = in_one(column)
    if pa.types.is_list(values.type):
        return pa.array([JOINT.join(sorted(cell)) if cell else None for cell in values.to_pylist()], pa.string())
    return cell_texts(values)


def in_one(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def positions(texts: pa.Array | pa.ChunkedArray, among: pa.Array) -> Ints:
    """Return where each text stands among others, each of which is there once; ``NONE`` for null and what is not there."""
    found = pc.index_in(in_one(texts), value_set=among, skip_nulls=True)
    return np.asarray(pc.fill_null(found, NONE), dtype=np.int64)


def _joined(earlier: Change, later: Change) -> Change:
    return Change(
        later.row,
        later.column,
        later.value,
        (*earlier.reasons, *later.reasons),
        later.from_key or earlier.from_key,
        later.cluster_id or earlier.cluster_id,
        later.probability or earlier.probability,
    )


def _evidence(changes: Iterable[Change]) -> Evidence:
    """Return the reasons of all changes of a record; the record that values come from where it is one."""
    listed = [*changes]
    sources = {one.from_key for one in listed if one.from_key}
    return Evidence(
        tuple(sorted({reason for one in listed for reason in one.reasons})),
        cluster_id=min((one.cluster_id for one in listed if one.cluster_id), default=None),
        probability=min((one.probability for one in listed if one.probability), default=None),
        from_key=sources.pop() if len(sources) == 1 else None,
    )
