"""Values of records as an interface carries them: text, empty where there is none.

A day is ``2026-01-31``; a moment is in the client's own time zone; an amount is in the smallest units of its currency.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from toolkit.tables import ENTITY_SCHEMAS
from toolkit.tables.schema import DAY, FLAG, INSTANT, MINOR, NUMBER, TEXTS

_TYPES: Mapping[str, str] = {
    str(DAY): "day",
    str(INSTANT): "moment",
    str(FLAG): "yes or no",
    str(NUMBER): "number",
    str(TEXTS): "list",
}


def column_type(entity: str, column: str) -> str:
    """Return the type of a column in words: text, amount, day, moment, number, yes or no, list.

    Examples
    --------
    >>> column_type("invoice", "amount_minor"), column_type("deal", "closed_at"), column_type("party", "name")
    ('amount', 'moment', 'text')
    """
    schema = ENTITY_SCHEMAS[entity]
    kind = next((one.type for one in schema.columns if one.name == column), None)
    if kind is None:
        return "text"
    if column.endswith("_minor") and kind == MINOR:
        return "amount"
    return _TYPES.get(str(kind), "number" if pa.types.is_integer(kind) else "text")


def column_texts(table: pa.Table, column: str, time_zone: str) -> list[str]:
    """Return a column as it is carried, a text for each record.

    Parameters
    ----------
    table
        Records, with ``date_only`` where they have moments.
    column
        Its name; a table that lacks it has no value.
    time_zone
        The client's.
    """
    if column not in table.column_names:
        return [""] * table.num_rows
    values = table[column].to_pylist()
    if not pa.types.is_timestamp(table[column].type):
        return [_text(one) for one in values]
    zone = ZoneInfo(time_zone)
    dated: Sequence[Sequence[str] | None] = (
        table["date_only"].to_pylist() if "date_only" in table.column_names else [None] * table.num_rows
    )
    return [
        _moment(one, zone, is_day=column in (names or ())) if one is not None else ""
        for one, names in zip(values, dated, strict=True)
    ]


def _moment(moment: datetime, zone: ZoneInfo, *, is_day: bool) -> str:
    if is_day and moment.hour == moment.minute == moment.second == 0:
        return moment.date().isoformat()
    return moment.astimezone(zone).replace(tzinfo=None).isoformat()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return str(value)
