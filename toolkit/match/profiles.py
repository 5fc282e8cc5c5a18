"""Records as they are compared: each fact standardised, records that say exactly the same collapsed into one profile.

One name with six hundred records is one profile: it is blocked, compared and scored once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Comparison, Ints
from toolkit.match.comparisons import all_comparisons
from toolkit.values import phone
from toolkit.values.company_name import is_company_like
from toolkit.values.domain import FREE_MAIL, company_domain
from toolkit.values.email import address_in
from toolkit.values.person_name import is_person_like
from toolkit.values.text import each_distinct

UNKNOWN, COMPANY, PERSON = 0, 1, 2
_KIND_CODES = {"unknown": UNKNOWN, "company": COMPANY, "person": PERSON}


@dataclass(frozen=True, slots=True)
class Fact:
    """One comparison over this table: distinct standardised ``values``, and their position per profile (-1: missing).

    ``label`` tells apart two columns of one kind ("phone: fax").
    """

    comparison: Comparison
    label: str
    values: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True, slots=True)
class Profiles:
    """Distinct records.

    ``profile_of`` gives the profile of each record, ``kinds`` company, person or unknown per profile, ``systems`` the
    system of each record as a code. Profiles are numbered by their values and the smallest record key, so that the
    order of rows changes nothing.
    """

    facts: tuple[Fact, ...]
    profile_of: Ints
    kinds: Ints
    systems: Ints
    record_keys: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of profiles."""
        return len(self.kinds)

    def parts(self, left: Ints, right: Ints) -> Ints:
        """Return the part of the model that each pair belongs to: 1 where one of the two is a person, else 0."""
        is_personal = (self.kinds[left] == PERSON) | (self.kinds[right] == PERSON)
        return np.asarray(is_personal, dtype=np.int64)

    def members(self, part: int) -> Ints:
        """Return the profiles that pairs of a part are made of."""
        excluded = PERSON if part == 0 else COMPANY
        return np.asarray(np.flatnonzero(self.kinds != excluded), dtype=np.int64)


def _texts(table: pa.Table, column: str) -> list[str | None]:
    values: list[str | None] = pc.cast(table[column], pa.string()).to_pylist()
    return values


def columns_by_kind(table: pa.Table, kinds: Mapping[str, str]) -> dict[str, dict[str, list[str | None]]]:
    """Return the text of the columns that take part, by kind and then by column; kinds in alphabetical order."""
    chosen: dict[str, dict[str, list[str | None]]] = {}
    for column in sorted(table.column_names):
        kind = kinds.get(column)
        if kind:
            chosen.setdefault(kind, {})[column] = _texts(table, column)
    return dict(sorted(chosen.items()))


def _first_filled(columns: Sequence[Sequence[str | None]]) -> list[str | None]:
    if len(columns) == 1:
        return list(columns[0])
    return [next((value for value in row if value), None) for row in zip(*columns, strict=True)]


def _joined(columns: Sequence[Sequence[str | None]]) -> list[str | None]:
    if len(columns) == 1:
        return list(columns[0])
    return [" ".join(value for value in row if value) or None for row in zip(*columns, strict=True)]


def record_kinds(
    chosen: Mapping[str, Mapping[str, Sequence[str | None]]], count: int, given: Sequence[str | None] | None
) -> list[int]:
    """Return whether each record is a company, a person or unknown: as told, else by its columns and its name's look."""
    if given is not None:
        return [_KIND_CODES.get(kind or "unknown", UNKNOWN) for kind in given]
    kinds = [UNKNOWN] * count
    for kind, code in (("company", COMPANY), ("person", PERSON), ("family_name", PERSON)):
        for values in chosen.get(kind, {}).values():
            is_alone = kind != "person" or not ({"company", "name"} & set(chosen))
            kinds = [code if value and is_alone else known for value, known in zip(values, kinds, strict=True)]
    if "name" in chosen and not {"company", "person", "family_name"} & set(chosen):
        looks = each_distinct(
            _first_filled(list(chosen["name"].values())), lambda value: COMPANY if is_company_like(value) else UNKNOWN
        )
        # Looks tell companies from the rest only where persons are among the names; they would split a list of companies.
        persons = sum(bool(value and is_person_like(value)) for values in chosen["name"].values() for value in values)
        if persons > 0.5 * count:
            return [look or UNKNOWN for look in looks]
    return kinds


def compared_columns(
    chosen: Mapping[str, Mapping[str, Sequence[str | None]]], kinds: Sequence[int]
) -> dict[str, dict[str, list[str | None]]]:
    """Return columns by the kinds that comparisons read; names go where the kind of record says."""
    result: dict[str, dict[str, list[str | None]]] = {
        kind: {column: list(values) for column, values in columns.items()}
        for kind, columns in chosen.items()
        if kind not in {"name", "company", "person", "given_name", "family_name", "street", "domain"}
    }
    names = _first_filled([list(v) for v in chosen["name"].values()]) if "name" in chosen else None
    companies = _first_filled([list(v) for v in chosen["company"].values()]) if "company" in chosen else None
    whole = _first_filled([list(v) for v in chosen["person"].values()]) if "person" in chosen else None
    blank: list[str | None] = [None] * len(kinds)
    rows = list(zip(kinds, names or blank, companies or blank, whole or blank, strict=True))
    result["company"] = {"": [None if kind == PERSON else company or name for kind, name, company, _ in rows]}
    result["employer"] = {"": [company if kind == PERSON else None for kind, _, company, _ in rows]}
    is_look = each_distinct(names or blank, is_person_like)
    result["person"] = {
        "": [
            None if kind == COMPANY else person or (name if kind == PERSON or look else None)
            for (kind, name, _, person), look in zip(rows, is_look, strict=True)
        ]
    }
    for part in ("given_name", "family_name"):
        if part in chosen:
            values = _first_filled([list(v) for v in chosen[part].values()])
            result[part] = {"": [None if kind == COMPANY else value for kind, value in zip(kinds, values, strict=True)]}
    if "street" in chosen:
        result["street"] = {"": _joined([list(values) for values in _numbers_first(chosen["street"])])}
    sites = (
        each_distinct(_first_filled([list(v) for v in chosen["domain"].values()]), company_domain)
        if "domain" in chosen
        else list(blank)
    )
    if "email" in chosen:
        mails = each_distinct(_first_filled([list(v) for v in chosen["email"].values()]), _mail_domain)
        sites = [site or mail for site, mail in zip(sites, mails, strict=True)]
    result["domain"] = {"": [None if site in FREE_MAIL else site for site in sites]}
    return {kind: columns for kind, columns in result.items() if any(any(values) for values in columns.values())}


def _mail_domain(value: str) -> str | None:
    address = address_in(value)
    return company_domain(address) if address else None


def _numbers_first(columns: Mapping[str, Sequence[str | None]]) -> list[Sequence[str | None]]:
    """Return street columns with a column of bare house numbers before the others."""

    def is_number_column(values: Sequence[str | None]) -> bool:
        filled = [value for value in values[:500] if value]
        return bool(filled) and sum(len(value) <= 6 and value[:1].isdigit() for value in filled) > 0.8 * len(filled)

    return sorted(columns.values(), key=lambda values: not is_number_column(values))


def _facts(columns: Mapping[str, Mapping[str, list[str | None]]]) -> list[tuple[Comparison, str, list[str | None]]]:
    facts = []
    for comparison in all_comparisons():
        read = {kind: columns[kind] for kind in comparison.reads if kind in columns}
        if not read:
            continue
        if comparison.is_per_column:
            [own] = read.items()
            for column, values in own[1].items():
                label = comparison.name if len(own[1]) == 1 else f"{comparison.name}: {column}"
                facts.append((comparison, label, comparison.standardised({own[0]: values})))
        else:
            together = {kind: _first_filled(list(one.values())) for kind, one in read.items()}
            facts.append((comparison, comparison.name, comparison.standardised(together)))
    return [fact for fact in facts if any(value is not None for value in fact[2])]


def profiles_of(
    records: pa.Table,
    kinds: Mapping[str, str],
    *,
    told_apart: Sequence[str] = (),
    is_per_system: bool = False,
    country: str | None = None,
) -> Profiles:
    """Return the distinct records of a table.

    Parameters
    ----------
    records
        Table with ``record_key``, ``system`` and the columns of ``kinds``; a column ``kind`` (company, person,
        unknown) counts.
    kinds
        Kind of each column that takes part.
    told_apart
        Record keys that keep a profile of their own, because a person decided about them.
    is_per_system
        Whether equal records of two systems keep two profiles (for one-to-one links).
    country
        Two letters: how a calling code without ``+`` is read.
    """
    order = pc.sort_indices(records["record_key"])
    table = records.take(order)
    keys: list[str] = table["record_key"].to_pylist()
    told = _texts(table, "kind") if "kind" in table.column_names and "kind" not in kinds else None
    chosen = columns_by_kind(table, kinds)
    kind_codes = record_kinds(chosen, len(keys), told)
    compared = compared_columns(chosen, kind_codes)
    if country is not None and "phone" in compared:
        numbers = {column: phone.standardised(values, country=country) for column, values in compared["phone"].items()}
        compared["phone"] = numbers
    facts = _facts(compared)
    coded = [_coded(values) for _, _, values in facts]
    systems = _coded(_texts(table, "system"))[1]
    apart = _apart(keys, told_apart)
    columns = [np.asarray(kind_codes, dtype=np.int64), apart, *(codes for _, codes in coded)]
    if is_per_system:
        columns.append(systems)
    # A record that says nothing is like no other.
    silent = np.all(np.stack([codes for _, codes in coded]) < 0, axis=0) if coded else np.ones(len(keys), dtype=bool)
    columns.append(np.where(silent, np.arange(len(keys)), -1))
    first, profile_of = _collapsed(columns)
    return Profiles(
        facts=tuple(
            Fact(comparison, label, values, codes[first])
            for (comparison, label, _), (values, codes) in zip(facts, coded, strict=True)
        ),
        profile_of=profile_of,
        kinds=np.asarray(kind_codes, dtype=np.int64)[first],
        systems=systems,
        record_keys=tuple(keys),
    )


def _coded(values: Sequence[str | None]) -> tuple[tuple[str, ...], Ints]:
    """Return the distinct values in order, and the position of each value in them (-1 for none)."""
    distinct = sorted({value for value in values if value is not None})
    position = {value: number for number, value in enumerate(distinct)}
    return tuple(distinct), np.array([-1 if value is None else position[value] for value in values], dtype=np.int64)


def _apart(keys: Sequence[str], told_apart: Sequence[str]) -> Ints:
    wanted = set(told_apart)
    return np.array([number if key in wanted else -1 for number, key in enumerate(keys)], dtype=np.int64)


def _collapsed(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return the first record of each profile and the profile of each record, numbered by first record."""
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        _, own = np.unique(column, return_inverse=True)
        _, combined = np.unique(combined * (int(own.max(initial=0)) + 1) + own, return_inverse=True)
    _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[inverse]
