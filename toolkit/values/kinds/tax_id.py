"""Numbers of the tax office and of registers of companies, by the forms that only they have.

Source: python-stdnum for the forms; check digits are judged elsewhere (``toolkit.values.tax_id``).
"""

import re

from toolkit.values.sample import Sample

_SURE = re.compile(
    r"(?:AT ?U\d{8}|BE ?[01]?\d{9}|BG ?\d{9,10}|CY ?\d{8}[A-Z]|CZ ?\d{8,10}|DE ?\d{9}|DK ?\d{8}|EE ?\d{9}"
    r"|E[LS] ?[A-Z0-9]\d{7,8}[A-Z0-9]?"
    r"|FI ?\d{8}|FR ?[A-Z0-9]{2} ?\d{9}|GB ?(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})|HR ?\d{11}|HU ?\d{8}"
    r"|IE ?\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|IT ?\d{11}"
    r"|LT ?(?:\d{9}|\d{12})|LU ?\d{8}|LV ?\d{11}|MT ?\d{8}|NL ?\d{9}B\d{2}|NO ?\d{9}(?:MVA)?|PL ?\d{10}|PT ?\d{9}"
    r"|RO ?\d{2,10}|SE ?\d{12}"
    r"|SI ?\d{8}|SK ?\d{10}|CHE-?\d{3}\.?\d{3}\.?\d{3}(?: ?(?:MWST|TVA|IVA))?|CHE\d{9}(?:MWST|TVA|IVA)?"
    # India: GSTIN and PAN; Italy: person; Mexico: RFC; Spain: CIF and NIF; Brazil: CNPJ and CPF.
    r"|\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]|[A-Z]{5}\d{4}[A-Z]|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"
    r"|[A-Z&]{3,4}\d{6}[A-Z0-9]{3}"
    r"|[ABCDEFGHJNPQRSUVW]-?\d{7}[0-9A-J]|\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-Z]|\d{2}\.?\d{3}\.?\d{3}/\d{4}-\d{2}"
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"
    # Norway with its tax letters; the United States: employers; Germany: local office, register of trade; Hungary.
    r"|\d{9} ?MVA|\d{2}-\d{7}|\d{2,3}/\d{3}/\d{4,5}|HR[AB] ?\d{2,6}|\d{8}-\d-\d{2})"
)
_PERHAPS = re.compile(
    # Sweden, Finland, persons of the United States; Australia, France and Norway in groups; fourteen digits.
    r"\d{6}-\d{4}|\d{7}-\d|\d{3}-\d{2}-\d{4}|\d{2} \d{3} \d{3} \d{3}|\d{3} \d{3} \d{3}(?: \d{5})?|\d{3} \d{4} \d{2}|\d{14}"
)
_LUHN_LENGTHS = {9, 10, 14}


def share(sample: Sample) -> float:
    """Return how much of the values has the form of a tax or register number.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["DE136695976", "NL123456789B01", "12.345.678/0001-95", "27AAJFR0016M1Z5"]))
    1.0
    >>> share(sample_of(["SO4711"]))
    0.0
    """
    return sample.each(_fit)


def _fit(value: str) -> float:
    if not 8 <= len(value) <= 24:
        return 0.0
    upper = value.upper()
    if _SURE.fullmatch(upper):
        return 1.0 if value[0].isdigit() or value[:2].isupper() or value[1:2].isdigit() else 0.5
    bare = upper.replace(" ", "")
    if bare.isdigit() and len(bare) in _LUHN_LENGTHS and bare[0] != "0" and _is_luhn(bare):
        return 0.8 if len(bare) == 14 else 0.5
    return 0.4 if _PERHAPS.fullmatch(upper) else 0.1 if bare.isdigit() and len(bare) in {9, 11} else 0.0


def _is_luhn(digits: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        number = int(sign) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
