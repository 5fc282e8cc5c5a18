"""Currency: an amount in the smallest units of its currency becomes an amount as it is written, and is converted if need be.

Values are minor units and the ISO 4217 code (``("1050", "USD")``), and come out as ``("10.50", "USD")``. A target with one
currency converts by the rates given; without a rate the amount is refused: it is never taken for the other currency.
"""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform
from toolkit.values.currency import exponent


def _there(values: Texts, options: Options) -> Texts | Refused:
    minor, code = values[0], values[1] or options.home
    if not minor:
        return ("", "")
    if not code:
        return Refused("The amount states no currency.")
    amount = Decimal(minor).scaleb(-exponent(code)) * (-1 if options.is_negated else 1)
    if not options.currency or options.currency == code:
        return (_written(amount, code), code)
    rate = options.rates.get(code)
    if rate is None:
        return Refused(f"There is no rate from {code} to {options.currency}.")
    return (_written(amount * Decimal(str(rate)), options.currency), options.currency)


def _back(values: Texts, options: Options) -> Texts | Refused:
    text, code = values[0], values[1] or options.currency or options.home
    if not text:
        return ("", "")
    if not code:
        return Refused("The amount states no currency.")
    try:
        minor = Decimal(text).scaleb(exponent(code))
    except InvalidOperation:
        return Refused("It is no amount.")
    return (str(int(minor.to_integral_value(ROUND_HALF_EVEN)) * (-1 if options.is_negated else 1)), code)


def _written(amount: Decimal, code: str) -> str:
    return str(amount.quantize(Decimal(1).scaleb(-exponent(code)), ROUND_HALF_EVEN))


TRANSFORM = Transform(
    "currency", "written as an amount in its currency", 2, 2, _there, _back, ("currency", "home", "rates", "is_negated")
)
