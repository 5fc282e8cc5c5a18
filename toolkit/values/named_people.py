"""Which people a cell names: "Dana, Grace" are two, "Lindqvist, Dana" is one."""

import re

from toolkit.values.known_names import known_given_names
from toolkit.values.text import folded

_BETWEEN = re.compile(r"\s*(?:[;/&+]|\band\b)\s*", re.IGNORECASE)
_PAIR = 2


def named_people(cell: str) -> tuple[str, ...]:
    """Return the people that a cell names, as they are written; each once.

    Examples
    --------
    >>> named_people("Dana, Grace"), named_people("Lindqvist, Dana"), named_people("Dana and Grace Hill; Owen")
    (('Dana', 'Grace'), ('Lindqvist, Dana',), ('Dana', 'Grace Hill', 'Owen'))
    """
    parts = [part.strip() for part in _BETWEEN.split(cell)]
    names = [name for part in parts for name in _without_family_first(part)]
    return tuple(dict.fromkeys(name for name in names if name))


def _without_family_first(part: str) -> list[str]:
    """Return the names between commas; a family name before its given name is one name."""
    names = [name.strip() for name in part.split(",")]
    if len(names) == _PAIR and " " not in names[0] and _is_family_first(*names):
        return [part]
    return names


def _is_family_first(before: str, after: str) -> bool:
    first = (folded(after).split() or [""])[0]
    return first in known_given_names() and folded(before) not in known_given_names()
