"""Numbers as people type them into a form: "15-20", "approx 12", "1.5 h", "$1,200 per month".

What can be read in one way only is read; all else is returned with the reason why not, never guessed.
"""

import re
from dataclasses import dataclass

from toolkit.values.currency import may_mean

_NUMBER = r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_ABOUT = r"(?:approx(?:imately|\.)?|about|around|roughly|circa|ca\.?|c\.|some|~|≈|est\.?|between|from)"
_RANGE = re.compile(
    rf"(?:{_ABOUT}\s*)*(?P<low>{_NUMBER})\s*(?:-|–|—|to|and|bis|\.\.\.?)\s*(?:{_ABOUT}\s*)*(?P<high>{_NUMBER})\s*(?P<unit>.*)"
)
_SINGLE = re.compile(rf"(?:{_ABOUT}\s*)*(?P<value>{_NUMBER})\s*(?P<unit>.*?)(?:\s*(?:or so|approx\.?|ish))?")
_HOURS_MINUTES = re.compile(r"(?P<hours>\d{1,2})\s*h(?:ours?|rs?)?\.?\s*(?P<minutes>\d{1,2})\s*(?:m(?:in(?:ute)?s?)?\.?)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_CURRENCY = re.compile(r"^(?:[A-Z]{3}\s|[$€£]\s?)|\s?(?:[A-Z]{3}|[$€£])$")

_MINUTES_PER = {
    **dict.fromkeys(("", "m", "min", "min.", "mins", "minute", "minutes", "'"), 1.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std"), 60.0),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1 / 60),
}
_WORDS = {"half an hour": 30.0, "an hour": 60.0, "one hour": 60.0, "quarter of an hour": 15.0, "a minute": 1.0}
# 52 weeks in 12 months.
_MONTHLY = {
    **dict.fromkeys(("", "a month", "per month", "/month", "/ month", "monthly", "pm", "p.m.", "/mo", "times a month"), 1.0),
    **dict.fromkeys(("a week", "per week", "/week", "/ week", "weekly", "pw", "times a week"), 52 / 12),
    **dict.fromkeys(("a year", "per year", "/year", "/ year", "yearly", "annually", "p.a.", "pa", "times a year"), 1 / 12),
}
_SHARES = {"%": 0.01, "percent": 0.01, "": 0.01, "in 100": 0.01, "of 100": 0.01, "per 100": 0.01}
_DAYS = {**dict.fromkeys(("", "d", "day", "days"), 1.0), **dict.fromkeys(("week", "weeks"), 7.0)}

UNITS = {
    "minutes": _MINUTES_PER,
    "per month": _MONTHLY,
    "share": _SHARES,
    "days": _DAYS,
    "count": {"": 1.0, "people": 1.0, "users": 1.0},
}
"""What a number may be followed by, and what that makes of it."""


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number or range in the unit asked for; ``reason`` says why there is none, ``note`` how it was understood."""

    low: float | None = None
    likely: float | None = None
    high: float | None = None
    reason: str = ""
    note: str = ""


def given_number(text: str, unit: str, currency: str = "") -> GivenNumber:
    """Return the number that ``text`` states.

    Parameters
    ----------
    text
        The cell as text.
    unit
        One of ``UNITS``: what the number is wanted in; ``share`` takes 3 and 3 % for 0.03.
    currency
        ISO 4217 code that an amount is wanted in; another one is not taken for it.

    Examples
    --------
    >>> one = given_number("15-20", "minutes")
    >>> one.low, one.likely, one.high
    (15.0, 17.5, 20.0)
    >>> given_number("approx 12", "minutes").likely, given_number("1.5 h", "minutes").likely
    (12.0, 90.0)
    >>> given_number("a few", "minutes").reason
    'This is not a number. Write one, or a range such as 15-20.'
    >>> given_number("1.500", "per month").reason
    'This can be read as 1.5 and as 1500. Write it with two decimals, or as a whole number.'
    """
    plain = " ".join(text.replace("\u00a0", " ").casefold().split())
    if unit == "minutes" and plain in _WORDS:
        return _single(_WORDS[plain], note=f"{text!r} was read as {_WORDS[plain]:g} minutes.")
    if _DATE.fullmatch(plain):
        return GivenNumber(reason="The spreadsheet turned this into a date. Format the cell as text and write it again.")
    if _CLOCK.fullmatch(plain):
        return GivenNumber(reason="Hours and minutes, or minutes and seconds? Write the minutes as one number.")
    both = _HOURS_MINUTES.fullmatch(plain) if unit == "minutes" else None
    if both is not None:
        return _single(int(both["hours"]) * 60.0 + int(both["minutes"]))
    if unit == "per month":
        named = [one.strip() for one in _CURRENCY.findall(text.strip())]
        other = [one for one in named if currency and not may_mean(one, currency)]
        if other:
            return GivenNumber(reason=f"This is in {other[0]}, and wanted is {currency}. Write the amount in {currency}.")
    return _measured(_CURRENCY.sub("", text.strip()).casefold() if unit == "per month" else plain, text, unit)


def can_be_read_in_two_ways(number: str) -> bool:
    """Whether a point before three digits may be the decimal sign, or stand between thousands.

    Examples
    --------
    >>> [can_be_read_in_two_ways(one) for one in ("1.500", "0.125", "1.5", "1.5000", "1,500.5")]
    [True, False, False, False, False]
    """
    return re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", number) is not None


def _measured(plain: str, text: str, unit: str) -> GivenNumber:
    plain = " ".join(plain.split())
    ranged, single = _RANGE.fullmatch(plain), _SINGLE.fullmatch(plain)
    found = ranged or single
    if found is None:
        return GivenNumber(reason="This is not a number. Write one, or a range such as 15-20.")
    in_two_ways = next(
        (one for name, one in found.groupdict().items() if name != "unit" and can_be_read_in_two_ways(one)), ""
    )
    if in_two_ways:
        ways = f"{float(in_two_ways):g} and as {in_two_ways.replace('.', '')}"
        return GivenNumber(reason=f"This can be read as {ways}. Write it with two decimals, or as a whole number.")
    factor = UNITS[unit].get(found["unit"].strip())
    if factor is None:
        return GivenNumber(reason=f"It is not clear what {found['unit'].strip()!r} means here. Write the number alone.")
    if ranged is None:
        value = _number(found["value"]) * factor
        as_written = plain == found["value"] and factor in (1.0, 0.01) and "," not in plain
        return _single(value, note="" if as_written else f"{text!r} was read as {value:g}.")
    low, high = _number(found["low"]) * factor, _number(found["high"]) * factor
    if low > high:
        return GivenNumber(reason="The range begins above its end. Write the smaller number first.")
    likely = (low + high) / 2
    return GivenNumber(low, likely, high, note=f"{text!r} was read as {low:g} to {high:g}, {likely:g} in the middle.")


def _single(value: float, note: str = "") -> GivenNumber:
    return GivenNumber(value, value, value, note=note)


def _number(text: str) -> float:
    """Read a comma before three digits as thousands, any other as the decimal sign."""
    bare = re.sub(r"[' ]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", bare):
        return float(bare.replace(",", ""))
    return float(bare.replace(",", "."))
