"""The dates and amounts of a stream's file: whole columns, parsed once, with what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field, Stream
from toolkit.files.fields import Settings, StreamTable, columns_of, field_currency, field_dates, field_money, field_text
from toolkit.tables import ENTITY_SCHEMAS
from toolkit.tables.schema import DAY, INSTANT, MINOR
from toolkit.values.day_order import decided_order

_DAMAGED_ID = r"^\d(?:\.\d+)?E\+\d{1,3}$"


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a file; ``count`` is how many values it concerns."""

    file: str
    part: str
    code: str
    column: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class TypedColumns:
    """Dates, amounts and the currency of every row of one file, by canonical column.

    ``date_only`` has a flag column for each ``_at`` column; ``is_bad_amount`` marks rows whose main amount
    could not be read.
    """

    columns: dict[str, pa.Array]
    date_only: dict[str, pa.Array]
    is_bad_amount: pa.Array
    notes: tuple[Note, ...]


def day_orders(tables: Sequence[StreamTable]) -> dict[str, str | None]:
    """Return, for each date column, the day and month order on which the files that show one agree."""
    stream = tables[0].stream
    orders: dict[str, str | None] = {}
    for column, field in _typed_fields(stream, (INSTANT, DAY)).items():
        found = set()
        for one in tables:
            text = field_text(one, field, one.rows)
            if text is not None and not field.pattern:
                order, is_sure = decided_order(pc.unique(pc.drop_null(text)))
                found |= {order} if is_sure and order else set()
        orders[column] = found.pop() if len(found) == 1 else None
    return orders


def typed_columns(one: StreamTable, settings: Settings, orders: dict[str, str | None]) -> TypedColumns:
    """Return the dates and amounts of a file."""
    stream = one.stream
    columns: dict[str, pa.Array] = {}
    date_only: dict[str, pa.Array] = {}
    notes: list[Note] = []
    schema = ENTITY_SCHEMAS[stream.entity]
    for column, field in _typed_fields(stream, (INSTANT, DAY)).items():
        dates = field_dates(one, field, settings, orders.get(column))
        if dates is None:
            continue
        is_day = schema.arrow.field(column).type == DAY
        columns[column] = dates.days if is_day else dates.instants
        if not is_day:
            date_only[column] = dates.is_date_only
        notes += _date_notes(one, column, field, dates.order, dates.is_failed, is_sure=dates.is_sure)
    is_bad = pa.array(np.zeros(one.rows.num_rows, np.bool_))
    given = field_currency(one, stream.fields.get("currency"), one.rows, settings)
    currency = given
    for column, field in _typed_fields(stream, (MINOR,)).items():
        money = field_money(one, field, one.rows, settings, given)
        if money is None:
            continue
        columns[column] = money.minor
        if column == "amount_minor":
            is_bad = money.is_failed
            currency = money.currency if given is None else pc.coalesce(given, money.currency)
            currency = pc.coalesce(money.currency, currency)
        notes += _money_notes(one, column, field, money.is_failed, money.rounded_count, is_sure=money.is_sure)
        if field.unless_other_currency:
            columns[column] = _in_own_currency(one, columns[column], field, given, settings)
    if "currency" in schema.names and currency is not None:
        columns["currency"] = currency
    return TypedColumns(columns, date_only, is_bad, (*notes, *_id_notes(one)))


def _typed_fields(stream: Stream, types: tuple[pa.DataType, ...]) -> dict[str, Field]:
    schema = ENTITY_SCHEMAS[stream.entity].arrow
    return {column: field for column, field in stream.fields.items() if schema.field(column).type in types}


def _in_own_currency(
    one: StreamTable, values: pa.Array, field: Field, given: pa.Array | None, settings: Settings
) -> pa.Array:
    other = field_currency(one, Field((field.unless_other_currency,)), one.rows, settings)
    if other is None or given is None:
        return values
    differs = pc.fill_null(pc.not_equal(other, given), False)
    return pc.if_else(differs, pa.scalar(None, values.type), values)


def _header(one: StreamTable, field: Field) -> str:
    columns = columns_of(one, field.headers)
    return one.raw.headers[columns[0]] if columns else ""


def _count(flags: pa.Array) -> int:
    return int(pc.sum(flags).as_py() or 0)


def _date_notes(one: StreamTable, column: str, field: Field, order: str, failed: pa.Array, *, is_sure: bool) -> list[Note]:
    header, notes = _header(one, field), []
    count = _count(failed)
    if not is_sure and order:
        words = "day first" if order == "dmy" else "month first"
        text = f"No date in column {header!r} tells day from month; read as {words}, as the country has it."
        notes.append(Note(one.raw.file, one.raw.part, "day_order_assumed", column, text, one.rows.num_rows))
    elif not is_sure:
        text = (
            f"No date in column {header!r} tells day from month, and no country is set. "
            "Such dates stay empty: set the country."
        )
        notes.append(Note(one.raw.file, one.raw.part, "day_order_unknown", column, text, count))
        return notes
    if count:
        text = f"{count} cells in column {header!r} could not be read as dates and stay empty."
        notes.append(Note(one.raw.file, one.raw.part, "bad_value", column, text, count))
    return notes


def _money_notes(
    one: StreamTable, column: str, field: Field, failed: pa.Array, rounded: int, *, is_sure: bool
) -> list[Note]:
    header, notes = _header(one, field), []
    if not is_sure:
        text = f"No amount in column {header!r} tells the decimal sign; the usual one was assumed."
        notes.append(Note(one.raw.file, one.raw.part, "decimal_sign_assumed", column, text, one.rows.num_rows))
    count = _count(failed)
    if count:
        text = f"{count} cells in column {header!r} could not be read as amounts."
        notes.append(Note(one.raw.file, one.raw.part, "bad_value", column, text, count))
    if rounded:
        text = f"{rounded} amounts in column {header!r} have more decimals than their currency and were rounded."
        notes.append(Note(one.raw.file, one.raw.part, "rounded", column, text, rounded))
    return notes


def _id_notes(one: StreamTable) -> list[Note]:
    """Return a note for each key column with ids that a spreadsheet has turned into floating-point numbers."""
    notes = []
    for index in columns_of(one, (*one.stream.key, *one.stream.alt_ids)):
        cells = one.rows[f"c{index}"]
        count = _count(pc.match_substring_regex(pc.unique(pc.drop_null(cells)), _DAMAGED_ID))
        if count:
            header = one.raw.headers[index]
            text = (
                f"{count} ids in column {header!r} look like '1.21E+15': a spreadsheet has rounded them, and they name no "
                "record any more. Export the file again and do not open it in a spreadsheet."
            )
            notes.append(Note(one.raw.file, one.raw.part, "damaged_id", header, text, count))
    return notes
