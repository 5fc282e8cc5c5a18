"""How numbers are written, for the kinds of number: sign, thousands, decimals, currency before or behind.

Source: decimal and thousands marks as in the Unicode CLDR.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from toolkit.values.currency import CURRENCIES

_CURRENCY = (
    r"(?:US\$|A\$|AU\$|C\$|CA\$|NZ\$|HK\$|S\$|R\$|MX\$|[$\u20ac\u00a3\u00a5\u20b9\u20ba\u20bd\u20a9\u20aa\u0e3f]"
    r"|Rs\.?|kr\.?|Kr\.?|Ft|K\u010d|z\u0142|Fr\.|KD"
    r"|[A-Z]{3}|[a-z]{3})"
)
_BODY = (
    r"(?:\d{1,3}(?:(?P<t>[.,' \u00a0\u202f\u2019])\d{3})(?:(?P=t)\d{3})*(?:(?!(?P=t))(?P<a>[.,])\d{1,6})?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?P<i>\.\d+)?|\d+(?:(?P<b>[.,])\d+)?|[.,]\d+|\d+,-{1,2}|\d(?:[.,]\d+)?[Ee][+-]?\d{1,3})"
)
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+\u2212-])? ?(?P<before>{_CURRENCY} ?)?(?P<sign2>[+\u2212-])?(?P<body>{_BODY})(?P<sign3>[+-])?"
    rf"(?P<percent> ?%)?(?P<behind> ?{_CURRENCY})?(?P<side> ?(?:DR|CR|Dr|Cr|D|C|S|H))?(?P<currency2> ?{_CURRENCY})?\)?"
)


class Number(NamedTuple):
    """What the writing of a number shows; ``decimals`` is how many digits stand behind its mark."""

    digits: int
    decimals: int
    has_sign: bool
    has_currency: bool
    has_thousands: bool
    is_percent: bool
    begins_with_zero: bool


@lru_cache(maxsize=4096)
def number(value: str) -> Number | None:
    """Return how a number is written; None for what is none.

    Examples
    --------
    >>> number("-1.234,50 €").decimals, number("12 %").is_percent, number("A-1")
    (2, True, None)
    """
    if len(value) > 40 or not (found := _NUMBER.fullmatch(value)):
        return None
    marks = [mark.strip() for mark in (found["before"], found["behind"], found["currency2"]) if mark]
    if any(len(mark) == 3 and mark.isalpha() and mark.isascii() and mark.upper() not in CURRENCIES for mark in marks):
        return None
    body = found["body"]
    # No thousands begin with a zero: 0.125 has three decimals.
    thousands = found["t"] if body[0] != "0" else None
    mark = (
        (found["t"] if body[0] == "0" else None)
        or found["a"]
        or found["b"]
        or ("." if found["i"] else None)
        or (body[0] if body[0] in ".," else None)
    )
    decimals = len(body.rpartition(mark)[2]) if mark else 2 if body.endswith("-") else 0
    digits = sum(map(str.isdigit, body))
    return Number(
        digits=digits,
        decimals=decimals,
        has_sign=bool(found["open"] or found["sign"] or found["sign2"] or found["sign3"] or found["side"]),
        has_currency=bool(marks),
        has_thousands=bool(thousands) or "," in body[:-4],
        is_percent=bool(found["percent"]),
        begins_with_zero=len(body) > 1 and body[0] == "0" and body[1].isdigit(),
    )
