"""Columns of several files put together: by their header first, then by what they hold.

A field of all files has one kind; *Vendor* of a ledger and *Company* of a CRM become one field because both hold companies.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import UnknownNameError
from toolkit.match.records.column_kinds import KINDS, NOT_COMPARED
from toolkit.match.records.record_files import RecordFile
from toolkit.values.text import words

Recognised = Mapping[str, tuple[str, str]]
"""Column to its kind and the reason in a sentence."""

_NAMES = frozenset({"company", "person", "name"})
_UNNAMED = frozenset({"text", "category", "amount", "date", "identifier"})
"""Kinds that do not say what a column is about: two such columns are one field only where no other could be meant."""
_OF_THE_FILE = frozenset({"text", "category", "amount", "year", "reference", "product_code"})
"""Kinds that say nothing of whom a record is about where they name it."""
_WORLDWIDE = frozenset({"product_code"})
"""Of these, the kinds whose values mean the same in every file: of several files they are compared all the same."""
_NAMING = _NAMES | {"title", "given_name", "family_name"}
_NEARLY_ALL = 0.8
_UNKNOWN = (NOT_COMPARED, "Nothing is known of it.")
_AS_TOLD = "As told."
_MIXED = "Persons and companies are mixed."
_RESERVED = frozenset({"record_key", "system", "kind"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of all files: its name, kind (of ``column_kinds.KINDS``), the reason, its column in each file or None."""

    name: str
    kind: str
    reason: str
    columns: tuple[str | None, ...]

    @property
    def label(self) -> str:
        """The different headers that it has."""
        return " / ".join(dict.fromkeys(column for column in self.columns if column))


def aligned_fields(
    files: Sequence[RecordFile], recognised: Mapping[str, Recognised], told: Mapping[str, str]
) -> tuple[Field, ...]:
    """Return the fields of several files, in the order of the first file that has each.

    Parameters
    ----------
    files
        At least one.
    recognised
        Kind and reason of each column, by name of the file.
    told
        Kind of a column by its header, in whichever file; it goes over what is recognised.

    Raises
    ------
    UnknownNameError
        No file has such a column, or there is no such kind.
    """
    _check_told(files, told)
    named: dict[str, Field] = {}
    for columns in _by_header(files):
        given = next((told[column] for column in columns if column is not None and column in told), None)
        if given is not None:
            found = [Field("", given, _AS_TOLD, columns)]
        else:
            found = _of_one_kind(columns, _known(files, columns, recognised))
        for field in found:
            kind, reason = field.kind, field.reason
            if given is None and _only_names_records(files, field.columns, kind):
                kind, reason = NOT_COMPARED, "It names the records."
            name = _free_name(next(column for column in field.columns if column), named)
            named[name] = Field(name, kind, reason, field.columns)
    return tuple(_with_title(files, _by_kind(list(named.values()))))


def field_values(files: Sequence[RecordFile], field: Field) -> pa.ChunkedArray:
    """Return the values of a field over all files, one below the other; null where a file lacks it."""
    return _values(files, field.columns)


def _with_title(files: Sequence[RecordFile], fields: list[Field]) -> list[Field]:
    """Return fields of which one names the records: a text, where nothing else does.

    It is the first text that nearly every record has, each another.
    """
    if any(field.kind in _NAMING for field in fields):
        return fields
    texts = [field for field in fields if field.kind == "text"]
    different = {field.name: pc.count_distinct(field_values(files, field)).as_py() for field in texts}
    most = max(different.values(), default=0)
    title = next((field for field in texts if different[field.name] >= _NEARLY_ALL * most), None)
    return [
        replace(one, kind="title", reason=f"{one.reason} It names the records.") if one is title else one for one in fields
    ]


def _check_told(files: Sequence[RecordFile], told: Mapping[str, str]) -> None:
    known = [column for file in files for column in file.table.column_names]
    for column, kind in told.items():
        if kind not in KINDS:
            raise UnknownNameError("kind of column", kind, KINDS)
        if column not in known:
            place = repr(files[0].name) if len(files) == 1 else "these files"
            raise UnknownNameError(f"column of {place}", column, set(known))


def _by_header(files: Sequence[RecordFile]) -> list[tuple[str | None, ...]]:
    """Return columns whose headers have the same words together, each column of a file once."""
    groups: dict[tuple[str, int], list[str | None]] = {}
    for position, file in enumerate(files):
        seen: dict[str, int] = {}
        for column in file.table.column_names:
            folded = " ".join(words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).replace("_", " "))) or column
            key = (folded, seen.get(folded, 0))
            seen[folded] = key[1] + 1
            groups.setdefault(key, [None] * len(files))[position] = column
    return [tuple(columns) for columns in groups.values()]


def _known(
    files: Sequence[RecordFile], columns: Sequence[str | None], recognised: Mapping[str, Recognised]
) -> list[tuple[str, str]]:
    """Return the kind and reason of a column in each file."""
    known = (recognised.get(file.name, {}) for file in files)
    return [_UNKNOWN if one is None else own.get(one, _UNKNOWN) for one, own in zip(columns, known, strict=True)]


def _of_one_kind(columns: Sequence[str | None], known: Sequence[tuple[str, str]]) -> list[Field]:
    """Return the fields that columns of one header make: one, but where they hold different kinds of things.

    A column of which nothing is known goes with the first.
    """
    kinds = list(dict.fromkeys(kind for kind, _ in known if kind != NOT_COMPARED)) or [NOT_COMPARED]
    if len(kinds) > 1 and set(kinds) <= _NAMES:
        return [Field("", "name", _MIXED, tuple(columns))]
    fields = []
    for kind in kinds:
        with_it = {kind, NOT_COMPARED} if kind == kinds[0] else {kind}
        own = tuple(column if one in with_it else None for column, (one, _) in zip(columns, known, strict=True))
        reason = next(reason for column, (one, reason) in zip(columns, known, strict=True) if column and one == kind)
        fields.append(Field("", kind, reason, own))
    return fields


def _free_name(header: str, taken: Mapping[str, Field]) -> str:
    name, number = header, 2
    while name in taken or name in _RESERVED:
        name, number = f"{header} ({number})", number + 1
    return name


def _values(files: Sequence[RecordFile], columns: Sequence[str | None]) -> pa.ChunkedArray:
    chunks: list[pa.Array] = []
    for file, column in zip(files, columns, strict=True):
        chunks += file.table[column].chunks if column is not None else [pa.nulls(file.table.num_rows, pa.string())]
    return pa.chunked_array(chunks, pa.string())


def _only_names_records(files: Sequence[RecordFile], columns: Sequence[str | None], kind: str) -> bool:
    naming = [column for file, column in zip(files, columns, strict=True) if column is not None and column == file.id_column]
    return bool(naming) and kind in _OF_THE_FILE and not (len(files) > 1 and kind in _WORLDWIDE)


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
    if _AS_TOLD in {one.reason, other.reason}:
        told = one if one.reason == _AS_TOLD else other
        return replace(told, name=one.name, columns=columns)
    return Field(one.name, "name", _MIXED, columns)
