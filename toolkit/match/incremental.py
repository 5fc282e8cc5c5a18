"""A new snapshot matched by what changed in it: only pairs with new or changed records are scored.

What was standardised and which keys it has are kept per snapshot. With the saved model and its frequencies the clusters are
those of a full run with that model: no old pair's keys, levels or weights depend on the new records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError
from toolkit.match.blocking import Blocks, distinct, is_company_with_person, pairs_within, planned_blocks, ranges
from toolkit.match.clusters import components
from toolkit.match.comparison import MISSING, Ints, Keys
from toolkit.match.deciding import decided_outcome
from toolkit.match.decisions import Decided
from toolkit.match.frequencies import Frequencies
from toolkit.match.levels import GradedPairs, pair_levels
from toolkit.match.outcome import Outcome, outcome_tables
from toolkit.match.profiles import Profiles, profiles_of, profiles_of_values
from toolkit.match.scoring import pair_scores, saved_commonness
from toolkit.match.weights import BY_NAME, BY_PLACE, MatchModel

_MAX_GROWTH = 8
"""A key may grow to this many times the cap before it has to be planned anew."""


@dataclass(frozen=True, slots=True)
class MatchState:
    """What is kept of a matched snapshot, as tables that can be written and read back.

    Attributes
    ----------
    records
        ``record_key``, ``system``, ``profile`` (position in ``profiles``), ``cluster_id``; in no order.
    profiles
        ``fingerprint``, ``kind``, then one column of standardised values per fact; those that have no record any more stay.
    keys
        ``key`` in order, ``profile``: the block index.
    pairs
        ``left``, ``right``: profiles held to be one party, which hold the clusters together.
    """

    records: pa.Table
    profiles: pa.Table
    keys: pa.Table
    pairs: pa.Table

    def as_tables(self) -> dict[str, pa.Table]:
        """Return the tables by name."""
        return {"records": self.records, "profiles": self.profiles, "keys": self.keys, "pairs": self.pairs}


@dataclass(frozen=True, slots=True)
class Increment:
    """What changed.

    Attributes
    ----------
    clusters
        Table CLUSTER of all records of the new snapshot.
    pairs, pair_levels
        Tables PAIR and PAIR_LEVEL of the records in ``touched``; they replace every older row in which one of those stands.
    touched
        Record keys whose cluster was decided anew.
    scored_pairs
        Pairs scored.
    state
        What to keep for the next snapshot.
    """

    clusters: pa.Table
    pairs: pa.Table
    pair_levels: pa.Table
    touched: pa.StringArray
    scored_pairs: int
    state: MatchState


def changed_records(before: pa.Table, after: pa.Table) -> tuple[pa.Table, pa.StringArray]:
    """Return the records of ``after`` that are new or changed, and the keys of those that are gone.

    Both tables have ``record_key`` and the same columns.
    """
    place = pc.index_in(after["record_key"], value_set=before["record_key"].combine_chunks())
    aligned = before.select([name for name in after.column_names if name in before.column_names]).take(place)
    is_same = pc.is_valid(place)
    for name in aligned.column_names:
        equal = pc.equal(after[name], aligned[name])
        both_null = pc.and_(pc.is_null(after[name]), pc.is_null(aligned[name]))
        is_same = pc.and_(is_same, pc.or_kleene(pc.fill_null(equal, False), both_null))
    is_kept = pc.is_in(before["record_key"], value_set=after["record_key"].combine_chunks())
    return after.filter(pc.invert(is_same)), before["record_key"].filter(pc.invert(is_kept)).combine_chunks()


def incrementally_matched(
    state: MatchState,
    added: pa.Table,
    removed: Sequence[str],
    *,
    kinds: Mapping[str, str],
    model: MatchModel,
    frequencies: Frequencies,
    country: str | None = None,
) -> Increment:
    """Return the clusters after some records came, changed or went.

    Parameters
    ----------
    state
        What was kept of the last snapshot.
    added
        New and changed records: ``record_key``, ``system`` and the columns of ``kinds``.
    removed
        Keys of records that are gone.
    kinds
        Kind of each column that takes part.
    model, frequencies
        The saved model and its counts.
    country
        Two letters: how a calling code without ``+`` is read.

    Raises
    ------
    InputError
        A key has grown to many times what it was when the model was fitted: match in full, and fit the model anew.
    """
    new = profiles_of(
        added,
        {name: kind for name, kind in kinds.items() if name in added.column_names},
        country=country,
        word_counts=frequencies.words,
        facts={fact.label: fact.comparison for fact in model.facts},
        names=frequencies.names,
        fillers=frequencies.fillers,
    )
    merged = _merged(state, added, removed, new)
    left, right, keys = _new_pairs(state, merged, new, frequencies)
    possible = ~is_company_with_person(merged.kinds[left], merged.kinds[right])
    left, right = left[possible], right[possible]
    looked_at = merged.selected(distinct(np.concatenate([left, right])), model, frequencies)
    levels = pair_levels(looked_at.profiles, looked_at.local(left), looked_at.local(right))
    says_something = (levels != MISSING).any(axis=1)
    left, right, levels = left[says_something], right[says_something], levels[says_something]
    common = saved_commonness(looked_at.profiles, frequencies.values)
    scores = pair_scores(looked_at.profiles, levels, looked_at.local(left), looked_at.local(right), model, common)
    is_listed = (scores.match_probability >= model.min_review_probability) | np.isin(scores.likeliest, (BY_PLACE, BY_NAME))
    left, right = left[is_listed], right[is_listed]
    is_strong = scores.match_probability[is_listed] >= model.min_match_probability
    old_l, old_r = merged.old_pairs(state)
    edges_l, edges_r = np.concatenate([old_l, left[is_strong]]), np.concatenate([old_r, right[is_strong]])
    touched = merged.touched_members(components(len(merged.kinds), edges_l, edges_r), state, left, right)
    own = merged.selected(touched, model, frequencies)
    inside = np.isin(old_l, touched)
    graded = _graded(own, np.concatenate([old_l[inside], left]), np.concatenate([old_r[inside], right]))
    outcome = decided_outcome(graded, model, Decided(), saved_commonness(own.profiles, frequencies.values), is_link=False)
    pairs, pair_levels_table, clusters = outcome_tables(outcome, model, Decided(), is_link=False)
    records = merged.with_clusters(clusters)
    kept = MatchState(
        records,
        merged.profiles,
        _all_keys(state, keys),
        pa.table({"left": edges_l, "right": edges_r}),
    )
    return Increment(
        records.select(["record_key", "cluster_id"]),
        pairs,
        pair_levels_table,
        clusters["record_key"].combine_chunks(),
        int(says_something.sum()),
        kept,
    )


def match_state(profiles: Profiles, blocks: Blocks, outcome: Outcome, model: MatchModel, clusters: pa.Table) -> MatchState:
    """Return what to keep of a full run: ``clusters`` is its table CLUSTER."""
    texts = {
        f"{number}": fact.values.take(pa.array(fact.codes, mask=fact.codes < 0))
        for number, fact in enumerate(profiles.facts)
    }
    strong = outcome.scores.match_probability >= model.min_match_probability
    return MatchState(
        pa.table(
            {
                "record_key": profiles.record_keys,
                "system": pa.array(profiles.system_names, pa.string()).take(pa.array(profiles.systems)),
                "profile": pa.array(profiles.profile_of, pa.int64()),
                "cluster_id": clusters["cluster_id"],
            }
        ),
        pa.table({"fingerprint": profiles.fingerprints, "kind": profiles.kinds, **texts}),
        pa.table({"key": blocks.key, "profile": pa.array(blocks.profile, pa.int64())}),
        pa.table({"left": outcome.graded.left[strong], "right": outcome.graded.right[strong]}),
    )


@dataclass(frozen=True, slots=True)
class _Selected:
    """Some profiles as a table of their own; ``members`` are their positions among all, by first record."""

    profiles: Profiles
    members: Ints
    rank: Ints

    def local(self, positions: Ints) -> Ints:
        """Return positions among all profiles as positions among these."""
        return self.rank[positions]


@dataclass(frozen=True, slots=True)
class _Merged:
    """The records and profiles of the last snapshot and the new ones together."""

    records: pa.Table
    profiles: pa.Table
    is_live: npt.NDArray[np.bool_]
    position: Ints
    """Of each profile of the new records, among all profiles."""
    is_fresh: npt.NDArray[np.bool_]
    """Which profiles had no record in the last snapshot."""
    first_new: int
    changed: Ints
    """Profiles that came, or of which a record came or went."""

    @property
    def kinds(self) -> Ints:
        return np.asarray(self.profiles["kind"].to_numpy(), dtype=np.int64)

    def old_pairs(self, state: MatchState) -> tuple[Ints, Ints]:
        """Return the pairs held to be one party that still have records on both sides."""
        left, right = (state.pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
        both = self.is_live[left] & self.is_live[right]
        return left[both], right[both]

    def touched_members(self, component: Ints, state: MatchState, left: Ints, right: Ints) -> Ints:
        """Return the live profiles of every component with a changed profile or a new pair."""
        is_touched = np.zeros(len(component), dtype=bool)
        old_l, old_r = (state.pairs[side].to_numpy() for side in ("left", "right"))
        # What hung together by a profile that is gone may fall apart.
        lost = ~(self.is_live[old_l] & self.is_live[old_r])
        for nodes in (self.changed, left, right, old_l[lost], old_r[lost]):
            is_touched[component[nodes]] = True
        return np.flatnonzero(is_touched[component] & self.is_live)

    def selected(self, members: Ints, model: MatchModel, frequencies: Frequencies) -> _Selected:
        """Return some profiles with all their records."""
        is_member = np.zeros(len(self.is_live), dtype=bool)
        is_member[members] = True
        own = self.records.filter(pa.array(is_member[self.records["profile"].to_numpy()]))
        own = own.take(pc.sort_indices(own["record_key"]))
        # By first record, as in a full run: where two choices are as good, the order of profiles decides.
        of_record = own["profile"].to_numpy()
        _, first = np.unique(of_record, return_index=True)
        ordered = of_record[np.sort(first)]
        rank = np.full(len(self.is_live), -1, dtype=np.int64)
        rank[ordered] = np.arange(len(ordered))
        rows = self.profiles.take(pa.array(ordered))
        own = own.set_column(own.column_names.index("profile"), "profile", pa.array(rank[of_record]))
        facts = [(fact.label, fact.comparison) for fact in model.facts]
        values = [rows[f"{number}"].combine_chunks() for number in range(len(facts))]
        kinds, prints = rows["kind"].to_numpy().astype(np.int64), rows["fingerprint"].to_numpy()
        return _Selected(profiles_of_values(facts, values, kinds, prints, own, frequencies.words), ordered, rank)

    def with_clusters(self, clusters: pa.Table) -> pa.Table:
        """Return the records with the clusters that were decided anew."""
        place = pc.index_in(self.records["record_key"], value_set=clusters["record_key"].combine_chunks())
        decided = clusters["cluster_id"].take(place)
        cluster_id = pc.coalesce(decided, self.records["cluster_id"])
        return self.records.set_column(self.records.column_names.index("cluster_id"), "cluster_id", cluster_id)


def _merged(state: MatchState, added: pa.Table, removed: Sequence[str], new: Profiles) -> _Merged:
    gone = pa.chunked_array([added["record_key"].combine_chunks().cast(pa.string()), pa.array(removed, pa.string())])
    is_gone = pc.is_in(state.records["record_key"], value_set=gone.combine_chunks())
    left_over = state.records.filter(pc.invert(is_gone))
    lost = state.records["profile"].filter(is_gone).to_numpy()
    known = state.profiles["fingerprint"].to_numpy()
    order = np.argsort(known)
    place = np.minimum(np.searchsorted(known, new.fingerprints, sorter=order), max(len(known) - 1, 0))
    is_known = known[order[place]] == new.fingerprints if len(known) else np.zeros(new.count, dtype=bool)
    position = np.where(is_known, order[place] if len(known) else 0, len(known) + np.cumsum(~is_known) - 1)
    fresh = np.flatnonzero(~is_known)
    texts = {
        f"{number}": fact.values.take(pa.array(fact.codes[fresh], mask=fact.codes[fresh] < 0))
        for number, fact in enumerate(new.facts)
    }
    appended = pa.table({"fingerprint": new.fingerprints[fresh], "kind": new.kinds[fresh], **texts})
    came = pa.table(
        {
            "record_key": new.record_keys,
            "system": pa.array(new.system_names, pa.string()).take(pa.array(new.systems)),
            "profile": pa.array(position[new.profile_of], pa.int64()),
            "cluster_id": new.record_keys,
        }
    )
    records = pa.concat_tables([left_over, came])
    profiles = pa.concat_tables([state.profiles, appended])
    is_live = np.zeros(profiles.num_rows, dtype=bool)
    is_live[records["profile"].to_numpy()] = True
    changed = distinct(np.concatenate([position, lost]))
    is_fresh = np.ones(profiles.num_rows, dtype=bool)
    is_fresh[state.records["profile"].to_numpy()] = False
    return _Merged(records, profiles, is_live, position, is_fresh, len(known), changed[is_live[changed]])


def _new_pairs(state: MatchState, merged: _Merged, new: Profiles, frequencies: Frequencies) -> tuple[Ints, Ints, Keys]:
    """Return the pairs of new profiles with all others, and the keys of the new profiles in order."""
    count = len(merged.is_live)
    if not frequencies.max_block:
        live = np.flatnonzero(merged.is_live)
        fresh = live[merged.is_fresh[live]]
        left, right = np.repeat(fresh, len(live)), np.tile(live, len(fresh))
        codes = distinct(np.minimum(left, right)[left != right] * count + np.maximum(left, right)[left != right])
        return codes // count, codes % count, Keys(np.zeros(0, dtype=np.uint64), live[:0])
    blocks = planned_blocks(new, over_full=frequencies.over_full, max_block=frequencies.max_block)
    members = merged.position[blocks.profile]
    is_fresh = merged.is_fresh[members]
    key, members = blocks.key[is_fresh], members[is_fresh]
    known = state.keys["key"].to_numpy()
    start, end = np.searchsorted(known, key, side="left"), np.searchsorted(known, key, side="right")
    if np.any(end - start > _MAX_GROWTH * frequencies.max_block):
        raise InputError("A blocking key has outgrown the saved model. Match in full and fit the model anew.")
    others = state.keys["profile"].to_numpy()[ranges(start, end - start)]
    fresh = np.repeat(members, end - start)
    is_other = merged.is_live[others] & (others != fresh)
    among_l, among_r = pairs_within(key, members, count)
    low, high = np.minimum(others, fresh)[is_other], np.maximum(others, fresh)[is_other]
    codes = distinct(np.concatenate([low * count + high, among_l * count + among_r]))
    is_new = members >= merged.first_new
    return codes // count, codes % count, Keys(key[is_new], members[is_new])


def _all_keys(state: MatchState, added: Keys) -> pa.Table:
    """Return the block index with the keys of new profiles."""
    known = state.keys["key"].to_numpy()
    place = np.searchsorted(known, added.key, side="right")
    return pa.table(
        {
            "key": np.insert(known, place, added.key),
            "profile": np.insert(state.keys["profile"].to_numpy(), place, added.value),
        }
    )


def _graded(own: _Selected, left: Ints, right: Ints) -> GradedPairs:
    count = own.profiles.count
    local_l, local_r = own.local(left), own.local(right)
    codes = distinct(np.minimum(local_l, local_r) * count + np.maximum(local_l, local_r))
    low, high = codes // count, codes % count
    return GradedPairs(own.profiles, low, high, pair_levels(own.profiles, low, high))
