"""How numbers, money and days are written for a reader: with the signs of the country that a document is made for.

While a document is made, ``written_for`` names that country, as ``decimal.localcontext`` names a precision: every text made
inside is written so. Outside of it, and for a country that is not known, the signs of English are used and a currency stands
as its code. Days carry the name of their month, so that no reader takes one for the other.

Source: Unicode CLDR 48 (numbers and order of dates of English as it is written in a country, and the paper of a country).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from toolkit.values.decimal_sign import usual_sign

_COUNTRY: ContextVar[str] = ContextVar("country", default="")

_THIN = "\u202f"
_FIXED = "\u00a0"
_GROUPS = {
    **dict.fromkeys("BG CZ EE FI FR HU LT LV NO PL RU SE SK UA BY KZ GE AM".split(), _THIN),  # noqa: SIM905 - as a list of codes
    **dict.fromkeys(("CH", "LI"), "\u2019"),
    "ZA": _THIN,
}
"""What separates thousands where it is neither a comma nor a point."""
_SIGNS = {
    ("US", "USD"): "$", ("CA", "CAD"): "$", ("AU", "AUD"): "$", ("NZ", "NZD"): "$", ("GB", "GBP"): "£", ("IN", "INR"): "₹",
    ("JP", "JPY"): "¥", ("IL", "ILS"): "₪", ("KR", "KRW"): "₩",
}  # fmt: skip
_EURO = frozenset("AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split())  # noqa: SIM905 - as a list of codes
_EURO_FIRST = {"IE": "€", "MT": "€", "NL": f"€{_FIXED}", "AT": f"€{_FIXED}"}
"""What countries write that write the euro before the number."""
_IN_WORDS = re.compile(r"(“[^”]*”)|(?<![\w.,/])(?<!\w-)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w.,/]*\d)")
"""Words in quotes, or a number: no day, no version and no part of a name."""
_LETTER = frozenset("US CA MX CL CO VE PH GT CR DO SV NI PA".split())  # noqa: SIM905 - as a list of codes


@contextmanager
def written_for(country: str) -> Iterator[None]:
    r"""Write numbers and days as in a country (ISO 3166) until the block ends; an empty code is none.

    Examples
    --------
    >>> with written_for("DE"):
    ...     number_text("1,234.5"), amount_text("7,800", "EUR")
    ('1.234,5', '7.800\xa0€')
    """
    token = _COUNTRY.set(country)
    try:
        yield
    finally:
        _COUNTRY.reset(token)


def separators() -> str:
    """Return the decimal sign and what separates thousands, one character each.

    Examples
    --------
    >>> separators()
    '.,'
    """
    country = _COUNTRY.get()
    sign = usual_sign(country or None)
    return sign + _GROUPS.get(country, "." if sign == "," else ",")


def number_text(plain: str) -> str:
    """Return a number that is written ``1,234.5`` as the reader's country writes it."""
    signs = separators()
    return plain.translate({ord("."): signs[0], ord(","): signs[1]})


def sentence_text(plain: str) -> str:
    """Return a sentence, or arithmetic, with its numbers (``1,234.5``) as the reader's country writes them.

    What stands in quotes (“ ”) is somebody's own words, and stays.

    Examples
    --------
    >>> with written_for("DE"):
    ...     sentence_text("1,318.8 once / 0.5 a month of 2026-10-05, such as “1.5”")
    '1.318,8 once / 0,5 a month of 2026-10-05, such as “1.5”'
    """
    return _IN_WORDS.sub(lambda found: found[1] or number_text(found[0]), plain)


def amount_text(number: str, currency: str) -> str:
    """Return an amount: with the sign of the country's own currency, any other with its code.

    Parameters
    ----------
    number
        Written ``1,234.5``; a sign may stand before it.
    currency
        ISO 4217 code.

    Examples
    --------
    >>> amount_text("7,800", "USD")
    '7,800 USD'
    >>> with written_for("US"):
    ...     amount_text("7,800", "USD"), amount_text("−50", "USD"), amount_text("50", "EUR")
    ('$7,800', '−$50', '50 EUR')
    """
    country, plain = _COUNTRY.get(), number_text(number)
    minus = plain[:1] if plain[:1] in {"−", "-", "+"} else ""
    if currency == "EUR" and country in _EURO - set(_EURO_FIRST):
        return f"{plain}{_FIXED}€"
    sign = _EURO_FIRST.get(country) if currency == "EUR" else _SIGNS.get((country, currency))
    return f"{minus}{sign}{plain[len(minus) :]}" if sign else f"{plain} {currency}".rstrip()


def day_text(day: date, *, is_short: bool = False) -> str:
    """Return a day with its month by name, in the country's order.

    Parameters
    ----------
    day
        The day.
    is_short
        Whether the month is written in three letters.

    Examples
    --------
    >>> day_text(date(2026, 10, 5), is_short=True)
    '5 Oct 2026'
    >>> with written_for("US"):
    ...     day_text(date(2026, 10, 5))
    'October 5, 2026'
    """
    # Reading dates needs numpy and more; who only writes numbers does without.
    from toolkit.values.day_order import usual_order

    month = f"{day:%b}" if is_short else f"{day:%B}"
    if usual_order(_COUNTRY.get() or None) == "mdy":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}"


def paper_of(country: str) -> str:
    """Return the paper that printers of a country hold, as a style sheet names it.

    Examples
    --------
    >>> paper_of("US"), paper_of("DE"), paper_of("")
    ('letter', 'A4', 'A4')
    """
    return "letter" if country in _LETTER else "A4"
