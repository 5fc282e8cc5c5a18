"""The dates and amounts of a stream's file: whole columns, parsed once, with what could not be read."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field, Stream
from toolkit.files.fields import Settings, StreamTable, columns_of, field_currency, field_dates, field_money, field_text
from toolkit.tables import ENTITY_SCHEMAS, EVENT_COLUMNS
from toolkit.tables.schema import DAY, INSTANT, MINOR
from toolkit.values.cell_bytes import may_hold
from toolkit.values.counted import counted
from toolkit.values.date import DateColumn
from toolkit.values.locale import Locale

# A spreadsheet writes a number of twelve digits or more with a power of ten.
_DAMAGED_ID = r"^\s*\d(?:[.,]\d+)?E\+(?:1[1-9]|[2-9]\d|\d{3})\s*$"
_DAMAGED_SHARE = 0.5
_FORMULA_ERROR = r"^#[\p{Lu}\x{a1}\x{bf}/0!?_]{1,15}$|^#+$"


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


def typed_columns(one: StreamTable, settings: Settings) -> TypedColumns:
    """Return the dates and amounts of a file."""
    stream = one.stream
    columns: dict[str, pa.Array] = {}
    date_only: dict[str, pa.Array] = {}
    offsets: dict[str, pa.Array | None] = {}
    notes: list[Note] = []
    schema = ENTITY_SCHEMAS[stream.entity]
    for column, field in _typed_fields(stream, (INSTANT, DAY)).items():
        dates = field_dates(one, field, settings)
        if dates is None:
            continue
        is_day = schema.arrow.field(column).type == DAY
        columns[column] = dates.days if is_day else dates.instants
        if not is_day:
            date_only[column] = dates.is_date_only
            offsets.setdefault(column, dates.offset_minutes)
        notes += _date_notes(one, column, field, dates)
    offset = _event_offset(stream.entity, offsets)
    if offset is not None and "offset_minutes" in schema.names:
        columns["offset_minutes"] = offset
    is_bad = pa.array(np.zeros(one.rows.num_rows, np.bool_))
    given = field_currency(one, stream.fields.get("currency"), one.rows, settings)
    currency = given
    # Another month's file of the same list may state net amounts only.
    has_gross = "amount_minor" in stream.fields and bool(columns_of(one, stream.fields["amount_minor"].headers))
    for column, field in _typed_fields(stream, (MINOR,)).items():
        money = field_money(one, field, one.rows, settings, given)
        if money is None:
            continue
        columns[column] = money.minor
        if column == "amount_minor" or (column == "net_minor" and not has_gross):
            is_bad = money.is_failed
            currency = money.currency if given is None else pc.coalesce(given, money.currency)
            currency = pc.coalesce(money.currency, currency)
            notes += _currency_notes(one, field, settings, money.minor, currency)
        notes += _money_notes(one, column, field, money.is_failed, money.rounded_count, is_sure=money.is_sure)
        if field.unless_other_currency:
            columns[column] = _in_own_currency(one, columns[column], field, given, settings)
    if "currency" in schema.names and currency is not None:
        columns["currency"] = currency
    is_bad = _with_gross(columns, is_bad)
    return TypedColumns(columns, date_only, is_bad, (*notes, *_id_notes(one)))


def _with_gross(columns: dict[str, pa.Array], is_bad: pa.Array) -> pa.Array:
    """Fill gross amounts from net and tax where only those are known; return which rows still have an unreadable amount."""
    net = columns.get("net_minor")
    if net is None:
        return is_bad
    if "tax_minor" in columns:
        gross = pc.add(net, columns["tax_minor"])
        columns["amount_minor"] = pc.coalesce(columns["amount_minor"], gross) if "amount_minor" in columns else gross
    return pc.and_not(is_bad, pc.is_valid(net))


def _event_offset(entity: str, offsets: dict[str, pa.Array | None]) -> pa.Array | None:
    """Return the offset that stands beside the time at which a document happened, else beside another of its times."""
    found = [offsets[name] for name in dict.fromkeys((*EVENT_COLUMNS.get(entity, ()), *offsets)) if name in offsets]
    filled = [one for one in found if one is not None and one.null_count < len(one)]
    return pc.coalesce(*filled) if filled else None


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


def _date_notes(one: StreamTable, column: str, field: Field, dates: DateColumn) -> list[Note]:
    header, notes = _header(one, field), []
    failed = dates.is_failed
    count = _count(failed)
    words = {"dmy": "day first", "mdy": "month first", "ymd": "year first", "": ""}[dates.order]
    if dates.both_orders is not None:
        notes.append(_both_orders_note(one, column, header, words, dates.both_orders))
    elif not dates.is_sure and words:
        text = f"No date in column {header!r} tells day from month; read as {words}{_because(one.locale)}."
        notes.append(Note(one.raw.file, one.raw.part, "day_order_assumed", column, text, one.rows.num_rows))
    elif not dates.is_sure:
        text = (
            f"No date in column {header!r} tells day from month, and no country is set. "
            "Such dates stay empty: set the country."
        )
        notes.append(Note(one.raw.file, one.raw.part, "day_order_unknown", column, text, count))
        return notes
    notes += _error_notes(one, column, field, failed)
    if count:
        text = f"{counted(count, 'cell')} in column {header!r} could not be read as dates: left empty."
        notes.append(Note(one.raw.file, one.raw.part, "bad_value", column, text, count))
    return notes


def _both_orders_note(one: StreamTable, column: str, header: str, words: str, examples: tuple[str, str]) -> Note:
    day, month = examples
    used = f"They are read as {words}" if words else "They stay empty"
    text = (
        f"Column {header!r} has dates of both orders: {day!r} has its day first, {month!r} its month first. "
        f"{used}, and what could be either is not sure: write all of them in one order."
    )
    return Note(one.raw.file, one.raw.part, "day_orders_mixed", column, text, one.rows.num_rows)


def _money_notes(
    one: StreamTable, column: str, field: Field, failed: pa.Array, rounded: int, *, is_sure: bool
) -> list[Note]:
    header, notes = _header(one, field), []
    if not is_sure:
        why = "no amount tells it; the usual one is assumed" if one.locale is None else one.locale.decimal_reason
        text = f"The decimal sign of column {header!r} is not sure: {why}."
        notes.append(Note(one.raw.file, one.raw.part, "decimal_sign_assumed", column, text, one.rows.num_rows))
    notes += _error_notes(one, column, field, failed)
    count = _count(failed)
    if count:
        text = f"{counted(count, 'cell')} in column {header!r} could not be read as amounts."
        notes.append(Note(one.raw.file, one.raw.part, "bad_value", column, text, count))
    if rounded:
        text = f"{counted(rounded, 'amount')} in column {header!r} with more decimals than the currency has: rounded."
        notes.append(Note(one.raw.file, one.raw.part, "rounded", column, text, rounded))
    return notes


def _currency_notes(one: StreamTable, field: Field, settings: Settings, minor: pa.Array, currency: pa.Array) -> list[Note]:
    """Return a note where the sign beside an amount contradicts the currency that the system is said to have."""
    count = _count(pc.and_(pc.is_valid(minor), pc.is_null(currency)))
    if settings.currency is None or not count:
        return []
    text = (
        f"{count} amounts in column {_header(one, field)!r} carry the sign of a currency that several countries have, and "
        f"{settings.currency} is none of them. Their currency is unknown: set the country, or the currency of the system."
    )
    return [Note(one.raw.file, one.raw.part, "currency_unknown", "currency", text, count)]


def _because(locale: Locale | None) -> str:
    return ", as the country has it" if locale is None else f" ({locale.order_reason})"


def _error_notes(one: StreamTable, column: str, field: Field, failed: pa.Array) -> list[Note]:
    """Return a note where unreadable cells hold the error of a formula: something stood there, and it is not nothing."""
    text = field_text(one, Field((*field.headers, *field.minus)), one.rows) if _count(failed) else None
    if text is None:
        return []
    cells = pc.drop_null(text.filter(failed))
    errors = cells.filter(pc.match_substring_regex(cells, _FORMULA_ERROR))
    if not len(errors):
        return []
    shown = ", ".join(sorted(pc.unique(errors).to_pylist())[:3])
    sentence = (
        f"{counted(len(errors), 'cell')} in column {_header(one, field)!r} with the error of a formula ({shown}), no value. "
        "Mend the sheet and send it again."
    )
    return [Note(one.raw.file, one.raw.part, "error_cell", column, sentence, len(errors))]


def _id_notes(one: StreamTable) -> list[Note]:
    """Return a note for each column with ids that a spreadsheet has turned into floating-point numbers, key or not."""
    typed = _typed_fields(one.stream, (INSTANT, DAY, MINOR)).values()
    amounts = set(columns_of(one, [header for field in typed for header in (*field.headers, *field.minus)]))
    keys = set(columns_of(one, (*one.stream.key, *one.stream.alt_ids)))
    notes = []
    for index in range(len(one.raw.headers)):
        cells = one.rows[f"c{index}"]
        if index in amounts or not may_hold(cells, "+") or not pc.any(pc.match_substring(cells, "E+")).as_py():
            continue
        distinct = pc.drop_null(pc.unique(cells))
        is_damaged = pc.match_substring_regex(distinct, _DAMAGED_ID)
        count = _count(is_damaged)
        if count and (index in keys or count >= _DAMAGED_SHARE * len(distinct)):
            rows = _count(pc.match_substring_regex(pc.drop_null(cells), _DAMAGED_ID))
            header = one.raw.headers[index]
            text = (
                f"{rows} ids in column {header!r} look like '1.21E+15': a spreadsheet has rounded them, and they name no "
                "record any more. Export the file again and do not open it in a spreadsheet."
            )
            notes.append(Note(one.raw.file, one.raw.part, "damaged_id", header, text, rows))
    return notes
