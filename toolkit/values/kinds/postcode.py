"""Postcodes of many countries; plain digits, which may be anything, count for less than letters and groups."""

import re
from functools import cache

from toolkit.values.postcode import postcode_pattern
from toolkit.values.sample import Sample

_COUNTRY_LETTERS = frozenset(["A", "B", "D", "F", "I", "L", "AT", "CH", "DE", "DK", "FI", "LT", "LU", "LV", "SE"])
_SURE_FORMS = ("GB", "CA", "NL", "IE", "BR", "PL", "PT", "SE", "US")


def share(sample: Sample) -> float:
    """Return how much of the values is written as a postcode is somewhere.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["SW1A 1AA", "M1 2AB"])), share(sample_of(["60614", "94110-2203"])), share(sample_of(["1.50"]))
    (1.0, 0.8, 0.0)
    """
    return sample.shaped(_fit)


def _fit(value: str) -> float:
    if len(value) > 10:
        return 0.0
    upper = value.upper()
    if upper.isdigit():
        return {4: 0.4, 5: 0.6, 6: 0.3}.get(len(upper), 0.0)
    before, hyphen, digits = upper.partition("-")
    if hyphen and before in _COUNTRY_LETTERS:
        return 0.9 if digits.isdigit() and len(digits) in {4, 5} else 0.0
    found = _forms().fullmatch(upper)
    return 0.0 if found is None else 0.7 if found["JP"] else 1.0


@cache
def _forms() -> re.Pattern[str]:
    """Return the pattern of the forms that plain digits have not, each under the name of its country."""
    patterns = {country: postcode_pattern(country) for country in (*_SURE_FORMS, "JP")}
    return re.compile(
        "|".join(f"(?P<{country}>{pattern.pattern})" for country, pattern in patterns.items() if pattern), re.ASCII
    )
