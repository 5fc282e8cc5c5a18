"""Telephone numbers, by how they are written: calling code, brackets, groups, a zero in front.

Source: ITU-T E.123 (notation of national and international numbers) and E.164 (at most fifteen digits).
"""

import re

from toolkit.values.sample import Sample

_SIGNS = re.compile(
    r"(?:tel\.?:? ?|[mtfp][:.] ?)?(\+?[0-9(][0-9 ()./\u2013\u00a0-]*[0-9])((?: ?(?:x|ext\.?|#|/|;|,|or) ?.{1,25})?)",
    re.IGNORECASE,
)
_ENOUGH, _ALIKE = 4, 0.8
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}|\d{4}-\d{2}-\d{2}.*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0]\d{3})+(?:\.\d{1,2})?|\d+\.\d{1,4}")
_TAX = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}|\d{2}-\d{7}|\d{3}-\d{2}-\d{4}")
_GROUPED_WELL = re.compile(
    r"[2-9]\d{2}[ ./-]\d{3}[ .-]\d{4}|1[ .-]\d{3}[ .-]\d{3}[ .-]\d{4}|\d{4} \d{3} \d{3}|\d{5} \d{5}|\d{2}(?: \d{2}){3}"
)


def share(sample: Sample) -> float:
    """Return how much of the values is written as numbers to dial; digits without any sign count for little.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["+44 20 7946 0958", "(415) 555-2671"])), share(sample_of(["2026-01-05", "1.234.567"]))
    (1.0, 0.0)
    """
    # Groups of three digits are thousands, unless all numbers have as many.
    are_alike = sample.count >= _ENOUGH and sample.shape_share > _ALIKE
    return sample.shaped(lambda value: _fit(value, is_of_one_length=are_alike))


def _fit(value: str, *, is_of_one_length: bool) -> float:  # noqa: PLR0911 - a ladder of notations
    found = _SIGNS.fullmatch(value)
    if not found:
        return 0.0
    number = found.group(1)
    digits = sum(map(str.isdigit, number))
    if not 6 <= digits <= 16 or _DATE.fullmatch(number) or _TAX.fullmatch(number):
        return 0.0
    if number[0] in "+(" or number.startswith("00 "):
        return 1.0 if digits >= 7 else 0.5
    if _THOUSANDS.fullmatch(number):
        return 0.6 if is_of_one_length and digits == 9 and number[3] == " " else 0.0
    has_groups = digits < len(number)
    if number[0] == "0" and digits >= 8:
        # 0044..., 0171...; ids with zeros in front are longer or shorter, or have many zeros.
        return 0.9 if has_groups else 0.5 if digits in {10, 11} and not number.startswith("000") else 0.1
    if _GROUPED_WELL.fullmatch(number):
        return 0.9
    if not has_groups:
        return 0.4 if digits == 10 and number[0] in "6789" else 0.15 if 8 <= digits <= 11 else 0.02
    return 0.4 if 7 <= digits <= 13 else 0.1
