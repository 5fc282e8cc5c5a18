"""A stream as its vendor's interface gives it: the same canonical columns, found by paths instead of headers."""

from dataclasses import replace

from toolkit.connector.fields import Field
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
    lines = stream.lines
    if lines is not None:
        lines = replace(lines, fields={name: _asked(one) for name, one in lines.fields.items() if one.path})
    return replace(
        stream,
        fields={column: _asked(field) for column, field in stream.fields.items() if field.path},
        key=stream.path_key or stream.key,
        points=tuple(replace(one, field=_asked(one.field)) for one in stream.points if one.field.path),
        roles_by=_asked(stream.roles_by) if stream.roles_by is not None and stream.roles_by.path else None,
        lines=lines,
        alt_ids=stream.path_alt_ids,
        formats=(),
        filters=(),
        group_header="",
    )


def _asked(field: Field) -> Field:
    otherwise = field.otherwise
    return replace(
        field,
        headers=field.path,
        form=field.path_form,
        pattern=field.path_pattern,
        joined=field.path_joined or field.joined,
        values=field.path_values or field.values,
        otherwise=_asked(otherwise) if otherwise is not None and otherwise.path else None,
    )
