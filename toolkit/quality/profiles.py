"""What each column of each stream holds: fill, different values, shapes, range, most common values, newest change.

The shape of a value has ``A`` for a letter and ``9`` for a digit; five or more letters in a row are ``A…``.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.requirements import REQUIRED
from toolkit.quality.streams import Records, Stream, is_filled, live_streams
from toolkit.tables import COLUMN_PROFILE, ENTITY_SCHEMAS

_NOT_PROFILED = ("record_key", "system", "stream", "entity", "raw", "date_only", "merged_into", "alt_ids")
_MAX_SHOWN = 5
_MAX_VALUE_CHARACTERS = 80
_CLASSES = 10
_FEWEST_FOR_CLASSES = 6
"""Of fewer different values the most common ones say it all."""
_SIGNS = np.array(
    [ord("9") if chr(one).isdigit() else ord("A") if chr(one).isalpha() else one for one in range(128)], np.uint8
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
        "shapes": _shape_counts(different, times) if pa.types.is_string(values.type) else None,
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
    """Return the shape of each of some values, none of them null; most columns are plain ASCII, worked on as bytes."""
    beginnings = pc.utf8_slice_codeunits(values, 0, 60)
    if pc.all(pc.string_is_ascii(beginnings), min_count=0).as_py():
        _, offsets, letters = beginnings.buffers()
        plain = _SIGNS[np.frombuffer(letters, np.uint8)] if letters else np.zeros(0, np.uint8)
        signs = pa.StringArray.from_buffers(len(beginnings), offsets, pa.py_buffer(plain), offset=beginnings.offset)
    else:
        signs = pc.replace_substring_regex(pc.replace_substring_regex(beginnings, r"\p{N}", "9"), r"\p{L}", "A")
    few = signs.dictionary_encode()
    return pc.replace_substring_regex(few.dictionary, "A{5,}", "A…").take(few.indices)


def _shape_counts(different: pa.Array, times: pa.Array) -> str:
    table = pa.table({"shape": _shapes(different), "times": times}).group_by("shape").aggregate([("times", "sum")])
    return _most_common(table["shape"], table["times_sum"])


def _most_common(values: pa.Array, times: pa.Array) -> str:
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
