"""Columns as comparisons read them: names where the kind of record says, one web site from site or mailbox.

All records at once; a cell is null where there is none.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.match.comparison import Ints
from toolkit.match.comparisons.other_phone import MOST_COLUMNS
from toolkit.values import email, phone
from toolkit.values.company_name import company_like
from toolkit.values.domain import FREE_MAIL, company_domains
from toolkit.values.person_name import person_like
from toolkit.values.text import MAX_COMPARED_CHARACTERS

UNKNOWN, COMPANY, PERSON = 0, 1, 2
_KIND_CODES = {"unknown": UNKNOWN, "company": COMPANY, "person": PERSON}

ByKind = Mapping[str, Mapping[str, pa.StringArray]]
"""Kind, then name of a column, to its cells."""

_LOOKED_AT = 500
_STRAY_SHARE = 0.01
"""Share of a column's numbers that stand in another one too, from which on numbers are compared across columns."""
_KEPT_CHARACTERS = 4 * MAX_COMPARED_CHARACTERS
"""More of a cell is not carried along: a column of cells of ten kilobytes would be held in memory many times over."""

LOOKS_LIKE_A_PERSON = r"^\s*[\p{L}.'’-]+(?:,?\s+[\p{L}.'’-]+){1,4}\s*$"
_NAME_KINDS = frozenset({"name", "company", "person", "given_name", "family_name", "contact"})


def columns_by_kind(table: pa.Table, kinds: Mapping[str, str]) -> dict[str, dict[str, pa.StringArray]]:
    """Return the text of the columns that take part, by kind and then by column; kinds in alphabetical order."""
    chosen: dict[str, dict[str, pa.StringArray]] = {}
    columns = [column for column in sorted(table.column_names) if kinds.get(column)]
    for column, texts in zip(columns, results(lambda column: _texts(table[column]), columns), strict=True):
        chosen.setdefault(kinds[column], {})[column] = texts
    return dict(sorted(chosen.items()))


def with_names_in_place(chosen: ByKind) -> ByKind:
    """Return columns in which a company that stands where its contact should, and the contact there, are changed back.

    Parameters
    ----------
    chosen
        Columns of text by kind.

    Examples
    --------
    >>> swapped = {"name": {"": pa.array(["Ann Lee", "Bo Fry"])}, "contact": {"": pa.array(["Acme Foods Ltd", "Al Day"])}}
    >>> [kind[""].to_pylist() for kind in with_names_in_place(swapped).values()]
    [['Acme Foods Ltd', 'Bo Fry'], ['Ann Lee', 'Al Day']]
    """
    named = next((kind for kind in ("name", "company") if kind in chosen), None)
    if named is None or "contact" not in chosen:
        return chosen
    names, contacts = first_filled(chosen[named]), first_filled(chosen["contact"])
    may_be_person = pc.and_not(pc.match_substring_regex(names, LOOKS_LIKE_A_PERSON), company_like(names))
    is_swapped = pc.and_(pc.fill_null(may_be_person, True), pc.fill_null(company_like(contacts), False))
    return {
        **chosen,
        named: {"": pc.if_else(is_swapped, contacts, names)},
        "contact": {"": pc.if_else(is_swapped, names, contacts)},
    }


def record_kinds(chosen: ByKind, count: int, told: pa.ChunkedArray | None) -> Ints:
    """Return whether each record is a company, a person or unknown: as told, else by its columns and its name's look.

    Where kinds are told, ``party_kind.told_kinds`` finds out more about those that are unknown.

    Parameters
    ----------
    chosen
        Columns of text by kind.
    count
        Number of records.
    told
        What the table itself says: company, person or unknown.
    """
    if told is not None:
        encoded = _texts(told).dictionary_encode()
        codes = np.array([_KIND_CODES.get(word, UNKNOWN) for word in encoded.dictionary.to_pylist()] + [UNKNOWN])
        return np.asarray(codes[_positions(encoded)], dtype=np.int64)
    kinds = np.full(count, UNKNOWN, dtype=np.int64)
    for kind, code in (("company", COMPANY), ("person", PERSON), ("family_name", PERSON)):
        if kind == "person" and {"company", "name"} & set(chosen):
            continue
        for values in chosen.get(kind, {}).values():
            kinds[_is_filled(values)] = code
    if "name" in chosen and not {"company", "person", "family_name"} & set(chosen):
        names = first_filled(chosen["name"])
        # Looks tell companies from the rest only where persons are among the names; they would split a list of companies.
        if (pc.sum(person_like(names)).as_py() or 0) > 0.5 * count:
            kinds[np.asarray(pc.fill_null(company_like(names), False))] = COMPANY
    return kinds


def compared_columns(chosen: ByKind, kinds: Ints) -> dict[str, dict[str, pa.StringArray]]:
    """Return columns by the kinds that comparisons read; names go where the kind of record says."""
    result = {
        kind: dict(columns)
        for kind, columns in chosen.items()
        if kind not in _NAME_KINDS and kind not in {"street", "domain"}
    }
    first = {kind: first_filled(columns) for kind, columns in chosen.items()}
    blank = pa.nulls(len(kinds), pa.string())
    names, companies, whole = (first.get(kind, blank) for kind in ("name", "company", "person"))
    is_person, is_company = pa.array(kinds == PERSON), pa.array(kinds == COMPANY)
    if "contact" in first:
        # Of a person the contact is that person again, or somebody of the house: it tells nothing more.
        result["contact"] = {"": pc.if_else(is_person, None, first["contact"])}
    result["company"] = {"": pc.if_else(is_person, None, pc.coalesce(companies, names))}
    result["employer"] = {"": pc.if_else(is_person, companies, None)}
    persons = pc.coalesce(whole, pc.if_else(_may_be_person(names, kinds), names, None))
    result["person"] = {"": pc.if_else(is_company, None, persons)}
    for part in ("given_name", "family_name"):
        if part in first:
            result[part] = {"": pc.if_else(is_company, None, first[part])}
    if "feature" in chosen:
        result["feature"] = {"": _joined(list(chosen["feature"].values()))}
    if "street" in chosen:
        result["street"] = {"": _joined(_numbers_first(chosen["street"]))}
    result["domain"] = {"": _sites(first.get("domain"), first.get("email"), blank)}
    filled = {kind: {name: _flat(values) for name, values in columns.items()} for kind, columns in result.items()}
    return {
        kind: columns
        for kind, columns in filled.items()
        if any(values.null_count < len(values) for values in columns.values())
    }


def with_phones_joined(
    columns: dict[str, dict[str, pa.StringArray]], *, is_known: bool = False
) -> dict[str, dict[str, pa.StringArray]]:
    """Return columns with the numbers of each record in one more, a bar between them, where they stray between columns.

    Parameters
    ----------
    columns
        What is compared, by kind.
    is_known
        Whether a saved model says what is compared, so that nothing is to be looked for.

    Examples
    --------
    >>> numbers = {"phone": {"Mobile": pa.array([None, "082 555 0190"]), "Phone": pa.array(["(082) 555-0190", None])}}
    >>> with_phones_joined(numbers)["phones"][""].to_pylist()
    ['|825550190', '825550190|']
    """
    numbers = [phone.standardised(values) for values in [*columns.get("phone", {}).values()][:MOST_COLUMNS]]
    if len(numbers) < 2 or not (is_known or _are_stray(numbers)):
        return columns
    joined = pc.binary_join_element_wise(*(pc.fill_null(one, "") for one in numbers), "|")
    is_filled = pc.match_substring_regex(joined, "[0-9]")
    return {**columns, "phones": {"": pc.if_else(is_filled, joined, None)}}


def _are_stray(numbers: Sequence[pa.StringArray]) -> bool:
    """Return whether some numbers of a column stand in another one too."""
    distinct = [pc.unique(values).drop_null() for values in numbers]
    for one, other in combinations(distinct, 2):
        both = pc.sum(pc.is_in(one, value_set=other)).as_py() or 0
        if both > _STRAY_SHARE * min(len(one), len(other)):
            return True
    return False


def _may_be_person(names: pa.StringArray, kinds: Ints) -> pa.BooleanArray:
    """Return which records' names are compared as those of persons: also what is no company by its looks.

    Nobody knows all given names, so that what no record tells may be either.
    """
    result = kinds == PERSON
    is_plain = np.asarray(pc.fill_null(pc.match_substring_regex(names, LOOKS_LIKE_A_PERSON), False))
    rows = np.flatnonzero((kinds == UNKNOWN) & is_plain)
    result[rows] = ~np.asarray(company_like(names.take(pa.array(rows))), dtype=bool)
    return pa.array(result)


def first_filled(columns: Mapping[str, pa.StringArray]) -> pa.StringArray:
    """Return the first cell of each record that says anything."""
    cells = list(columns.values())
    return cells[0] if len(cells) == 1 else pc.coalesce(*cells)


def _texts(column: pa.ChunkedArray | pa.Array) -> pa.StringArray:
    texts = _flat(column).cast(pa.string())
    if (pc.max(pc.binary_length(texts)).as_py() or 0) > _KEPT_CHARACTERS:
        texts = pc.utf8_slice_codeunits(texts, 0, _KEPT_CHARACTERS)
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _flat(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _is_filled(values: pa.StringArray) -> np.ndarray:
    return np.asarray(values.is_valid())


def _joined(columns: Sequence[pa.StringArray]) -> pa.StringArray:
    if len(columns) == 1:
        return columns[0]
    filled = (pc.fill_null(one, "") for one in columns)
    joined = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*filled, " "))
    return pc.if_else(pc.equal(joined, ""), None, joined)


def _numbers_first(columns: Mapping[str, pa.StringArray]) -> list[pa.StringArray]:
    """Return street columns with a column of bare house numbers before the others."""

    def is_number_column(values: pa.StringArray) -> bool:
        filled = [value for value in values.slice(0, _LOOKED_AT).to_pylist() if value]
        return bool(filled) and sum(len(value) <= 6 and value[:1].isdigit() for value in filled) > 0.8 * len(filled)

    return sorted(columns.values(), key=lambda values: not is_number_column(values))


def _sites(sites: pa.StringArray | None, mailboxes: pa.StringArray | None, blank: pa.StringArray) -> pa.StringArray:
    """Return each record's own domain, from its web site or else its mailbox; none for free mail."""
    found = blank if sites is None else company_domains(sites)
    if mailboxes is not None:
        hosts = pc.replace_substring_regex(email.standardised(mailboxes), "^.*@", "")
        found = pc.coalesce(found, company_domains(hosts))
    return pc.if_else(pc.is_in(found, value_set=pa.array(sorted(FREE_MAIL))), None, found)


def _positions(encoded: pa.DictionaryArray) -> Ints:
    """Return the position of each value in the dictionary; -1 for null."""
    return np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)
