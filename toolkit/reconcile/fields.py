"""Whether two values of a party's field say the same: as written, but for formatting, or not.

Legal form, case, punctuation, phone format, blanks in postcodes, short forms of street words and state codes are
formatting. A filler ("n/a") is a missing value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import pyarrow as pa

from toolkit.values import address, company_name, country, domain, email, person_name, phone, region, tax_id
from toolkit.values.placeholder import without_placeholders
from toolkit.values.text import each_distinct, words

COMPARED_COLUMNS = ("name", "email", "phone", "website", "street", "city", "region", "postcode", "country", "tax_id")

Verdict = Literal["equal", "formatting", "different", "missing_l", "missing_r"]
Standard = frozenset[str]


class Fields:
    """The compared fields of a table of parties, standardised once per distinct value."""

    def __init__(self, parties: pa.Table, *, home_country: str | None = None) -> None:
        self._row_of = {key: row for row, key in enumerate(parties["record_key"].to_pylist())}
        self.kind: list[str] = parties["kind"].to_pylist()
        self._written: dict[str, list[str | None]] = {
            column: without_placeholders(parties[column].to_pylist()) for column in COMPARED_COLUMNS
        }
        self._standard = {column: _standards(column, values, home_country) for column, values in self._written.items()}
        self._unit = [None if one is None else _unit(one) for one in self._written["street"]]

    def row(self, record_key: str) -> int:
        """Return the row of a record."""
        return self._row_of[record_key]

    def written(self, column: str, row: int) -> str | None:
        """Return a value as written; null for a filler."""
        return self._written[column][row]

    def verdict(self, column: str, row_l: int, row_r: int) -> Verdict | None:
        """Return how a field of two records compares; null where neither side has a value."""
        left, right = self._written[column][row_l], self._written[column][row_r]
        if left is None and right is None:
            return None
        if left is None:
            return "formatting" if self._is_in_address(column, row_r, row_l) else "missing_l"
        if right is None:
            return "formatting" if self._is_in_address(column, row_l, row_r) else "missing_r"
        if left == right:
            return "equal"
        return "formatting" if self._is_same(column, row_l, row_r) else "different"

    def _is_same(self, column: str, row_l: int, row_r: int) -> bool:
        standard_l, standard_r = self._standard[column][row_l], self._standard[column][row_r]
        if standard_l & standard_r:
            unit_l, unit_r = self._unit[row_l], self._unit[row_r]
            return column != "street" or not unit_l or not unit_r or unit_l == unit_r
        return column == "street" and (self._holds(row_l, row_r) or self._holds(row_r, row_l))

    def _is_in_address(self, column: str, row_with: int, row_without: int) -> bool:
        """Whether the value stands in the other record's street cell, which then holds the whole address."""
        if column not in {"city", "region", "postcode"}:
            return False
        cell = self._written["street"][row_without]
        value = self._written[column][row_with]
        if not cell or not value:
            return False
        forms = {" ".join(words(value)), *self._standard[column][row_with]}
        forms |= {name for name, code in region.REGION_CODES.items() if column == "region" and code in forms}
        whole = f" {' '.join(words(cell))} "
        return any(f" {form} " in whole for form in forms)

    def _holds(self, row_whole: int, row_street: int) -> bool:
        """Whether one street cell is a whole address that begins with the other's street line."""
        if any(self._written[column][row_whole] for column in ("city", "postcode")):
            return False
        whole, line = self._standard["street"][row_whole], self._standard["street"][row_street]
        return any(f" {two} " in f" {one} " for one in whole for two in line)


def _standards(column: str, values: Sequence[str | None], home_country: str | None) -> list[Standard]:
    """Return for each value the forms of which one must be shared by a value that says the same."""
    if column == "name":
        pairs = zip(
            _as_list(company_name.standardised, values),
            _as_list(person_name.standardised, values),
            strict=True,
        )
        return [_forms(company.replace("|", "\n").split("\n") if company else [], [person]) for company, person in pairs]
    if column == "phone":
        return [_forms([one]) for one in phone.standardised(pa.array(values, pa.string()), country=home_country).to_pylist()]
    if column == "country":
        return [
            _forms([code, " ".join(words(one)) if one else None])
            for code, one in zip(country.standardised(values), values, strict=True)
        ]
    if column == "street":
        lines = [re.split(r"[\n,]", one.strip())[0] if one else None for one in values]
        pairs = zip(*(_as_list(address.standardised, one) for one in (values, lines)), strict=True)
        return [_forms(one) for one in pairs]
    standard = _STANDARDISE.get(column)
    known = standard(values) if standard else list(values)
    if column in {"email", "website"}:
        # A sign too few makes another address: nothing but case and the like is formatting.
        folds = (one.strip().casefold() if one else None for one in values)
        first = (one or fold for one, fold in zip(known, folds, strict=True))
        return [frozenset({one}) if one else frozenset() for one in first]
    # What cannot be standardised still compares as folded words.
    return [
        _forms([one if one is not None else (" ".join(words(written)) if written else None)])
        for one, written in zip(known, values, strict=True)
    ]


_STANDARDISE: Mapping[str, Callable[[Sequence[str | None]], list[str | None]]] = {
    "email": lambda values: _as_list(email.standardised, values),
    "website": lambda values: _as_list(domain.standardised, values),
    "street": lambda values: _as_list(address.standardised, values),
    "city": lambda values: each_distinct(values, address.town),
    "region": lambda values: each_distinct(values, region.region),
    "postcode": lambda values: each_distinct(values, address.postcode),
    "tax_id": tax_id.standardised,
}


def _as_list(standardised: Callable[[pa.StringArray], pa.StringArray], values: Sequence[str | None]) -> list[str | None]:
    result: list[str | None] = standardised(pa.array(values, pa.string())).to_pylist()
    return result


def _forms(*groups: Sequence[str | None]) -> Standard:
    forms = {one for group in groups for one in group if one}
    return frozenset(forms | {f"={re.sub('[^a-z0-9]', '', one.lower())}" for one in forms} - {"="})


def _unit(street_line: str) -> str:
    found = address.street(street_line.strip().split("\n")[0])
    return found.unit if found else ""
