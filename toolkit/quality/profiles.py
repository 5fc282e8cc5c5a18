"""What each column of each stream holds: fill, different values, shapes, range, most common values, newest change.

The shape of a value has ``A`` for a letter and ``9`` for a digit; five or more letters in a row are ``A…``.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.requirements import REQUIRED
from toolkit.quality.streams import Records, Stream, is_filled, live_streams
from toolkit.tables import COLUMN_PROFILE, ENTITY_SCHEMAS
from toolkit.values.cell_bytes import is_ascii

_NOT_PROFILED = ("record_key", "system", "stream", "entity", "raw", "date_only", "merged_into", "alt_ids")
_MAX_SHOWN = 5
_MAX_VALUE_CHARACTERS = 80
_LONG_RUN = 5
_BLOCK = 4096
_HALVES = range(0xD800, 0xE000)
"""Halves of characters, which no text holds."""
_CLASSES = 10
_FEWEST_FOR_CLASSES = 6
"""Of fewer different values the most common ones say it all."""
_SIGNS = np.array(
    [
        one if one > 127 else ord("9") if chr(one).isdigit() else ord("A") if chr(one).isalpha() else one
        for one in range(256)
    ],
    np.uint8,
)


def column_profiles(records: Records) -> pa.Table:
    """Return one COLUMN_PROFILE row per column that a stream fills somewhere, or that its entity cannot do without.

    Only live records count. Minimum and maximum of text are by code point; numbers and dates compare as such.

    Parameters
    ----------
    records
        Tables in their entity's schema, by system and stream. A stream of several entities is profiled by its first.
    """
    return stream_profiles(live_streams(records))


def stream_profiles(streams: Sequence[Stream]) -> pa.Table:
    """Return the same of live records."""
    rows = []
    profiled = set()
    for stream in streams:
        expected = {requirement.columns[0] for requirement in REQUIRED.get(stream.entity, ())}
        for column in ENTITY_SCHEMAS[stream.entity].names:
            if column in _NOT_PROFILED or (stream.system, stream.name, column) in profiled:
                continue
            profile = _profile(stream, column)
            if profile["filled"] or column in expected:
                profiled.add((stream.system, stream.name, column))
                rows.append(profile)
    return COLUMN_PROFILE.from_rows(rows)


def shape(text: str) -> str:
    """Return the shape of a value.

    Examples
    --------
    >>> shape("INV-1042"), shape("SW1A 1AA"), shape("Harbor & Pine")
    ('AAA-9999', 'AA9A 9AA', 'A… & AAAA')
    """
    [result] = _shapes(pa.array([text])).to_pylist()
    return str(result)


def _profile(stream: Stream, column: str) -> dict[str, object]:
    values = stream.table[column]
    if pa.types.is_list(values.type):
        values = pc.binary_join(values, ", ")
    filled_rows = np.flatnonzero(is_filled(values))
    filled = values.take(pa.array(filled_rows))
    counts = (
        filled.value_counts() if len(filled) else pa.array([], pa.struct([("values", values.type), ("counts", pa.int64())]))
    )
    different, times = counts.field("values"), counts.field("counts")
    limits = pc.min_max(different) if len(different) else {"min": None, "max": None}
    newest = pc.max(stream.table["updated_at"].take(pa.array(filled_rows))) if len(filled) else pa.scalar(None)
    return {
        "system": stream.system,
        "stream": stream.name,
        "entity": stream.entity,
        "column": column,
        "rows": stream.table.num_rows,
        "filled": len(filled),
        "fill_share": len(filled) / stream.table.num_rows if stream.table.num_rows else None,
        "distinct": len(different),
        "shapes": shape_counts(different, times) if pa.types.is_string(values.type) else None,
        "top_values": _most_common(different, times),
        "minimum": _text(limits["min"]),
        "maximum": _text(limits["max"]),
        "newest_at": newest.as_py(),
        "histogram": _histogram(different, times),
    }


def _histogram(different: pa.Array, times: pa.Array) -> str | None:
    """Return how numbers or dates spread over classes of one width; what lies far out is in the first and the last one."""
    kind = different.type
    is_dated = pa.types.is_date(kind) or pa.types.is_timestamp(kind)
    if len(different) < _FEWEST_FOR_CLASSES or not (is_dated or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return None
    days = pc.cast(pc.cast(different, pa.date32()), pa.int32()) if is_dated else different
    numbers = days.to_numpy(zero_copy_only=False).astype(float)
    weights = times.to_numpy(zero_copy_only=False)
    order = np.argsort(numbers, kind="stable")
    shares = np.cumsum(weights[order]) / weights.sum()
    low, high = numbers[order][np.searchsorted(shares, [0.01, 0.99])].tolist()
    if not low < high:
        return None
    counts, edges = np.histogram(np.clip(numbers, low, high), bins=_CLASSES, range=(low, high), weights=weights)
    # The ends are those of the column, so that nothing lies outside.
    edges[0], edges[-1] = numbers.min(), numbers.max()
    written = [_edge(edge, is_dated=is_dated) for edge in edges]
    return json.dumps([[*both, round(count)] for *both, count in zip(written, written[1:], counts.tolist(), strict=False)])


def _edge(edge: float, *, is_dated: bool) -> str | float:
    return (date(1970, 1, 1) + timedelta(days=round(edge))).isoformat() if is_dated else round(edge, 2)


def _shapes(values: pa.Array) -> pa.Array:
    """Return the shape of each of some values, none of them null; ASCII is worked on as bytes, the rest after it."""
    beginnings = pc.utf8_slice_codeunits(values, 0, 60)
    _, offsets, letters = beginnings.buffers()
    plain = _SIGNS[np.frombuffer(letters, np.uint8)] if letters else np.zeros(0, np.uint8)
    signs = pa.StringArray.from_buffers(len(beginnings), offsets, pa.py_buffer(plain), offset=beginnings.offset)
    few = signs.dictionary_encode()
    different = few.dictionary if is_ascii(few.dictionary) else _signs_of(few.dictionary)
    shapes = _with_short_runs(different).dictionary_encode()
    return pa.DictionaryArray.from_arrays(shapes.indices.take(few.indices), shapes.dictionary)


def _signs_of(texts: pa.StringArray) -> pa.StringArray:
    """Return texts with ``A`` for every letter and ``9`` for every digit of any script."""
    written = texts.to_pylist()
    letters = {ord(one) for one in {*"".join(written)}}
    signs = {one: _signs_in_order(one // _BLOCK)[one % _BLOCK] for one in letters}
    return pa.array([one.translate(signs) for one in written], pa.string())


@cache
def _signs_in_order(block: int) -> str:
    """Return what stands for each of a block of Unicode's characters: a pattern of all letters takes long to make."""
    codes = range(block * _BLOCK, (block + 1) * _BLOCK)
    letters = pa.array(["".join(" " if one in _HALVES else chr(one) for one in codes)])
    [signs] = pc.replace_substring_regex(pc.replace_substring_regex(letters, r"\p{N}", "9"), r"\p{L}", "A").to_pylist()
    return str(signs)


def _with_short_runs(signs: pa.StringArray) -> pa.StringArray:
    """Return texts with an ``A`` and three dots for five or more in a row; a pattern takes ten times as long for it."""
    _, offset_buffer, data = signs.buffers()
    if data is None:
        return signs
    offsets = np.frombuffer(offset_buffer, np.int32)[signs.offset : signs.offset + len(signs) + 1]
    letters = np.frombuffer(data, np.uint8)[: offsets[-1]]
    # A run ends where its text does.
    is_letter = np.zeros(len(letters) + 1, dtype=bool)
    is_letter[:-1] = letters == ord("A")
    begins_text = np.zeros(len(letters) + 1, dtype=bool)
    begins_text[offsets] = True
    is_first = is_letter.copy()
    is_first[1:] &= ~is_letter[:-1] | begins_text[1:]
    is_behind = ~is_letter
    is_behind[1:] |= begins_text[1:]
    first, behind = np.flatnonzero(is_first), np.flatnonzero(is_behind)
    last = behind[np.searchsorted(behind, first, side="right")] if len(first) else first
    is_long = last - first >= _LONG_RUN
    first, last = first[is_long], last[is_long]
    if not len(first):
        return signs
    changed = letters.copy()
    for place, byte in enumerate("…".encode(), start=1):
        changed[first + place] = byte
    steps = np.zeros(len(letters) + 1, dtype=np.int32)
    np.add.at(steps, first + 1 + len("…".encode()), 1)
    np.add.at(steps, last, -1)
    is_kept = np.cumsum(steps[:-1]) == 0
    kept_before = np.concatenate([[0], np.cumsum(is_kept)]).astype(np.int32)
    return pa.StringArray.from_buffers(len(signs), pa.py_buffer(kept_before[offsets]), pa.py_buffer(changed[is_kept]))


def shape_counts(different: pa.Array, times: pa.Array) -> str:
    """Return the most common shapes of different values that occur so many times, as JSON."""
    shapes = _shapes(different)
    weights = times.to_numpy(zero_copy_only=False)
    # Exact: a column has fewer rows than the integers that a double can tell apart.
    totals = np.bincount(shapes.indices.to_numpy(), weights, len(shapes.dictionary)).astype(np.int64)
    return _most_common(shapes.dictionary, pa.array(totals))


def _most_common(values: pa.Array, times: pa.Array) -> str:
    if not len(values):
        return "[]"
    order = pc.select_k_unstable(
        pa.table({"value": values, "times": times, "text": pc.cast(values, pa.string())}),
        k=_MAX_SHOWN,
        sort_keys=[("times", "descending"), ("text", "ascending")],
    )
    shown = pa.table({"value": values, "times": times}).take(order).to_pylist()
    return json.dumps([[_text(row["value"]), row["times"]] for row in shown], ensure_ascii=False)


def _text(value: object) -> str | None:
    plain = value.as_py() if isinstance(value, pa.Scalar) else value
    if plain is None:
        return None
    if isinstance(plain, datetime | date):
        return plain.isoformat()
    return str(plain)[:_MAX_VALUE_CHARACTERS]
