"""What fields a stream has to be filled: from the vendor's import, what may be written, and what its records fill."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from toolkit.connector import Connector
from toolkit.connector.fields import Field
from toolkit.connector.headers import alternatives, header_key
from toolkit.connector.streams import Stream
from toolkit.errors import UnknownNameError
from toolkit.scoping.field_maps.proposals import TargetField
from toolkit.settings import StreamSettings, SystemSettings
from toolkit.tables import ENTITY_COLUMNS

_NOT_MAPPED = frozenset({"state", "merged_into", "created_by", "updated_at", "created_at", "roles", "offset_minutes"})
_MOMENT = "%Y-%m-%dT%H:%M:%S"
_SAME_FACT = (("party_ref", "party_name"),)


@dataclass(frozen=True, slots=True)
class StreamFields:
    """How a stream calls its fields, which of them it wants, and how it writes days."""

    entity: str
    names: Mapping[str, str]
    required: frozenset[str]
    is_required_known: bool
    day_form: str
    made_there: frozenset[str]

    def name(self, column: str) -> str:
        """Return the name of a column in the system; the canonical one where it is not known."""
        return self.names.get(column, column)


def stream_fields(
    system: SystemSettings, connector: Connector | None, stream: str, entity: str, *, headers: Collection[str] = ()
) -> StreamFields:
    """Return what is known of the fields of a stream.

    Parameters
    ----------
    system
        What the settings say of it: a list of the client's own has its fields there.
    connector
        Of the system, if there is one.
    stream, entity
        The stream, and what its records are.
    headers
        Of the file that its records came in: of several names a field may have, the one that the client sees.
    """
    known = _known_stream(connector, stream)
    names = {column: _field_name(one, headers) for column, one in known.fields.items()} if known is not None else {}
    form = next((one for one in known.imports if "create" in one.actions), None) if known is not None else None
    if form is not None:
        names |= {one.column: one.header.lstrip("*") for one in form.columns}
    names |= _said_names(system.streams.get(stream))
    unsaid = {*(form.unsaid if form is not None else ())}
    if known is not None and known.writing is not None:
        unsaid |= {*known.writing.unsaid}
    return StreamFields(
        entity,
        {column: name for column, name in names.items() if name},
        frozenset(form.required if form is not None else ()),
        form is not None,
        form.day_form if form is not None else "%Y-%m-%d",
        frozenset(unsaid),
    )


def _known_stream(connector: Connector | None, stream: str) -> Stream | None:
    try:
        return connector.stream(stream) if connector is not None else None
    except UnknownNameError:
        return None


def _field_name(field: Field, headers: Collection[str]) -> str:
    seen = {header_key(one): one for one in headers}
    found = (seen.get(header_key(one)) for name in field.headers for one in alternatives(name))
    return next(filter(None, found), "") or next((one for one in (*field.headers, *field.path) if one), "")


def _said_names(said: StreamSettings | None) -> dict[str, str]:
    fields = said.fields if said is not None else {}
    return {column: next(iter(one.headers), "") for column, one in fields.items()}


def target_fields(there: StreamFields, filled: Collection[str]) -> list[TargetField]:
    """Return the fields to be filled, those that must be first, then as the entity has them.

    Parameters
    ----------
    there
        What is known of the target's fields.
    filled
        Columns that its records fill.
    """
    wanted = {*there.required} | ({*filled} - _NOT_MAPPED - there.made_there)
    for first, second in _SAME_FACT:
        # One field of the file holds both the name and what refers to it.
        if {first, second} <= wanted and there.name(first) == there.name(second):
            wanted.discard(first)
    if there.is_required_known and "party_name" in there.required:
        wanted.discard("party_ref")
    order = {column: place for place, column in enumerate(ENTITY_COLUMNS.get(there.entity, ()))}
    ranked = sorted(wanted, key=lambda one: (one not in there.required, order.get(one, len(order)), one))
    return [
        TargetField(
            one,
            there.name(one),
            (one in there.required) if there.is_required_known else None,
            # Without an import file of the vendor's, a moment is carried as one.
            _MOMENT if one.endswith("_at") and not there.is_required_known else there.day_form,
        )
        for one in ranked
        if one in order
    ]
