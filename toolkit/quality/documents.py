"""Documents of all streams side by side, narrowed to what tells a slip of the hand from an odd but right amount."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.check import failing_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Rows, Stream, coded, folded, named
from toolkit.query import Connection
from toolkit.tables import DOCUMENT_ENTITIES, EVENT_COLUMNS

_CANCELLED = r"(?i)\b(void(ed)?|cancel+ed|deleted|draft|reversed|failed|declined)\b"
_TABLE = "judged_documents"
_AS_WRITTEN = ("record_key", "record_id", "amount_minor", "currency", "created_at")
_PARTY = ("party_key", "party_ref", "party_name")
_FOLDED = ("number", "reference", "invoice_ref", "deal_ref", "description", "gl_code")


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """All documents that are live, not cancelled, and have an amount other than zero.

    ``keys`` has the record key of every row of the table ``judged_documents``, by its ``place``; ``counts`` says how many of
    them each stream has, by its place among the streams.
    """

    keys: pa.ChunkedArray
    counts: dict[int, int]

    def key(self, place: int) -> str:
        """Return the record key of a row."""
        key: str = self.keys[place].as_py()
        return key


def documents(evidence: Evidence) -> Documents:
    """Return the documents of all streams, as a table ``judged_documents`` that the connection of the evidence can ask.

    Text is folded for comparing. ``owner`` is a number for each resolved key, else reference, else name within a system's
    stream, and null where nobody is named; ``money`` is one for each currency, ``stream`` for each place among the streams,
    and ``book`` for each name of a stream, whose entities may be several.
    """
    parts = [_narrowed(stream, place) for place, stream in enumerate(evidence.streams) if stream.entity in DOCUMENT_ENTITIES]
    if not parts:
        return Documents(pa.chunked_array([], pa.string()), {})
    table = pa.concat_tables(parts)
    names = [(stream.system, stream.name) for stream in evidence.streams]
    book = np.array([names.index(name) for name in names])[table["stream"]]
    # Queries group whole tables by these: numbers take a fraction of the time and memory of four texts a row.
    columns = {
        "place": np.arange(len(table)),
        "book": book,
        "owner": _owners(table["party"], book),
        "money": coded(table["currency"])[1],
        **{name: table[name] for name in table.column_names if name != "party"},
    }
    evidence.connection.register(_TABLE, pa.table(columns))
    counts = np.bincount(table["stream"], minlength=len(names)).tolist()
    return Documents(table["record_key"], {place: count for place, count in enumerate(counts) if count})


@contextmanager
def without_documents(connection: Connection) -> Iterator[None]:
    """Leave a connection as it was: what `documents` put there is gone in the end."""
    try:
        yield
    finally:
        connection.unregister(_TABLE)


def _narrowed(stream: Stream, place: int) -> pa.Table:
    has_amount = pc.fill_null(pc.not_equal(stream.table["amount_minor"], 0), fill_value=False)
    is_cancelled = pc.fill_null(pc.match_substring_regex(stream.table["status"], _CANCELLED), fill_value=False)
    needed = [*_AS_WRITTEN, *_FOLDED, *_PARTY, "offset_minutes", *EVENT_COLUMNS[stream.entity]]
    table = stream.table.select(list(dict.fromkeys(needed))).filter(pc.and_not(has_amount, is_cancelled))
    party = pc.coalesce(*(named(table[name]) if name != "party_key" else table[name] for name in _PARTY))
    return pa.table(
        {
            "stream": np.full(len(table), place),
            "entity": pa.repeat(pa.scalar(stream.entity), len(table)),
            "party": folded(party),
            "event_on": _event_on(stream.entity, table),
            **{name: table[name] for name in _AS_WRITTEN},
            **{name: folded(table[name]) for name in _FOLDED},
        }
    )


def _owners(party: pa.ChunkedArray, book: Rows) -> pa.Array:
    different, codes = coded(party)
    return pa.array(book * len(different) + codes, mask=codes < 0)


def _event_on(entity: str, table: pa.Table) -> pa.ChunkedArray:
    """Return the day on which each document happened, as its file wrote it; null where no date is filled."""
    return pc.coalesce(*(_written_day(table, name) for name in EVENT_COLUMNS[entity]))


def _written_day(table: pa.Table, name: str) -> pa.ChunkedArray:
    values = table[name]
    if not pa.types.is_timestamp(values.type):
        return values
    offset_us = pc.multiply(pc.fill_null(table["offset_minutes"], 0), 60_000_000)
    return pc.add(values.cast(pa.int64()), offset_us).cast(pa.timestamp("us")).cast(pa.date32(), safe=False)


def failing_amounts(stream: Stream, column: str, rows: Rows, reason: str) -> pa.Table:
    """Return FAILING rows of amounts.

    Parameters
    ----------
    stream, column
        Where the amounts stand, in minor units.
    rows
        Which of them fail, by number from 0.
    reason
        Why, in a sentence.
    """
    amounts = stream.values_at(column, rows).to_pylist()
    has_currency = "currency" in stream.table.column_names
    codes = stream.values_at("currency", rows).to_pylist() if has_currency else [None] * len(amounts)
    return failing_rows(stream, rows, [minor_text(*pair) for pair in zip(amounts, codes, strict=True)], reason)


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
