"""From a canonical value back to what an answer of the vendor's says: the inverse of what a field does when it is read."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from toolkit.connector import Field
from toolkit.values.currency import exponent


def word_for(values: Sequence[tuple[str, str]], wanted: str) -> str | None:
    """Return a word that a field's patterns take for a value; None where none is found.

    Parameters
    ----------
    values
        Patterns, and what they stand for.
    wanted
        The value.

    Examples
    --------
    >>> word_for((("^true$|won", "true"), ("lost", "false")), "false"), word_for((("end.?user", "requester"),), "requester")
    ('lost', 'end-user')
    """
    for text in (wanted, *(one for pattern, value in values if value == wanted for one in literals(pattern))):
        meant = next((value for pattern, value in values if re.search(pattern, text.lower())), None)
        if meant == wanted:
            return text
    return None


def literals(pattern: str) -> Iterator[str]:
    """Yield texts that a simple pattern fits, the plainest first."""
    while (inner := re.sub(r"\((?:\?:)?([^()|]*)[^()]*\)\??", r"\1", pattern)) != pattern:
        pattern = inner
    for part in pattern.split("|"):
        plain = re.sub(r"\\[bs][*+?]?", "", part.strip("^$"))
        yield plain.replace(".?", "-").replace(".*", "").replace("\\", "")
        yield plain.replace(".?", "").replace(".*", "").replace("?", "").replace("\\", "")


def written_moment(value: datetime, field: Field, *, is_day: bool, zone: str) -> Any:
    """Return a moment as the field's form and pattern read it.

    Parameters
    ----------
    value
        The moment.
    field
        How it is read.
    is_day
        Whether its time of day is unknown.
    zone
        The system's time zone.

    Examples
    --------
    >>> at = datetime(2026, 3, 5, 16, 20, tzinfo=UTC)
    >>> written_moment(at, Field(()), is_day=False, zone="UTC"), written_moment(at, Field((), form="epoch_ms"), is_day=False,
    ...     zone="UTC")
    ('2026-03-05T16:20:00.000Z', 1772727600000)
    """
    at = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    match field.form:
        case "epoch_s":
            return int(at.timestamp())
        case "epoch_ms":
            return int(at.timestamp() * 1000)
        case "net_date":
            return f"/Date({int(at.timestamp() * 1000)}+0000)/"
    local = at.astimezone(ZoneInfo(field.time_zone or zone))
    if field.pattern:
        return local.strftime(field.pattern)
    if is_day:
        return (local if local.hour == local.minute == 0 else at).date().isoformat()
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def written_day(value: date, field: Field) -> Any:
    """Return a day as the field's form and pattern read it."""
    at = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if field.form in {"epoch_s", "epoch_ms", "net_date"}:
        return written_moment(at, field, is_day=True, zone="UTC")
    return at.strftime(field.pattern) if field.pattern else value.isoformat()


def written_amount(minor: int, field: Field, currency: str) -> int | float:
    """Return an amount in minor units as the field's form reads it.

    Parameters
    ----------
    minor
        The amount.
    field
        How it is read.
    currency
        Its currency.

    Examples
    --------
    >>> written_amount(125050, Field(()), "USD"), written_amount(125050, Field((), form="hundredths"), "USD")
    (1250.5, 125050)
    """
    decimals = exponent(currency)
    if field.form in {"hundredths", "minor_units"}:
        own = dict(getattr(field, "exponents", ())).get(currency, 2 if field.form == "hundredths" else decimals)
        return int(Decimal(minor).scaleb(own - decimals))
    whole = Decimal(minor).scaleb(-decimals)
    return int(whole) if whole == whole.to_integral_value() else float(whole)
