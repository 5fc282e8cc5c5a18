"""Duplicates in one table of any shape, or links between two, without an engagement.

Pure: tables in, tables out. Ids leave as they came, verbatim.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError, TableError, UnknownNameError
from toolkit.match.kinds import KINDS, NOT_COMPARED, header_words, recognised_kinds
from toolkit.match.parties import MIN_MATCH_PROBABILITY, Matching, matched_parties
from toolkit.tables import record_key
from toolkit.values.text import word_set

MAX_CANDIDATES = 10_000
"""Rows of ``candidates``: the likeliest pairs put aside for review."""

_SIDES = ("l", "r")
_ID_WORDS = word_set("id key no nr number code ref uuid guid")


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """What was found, as the files that leave.

    Attributes
    ----------
    pairs
        Pairs held to be the same: ``id_l, id_r, file_l, file_r, match_probability, match_weight``, then a level per fact.
    clusters
        ``record_id, cluster_id, file``: every record, single ones too.
    candidates
        Pairs put aside for a person: the columns of ``pairs``, ``decision`` and ``reason``; at most ``MAX_CANDIDATES``.
    kinds
        Column of the first table to its kind and the reason.
    ids
        File to how its records are named, in a sentence.
    matching
        Everything else: model, related parties, explanations.
    """

    pairs: pa.Table
    clusters: pa.Table
    candidates: pa.Table
    kinds: dict[str, tuple[str, str]]
    ids: dict[str, str]
    matching: Matching


@dataclass(frozen=True, slots=True)
class _Side:
    file: str
    table: pa.Table
    ids: list[str]
    id_column: str | None
    naming: str


def deduplicated(
    table: pa.Table,
    against: pa.Table | None = None,
    *,
    file: str = "file",
    against_file: str = "against",
    id_column: str | None = None,
    kinds: Mapping[str, str] | None = None,
    min_match_probability: float = MIN_MATCH_PROBABILITY,
) -> Deduplicated:
    """Return the duplicates in ``table``, or with ``against`` the one-to-one links between the two.

    Parameters
    ----------
    table, against
        Tables of text columns, one row per record.
    file, against_file
        Names of their files, for the output.
    id_column
        Column that names the records; by default the first unique one, else a key made from the content.
    kinds
        Kind of a column by name (one of ``kinds.KINDS``), over what is recognised.
    min_match_probability
        From here on (0 to 1) a pair is held to be the same.

    Raises
    ------
    InputError
        A table is empty, the id column is not unique, or nothing in the tables can be compared.
    UnknownNameError
        There is no such column or kind.
    """
    sides = [_side(table, file, id_column, is_required=True)]
    if against is not None:
        sides.append(_side(against, against_file, id_column, is_required=False))
    recognised = _kinds(sides[0], kinds or {})
    if against is not None:
        recognised = _kinds_of_both(recognised, sides, kinds or {})
    compared = {column: kind for column, (kind, _) in recognised.items() if kind not in {NOT_COMPARED, "country"}}
    if not compared:
        raise InputError(
            "No column could be recognised as something to compare. Name one, e.g. --field 'Column=company'. "
            f"Kinds: {', '.join(KINDS)}."
        )
    records = _records(sides, compared, kinds or {})
    matching = matched_parties(
        records, kinds=compared, is_link=against is not None, min_match_probability=min_match_probability
    )
    names = {
        record_key(side, "rows", one): (one, own.file) for side, own in zip(_SIDES, sides, strict=False) for one in own.ids
    }
    listed = _pair_rows(matching, names)
    return Deduplicated(
        pairs=_without(listed.filter(pc.equal(listed["decision"], "same")), ("decision", "reason")),
        clusters=_cluster_rows(matching, names),
        candidates=_candidates(listed),
        kinds=recognised,
        ids={own.file: own.naming for own in sides},
        matching=matching,
    )


def _side(table: pa.Table, file: str, id_column: str | None, *, is_required: bool) -> _Side:
    if not table.num_rows:
        raise InputError(f"There are no records in {file!r}. Check that the file is the right one.")
    repeated = [name for name, count in Counter(table.column_names).items() if count > 1]
    if repeated:
        raise InputError(f"{file!r} has more than one column named {repeated[0]!r}. Rename one of them.")
    texts = pa.table({name: pc.cast(table[name], pa.string()) for name in table.column_names})
    if id_column is not None and id_column not in texts.column_names:
        if is_required:
            raise UnknownNameError(f"column of {file!r}", id_column, texts.column_names)
        id_column = None
    if id_column is not None:
        return _Side(
            file, texts, _checked_ids(texts[id_column].to_pylist(), file, id_column), id_column, f"Column {id_column!r}."
        )
    found = _unique_column(texts)
    if found is not None:
        return _Side(
            file, texts, texts[found].to_pylist(), found, f"Column {found!r}: the first in which every value is different."
        )
    return _Side(file, texts, _content_keys(texts), None, "A key made from the content, for no column is unique.")


def _checked_ids(ids: list[str | None], file: str, column: str) -> list[str]:
    counts = Counter(ids)
    repeated = [one for one, count in counts.items() if count > 1 and one is not None]
    if repeated:
        raise TableError(
            f"Column {column!r} of {file!r} does not name records: {len(repeated)} ids occur more than once "
            f"(e.g. {', '.join(map(repr, repeated[:2]))}). Choose another column, or leave --id out.",
            [{column: one, "count": counts[one]} for one in repeated[:20]],
        )
    if None in counts:
        raise TableError(
            f"Column {column!r} of {file!r} is empty in {counts[None]} rows. Choose another column, or leave --id out."
        )
    return [one for one in ids if one is not None]


def _unique_column(table: pa.Table) -> str | None:
    unique = [
        name
        for name in table.column_names
        if not table[name].null_count and pc.count_distinct(table[name]).as_py() == table.num_rows
    ]
    named = [name for name in unique if _ID_WORDS & set(header_words(name).split())]
    return next(iter([*named, *unique]), None)


def _content_keys(table: pa.Table) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for row in zip(*(table[name].to_pylist() for name in table.column_names), strict=True):
        text = json.dumps(row, ensure_ascii=True)
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def _kinds(side: _Side, told: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    recognised = recognised_kinds(side.table)
    if side.id_column is not None and (
        _ID_WORDS & set(header_words(side.id_column).split()) or recognised[side.id_column][0] == "text"
    ):
        recognised[side.id_column] = (NOT_COMPARED, "It names the records.")
    for column, kind in told.items():
        if kind not in KINDS:
            raise UnknownNameError("kind of column", kind, KINDS)
        if column not in recognised:
            raise UnknownNameError(f"column of {side.file!r}", column, recognised)
        recognised[column] = (kind, "As told.")
    return recognised


def _kinds_of_both(
    recognised: dict[str, tuple[str, str]], sides: Sequence[_Side], told: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return kinds settled between two tables: a column of one name is of one kind in both, the kind more sure of itself."""
    other = _kinds(sides[1], {column: kind for column, kind in told.items() if column in sides[1].table.column_names})
    names = {"name", "company", "person"}
    settled = dict(recognised)
    for column, (kind, _) in recognised.items():
        kind_r = other.get(column, (kind, ""))[0]
        if kind != kind_r and {kind, kind_r} <= names and column not in told:
            settled[column] = ("name", "Persons and companies are mixed.")
    return settled


def _records(sides: Sequence[_Side], compared: Mapping[str, str], told: Mapping[str, str]) -> pa.Table:
    """Return the rows of all sides in one table, columns of the second beside those of the first by name, then by kind."""
    parts = []
    for position, side in enumerate(sides):
        columns = {column: column for column in compared} if position == 0 else _counterparts(side, compared, told)
        nothing = pa.nulls(side.table.num_rows, pa.string())
        part: dict[str, pa.Array] = {
            column: side.table[columns[column]].combine_chunks() if columns.get(column) else nothing for column in compared
        }
        part["record_key"] = pa.array([record_key(_SIDES[position], "rows", one) for one in side.ids], pa.string())
        part["system"] = pa.array([_SIDES[position]] * side.table.num_rows, pa.string())
        parts.append(pa.table(part))
    return pa.concat_tables(parts)


def _counterparts(side: _Side, compared: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str | None]:
    by_fold = {header_words(name): name for name in side.table.column_names}
    result: dict[str, str | None] = {column: by_fold.get(header_words(column)) for column in compared}
    taken = {name for name in result.values() if name}
    own = _kinds(side, {column: kind for column, kind in told.items() if column in side.table.column_names})
    alike = ({"name", "company", "person"},)
    for column, kind in compared.items():
        if result[column] is None:
            wanted = next((group for group in alike if kind in group), {kind})
            free = [name for name, (own_kind, _) in own.items() if own_kind in wanted and name not in taken]
            result[column] = next(iter(free), None)
            taken.update(free[:1])
    return result


def _pair_rows(matching: Matching, names: Mapping[str, tuple[str, str]]) -> pa.Table:
    pairs = matching.pairs
    keys_l, keys_r = pairs["key_l"].to_pylist(), pairs["key_r"].to_pylist()
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "id_l": pa.array([names[key][0] for key in keys_l], pa.string()),
        "id_r": pa.array([names[key][0] for key in keys_r], pa.string()),
        "file_l": pa.array([names[key][1] for key in keys_l], pa.string()),
        "file_r": pa.array([names[key][1] for key in keys_r], pa.string()),
        "match_probability": pairs["match_probability"],
        "match_weight": pairs["match_weight"],
    }
    number = {pair: position for position, pair in enumerate(zip(keys_l, keys_r, strict=True))}
    levels: dict[str, list[str | None]] = {fact.label: [None] * len(keys_l) for fact in matching.model.facts}
    table = matching.pair_levels
    for key_l, key_r, label, level in zip(
        *(table[name].to_pylist() for name in ("key_l", "key_r", "comparison", "level")), strict=True
    ):
        levels[label][number[key_l, key_r]] = level
    columns |= {label: pa.array(values, pa.string()) for label, values in levels.items()}
    return pa.table({**columns, "decision": pairs["decision"], "reason": pairs["reason"]})


def _without(table: pa.Table, names: Sequence[str]) -> pa.Table:
    return table.select([name for name in table.column_names if name not in names])


def _candidates(listed: pa.Table) -> pa.Table:
    review = listed.filter(pc.equal(listed["decision"], "review"))
    return review.sort_by([("match_weight", "descending"), ("id_l", "ascending"), ("id_r", "ascending")]).slice(
        0, MAX_CANDIDATES
    )


def _cluster_rows(matching: Matching, names: Mapping[str, tuple[str, str]]) -> pa.Table:
    keys, clusters = matching.clusters["record_key"].to_pylist(), matching.clusters["cluster_id"].to_pylist()
    short = {cluster: hashlib.sha256(cluster.encode()).hexdigest()[:12] for cluster in set(clusters)}
    return pa.table(
        {
            "record_id": pa.array([names[key][0] for key in keys], pa.string()),
            "cluster_id": pa.array([short[cluster] for cluster in clusters], pa.string()),
            "file": pa.array([names[key][1] for key in keys], pa.string()),
        }
    )
