"""Whether a party that its system does not tell apart is a company or a person, from what all the records together say.

A ledger or a payment list writes "Joel Delacroix" and "Crestline Home Staging" into one column. Told by: the name of a known
company; a legal form or a word that only companies bear; a first and a last name that known persons bear; an e-mail address
that is made of the name's two words. What none of these tells stays unknown.
"""

import re
from collections.abc import Sequence

import pyarrow as pa

from toolkit.tables import PARTY, checked
from toolkit.values.company_name import company_name, is_company_like
from toolkit.values.person_name import is_person_like, person_name
from toolkit.values.placeholder import is_placeholder

_MIN_PART = 3


def with_told_kinds(parties: pa.Table) -> pa.Table:
    """Return the parties (table PARTY) with ``kind`` company or person wherever the records tell it.

    A kind that a system states stays as it is.

    Examples
    --------
    >>> rows = [{"record_key": "ledger/customers/1", "system": "ledger", "stream": "customers", "record_id": "1",
    ...          "entity": "party", "state": "active", "kind": "unknown", "name": "Delacroix, Joel",
    ...          "email": "joel.delacroix9@mail.example"}]
    >>> with_told_kinds(PARTY.from_rows(rows))["kind"].to_pylist()
    ['person']
    """
    parties = checked(parties, PARTY)
    columns = parties.select(["kind", "name", "given_name", "family_name", "company_name", "email"]).to_pydict()
    rows = list(zip(*columns.values(), strict=True))
    companies = _known_companies(rows)
    given, family = _known_names(rows)
    kinds = [_told(row, companies, given, family) if row[0] == "unknown" and row[1] else row[0] for row in rows]
    place = parties.column_names.index("kind")
    return parties.set_column(place, PARTY.arrow.field("kind"), pa.array(kinds, pa.string()))


_Row = tuple[str, str | None, str | None, str | None, str | None, str | None]


def _known_companies(rows: Sequence[_Row]) -> frozenset[tuple[str, ...]]:
    """Return the names of companies that some system states, as words without legal form."""
    stated = {name for kind, name, *_ in rows if kind == "company" and name}
    stated |= {company for kind, name, _, _, company, _ in rows if company and (kind == "person" or company != name)}
    return frozenset(words for name in stated if not is_placeholder(name) and (words := _company_words(name)))


def _known_names(rows: Sequence[_Row]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and last names that known persons bear."""
    names = [
        found
        for kind, name, given, family, _, _ in rows
        if kind == "person" and (found := person_name(f"{given} {family}" if given and family else name or ""))
    ]
    first = frozenset(one.given.split()[0] for one in names if one.given)
    return first, frozenset(one.family for one in names if one.family)


def _told(row: _Row, companies: frozenset[tuple[str, ...]], given: frozenset[str], family: frozenset[str]) -> str:
    name, company, email = row[1] or "", row[4], row[5]
    if is_company_like(name) or _company_words(name) in companies:
        return "company"
    found = person_name(name)
    if found is None or not found.given or not found.family:
        return "unknown"
    first = found.given.split()[0]
    bears_known_names = first in given and found.family in family
    if bears_known_names or is_person_like(name) or _is_made_of(email, first, found.family):
        return "person"
    return "company" if company == name else "unknown"


def _company_words(name: str) -> tuple[str, ...] | None:
    found = company_name(name)
    return found.words if found else None


def _is_made_of(email: str | None, first: str, last: str) -> bool:
    """Return whether an address is made of a first name or its initial and the beginning of a last name."""
    local = re.sub(r"[^a-z]", "", (email or "").partition("@")[0].casefold())
    if len(first) < _MIN_PART or len(last) < _MIN_PART:
        return False
    if local.startswith(first):
        rest = local.removeprefix(first)
        return len(rest) >= _MIN_PART and last.startswith(rest)
    # An initial alone needs the whole last name.
    return local == first[0] + last
