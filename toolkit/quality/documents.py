"""Documents of all streams side by side, narrowed to what tells a slip of the hand from an odd but right amount."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.streams import Stream, folded, named
from toolkit.query import Connection, query_connection
from toolkit.tables import DOCUMENT_ENTITIES, EVENT_COLUMNS

CANCELLED = r"(?i)\b(void(ed)?|cancel+ed|deleted|draft|reversed|failed|declined)\b"

_COLUMNS = pa.schema(
    [
        ("record_key", pa.string()),
        ("record_id", pa.string()),
        ("system", pa.string()),
        ("stream", pa.string()),
        ("entity", pa.string()),
        ("party", pa.string()),
        ("amount_minor", pa.int64()),
        ("currency", pa.string()),
        ("event_on", pa.date32()),
        ("created_at", pa.timestamp("us", tz="UTC")),
        ("number", pa.string()),
        ("reference", pa.string()),
        ("invoice_ref", pa.string()),
        ("deal_ref", pa.string()),
        ("description", pa.string()),
        ("gl_code", pa.string()),
        ("account", pa.string()),
        ("method", pa.string()),
    ]
)


@contextmanager
def documents_connection(streams: Sequence[Stream]) -> Iterator[Connection]:
    """Yield a query connection with the table ``documents``: live, not cancelled, with an amount other than zero.

    Text is folded for comparing; ``party`` is the resolved key, else the reference, else the name.
    """
    parts = [_narrowed(stream) for stream in streams if stream.entity in DOCUMENT_ENTITIES]
    with query_connection() as connection:
        connection.register("registered", pa.concat_tables([_COLUMNS.empty_table(), *parts]))
        connection.execute("CREATE TEMP TABLE documents AS SELECT * FROM registered")
        connection.unregister("registered")
        yield connection


def document_counts(connection: Connection) -> dict[tuple[str, str, str], int]:
    """Return how many rows of ``documents`` each system, stream and entity has."""
    rows = connection.execute("SELECT system, stream, entity, count(*) FROM documents GROUP BY ALL").fetchall()
    return {(system, stream, entity): count for system, stream, entity, count in rows}


def event_on(stream: Stream) -> pa.ChunkedArray:
    """Return the day on which each document of the stream happened, as its file wrote it; null where no date is filled."""
    names = EVENT_COLUMNS.get(stream.entity, ("created_at",))
    return pc.coalesce(*(_written_day(stream, name) for name in names))


def _written_day(stream: Stream, name: str) -> pa.ChunkedArray:
    values = stream.table[name]
    if not pa.types.is_timestamp(values.type):
        return values
    offset_us = pc.multiply(pc.fill_null(stream.table["offset_minutes"], 0), 60_000_000)
    return pc.add(values.cast(pa.int64()), offset_us).cast(pa.timestamp("us")).cast(pa.date32(), safe=False)


def _narrowed(stream: Stream) -> pa.Table:
    table = stream.table
    columns = {name: table[name] for name in _COLUMNS.names if name in table.column_names}
    for name in ("number", "reference", "invoice_ref", "deal_ref", "description", "gl_code", "account", "method"):
        columns[name] = folded(table[name])
    columns["party"] = folded(pc.coalesce(table["party_key"], *(named(table[name]) for name in ("party_ref", "party_name"))))
    columns["event_on"] = event_on(stream)
    narrowed = pa.Table.from_arrays([columns[name] for name in _COLUMNS.names], schema=_COLUMNS)
    is_cancelled = pc.fill_null(pc.match_substring_regex(table["status"], CANCELLED), fill_value=False)
    counts = pc.fill_null(pc.not_equal(table["amount_minor"], 0), fill_value=False)
    return narrowed.filter(pc.and_(counts, pc.invert(is_cancelled)))


def minor_text(amount_minor: int, currency: str | None) -> str:
    """Return an amount as people write it.

    Examples
    --------
    >>> minor_text(125000, "USD"), minor_text(-5, "USD"), minor_text(1200, "JPY"), minor_text(99, None)
    ('1250.00 USD', '-0.05 USD', '1200 JPY', '0.99')
    """
    from toolkit.values.currency import exponent

    decimals = exponent(currency or "")
    digits = str(abs(amount_minor)).rjust(decimals + 1, "0")
    sign = "-" if amount_minor < 0 else ""
    number = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"{sign}{number} {currency}" if currency else f"{sign}{number}"
