"""Numbers of the tax office and of registers of companies, by the forms that only they have.

Source: python-stdnum for the forms; check digits are judged elsewhere (``toolkit.values.tax_id``).
"""

import re

from toolkit.values.sample import Sample
from toolkit.values.tax_forms import tax_form

_PERHAPS = re.compile(
    # Sweden, Finland, persons of the United States; Australia, France and Norway in groups; fourteen digits.
    r"\d{6}-\d{4}|\d{7}-\d|\d{3}-\d{2}-\d{4}|\d{2} \d{3} \d{3} \d{3}|\d{3} \d{3} \d{3}(?: \d{5})?|\d{3} \d{4} \d{2}|\d{14}"
)
_MOST_CHECKED = 12
"""Check digits are not of the shape: so many of it are tried."""
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
    return sample.shaped(_fit, most=_MOST_CHECKED)


def _fit(value: str) -> float:
    if not 8 <= len(value) <= 24:
        return 0.0
    upper = value.upper()
    if tax_form().fullmatch(upper):
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
