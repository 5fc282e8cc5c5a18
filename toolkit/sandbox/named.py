"""Lists of names that records refer to by an id (owners, stages), made of the names that a snapshot holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.connector import Lookup, Reading, Stream, asked_stream
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Record, Row

_Place = tuple[str, str]
"""The path of a list, and what a field finds its names at: ``(stage)``."""


@dataclass(frozen=True, slots=True)
class NamedLists:
    """The lists of names of one system: ``ids`` of the names by list, and the entries of each list.

    A list that is a stream of its own (organizations) is made only where the snapshot lacks that stream; ``held`` are the
    paths of those that it has.
    """

    ids: Mapping[_Place, Mapping[str, str]] = field(default_factory=dict)
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
        return found.by, self.ids[found.reading.path, at][name]


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
    held = listed_paths([one for one in streams if rows.get(one.name)])
    ids: dict[_Place, dict[str, str]] = {}
    pairs: dict[_Place, dict[str, str]] = {}
    lookups: dict[Reading, dict[str, Lookup]] = {}
    for stream in streams:
        for lookup in stream.lookups:
            if lookup.reading.path not in held:
                known = ids.setdefault((lookup.reading.path, lookup.at), {})
                for name, own in _names(stream, lookup, rows.get(stream.name, ())):
                    known[name] = own or known.get(name, "")
                    if own:
                        # Two may bear one name.
                        pairs.setdefault((lookup.reading.path, lookup.at), {})[own] = name
                lookups.setdefault(lookup.reading, {}).setdefault(lookup.at, lookup)
    for (path, at), known in ids.items():
        known |= {name: own or number_id(f"{at} {name}", 8) for name, own in sorted(known.items())}
        pairs[path, at] = {**{own: name for name, own in known.items()}, **pairs.get((path, at), {})}
    lists: dict[Reading, list[Record]] = {}
    for reading, found in lookups.items():
        entries = lists.setdefault(reading, [])
        for at, lookup in found.items():
            _add(entries, lookup, pairs[reading.path, at])
    return NamedLists(ids, lists, held)


def _names(stream: Stream, lookup: Lookup, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield the names that a stream's rows hold, each with the id that the row has for it; empty where it has none."""
    fields = asked_stream(stream).fields
    columns = [name for name, one in fields.items() if one.headers[:1] == (lookup.at,)]
    own = [name for name, one in fields.items() if one.headers[:1] == (lookup.by,)]
    for row in rows:
        for name in (str(row[column]) for column in columns if row.get(column) is not None):
            found = next((str(row[column]) for column in own if row.get(column) is not None), "")
            yield name, "" if found == name else found


def _add(entries: list[Record], lookup: Lookup, names: Mapping[str, str]) -> None:
    """Add names to a list, by their ids; those that stand inside an entry (the stages of a pipeline) to its first one."""
    inner = lookup.reading.lines
    if inner and lookup.key.startswith(f"{inner}."):
        if not entries:
            entries.append({})
        made = [_entry(lookup, name, key, before=f"{inner}.") for key, name in names.items()]
        entries[0].setdefault(inner, []).extend(made)
        return
    own = [_entry(lookup, name, key) for key, name in names.items()]
    if inner:
        own = own or [_entry(lookup, "Default", "default")]
        if entries:
            entries[0] |= own.pop(0)
    entries += own


def _entry(lookup: Lookup, name: str, key: str, *, before: str = "") -> Record:
    entry: Record = {}
    put(entry, lookup.key.removeprefix(before), key)
    for path, part in zip(lookup.name, name.split(" ", len(lookup.name) - 1), strict=False):
        put(entry, path.removeprefix(before), part)
    return entry
