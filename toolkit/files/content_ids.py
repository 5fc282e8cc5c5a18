"""Ids made from content, agreed on between files: the same row has the same id wherever it stands among its likes.

Such an id is a hash of the columns that are read, with an ordinal among equals of one file. Another file may list the same
rows in another order, or hold further ones that differ in a column nobody reads, so that ordinals alone would mix them up.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import header_key
from toolkit.files.fields import StreamTable
from toolkit.files.identity import KEPT, Flags, Identity, Ints, declared_ids
from toolkit.query import query_connection, quoted_text


def made_ids(one: StreamTable) -> Flags:
    """Return for every row whether its id is made from content: it has no key, or an empty one."""
    result: Flags = pc.is_null(declared_ids(one)).to_numpy(zero_copy_only=False)
    return result


def aligned(sources: Sequence[StreamTable], identities: Sequence[Identity]) -> list[Identity]:
    """Return the identities where rows with ids made from content have one id in all files if they are equal, else another.

    Equal are rows whose cells are the same in every column that all files have.
    """
    places = [np.flatnonzero(made_ids(one) & (identity.verdicts == KEPT))
              for one, identity in zip(sources, identities, strict=True)]  # fmt: skip
    bases = [
        pc.replace_substring_regex(identity.ids.take(pa.array(rows)), r"-\d+$", "")
        for identity, rows in zip(identities, places, strict=True)
    ]
    codes = pa.chunked_array(bases, pa.string()).combine_chunks().dictionary_encode()
    names = codes.dictionary.to_pylist()
    code = codes.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    files = np.repeat(np.arange(len(sources)), [len(rows) for rows in places])
    rows = np.concatenate(places)
    wanted = _in_several_files(code, files, len(names))
    if not wanted.any():
        return list(identities)
    code, files, rows = code[wanted], files[wanted], rows[wanted]
    hashes = _common_hashes(sources, files, rows)
    changed: dict[int, dict[int, str]] = {}
    slots: dict[int, list[tuple[int, set[int]]]] = {}
    for base, file, row, content in zip(code.tolist(), files.tolist(), rows.tolist(), hashes.tolist(), strict=True):
        own = slots.setdefault(base, [])
        number = next((n for n, (seen, used) in enumerate(own) if seen == content and file not in used), len(own))
        if number == len(own):
            own.append((content, set()))
        own[number][1].add(file)
        changed.setdefault(file, {})[row] = names[base] if number == 0 else f"{names[base]}-{number + 1}"
    return [_with_ids(identity, changed.get(file, {})) for file, identity in enumerate(identities)]


def column_names(one: StreamTable) -> list[str]:
    """Return each column's header as it is compared, with a number that tells headers apart which stand twice."""
    seen: dict[str, int] = {}
    names = []
    for header in one.raw.headers:
        key = header_key(header)
        seen[key] = seen.get(key, 0) + 1
        names.append(f"{key}/{seen[key]}")
    return names


def row_hashes(one: StreamTable, rows: Ints, only: frozenset[str] | None = None) -> Ints:
    """Return a hash of every cell with its header (of ``only`` some columns): the order of columns does not matter.

    Parameters
    ----------
    one
        The file.
    rows
        Places of the rows, from 0.
    only
        Columns that count, named as ``column_names`` does; all without.
    """
    part = one.rows.take(pa.array(rows)).drop_columns(["line"])
    terms = [
        f"CASE WHEN c{index} IS NULL THEN 0 ELSE hash({quoted_text(name)}, c{index}) END"
        for index, name in enumerate(column_names(one))
        if only is None or name in only
    ]
    total = terms[0] if terms else "0"
    for term in terms[1:]:
        total = f"xor({total}, {term})"
    with query_connection() as connection:
        connection.register("part", part)
        found = connection.sql(f"SELECT ({total})::UBIGINT AS h FROM part").to_arrow_table()
    result: Ints = found["h"].to_numpy().view(np.int64)
    return result


def _in_several_files(codes: Ints, files: Ints, count: int) -> Flags:
    """Return for every row whether its content occurs in more than one file."""
    least, most = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(least, codes, files)
    np.maximum.at(most, codes, files)
    result: Flags = (least != most)[codes]
    return result


def _common_hashes(sources: Sequence[StreamTable], files: Ints, rows: Ints) -> Ints:
    common = frozenset.intersection(*(frozenset(column_names(one)) for one in sources))
    result = np.zeros(len(rows), np.int64)
    for file, one in enumerate(sources):
        mask = files == file
        if mask.any():
            result[mask] = row_hashes(one, rows[mask], common)
    return result


def _with_ids(identity: Identity, ids: dict[int, str]) -> Identity:
    if not ids:
        return identity
    mask = np.zeros(len(identity.ids), np.bool_)
    mask[list(ids)] = True
    texts = pa.array([ids[row] for row in np.flatnonzero(mask).tolist()], pa.string())
    return replace(identity, ids=pc.replace_with_mask(identity.ids, pa.array(mask), texts))
