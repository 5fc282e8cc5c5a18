"""Postcodes: written one way per country, and judged against the country's pattern.

Countries without postcodes, or whose pattern is not here, are not judged: silence is better than a false alarm.

Source: Universal Postal Union, addressing systems by country; Royal Mail programmers' guide (United Kingdom).
"""

import re
from collections.abc import Sequence
from functools import cache

_PATTERNS = {
    "US": r"\d{5}(-?\d{4})?",
    "PR": r"\d{5}(-?\d{4})?",
    "CA": r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d",
    "GB": r"(GIR ?0AA|[A-PR-UWYZ](\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?) ?\d[ABD-HJLNP-UW-Z]{2})",
    "IE": r"([AC-FHKNPRTV-Y]\d\d|D6W) ?[0-9AC-FHKNPRTV-Y]{4}",
    "NL": r"[1-9]\d{3} ?[A-Z]{2}",
    "PT": r"\d{4}(-?\d{3})?",
    "PL": r"\d{2}-?\d{3}",
    "SE": r"(SE-?)?\d{3} ?\d{2}",
    "CZ": r"\d{3} ?\d{2}",
    "SK": r"\d{3} ?\d{2}",
    "GR": r"\d{3} ?\d{2}",
    "BR": r"\d{5}-?\d{3}",
    "JP": r"\d{3}-?\d{4}",
    "LU": r"(L-?)?\d{4}",
    "LV": r"(LV-?)?\d{4}",
    "LT": r"(LT-?)?\d{5}",
    "AT": r"(A-)?\d{4}",
    "CH": r"(CH-)?\d{4}",
    "BE": r"(B-)?\d{4}",
    "DK": r"(DK-)?\d{4}",
    "DE": r"(D-)?\d{5}",
    "FR": r"(F-)?\d{5}",
    "IT": r"(I-)?\d{5}",
    "FI": r"(FI-)?\d{5}",
    "MT": r"[A-Z]{3} ?\d{4}",
    "IN": r"[1-9]\d{2} ?\d{3}",
    **dict.fromkeys(("AU", "NZ", "NO", "HU", "BG", "SI", "ZA", "CY", "PH"), r"\d{4}"),
    **dict.fromkeys(("ES", "MX", "EE", "HR", "TR", "MY", "TH", "ID", "KR", "UA"), r"\d{5}"),
    **dict.fromkeys(("SG", "CN", "RO", "RU", "VN", "CO"), r"\d{6}"),
}

# A spreadsheet takes the zeros in front away.
_LENGTH_WITH_ZEROS = {"US": 5, "DE": 5, "FR": 5, "IT": 5, "ES": 5, "MX": 5, "FI": 5, "AU": 4}

_LONGEST = 20

_SPACED_BEFORE_LAST_THREE = ("GB", "CA")


def standardised(values: Sequence[str | None], *, country: str | None = None) -> list[str | None]:
    """Return postcodes for comparing: capitals, no blanks and hyphens, US ones cut to five digits.

    Examples
    --------
    >>> standardised(["sw1a 1aa", "60614-2203", " ", None], country="US")
    ['SW1A1AA', '60614', None, None]
    """
    result: list[str | None] = []
    for value in values:
        compact = re.sub(r"[\s-]+", "", value).upper() if value else ""
        if country == "US" and re.fullmatch(r"\d{9}", compact):
            compact = compact[:5]
        result.append(compact or None)
    return result


def judged(values: Sequence[str | None], *, country: str | None) -> list[str | None]:
    """Return for every value null when it is missing, fine or cannot be judged, else the reason why it is wrong.

    Parameters
    ----------
    values
        Postcodes as written, all of one country.
    country
        Two-letter ISO code; null: nothing is judged.

    Examples
    --------
    >>> judged(["60614", "6061", None, "60614-220"], country="US")
    [None, 'A postcode of US is not written so: its zero in front is missing.', None, 'A postcode of US is not written so.']
    """
    pattern = postcode_pattern(country)
    if pattern is None:
        return [None] * len(values)
    return [_reason(value, pattern, country or "") for value in values]


def suggested(value: str, *, country: str | None) -> str | None:
    """Return the postcode that was probably meant, or null.

    Examples
    --------
    >>> suggested("2139", country="US"), suggested("SW1A1AA", country="GB"), suggested("ABC", country="US")
    ('02139', None, None)
    """
    pattern = postcode_pattern(country)
    if pattern is None or pattern.fullmatch(value.strip().upper()):
        return None
    trimmed = value.strip().upper()
    padded = trimmed.zfill(_LENGTH_WITH_ZEROS.get(country or "", 0))
    if trimmed.isdigit() and padded != trimmed and pattern.fullmatch(padded):
        return padded
    compact = re.sub(r"[^A-Z0-9]+", "", trimmed)
    if country in _SPACED_BEFORE_LAST_THREE:
        # O and I stand where only a digit may: in front of the last two letters.
        repaired = compact[:-3] + compact[-3:-2].translate(str.maketrans("OI", "01")) + compact[-2:]
        spaced = f"{repaired[:-3]} {repaired[-3:]}"
        return spaced if pattern.fullmatch(spaced) else None
    return compact if compact != trimmed and pattern.fullmatch(compact) else None


def is_checkable(country: str | None) -> bool:
    """Return whether postcodes of the country can be judged.

    Examples
    --------
    >>> is_checkable("US"), is_checkable("HK"), is_checkable(None)
    (True, False, False)
    """
    return country in _PATTERNS


@cache
def postcode_pattern(country: str | None) -> re.Pattern[str] | None:
    """Return the pattern of a country's postcodes, for capitals; None for a country that is not here.

    Examples
    --------
    >>> postcode_pattern("PL").fullmatch("00-950") is not None, postcode_pattern("HK")
    (True, None)
    """
    pattern = _PATTERNS.get(country or "")
    return None if pattern is None else re.compile(pattern, re.ASCII)


def _reason(value: str | None, pattern: re.Pattern[str], country: str) -> str | None:
    trimmed = (value or "").strip().upper()
    if not trimmed or (len(trimmed) <= _LONGEST and pattern.fullmatch(trimmed)):
        return None
    length = _LENGTH_WITH_ZEROS.get(country, 0)
    if trimmed.isdigit() and len(trimmed) == length - 1:
        return f"A postcode of {country} is not written so: its zero in front is missing."
    return f"A postcode of {country} is not written so."
