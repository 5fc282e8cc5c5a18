"""What names a record.

Ids are the vendor's, else the declared natural key, else a hash of the identifying columns with an ordinal among equals;
never the row number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field
from toolkit.files.cell_transforms import shaped
from toolkit.files.fields import StreamTable, columns_of, field_text
from toolkit.query import query_connection, quoted_text

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Verdicts = np.ndarray[tuple[int, ...], np.dtype[np.int8]]

KEPT, FOLDED, REPEATED, QUARANTINED = 0, 1, 2, 3

_HASH_CHARS = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """The rows of one file as records: their ids, and for each row whether it is kept, folded, repeated or put aside.

    ``updated_us`` is when the row was last changed in its system (0: unknown), which decides between versions.
    """

    ids: pa.Array
    verdicts: Verdicts
    updated_us: Ints


def declared_ids(one: StreamTable) -> pa.Array:
    """Return each row's key as declared, null where a part of it is absent or empty.

    Parts of a key are joined by ``|``.
    """
    stream = one.stream
    parts = []
    for headers in stream.key:
        if not columns_of(one, (headers,)):
            return pa.nulls(one.rows.num_rows, pa.string())
        text = field_text(one, Field((headers,)), one.rows)
        parts.append(shaped(text, stream.key_form))
    if not parts:
        return pa.nulls(one.rows.num_rows, pa.string())
    if len(parts) == 1:
        return parts[0]
    return joined_ids(parts)


def joined_ids(parts: Sequence[pa.Array]) -> pa.Array:
    """Return ids that are made of several columns, null where one of them is empty.

    Examples
    --------
    >>> joined_ids([pa.array(["Acme", "A|B"]), pa.array(["7", None])]).to_pylist()
    ['Acme|7', None]
    """
    plain = [pc.replace_substring(part, "|", "\\|") for part in parts]
    return pc.binary_join_element_wise(*plain, "|")


def hashed_ids(columns: Sequence[pa.Array], stream_name: str) -> pa.Array:
    """Return a hash of the columns for every row, null where all of them are null."""
    table = pa.table({f"k{place}": column for place, column in enumerate(columns)})
    names = [f"k{place}" for place in range(len(columns))]
    texts = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in names)
    nothing = " AND ".join(f"{name} IS NULL" for name in names)
    with query_connection() as connection:
        connection.register("keys", table)
        found = connection.sql(
            f"SELECT CASE WHEN {nothing} THEN NULL ELSE "
            f"left(sha256(concat_ws(chr(31), {quoted_text(stream_name)}, {texts})), {_HASH_CHARS}) END AS id FROM keys"
        ).to_arrow_table()
    return found["id"].combine_chunks().cast(pa.string())


def with_ordinals(ids: pa.Array, mask: Flags, sign: str) -> pa.Array:
    """Return ids where the second, third … row of ``mask`` with the same id gets ``sign`` and its number.

    Parameters
    ----------
    ids
        Id of each row.
    mask
        Rows that are counted.
    sign
        What stands before the number, such as "-".
    """
    places = np.flatnonzero(mask)
    if not len(places):
        return ids
    codes = ids.take(pa.array(places)).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    ordinals = np.empty(len(codes), np.int64)
    ordinals[order] = np.arange(len(codes)) - np.repeat(starts, np.diff(np.r_[starts, len(codes)])) + 1
    later = ordinals > 1
    if not later.any():
        return ids
    suffix = np.full(len(ids), None, object)
    suffix[places[later]] = [f"{sign}{ordinal}" for ordinal in ordinals[later]]
    return pc.binary_join_element_wise(ids, pc.fill_null(pa.array(suffix, pa.string()), ""), "")


def with_scopes(identities: Sequence[Identity], scopes: Sequence[pa.Array]) -> list[Identity]:
    """Return the identities where an id that occurs in several scopes gets ``@scope`` in all but the first of them."""
    pairs = pa.table(
        {
            "id": pa.chunked_array([identity.ids for identity in identities], pa.string()),
            "scope": pc.fill_null(pa.chunked_array(scopes, pa.string()), ""),
        }
    )
    different = pairs.group_by(["id", "scope"], use_threads=False).aggregate([])
    firsts = different.group_by("id", use_threads=False).aggregate([("scope", "first"), ("scope", "count")])
    shared = firsts.filter(pc.greater(firsts["scope_count"], 1))
    if not shared.num_rows:
        return list(identities)
    result = []
    first_scopes = shared["scope_first"].combine_chunks()
    for identity, scope in zip(identities, scopes, strict=True):
        first = first_scopes.take(pc.index_in(identity.ids, shared["id"].combine_chunks()))
        is_other = pc.fill_null(pc.not_equal(first, pc.fill_null(scope, "")), False)
        scoped = pc.binary_join_element_wise(pc.fill_null(identity.ids, ""), pc.fill_null(scope, ""), "@")
        result.append(Identity(pc.if_else(is_other, scoped, identity.ids), identity.verdicts, identity.updated_us))
    return result
