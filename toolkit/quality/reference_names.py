"""What a system's records may be called, and which references are none of it.

A reference may be an id, another id of the same record, a number or a name, as systems write it. Nothing is judged where the
list they refer to was not sent: a stream has at least 20 references and more than half of them are not found.
"""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.check import failing_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Records, Rows, Stream, coded, folded

NAMES = "names"
"""The stream of names that stand on a system's documents: no list that the system keeps."""

_MIN_UNKNOWN_LIST = 20
_MOST = 0.5
_SEVERAL = re.compile(r"\s*[,;|/]\s*|\s+and\s+|\s*&\s*")
_GONE = ("deleted", "absent")


def is_unknown_list(failing: Rows, rows: Rows) -> bool:
    """Say whether so many references lead nowhere, and most of them, that it is another list that was sent."""
    return len(rows) >= _MIN_UNKNOWN_LIST and len(failing) > _MOST * len(rows)


def holds_any(evidence: Evidence, system: str, entities: tuple[str, ...]) -> bool:
    """Say whether a system holds live records that can be called anything.

    Parameters
    ----------
    evidence
        All records.
    system
        The system whose records are looked through.
    entities
        What the records may be.
    """
    return any(len(names) for table in _tables(evidence.records, system, entities, is_gone=False) for names in _names(table))


def known_references(
    evidence: Evidence, system: str, entities: tuple[str, ...], column: pa.ChunkedArray
) -> npt.NDArray[np.bool_]:
    """Return for every row whether its reference, or every one of several in the cell, names a live record.

    Parameters
    ----------
    evidence
        All records.
    system
        The system whose records are looked through.
    entities
        What the references may lead to.
    column
        References as written.
    """
    # Once per different reference: thousands of payments name one deal.
    different, codes = coded(folded(column))
    several = [_parts(text) for text in different.filter(_may_be_several(different)).to_pylist()]
    bare = pc.utf8_ltrim(different, characters="#")
    parts = pa.array([form for cell in several for part in cell for form in (part, part.lstrip("#"))], pa.string())
    asked = pc.unique(pa.chunked_array([different, bare, parts]))
    known = _called(evidence.records, system, entities, asked, is_gone=False)
    is_known = np.zeros(len(different) + 1, dtype=bool)
    is_known[:-1] = pc.or_(pc.is_in(different, value_set=known), pc.is_in(bare, value_set=known)).to_numpy(
        zero_copy_only=False
    )
    names = set(pc.unique(parts.filter(pc.is_in(parts, value_set=known))).to_pylist())
    for place, cell in zip(np.flatnonzero(_may_be_several(different)), several, strict=True):
        is_known[place] |= len(cell) > 1 and all(part in names or part.lstrip("#") in names for part in cell)
    return is_known[codes]


def failing_references(
    evidence: Evidence, stream: Stream, rows: Rows, shown: pa.ChunkedArray, *, entities: tuple[str, ...], words: str
) -> pa.Table:
    """Return the FAILING rows of references that lead nowhere; one to a record that was deleted says so.

    Parameters
    ----------
    evidence
        All records.
    stream, rows
        Where the references stand.
    shown
        References as written, of the whole stream.
    entities
        What they may lead to.
    words
        What is missing, in a client's words: "a customer".
    """
    taken = shown.take(pa.array(rows, pa.int64()))
    compared = folded(taken)
    gone = _called(evidence.records, stream.system, entities, pc.unique(compared), is_gone=True)
    reasons = pc.if_else(
        pc.is_in(compared, value_set=gone),
        f"{stream.system} once listed {words} like this, but it was deleted.",
        f"{stream.system} does not list {words} like this.",
    )
    return failing_rows(stream, rows, taken, reasons)


def _tables(records: Records, system: str, entities: tuple[str, ...], *, is_gone: bool) -> Iterator[pa.Table]:
    for (owner, stream), table in records.items():
        if owner == system and stream != NAMES:
            is_one = pc.is_in(table["entity"], value_set=pa.array(entities))
            was_there = pc.is_in(table["state"], value_set=pa.array(_GONE))
            wanted = pc.and_(is_one, was_there if is_gone else pc.invert(was_there))
            if pc.any(wanted).as_py():
                yield table.filter(wanted)


def _called(
    records: Records, system: str, entities: tuple[str, ...], asked: pa.Array | pa.ChunkedArray, *, is_gone: bool
) -> pa.Array:
    """Return which of the texts that are asked for name a record.

    The records are held against the references, not the other way: what is referred to is little beside all that a million
    records may be called.
    """
    found = [pa.array([], pa.string())]
    for table in _tables(records, system, entities, is_gone=is_gone):
        for names in _names(table):
            met = names.filter(pc.is_in(names, value_set=asked))
            found.append(pc.unique(met))
    return pc.unique(pa.chunked_array(found)).drop_null()


def _names(table: pa.Table) -> Iterator[pa.ChunkedArray]:
    """Yield every text that may refer to a record of the table, folded."""
    for name in ("record_id", "record_key", "number", "code", "name", "company_name"):
        if name in table.column_names:
            yield folded(table[name]).drop_null()
    yield folded(pc.list_flatten(table["alt_ids"])).drop_null()
    if "given_name" in table.column_names:
        yield folded(pc.binary_join_element_wise(table["given_name"], table["family_name"], " ")).drop_null()


def _may_be_several(different: pa.Array) -> pa.Array:
    return pc.match_substring_regex(different, "[,;|/&]|and")


def _parts(text: str) -> list[str]:
    return [part for part in _SEVERAL.split(text) if part]
