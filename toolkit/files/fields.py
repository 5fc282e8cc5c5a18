"""The cells of one raw table, as the fields of a stream ask for them: text, dates, amounts.

Everything works on whole columns and on their distinct values.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field, Stream, alternatives, header_key
from toolkit.files.cell_transforms import joined, shaped, trimmed
from toolkit.files.named_currency import named_currency
from toolkit.files.raw import RawTable
from toolkit.files.recognise import header_places
from toolkit.files.running_balance import signed_by_balance
from toolkit.files.zones import zoned_dates
from toolkit.values import minor_units
from toolkit.values.currency import header_currency, standardised
from toolkit.values.date import DateColumn, date_column
from toolkit.values.locale import Locale
from toolkit.values.money import MoneyColumn, money_column, number_column
from toolkit.values.money_sides import difference

_EMPTY_DECIMALS = r"^\s*\d{1,18}\.(?:00?|0000+)\s*$"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the client's settings say about a system: how its dates and amounts are read where the file does not tell."""

    system: str
    country: str | None
    time_zone: str
    currency: str | None
    decimal_sign: str = ""
    day_order: str = ""


@dataclass(frozen=True, slots=True)
class StreamTable:
    """A raw table beside the stream it is read as; ``places`` are its columns by header.

    ``locale`` is how the file writes numbers and dates, where its dates and amounts leave something open. ``whole_numbers``
    are columns of ids that a number type has given decimals ("1000.000000000").
    """

    raw: RawTable
    stream: Stream
    places: Mapping[str, list[int]]
    locale: Locale | None = None
    whole_numbers: frozenset[int] = frozenset()

    @property
    def rows(self) -> pa.Table:
        """All rows."""
        return self.raw.rows


def stream_table(raw: RawTable, stream: Stream) -> StreamTable:
    """Return ``raw`` with its columns found."""
    whole = frozenset(index for index in range(len(raw.headers)) if _has_empty_decimals(raw.rows[f"c{index}"]))
    return StreamTable(raw, stream, header_places(raw), whole_numbers=whole)


def columns_of(one: StreamTable, headers: Sequence[str]) -> list[int]:
    """Return the columns of those headers that the table has, in the order of ``headers``."""
    found: list[int] = []
    for header in headers:
        for name in alternatives(header):
            found += [index for index in one.places.get(header_key(name), [])[:1] if index not in found]
    return found


def field_text(one: StreamTable, field: Field, rows: pa.Table) -> pa.Array | None:
    """Return a field's text for some rows of the table; nothing where the table has none of its headers.

    Parameters
    ----------
    one
        The table.
    field
        The headers, and what is made of their cells.
    rows
        Rows of the table, or some of them.
    """
    columns = columns_of(one, field.headers)
    if not columns:
        return None
    texts = [
        _whole(cells) if index in one.whole_numbers else cells
        for index in columns
        for cells in [_cells(rows, index, is_protected=one.stream.is_protected)]
    ]
    text = joined(texts, field.joined) if field.joined else pc.coalesce(*texts)
    text = shaped(text, field.form)
    return _mapped(text, field.values) if field.values else text


def field_dates(one: StreamTable, field: Field, settings: Settings) -> DateColumn | None:
    """Return a field's dates for all rows.

    Parameters
    ----------
    one
        The table.
    field
        The headers of the dates, with their pattern and zone.
    settings
        How dates are read that leave something open.
    """
    text = field_text(one, field, one.rows)
    if text is None:
        return None
    zone = field.time_zone or settings.time_zone
    zones = field_text(one, Field((field.time_zone_from,)), one.rows) if field.time_zone_from and not field.pattern else None
    if zones is not None:
        return zoned_dates(text, zones, time_zone=zone, country=settings.country, locale=one.locale)
    return date_column(text, time_zone=zone, country=settings.country, pattern=field.pattern, locale=one.locale)


def field_money(
    one: StreamTable, field: Field, rows: pa.Table, settings: Settings, currency: pa.Array | str | None
) -> MoneyColumn | None:
    """Return a field's amounts in minor units; ``currency`` is what the rows' currency column says.

    Parameters
    ----------
    one
        The table.
    field
        The headers of the amounts, and what is taken off or multiplied.
    rows
        Rows of the table, or some of them.
    settings
        How amounts are read that leave something open.
    currency
        ISO 4217 code of each row, or of all.
    """
    columns = columns_of(one, field.headers)
    minus = columns_of(one, field.minus)
    if not columns or (field.needs_minus and not minus):
        return None
    given = _given_currency(one, columns[0], currency, settings)
    text = field_text(one, Field(field.headers, joined=field.joined, form=field.form), rows)
    main = _money(text, field, one, settings, given)
    minor, failed, codes = main.minor, main.is_failed, main.currency
    if minus:
        less = _money(field_text(one, Field(field.minus), rows), field, one, settings, given)
        minor = difference(minor, less.minor)
        failed = pc.or_(failed, less.is_failed)
        codes = pc.coalesce(codes, less.currency)
    if field.times:
        times = columns_of(one, (field.times,))
        if times:
            cells = _cells(rows, times[0], is_protected=False)
            factor = pc.fill_null(number_column(cells, locale=one.locale), 1.0)
            minor = pc.round(pc.multiply(minor.cast(pa.float64()), factor)).cast(pa.int64())
    if field.is_absolute:
        minor = pc.abs(minor)
    header, pattern = field.negative_by
    if header and (kinds := field_text(one, Field((header,)), rows)) is not None:
        is_out = pc.fill_null(pc.match_substring_regex(pc.utf8_lower(kinds), pattern), False)
        minor = pc.if_else(is_out, pc.negate(minor), minor)
    balances = columns_of(one, (field.sign_from,)) if field.sign_from else []
    if balances:
        balance = money_column(
            _cells(rows, balances[0], is_protected=False), given, country=settings.country, locale=one.locale
        )
        minor = signed_by_balance(minor, balance.minor)
    return MoneyColumn(_without(minor, failed), codes, failed, main.decimal_sign, main.is_sure, main.rounded_count)


def _money(
    text: pa.Array, field: Field, one: StreamTable, settings: Settings, currency: pa.Array | str | None
) -> MoneyColumn:
    if field.form == minor_units.FORM:
        return minor_units.minor_units_column(text, currency, exponents=field.exponents)
    return money_column(text, currency, country=settings.country, locale=one.locale)


def field_currency(one: StreamTable, field: Field | None, rows: pa.Table, settings: Settings) -> pa.Array | None:
    """Return the currency column of some rows as ISO 4217 codes; nothing where the table has none.

    Parameters
    ----------
    one
        The table.
    field
        The headers of the currency; none: there is no such column.
    rows
        Rows of the table, or some of them.
    settings
        The country, for signs that several countries have.
    """
    text = None if field is None else field_text(one, field, rows)
    if text is None:
        return None
    encoded = text.dictionary_encode()
    codes = standardised(encoded.dictionary.to_pylist(), country=settings.country)
    return pa.array(codes, pa.string()).take(encoded.indices)


def _cells(rows: pa.Table, index: int, *, is_protected: bool) -> pa.Array:
    column = rows[f"c{index}"]
    cells = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return trimmed(cells, is_protected=is_protected)


def _has_empty_decimals(column: pa.ChunkedArray) -> bool:
    """Return whether all cells are whole numbers with decimals that say nothing: 1000.0, but not the thousands of 1.000."""
    head = pc.drop_null(column.slice(0, 100))
    if not len(head) or not pc.all(pc.match_substring_regex(head, _EMPTY_DECIMALS)).as_py():
        return False
    return bool(pc.all(pc.match_substring_regex(pc.drop_null(column), _EMPTY_DECIMALS)).as_py())


def _whole(cells: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(cells, r"\.0+$", "")


def _mapped(text: pa.Array, values: tuple[tuple[str, str], ...]) -> pa.Array:
    encoded = text.dictionary_encode()
    patterns = [(re.compile(pattern), value) for pattern, value in values]
    found = [
        next((value for pattern, value in patterns if pattern.search(cell.lower())), None)
        for cell in encoded.dictionary.to_pylist()
    ]
    return pa.array(found, pa.string()).take(encoded.indices)


def _given_currency(
    one: StreamTable, column: int, currency: pa.Array | str | None, settings: Settings
) -> pa.Array | str | None:
    """Return the currency of an amount column: the row's, else the header's "(GBP)", else the file's, else the system's."""
    named = header_currency(one.raw.headers[column], country=settings.country)[1]
    named = named or named_currency(one.raw, country=settings.country) or settings.currency
    if currency is None or isinstance(currency, str):
        return currency or named
    return currency if named is None else pc.fill_null(currency, named)


def _without(values: pa.Array, failed: pa.Array) -> pa.Array:
    return pc.if_else(failed, pa.scalar(None, values.type), values)
