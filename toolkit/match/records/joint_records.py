"""The records of one or several files in one table, ready to be matched, and the way back from a key to file and id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError, UnknownNameError
from toolkit.match.records.aligned_columns import Field, Recognised, aligned_fields, field_values
from toolkit.match.records.column_kinds import KINDS, NOT_COMPARED, told_kind_warning
from toolkit.match.records.record_files import RecordFile, record_file
from toolkit.tables import record_key

_STREAM = "rows"
_LEFT_OUT = frozenset({NOT_COMPARED, "country"})


@dataclass(frozen=True, slots=True)
class JointRecords:
    """The records of all files.

    Attributes
    ----------
    records
        ``record_key``, ``system`` (the number of the file) and one text column per field, all files below each other.
    files
        Name of each file, in order.
    fields
        What the columns hold, and why; those that take no part too.
    naming
        File to how its records are named, in a sentence.
    warnings
        What is odd about the kinds that were given, or about the rows, a sentence each.
    """

    records: pa.Table
    files: tuple[str, ...]
    fields: tuple[Field, ...]
    naming: dict[str, str]
    warnings: tuple[str, ...]

    @property
    def compared(self) -> dict[str, str]:
        """Kind by name of the fields that take part."""
        return {field.name: field.kind for field in self.fields if field.kind not in _LEFT_OUT}

    @property
    def shown_fields(self) -> tuple[str, ...]:
        """Fields that tell a person who a record is: those compared, and its country."""
        return tuple(field.name for field in self.fields if field.kind != NOT_COMPARED)

    def ids(self, keys: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        """Return the ids that record keys stand for, verbatim."""
        return pc.utf8_slice_codeunits(keys, len(self.key(0, "")))

    def file_names(self, keys: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        """Return the names of the files that record keys stand for."""
        numbers = pc.cast(pc.utf8_slice_codeunits(keys, 0, len(self.system(0))), pa.int64())
        return pc.take(pa.array(self.files, pa.string()), pc.subtract(numbers, 1))

    def words(self, key: str) -> str:
        """Return what a person calls the record of a key: its id, and its file where there are several."""
        one = pa.array([key], pa.string())
        record_id = repr(self.ids(one)[0].as_py())
        return record_id if len(self.files) == 1 else f"{record_id} ({self.file_names(one)[0].as_py()})"

    def system(self, position: int) -> str:
        """Return the number of the file at a position, as text of one width, so that keys sort by file."""
        return str(position + 1).zfill(len(str(len(self.files))))

    def key(self, position: int, record_id: str) -> str:
        """Return the record key of an id in the file at a position."""
        return record_key(self.system(position), _STREAM, record_id)


def joint_records(
    tables: Mapping[str, pa.Table],
    *,
    id_columns: Sequence[str] = (),
    kinds: Mapping[str, str] | None = None,
    recognised: Mapping[str, Recognised] | None = None,
    likely_ids: Mapping[str, Sequence[str]] | None = None,
) -> JointRecords:
    """Return the records of all tables in one, columns of one meaning in one field.

    Parameters
    ----------
    tables
        Name of the file to its rows; at least one.
    id_columns
        Columns that name records: in each table the first of them that it has. By default one of ``likely_ids``, else a
        unique one.
    kinds
        Kind of a column by its header (one of ``column_kinds.KINDS``), as a person says: it goes over what is recognised.
    recognised
        Of each table, by its name: the kind of a column and the reason in a sentence. Other columns take no part.
    likely_ids
        Of each table, by its name: columns that seem to name its records, the likeliest first.

    Raises
    ------
    InputError
        A table is empty, its ids are not unique, or nothing in the tables can be compared.
    UnknownNameError
        There is no such column or kind.
    """
    if not tables:
        raise InputError("There is no table to look for duplicates in. Name at least one.")
    columns = {column for table in tables.values() for column in table.column_names}
    for column in id_columns:
        if column not in columns:
            place = repr(next(iter(tables))) if len(tables) == 1 else "these files"
            raise UnknownNameError(f"column of {place}", column, columns)
    likely = likely_ids or {}
    files = [
        record_file(table, name, id_columns=id_columns, likely_ids=likely.get(name, ())) for name, table in tables.items()
    ]
    told = dict(kinds or {})
    fields = aligned_fields(files, recognised or {}, told)
    if all(field.kind in _LEFT_OUT for field in fields):
        raise InputError(
            "No column could be recognised as something to compare. Name one, e.g. --field 'Column=company'. "
            f"Kinds: {', '.join(KINDS)}."
        )
    return JointRecords(
        _records(files, fields),
        tuple(file.name for file in files),
        fields,
        {file.name: file.naming for file in files},
        tuple(_warnings(files, told)),
    )


def _records(files: Sequence[RecordFile], fields: Sequence[Field]) -> pa.Table:
    width = len(str(len(files)))
    keys: list[pa.Array] = []
    systems: list[pa.Array] = []
    for position, file in enumerate(files):
        system = str(position + 1).zfill(width)
        prefix = record_key(system, _STREAM, "")
        keys += pc.binary_join_element_wise(prefix, file.ids, "").chunks
        systems.append(pa.repeat(pa.scalar(system), file.table.num_rows))
    columns = {field.name: field_values(files, field) for field in fields}
    return pa.table(
        {
            "record_key": pa.chunked_array(keys, pa.string()),
            "system": pa.chunked_array(systems, pa.string()),
            **columns,
        }
    ).combine_chunks()


def _warnings(files: Sequence[RecordFile], told: Mapping[str, str]) -> list[str]:
    warnings = []
    for column, kind in told.items():
        chunks = [chunk for file in files if column in file.table.column_names for chunk in file.table[column].chunks]
        warning = told_kind_warning(column, kind, pa.chunked_array(chunks, pa.string()))
        if warning is not None:
            warnings.append(warning)
    return warnings
