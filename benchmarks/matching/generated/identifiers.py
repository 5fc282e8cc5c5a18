"""Numbers with the form, and the check digits, of their country.

Source: Internal Revenue Service, prefixes of employer identification numbers; HMRC, VAT numbers (modulus 97);
Bundeszentralamt für Steuern, USt-IdNr. (ISO 7064, MOD 11,10).
"""

import random

from benchmarks.matching.generated.vocabulary import Town

_EIN_PREFIXES = ["20", "26", "27", "30", "36", "45", "46", "47", "58", "75", "81", "82", "83", "84", "85", "94"]


def phone_digits(dice: random.Random, town: Town) -> str:
    """Return a national number: of the US 10 digits, of GB and DE with the leading 0 of its dialling code."""
    code = town.dial_codes[int(dice.random() * len(town.dial_codes))]
    if town.country == "US":
        return f"{code}{200 + int(dice.random() * 799)}{int(dice.random() * 10_000):04d}"
    length = 11 - len(code) if town.country == "GB" else 7
    return f"{code}{2 + int(dice.random() * 7)}{int(dice.random() * 10 ** (length - 1)):0{length - 1}d}"


def tax_id(dice: random.Random, country: str) -> str:
    """Return a valid tax number of a country, as its authority writes it."""
    if country == "US":
        prefix = _EIN_PREFIXES[int(dice.random() * len(_EIN_PREFIXES))]
        return f"{prefix}-{int(dice.random() * 10_000_000):07d}"
    if country == "GB":
        stem = f"{1_000_000 + int(dice.random() * 8_999_999)}"
        total = sum(int(digit) * weight for digit, weight in zip(stem, range(8, 1, -1), strict=True))
        return f"GB{stem}{97 - total % 97:02d}"
    stem = f"{10_000_000 + int(dice.random() * 89_999_999)}"
    product = 10
    for digit in stem:
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    return f"DE{stem}{(11 - product) % 10}"
