"""How the files of a stream write numbers and dates: each decided over all its columns, open ones by the other files."""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from toolkit.files.fields import Settings, StreamTable, columns_of
from toolkit.interpret.locales import day_first_language
from toolkit.tables import DOCUMENT_LINE, ENTITY_SCHEMAS
from toolkit.tables.schema import DAY, INSTANT, MINOR, NUMBER
from toolkit.values.locale import Locale, file_locale, leave_open

_TYPED = (INSTANT, DAY, MINOR, NUMBER)


def with_locales(tables: Sequence[StreamTable], settings: Settings) -> list[StreamTable]:
    """Return the tables with the locale of each file; none where no date or amount of the stream leaves anything open."""
    if not any(leave_open(_typed_columns(one)) for one in tables):
        return list(tables)
    locales = [_file_locale(one, settings) for one in tables]
    said = [_said(locale, settings) for locale in locales]
    return [replace(one, locale=_agreed(locale, said)) for one, locale in zip(tables, said, strict=True)]


def _file_locale(one: StreamTable, settings: Settings) -> Locale:
    """Return the locale of a file; the language of its headers goes before the country for days that nothing else tells."""
    locale = file_locale(_all_columns(one), delimiter=one.raw.delimiter, country=settings.country)
    if locale.is_order_sure or locale.day_order == "dmy":
        return locale
    language = day_first_language(one.raw.headers)
    if not language:
        return locale
    why = "no date tells day from month" if locale.order_reason.startswith("no date") else locale.order_reason
    reason = f"{why}; the day first, as people write in {language}"
    return replace(locale, day_order="dmy", order_reason=reason)


def _said(locale: Locale, settings: Settings) -> Locale:
    """Return a file's locale with what a person has said of it; a column whose own values prove otherwise keeps to them."""
    reason = "the settings say so"
    match settings.decimal_sign:
        case "." | "," as sign:
            locale = replace(locale, decimal_sign=sign, is_decimal_sure=True, decimal_reason=reason)
    match settings.day_order:
        case "dmy" | "mdy" | "ymd" as order:
            locale = replace(locale, day_order=order, is_order_sure=True, order_reason=reason)
    return locale


def _agreed(locale: Locale, locales: Sequence[Locale]) -> Locale:
    """Return a file's locale; what is not sure in it is what all sure files of the stream have."""
    signs = {one.decimal_sign for one in locales if one.is_decimal_sure and one.is_decimal_proven}
    orders = {
        one.day_order for one in locales if one.is_order_sure and one.day_order in {"dmy", "mdy"} and one.is_order_proven
    }
    if not locale.is_decimal_sure and len(signs) == 1:
        reason = "other files of the list tell the decimal sign"
        locale = replace(locale, decimal_sign=signs.pop(), is_decimal_sure=True, decimal_reason=reason)
    if not locale.is_order_sure and len(orders) == 1:
        reason = "other files of the list tell day from month"
        locale = replace(locale, day_order=orders.pop(), is_order_sure=True, order_reason=reason)
    return locale


def _all_columns(one: StreamTable) -> list[pa.ChunkedArray]:
    return [one.rows[f"c{index}"] for index in range(len(one.raw.headers))]


def _typed_columns(one: StreamTable) -> list[pa.ChunkedArray]:
    """Return the columns from which dates, amounts and quantities are read."""
    stream = one.stream
    schemas = [(ENTITY_SCHEMAS[stream.entity], stream.fields)]
    if stream.lines is not None:
        schemas.append((DOCUMENT_LINE, stream.lines.fields))
    headers = [
        header
        for schema, fields in schemas
        for column, field in fields.items()
        if schema.arrow.field(column).type in _TYPED and not field.pattern
        for header in (*field.headers, *field.minus, *filter(None, [field.times]))
    ]
    return [one.rows[f"c{index}"] for index in columns_of(one, headers)]
