"""Which record of a system stands for a party of another: one, none, or more than may be guessed among."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.matched_records import certainty
from toolkit.plan.sync_rules import Level
from toolkit.plan.sync_tables import NAMES, SyncTables

DUPLICATED = "the customer or supplier stands there more than once: clean up first"
ARCHIVED = "the customer or supplier is archived there"
UNSURE = "that the two are one customer or supplier is not sure enough to write by"
UNDECIDED = "the customer or supplier may be there under another name: decide the open pair first"
UNRESOLVED = "which customer or supplier it names is not known"


class PartyAnswer(NamedTuple):
    """``record_key`` of the party's record where it is found; else the reason, and the records that a person compares.

    ``party_id`` is its account, or at the level of parties its golden id; null where the party itself is not known.
    """

    status: Literal["found", "missing", "unsure"]
    record_key: str | None = None
    party_id: str | None = None
    reason: str = ""
    others: tuple[str, ...] = ()
    probability: float | None = None


class _Walk(NamedTuple):
    """A row of CROSSWALK, and the state of its record."""

    record_key: str
    golden_id: str
    share: float
    state: str


class PartyStreams(NamedTuple):
    """Party lists of a system; ``is_clear``: the first is the one that most documents refer to, or that the rules name."""

    names: tuple[str, ...]
    is_clear: bool


def party_streams(tables: SyncTables, system: str, stream: str, named: str | None = None) -> PartyStreams:
    """Return the party lists that the documents of a stream refer to, the one most referred to first.

    Parameters
    ----------
    tables
        Parties and documents.
    system, stream
        Of the documents.
    named
        The list as the rules name it: then it is the only one.

    Notes
    -----
    Where no document names a known party: all lists of the system, in order of their names.
    """
    if named is not None:
        return PartyStreams((named,), is_clear=True)
    own = tables.list_of(system, stream)
    keys = own["party_key"] if "party_key" in own.column_names else pa.chunked_array([pa.array([], pa.string())])
    used = pc.list_element(pc.split_pattern(pc.drop_null(keys), "/", max_splits=2), 1)
    counts = {one["values"]: one["counts"] for one in pc.value_counts(used).to_pylist()}
    if counts:
        ordered = sorted(counts, key=lambda name: (-counts[name], name))
        return PartyStreams(tuple(ordered), is_clear=[*counts.values()].count(counts[ordered[0]]) == 1)
    parties = tables.parties
    every = pc.unique(parties["stream"].filter(pc.equal(parties["system"], system))).to_pylist()
    return PartyStreams(tuple(sorted(every)), is_clear=False)


def party_answers(
    tables: SyncTables,
    keys: Iterable[str],
    system: str,
    streams: tuple[str, ...],
    *,
    min_probability: float,
    level: Level = "account",
) -> Mapping[str, PartyAnswer]:
    """Return for each party record which record of a system stands for it.

    Parameters
    ----------
    tables
        Parties, crosswalk and pairs.
    keys
        Party records of any system.
    system, streams
        Where the party is looked for.
    min_probability
        What a match that the model made must reach.
    level
        Whether a company and its contacts are one.
    """
    same = "account_id" if level == "account" else "golden_id"
    asked = sorted({*keys})
    walk = tables.crosswalk
    own = walk.filter(pc.is_in(walk["record_key"], value_set=pa.array(asked, pa.string())))
    near = walk.filter(pc.is_in(walk[same], value_set=own[same].combine_chunks()))
    near = near.append_column("party_id", near[same])
    by_party, sources = _by_party(tables, near)
    standing = {
        party_id: [one for one in rows if _is_in(one.record_key, system, streams)] for party_id, rows in by_party.items()
    }
    open_pairs = _open_pairs(tables, near, system, streams)
    result = {}
    for key in asked:
        found = sources.get(key)
        if found is None:
            result[key] = PartyAnswer("unsure", reason=UNRESOLVED)
            continue
        party_id, source = found
        result[key] = _answer(party_id, source, standing[party_id], open_pairs.get(party_id, ()), min_probability)
    return result


def _by_party(tables: SyncTables, near: pa.Table) -> tuple[dict[str, list[_Walk]], dict[str, tuple[str, _Walk]]]:
    """Return the records of each party, in order of their keys, and each record's party."""
    parties = tables.parties
    at = pc.index_in(near["record_key"], value_set=parties["record_key"].combine_chunks())
    states = pc.fill_null(parties["state"].combine_chunks().take(at), "absent").to_pylist()
    by_party: dict[str, list[_Walk]] = {}
    sources = {}
    for row, state in sorted(zip(near.to_pylist(), states, strict=True), key=lambda one: str(one[0]["record_key"])):
        share = certainty(row["decided_by"], row["match_probability"])
        one = _Walk(row["record_key"], row["golden_id"], share, state)
        by_party.setdefault(row["party_id"], []).append(one)
        sources[one.record_key] = row["party_id"], one
    return by_party, sources


def _answer(
    party_id: str, source: _Walk, standing: list[_Walk], open_pairs: tuple[str, ...], min_probability: float
) -> PartyAnswer:
    active = [one for one in standing if one.state == "active"]
    if not active:
        archived = tuple(one.record_key for one in standing if one.state == "archived")
        if archived:
            return PartyAnswer("unsure", None, party_id, ARCHIVED, archived)
        if open_pairs:
            return PartyAnswer("unsure", None, party_id, UNDECIDED, open_pairs)
        return PartyAnswer("missing", None, party_id)
    # Of a company and its contacts the one that the source itself names.
    itself = [one for one in active if one.golden_id == source.golden_id] or active
    listed = [one for one in itself if not _is_name(one.record_key)] or itself
    others = tuple(one.record_key for one in listed)
    if len(listed) > 1:
        return PartyAnswer("unsure", None, party_id, DUPLICATED, others)
    share = min(listed[0].share, source.share)
    if share < min_probability:
        return PartyAnswer("unsure", None, party_id, UNSURE, others)
    return PartyAnswer("found", listed[0].record_key, party_id, probability=share)


def _open_pairs(tables: SyncTables, near: pa.Table, system: str, streams: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return for each party the records of the system that a person has yet to compare with one of its own."""
    pairs = tables.pairs
    waiting = pairs.select(["key_l", "key_r"]).filter(pc.equal(pairs["decision"], "review")).to_pylist()
    party_of = dict(zip(near["record_key"].to_pylist(), near["party_id"].to_pylist(), strict=True))
    found: dict[str, set[str]] = {}
    for pair in waiting:
        for own, other in ((pair["key_l"], pair["key_r"]), (pair["key_r"], pair["key_l"])):
            party_id = party_of.get(own)
            if party_id is not None and party_of.get(other) != party_id and _is_in(other, system, streams):
                found.setdefault(party_id, set()).add(other)
    return {party_id: tuple(sorted(keys)) for party_id, keys in found.items()}


def _is_in(record_key: str, system: str, streams: tuple[str, ...]) -> bool:
    own_system, stream, _ = record_key.split("/", 2)
    return own_system == system and stream in streams


def _is_name(record_key: str) -> bool:
    return record_key.split("/", 2)[1] == NAMES
