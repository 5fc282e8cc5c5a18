"""As what the columns of a list of things are compared: articles of a shop, papers of a library, songs, wines.

What says nothing of whom a record is about may well say which of several things of one name it is: who made it, its year,
its price, its pages, and any column of few values (brand, venue, genre).
"""

import re
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from toolkit.audit.dedupe.kinds_by_values import TITLE, are_varied
from toolkit.match.records.column_kinds import NOT_COMPARED, distinct_values
from toolkit.values.person_name import is_person_like
from toolkit.values.product_colour import colours
from toolkit.values.product_measures import measures
from toolkit.values.text import words

_MAKERS = re.compile(
    r"\b(?:authors?|writers?|artists?|composers?|creators?|autor(?:en|es)?|auteurs?|autori|verfasser|interpret)\b"
)
_PAGES = re.compile(r"\b(?:pages?|pp|seiten|paginas|pagine)\b")
_APART = re.compile(r"\s*(?:[,;&|]|\band\b|\bund\b|\bet al\b\.?)\s*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DIGIT = re.compile(r"\d")
_NEVER = frozenset(
    {
        "owner",
        "status",
        "stage",
        "flag",
        "currency",
        "unit",
        "quantity",
        "stock",
        "date",
        "time",
        "department",
        "id",
        "number",
    }
)
"""Notions of a header behind which nothing tells one thing from another."""
_OPEN = frozenset(
    {"company", "person", "name", "given_name", "family_name", "city", "region", "text", "category", NOT_COMPARED}
)
"""Kinds that a column beside titles has for want of a better one."""
_PRICED = frozenset({"price", "cost"})
_NAMING = frozenset({"company", "person", "name", "given_name", "family_name", TITLE})
_TITLED = frozenset({"title", "product", "name", "description"})

_MIN_SHARE = 0.7
_MOST_DIFFERENT = 0.5
_FEW = 12
"""Different values that are few whatever the share of them."""
_LOOKED_AT = 300

Kind = tuple[str, str]
Kinds = dict[str, Kind]


def is_title_of_thing(values: Sequence[str]) -> bool:
    """Return whether values of a column called title are titles of things, not positions of people: many and of many words.

    Parameters
    ----------
    values
        Different values of the column; at least one.
    """
    return sum(len(words(value)) for value in values) > 4 * len(values)


def kind_of_title(values: Sequence[str], *, is_varied: bool) -> Kind:
    """Return as what a column called title is compared: a thing's title, or a person's position, which is not compared.

    Parameters
    ----------
    values
        Different values of the column; at least one.
    is_varied
        Whether so many are different that they may tell records apart.
    """
    if is_varied and is_title_of_thing(values):
        return TITLE, "Its header says title, and most values are many words long: titles of things."
    return NOT_COMPARED, "It seems to be the title of a person's position."


def with_title(kinds: Kinds, concepts: Mapping[str, frozenset[str]], rows: pa.Table) -> Kinds:
    """Return kinds of which one is the title: a text, where nothing else names the records.

    Parameters
    ----------
    kinds
        Kind of each column, and the reason.
    concepts
        Notions that the header of each column names.
    rows
        The table.
    """
    if any(kind in _NAMING for kind, _ in kinds.values()):
        return kinds
    texts = {
        column: distinct_values(rows[column])
        for column, (kind, _) in kinds.items()
        if kind == "text" and not _MAKERS.search(" ".join(words(column)))
    }
    varied = [
        column
        for column, values in texts.items()
        if concepts[column] & _TITLED or (values and are_varied(values, len(rows) - rows[column].null_count))
    ]
    title = next((column for column in varied if concepts[column] & _TITLED), varied[0] if varied else None)
    return {
        column: (TITLE, f"{reason} It names the records.") if column == title else (kind, reason)
        for column, (kind, reason) in kinds.items()
    }


def kinds_of_things(kinds: Kinds, concepts: Mapping[str, frozenset[str]], rows: pa.Table) -> Kinds:
    """Return kinds of the columns of a list of things; those of any other list as they are.

    Parameters
    ----------
    kinds, concepts, rows
        As for ``with_title``.
    """
    if not any(kind == TITLE for kind, _ in kinds.values()):
        return kinds
    return {
        column: _kind_of_thing(
            column, concepts[column], kind, distinct_values(rows[column]), len(rows) - rows[column].null_count
        )
        for column, kind in kinds.items()
    }


def _kind_of_thing(  # noqa: PLR0911 - a ladder, the surest first
    header: str, concepts: frozenset[str], kind: Kind, values: Sequence[str], filled: int
) -> Kind:
    """Return as what a column beside the titles of things is compared, and the reason."""
    if not values or concepts & _NEVER:
        return kind
    found, looked_at, plain = kind[0], values[:_LOOKED_AT], " ".join(words(header))
    numbered = _share(looked_at, _has_digit)
    if "size" in concepts and found in _OPEN and _share(looked_at, _is_feature) >= _MIN_SHARE:
        return "feature", "Its values are sizes or colours."
    if found in _OPEN and _share(looked_at, _is_year) >= _MIN_SHARE:
        return "year", "Its values are years, which tell one thing from another of its name."
    if found == "amount" and concepts & _PRICED:
        return "price", kind[1]
    if found in {"text", NOT_COMPARED} and _PAGES.search(plain) and numbered >= _MIN_SHARE:
        return "identifier", "Its header speaks of pages, and its values hold numbers."
    if numbered > 1 - _MIN_SHARE or found not in _OPEN:
        return kind
    if _MAKERS.search(plain) or "author" in concepts or (found == "text" and _are_people(looked_at)):
        return "people", "It names who made the thing."
    if found != "text" and 2 <= len(values) <= max(_FEW, _MOST_DIFFERENT * filled):
        return "category", "Few different values, which tell one thing from another of its name."
    return kind


def _share(values: Sequence[str], judge: Callable[[str], bool]) -> float:
    return sum(map(judge, values)) / len(values)


def _is_year(value: str) -> bool:
    return _YEAR.fullmatch(value) is not None


def _is_feature(value: str) -> bool:
    return bool(measures(value) or colours(value))


def _has_digit(value: str) -> bool:
    return _DIGIT.search(value) is not None


def _are_people(values: Sequence[str]) -> bool:
    """Return whether most values list several people."""
    parts = [[part for part in _APART.split(value.lower()) if part] for value in values]
    several = sum(len(own) > 1 for own in parts) / len(values)
    whole = [part for own in parts for part in own]
    return several >= 1 - _MIN_SHARE and _share(whole, is_person_like) >= _MIN_SHARE
