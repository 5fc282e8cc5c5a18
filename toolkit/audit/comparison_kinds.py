"""As what each column of a table is compared: from what the interpretation says it means, and from its values.

The meaning decides where it is known; whether names are of companies or of persons is told by the values. A column that the
interpretation leaves open is compared where its values alone show what they are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from toolkit.interpret.certainty import PROBABLE_FROM
from toolkit.interpret.header_words import header_words
from toolkit.interpret.interpretation import DOUBTFUL, NONE, ColumnReading, Guess, Interpretation
from toolkit.match.column_kinds import MIN_FITTING_SHARE, NOT_COMPARED, distinct_values, fitting_share
from toolkit.values import company_name, person_name
from toolkit.values.looks import value_shares
from toolkit.values.product_code import model_numbers
from toolkit.values.text import words

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
_COMPANIES = frozenset({"company", "supplier"})
_NAMING = frozenset({"name", "customer", "supplier", "company", "person", "contact", "party", "member", "employee"})
_FEW = 20
_SOME_NAME, _TITLE = "some name", "title"
"""Before it is known whose name, and the name of a thing, beside which other text is not weak."""
_NUMBERED = frozenset({"number", "id", "code"})
_DAYS = frozenset({"issued_on", "posted_on", "value_on", "spent_on", "paid_at"})
"""Days that tell one document from another; of a party they say nothing."""
_OF_PARTIES = frozenset({"party", "employee", "product", "account"})
_PEOPLE = frozenset({"party", "employee"})
_OF_THE_OWNER = frozenset({"email", "phone", _SOME_NAME})
_IDS = ("record_id", "number", "code", "party_ref", "employee_ref", "reference", "sku")
_WEAK = frozenset({"category", "amount", "country"})
_WHO = frozenset({"company", "person", "name", "family_name"})

_MIN_TITLE_SHARE = 0.3
_MIN_WHOLE_NAMES = 0.5
"""Share of values of several words: two given names are rare, and two family names usual in Spain."""
_TITLE_WORDS = 6
_MIN_BY_VALUES = 0.8
_MIN_OF_DAYS = 0.65
"""Eight digits that may be a day count less than a day."""
_MIN_DIFFERENT = 0.3
_MAX_DISTINCT = 1_000
_LOOKED_AT = 300
_MAX_OF_A_KIND = 20
"""Columns read as one kind without being told; a file of three hundred columns would take minutes and say no more."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_BIRTH_YEARS = 25

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
    weak = _WEAK | ({"text"} if present & _WHO and _TITLE not in present else set())
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
    return _told_apart(kinds, {column: reading.used_as for column, reading in zip(kinds, readings, strict=True)})


_A = {"name": "a name", "id": "an id", "date": "a date", "money": "money"}


def _kind(  # noqa: PLR0911 - a ladder, the surest first
    reading: ColumnReading, concepts: frozenset[str], values: Sequence[str], filled: int, entity: str
) -> tuple[str, str]:
    if not values:
        return NOT_COMPARED, "It has no values."
    if reading.certainty == DOUBTFUL and concepts & _NAMING and _look_like_names(values):
        kind, seen = _kind_of_names(values, is_company=bool(concepts & _COMPANIES))
        return kind, f"Its header speaks of names, and most values look like them. {seen}"
    guess = _likeliest(reading, concepts, entity)
    if guess is None:
        return _kind_by_values(reading, concepts, values, filled, entity)
    meaning, reason = guess.meaning.replace("_", " "), _sentence(guess.reason)
    kind = _compared_as(guess.meaning, concepts, entity)
    if kind in _OF_THE_OWNER and "owner" in concepts:
        return NOT_COMPARED, f"{reason} It is of whoever looks after the record, not of whom it is about."
    if kind == _SOME_NAME or (guess.meaning in _PARTS and _are_whole_names(guess.meaning, values)):
        kind, seen = _kind_of_names(values, is_company=bool(concepts & _COMPANIES))
        return kind, f"{reason} {seen}"
    if kind == NOT_COMPARED:
        return kind, f"{reason} It describes the record, not whom it is about ({meaning})."
    share = fitting_share(kind, values)
    if share < MIN_FITTING_SHARE:
        return NOT_COMPARED, f"It seems to be {meaning}, but only {_percent(share)} of its values look like it."
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
        return NOT_COMPARED if entity in _OF_PARTIES else "date"
    if meaning == "tax_id" and "social_security" in concepts:
        return "identifier"
    return _OF_MEANING.get(meaning, NOT_COMPARED)


def _are_whole_names(part: str, values: Sequence[str]) -> bool:
    """Return whether what seems to be a part of persons' names is whole names, or companies'."""
    sizes = [len(words(value)) for value in values]
    several = sum(size > 1 for size in sizes) if part == "given_name" else sum(size > 2 for size in sizes)
    return several > _MIN_WHOLE_NAMES * len(values) or _share_of_companies(values) > _MIN_TITLE_SHARE


def _look_like_names(values: Sequence[str]) -> bool:
    shares = value_shares(values[:_LOOKED_AT])
    return max(shares["person_name"], shares["company_name"]) >= MIN_FITTING_SHARE


def _kind_of_names(values: Sequence[str], *, is_company: bool) -> tuple[str, str]:
    count = len(values)
    if sum(map(_is_title, values)) >= _MIN_TITLE_SHARE * count:
        return _TITLE, "Many values hold a model number among several words: names of things."
    if sum(len(words(value)) for value in values) > _TITLE_WORDS * count:
        return _TITLE, "Most values are many words long: titles of things."
    persons, companies = sum(map(person_name.is_person_like, values)) / count, _share_of_companies(values)
    if is_company and (persons < companies or persons < 0.3 or count < _FEW):
        return "company", "Its header speaks of companies."
    if persons >= 0.6:
        return "person", "Most values look like persons' names."
    if persons <= 0.1 or companies >= 0.3 > persons:
        return "company", "Hardly a value looks like a person's name."
    return "name", "Persons and companies are mixed."


def _share_of_companies(values: Sequence[str]) -> float:
    return sum(map(company_name.is_company_like, values)) / len(values)


def _is_title(value: str) -> bool:
    """Return whether a cell names a thing by several words and a model number of letters and digits."""
    numbers = model_numbers(value)
    return len(words(value)) > 2 and any(not number.isdigit() for number in numbers)


def _kind_by_values(  # noqa: PLR0911 - a ladder, the surest first
    reading: ColumnReading, concepts: frozenset[str], values: Sequence[str], filled: int, entity: str
) -> tuple[str, str]:
    """Return as what a column is compared whose meaning is open."""
    shares = value_shares(values[:_LOOKED_AT])
    is_day = shares["date"] >= _MIN_OF_DAYS
    if shares["email"] >= _MIN_BY_VALUES:
        return "email", f"{_percent(shares['email'])} of its values look like it."
    if shares["iban"] >= _MIN_BY_VALUES:
        return "identifier", f"{_percent(shares['iban'])} of its values look like numbers of bank accounts."
    if shares["phone"] >= MIN_FITTING_SHARE and not is_day and not concepts & _NUMBERED:
        return "phone", f"{_percent(fitting_share('phone', values))} of its values look like it."
    if concepts and reading.certainty != DOUBTFUL:
        return NOT_COMPARED, f"{_sentence(reading.reason)} It says nothing of whom the record is about."
    if not concepts and max(shares["domain"], shares["url"]) >= _MIN_BY_VALUES:
        return "domain", f"{_percent(fitting_share('domain', values))} of its values look like it."
    if not concepts and is_day and _are_birthdays(values):
        return "date", f"{_percent(shares['date'])} of its values look like it, over as many years as births are."
    if not concepts and shares["sku"] >= _MIN_BY_VALUES and entity not in _PEOPLE:
        return "product_code", f"{_percent(shares['sku'])} of its values look like codes of products."
    if len(values) < _MIN_DIFFERENT * min(filled, _MAX_DISTINCT):
        return NOT_COMPARED, "Few different values: a category, which many records share."
    if is_day or fitting_share("amount", values) >= _MIN_BY_VALUES:
        return NOT_COMPARED, "Numbers or days of unknown meaning."
    return "text", "Words of unknown meaning."


def _are_birthdays(values: Sequence[str]) -> bool:
    """Return whether days are spread over so many years as only births are."""
    years = sorted(int(found.group()) for value in values if (found := _YEAR.search(value)))
    tenth = len(years) // 10
    return len(years) >= MIN_FITTING_SHARE * len(values) and years[-1 - tenth] - years[tenth] >= _BIRTH_YEARS


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


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
    return result


def _settled(kinds: Kinds, weak: frozenset[str]) -> Kinds:
    """Return kinds with what is too weak, and what is too many of one kind, taken out."""
    settled: Kinds = {}
    counts: dict[str, int] = {}
    for column, (found, reason) in kinds.items():
        kind = "text" if found == _TITLE else found
        counts[kind] = counts.get(kind, 0) + 1
        if kind in weak:
            settled[column] = (NOT_COMPARED, f"{reason} It tells little of who it is ({kind}); name it to have it compared.")
        elif kind != NOT_COMPARED and counts[kind] > _MAX_OF_A_KIND:
            many = f"{_MAX_OF_A_KIND} columns before it are read as {kind}; name it to have it compared."
            settled[column] = (NOT_COMPARED, f"{reason} {many}")
        else:
            settled[column] = (kind, reason)
    return settled
