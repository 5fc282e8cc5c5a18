"""What names a record, and which rows are the same record.

Ids are the vendor's, else the declared natural key, else a hash of the identifying columns with an ordinal among equals;
never the row number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Field, header_key
from toolkit.files.fields import StreamTable, columns_of, field_text
from toolkit.files.forms import shaped
from toolkit.query import query_connection, quoted_text

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
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


def with_ordinals(ids: pa.Array, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], sign: str) -> pa.Array:
    """Return ids where the second, third … row of ``mask`` with the same id gets ``sign`` and its number."""
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


def settled(sources: Sequence[StreamTable], identities: Sequence[Identity]) -> list[Identity]:
    """Return the identities with every record once: equal rows repeated, older versions set aside.

    In one file, different rows with the same id are one record if the vendor guarantees the id (the newest row counts, the
    others are folded), else they stay apart. Between files the newest version counts.
    """
    stream = sources[0].stream
    codes, files, rows, distinct_count = _flat(identities)
    if len(codes) == distinct_count:
        return list(identities)
    verdicts = [identity.verdicts.copy() for identity in identities]
    ids = [identity.ids for identity in identities]
    shared = np.bincount(codes)[codes] > 1
    codes, files, rows = codes[shared], files[shared], rows[shared]
    hashes = _row_hashes(sources, files, rows)
    _, firsts = np.unique(np.stack([codes, hashes]), axis=1, return_index=True)
    is_first = np.zeros(len(codes), np.bool_)
    is_first[firsts] = True
    for file in range(len(sources)):
        verdicts[file][rows[~is_first & (files == file)]] = REPEATED
    groups = _groups(codes[is_first], files[is_first], rows[is_first])
    if not stream.is_id:
        ids = _apart(groups, ids)
        groups = _regrouped(groups)
    for group in groups:
        _keep_newest(group, identities, verdicts)
    return [
        Identity(own, verdict, identity.updated_us) for own, verdict, identity in zip(ids, verdicts, identities, strict=True)
    ]


def _flat(identities: Sequence[Identity]) -> tuple[Ints, Ints, Ints, int]:
    """Return id code, file and row of every kept row, and how many ids there are."""
    kept = [np.flatnonzero(identity.verdicts == KEPT) for identity in identities]
    ids = pa.chunked_array(
        [identity.ids.take(pa.array(rows)) for identity, rows in zip(identities, kept, strict=True)], pa.string()
    )
    encoded = ids.combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    files = np.repeat(np.arange(len(kept)), [len(rows) for rows in kept])
    return codes, files, np.concatenate(kept), len(encoded.dictionary)


def _row_hashes(sources: Sequence[StreamTable], files: Ints, rows: Ints) -> Ints:
    """Return a hash of every cell with its header, so that the order of columns does not matter."""
    result = np.zeros(len(rows), np.int64)
    for file, one in enumerate(sources):
        mask = files == file
        if not mask.any():
            continue
        part = one.rows.take(pa.array(rows[mask])).drop_columns(["line"])
        seen: dict[str, int] = {}
        terms = []
        for index, header in enumerate(one.raw.headers):
            key = header_key(header)
            seen[key] = seen.get(key, 0) + 1
            terms.append(f"CASE WHEN c{index} IS NULL THEN 0 ELSE hash({quoted_text(f'{key}/{seen[key]}')}, c{index}) END")
        total = terms[0]
        for term in terms[1:]:
            total = f"xor({total}, {term})"
        with query_connection() as connection:
            connection.register("part", part)
            found = connection.sql(f"SELECT ({total})::UBIGINT AS h FROM part").to_arrow_table()
        result[mask] = found["h"].to_numpy().view(np.int64)
    return result


def _groups(codes: Ints, files: Ints, rows: Ints) -> list[list[tuple[int, int]]]:
    """Return file and row of all rows of each id that more than one different row has, in order."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for code, file, row in zip(codes.tolist(), files.tolist(), rows.tolist(), strict=True):
        groups.setdefault(code, []).append((file, row))
    return [sorted(group) for group in groups.values() if len(group) > 1]


def _apart(groups: Sequence[Sequence[tuple[int, int]]], ids: list[pa.Array]) -> list[pa.Array]:
    """Return ids where the later of several rows of one file with the same typed key get ``#2``, ``#3`` and so on."""
    suffixes: dict[int, dict[int, str]] = {}
    for group in groups:
        ordinals: dict[int, int] = {}
        for file, row in group:
            ordinals[file] = ordinals.get(file, 0) + 1
            if ordinals[file] > 1:
                suffixes.setdefault(file, {})[row] = f"#{ordinals[file]}"
    while _any_taken(suffixes, ids):
        # Somebody has typed an id that ends in "#2".
        suffixes = {file: {row: f"#{text}" for row, text in found.items()} for file, found in suffixes.items()}
    result = list(ids)
    for file, by_row in suffixes.items():
        places = np.full(len(result[file]), "", object)
        places[list(by_row)] = list(by_row.values())
        result[file] = pc.binary_join_element_wise(result[file], pa.array(places, pa.string()), "")
    return result


def _any_taken(suffixes: dict[int, dict[int, str]], ids: Sequence[pa.Array]) -> bool:
    wanted = [f"{ids[file][row].as_py()}{text}" for file, found in suffixes.items() for row, text in found.items()]
    return any(pc.any(pc.is_in(own, pa.array(wanted, pa.string()))).as_py() for own in ids)


def _regrouped(groups: Sequence[Sequence[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Return the groups after rows of one file were kept apart: the first of each file, then the second of each."""
    result = []
    for group in groups:
        ordinals: dict[int, int] = {}
        ranks: dict[int, list[tuple[int, int]]] = {}
        for file, row in group:
            ordinals[file] = ordinals.get(file, 0) + 1
            ranks.setdefault(ordinals[file], []).append((file, row))
        result += [rank for rank in ranks.values() if len(rank) > 1]
    return result


def _keep_newest(group: Sequence[tuple[int, int]], identities: Sequence[Identity], verdicts: Sequence[Verdicts]) -> None:
    newest = max(group, key=lambda place: (identities[place[0]].updated_us[place[1]], *place))
    for file, row in group:
        if (file, row) != newest:
            verdicts[file][row] = FOLDED if file == newest[0] else REPEATED
