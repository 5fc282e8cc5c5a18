"""A new snapshot matched by what changed in it: only pairs with new or changed records are scored.

What was standardised and which keys it has are kept per snapshot. With the saved model and its frequencies the clusters are
those of a full run with that model: no old pair's keys, levels or weights depend on the new records.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.blocking import distinct, is_company_with_person, pairs_within, planned_blocks
from toolkit.match.changes import Changes, changes
from toolkit.match.clusters import components
from toolkit.match.comparison import MISSING, Floats, Ints
from toolkit.match.deciding import decided_outcome
from toolkit.match.decisions import Decided
from toolkit.match.evaluation import probability_weight
from toolkit.match.frequencies import Frequencies
from toolkit.match.grown import Grown, key_holders, numbers, packed_keys, with_keys
from toolkit.match.hashing import Hashes
from toolkit.match.levels import GradedPairs, pair_levels
from toolkit.match.match_state import MatchState, is_worth_keeping, pairs_table
from toolkit.match.outcome import outcome_tables
from toolkit.match.profiles import Profiles, profiles_of, profiles_of_values
from toolkit.match.scoring import pair_scores, saved_commonness
from toolkit.match.weights import MatchModel

_MAX_GROWTH = 8
"""A key may grow to this many times the cap before it has to be planned anew."""

_SIEVE_BITS = 22


@dataclass(frozen=True, slots=True)
class Increment:
    """What changed.

    Attributes
    ----------
    clusters
        Table CLUSTER of the records whose cluster was decided anew; that of every other record is as it was.
    pairs, pair_levels
        Tables PAIR and PAIR_LEVEL of the pairs in which one of those stands; they replace every older row in which one of
        them, or one in ``gone``, does.
    gone
        Keys of records that are no more.
    scored_pairs
        Pairs scored.
    state
        What to keep for the next snapshot.
    """

    clusters: pa.Table
    pairs: pa.Table
    pair_levels: pa.Table
    gone: pa.StringArray
    scored_pairs: int
    state: MatchState


def incrementally_matched(
    state: MatchState,
    records: pa.Table,
    *,
    kinds: Mapping[str, str],
    model: MatchModel,
    frequencies: Frequencies,
    country: str | None = None,
    changed: Changes | None = None,
) -> Increment:
    """Return the clusters after some records came, changed or went.

    Parameters
    ----------
    state
        What was kept of the last snapshot.
    records
        All records of the new one, with the columns of ``state.cells``.
    kinds
        Kind of each column that takes part.
    model, frequencies
        The saved model and its counts.
    country
        Two letters: how a calling code without ``+`` is read.
    changed
        ``changes(state.cells, records)``, where that is known.

    Raises
    ------
    InputError
        A key has grown to many times what it was when the model was fitted: match in full, and fit the model anew.
    """
    table = records.select(state.cells.column_names)
    found = changes(state.cells, table) if changed is None else changed
    added = table.take(pa.array(found.added))
    new = profiles_of(
        added,
        {name: kind for name, kind in kinds.items() if name in added.column_names},
        country=country,
        word_counts=frequencies.words,
        facts={fact.label: fact.comparison for fact in model.facts},
        names=frequencies.names,
    )
    merged = _merged(state, table, found, added, new)
    candidates = _new_pairs(state, merged, new, frequencies)
    left, right, weight, scored_pairs = _scored(merged, *candidates.pairs, model, frequencies)
    old_l, old_r, old_weight = merged.living_pairs()
    kept_l, kept_r = np.concatenate([old_l, left]), np.concatenate([old_r, right])
    kept_weight = np.concatenate([old_weight, weight])
    is_touched = merged.is_touched(kept_l, kept_r, kept_weight, probability_weight(model.min_match_probability))
    is_open = is_touched[kept_l] | is_touched[kept_r]
    is_wanted = is_touched.copy()
    is_wanted[kept_l[is_open]] = True
    is_wanted[kept_r[is_open]] = True
    own = merged.selected(np.flatnonzero(is_wanted), model, frequencies)
    graded = _graded(own, kept_l[is_open], kept_r[is_open])
    common = saved_commonness(own.profiles, frequencies.values)
    outcome = decided_outcome(graded, model, Decided(), common, is_link=False)
    pairs, levels, clusters = outcome_tables(outcome, model, Decided(), is_link=False)
    decided = own.rows[is_touched[merged.profile[own.rows]]]
    touched = table["record_key"].take(pa.array(decided)).combine_chunks()
    clusters = clusters.filter(pc.is_in(clusters["record_key"], value_set=touched))
    kept = MatchState(
        table,
        pa.table({"profile": merged.profile.astype(np.int32), "cluster": merged.clusters(clusters, touched, decided)}),
        merged.profiles,
        with_keys(state.keys, candidates.keys),
        pairs_table(kept_l, kept_r, kept_weight),
    )
    return Increment(
        clusters,
        _rows_with(pairs, touched),
        _rows_with(levels, touched),
        merged.gone_keys(table),
        scored_pairs,
        kept,
    )


def with_increment(before: pa.Table, step: Increment, rows: pa.Table) -> pa.Table:
    """Return a table PAIR or PAIR_LEVEL of the last snapshot with ``rows`` of an increment instead of those they replace."""
    replaced = pa.chunked_array([step.clusters["record_key"].combine_chunks(), step.gone]).combine_chunks()
    kept = before.filter(pc.invert(_has_any(before, replaced)))
    order = [(name, "ascending") for name in ("key_l", "key_r", "comparison") if name in before.column_names]
    return pa.concat_tables([kept, rows]).sort_by(order)


def _rows_with(pairs: pa.Table, keys: pa.StringArray) -> pa.Table:
    """Return the rows of a table PAIR or PAIR_LEVEL in which one of ``keys`` stands."""
    return pairs.filter(_has_any(pairs, keys))


def _has_any(pairs: pa.Table, keys: pa.StringArray) -> pa.ChunkedArray:
    return pc.or_(pc.is_in(pairs["key_l"], value_set=keys), pc.is_in(pairs["key_r"], value_set=keys))


@dataclass(frozen=True, slots=True)
class _Selected:
    """Some profiles as a table of their own.

    ``rank`` is the position of a profile among these by its position among all; ``rows`` are the rows of their records in
    the order of keys.
    """

    profiles: Profiles
    rank: Ints
    rows: Ints


@dataclass(frozen=True, slots=True)
class _Merged:
    """The records and profiles of the last snapshot and the new ones together.

    Attributes
    ----------
    state, table, found
        The last snapshot, the records of the new one, and what changed.
    profiles
        The old profiles, then those that nobody had before.
    profile
        Profile of each record.
    position
        Where each profile of the new records stands among all.
    kinds, is_live, is_fresh, is_changed
        Per profile: what it is; whether it has a record; whether it had none in the last snapshot; whether it came, or a
        record of it came or went.
    """

    state: MatchState
    table: pa.Table
    found: Changes
    profiles: Grown
    profile: Ints
    position: Ints
    kinds: Ints
    is_live: npt.NDArray[np.bool_]
    is_fresh: npt.NDArray[np.bool_]
    is_changed: npt.NDArray[np.bool_]

    def gone_keys(self, table: pa.Table) -> pa.StringArray:
        """Return the keys of records that are no more."""
        keys = self.state.cells["record_key"].filter(pa.array(self.found.is_gone)).combine_chunks()
        changed = table["record_key"].take(pa.array(self.found.added)).combine_chunks()
        return keys.filter(pc.invert(pc.is_in(keys, value_set=changed)))

    def living_pairs(self) -> tuple[Ints, Ints, Floats]:
        """Return the old pairs that still have records on both sides."""
        left, right = (numbers(self.state.pairs[side]).astype(np.int64) for side in ("left", "right"))
        weight = numbers(self.state.pairs["match_weight"]).astype(np.float64)
        both = self.is_live[left] & self.is_live[right]
        return (left, right, weight) if both.all() else (left[both], right[both], weight[both])

    def is_touched(self, left: Ints, right: Ints, weight: Floats, min_weight: float) -> npt.NDArray[np.bool_]:
        """Return the living profiles of every group, held together by strong pairs, in which something changed."""
        is_strong = weight >= min_weight
        component = components(len(self.kinds), left[is_strong], right[is_strong])
        old_l, old_r = (numbers(self.state.pairs[side]) for side in ("left", "right"))
        # What hung together by a profile that is gone may fall apart.
        lost = np.flatnonzero(~(self.is_live[old_l] & self.is_live[old_r]))
        is_touched = np.zeros(len(component), dtype=bool)
        for nodes in (np.flatnonzero(self.is_changed), old_l[lost], old_r[lost]):
            is_touched[component[nodes]] = True
        return np.asarray(is_touched[component] & self.is_live)

    def facts_of(self, members: Ints, records: pa.Table, model: MatchModel, frequencies: Frequencies) -> Profiles:
        """Return some profiles as a table of their own; ``records`` are theirs."""
        rows = self.profiles.rows(members)
        return profiles_of_values(
            [(fact.label, fact.comparison) for fact in model.facts],
            [rows[f"{number}"].combine_chunks() for number in range(len(model.facts))],
            rows["kind"].to_numpy().astype(np.int64),
            rows["fingerprint"].to_numpy(),
            records,
            frequencies.words,
        )

    def selected(self, members: Ints, model: MatchModel, frequencies: Frequencies) -> _Selected:
        """Return some profiles with all their records.

        They are in the order of their first records, as in a full run: where two choices are as good, that decides.
        """
        is_member = np.zeros(len(self.kinds), dtype=bool)
        is_member[members] = True
        rows = np.flatnonzero(is_member[self.profile])
        keys = self.table["record_key"].take(pa.array(rows)).combine_chunks()
        order = pc.sort_indices(keys).to_numpy()
        rows, of_record = rows[order], self.profile[rows[order]]
        first = np.full(len(self.kinds), -1, dtype=np.int64)
        first[of_record[::-1]] = np.arange(len(of_record))[::-1]
        ordered = of_record[first[of_record] == np.arange(len(of_record))]
        rank = np.full(len(self.kinds), -1, dtype=np.int64)
        rank[ordered] = np.arange(len(ordered))
        records = pa.table({"record_key": keys.take(pa.array(order)), "profile": rank[of_record]})
        return _Selected(self.facts_of(ordered, records, model, frequencies), rank, rows)

    def clusters(self, clusters: pa.Table, touched: pa.StringArray, rows: Ints) -> Ints:
        """Return the cluster of each record, with those that were decided anew; ``touched`` are the keys of ``rows``."""
        old = numbers(self.state.records["cluster"]).astype(np.int64)
        result = np.where(self.found.place >= 0, old[np.maximum(self.found.place, 0)] if len(old) else -1, -1)
        number = clusters["cluster_id"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
        place = np.asarray(pc.index_in(touched, value_set=clusters["record_key"].combine_chunks()), dtype=np.int64)
        result[rows] = number[place] + old.max(initial=-1) + 1
        return result


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Pairs to be compared, as two columns of profiles, and the packed keys of new profiles in order."""

    pairs: tuple[Ints, Ints]
    keys: pa.Table


def _merged(state: MatchState, table: pa.Table, found: Changes, added: pa.Table, new: Profiles) -> _Merged:
    known = state.profiles.column("fingerprint")
    old = numbers(state.records["profile"]).astype(np.int64)
    place = _places(known, new.fingerprints)
    is_new = place < 0
    position = np.where(is_new, len(known) + np.cumsum(is_new) - 1, place)
    fresh = np.flatnonzero(is_new)
    texts = {
        f"{number}": fact.values.take(pa.array(fact.codes[fresh], mask=fact.codes[fresh] < 0))
        for number, fact in enumerate(new.facts)
    }
    appended = pa.table({"fingerprint": new.fingerprints[fresh], "kind": new.kinds[fresh].astype(np.int8), **texts})
    count = len(known) + len(fresh)
    profile = old[np.maximum(found.place, 0)] if len(old) else np.zeros(len(found.place), dtype=np.int64)
    profile[found.added[pc.sort_indices(added["record_key"]).to_numpy()]] = position[new.profile_of]
    is_live, is_changed = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    is_live[profile] = True
    is_fresh = np.ones(count, dtype=bool)
    is_fresh[old] = False
    is_changed[position] = True
    is_changed[old[found.is_gone]] = True
    kinds = np.concatenate([state.profiles.column("kind").astype(np.int64), new.kinds[fresh]])
    return _Merged(
        state,
        table,
        found,
        state.profiles.with_rows(appended),
        profile,
        position,
        kinds,
        is_live,
        is_fresh,
        is_changed & is_live,
    )


def _places(values: Hashes, wanted: Hashes) -> Ints:
    """Return where each wanted hash stands among many others in no order; -1: nowhere."""
    is_possible = np.zeros(1 << _SIEVE_BITS, dtype=bool)
    sieve = np.uint64(len(is_possible) - 1)
    is_possible[wanted & sieve] = True
    rows = np.flatnonzero(is_possible[values & sieve])
    result = np.full(len(wanted), -1, dtype=np.int64)
    if not len(rows):
        return result
    order = np.argsort(wanted)
    ordered = wanted[order]
    slot = np.minimum(np.searchsorted(ordered, values[rows]), len(ordered) - 1)
    is_found = ordered[slot] == values[rows]
    result[order[slot[is_found]]] = rows[is_found]
    return result


def _new_pairs(state: MatchState, merged: _Merged, new: Profiles, frequencies: Frequencies) -> _Candidates:
    """Return the pairs of new profiles with all others."""
    count = len(merged.kinds)
    if not frequencies.max_block:
        live = np.flatnonzero(merged.is_live)
        fresh = live[merged.is_fresh[live]]
        no_keys = packed_keys(np.zeros(0, dtype=np.uint64), fresh[:0])
        return _Candidates(
            _possible(merged, np.repeat(fresh, len(live)), np.tile(live, len(fresh))),
            no_keys,
        )
    blocks = planned_blocks(new, over_full=frequencies.over_full, max_block=frequencies.max_block)
    members = merged.position[blocks.profile]
    is_fresh = merged.is_fresh[members]
    key, members = blocks.key[is_fresh], members[is_fresh]
    at, others = key_holders(state.keys, key, max_size=_MAX_GROWTH * frequencies.max_block)
    is_living = merged.is_live[others]
    among_l, among_r = pairs_within(key, members, count)
    pairs = _possible(
        merged,
        np.concatenate([others[is_living], among_l]),
        np.concatenate([members[at[is_living]], among_r]),
    )
    # A profile that had no record for a while has its keys already.
    is_new = members >= state.profiles.num_rows
    return _Candidates(pairs, packed_keys(key[is_new], members[is_new]))


def _possible(merged: _Merged, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return each pair once, and none of a company with a person."""
    count = len(merged.kinds)
    codes = distinct((np.minimum(left, right) * count + np.maximum(left, right))[left != right])
    low, high = codes // count, codes % count
    is_possible = ~is_company_with_person(merged.kinds[low], merged.kinds[high])
    return low[is_possible], high[is_possible]


def _scored(
    merged: _Merged, left: Ints, right: Ints, model: MatchModel, frequencies: Frequencies
) -> tuple[Ints, Ints, Floats, int]:
    """Return the pairs that are worth keeping with their weights, and how many were scored."""
    members = distinct(np.concatenate([left, right]))
    nobody = pa.table({"record_key": pa.array([], pa.string()), "profile": np.zeros(0, dtype=np.int64)})
    profiles = merged.facts_of(members, nobody, model, frequencies)
    local_l, local_r = np.searchsorted(members, left), np.searchsorted(members, right)
    levels = pair_levels(profiles, local_l, local_r)
    common = saved_commonness(profiles, frequencies.values)
    scores = pair_scores(profiles, levels, local_l, local_r, model, common)
    # Two records without a fact in common are no evidence of anything.
    says_something = (levels != MISSING).any(axis=1)
    is_kept = says_something & is_worth_keeping(scores, model)
    return left[is_kept], right[is_kept], scores.match_weight[is_kept], int(says_something.sum())


def _graded(own: _Selected, left: Ints, right: Ints) -> GradedPairs:
    count = own.profiles.count
    local_l, local_r = own.rank[left], own.rank[right]
    codes = distinct(np.minimum(local_l, local_r) * count + np.maximum(local_l, local_r))
    low, high = codes // count, codes % count
    return GradedPairs(own.profiles, low, high, pair_levels(own.profiles, low, high))
