"""Whether a list of parties is one of companies, each with a person to talk to, or one of people.

Both have a company and a person's names in every row. A list of customers or suppliers by their own numbers, in which hardly
a company stands twice, lists the companies; a list of contacts has several people of one company.
"""

from collections.abc import Sequence

from toolkit.interpret.header_words import HeaderWords
from toolkit.interpret.interpretation import RECORD, ColumnReading
from toolkit.interpret.observed import Observed

CONTACT_NAMES = frozenset({"given_name", "family_name"})
"""Meanings that, in a list of companies, are of the person to talk to."""

_TRADING = frozenset({"customer", "supplier"})
_PEOPLE = frozenset({"contact", "person", "member", "employee"})
_NUMBERS = frozenset({"record_id", "number", "code"})
_NEARLY_ALL = 0.9
_PERSONS = 0.6


def listed_companies(
    entity: str,
    row_is: str,
    key: Sequence[int],
    *,
    columns: Sequence[ColumnReading],
    headers: Sequence[HeaderWords],
    seen: Sequence[Observed],
) -> int | None:
    """Return the column of the companies where every row is one with a person to talk to; None where nothing says so.

    Parameters
    ----------
    entity, row_is, key
        What the table lists, what a row is, and the columns that name a record.
    columns, headers, seen
        What each column means, what its header says, and what its values look like.
    """
    company = _company_column(columns, headers)
    if entity != "party" or row_is != RECORD or company is None or not _has_contacts(columns, company, seen):
        return None
    numbers = {*key} | {one.index for one in columns if one.used_as in _NUMBERS}
    said = frozenset(concept for place in numbers for concept in headers[place].concepts)
    values = seen[company]
    is_of_companies = bool(said & _TRADING) and not said & _PEOPLE and values.distinct > 1
    return company if is_of_companies and min(values.fill, values.distinct_share) >= _NEARLY_ALL else None


def _company_column(columns: Sequence[ColumnReading], headers: Sequence[HeaderWords]) -> int | None:
    """Return the column read as companies' names, or as the list's names where its header says company."""
    found = [one.index for one in columns if one.used_as == "company_name"]
    found += [one.index for one in columns if one.used_as == "name" and "company" in headers[one.index].concepts]
    return found[0] if found else None


def _has_contacts(columns: Sequence[ColumnReading], company: int, seen: Sequence[Observed]) -> bool:
    """Return whether names of persons stand beside those of the companies, and no other names of the records."""
    names = [one.index for one in columns if one.used_as == "name" and one.index != company]
    if any(seen[place].share("person_name") < _PERSONS for place in names):
        return False
    return bool(names) or any(one.used_as in CONTACT_NAMES for one in columns)
