"""Dates whose time zone stands in a column of its own: "PDT", "GMT+2", "Europe/Berlin".

Source: the zone columns of payment exports, which name an IANA zone, an offset, or the abbreviation in use on that day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.date import DateColumn, date_column
from toolkit.values.locale import Locale

_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_HOURS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "west": 1, "wesz": 1, "cet": 1, "met": 1, "mez": 1, "cest": 2,
    "mest": 2, "mesz": 2, "eet": 2, "oez": 2, "sast": 2, "eest": 3, "oesz": 3, "msk": 3, "gst": 4, "pkt": 5, "hkt": 8,
    "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3,
    "adt": -3, "ast": -4, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    "akdt": -8, "akst": -9, "hst": -10,
}  # fmt: skip


def offset_text(zone: str) -> str | None:
    """Return the offset that a zone's text names, as ``+02:00``; null where it names none.

    Examples
    --------
    >>> offset_text("PDT"), offset_text("GMT+2"), offset_text("Europe/Berlin")
    ('-07:00', '+02:00', None)
    """
    hours = _HOURS.get(zone.strip().casefold())
    if hours is not None:
        return f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00"
    found = _OFFSET.fullmatch(zone.strip())
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}" if found else None


def zoned_dates(
    text: pa.Array, zones: pa.Array, *, time_zone: str, country: str | None = None, locale: Locale | None = None
) -> DateColumn:
    """Return dates whose zone stands beside them.

    Parameters
    ----------
    text
        Date and time of each row, without a zone.
    zones
        Zone of each row; where it is empty or unknown, ``time_zone`` holds.
    country, locale
        As for ``date_column``.

    Examples
    --------
    >>> text, zones = pa.array(["2026-08-01 10:00:00"] * 2), pa.array(["EDT", "Europe/Berlin"])
    >>> [one.hour for one in zoned_dates(text, zones, time_zone="UTC").instants.to_pylist()]
    [14, 8]
    """
    # The rows of one zone may leave open what all rows tell.
    whole = date_column(text, time_zone=time_zone, country=country, locale=locale)
    parts: list[_Part] = []
    encoded = pc.fill_null(zones, "").dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    for code, zone in enumerate(encoded.dictionary.to_pylist()):
        rows = np.flatnonzero(codes == code)
        cells = text.take(pa.array(rows))
        offset = offset_text(zone)
        if offset is not None:
            has_time = pc.match_substring(cells, ":")
            cells = pc.if_else(has_time, pc.binary_join_element_wise(cells, offset, " "), cells)
        named = zone if offset is None and _is_zone(zone) else time_zone
        parts.append(_Part(rows, date_column(cells, time_zone=named, order=whole.order, locale=locale)))
    if not parts:
        return whole
    return _together(parts, whole)


@dataclass(frozen=True, slots=True)
class _Part:
    rows: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    dates: DateColumn


def _together(parts: Sequence[_Part], whole: DateColumn) -> DateColumn:
    back = pa.array(np.argsort(np.concatenate([part.rows for part in parts]), kind="stable"))
    columns = {
        one.name: pa.concat_arrays([getattr(part.dates, one.name) for part in parts]).take(back)
        for one in fields(DateColumn)
        if isinstance(getattr(whole, one.name), pa.Array)
    }
    return replace(whole, **columns)


def _is_zone(text: str) -> bool:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return "/" in text
