"""Whether all records are as they were: every canonical column of every record, compared under the crosswalk.

What a system cannot give back is set aside, each kind by its name: its own stamps of time and versions, ids of records that
were made anew, and records that the jobs made and took away again, where a system keeps those.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.connectors import connector_of
from toolkit.rest.places import value_at
from toolkit.store.snapshots import read_side_table, read_snapshot
from toolkit.tables import ENTITY_SCHEMAS

ANEW = "id of a record that was made anew"
TAKEN_AWAY = "record that a job made and took away again"
STAMP = "the system's own stamp of time"
VERSION = "the system's own version"
_STAMPS = frozenset({"updated_at"})
_OWN_NAMES = frozenset({"record_key", "record_id"})
_REFERENCES = frozenset({"party_ref", "parent_ref", "party_key", "parent_key", "merged_into", "deal_ref", "invoice_ref"})
_SIDES = ("lines", "points")
_SHOWN = 100
_VERSION = "(version)"

Records = Mapping[str, Mapping[str, Any]]
"""Records by their keys: canonical columns by name, lines and points beside them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is another one: of which record, in which column (empty: the whole record), before and after."""

    record_key: str
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two states differ. ``compared`` are records, ``values`` their columns; ``set_aside`` counts each kind."""

    compared: int
    values: int
    differences: tuple[Difference, ...]
    set_aside: Mapping[str, int]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs but what was set aside."""
        return not self.differences


def held_records(engagement: Engagement, systems: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return every record of the newest snapshots of some systems, by record_key; with its version, where it names one.

    Parameters
    ----------
    engagement
        Whose records they are.
    systems
        The client's names of the systems.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in engagement.store.snapshots().to_pylist():
        if row["system"] not in systems:
            continue
        path = engagement.folder / row["path"]
        versioned = _version_path(row["connector"], row["stream"])
        own = {}
        for one in read_snapshot(path, row["entity"], ENTITY_SCHEMAS[row["entity"]].names).to_pylist():
            raw = one.pop("raw")
            own[one["record_key"]] = one
            if versioned and raw:
                one[_VERSION] = value_at(json.loads(raw), versioned)
        for name in _SIDES:
            for one in read_side_table(path, name).to_pylist():
                key = one.pop("record_key")
                if key in own:
                    own[key].setdefault(name, []).append(one)
        found |= own
    return found


def _version_path(connector: str, stream: str) -> str:
    """Return where a record of a stream names its version; empty where it names none."""
    found = connector_of(connector)
    own = next((one.writing for one in found.streams if one.name == stream), None) if found is not None else None
    return own.version.path if own is not None and own.version is not None else ""


def compared(before: Records, after: Records, *, anew: Mapping[str, str], made: Collection[str]) -> Comparison:
    """Return how the records of two moments differ.

    Parameters
    ----------
    before, after
        The records.
    anew
        By key of a record of before the key of the one that was made in its place.
    made
        Keys of records that jobs made: they may be there still, as long as they are not in use.
    """
    gone = {new: old for old, new in anew.items()}
    ids = {new.split("/", 2)[2]: old.split("/", 2)[2] for old, new in anew.items()}
    aside: Counter[str] = Counter()
    differences: list[Difference] = []
    values = 0
    for key, record in before.items():
        other = after.get(anew.get(key, key))
        if other is None:
            differences.append(Difference(key, "", "there", "gone"))
            continue
        aside[ANEW] += key in anew
        for column, value in record.items():
            values += column != _VERSION
            found = other.get(column)
            if found == value or _as_before(column, found, gone, ids) == value:
                continue
            if column == _VERSION:
                aside[VERSION] += 1
            elif column in _STAMPS or (column == "created_at" and key in anew):
                aside[STAMP] += 1
            elif not (column in _OWN_NAMES and key in anew):
                differences.append(Difference(key, column, value, found))
        differences += [Difference(key, name, None, other[name]) for name in _SIDES if name in other and name not in record]
    for key in _only_after(before, after, gone):
        is_away = after[key]["state"] != "active"
        if is_away and (key in made or key in gone):
            aside[TAKEN_AWAY] += 1
        else:
            differences.append(Difference(key, "", "not there", "there"))
    return Comparison(len(before), values, tuple(differences), dict(aside))


def _only_after(before: Records, after: Records, gone: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of records that are there now only, and stand for none that was there."""
    yield from (key for key in after if key not in before and key not in gone)


def _as_before(column: str, value: Any, keys: Mapping[str, str], ids: Mapping[str, str]) -> Any:
    """Return a reference to a record that was made anew as it was: by the key or the id of the one in whose place it is."""
    if column not in _REFERENCES or value is None:
        return value
    return keys.get(value, ids.get(value, value))


def shown_differences(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the first differences, as ``--json`` prints them."""
    return [
        {"record": one.record_key, "column": one.column, "before": _text(one.before), "after": _text(one.after)}
        for one in comparison.differences[:_SHOWN]
    ]


def _text(value: Any) -> Any:
    """Return a value as a person reads it: what stands beside a record, entry by entry."""
    if isinstance(value, list):
        return "; ".join(_entry_words(one) for one in value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _entry_words(entry: Any) -> str:
    """Return a point (``phone 312 555 0101 (address, main)``), or a line of a document, without what is empty in it."""
    if not isinstance(entry, Mapping):
        return str(entry)
    if "kind" in entry and "value" in entry:
        notes = [str(entry["label"])] if entry.get("label") else []
        notes += ["main"] if entry.get("is_primary") else []
        return f"{entry['kind']} {entry['value']}" + (f" ({', '.join(notes)})" if notes else "")
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in entry.items() if value is not None)
