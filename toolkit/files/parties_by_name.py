"""Parties that a system knows only by name: where it has no party list, the names on its documents are one."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.party_kinds import kinds
from toolkit.files.records import record_keys_of
from toolkit.tables import PARTY, checked
from toolkit.values.placeholder import placeholders

STREAM = "names"

_PAIR = ("party_name", "entity")
_NOBODY = pa.schema([(name, pa.string()) for name in _PAIR])

_ROLES = {"bill": "vendor", "expense": "vendor", "invoice": "customer", "order": "customer", "credit_note": "customer"}


def named_parties(documents: pa.Table) -> pa.Table:
    """Return the distinct pairs of party name and entity in documents: all of them that `names_stream` looks at."""
    # Mostly all are of one entity; to group by two columns takes several times as long.
    entities = pc.unique(documents["entity"])
    if len(entities) == 1:
        names = pc.unique(documents["party_name"]).drop_null()
        return pa.Table.from_arrays([names, pa.repeat(entities[0], len(names))], schema=_NOBODY)
    named = documents.select(_PAIR).filter(pc.is_valid(documents["party_name"]))
    return named.group_by(list(_PAIR), use_threads=False).aggregate([])


def names_stream(documents: Iterable[pa.Table], *, system: str, role: str | None = None) -> pa.Table:
    """Return the distinct party names of a system's documents as party records of stream ``names``.

    A redacted or placeholder name ("REDACTED PERSONAL DATA", "n/a", "-") is a missing name, never a party.

    Parameters
    ----------
    documents
        Tables of the ``DOCUMENT`` schema, or what `named_parties` returned of them.
    system
        The client's name of the system.
    role
        What the names are (vendor, customer …); otherwise what the kind of document says.
    """
    named: dict[str | None, set[str]] = {}
    pairs = named_parties(pa.concat_tables([_NOBODY.empty_table(), *(table.select(_PAIR) for table in documents)]))
    for entity in pc.unique(pairs["entity"]).to_pylist():
        own = pairs["party_name"].filter(pc.equal(pairs["entity"], entity))
        named.setdefault(role or _ROLES.get(entity), set()).update(own.to_pylist())
    distinct = pa.array(sorted(set().union(*named.values())), pa.string())
    names = distinct.filter(pc.invert(placeholders(distinct))).to_pylist()
    count = len(names)
    text = pa.array(names, pa.string())
    columns: dict[str, pa.Array] = {
        "record_id": text,
        "record_key": record_keys_of(system, STREAM, text),
        "name": text,
        "kind": kinds(text, pa.nulls(count, pa.string()), pa.nulls(count, pa.string())),
        "roles": pa.array(_roles(names, named), pa.list_(pa.string())),
    }
    for column, value in (("system", system), ("stream", STREAM), ("entity", "party"), ("state", "active")):
        columns[column] = pa.repeat(pa.scalar(value, pa.string()), count)
    arrays = [columns.get(column.name, pa.nulls(count, column.type)) for column in PARTY.columns]
    table = pa.Table.from_arrays(arrays, schema=PARTY.arrow)
    return checked(table.filter(pc.is_valid(table["name"])), PARTY)


def _roles(names: Sequence[str], named: Mapping[str | None, Collection[str]]) -> list[list[str] | None]:
    """Return what each name is, by the names that are each; null where nobody knows."""
    if len(named) == 1:
        [known] = named
        return [[known] if known else None] * len(names)
    by_role = sorted((known, own) for known, own in named.items() if known)
    return [[known for known, own in by_role if name in own] or None for name in names]
