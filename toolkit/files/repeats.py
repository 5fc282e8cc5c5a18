"""Which rows were read twice, and which say something else of the same record.

Rows are equal when every cell is, columns that no field reads included; the order of columns does not matter. A document of
several rows is equal when all its rows are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.connector import Stream, alternatives, header_key
from toolkit.files.content_ids import aligned, made_ids, row_hashes
from toolkit.files.fields import StreamTable, field_text
from toolkit.files.identity import FOLDED, KEPT, REPEATED, Flags, Identity, Ints, Verdicts
from toolkit.values.placeholder import is_placeholder

Place = tuple[int, int]
"""File and row."""

_TELLING = (
    "name", "company_name", "email", "party_ref", "party_name", "issued_on", "posted_on", "spent_on", "paid_at",
    "started_at", "opened_at", "created_at", "amount_minor", "reference", "description", "street", "phone",
)  # fmt: skip
"""Columns that tell one record from another; two versions of a record differ in some of them, never in all."""

# What one column says may have changed; that two or more changed, and nothing else agrees, makes another record.
_FEW = 2


@dataclass(frozen=True, slots=True)
class _Row:
    """What tells one row from others, and whether its id is made from its content."""

    telling: tuple[str | None, ...]
    is_made: bool


def settled(sources: Sequence[StreamTable], identities: Sequence[Identity]) -> list[Identity]:
    """Return the identities with every record once: rows read twice repeated, older versions set aside.

    Read twice are rows whose whole content is equal, columns that no field reads included; a document of several rows only
    if all of them are. In one file, different rows with the same id are one record if the vendor guarantees the id (the
    newest row counts, the others are folded), else they stay apart. Between files the newest version of an id counts, but an
    id made from content names nothing that may change: rows that differ are different records there, and so are typed
    keys that two files gave to different things.
    """
    if len(identities) == 1 and _only_rise(identities[0]):
        return list(identities)
    stream = sources[0].stream
    if len(sources) > 1 and not stream.is_id and stream.lines is None:
        identities = aligned(sources, identities)
    codes, files, rows, distinct_count = _flat(identities)
    if len(codes) == distinct_count:
        return list(identities)
    verdicts = [identity.verdicts.copy() for identity in identities]
    ids = [identity.ids for identity in identities]
    shared = np.bincount(codes)[codes] > 1
    codes, files, rows = codes[shared], files[shared], rows[shared]
    hashes = _record_hashes(sources, identities, files, rows)
    _, firsts, versions = np.unique(np.stack([codes, hashes]), axis=1, return_index=True, return_inverse=True)
    is_first = np.zeros(len(codes), np.bool_)
    is_first[firsts] = True
    for file in range(len(sources)):
        verdicts[file][rows[~is_first & (files == file)]] = REPEATED
    groups = _groups(codes[is_first], files[is_first], rows[is_first])
    if not stream.is_id:
        seen_in = _files_of(files, rows, versions.ravel())
        pairs = [group for group in groups if len(group) == 2 and group[0][0] != group[1][0] and not seen_in.keys() & group]
        paired = set(map(tuple, pairs))
        others = [group for group in groups if tuple(group) not in paired]
        agreement = _agreements(sources, others)
        ranks = [
            [pair] if agrees else [[one] for one in pair]
            for pair, agrees in zip(pairs, _agreeing(sources, pairs), strict=True)
        ]
        ranks += [_ranked(group, seen_in, agreement) for group in others]
        ids = _apart(ranks, ids)
        groups = [rank for found in ranks for rank in found if len(rank) > 1]
    for group in groups:
        _keep_newest(group, identities, verdicts)
    return [
        Identity(own, verdict, identity.updated_us) for own, verdict, identity in zip(ids, verdicts, identities, strict=True)
    ]


def _only_rise(identity: Identity) -> bool:
    """Return whether the id of each kept row is above the one before, so that none occurs twice.

    Most systems export in the order of their ids; telling them apart takes twenty times as long.
    """
    is_kept = identity.verdicts == KEPT
    ids = identity.ids if is_kept.all() else identity.ids.filter(pa.array(is_kept))
    last = max(len(ids) - 1, 0)
    return not ids.null_count and bool(pc.all(pc.less(ids.slice(0, last), ids.slice(1)), min_count=0).as_py())


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


def _groups(codes: Ints, files: Ints, rows: Ints) -> list[list[Place]]:
    """Return file and row of all rows of each id that more than one different row has, in order."""
    groups: dict[int, list[Place]] = {}
    for code, file, row in zip(codes.tolist(), files.tolist(), rows.tolist(), strict=True):
        groups.setdefault(code, []).append((file, row))
    return [sorted(group) for group in groups.values() if len(group) > 1]


def _files_of(files: Ints, rows: Ints, versions: Ints) -> dict[Place, set[int]]:
    """Return for every row that equal rows stand beside the files in which they stand."""
    several = np.bincount(versions)[versions] > 1
    found: dict[int, set[int]] = {}
    version_of: dict[Place, int] = {}
    for file, row, version in zip(files[several].tolist(), rows[several].tolist(), versions[several].tolist(), strict=True):
        found.setdefault(version, set()).add(file)
        version_of[file, row] = version
    return {place: found[version] for place, version in version_of.items()}


def _ranked(
    group: Sequence[Place], seen_in: Mapping[Place, set[int]], agreement: Callable[[Place, Place], int]
) -> list[list[Place]]:
    """Return the rows of one key as records: a row is a version of the record it agrees with most, in files before its own.

    Two rows of one file are two records, and so is a row that agrees with none.
    """
    ranks: list[list[Place]] = []
    taken: list[set[int]] = []
    for place in group:
        here = seen_in.get(place, {place[0]})
        grades = [0 if files & here else agreement(rank[-1], place) for rank, files in zip(ranks, taken, strict=True)]
        best = max(grades, default=0)
        if best:
            own = grades.index(best)
            ranks[own].append(place)
            taken[own] |= here
        else:
            ranks.append([place])
            taken.append(set(here))
    return ranks


def _apart(ranks: Sequence[Sequence[Sequence[Place]]], ids: list[pa.Array]) -> list[pa.Array]:
    """Return ids where the second, third … of several records with the same key get ``#2``, ``#3`` and so on."""
    suffixes: dict[int, dict[int, str]] = {}
    for found in ranks:
        for ordinal, rank in enumerate(found[1:], start=2):
            for file, row in rank:
                suffixes.setdefault(file, {})[row] = f"#{ordinal}"
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


def _keep_newest(group: Sequence[Place], identities: Sequence[Identity], verdicts: Sequence[Verdicts]) -> None:
    newest = max(group, key=lambda place: (identities[place[0]].updated_us[place[1]], *place))
    for file, row in group:
        if (file, row) != newest:
            verdicts[file][row] = FOLDED if file == newest[0] else REPEATED


def _agreeing(sources: Sequence[StreamTable], pairs: Sequence[Sequence[Place]]) -> list[bool]:
    """Return for each pair of rows of two files what ``_agreements`` says of it, whole columns at once."""
    result = np.zeros(len(pairs), np.bool_)
    if not pairs:
        return []
    flat = np.array(pairs, np.int64)
    for left in range(len(sources)):
        for right in range(left + 1, len(sources)):
            chosen = np.flatnonzero((flat[:, 0, 0] == left) & (flat[:, 1, 0] == right))
            if len(chosen):
                rows = flat[chosen, :, 1]
                result[chosen] = _rows_agree(sources[left], rows[:, 0], sources[right], rows[:, 1])
    agree: list[bool] = result.tolist()
    return agree


def _rows_agree(left: StreamTable, left_rows: Ints, right: StreamTable, right_rows: Ints) -> Flags:
    """Return for rows side by side whether they may be versions of one record."""
    count = len(left_rows)
    equal, compared = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for column in _compared(left.stream):
        texts = [
            _telling(one, column, one.rows.take(pa.array(rows))) for one, rows in ((left, left_rows), (right, right_rows))
        ]
        if texts[0] is None or texts[1] is None:
            continue
        compared += pc.and_(texts[0].is_valid(), texts[1].is_valid()).to_numpy(zero_copy_only=False)
        equal += pc.fill_null(pc.equal(*texts), False).to_numpy(zero_copy_only=False)
    agrees: Flags = (equal > 0) | (compared < _FEW) | made_ids(left)[left_rows]
    return agrees


def _telling(one: StreamTable, column: str, rows: pa.Table) -> pa.Array | None:
    text = field_text(one, one.stream.fields[column], rows)
    return None if text is None else _without_placeholders(text)


def _agreements(sources: Sequence[StreamTable], groups: Sequence[Sequence[Place]]) -> Callable[[Place, Place], int]:
    """Return a function that says in how much two rows of the same key agree; 0: they are different records.

    A key typed by people may begin again in the next file: rows that agree in nothing that tells records apart are two.
    Rows with one id made from content are equal in what all files have, so they always agree.
    """
    rows: dict[Place, _Row] = {}
    for file, one in enumerate(sources):
        rows |= _rows(one, file, [row for group in groups for place, row in group if place == file])

    def agreement(left: Place, right: Place) -> int:
        first, second = rows[left], rows[right]
        if first.is_made:
            return 1
        pairs = [(mine, theirs) for mine, theirs in zip(first.telling, second.telling, strict=True) if mine and theirs]
        equal = sum(mine == theirs for mine, theirs in pairs)
        return 1 + equal if equal or len(pairs) < _FEW else 0

    return agreement


def _rows(one: StreamTable, file: int, places: Sequence[int]) -> dict[Place, _Row]:
    taken = one.rows.take(pa.array(places, pa.int64()))
    nothing: list[str | None] = [None] * len(places)
    telling = []
    for column in _compared(one.stream):
        text = _telling(one, column, taken)
        telling.append(nothing if text is None else text.to_pylist())
    made = made_ids(one)
    return {(file, row): _Row(tuple(texts[place] for texts in telling), bool(made[row])) for place, row in enumerate(places)}


def _without_placeholders(text: pa.Array) -> pa.Array:
    """Return text for comparing, lower case, null where it was typed to get past a form."""
    encoded = pc.utf8_lower(text).dictionary_encode()
    shown = [None if is_placeholder(value) else value for value in encoded.dictionary.to_pylist()]
    return pa.array(shown, pa.string()).take(encoded.indices)


def _compared(stream: Stream) -> list[str]:
    """Return the telling columns of a stream that are not the key itself."""
    key = {header_key(name) for headers in stream.key for name in alternatives(headers)}
    return [
        column
        for column in _TELLING
        if column in stream.fields and not key & {header_key(header) for header in stream.fields[column].headers}
    ]


def _record_hashes(sources: Sequence[StreamTable], identities: Sequence[Identity], files: Ints, rows: Ints) -> Ints:
    """Return a hash of the whole content of each record, given by file and row: of all its rows where it has several."""
    result = np.zeros(len(rows), np.int64)
    has_lines = sources[0].stream.lines is not None
    for file, one in enumerate(sources):
        mask = files == file
        if not mask.any():
            continue
        heads = rows[mask]
        if has_lines:
            result[mask] = _document_hashes(one, identities[file], heads)
        else:
            result[mask] = row_hashes(one, heads)
    return result


def _document_hashes(one: StreamTable, identity: Identity, heads: Ints) -> Ints:
    """Return for each head row a hash of all rows of its document, in any order."""
    encoded = identity.ids.dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    wanted = np.unique(codes[heads])
    rows = np.flatnonzero(np.isin(codes, wanted) & np.isin(identity.verdicts, (KEPT, FOLDED)))
    sums = np.zeros(len(encoded.dictionary), np.uint64)
    np.add.at(sums, codes[rows], row_hashes(one, rows).view(np.uint64))
    result: Ints = sums[codes[heads]].view(np.int64)
    return result
