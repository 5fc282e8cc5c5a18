"""Amounts: numbers with decimals, a sign or the mark of a currency."""

from toolkit.values.kinds.number import number
from toolkit.values.sample import Sample

_MOST_DIGITS = 15
_ENOUGH, _ALIKE = 4, 0.8


def share(sample: Sample) -> float:
    """Return how much of the values is written as money is; whole numbers without a sign count for nothing.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["1.234,50", "-12", "10,50 zł", "$1,159.87", "(5.00)"])), share(sample_of(["12", "INV-1"]))
    (1.0, 0.0)
    """
    # Numbers of three and three digits of one length are no thousands, which would have some more and some less.
    are_alike = sample.count >= _ENOUGH and sample.shape_share > _ALIKE
    return sample.shaped(lambda value: _fit(value, is_of_one_length=are_alike))


def _fit(value: str, *, is_of_one_length: bool) -> float:
    found = number(value)
    if found is None or found.digits > _MOST_DIGITS or found.is_percent or found.begins_with_zero:
        return 0.0
    if found.has_currency or found.decimals == 2 or (found.has_sign and found.digits <= 9):
        return 1.0
    if found.decimals:
        # 1.234 may be thousands, 0.5 a rate and 51.5074123 a place on a map.
        return {1: 0.8, 3: 0.7, 4: 0.7}.get(found.decimals, 0.3)
    return 0.0 if not found.has_thousands else 0.3 if is_of_one_length and found.digits >= 7 else 0.8
