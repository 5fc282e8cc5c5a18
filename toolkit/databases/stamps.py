"""When a row was changed, as a column of a database says it, and the same moment as a value to compare that column with."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

_FIRST_MILLISECONDS = 100_000_000_000
"""Counted in seconds since 1970 this is the year 5138, in milliseconds 1973."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:(?P<sign>[T ])\d{2}:\d{2}:\d{2}(?:\.\d+)?(?P<zone>Z|\+00(?::?00)?)?)?")


def stamp_moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """Return the moment that a stamp tells; None where it tells none.

    Parameters
    ----------
    value
        Of the column, as the driver gives it.
    zone
        Whose time a stamp without a zone tells.

    Examples
    --------
    >>> str(stamp_moment("2026-11-30 10:00:00", ZoneInfo("Europe/Berlin")).astimezone(UTC))
    '2026-11-30 09:00:00+00:00'
    >>> stamp_moment(1796032800000, ZoneInfo("UTC")) == stamp_moment(1796032800, ZoneInfo("UTC"))
    True
    """
    if isinstance(value, str):
        if _ISO.fullmatch(value) is None:
            return None
        value = datetime.fromisoformat(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        seconds = float(value) / (1000 if value >= _FIRST_MILLISECONDS else 1)
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (OverflowError, ValueError, OSError):
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return datetime.combine(value, time(), zone) if isinstance(value, date) else None


def written_stamp(moment: datetime, sample: Any, zone: ZoneInfo) -> Any:
    """Return a moment as the column writes moments; None where the column writes none that can be compared.

    Parameters
    ----------
    moment
        UTC.
    sample
        A value of the column.
    zone
        Whose time a stamp without a zone tells.

    Examples
    --------
    >>> moment = datetime(2026, 11, 30, 9, tzinfo=UTC)
    >>> written_stamp(moment, "2026-01-01 00:00:00", ZoneInfo("Europe/Berlin"))
    '2026-11-30 10:00:00'
    >>> written_stamp(moment, "30.11.2026", ZoneInfo("UTC")) is None
    True
    """
    local = moment.astimezone(zone)
    if isinstance(sample, str):
        found = _ISO.fullmatch(sample)
        if found is None:
            return None
        if not found["sign"]:
            return f"{local:%Y-%m-%d}"
        at = moment.astimezone(UTC) if found["zone"] else local
        return f"{at:%Y-%m-%d}{found['sign']}{at:%H:%M:%S}"
    if isinstance(sample, int | float | Decimal) and not isinstance(sample, bool):
        return int(moment.timestamp() * (1000 if sample >= _FIRST_MILLISECONDS else 1))
    if isinstance(sample, datetime):
        return moment if sample.tzinfo is not None else local.replace(tzinfo=None)
    return local.date() if isinstance(sample, date) else None
