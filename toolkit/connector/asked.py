"""A stream as its vendor's interface gives it: the same canonical columns, found by paths instead of headers."""

from collections.abc import Mapping
from dataclasses import replace

from toolkit.connector.fields import Field, asked_field, is_asked
from toolkit.connector.streams import Stream


def asked_stream(stream: Stream) -> Stream:
    """Return a stream whose fields stand at their paths: pages of an answer are read by it as a file is by the other.

    What a field takes from further columns (``minus``, ``times``, a zone) is named by paths in a field that has one.

    Examples
    --------
    >>> amount = Field(("Amount",), path=("properties.amount_in_cents",), path_form="hundredths")
    >>> asked = asked_stream(Stream("deals", "deal", {"amount_minor": amount, "name": Field(("Deal",))}, path_key=("id",)))
    >>> asked.key, {column: field.headers for column, field in asked.fields.items()}
    (('id',), {'amount_minor': ('properties.amount_in_cents',)})
    """
    lines = stream.path_lines or stream.lines
    if lines is not None:
        # Every row of a record says what the record says.
        lines = replace(lines, fields=_fields(lines.fields), head="", total="repeats")
    if stream.path_key:
        # The vendor's own id names a record for good, whatever people typed into it.
        stream = replace(
            stream, key_form="", alt_form=stream.key_form, is_id=True, identifying=(), has_ordinal=False, scope=""
        )
    return replace(
        stream,
        fields=_fields(stream.fields),
        key=stream.path_key or stream.key,
        points=tuple(replace(one, field=asked_field(one.field)) for one in stream.points if is_asked(one.field)),
        roles_by=asked_field(stream.roles_by) if stream.roles_by is not None and is_asked(stream.roles_by) else None,
        lines=lines,
        alt_ids=stream.path_alt_ids,
        formats=(),
        filters=stream.path_filters,
        group_header="",
        is_protected=False,
    )


def _fields(fields: Mapping[str, Field]) -> dict[str, Field]:
    return {column: asked_field(field) for column, field in fields.items() if is_asked(field)}
