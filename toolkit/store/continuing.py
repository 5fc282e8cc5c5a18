"""A stream that changes its source goes on with the ids that it began with.

A file names a customer by its name, the interface by a number. Where each says the other's id as another id of the record,
the record keeps the one that it was first known by, and with it its decisions and its place in a cluster; the other one
stands among its other ids. Numbers of one source may be those of other records in the other: an id is compared only with
ids of its own source.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.store.merging import Brought
from toolkit.store.parquet import parquet_columns

Source = Literal["file", "interface"]
"""Where the records of a pull come from."""

OTHER: Mapping[Source, Source] = {"file": "interface", "interface": "file"}


@dataclass(frozen=True, slots=True)
class Ids:
    """How the ids of two sources go together in a stream.

    ``began_with`` is the source of all ids that ``names`` does not say otherwise of. ``names`` has by source and its id
    the id that a record has here; also of records that it brought first, which have its id.
    """

    began_with: Source
    names: Mapping[Source, Mapping[str, str]] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, Any]:
        """The ids as JSON."""
        return {"began_with": self.began_with, "names": {source: dict(names) for source, names in self.names.items()}}

    def others(self) -> dict[str, list[str]]:
        """Return the ids of the other source by the id that a record has."""
        found: dict[str, list[str]] = {}
        for names in self.names.values():
            for other, own in names.items():
                if other != own:
                    found.setdefault(own, []).append(other)
        return found


def kept_ids(kept: Mapping[str, Any] | None) -> Ids | None:
    """Return ids that were kept as JSON; None where a stream had one source until now."""
    return None if not kept else Ids(kept["began_with"], kept["names"])


def begun_ids(before: pa.Table, new: pa.Table, source: Source, former: Source) -> Ids | None:
    """Return the ids of a stream whose source changes; None where both sources name records alike.

    Parameters
    ----------
    before, new
        ``record_id`` and ``alt_ids`` of the records of before, and of the new ones.
    source, former
        Where the new ones come from, and where those of before came from.

    Examples
    --------
    >>> before = pa.table({"record_id": ["Acme"], "alt_ids": [None]})
    >>> new = pa.table({"record_id": ["58"], "alt_ids": [["Acme"]]})
    >>> begun_ids(before, new, "interface", "file"), begun_ids(before, before, "interface", "file")
    (Ids(began_with='file', names={}), None)
    """
    if source == former:
        return None
    alike = _shared(new["record_id"], before["record_id"])
    told = _shared(_flat(new), before["record_id"]) + _shared(new["record_id"], _flat(before))
    return Ids(former) if told > alike else None


def continued(ids: Ids, before: pa.Table, new: pa.Table, source: Source) -> Ids:
    """Return the ids with those of the records that a source brings.

    A record of before is claimed by the one new record that names it, or that it names; where several do, none has it.

    Parameters
    ----------
    ids
        What is known.
    before, new
        ``record_id`` and ``alt_ids`` of the records of before, and of the new ones.
    source
        Where the new ones come from.

    Examples
    --------
    >>> before = pa.table({"record_id": ["Acme", "1042"], "alt_ids": [None, None]})
    >>> new = pa.table({"record_id": ["1042", "7"], "alt_ids": [["Acme"], None]})
    >>> continued(Ids("file"), before, new, "interface").names["interface"]
    {'1042': 'Acme', '7': '7'}
    """
    known = dict(ids.names.get(source, {}))
    held = {one: set(others or ()) for one, others in _pairs(before)}
    foreign = set(ids.names.get(OTHER[source], {}).values()) if source == ids.began_with else set(held) - set(known.values())
    if source == ids.began_with:
        # Of a record that the other source brought first, its id here is the other's.
        foreign = {one for one in foreign if ids.names[OTHER[source]].get(one) == one}
    fresh = {one: set(others or ()) for one, others in _pairs(new)
             if one not in known and not (source == ids.began_with and one in held and one not in foreign)}  # fmt: skip
    taken = set(known.values()) | {one for one in new["record_id"].to_pylist() if one not in fresh and one not in known}
    claims = _claims(fresh, {one: held[one] for one in foreign & set(held) if one not in taken})
    for one in fresh:
        if one in claims:
            known[one] = claims[one]
        elif one in held or one in taken:
            known[one] = _free_id(one, {*held, *taken})
        elif source != ids.began_with:
            known[one] = one
        taken.add(known.get(one, one))
    return Ids(ids.began_with, {**ids.names, source: known})


def _claims(fresh: Mapping[str, set[str]], free: Mapping[str, set[str]]) -> dict[str, str]:
    """Return which records of before new ones are, where there is one answer."""
    by_name: dict[str, list[str]] = {}
    for one, others in free.items():
        for name in others:
            by_name.setdefault(name, []).append(one)
    wanted: dict[str, set[str]] = {}
    for one, others in fresh.items():
        found = {name for name in others if name in free} | set(by_name.get(one, ()))
        if len(found) == 1:
            wanted.setdefault(found.pop(), set()).add(one)
    return {next(iter(claimants)): own for own, claimants in wanted.items() if len(claimants) == 1}


def _free_id(one: str, taken: Collection[str]) -> str:
    number = 2
    while f"{one}#{number}" in taken:
        number += 1
    return f"{one}#{number}"


def _pairs(table: pa.Table) -> Iterable[tuple[str, Sequence[str] | None]]:
    return zip(table["record_id"].to_pylist(), table["alt_ids"].to_pylist(), strict=True)


def _flat(table: pa.Table) -> pa.Array:
    return pc.list_flatten(table["alt_ids"].combine_chunks().cast(pa.list_(pa.string())))


def _shared(left: Any, right: Any) -> int:
    return int(pc.sum(pc.is_in(pc.unique(left), value_set=pc.unique(right))).as_py() or 0)


def with_names(table: pa.Table, names: Mapping[str, str], others: Mapping[str, Sequence[str]]) -> pa.Table:
    """Return a table of records, lines or points with the keys that records have here.

    Parameters
    ----------
    table
        With ``record_key``; records have ``record_id``, ``alt_ids`` and ``merged_into``, too.
    names
        By an id of the source, the one that the record has.
    others
        By the id that a record has, those that it has elsewhere.
    """
    for column in ("record_key", "merged_into"):
        if column in table.column_names:
            keys = [None if one is None else _renamed_key(one, names) for one in table[column].to_pylist()]
            place = table.schema.get_field_index(column)
            table = table.set_column(place, table.schema.field(column), pa.array(keys, table.schema.field(column).type))
    if "record_id" not in table.column_names:
        return table
    own = [names.get(one, one) for one in table["record_id"].to_pylist()]
    alts = [
        list(dict.fromkeys(name for name in (*others.get(one, ()), *(given or ())) if name != one)) or None
        for one, given in zip(own, table["alt_ids"].to_pylist(), strict=True)
    ]
    for column, values in (("record_id", own), ("alt_ids", alts)):
        place = table.schema.get_field_index(column)
        table = table.set_column(place, table.schema.field(column), pa.array(values, table.schema.field(column).type))
    return table


def going_on(
    folder: Path, new: Path, sides: Mapping[str, pa.Table], previous: Path | None, brought: Brought
) -> tuple[Path, Mapping[str, pa.Table], Brought, Ids | None]:
    """Return what a pull brought, under the ids that its stream began with where the source has changed since.

    Parameters
    ----------
    folder
        Where records under other ids are written.
    new, sides, brought
        The records, their side tables, and what else the pull says.
    previous
        The snapshot before; None for the first one.
    """
    if previous is None:
        return new, sides, brought, None
    said = _manifest(previous)
    source: Source = "interface" if brought.facts else "file"
    former: Source = "interface" if said.get("pull") else "file"
    ids = kept_ids(said.get("ids"))
    if ids is None and source == former:
        return new, sides, brought, None
    held, fresh = (parquet_columns(path, ["record_id", "alt_ids"]) for path in (previous, new))
    ids = ids or begun_ids(held, fresh, source, former)
    if ids is None:
        return new, sides, brought, None
    ids = continued(ids, held, fresh, source)
    names, others = ids.names[source], ids.others()
    file, renamed = pq.ParquetFile(new), folder / "renamed.parquet"
    with pq.ParquetWriter(renamed, file.schema_arrow, compression="zstd") as writer:
        for group in range(file.num_row_groups):
            writer.write_table(with_names(file.read_row_group(group), names, others))
    if brought.states or brought.merged:
        states = {_renamed_key(key, names): state for key, state in brought.states.items()}
        merged = {_renamed_key(key, names): _renamed_key(into, names) for key, into in brought.merged.items()}
        brought = replace(brought, states=states, merged=merged)
    return renamed, {name: with_names(table, names, {}) for name, table in sides.items()}, brought, ids


def _manifest(snapshot: Path) -> Mapping[str, Any]:
    """Return what is said of a snapshot; nothing where that is gone, as a damaged one is refused elsewhere."""
    try:
        found = json.loads(snapshot.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _renamed_key(key: str, names: Mapping[str, str]) -> str:
    """Return a record's key (``system/stream/id``) with the id that it has here."""
    system, stream, one = key.split("/", 2)
    return f"{system}/{stream}/{names.get(one, one)}"
