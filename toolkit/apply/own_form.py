"""How rows of a client's own list are handed over: as the list has them, complete, so that each takes the place of its own.

It serves lists that no vendor's import describes: staff lists, and tables that `engagement.yaml` describes.
"""

from toolkit.connector import Connector, Field, ImportColumn, ImportForm, Stream, alternatives

_NOT_WRITTEN = frozenset({"bank_line"})
"""What a bank says happened is never handed back to it."""


def import_forms(connector: Connector, stream: Stream) -> tuple[ImportForm, ...]:
    """Return the ways to hand rows of a stream over: the vendor's imports, or of a client's own list its own columns.

    Parameters
    ----------
    connector
        Of the target.
    stream
        Of its streams.
    """
    if stream.imports or connector.is_product or connector.is_described or stream.entity in _NOT_WRITTEN:
        return stream.imports
    columns = tuple(
        ImportColumn(name, alternatives(field.headers[0])[0]) for name, field in stream.fields.items() if _is_plain(field)
    )
    key = alternatives(stream.key[0])[0] if len(stream.key) == 1 else ""
    own = ImportForm(
        name=stream.name,
        actions=("create", "update", "repoint"),
        place=f"The list that “{stream.name}” was read from.",
        columns=tuple({column.header: column for column in columns}.values()),
        record=ImportColumn("record_id", key) if key else None,
        rows="whole",
        blank="clears",
        max_rows=1_000_000,
        choices=(f"Replace each row by the row of the file with the same {key}. Rows of new records are added at the end.",),
        on_repeat="Rows that were replaced stay as they are. Rows of new records must not be added twice.",
        source="the client's own list",
    )
    return (own,)


def _is_plain(field: Field) -> bool:
    """Whether a value is read from one cell as it stands, so that writing it there is reading it again."""
    odd = (
        field.form,
        field.joined,
        field.values,
        field.minus,
        field.times,
        field.percent_off,
        field.sign_from,
        field.pattern,
    )
    return bool(field.headers) and not any(odd) and not field.is_absolute
