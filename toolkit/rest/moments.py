"""Moments as interfaces write them, in requests and in records."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime

from toolkit.connector.api import StampForm

_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?")
_EPOCH_MS = re.compile(r"-?\d{12,13}")
_NET = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/")


def written_moment(moment: datetime, form: StampForm) -> str:
    """Return a moment as a request names it.

    Examples
    --------
    >>> at = datetime(2026, 11, 30, 10, 0, 30, tzinfo=UTC)
    >>> [written_moment(at, form) for form in ("iso", "bare", "date", "epoch_s", "epoch_ms")]
    ['2026-11-30T10:00:30Z', '2026-11-30T10:00:30', '2026-11-30', '1796032830', '1796032830000']
    >>> written_moment(at, "http")
    'Mon, 30 Nov 2026 10:00:30 GMT'
    """
    at = moment.astimezone(UTC)
    match form:
        case "iso":
            return f"{at:%Y-%m-%dT%H:%M:%SZ}"
        case "bare":
            return f"{at:%Y-%m-%dT%H:%M:%S}"
        case "date":
            return f"{at:%Y-%m-%d}"
        case "epoch_s":
            return str(int(at.timestamp()))
        case "epoch_ms":
            return str(int(at.timestamp()) * 1000)
        case "http":
            return format_datetime(at.replace(microsecond=0), usegmt=True)


def moment_of(text: str) -> datetime | None:
    """Return the moment that a record names; None where it names none, or does not say in which zone.

    Examples
    --------
    >>> texts = ("2026-11-30T10:00:00+02:00", "1796032830000", "/Date(1796032830000+1300)/", "2026-11-30 10:00")
    >>> [str(moment_of(one)) for one in texts]
    ['2026-11-30 08:00:00+00:00', '2026-11-30 10:00:30+00:00', '2026-11-30 10:00:30+00:00', 'None']
    """
    try:
        if (written := _NET.fullmatch(text)) is not None:
            return datetime.fromtimestamp(int(written[1]) / 1000, UTC)
        if _EPOCH_MS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError, OSError):
        return None
