"""Lists of names that come with the package: given and family names, towns, and other words in sections."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import pyarrow as pa


@cache
def known_given_names() -> frozenset[str]:
    """Return the given names of many languages, folded.

    Examples
    --------
    >>> "giuseppe" in known_given_names(), "invoice" in known_given_names()
    (True, False)
    """
    return _person_names()[0]


@cache
def known_family_names() -> frozenset[str]:
    """Return the family names of many languages, folded.

    Examples
    --------
    >>> "lindqvist" in known_family_names(), "invoice" in known_family_names()
    (True, False)
    """
    return _person_names()[1]


@cache
def given_name_texts() -> pa.StringArray:
    """Return ``known_given_names`` in order, for a whole column to be looked up among them.

    Examples
    --------
    >>> len(given_name_texts()) == len(known_given_names())
    True
    """
    return pa.array(sorted(known_given_names()), pa.string())


@cache
def family_name_texts() -> pa.StringArray:
    """Return ``known_family_names`` in order, for a whole column to be looked up among them.

    Examples
    --------
    >>> len(family_name_texts()) == len(known_family_names())
    True
    """
    return pa.array(sorted(known_family_names()), pa.string())


@cache
def known_towns() -> frozenset[str]:
    """Return the names of towns, folded, words with blanks between.

    Examples
    --------
    >>> "frankfurt am main" in known_towns(), "invoice" in known_towns()
    (True, False)
    """
    return frozenset().union(*listed_names("town_names.txt").values())


@cache
def countries_of_towns() -> Mapping[str, str]:
    """Return the country of each town whose name no town of another country bears.

    Examples
    --------
    >>> countries_of_towns()["leeds"], countries_of_towns()["graz"], "birmingham" in countries_of_towns()
    ('GB', 'AT', False)
    """
    countries: dict[str, str] = {}
    for country, towns in listed_names("town_names.txt").items():
        for town in towns:
            countries[town] = "" if town in countries else country
    return MappingProxyType({town: country for town, country in countries.items() if country})


@cache
def listed_names(file: str) -> Mapping[str, frozenset[str]]:
    """Return the sections of a file of names, each with its names; commas between names, a section's title in brackets.

    Examples
    --------
    >>> sorted(listed_names("region_names.txt"))
    ['names']
    """
    sections: dict[str, frozenset[str]] = {}
    for section in _lines(file).split("[")[1:]:
        title, _, names = section.partition("]")
        sections[title] = frozenset(" ".join(name.split()) for name in names.replace("\n", " ").split(",") if name.strip())
    return MappingProxyType(sections)


@cache
def _person_names() -> tuple[frozenset[str], frozenset[str]]:
    given, _, family = _lines("person_names.txt").partition("[family]")
    return frozenset(given.replace("[given]", "").split()), frozenset(family.split())


def _lines(file: str) -> str:
    """Return the lines of a file of names that are not its notes."""
    text = resources.files("toolkit.values").joinpath(file).read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))
