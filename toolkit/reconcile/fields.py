"""Whether two values of a party's field say the same: as written, but for formatting, or not.

Legal form, case, punctuation, phone format, blanks in postcodes, short forms of street words and state codes are
formatting. A filler ("n/a") is a missing value.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import NONE, Flags, coded, firsts
from toolkit.reconcile.said_values import said_values
from toolkit.values import address, company_name, country, domain, email, person_name, phone, region, tax_id
from toolkit.values.text import each_distinct, words

COMPARED_COLUMNS = ("name", "email", "phone", "website", "street", "city", "region", "postcode", "country", "tax_id")

VERDICTS = ("nothing", "equal", "formatting", "different", "missing_l", "missing_r")
"""How a field of two records compares, as ``Fields.verdicts`` numbers it; ``nothing`` where neither side has a value."""

NOTHING, EQUAL, FORMATTING, DIFFERENT, MISSING_L, MISSING_R = range(len(VERDICTS))

_PARTS_OF_ADDRESS = ("city", "region", "postcode")

Verdicts = npt.NDArray[np.uint8]
Standard = frozenset[str]


class Fields:
    """The compared fields of a table of parties; a value is standardised once, when it is first compared with another."""

    def __init__(
        self, parties: pa.Table, *, columns: Sequence[str] = COMPARED_COLUMNS, home_country: str | None = None
    ) -> None:
        self._home_country = home_country
        self._values = {column: coded(said_values(column, parties[column])) for column in columns}
        self._standard: dict[str, dict[int, Standard]] = {column: {} for column in columns}
        self._unit: dict[int, str] = {}

    def is_written(self, column: str) -> Flags:
        """Return which records have a value; a filler is none."""
        return np.asarray(self._values[column].code != NONE, dtype=bool)

    def written(self, column: str, rows: Ints) -> pa.StringArray:
        """Return values as written; null for a filler."""
        code = self._values[column].code[rows]
        return self._values[column].texts.take(pa.array(code, mask=code == NONE))

    def verdicts(self, column: str, rows_l: Ints, rows_r: Ints) -> Verdicts:
        """Return how a field of pairs of records compares, as positions in ``VERDICTS``.

        Parameters
        ----------
        column
            One of the compared columns.
        rows_l, rows_r
            Rows of the parties, pair by pair.
        """
        code = self._values[column].code
        left, right = code[rows_l], code[rows_r]
        result = np.where(left == right, EQUAL, DIFFERENT).astype(np.uint8)
        result[left == NONE], result[right == NONE] = MISSING_L, MISSING_R
        result[(left == NONE) & (right == NONE)] = NOTHING
        differing = np.flatnonzero(result == DIFFERENT)
        is_same = self._are_same(column, rows_l[differing], rows_r[differing])
        result[differing[is_same]] = FORMATTING
        if column in _PARTS_OF_ADDRESS:
            for verdict, rows_with, rows_without in ((MISSING_L, rows_r, rows_l), (MISSING_R, rows_l, rows_r)):
                lacking = np.flatnonzero(result == verdict)
                result[lacking[self._are_in_address(column, rows_with[lacking], rows_without[lacking])]] = FORMATTING
        return result

    def _are_same(self, column: str, rows_l: Ints, rows_r: Ints) -> Flags:
        """Return which pairs of different values say the same; every two values are judged once."""
        code = self._values[column].code
        # A street cell may hold the whole address, where the record has neither city nor postcode.
        is_whole = ~(self.is_written("city") | self.is_written("postcode")) if column == "street" else None
        columns: list[Ints | Flags] = [
            code[rows_l],
            code[rows_r],
            *([] if is_whole is None else [is_whole[rows_l], is_whole[rows_r]]),
        ]
        distinct, place = _distinct_rows(columns)
        # Most values of matched records are equal as written; only the others are ever standardised.
        standard = self._standards_of(column, distinct[:, :2].ravel())
        same = np.zeros(len(distinct), dtype=bool)
        for at, (left, right, *whole) in enumerate(distinct.tolist()):
            if not standard[left].isdisjoint(standard[right]):
                same[at] = column != "street" or self._have_no_other_unit(left, right)
            elif whole:
                same[at] = (whole[0] and _holds(standard[left], standard[right])) or (
                    whole[1] and _holds(standard[right], standard[left])
                )
        return same[place]

    def _have_no_other_unit(self, left: int, right: int) -> bool:
        units = []
        for code in (left, right):
            if code not in self._unit:
                self._unit[code] = _unit(self._values["street"].texts[code].as_py())
            units.append(self._unit[code])
        return not all(units) or units[0] == units[1]

    def _are_in_address(self, column: str, rows_with: Ints, rows_without: Ints) -> Flags:
        """Return whether a value stands in the other record's street cell, which then holds the whole address."""
        values, streets = self._values[column], self._values["street"]
        distinct, place = _distinct_rows([values.code[rows_with], streets.code[rows_without]])
        able = distinct[:, 1] != NONE
        standard = self._standards_of(column, distinct[able, 0])
        found = np.zeros(len(distinct), dtype=bool)
        for at in np.flatnonzero(able).tolist():
            value, street = distinct[at].tolist()
            forms = {" ".join(words(values.texts[value].as_py())), *standard[value]}
            forms |= {name for name, code in region.REGION_CODES.items() if column == "region" and code in forms}
            whole = f" {' '.join(words(streets.texts[street].as_py()))} "
            found[at] = any(f" {form} " in whole for form in forms)
        return found[place]

    def _standards_of(self, column: str, codes: Ints) -> Mapping[int, Standard]:
        """Return the forms of values by their codes; those not asked for before are worked out together."""
        known = self._standard[column]
        new = [code for code in np.flatnonzero(np.bincount(codes)).tolist() if code not in known]
        written = self._values[column].texts.take(pa.array(new, pa.int64())).to_pylist()
        known.update(zip(new, _standards(column, written, self._home_country), strict=True))
        return known


def _distinct_rows(columns: Sequence[Ints | Flags]) -> tuple[Ints, Ints]:
    """Return the distinct combinations of columns as rows, and which of them each row of the columns is."""
    order = np.lexsort(columns)
    ordered = [column[order].astype(np.int64) for column in columns]
    first = firsts(*ordered)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(order))))
    return np.stack([column[first] for column in ordered], axis=1), place


def _holds(whole: Standard, line: Standard) -> bool:
    """Whether one street cell, a whole address, begins with the other's street line."""
    return any(f" {two} " in f" {one} " for one in whole for two in line)


def _standards(column: str, values: Sequence[str | None], home_country: str | None) -> list[Standard]:
    """Return for each value the forms of which one must be shared by a value that says the same."""
    if column in {"name", "company_name"}:
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
