"""Currencies: ISO 4217 codes, how many decimals each has, and the signs people write for them.

Source: ISO 4217 list of current currencies, with the four withdrawn since 2023 that ledgers still hold (ANG, CUC, HRK, SLL).
"""

from collections.abc import Iterable, Sequence

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN
BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF
YER ZAR ZMW ZWG
"""

CURRENCIES = frozenset(_CODES.split())
"""Codes of money that is used; metals, funds and test codes are left out."""

_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = {**dict.fromkeys(_WITHOUT_DECIMALS.split(), 0), **dict.fromkeys(_WITH_THREE_DECIMALS.split(), 3)}

_SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "฿": "THB",
          "₫": "VND", "₴": "UAH", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
          "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN"}  # fmt: skip

_AMBIGUOUS_SIGNS = {
    "$": {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "CL": "CLP",
          "CO": "COP", "AR": "ARS", "TW": "TWD"},
    "kr": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "¥": {"JP": "JPY", "CN": "CNY"},
}  # fmt: skip


def exponent(currency: str) -> int:
    """Return how many decimals the currency has: 2 for most, 0 for JPY, 3 for KWD.

    Examples
    --------
    >>> exponent("USD"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return _EXPONENTS.get(currency, 2)


def currency_code(text: str | None, *, country: str | None = None) -> str | None:
    """Return the ISO 4217 code that ``text`` stands for; null when it stands for none or for several.

    Parameters
    ----------
    text
        A code in any case, or a sign.
    country
        Two-letter country, which decides between the dollars, crowns and yens.

    Examples
    --------
    >>> currency_code("usd"), currency_code("£"), currency_code("$"), currency_code("$", country="CA")
    ('USD', 'GBP', None, 'CAD')
    """
    if text is None:
        return None
    trimmed = text.strip()
    if trimmed.upper() in CURRENCIES:
        return trimmed.upper()
    signed = _SIGNS.get(trimmed) or _SIGNS.get(trimmed.upper())
    if signed is not None:
        return signed
    return _AMBIGUOUS_SIGNS.get(trimmed.lower(), {}).get(country or "")


def standardised(values: Iterable[str | None], *, country: str | None = None) -> list[str | None]:
    """Return the ISO code of every value, null where there is none.

    Examples
    --------
    >>> standardised(["eur", "€", None, "dollars"])
    ['EUR', 'EUR', None, None]
    """
    known: dict[str | None, str | None] = {None: None}
    result = []
    for value in values:
        if value not in known:
            known[value] = currency_code(value, country=country)
        result.append(known[value])
    return result


def judged(values: Sequence[str | None], *, country: str | None = None) -> list[str | None]:
    """Return for every value null when it is missing or an ISO 4217 code in capitals, else the reason why it is not.

    Examples
    --------
    >>> judged(["USD", "UDS", "usd", None])
    [None, 'This is no currency code.', 'The currency code is USD.', None]
    """
    reasons: list[str | None] = []
    for value, code in zip(values, standardised(values, country=country), strict=True):
        if value is None or not value.strip() or value == code:
            reasons.append(None)
        elif code is None:
            reasons.append("This is no currency code.")
        else:
            reasons.append(f"The currency code is {code}.")
    return reasons
