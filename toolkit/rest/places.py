r"""Values by their path in JSON: names with dots, numbers for places of a list (0 the first, -1 the last).

A dot that belongs to a name is written ``\.``. Of a list whose entries have a kind, ``[type=home]`` is the entry of one.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import methodcaller
from typing import Any

_DOT = re.compile(r"(?<!\\)\.")
_KIND = re.compile(r"\[(\w+)=(\w+)\]")


def value_at(value: Any, path: str) -> Any:
    r"""Return what stands at a path; None where nothing does. A name that has dots itself is found as it stands, too.

    Examples
    --------
    >>> answer = {"paging": {"next": {"after": "77"}}, "items": [{"id": 1}, {"id": 2}], "@odata.nextLink": "/p2"}
    >>> value_at(answer, "paging.next.after"), value_at(answer, "items.-1.id"), value_at(answer, "@odata.nextLink")
    ('77', 2, '/p2')
    >>> value_at({"of": {"party.party,7": "3"}}, "of.party\\.party,7")
    '3'
    >>> value_at({"phones": [{"type": "fax", "no": "1"}, {"type": "home", "no": "2"}]}, "phones.[type=home].no")
    '2'
    """
    if not path:
        return value
    if isinstance(value, Mapping) and path in value:
        return value[path]
    for name in names_of(path):
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.lstrip("-").isdigit() and -len(value) <= int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, list) and (kind := _KIND.fullmatch(name)):
            value = next((one for one in value if _is_of(one, kind)), None)
        else:
            return None
    return value


def _is_of(entry: Any, kind: re.Match[str]) -> bool:
    return isinstance(entry, Mapping) and str(entry.get(kind[1])) == kind[2]


def names_of(path: str) -> list[str]:
    r"""Return the names of a path.

    Examples
    --------
    >>> names_of("items.0.id"), names_of("of.party\\.party,7")
    (['items', '0', 'id'], ['of', 'party.party,7'])
    """
    if "\\" not in path:
        return path.split(".")
    return [one.replace("\\.", ".") for one in _DOT.split(path)]


def path_of(names: Sequence[str]) -> str:
    """Return the path of names, whatever dots they hold."""
    return ".".join(one.replace(".", "\\.") for one in names)


def _first(path: str) -> tuple[str, str]:
    """Return the first name of a path, and the path of the others."""
    if "\\" not in path:
        name, _, rest = path.partition(".")
        return name, rest
    first, *others = names_of(path)
    return first, path_of(others)


@lru_cache(maxsize=512)
def getter_of(path: str) -> Callable[[Any], Any]:
    """Return what finds the value at a path of a record: most are one or two names deep, and there are many records.

    Examples
    --------
    >>> getter_of("contact.email")({"contact": {"email": "a@b.example"}}), getter_of("id")({"id": 7})
    ('a@b.example', 7)
    """
    names = names_of(path)
    if len(names) > 2 or not path or "\\" in path or any(name.lstrip("-").isdigit() for name in names):
        return lambda row: value_at(row, path)
    outer = names[0]
    if len(names) == 1:
        return methodcaller("get", path)
    name = names[1]

    def inner(row: Any) -> Any:
        found = row.get(outer)
        return found.get(name) if type(found) is dict else value_at(row, path)

    return inner


def text_at(value: Any, path: str) -> str:
    """Return what stands at a path as text; empty for nothing.

    Examples
    --------
    >>> text_at({"id": 9007199254740993}, "id"), text_at({"id": None}, "id"), text_at({"open": True}, "open")
    ('9007199254740993', '', 'true')
    """
    return text_of_value(value_at(value, path))


def text_of_value(found: Any) -> str:
    """Return a value as text; empty for none."""
    if type(found) is str:
        return found
    if found is None:
        return ""
    return json.dumps(found, ensure_ascii=False) if isinstance(found, bool | dict | list) else str(found)


def texts_at(rows: Sequence[Mapping[str, Any]], path: str) -> list[str]:
    """Return what stands at a path of each record as text; empty for nothing.

    Examples
    --------
    >>> texts_at([{"id": "7"}, {"id": 8}, {}], "id")
    ['7', '8', '']
    """
    found = [*map(getter_of(path), rows)]
    return found if {*map(type, found)} <= {str} else [*map(text_of_value, found)]


def with_value_at(value: Any, path: str, new: Any) -> Any:
    """Return JSON with another value at a path; objects on the way there are made where they are missing.

    Parameters
    ----------
    value
        The JSON; it is not changed.
    path
        Where, by names, and by numbers in lists that are there.
    new
        What stands there then.

    Examples
    --------
    >>> with_value_at({"query": "{a}", "variables": {"first": 9}}, "variables.after", "x")
    {'query': '{a}', 'variables': {'first': 9, 'after': 'x'}}
    >>> with_value_at({"filters": [{"value": "1"}, {"value": "2"}]}, "filters.1.value", "3")
    {'filters': [{'value': '1'}, {'value': '3'}]}
    >>> with_value_at({"phones": [{"type": "fax", "no": "1"}]}, "phones.[type=home].no", "2")
    {'phones': [{'type': 'fax', 'no': '1'}, {'type': 'home', 'no': '2'}]}
    """
    name, rest = _first(path)
    if kind := _KIND.fullmatch(name):
        entries = list(value) if isinstance(value, list) else []
        place = next((number for number, one in enumerate(entries) if _is_of(one, kind)), len(entries))
        entry = with_value_at(entries[place] if place < len(entries) else {kind[1]: kind[2]}, rest, new)
        return [*entries[:place], entry, *entries[place + 1 :]]
    if isinstance(value, list) and name.isdigit() and int(name) < len(value):
        place = int(name)
        return [*value[:place], with_value_at(value[place], rest, new) if rest else new, *value[place + 1 :]]
    inner = dict(value) if isinstance(value, Mapping) else {}
    inner[name] = with_value_at(inner.get(name), rest, new) if rest else new
    return inner


def without_values_at(value: Any, paths: Sequence[str]) -> Any:
    """Return JSON without what stands at some paths: what is left is what nobody may change.

    Examples
    --------
    >>> without_values_at({"query": "{a}", "variables": {"after": "x"}}, ["variables.after"])
    {'query': '{a}', 'variables': {}}
    """
    for path in paths:
        name, rest = _first(path)
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            place = int(name)
            kept = [without_values_at(value[place], [rest])] if rest else [None]
            value = [*value[:place], *kept, *value[place + 1 :]]
        elif isinstance(value, Mapping) and name in value:
            inner = dict(value)
            if rest:
                inner[name] = without_values_at(inner[name], [rest])
            else:
                del inner[name]
            value = inner
    return value
