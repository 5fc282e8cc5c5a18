"""Which of several records that share a key is which: ``7`` and ``7#2`` keep their numbers from one export to the next.

The numbers are given in the order of rows and files, and an export that is sorted otherwise tomorrow would hand the
decisions about one record to the other. So the rows are held against those of the last snapshot, and each record keeps the
id that it had there; what is new takes a number that no other record had.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.canonical import CanonicalStream
from toolkit.files.records import ReadTable
from toolkit.files.row_json import raw_json

_NUMBERED = r"#[1-9]\d*$"
_NUMBER = re.compile(r"(#+)([1-9]\d*)$")

Cells = frozenset[tuple[str, str]]


def has_numbered_keys(ids: pa.Array | pa.ChunkedArray) -> bool:
    """Return whether some id ends in ``#`` and a number.

    Examples
    --------
    >>> has_numbered_keys(pa.array(["7", "7#2"])), has_numbered_keys(pa.array(["7", "#A"]))
    (True, False)
    """
    return bool(pc.any(pc.match_substring_regex(ids, _NUMBERED)).as_py())


def _numbered_keys(ids: pa.ChunkedArray) -> set[str]:
    """Return the keys that name several records, of which all but the first have a number behind ``#``."""
    found = pc.unique(ids.filter(pc.fill_null(pc.match_substring_regex(ids, _NUMBERED), False))).to_pylist()
    known = set(pc.unique(ids).to_pylist())
    return {key for key in (_NUMBER.sub("", one) for one in found) if key in known}


def with_kept_numbers(stream: CanonicalStream, before: pa.Table) -> CanonicalStream:
    """Return the stream where records that share a key have the ids that they had before.

    ``before`` has ``record_id`` and ``raw`` of the last snapshot, of what is absent by now too.
    """
    if stream.stream.is_id:
        return stream
    held = before["record_id"]
    keys = _numbered_keys(held)
    # Of two files, the second alone may hold the numbered one.
    keys |= _numbered_keys(pa.chunked_array([one.identity.ids for one in stream.files], pa.string()))
    if not keys:
        return stream
    old = _families(zip(held.to_pylist(), before["raw"].to_pylist(), strict=True), keys)
    new = _families(_rows(stream.files, keys), keys)
    renamed = {name: to for key, rows in new.items() if key in old for name, to in _kept(key, rows, old[key]).items()}
    if not renamed:
        return stream
    return replace(stream, files=tuple(_renamed(one, renamed) for one in stream.files))


def _rows(files: Sequence[ReadTable], keys: set[str]) -> Iterator[tuple[str, str]]:
    """Yield id and raw text of the records whose key names several."""
    for one in files:
        kept = one.kept_rows
        ids = one.identity.ids.take(pa.array(kept))
        chosen = kept[np.array([_NUMBER.sub("", text) in keys for text in ids.to_pylist()], np.bool_)]
        raws = raw_json(one.table.raw.headers, one.table.rows.take(pa.array(chosen)))
        yield from zip(one.identity.ids.take(pa.array(chosen)).to_pylist(), raws.to_pylist(), strict=True)


def _families(rows: Iterable[tuple[str, str]], keys: set[str]) -> dict[str, dict[str, Cells]]:
    """Return for each key its records: the cells of each id."""
    result: dict[str, dict[str, Cells]] = {}
    for record_id, raw in rows:
        key = _NUMBER.sub("", record_id)
        if key in keys:
            result.setdefault(key, {})[record_id] = _cells(raw)
    return result


def _cells(raw: str) -> Cells:
    """Return the filled cells of a raw row."""
    return frozenset((header, str(value)) for header, value in json.loads(raw).items() if value and header != "_rows")


def _kept(key: str, new: Mapping[str, Cells], old: Mapping[str, Cells]) -> dict[str, str]:
    """Return which ids of a key change to which: the most alike first, of equal ones the one that has the id already."""
    shared = frozenset.intersection(*new.values(), *old.values())
    grades = sorted(
        (
            (-len((cells & theirs) - shared), name != held, name, held)
            for name, cells in new.items()
            for held, theirs in old.items()
        ),
    )
    given: dict[str, str] = {}
    taken: set[str] = set()
    for grade, _, name, held in grades:
        if name in given or held in taken or (not grade and new[name] != old[held]):
            continue
        given[name] = held
        taken.add(held)
    for name in new:
        # What is new keeps its number unless another record had it.
        if name not in given and name not in old:
            given[name] = name
    free = _free(key, {*old, *given.values()})
    given |= {name: next(free) for name in new if name not in given}
    return {name: to for name, to in given.items() if name != to}


def _free(key: str, taken: set[str]) -> Iterator[str]:
    """Yield ids of a key that no record has, and none had."""
    sign = max((found[1] for one in taken if (found := _NUMBER.search(one.removeprefix(key)))), key=len, default="#")
    number = 2
    while True:
        if (name := f"{key}{sign}{number}") not in taken:
            yield name
        number += 1


def _renamed(one: ReadTable, names: Mapping[str, str]) -> ReadTable:
    places = pc.index_in(one.identity.ids, pa.array(list(names), pa.string()))
    ids = pc.coalesce(pa.array(list(names.values()), pa.string()).take(places), one.identity.ids)
    return replace(one, identity=replace(one.identity, ids=ids))
