"""Currencies: ISO 4217 codes, how many decimals each has, and the signs people write for them.

Source: ISO 4217 list of current currencies, with the four withdrawn since 2023 that ledgers still hold (ANG, CUC, HRK, SLL).
"""

import re
from collections.abc import Iterable, Sequence

from toolkit.values.currency_words import codes_by_name, codes_by_sign, country_currencies, sign_key

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN
BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF
YER ZAR ZMW ZWG CLF
"""

CURRENCIES = frozenset(_CODES.split())
"""Codes of money that is used, with Chile's unit of account (CLF), in which contracts and invoices are written; metals,
funds and test codes are left out."""

_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = {**dict.fromkeys(_WITHOUT_DECIMALS.split(), 0), **dict.fromkeys(_WITH_THREE_DECIMALS.split(), 3), "CLF": 4}

# One meaning wherever they stand, by ``sign_key`` in small letters.
_SIGNS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gb£": "GBP", "uk£": "GBP", "sterling": "GBP", "zł": "PLN",
    "złoty": "PLN", "złotych": "PLN", "₹": "INR", "₩": "KRW", "₽": "RUB", "\u0440\u0443\u0431": "RUB", "₺": "TRY",
    "₪": "ILS", "nis": "ILS",
    "฿": "THB", "₫": "VND", "₴": "UAH", "грн": "UAH", "us$": "USD", "$us": "USD", "u$s": "USD", "c$": "CAD", "ca$": "CAD",
    "cad$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "reais": "BRL",
    "mx$": "MXN", "nt$": "TWD", "rmb": "CNY", "kč": "CZK", "kčs": "CZK", "korun": "CZK", "ft": "HUF", "lei": "RON",
    "лв": "BGN", "sfr": "CHF", "chf": "CHF", "₱": "PHP", "₦": "NGN", "₵": "GHS", "gh₵": "GHS", "ksh": "KES", "kshs": "KES",
    "rm": "MYR", "rp": "IDR", "kd": "KWD", "bd": "BHD", "jd": "JOD", "dhs": "AED", "s/": "PEN", "b/": "PAB",
    "₡": "CRC", "₲": "PYG", "uf": "CLF", "dkr": "DKK", "nkr": "NOK", "skr": "SEK", "yen": "JPY", "rand": "ZAR",
}  # fmt: skip

_CROWNS = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "FO": "DKK", "GL": "DKK"}
_RUPEES = {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SC": "SCR"}
_DOLLARS = {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "CL": "CLP",
            "CO": "COP", "AR": "ARS", "TW": "TWD"}  # fmt: skip
_FRANCS = {"CH": "CHF", "LI": "CHF"}
_BOLIVARS = {"VE": "VES", "BO": "BOB"}
_YEN = {"JP": "JPY", "CN": "CNY"}
_AMBIGUOUS_SIGNS = {
    **dict.fromkeys(("$", "dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("kr", "krona", "kronor", "krone", "kroner"), _CROWNS),
    **dict.fromkeys(("¥", "￥"), _YEN),
    **dict.fromkeys(("rs", "rupee", "rupees"), _RUPEES),
    **dict.fromkeys(("fr", "franc", "francs", "franken"), _FRANCS),
    "bs": _BOLIVARS,
}

_LONGEST_SIGN = 40
_IN_BRACKETS = re.compile(
    r"^(?P<plain>.*\S)\s*[(\[]\s*(?:(?:in|en|em|w|v|i)\s+)?(?P<sign>[^()\[\]\d]{1,20}?)\s*[)\]]$", re.IGNORECASE
)
_AT_END = re.compile(r"^(?P<plain>.*\S?)(?:[\s,:/_-]+)(?P<sign>[^\s,:/_\d-]{1,6})$")
_AT_START = re.compile(r"^(?P<sign>[^\s,:/_\d-]{1,4})[\s_]+(?P<plain>\S.*)$")
_GLUED = re.compile(r"^(?P<plain>.*[a-z])(?P<sign>[A-Z]{3})$")
_BEFORE_SIGN = re.compile(r"[\s,:/_-]+(?:in|en|em|w|v|i)?$|[\s,:/_-]+$", re.IGNORECASE)
WORD_CODES = frozenset({"ALL", "TOP", "CUP", "PEN", "SOS"})
"""Codes that are words of headers, too ("Total ALL", "Top"): they count in brackets only."""

_NATIVE = frozenset({"zł", "Kč", "kr", "kr.", "Kr.", "Euro", "EURO", "euro", "Euros", "lei", "Lei", "Rs", "Rs."})


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
    if text is None or len(text) > _LONGEST_SIGN:
        return None
    trimmed = text.strip()
    if trimmed.upper() in CURRENCIES:
        return trimmed.upper()
    key = sign_key(trimmed)
    small = key.lower()
    if not key or small in _SIGNS:
        return _SIGNS.get(small)
    if small in _AMBIGUOUS_SIGNS:
        return _local(frozenset(_AMBIGUOUS_SIGNS[small].values()), country)
    return _rare_code(trimmed, key, country)


def is_currency_sign(text: str, *, country: str | None = None) -> bool:
    """Return whether ``text`` is a sign, code or name of money, be it of several currencies.

    Examples
    --------
    >>> is_currency_sign("$"), is_currency_sign("Rs."), is_currency_sign("kg")
    (True, True, False)
    """
    return sign_key(text).lower() in _AMBIGUOUS_SIGNS or currency_code(text, country=country) is not None


def may_mean(text: str, code: str) -> bool:
    """Return whether a sign, code or name can stand for a currency, in one country or another.

    Examples
    --------
    >>> may_mean("$", "CAD"), may_mean("€", "EUR"), may_mean("kr", "EUR")
    (True, True, False)
    """
    key = sign_key(text)
    local = _AMBIGUOUS_SIGNS.get(key.lower(), {}).values()
    return currency_code(text) == code or code in local or code in codes_by_sign().get(key, ())


def header_currency(header: str, *, country: str | None = None) -> tuple[str, str | None]:
    """Return a header without its currency, and the currency; the header as it is where it names none.

    Parameters
    ----------
    header
        Header of a column of amounts.
    country
        Two-letter country, for a sign such as "$".

    Examples
    --------
    >>> [header_currency(header) for header in ("Total (€)", "Betrag in EUR", "amount_usd", "Amount")]
    [('Total', 'EUR'), ('Betrag', 'EUR'), ('amount', 'USD'), ('Amount', None)]
    """
    text = header.strip()
    found = _IN_BRACKETS.match(text)
    if found is not None:
        sign = found["sign"]
        is_money = not sign.isalpha() or sign.isupper() or sign in _NATIVE or sign == "Ft" or len(sign) > 3
        code = currency_code(sign, country=country) if is_money else None
        return (found["plain"], code) if code else (header, None)
    for pattern in (_AT_END, _GLUED, _AT_START):
        found = pattern.match(text)
        plain = _BEFORE_SIGN.sub("", found["plain"]) if found else ""
        if found is not None and plain and _is_bare_sign(found["sign"], is_snake="_" in text):
            code = currency_code(found["sign"], country=country)
            if code is not None:
                return plain, code
    return header, None


def _is_bare_sign(sign: str, *, is_snake: bool) -> bool:
    """Return whether a word of a header, outside brackets, can be a currency: a code in capitals or a sign."""
    if sign.upper() in CURRENCIES:
        return sign.upper() not in WORD_CODES and (sign.isupper() or (is_snake and sign.islower()))
    return not sign.isalpha() or sign in _NATIVE


def _local(codes: frozenset[str], country: str | None) -> str | None:
    """Return the one of several currencies that a country has."""
    if not country:
        return None
    own = codes & country_currencies(country)
    return min(own) if len(own) == 1 else None


def _rare_code(text: str, key: str, country: str | None) -> str | None:
    """Return the code by the signs and names of all languages."""
    codes = codes_by_name().get(text.casefold(), frozenset()) or codes_by_sign().get(key, frozenset())
    codes &= CURRENCIES
    # "12 K" and "5 m" are thousands and metres, but where the country's money has that letter.
    if len(codes) == 1 and not (len(key) <= 2 and key.isascii() and key.isalpha()):
        return min(codes)
    return _local(codes, country)


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
