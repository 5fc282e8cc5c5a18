"""Lists of names that records refer to by an id (stages, pipelines), made of the names that a snapshot holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.connector import Lookup, Reading, Stream, asked_stream
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Record, Row


@dataclass(frozen=True, slots=True)
class NamedLists:
    """The lists of names of one system.

    ``ids`` has for each path that a field finds a name at (``(stage)``) the ids of the names. A list that is a stream of its
    own, as owners are, is not made: where the snapshot lacks it, records hold the name in the place of its id.
    ``held`` are the paths of those that the snapshot has.
    """

    ids: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    lists: Mapping[Reading, Sequence[Record]] = field(default_factory=dict)
    held: frozenset[str] = frozenset()

    def id_of(self, stream: Stream, at: str, name: str) -> tuple[str, str] | None:
        """Return where a record has the id of a name, and the id; None where a record has no such path.

        Parameters
        ----------
        stream
            Of the record.
        at
            Where its field finds the name.
        name
            The name.
        """
        found = next((one for one in stream.lookups if one.at == at), None)
        if found is None or found.reading.path in self.held:
            return None
        return found.by, self.ids.get((stream.name, at), {}).get(name, name)


def listed_paths(streams: Sequence[Stream]) -> frozenset[str]:
    """Return the paths of the lists that are streams of their own: names are looked up there as they are."""
    return frozenset(reading.path for stream in streams for reading in stream.readings)


def named_lists(streams: Sequence[Stream], rows: Mapping[str, Sequence[Row]]) -> NamedLists:
    """Return the lists of names of a system.

    Parameters
    ----------
    streams
        Of its connector.
    rows
        Of its snapshots, by stream.
    """
    own = listed_paths(streams)
    ids: dict[tuple[str, str], dict[str, str]] = {}
    lists: dict[Reading, list[Record]] = {}
    for stream in streams:
        for lookup in stream.lookups:
            if lookup.reading.path in own:
                continue
            names = _names(stream, lookup, rows.get(stream.name, ()))
            made = ids.setdefault((stream.name, lookup.at), {})
            made |= {name: number_id(f"{lookup.at} {name}", 8) for name in names}
            _add(lists.setdefault(lookup.reading, []), lookup, made)
    return NamedLists(ids, lists, listed_paths([one for one in streams if rows.get(one.name)]))


def _names(stream: Stream, lookup: Lookup, rows: Sequence[Row]) -> list[str]:
    columns = [name for name, one in asked_stream(stream).fields.items() if lookup.at in one.headers]
    return sorted({str(row[name]) for row in rows for name in columns if row.get(name) is not None})


def _add(entries: list[Record], lookup: Lookup, names: Mapping[str, str]) -> None:
    """Add names to a list; those that stand inside an entry (the stages of a pipeline) to its first one."""
    inner = lookup.reading.lines
    if inner and lookup.key.startswith(f"{inner}."):
        if not entries:
            entries.append({})
        entries[0].setdefault(inner, []).extend(_entry(lookup, name, key, before=f"{inner}.") for name, key in names.items())
        return
    own = [_entry(lookup, name, key) for name, key in names.items()] or [_entry(lookup, "Default", "default")]
    if entries and not any(set(one) - {inner} for one in entries):
        entries[0] |= own.pop(0)
    entries += own


def _entry(lookup: Lookup, name: str, key: str, *, before: str = "") -> Record:
    entry: Record = {}
    put(entry, lookup.key.removeprefix(before), key)
    for path, part in zip(lookup.name, name.split(" ", len(lookup.name) - 1), strict=False):
        put(entry, path.removeprefix(before), part)
    return entry
