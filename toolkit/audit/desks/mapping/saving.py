"""A field map in ``engagement.yaml``: only the lines that change are written, and each way there leads back."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.settings import GONE

_MAPPINGS = frozenset({"fields", "lines", "statuses"})
Changes = dict[tuple[str, ...], Any]


def stream_version(mapping: Mapping[str, Any] | None) -> str:
    """Return a hash of a stream as the settings write it; empty where there is none."""
    if mapping is None:
        return ""
    return hashlib.sha256(json.dumps(mapping, sort_keys=True, default=str).encode()).hexdigest()[:16]


def stream_in(tree: Mapping[str, Any], system: str, stream: str) -> dict[str, Any] | None:
    """Return a stream as the settings write it; nothing where they have none.

    Parameters
    ----------
    tree
        What ``engagement.yaml`` says.
    system, stream
        Names.
    """
    given = (tree.get("systems") or {}).get(system) or {}
    found = (given.get("streams") or {}).get(stream)
    return dict(found) if found is not None else None


def stream_changes(
    tree: Mapping[str, Any], system: str, stream: str, wanted: Mapping[str, Any] | None, *, category: str = ""
) -> Changes:
    """Return what to set and to take out so that a stream is what it should be.

    Parameters
    ----------
    tree
        What ``engagement.yaml`` says now.
    system, stream
        Names.
    wanted
        The stream as the settings write it; nothing takes it out.
    category
        Of the system, where it is new.
    """
    place = ("systems", system, "streams", stream)
    before = stream_in(tree, system, stream)
    if wanted is None:
        given = (tree.get("systems") or {}).get(system) or {}
        is_last = set(given) <= {"connector", "category", "streams"} and set(given.get("streams") or {}) <= {stream}
        return {place[:2] if is_last else place: GONE}
    changes: Changes = {}
    if system not in (tree.get("systems") or {}):
        changes[("systems", system, "connector")] = "table"
        changes[("systems", system, "category")] = category or "other"
    for keys, value in _differences(before or {}, wanted):
        changes[(*place, *keys)] = value
    return changes


def confirmed(tree: Mapping[str, Any], system: str, stream: str) -> Changes:
    """Return the change that takes what a page showed of a stream off the list of what nobody has confirmed.

    What its states stand for is not shown there, and stays on the list.

    Parameters
    ----------
    tree
        What ``engagement.yaml`` says now.
    system, stream
        Names.
    """
    noted = [str(one) for one in tree.get("unconfirmed") or []]
    name = f"{system}.{stream}"
    left = [one for one in noted if one != name and (not one.startswith(f"{name}.") or one == f"{name}.statuses")]
    return {("unconfirmed",): left} if left != noted else {}


def _differences(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in wanted.items():
        held = before.get(key)
        if key in _MAPPINGS and isinstance(value, Mapping) and value and (isinstance(held, Mapping) or held is None):
            for name, one in value.items():
                if held is None or name not in held or held[name] != one:
                    yield (key, name), one
            for name in held or {}:
                if name not in value:
                    yield (key, name), GONE
        elif key not in before or held != value:
            yield (key,), value
    for key in before:
        if key not in wanted:
            yield (key,), GONE
