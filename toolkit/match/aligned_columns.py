"""Columns of several files put together: by their header first, then by what they hold.

A field of all files has one kind, recognised over the values of all of them; *Vendor* of a ledger and *Company* of a CRM
become one field because both hold companies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from toolkit.errors import UnknownNameError
from toolkit.match.kinds import KINDS, NOT_COMPARED, header_words, recognised_kinds
from toolkit.match.record_files import ID_WORDS, RecordFile

_NAMES = frozenset({"company", "person", "name"})
_UNNAMED = frozenset({"text", "category", "amount", "date", "identifier"})
"""Kinds that do not say what a column is about: two such columns are one field only where no other could be meant."""
_WORLDWIDE = frozenset({"email", "phone", "domain", "tax_id", "identifier"})
"""Kinds whose values mean the same in every file, so that they are compared even where they name the records."""
_RESERVED = frozenset({"record_key", "system", "kind"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of all files: its name, kind (one of ``kinds.KINDS``), the reason, and its column in each file or None."""

    name: str
    kind: str
    reason: str
    columns: tuple[str | None, ...]

    @property
    def label(self) -> str:
        """The different headers that it has."""
        return " / ".join(dict.fromkeys(column for column in self.columns if column))


def aligned_fields(files: Sequence[RecordFile], told: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of several files, in the order of the first file that has each.

    Parameters
    ----------
    files
        At least one.
    told
        Kind of a column by its header, in whichever file; it goes over what is recognised.

    Raises
    ------
    UnknownNameError
        No file has such a column, or there is no such kind.
    """
    _check_told(files, told)
    groups = _by_header(files)
    whole = pa.table({name: _values(files, columns) for name, columns in groups.items()})
    recognised = recognised_kinds(whole)
    fields = []
    for name, columns in groups.items():
        kind, reason = recognised[name]
        given = next((told[column] for column in columns if column is not None and column in told), None)
        if given is not None:
            kind, reason = given, "As told."
        elif _only_names_records(files, columns, kind):
            kind, reason = NOT_COMPARED, "It names the records."
        fields.append(Field(name, kind, reason, columns))
    return tuple(_by_kind(fields))


def field_values(files: Sequence[RecordFile], field: Field) -> pa.ChunkedArray:
    """Return the values of a field over all files, one below the other; null where a file lacks it."""
    return _values(files, field.columns)


def _check_told(files: Sequence[RecordFile], told: Mapping[str, str]) -> None:
    known = [column for file in files for column in file.table.column_names]
    for column, kind in told.items():
        if kind not in KINDS:
            raise UnknownNameError("kind of column", kind, KINDS)
        if column not in known:
            place = repr(files[0].name) if len(files) == 1 else "these files"
            raise UnknownNameError(f"column of {place}", column, set(known))


def _by_header(files: Sequence[RecordFile]) -> dict[str, tuple[str | None, ...]]:
    """Return the columns of each field by its name: those whose headers have the same words, each column of a file once."""
    groups: dict[tuple[str, int], list[str | None]] = {}
    for position, file in enumerate(files):
        seen: dict[str, int] = {}
        for column in file.table.column_names:
            words = header_words(column) or column
            key = (words, seen.get(words, 0))
            seen[words] = key[1] + 1
            groups.setdefault(key, [None] * len(files))[position] = column
    named: dict[str, tuple[str | None, ...]] = {}
    for columns in groups.values():
        wanted = next(column for column in columns if column)
        name, number = wanted, 2
        while name in named or name in _RESERVED:
            name, number = f"{wanted} ({number})", number + 1
        named[name] = tuple(columns)
    return named


def _values(files: Sequence[RecordFile], columns: Sequence[str | None]) -> pa.ChunkedArray:
    chunks: list[pa.Array] = []
    for file, column in zip(files, columns, strict=True):
        chunks += file.table[column].chunks if column is not None else [pa.nulls(file.table.num_rows, pa.string())]
    return pa.chunked_array(chunks, pa.string())


def _only_names_records(files: Sequence[RecordFile], columns: Sequence[str | None], kind: str) -> bool:
    naming = [column for file, column in zip(files, columns, strict=True) if column is not None and column == file.id_column]
    if not naming or (len(files) > 1 and kind in _WORLDWIDE):
        return False
    return kind == "text" or any(ID_WORDS & set(header_words(column).split()) for column in naming)


def _by_kind(fields: Sequence[Field]) -> list[Field]:
    """Return fields in which columns of different headers and one kind are one; the same kind goes before a related one."""
    result = list(fields)
    for names_are_one in (False, True):
        position = 0
        while position < len(result):
            own = result[position]
            others = (one for one in result[position + 1 :] if _are_alike(own.kind, one.kind, names_are_one=names_are_one))
            other = next((one for one in others if _may_join(own, one, result)), None)
            if other is None:
                position += 1
                continue
            result[position] = _joined(own, other)
            result.remove(other)
    return result


def _are_alike(kind: str, other: str, *, names_are_one: bool) -> bool:
    return kind == other or (names_are_one and {kind, other} <= _NAMES)


def _may_join(one: Field, other: Field, fields: Sequence[Field]) -> bool:
    if one.kind == NOT_COMPARED or any(a and b for a, b in zip(one.columns, other.columns, strict=True)):
        return False
    if one.kind not in _UNNAMED:
        return True
    alike = [field for field in fields if field.kind == one.kind]
    in_file = [sum(field.columns[place] is not None for field in alike) for place in range(len(one.columns))]
    return max(in_file) == 1


def _joined(one: Field, other: Field) -> Field:
    columns = tuple(a or b for a, b in zip(one.columns, other.columns, strict=True))
    if one.kind == other.kind:
        return replace(one, columns=columns)
    if "As told." in {one.reason, other.reason}:
        told = one if one.reason == "As told." else other
        return replace(told, name=one.name, columns=columns)
    return Field(one.name, "name", "Persons and companies are mixed.", columns)
