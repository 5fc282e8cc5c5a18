"""Whole numbers: counts, quantities, ids of digits."""

from toolkit.values.kinds.number import number
from toolkit.values.sample import Sample


def share(sample: Sample) -> float:
    """Return the share of whole numbers, without marks of currency or percent.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["12", "1,204", "-3", "007"])), share(sample_of(["12.50", "12 %", "A1"]))
    (1.0, 0.0)
    """
    return sample.shaped(_fit, with_codes=False)


def _fit(value: str) -> float:
    if value.isdigit():
        return 1.0
    found = number(value)
    return 1.0 if found and not (found.decimals or found.has_currency or found.is_percent) else 0.0
