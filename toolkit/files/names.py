"""Parties that a system knows only by name: where it has no party list, the names on its documents are one."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.records import kinds, record_keys_of
from toolkit.tables import PARTY, checked
from toolkit.values.placeholder import is_placeholder

STREAM = "names"

_ROLES = {"bill": "vendor", "expense": "vendor", "invoice": "customer", "order": "customer", "credit_note": "customer"}


def names_stream(documents: Iterable[pa.Table], *, system: str, role: str | None = None) -> pa.Table:
    """Return the distinct party names of a system's documents as party records of stream ``names``.

    A redacted or placeholder name ("REDACTED PERSONAL DATA", "n/a", "-") is a missing name, never a party.

    Parameters
    ----------
    documents
        Tables of the ``DOCUMENT`` schema.
    system
        The client's name of the system.
    role
        What the names are (vendor, customer …); otherwise what the kind of document says.
    """
    roles: dict[str, set[str]] = {}
    for table in documents:
        pairs = table.select(["party_name", "entity"]).group_by(["party_name", "entity"], use_threads=False).aggregate([])
        for name, entity in zip(pairs["party_name"].to_pylist(), pairs["entity"].to_pylist(), strict=True):
            if name is None or is_placeholder(name):
                continue
            found = role or _ROLES.get(entity)
            roles.setdefault(name, set()).update({found} if found else set())
    names = sorted(roles)
    count = len(names)
    text = pa.array(names, pa.string())
    columns: dict[str, pa.Array] = {
        "record_id": text,
        "record_key": record_keys_of(system, STREAM, text),
        "name": text,
        "kind": kinds(text, pa.nulls(count, pa.string()), pa.nulls(count, pa.string())),
        "roles": pa.array([sorted(roles[name]) or None for name in names], pa.list_(pa.string())),
    }
    for column, value in (("system", system), ("stream", STREAM), ("entity", "party"), ("state", "active")):
        columns[column] = pa.repeat(pa.scalar(value, pa.string()), count)
    arrays = [columns.get(column.name, pa.nulls(count, column.type)) for column in PARTY.columns]
    table = pa.Table.from_arrays(arrays, schema=PARTY.arrow)
    return checked(table.filter(pc.is_valid(table["name"])), PARTY)
