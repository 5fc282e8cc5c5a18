"""Puts values at the places of a record: names with dots, numbers for places of a list."""

from itertools import pairwise
from typing import Any


def put(record: Any, path: str, value: Any) -> None:
    """Put a value at a path; objects and lists on the way there are made.

    Parameters
    ----------
    record
        Is changed.
    path
        Where.
    value
        What stands there then.

    Examples
    --------
    >>> record = {}
    >>> put(record, "associations.companies.results.0.id", "17")
    >>> record
    {'associations': {'companies': {'results': [{'id': '17'}]}}}
    """
    names = path.split(".")
    for name, following in pairwise(names):
        record = _inner(record, name, is_list=_is_number(following))
    _set(record, names[-1], value)


def _is_number(name: str) -> bool:
    return name.lstrip("-").isdigit()


def _inner(record: Any, name: str, *, is_list: bool) -> Any:
    """Return what stands at a name, made where nothing does."""
    if isinstance(record, list):
        place = max(0, int(name))
        record += [{} for _ in range(place + 1 - len(record))]
        return record[place]
    found = record.get(name)
    if not isinstance(found, dict | list):
        found = record[name] = [] if is_list else {}
    return found


def _set(record: Any, name: str, value: Any) -> None:
    if isinstance(record, list):
        place = max(0, int(name))
        record += [None for _ in range(place + 1 - len(record))]
        record[place] = value
    else:
        record[name] = value
