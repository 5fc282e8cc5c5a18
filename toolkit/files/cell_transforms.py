"""Changes to the text of a cell that a connector may name, each over a whole column's distinct values.

A form never guesses: where a cell does not have the shape, the text stays as it is or the value is null, as each form says.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import UnknownNameError
from toolkit.values import minor_units
from toolkit.values.cell_bytes import may_have_outer_blanks

_LABEL = re.compile(r"\b(phone|mobile|fax|other|cell|main|work)\s*:\s*", re.IGNORECASE)
_US_ADDRESS = re.compile(
    r"(?P<street>.*?)[\s,]*(?:\n|,|^)\s*(?P<city>[^,\n\d]+?),?[ \t]+(?P<region>[A-Z]{2})\.?[ \t]+"
    r"(?P<postcode>\d{5}(?:-\d{4})?)"
    r"(?:[\s,]+(?:US|USA|U\.S\.A\.|United States(?: of America)?))?\s*",
    re.DOTALL,
)
_UK_ADDRESS = re.compile(
    r"(?P<street>.*?)[\s,]*(?:\n|,)\s*(?P<city>[^,\n\d]+?)[\s,]+(?P<postcode>[A-Z]{1,2}\d[A-Z\d]?[ \t]?\d[A-Z]{2})"
    r"(?:[\s,]+(?:UK|GB|United Kingdom))?\s*",
    re.DOTALL,
)
_POSTCODE = 3
_LIKE_POSTCODE = re.compile(r"(?=.*\d)(?!.*[^\W\d_]{4}).{2,12}")
# Longer texts are no addresses, and would keep the patterns busy for long.
_MAX_ADDRESS_CHARS = 300
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHECKSUM = _CAPITALS + "012345"
BLANKS = " \t\r\n\u00a0\u2009\u202f\ufeff\u200b"
"""What says nothing at the beginning and the end of a cell."""


def shaped(values: pa.Array, form: str) -> pa.Array:
    """Return a column of text in the named form.

    Raises
    ------
    UnknownNameError
        There is no such form.

    Examples
    --------
    >>> shaped(pa.array(["Phone:(555) 010-1234 Mobile:(555) 010-9999", "555-0100"]), "labelled_phone").to_pylist()
    ['(555) 010-1234', '555-0100']
    """
    if not form:
        return values
    if form not in FORMS:
        raise UnknownNameError("form of a field", form, FORMS)
    encoded = values.dictionary_encode()
    change = FORMS[form]
    distinct = [change(text) or None for text in encoded.dictionary.to_pylist()]
    return pa.array(distinct, pa.string()).take(encoded.indices)


def trimmed(values: pa.Array, *, is_protected: bool = False) -> pa.Array:
    """Return text without outer blanks, null where nothing is left; with ``is_protected`` without a leading apostrophe.

    Examples
    --------
    >>> trimmed(pa.array(["'0123 ", "  ", None]), is_protected=True).to_pylist()
    ['0123', None, None]
    """
    if not is_protected and not may_have_outer_blanks(values):
        return values
    text = pc.utf8_trim(values, BLANKS)
    if is_protected:
        text = pc.replace_substring_regex(text, "^'", "")
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def joined(texts: Sequence[pa.Array], separator: str) -> pa.Array:
    """Return the filled texts of every row, joined; null where there is none.

    Examples
    --------
    >>> joined([pa.array(["Al", None]), pa.array(["Bo", None])], " ").to_pylist()
    ['Al Bo', None]
    """
    # Arrow's own join with null_handling="skip" returns no rows at all where every value is null.
    result = texts[0]
    for text in texts[1:]:
        both = pc.and_(pc.is_valid(result), pc.is_valid(text))
        pairs = pc.binary_join_element_wise(pc.fill_null(result, ""), pc.fill_null(text, ""), separator)
        result = pc.if_else(both, pairs, pc.coalesce(result, text))
    return result


def _first_listed(text: str) -> str:
    return re.split(r"\s*;\s*", text.strip(" ;"), maxsplit=1)[0]


def _labelled(label: str, text: str) -> str | None:
    parts = _LABEL.split(text)
    if len(parts) < 3:
        return text if label == "phone" else None
    found = {parts[place].lower(): parts[place + 1].strip(" ,;") for place in range(1, len(parts) - 1, 2)}
    return found.get(label) or (found.get("mobile") if label == "phone" else None)


def _undeleted(text: str) -> str:
    return re.sub(r"(\s*\(deleted\))+\s*$", "", text, flags=re.IGNORECASE)


def _parent_part(text: str) -> str | None:
    parent, colon, _ = _undeleted(text).rpartition(":")
    return parent if colon else None


@cache
def _address(text: str) -> tuple[str, str, str, str] | None:
    if len(text) > _MAX_ADDRESS_CHARS:
        return None
    for pattern in (_US_ADDRESS, _UK_ADDRESS):
        found = pattern.fullmatch(text)
        if found is not None:
            parts = found.groupdict()
            return parts["street"], parts["city"], parts.get("region") or "", parts["postcode"]
    return None


def _address_part(place: int, text: str) -> str | None:
    """Return a part of a whole address in one cell; the street keeps all of it when it cannot be split safely."""
    parts = _address(text) if "\n" in text or "," in text else None
    if parts is not None:
        return re.sub(r"\s*\n\s*", ", ", parts[place].strip(" ,\n"))
    is_block = "\n" in text or text.count(",") > 1
    # A town or a street alone in the cell is no postcode.
    is_part = not is_block and (place != _POSTCODE or _LIKE_POSTCODE.fullmatch(text) is not None)
    return text if place == 0 or is_part else None


def _salesforce_id(text: str) -> str:
    if not re.fullmatch("[A-Za-z0-9]{15}", text):
        return text
    chunks = (text[start : start + 5] for start in (0, 5, 10))
    return text + "".join(
        _CHECKSUM[sum(1 << place for place, sign in enumerate(chunk) if sign in _CAPITALS)] for chunk in chunks
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _person_name(text: str) -> str:
    family, comma, given = text.partition(",")
    if not comma or "," in given or not given.strip() or re.fullmatch(r"\s*(?:jr|sr|i{2,3}|iv)\.?\s*", given, re.IGNORECASE):
        return text
    return f"{given.strip()} {family.strip()}"


def _epoch(text: str, unit: int) -> str | None:
    """Return a moment that is counted from 1970 on as ISO 8601 writes it; a text of another shape as it is."""
    if not re.fullmatch(r"-?\d{1,14}(?:\.\d+)?", text):
        return text
    try:
        return datetime.fromtimestamp(float(text) / unit, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _hundredths(text: str) -> str:
    """Return an amount that is counted in hundredths in whole units."""
    found = re.fullmatch(r"(-?)(\d{1,15})", text)
    return text if found is None else f"{found[1]}{int(found[2]) // 100}.{int(found[2]) % 100:02}"


def _parts(text: str) -> str | None:
    """Return a moment that is written in parts, as JSON (year, month, day, hour …), as ISO 8601 writes it."""
    if not text.startswith("{"):
        return text
    try:
        parts = json.loads(text)
        day = date(parts["year"], parts["month"], parts["day"])
        if "hour" not in parts:
            return day.isoformat()
        hour, minute, second, micro = (int(parts.get(name) or 0) for name in ("hour", "minute", "second", "microsecond"))
        return datetime.combine(day, time(hour, minute, second, micro)).isoformat()
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _net_date(text: str) -> str | None:
    """Return a moment that is written as .NET's JSON once wrote it: milliseconds since 1970, whatever zone stands behind."""
    found = re.fullmatch(r"/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/", text)
    moment = text if found is None else _epoch(found[1], 1000)
    # Midnight to the second is a day, and in no zone the one before.
    return moment.removesuffix("T00:00:00+00:00") if moment else moment


FORMS: dict[str, Callable[[str], str | None]] = {
    "first_listed": _first_listed,
    "labelled_phone": lambda text: _labelled("phone", text),
    "labelled_mobile": lambda text: _labelled("mobile", text),
    "labelled_fax": lambda text: _labelled("fax", text),
    "undeleted": _undeleted,
    "parent_part": _parent_part,
    "block_street": lambda text: _address_part(0, text),
    "block_city": lambda text: _address_part(1, text),
    "block_region": lambda text: _address_part(2, text),
    "block_postcode": lambda text: _address_part(3, text),
    "salesforce_id": _salesforce_id,
    "one_line": _one_line,
    "person_name": _person_name,
    "upper": str.upper,
    "epoch_s": lambda text: _epoch(text, 1),
    "epoch_ms": lambda text: _epoch(text, 1000),
    "hundredths": _hundredths,
    "parts": _parts,
    "net_date": _net_date,
    # Amounts that are read as whole minor units of their currency (``values/minor_units``).
    minor_units.FORM: lambda text: text,
}
"""Every form by name; each takes the trimmed text of one cell and returns text, or null for none."""
