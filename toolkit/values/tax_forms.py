"""The forms of tax and register numbers that tell the country by themselves: its letters in front, or its own pattern.

Source: VIES (European Commission) for the numbers of the Union; python-stdnum for the others, which cites each authority.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_FORMS = {
    "AT": r"AT ?U\d{8}",
    "BE": r"BE ?[01]?\d{3}[ .]?\d{3}[ .]?\d{3}",
    "BG": r"BG ?\d{9,10}",
    "BR": r"\d{2}\.?\d{3}\.?\d{3}/\d{4}-\d{2}|\d{3}\.\d{3}\.\d{3}-\d{2}",
    "CH": r"CHE-?\d{3}\.?\d{3}\.?\d{3}(?: ?(?:MWST|TVA|IVA))?",
    "CY": r"CY ?\d{8}[A-Z]",
    "CZ": r"CZ ?\d{8,10}",
    "DE": r"DE ?\d{3} ?\d{3} ?\d{3}|\d{2,3}/\d{3}/\d{4,5}|HR[AB] ?\d{2,6}",
    "DK": r"DK ?\d{2} ?\d{2} ?\d{2} ?\d{2}",
    "EE": r"EE ?\d{9}",
    "ES": r"ES ?[A-Z0-9]\d{7}[A-Z0-9]|[ABCDEFGHJNPQRSUVW]-?\d{7}[0-9A-J]|\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-Z]",
    "FI": r"FI ?\d{8}",
    "FR": r"FR ?[A-Z0-9]{2} ?\d{3} ?\d{3} ?\d{3}",
    "GB": r"GB ?(?:\d{3} ?\d{4} ?\d{2}(?: ?\d{3})?|GD\d{3}|HA\d{3})",
    "GR": r"E[LG] ?\d{9}",
    "HR": r"HR ?\d{11}",
    "HU": r"HU ?\d{8}|\d{8}-\d-\d{2}",
    "IE": r"IE ?\d[A-Z0-9+*]\d{5}[A-Z]{1,2}",
    "IN": r"\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]|[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]",
    "IT": r"IT ?\d{11}|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]",
    "LT": r"LT ?(?:\d{9}|\d{12})",
    "LU": r"LU ?\d{8}",
    "LV": r"LV ?\d{11}",
    "MT": r"MT ?\d{8}",
    "MX": r"[A-Z&]{3,4}\d{6}[A-Z0-9]{3}",
    "NL": r"NL ?\d{3}\.?\d{3}\.?\d{3}\.?B\d{2}",
    "NO": r"NO ?\d{9}(?: ?MVA)?|\d{3} ?\d{3} ?\d{3} ?MVA",
    "PL": r"PL ?\d{10}|\d{3}-\d{3}-\d{2}-\d{2}",
    "PT": r"PT ?\d{9}",
    "RO": r"RO ?\d{5,10}",
    "SE": r"SE ?\d{12}",
    "SI": r"SI ?\d{8}",
    "SK": r"SK ?\d{10}",
    "US": r"\d{2}-\d{7}",
}  # fmt: skip
_SHORTEST, _LONGEST = 8, 24
_SPANISH_PERSON = re.compile(r"([XYZ]?)-?(\d{7,8})-?([A-Z])", re.ASCII)
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
"""Control letters of a Spanish person's number by its remainder (Orden INT/2058/2008); a date and a letter has its form."""


@cache
def tax_form() -> re.Pattern[str]:
    """Return the pattern of all the forms, for capitals.

    Examples
    --------
    >>> tax_form().fullmatch("DE136695976") is not None, tax_form().fullmatch("INV-1001")
    (True, None)
    """
    return re.compile("|".join(_FORMS.values()), re.ASCII)


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    return MappingProxyType({country: re.compile(form, re.ASCII) for country, form in _FORMS.items()})


def tax_id_country(value: str) -> str | None:
    """Return the country whose tax or register number has the form of a value; None where none has, or several.

    Examples
    --------
    >>> tax_id_country("NL123456789B01"), tax_id_country("gb 980 7806 84"), tax_id_country("12.345.678/0001-95")
    ('NL', 'GB', 'BR')
    >>> tax_id_country("12345678Z"), tax_id_country("20260105"), tax_id_country("20260805A")
    ('ES', None, None)
    """
    text = value.strip().upper()
    if not _SHORTEST <= len(text) <= _LONGEST or not tax_form().fullmatch(text):
        return None
    fits = [country for country, form in _forms().items() if form.fullmatch(text)]
    if fits == ["ES"] and not _is_spanish(text):
        return None
    return fits[0] if len(fits) == 1 else None


def _is_spanish(text: str) -> bool:
    """Return whether the control letter of a person's number is right; other numbers are taken as they are."""
    found = _SPANISH_PERSON.fullmatch(text)
    if found is None:
        return True
    first, digits, letter = found.groups()
    if len(first) + len(digits) != 8:
        return False
    number = int(f"{'XYZ'.index(first)}{digits}" if first else digits)
    return letter == _SPANISH_LETTERS[number % len(_SPANISH_LETTERS)]
