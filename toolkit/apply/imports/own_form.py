"""How rows of a client's own list are handed over: as the list has them, complete, so that each takes the place of its own.

It serves lists that no vendor's import describes: staff lists, and tables that `engagement.yaml` describes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.apply.imports.target_records import TargetRecord
from toolkit.connector import Connector, Field, ImportColumn, ImportForm, Stream, alternatives
from toolkit.tables import ENTITY_COLUMNS

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
    # What is read from one column of the list is written there once.
    first = {column.header: column for column in reversed(columns)}
    key = alternatives(stream.key[0])[0] if len(stream.key) == 1 else ""
    held = {column.column for column in columns}
    own = ImportForm(
        name=stream.name,
        actions=("create", "update", "repoint"),
        place=f"The list that “{stream.name}” was read from.",
        columns=tuple(column for column in columns if first[column.header] == column),
        follows=tuple(
            (column.column, (first[column.header].column,)) for column in columns if first[column.header] != column
        ),
        # Nobody could write into the list what it has no column for, by hand neither; but an amount needs its currency.
        left_empty=tuple(sorted({*ENTITY_COLUMNS[stream.entity]} - held - {"currency"})),
        record=ImportColumn("record_id", key) if key else None,
        rows="whole",
        blank="clears",
        max_rows=1_000_000,
        choices=(f"Replace each row by the row of the file with the same {key}. Rows of new records are added at the end.",),
        on_repeat="Rows that were replaced stay as they are. Rows of new records must not be added twice.",
        source="the client's own list",
    )
    return (own,)


def with_own_fields(form: ImportForm, samples: Sequence[TargetRecord], fields: Mapping[str, Field]) -> ImportForm:
    """Return a form with the columns that go into fields of the client's own, by the headers of the client's export.

    Parameters
    ----------
    form
        Of the vendor.
    samples
        Records of the stream, with the cells of their rows; none of what an interface answered.
    fields
        How the stream is read.
    """
    headers = {
        name: found[0] for name in form.own if samples and name in fields and (found := samples[0].headers_of(fields[name]))
    }
    # What is read from one column of the export is written there once.
    first = {header: name for name, header in reversed(headers.items())}
    columns = tuple(ImportColumn(name, header) for name, header in headers.items() if first[header] == name)
    follows = tuple((name, (first[header],)) for name, header in headers.items() if first[header] != name)
    return replace(
        form,
        columns=(*form.columns, *columns),
        follows=(*form.follows, *follows),
        # An amount that is written needs its currency.
        left_empty=tuple(
            name
            for name in form.left_empty
            if name not in headers and not (name == "currency" and "amount_minor" in headers)
        ),
    )


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
