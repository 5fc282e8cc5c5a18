"""States and countries of a record that is entered, in the writing of the list that it goes into: one list, one spelling."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from toolkit.plan.cell_texts import Row
from toolkit.values.cells import each_text
from toolkit.values.country import country_code, country_name
from toolkit.values.region import REGION_CODES, region
from toolkit.values.region_names import region_codes_of

_COUNTRIES = ("US", "CA")
"""Countries whose addresses hold a state, by its code or by its name."""
_SMALL = frozenset({"of", "and"})
_ELSEWHERE = frozenset({"western australia", "northern territory"})
"""Names of places elsewhere that share a code with a state."""


@dataclass(frozen=True, slots=True)
class PlacesThere:
    """How the records of a list write places; made by `places_there`.

    ``states`` and ``countries`` hold by code how often it is written how.
    """

    states: Mapping[str, Counter[str]]
    countries: Mapping[str, Counter[str]]

    def written(self, values: Row) -> Row:
        """Return the values of a record with its state and country as the list mostly writes them.

        A state is only written otherwise where the country, if one is named, is one whose states are known.

        Examples
        --------
        >>> there = places_there(["IL", "TX", "Ohio"], ["USA", "USA", None])
        >>> there.written({"region": "Illinois", "country": "United States"})
        {'region': 'IL', 'country': 'USA'}
        >>> places_there(["Illinois", "Ohio"], [None, None]).written({"region": "TX", "country": "US"})
        {'region': 'Texas', 'country': 'US'}
        >>> there.written({"region": "Bayern", "country": "Germany"})
        {'region': 'Bayern', 'country': 'Germany'}
        """
        found = dict(values)
        state, country = values.get("region"), values.get("country")
        home = country_code(country) if country else None
        if state and (not country or home in _COUNTRIES):
            found["region"] = self._state(state, home)
        if country and home:
            found["country"] = _mostly(self.countries, home, country_name) or country
        return found

    def _state(self, value: str, home: str | None) -> str:
        code = (region(value) or "").upper()
        known = [one for one in _COUNTRIES if code in region_codes_of()[one] and home in {one, None}]
        if not known:
            return value
        # A code without a country may be that of another country's state: only what surely is its name is written.
        if home is None and len(value) <= len(code):
            return value.upper() if _mostly(self.states, code, _name) == code else value
        return _mostly(self.states, code, _name) or value


def places_there(regions: Sequence[str | None], countries: Sequence[str | None]) -> PlacesThere:
    """Return how a list writes places.

    Parameters
    ----------
    regions, countries
        Of its records, as they stand there.
    """
    codes: list[str | None] = each_text(pa.array(countries, pa.string()), country_code).to_pylist()
    found: list[str | None] = each_text(pa.array(regions, pa.string()), region).to_pylist()
    states = [
        one.upper() if one and (country is None or code in _COUNTRIES) and _is_state(one.upper()) else None
        for one, country, code in zip(found, countries, codes, strict=True)
    ]
    return PlacesThere(_counted(states, regions), _counted(codes, countries))


def _counted(codes: Iterable[str | None], values: Iterable[str | None]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for code, value in zip(codes, values, strict=True):
        if code and value:
            found.setdefault(code, Counter())[value] += 1
    return found


def _mostly(there: Mapping[str, Counter[str]], code: str, name_of: Callable[[str], str | None]) -> str | None:
    """Return how a list writes one place: as code or by its name, where it mostly does so; else as this one mostly is."""
    total = sum(one.total() for one in there.values())
    if 2 * sum(writings[one] for one, writings in there.items()) > total:
        return code
    own = there.get(code, Counter())
    usual = next((writing for writing, count in own.items() if 2 * count > own.total()), None)
    names = sum(writings[name_of(one) or ""] for one, writings in there.items())
    return usual or (name_of(code) if 2 * names > total else None)


def _is_state(code: str) -> bool:
    return any(code in region_codes_of()[one] for one in _COUNTRIES)


def _name(code: str) -> str:
    """Return the name of a state of the United States or Canada."""
    names = [name for name, one in REGION_CODES.items() if one.upper() == code and name not in _ELSEWHERE]
    return " ".join(word if word in _SMALL else word.capitalize() for word in names[0].split())
