"""Rounding for showing, and only for showing: half up on decimals, amounts no finer than they are known.

Source: cost model, section 1.
"""

from decimal import ROUND_HALF_UP, Decimal

# ISO 4217 minor units where they are not two.
_PLACES = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
         "XOF", "XPF"),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip


def currency_places(currency: str) -> int:
    """Return how many decimals a currency has.

    Examples
    --------
    >>> currency_places("USD"), currency_places("JPY"), currency_places("KWD")
    (2, 0, 3)
    """
    return _PLACES.get(currency, 2)


def rounded(value: float | Decimal, places: int = 2) -> Decimal:
    """Return a number rounded half up, away from zero on a tie; negative places round to tens and hundreds.

    A float is taken as the decimal it prints as: 2.675 is a tie, whatever its binary value.

    Examples
    --------
    >>> rounded(2.675), rounded(-2.675), rounded(1450, -2)
    (Decimal('2.68'), Decimal('-2.68'), Decimal('1500'))
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    result = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    # Rounding to hundreds leaves 15E+2, and a small negative number leaves -0.00.
    result = result.quantize(Decimal(1)) if places < 0 else result
    return result or abs(result)


def places_known(low: float, high: float, currency: str) -> int:
    """Return the decimals worth showing of an amount known to lie between two limits: two digits of half the width.

    Never finer than the currency's smallest coin, and not finer than whole units once the width is one unit or more.

    Parameters
    ----------
    low, high
        The limits.
    currency
        ISO 4217 code.

    Examples
    --------
    >>> places_known(4100, 6900, "USD"), places_known(73.9, 74.1, "USD"), places_known(50, 50, "USD")
    (-2, 2, 2)
    """
    half_width = Decimal(repr(abs(high - low) / 2))
    finest = currency_places(currency)
    if not half_width:
        return finest
    return min(finest, 1 - half_width.adjusted() if half_width < 1 else min(0, 1 - half_width.adjusted()))


def shown_amount(value: float, low: float | None, high: float | None, currency: str) -> str:
    """Return an amount as a client reads it, no finer than its interval allows.

    Parameters
    ----------
    value
        In units of ``currency``.
    low, high
        Its interval; without one (either is null) the amount is exact to the smallest coin.
    currency
        ISO 4217 code.

    Examples
    --------
    >>> shown_amount(5432.1, 4100.0, 6900.0, "USD")
    '5,400 USD'
    >>> shown_amount(5432.1, None, None, "USD")
    '5,432.10 USD'
    """
    known = low is not None and high is not None
    places = places_known(low, high, currency) if known else currency_places(currency)  # type: ignore[arg-type]
    return f"{rounded(value, places):,} {currency}"
