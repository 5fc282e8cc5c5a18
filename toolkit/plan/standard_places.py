"""Countries, regions and postcodes in the writing of their system or country; what is not surely a place is left alone."""

import re
from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.country import country_code, country_name
from toolkit.values.postcode import postcode_pattern
from toolkit.values.region import region
from toolkit.values.text import word_set

_STATES = {
    "US": word_set(
        """
        al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
        sc sd tn tx ut vt va wa wv wi wy dc pr
        """
    ),
    "CA": word_set("on qc bc ab mb sk ns nb nl pe nt nu yt"),
}
_ZERO_STATES = word_set("ct ma me nh nj pr ri vt")
"""States of the US whose postcodes begin with a zero, which a spreadsheet drops."""
_SPACED = ("GB", "CA")


def country_codes(countries: pa.StringArray, home_country: str | None) -> list[str | None]:
    """Return the country of each record, the home country where it names none; None for what is no country.

    Examples
    --------
    >>> country_codes(pa.array(["USA", None, "Mars"]), "US")
    ['US', 'US', None]
    """
    codes = each_text(countries, country_code).to_pylist()
    return [home_country if name is None else code for name, code in zip(countries.to_pylist(), codes, strict=True)]


def common_countries(values: list[str | None], _rows: list[int]) -> list[str | None]:
    """Return countries as most of them are written: all as codes, all by their English names, or each as it mostly stands.

    Parameters
    ----------
    values
        Of one stream, as written.

    Examples
    --------
    >>> common_countries(["DE", "US", "FR", "Germany"], [])
    ['DE', 'US', 'FR', 'DE']
    >>> common_countries(["USA", "USA", "U.S.A.", "Germany"], []), common_countries(["USA", "United States"], [])
    (['USA', 'USA', 'USA', 'Germany'], ['USA', 'United States'])
    """
    codes: list[str | None] = each_text(pa.array(values, pa.string()), country_code).to_pylist()
    known = [(value, code) for value, code in zip(values, codes, strict=True) if value and code]
    if _is_most(sum(value == code for value, code in known), len(known)):
        return codes
    if _is_most(sum(value == country_name(code) for value, code in known), len(known)):
        return [country_name(code) if code else None for code in codes]
    return _as_mostly_written(values, codes)


def common_regions(values: list[str | None], countries: Sequence[str | None]) -> list[str | None]:
    """Return states and provinces as most of them are written: all as codes, or each as it mostly stands.

    Parameters
    ----------
    values
        Of one stream, as written.
    countries
        Codes of the countries they are in; only those of the United States and Canada are known.

    Examples
    --------
    >>> common_regions(["IL", "Illinois", "TX"], ["US"] * 3), common_regions(["WA", "Washington"], ["AU", "AU"])
    (['IL', 'IL', 'TX'], [None, None])
    """
    found = each_text(pa.array(values, pa.string()), region).to_pylist()
    codes = [
        code.upper() if code and code in _STATES.get(country or "", ()) else None
        for code, country in zip(found, countries, strict=True)
    ]
    known = [(value, code) for value, code in zip(values, codes, strict=True) if code]
    if _is_most(sum(value == code for value, code in known), len(known)):
        return codes
    return _as_mostly_written(values, codes)


def standard_postcode(value: str, country: str | None, state: str | None) -> str | None:
    """Return a postcode as its country writes it; None where that is not certain.

    Parameters
    ----------
    value
        As written.
    country, state
        Code of the country, and the state as written: a lost zero is put back only where the state's postcodes have one.

    Examples
    --------
    >>> standard_postcode("2139", "US", "MA"), standard_postcode("2139", "US", "IL")
    ('02139', None)
    >>> standard_postcode("sw1a1aa", "GB", None)
    'SW1A 1AA'
    """
    pattern = postcode_pattern(country)
    if pattern is None:
        return None
    compact = re.sub(r"\s+", "", value).upper()
    candidates = [" ".join(value.split()).upper(), compact]
    if country in _SPACED:
        candidates.insert(0, f"{compact[:-3]} {compact[-3:]}")
    if country == "US":
        if re.fullmatch(r"\d{9}", compact):
            candidates.insert(0, f"{compact[:5]}-{compact[5:]}")
        if re.fullmatch(r"\d{4}", compact) and state and region(state) in _ZERO_STATES:
            candidates.insert(0, f"0{compact}")
    return next((one for one in candidates if pattern.fullmatch(one)), None)


def _as_mostly_written(values: Sequence[str | None], codes: Sequence[str | None]) -> list[str | None]:
    """Return each place as more than half of the cells that name it write it; None where none does."""
    counted: dict[str, Counter[str]] = {}
    for value, code in zip(values, codes, strict=True):
        if value and code:
            counted.setdefault(code, Counter())[value] += 1
    # At most one writing has more than half.
    usual = {
        code: writing
        for code, writings in counted.items()
        for writing, count in writings.items()
        if _is_most(count, writings.total())
    }
    return [usual.get(code or "") or (value if code else None) for value, code in zip(values, codes, strict=True)]


def _is_most(count: int, of: int) -> bool:
    return 2 * count > of
