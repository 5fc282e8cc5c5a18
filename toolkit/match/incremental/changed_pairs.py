"""A new snapshot matched by what changed in it: only pairs with new or changed records are scored.

What was standardised and which keys it has are kept per snapshot. With the saved model and its frequencies the clusters are
those of a full run with that model: no old pair's keys, levels or weights depend on the new records.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.clustering.deciding import decided_outcome
from toolkit.match.clustering.decisions import Decided
from toolkit.match.clustering.outcome import MAX_RELATED, MAX_REVIEW, outcome_tables
from toolkit.match.comparison import MISSING, Floats, Ints
from toolkit.match.incremental.growing_tables import key_holders, packed_keys, with_keys
from toolkit.match.incremental.match_state import MatchState, is_worth_keeping, pairs_table
from toolkit.match.incremental.merged_snapshot import Merged, Selected, merged_snapshot
from toolkit.match.incremental.record_changes import Changes, changes
from toolkit.match.linkage.blocking import distinct, is_company_with_person, pairs_within, planned_blocks
from toolkit.match.linkage.evaluation import probability_weight
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import pair_scores, saved_commonness
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles, profiles_of

NOTHING_DECIDED = Decided()

_SORTED_BY = ("key_l", "key_r", "comparison")

_MAX_GROWTH = 8
"""A key may grow to this many times the cap before it has to be planned anew."""


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
    decided: Decided = NOTHING_DECIDED,
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
    decided
        What persons decided about records that are there, which must be what it was for the last snapshot.
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
    keys = _named(decided)
    new = profiles_of(
        added,
        {name: kind for name, kind in kinds.items() if name in added.column_names},
        told_apart=keys,
        country=country,
        word_counts=frequencies.words,
        facts={fact.label: fact.comparison for fact in model.facts},
        names=frequencies.names,
        fillers=frequencies.fillers,
    )
    merged = merged_snapshot(state, table, found, added, new)
    candidates = _new_pairs(state, merged, new, frequencies)
    left, right, weight, scored_pairs = _scored(merged, *candidates.pairs, model, frequencies)
    old_l, old_r, old_weight = merged.living_pairs()
    kept_l, kept_r = np.concatenate([old_l, left]), np.concatenate([old_r, right])
    kept_weight = np.concatenate([old_weight, weight])
    is_strong = kept_weight >= probability_weight(model.min_match_probability)
    told = merged.profiles_by_key(keys)
    same_l, same_r = (np.array([told[pair[side]] for pair in decided.same], dtype=np.int64) for side in (0, 1))
    is_touched = merged.is_touched(np.concatenate([kept_l[is_strong], same_l]), np.concatenate([kept_r[is_strong], same_r]))
    is_open = is_touched[kept_l] | is_touched[kept_r]
    decided = _where(decided, lambda a, b: bool(is_touched[told[a]] or is_touched[told[b]]))
    is_wanted = is_touched.copy()
    is_wanted[kept_l[is_open]] = True
    is_wanted[kept_r[is_open]] = True
    is_wanted[[told[key] for key in _named(decided)]] = True
    own = merged.selected(np.flatnonzero(is_wanted), model, frequencies)
    graded = _graded(own, kept_l[is_open], kept_r[is_open])
    common = saved_commonness(own.profiles, frequencies.values)
    outcome = decided_outcome(graded, model, decided, common, is_link=False)
    pairs, levels, clusters = outcome_tables(outcome, model, decided, is_link=False)
    rows = own.rows[is_touched[merged.profile[own.rows]]]
    touched = table["record_key"].take(pa.array(rows)).combine_chunks()
    clusters = clusters.filter(pc.is_in(clusters["record_key"], value_set=touched))
    kept = MatchState(
        table,
        pa.table({"profile": merged.profile.astype(np.int32), "cluster": merged.clusters(clusters, touched, rows)}),
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


def with_increment(pairs: pa.Table, pair_levels: pa.Table, step: Increment) -> tuple[pa.Table, pa.Table]:
    """Return the tables PAIR and PAIR_LEVEL of the last snapshot with an increment's rows instead of those they replace.

    No more pairs are put to a person or listed as related than by a full run; where the limit is reached, pairs that it left
    out before do not come back for those that went.
    """
    replaced = pa.chunked_array([step.clusters["record_key"].combine_chunks(), step.gone]).combine_chunks()
    now, levels = (
        pa.concat_tables([before.filter(pc.invert(_has_any(before, replaced))), rows]).sort_by(
            [(name, "ascending") for name in before.column_names if name in _SORTED_BY]
        )
        for before, rows in ((pairs, step.pairs), (pair_levels, step.pair_levels))
    )
    is_listed = _is_listed(now)
    if is_listed.all():
        return now, levels
    left_out = _pair_names(now.filter(pa.array(~is_listed))).combine_chunks()
    return now.filter(pa.array(is_listed)), levels.filter(pc.invert(pc.is_in(_pair_names(levels), value_set=left_out)))


def _is_listed(pairs: pa.Table) -> npt.NDArray[np.bool_]:
    """Return which pairs a full run would list: the strongest of each decision, as far as its limit goes."""
    result = np.ones(pairs.num_rows, dtype=bool)
    weight = pairs["match_weight"].to_numpy()
    by_model = pc.equal(pairs["decided_by"], "model")
    for word, limit in (("review", MAX_REVIEW), ("related", MAX_RELATED)):
        own = np.flatnonzero(np.asarray(pc.and_(by_model, pc.equal(pairs["decision"], word))))
        result[own[np.argsort(-weight[own], kind="stable")[limit:]]] = False
    return result


def _pair_names(pairs: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(pairs["key_l"], pairs["key_r"], "\n")


def _rows_with(pairs: pa.Table, keys: pa.StringArray) -> pa.Table:
    """Return the rows of a table PAIR or PAIR_LEVEL in which one of ``keys`` stands."""
    return pairs.filter(_has_any(pairs, keys))


def _has_any(pairs: pa.Table, keys: pa.StringArray) -> pa.ChunkedArray:
    return pc.or_(pc.is_in(pairs["key_l"], value_set=keys), pc.is_in(pairs["key_r"], value_set=keys))


def _named(decided: Decided) -> list[str]:
    """Return the keys of records that a person decided about."""
    return sorted({key for pair in (*decided.same, *decided.apart, *decided.contradicted) for key in pair})


def _where(decided: Decided, is_wanted: Callable[[str, str], bool]) -> Decided:
    return Decided(
        *(tuple(one for one in pairs if is_wanted(*one)) for pairs in (decided.same, decided.apart, decided.contradicted))
    )


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Pairs to be compared, as two columns of profiles, and the packed keys of new profiles in order."""

    pairs: tuple[Ints, Ints]
    keys: pa.Table


def _new_pairs(state: MatchState, merged: Merged, new: Profiles, frequencies: Frequencies) -> _Candidates:
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


def _possible(merged: Merged, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return each pair once, and none of a company with a person."""
    count = len(merged.kinds)
    codes = distinct((np.minimum(left, right) * count + np.maximum(left, right))[left != right])
    low, high = codes // count, codes % count
    is_possible = ~is_company_with_person(merged.kinds[low], merged.kinds[high])
    return low[is_possible], high[is_possible]


def _scored(
    merged: Merged, left: Ints, right: Ints, model: MatchModel, frequencies: Frequencies
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


def _graded(own: Selected, left: Ints, right: Ints) -> GradedPairs:
    count = own.profiles.count
    local_l, local_r = own.rank[left], own.rank[right]
    codes = distinct(np.minimum(local_l, local_r) * count + np.maximum(local_l, local_r))
    low, high = codes // count, codes % count
    return GradedPairs(own.profiles, low, high, pair_levels(own.profiles, low, high))
