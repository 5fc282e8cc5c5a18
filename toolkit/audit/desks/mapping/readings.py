"""What comes of each column under a field map: cells as they stand and as read, what is lost, and what is written back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.apply.imports.cells import NoCell, cell_of
from toolkit.audit.desks.client_tables import shown_cell
from toolkit.audit.desks.mapping.draft import LINES
from toolkit.connector import Field, ImportColumn, Stream
from toolkit.files.canonical import major_units
from toolkit.files.fields import (
    Settings,
    StreamTable,
    columns_of,
    field_currency,
    field_money,
    field_text,
    stream_table,
)
from toolkit.files.locales import with_locales
from toolkit.files.raw import RawTable
from toolkit.files.typed import TypedColumns, typed_columns
from toolkit.plan.cell_texts import cell_texts
from toolkit.tables import DOCUMENT_LINE, ENTITY_SCHEMAS
from toolkit.tables.schema import DAY, FLAG, INSTANT, MINOR, NUMBER
from toolkit.values.money import number_column

SAME, OTHERWISE, LOST, NOT_WRITTEN = "same", "otherwise", "lost", "not_written"
"""What is written back: the same text, another text of the same value, something else, or nothing."""

_SAMPLES = 3
_WRITTEN_BACK = 300
_MAX_CELL = 60


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What comes of one column: samples (as written, as read), filled and unreadable cells, and the way back.

    ``back`` is one of the words above, ``back_words`` says it with an example.
    """

    samples: tuple[tuple[str, str], ...]
    filled: int
    unread: tuple[str, ...]
    unread_count: int
    back: str
    back_words: str

    def shown(self) -> dict[str, Any]:
        """Return the same as a page takes it."""
        return {
            "samples": [list(one) for one in self.samples],
            "filled": self.filled,
            "unread": list(self.unread),
            "unreadCount": self.unread_count,
            "back": self.back,
            "backWords": self.back_words,
        }


def field_readings(raw: RawTable, stream: Stream, columns: Iterable[str], how: Settings) -> dict[str, FieldReading]:
    """Return what comes of each column of a stream that the table has.

    Parameters
    ----------
    raw
        The table; its headers are unique.
    stream
        What it is read as.
    columns
        Which of its columns.
    how
        How dates and amounts are read that leave something open.
    """
    [one] = with_locales([stream_table(raw, stream)], how)
    typed = typed_columns(one, how)
    again = _Again(one, stream, how)
    known = dict(stream.fields)
    known |= {f"{LINES}{name}": field for name, field in (stream.lines.fields if stream.lines is not None else {}).items()}
    fields = {column: known[column] for column in columns if column in known}
    return {
        column: _reading(one, typed, column, field, again)
        for column, field in fields.items()
        if columns_of(one, (*field.headers, *field.minus))
    }


def _reading(one: StreamTable, typed: TypedColumns, column: str, field: Field, again: "_Again") -> FieldReading:
    places = columns_of(one, (*field.headers, *field.minus, *([field.times] if field.times else [])))
    cells = [_trimmed(one.rows[f"c{place}"]) for place in places]
    written = cells[0] if len(cells) == 1 else pc.binary_join_element_wise(*cells, " · ", null_handling="skip")
    main = [_trimmed(one.rows[f"c{place}"]) for place in columns_of(one, field.headers)] or cells
    is_filled = pc.is_valid(pc.coalesce(*main))
    values, currency = _values(one, typed, column, field, again.how)
    is_unread = pc.and_(is_filled, pc.is_null(values))
    samples: dict[str, str] = {}
    # Midnight stands for a day whose time nobody knows.
    only_days = typed.date_only.get(column)
    for place in pc.indices_nonzero(is_filled).slice(0, 2_000).to_pylist():
        text = written[place].as_py()
        if text not in samples:
            code = currency[place].as_py() if currency is not None else again.how.currency
            is_day = only_days is not None and bool(only_days[place].as_py())
            samples[text] = _shown(column, _local(values[place].as_py(), again.how.time_zone, is_day=is_day), code or "")
        if len(samples) == _SAMPLES:
            break
    unread = [text for text in pc.unique(written.filter(is_unread)).slice(0, _SAMPLES).to_pylist() if text]
    back, words = ("", "")
    if samples:
        back, words = again.way_back(column, field, written, values, currency)
    return FieldReading(
        tuple((shown_cell(text, _MAX_CELL), shown_cell(value, _MAX_CELL)) for text, value in samples.items()),
        int(pc.sum(is_filled).as_py() or 0),
        tuple(shown_cell(text, _MAX_CELL) for text in unread),
        int(pc.sum(is_unread).as_py() or 0),
        back,
        words,
    )


def _values(
    one: StreamTable, typed: TypedColumns, column: str, field: Field, how: Settings
) -> tuple[pa.Array, pa.Array | None]:
    """Return what the cells of one column are read as, and the currency of each; of an amount, what it says itself."""
    kind = _type(one.stream.entity, column)
    if kind == NUMBER and (text := field_text(one, field, one.rows)) is not None:
        return number_column(text, locale=one.locale), None
    if kind == MINOR:
        given = field_currency(one, one.stream.fields.get("currency"), one.rows, how)
        money = field_money(one, field, one.rows, how, given)
        if money is not None:
            currency = money.currency if given is None else pc.coalesce(given, money.currency)
            return money.minor, currency
    values = typed.columns.get(column)
    if values is None:
        values = field_text(one, field, one.rows)
    return pa.nulls(one.rows.num_rows, pa.string()) if values is None else values, None


@dataclass(frozen=True, slots=True)
class _Again:
    """The way back: what would be written into the client's list, read once more."""

    one: StreamTable
    stream: Stream
    how: Settings

    def way_back(
        self, column: str, field: Field, written: pa.Array, values: pa.Array, currency: pa.Array | None
    ) -> tuple[str, str]:
        """Return whether a value that is read and written again is the same text, and an example where it is not."""
        if column.startswith(LINES) or len(columns_of(self.one, (*field.headers, *field.minus))) > 1 or field.times:
            return NOT_WRITTEN, "made of several columns, or of a document's line: not written back"
        filled = pc.and_(pc.is_valid(values), pc.is_valid(written))
        places = pc.indices_nonzero(filled).slice(0, _WRITTEN_BACK)
        if not len(places):
            return "", ""
        before = written.take(places).to_pylist()
        texts = cell_texts(values.take(places)).to_pylist()
        own = currency.take(places).to_pylist() if currency is not None else [None] * len(texts)
        codes = [code or self.how.currency for code in own]
        target = ImportColumn(column, field.headers[0])
        cells = [
            cell_of(text, target, code, "%Y-%m-%d") if text is not None else NoCell("has no value")
            for text, code in zip(texts, codes, strict=True)
        ]
        refused = next((one.reason for one in cells if isinstance(one, NoCell)), "")
        if refused:
            return NOT_WRITTEN, f"not written back: it {refused}"
        return self._compared(column, field, before, texts, [str(one) for one in cells])

    def _compared(
        self, column: str, field: Field, before: list[str], texts: list[str | None], cells: list[str]
    ) -> tuple[str, str]:
        differing = [(text, cell) for text, cell in zip(before, cells, strict=True) if text != cell]
        if not differing:
            return SAME, "the same text"
        read = self._read(column, field, cells)
        lost = next((pair for *pair, value, now in zip(before, cells, texts, read, strict=True) if now != value), None)
        if lost is not None:
            return LOST, f"{lost[0]!r} would come back as {lost[1]!r}, which is read as something else"
        share = f"{len(differing):,} of {len(before):,} in another text"
        return OTHERWISE, f"the same value, {share}: {differing[0][1]!r} for {differing[0][0]!r}"

    def _read(self, column: str, field: Field, cells: list[str]) -> list[str | None]:
        """Return what the cells are read as, as canonical texts."""
        index = columns_of(self.one, field.headers)[0]
        rows = pa.table({f"c{place}": pa.nulls(len(cells), pa.string()) for place in range(len(self.one.raw.headers))})
        rows = rows.set_column(index, f"c{index}", pa.array(cells, pa.string()))
        rows = rows.add_column(0, "line", pa.array(range(len(cells)), pa.int64()))
        raw = RawTable(self.one.raw.file, "", self.one.raw.headers, rows, self.one.raw.quarantine, len(cells), 0)
        table = stream_table(raw, _with_only(self.stream, column))
        found, _ = _values(table, typed_columns(table, self.how), column, field, self.how)
        return list(cell_texts(found).to_pylist())


def _with_only(stream: Stream, column: str) -> Stream:
    return replace(stream, fields={column: stream.fields[column]}, filters=(), lines=None, scope="")


def _trimmed(column: pa.ChunkedArray) -> pa.Array:
    cells = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    cells = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def _local(value: Any, time_zone: str, *, is_day: bool) -> Any:
    """Return a time as it is in the client's zone; a day alone where its time is not known."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(ZoneInfo(time_zone))
    return local.date() if is_day else local


def _shown(column: str, value: Any, currency: str) -> str:
    """Return a value as a person reads it; a dash where nothing was read."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and column.endswith(("_minor", "_minor_per_hour")):
        return f"{major_units(value, currency):,} {currency}".strip()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M %Z}"
    return f"{value:,.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _type(entity: str, column: str) -> pa.DataType:
    schema = DOCUMENT_LINE if column.startswith(LINES) else ENTITY_SCHEMAS[entity]
    return schema.arrow.field(column.removeprefix(LINES)).type


def kind_words(entity: str, column: str) -> str:
    """Return what a column holds: text, money, a day, a time, yes or no."""
    kinds: Mapping[pa.DataType, str] = {
        MINOR: "money", DAY: "a day", INSTANT: "a time", FLAG: "yes or no", NUMBER: "a number"
    }  # fmt: skip
    return kinds.get(_type(entity, column), "text")
