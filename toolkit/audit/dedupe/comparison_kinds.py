"""As what each column of a table is compared: from what the interpretation says it means, and from its values.

The meaning decides where it is known; whether names are of companies or of persons is told by the values. A column that the
interpretation leaves open is compared where its values alone show what they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.dedupe.kinds_by_values import (
    TITLE,
    are_varied,
    are_whole_names,
    kind_by_values,
    kind_of_names,
    kind_to_dial,
    look_like_names,
    percent,
)
from toolkit.audit.dedupe.kinds_of_things import is_title_of_thing, kind_of_title, kinds_of_things, with_title
from toolkit.interpret.certainty import PROBABLE_FROM
from toolkit.interpret.header_words import header_words
from toolkit.interpret.interpretation import DOUBTFUL, NONE, ColumnReading, Guess, Interpretation
from toolkit.match.records.column_kinds import MIN_FITTING_SHARE, NOT_COMPARED, distinct_values, fitting_share
from toolkit.values.looks import value_shares

_OF_MEANING = {
    "email": "email", "phone": "phone", "website": "domain", "street": "street", "city": "city", "region": "region",
    "postcode": "postcode", "country": "country", "tax_id": "tax_id", "party_account": "identifier", "sku": "product_code",
    "code": "product_code", "reference": "reference", "birth_date": "date", "description": "text", "note": "text",
    "kind": "category",
    "amount_gross": "amount", "amount_net": "amount", "tax": "amount", "fee": "amount", "paid": "amount",
    "balance": "amount", "debit": "amount", "credit": "amount", "unit_price": "amount", "discount": "amount",
    "shipping": "amount", "cost": "amount", "salary": "amount",
}  # fmt: skip
"""What a column of a meaning is compared as; of the meanings that stand nowhere here nothing is."""
_NAMES = frozenset({"name", "party_name", "company_name", "contact_name"})
_PARTS = frozenset({"given_name", "family_name"})
_OF_A_CONTACT = frozenset({"person", "name", "given_name", "family_name"})
_CONTACT = "contact"
_WHOLE = frozenset({"person", "name"})
_WHOM = "It names whom to talk to; the record is the company."
_COMPANIES = frozenset({"company", "supplier"})
_CODES = frozenset({"reference", "product_code", "identifier"})
_NAMING = frozenset({"name", "customer", "supplier", "company", "person", "contact", "party", "member", "employee"})
_SOME_NAME = "some name"
"""Before it is known whose."""
_DAYS = frozenset({"issued_on", "posted_on", "value_on", "spent_on", "paid_at"})
"""Days that tell one document from another; of a party they say nothing."""
_OF_THE_RECORD = frozenset({"created", "updated", "internal", "batch", "activity"})
"""Notions of a header behind which a day says when a record was written, moved or looked at, never whom it is about."""
_OF_PARTIES = frozenset({"party", "employee", "product", "account"})
_PEOPLE = frozenset({"party", "employee"})
_OF_THE_OWNER = frozenset({"email", "phone", _SOME_NAME})
_IDS = ("record_id", "number", "code", "party_ref", "employee_ref", "reference", "sku")
_MIN_PERSONS = 0.5
"""Share of the names beside companies that look like persons' from which on those name persons."""
_WEAK = frozenset({"category", "amount", "country"})
_WHO = frozenset({"company", "person", "name", "family_name"})
_OF_A_PARTY = frozenset({"email", "phone", "domain", "street", "postcode", "tax_id"})
"""Where a table has one of these, it lists parties, whatever else it names."""

_MAX_OF_A_KIND = 20
"""Columns read as one kind without being told; a file of three hundred columns would take minutes and say no more."""

Kinds = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class UnderstoodTable:
    """A table or a sample of it, as text, and its interpretation: one reading per column."""

    found: Interpretation
    rows: pa.Table


def comparison_kinds(tables: Mapping[str, UnderstoodTable]) -> dict[str, Kinds]:
    """Return of each table the kind of each column (``column_kinds.KINDS``) and the reason in a sentence.

    Parameters
    ----------
    tables
        Name to table. What tells little beside a name takes no part where any of them has names.
    """
    kinds = {name: _kinds(table) for name, table in tables.items()}
    present = {kind for own in kinds.values() for kind, _ in own.values()}
    weak = frozenset[str]() if TITLE in present and not present & _WHO else _WEAK
    weak |= {"text"} if present & _WHO and TITLE not in present else set()
    return {name: _settled(own, weak) for name, own in kinds.items()}


def likely_ids(table: UnderstoodTable) -> tuple[str, ...]:
    """Return the columns that seem to name the records, the likeliest first."""
    columns = table.rows.column_names
    key = [columns[place] for place in table.found.key] if len(table.found.key) == 1 else []
    others = [
        columns[place] for meaning in _IDS for place, reading in enumerate(table.found.columns) if reading.used_as == meaning
    ]
    return tuple(dict.fromkeys([*key, *others]))


def _kinds(table: UnderstoodTable) -> Kinds:
    """Return kinds before what is weak is taken out."""
    headers = header_words(table.rows.column_names)
    readings = table.found.columns
    kinds: Kinds = {}
    for place, column in enumerate(table.rows.column_names):
        values = distinct_values(table.rows[column])
        filled = len(table.rows) - table.rows[column].null_count
        kind, reason = _kind(readings[place], headers[place].concepts, values, filled, table.found.entity)
        if kind == NOT_COMPARED and readings[place].looks_like:
            reason += f" It looks like {_A[readings[place].looks_like]}; name it to have it compared."
        kinds[column] = (kind, reason)
    if not any(kind in _OF_A_PARTY for kind, _ in kinds.values()):
        notions = {column: header.concepts for column, header in zip(kinds, headers, strict=True)}
        kinds = kinds_of_things(with_title(kinds, notions, table.rows), notions, table.rows)
    if any(kind == TITLE for kind, _ in kinds.values()):
        return kinds
    if table.found.company is not None:
        return _of_companies(kinds, table.rows.column_names[table.found.company])
    named = frozenset(column for column, header in zip(kinds, headers, strict=True) if header.concepts & _COMPANIES)
    kinds = _with_persons(kinds, named, table.rows)
    return _told_apart(kinds, {column: reading.used_as for column, reading in zip(kinds, readings, strict=True)})


def _with_persons(kinds: Kinds, companies: frozenset[str], rows: pa.Table) -> Kinds:
    """Return kinds in which a list of companies is mixed where its rows name persons beside the companies of those.

    Parameters
    ----------
    kinds
        Kind and reason by column.
    companies
        Columns whose headers speak of companies.
    rows
        The table.
    """
    result = dict(kinds)
    beside = [column for column, (kind, _) in kinds.items() if kind == "company" and column in companies]
    for column, (kind, reason) in kinds.items():
        if kind != "company" or column in companies or not beside:
            continue
        has_company = reduce(pc.or_, [_is_filled(rows[other]) for other in beside])
        values = distinct_values(rows[column].filter(has_company))
        if values and value_shares(values)["person_name"] >= _MIN_PERSONS:
            result[column] = ("name", f"{reason} Beside the names of companies it names persons.")
    return result


def _is_filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), ""), False)


def _of_companies(kinds: Kinds, company: str) -> Kinds:
    """Return kinds of a list of companies, each with a person to talk to: that person is not whom the record is about."""
    found = {
        column: (_CONTACT if one[0] in _WHOLE else NOT_COMPARED, _WHOM) if one[0] in _OF_A_CONTACT else one
        for column, one in kinds.items()
    }
    return {**found, company: ("company", kinds[company][1])}


_A = {"name": "a name", "id": "an id", "date": "a date", "money": "money"}


def _kind(  # noqa: PLR0911 - a ladder, the surest first
    reading: ColumnReading, concepts: frozenset[str], values: Sequence[str], filled: int, entity: str
) -> tuple[str, str]:
    if not values:
        return NOT_COMPARED, "It has no values."
    is_varied = are_varied(values, filled)
    if reading.certainty == DOUBTFUL and concepts & _NAMING and is_varied and look_like_names(values):
        kind, seen = kind_of_names(values, is_company=bool(concepts & _COMPANIES))
        return kind, f"Its header speaks of names, and most values look like them. {seen}"
    guess = _likeliest(reading, concepts, entity)
    if guess is None and concepts and reading.certainty != DOUBTFUL:
        return kind_to_dial(concepts, values) or (
            NOT_COMPARED,
            f"{_sentence(reading.reason)} It says nothing of whom the record is about.",
        )
    if guess is None:
        return kind_by_values(concepts, values, filled, is_of_people=entity in _PEOPLE)
    meaning, reason = guess.meaning.replace("_", " "), _sentence(guess.reason)
    kind = _compared_as(guess.meaning, concepts, entity)
    if kind in _OF_THE_OWNER and "owner" in concepts:
        return NOT_COMPARED, f"{reason} It is of whoever looks after the record, not of whom it is about."
    if kind == _SOME_NAME and "title" in concepts and (entity in _PEOPLE or is_title_of_thing(values)):
        return kind_of_title(values, is_varied=is_varied)
    if kind == _SOME_NAME or (guess.meaning in _PARTS and are_whole_names(guess.meaning, concepts, values)):
        kind, seen = kind_of_names(values, is_company=bool(concepts & _COMPANIES))
        return kind, f"{reason} {seen}"
    if kind == NOT_COMPARED or (kind in _CODES and not is_varied):
        return NOT_COMPARED, f"{reason} It describes the record, not whom it is about ({meaning})."
    share = fitting_share(kind, values)
    if share < MIN_FITTING_SHARE:
        return NOT_COMPARED, f"It seems to be {meaning}, but only {percent(share)} of its values look like it."
    return kind, reason


def _likeliest(reading: ColumnReading, concepts: frozenset[str], entity: str) -> Guess | None:
    """Return the guess that a column is compared by; None where the meaning is open.

    What is a name in one reading and a company's name in another is some name in both: such guesses count together.
    """
    known = [(guess, _compared_as(guess.meaning, concepts, entity)) for guess in reading.guesses if guess.meaning != NONE]
    shares: dict[str, float] = {}
    for guess, kind in known:
        shares[kind] = shares.get(kind, 0.0) + guess.probability
    best = max(shares, key=lambda kind: shares[kind], default="")
    if shares.get(best, 0.0) < PROBABLE_FROM or (reading.certainty == DOUBTFUL and not concepts):
        return None
    return next(guess for guess, kind in known if kind == best)


def _compared_as(meaning: str, concepts: frozenset[str], entity: str) -> str:
    """Return the kind that a meaning is compared as: ``_SOME_NAME`` where the values say which."""
    if meaning in _PARTS:
        return meaning
    if meaning in _NAMES:
        return _SOME_NAME
    if meaning in _DAYS:
        return NOT_COMPARED if entity in _OF_PARTIES or concepts & _OF_THE_RECORD else "date"
    if meaning == "tax_id" and "social_security" in concepts:
        return "identifier"
    return _OF_MEANING.get(meaning, NOT_COMPARED)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


def _told_apart(kinds: Kinds, meanings: Mapping[str, str]) -> Kinds:
    """Return kinds in which a list's own names and the companies beside them are two different things."""
    result = dict(kinds)
    companies = [column for column, (kind, _) in kinds.items() if kind == "company"]
    for column, (kind, reason) in kinds.items():
        beside = [other for other in kinds if other != column and kinds[other][0] in {"name", "person"}]
        if kind == "name" and meanings[column] == "company_name" and beside:
            result[column] = ("company", reason)
        if kind == "person" and meanings[column] in {"name", "party_name"} and companies:
            result[column] = ("name", f"{reason} Companies stand beside them.")
        if kind in _WHOLE and meanings[column] == "contact_name" and _is_named_beside(column, kinds, meanings):
            result[column] = (_CONTACT, f"{reason} Beside the records' own names it is whom to talk to.")
    return result


def _is_named_beside(column: str, kinds: Kinds, meanings: Mapping[str, str]) -> bool:
    """Return whether a list has names of its own beside a column of contacts."""
    return any(
        kind in {"name", "company"} and meanings[other] in {"name", "party_name"}
        for other, (kind, _) in kinds.items()
        if other != column
    )


def _settled(kinds: Kinds, weak: frozenset[str]) -> Kinds:
    """Return kinds with what is too weak, and what is too many of one kind, taken out."""
    settled: Kinds = {}
    counts: dict[str, int] = {}
    for column, (kind, reason) in kinds.items():
        counts[kind] = counts.get(kind, 0) + 1
        if kind in weak:
            settled[column] = (NOT_COMPARED, f"{reason} It tells little of who it is ({kind}); name it to have it compared.")
        elif kind != NOT_COMPARED and counts[kind] > _MAX_OF_A_KIND:
            many = f"{_MAX_OF_A_KIND} columns before it are read as {kind}; name it to have it compared."
            settled[column] = (NOT_COMPARED, f"{reason} {many}")
        else:
            settled[column] = (kind, reason)
    return settled
