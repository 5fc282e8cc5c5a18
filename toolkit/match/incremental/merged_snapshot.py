"""The last snapshot and the new one together: old profiles keep their positions, new ones follow."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.clustering.components import components
from toolkit.match.comparison import Floats, Ints
from toolkit.match.hashing import Hashes
from toolkit.match.incremental.growing_tables import Grown, numbers
from toolkit.match.incremental.match_state import MatchState
from toolkit.match.incremental.record_changes import Changes
from toolkit.match.linkage.blocking import distinct
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles, profiles_of_values

# Four million flags, one byte each, fit a processor's cache; for a thousand new profiles they leave a few hundred of a
# million old ones to be looked up.
_SIEVE_BITS = 22

_MAX_STEPS = 12
"""Steps from pair to pair after which a group is found by looking at the whole table; few groups are that long."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Some profiles as a table of their own.

    ``rank`` is the position of a profile among these by its position among all; ``rows`` are the rows of their records in
    the order of keys.
    """

    profiles: Profiles
    rank: Ints
    rows: Ints


@dataclass(frozen=True, slots=True)
class Merged:
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
        # A changed record is gone and added under one key; only who does not come back is no more.
        changed = table["record_key"].take(pa.array(self.found.added)).combine_chunks()
        return keys.filter(pc.invert(pc.is_in(keys, value_set=changed)))

    def living_pairs(self) -> tuple[Ints, Ints, Floats]:
        """Return the old pairs that still have records on both sides."""
        left, right = (numbers(self.state.pairs[side]).astype(np.int64) for side in ("left", "right"))
        weight = numbers(self.state.pairs["match_weight"]).astype(np.float64)
        both = self.is_live[left] & self.is_live[right]
        return (left, right, weight) if both.all() else (left[both], right[both], weight[both])

    def is_touched(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return the living profiles of every group, held together by some pairs, in which something changed."""
        old_l, old_r = (numbers(self.state.pairs[side]) for side in ("left", "right"))
        # What hung together by a profile that is gone may fall apart.
        lost = np.flatnonzero(~(self.is_live[old_l] & self.is_live[old_r]))
        result = self.is_changed.copy()
        result[old_l[lost]] = True
        result[old_r[lost]] = True
        return self.hanging_together(result, left, right)

    def hanging_together(self, some: npt.NDArray[np.bool_], left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return the living profiles of every group, held together by some pairs, that has one of ``some``.

        Parameters
        ----------
        some
            Whether each profile is one to begin with.
        left, right
            The pairs that hold groups together.
        """
        result = some.copy()
        # From what changed outwards, pair by pair: groups are small, and one step looks at the pairs alone.
        for _ in range(_MAX_STEPS):
            is_edge = result[left] != result[right]
            if not is_edge.any():
                return result & self.is_live
            result[left[is_edge]] = True
            result[right[is_edge]] = True
        component = components(len(self.kinds), left, right)
        is_group = np.zeros(len(self.kinds), dtype=bool)
        is_group[component[result]] = True
        return np.asarray(is_group[component] & self.is_live)

    def profiles_by_key(self, keys: list[str]) -> dict[str, int]:
        """Return the profiles of some records."""
        rows = np.flatnonzero(np.asarray(pc.is_in(self.table["record_key"], value_set=pa.array(keys, pa.string()))))
        names = self.table["record_key"].take(pa.array(rows)).to_pylist()
        return dict(zip(names, self.profile[rows].tolist(), strict=True))

    def facts_of(self, members: Ints, records: pa.Table, model: MatchModel, frequencies: Frequencies) -> Profiles:
        """Return some profiles as a table of their own; ``records`` are theirs.

        Parameters
        ----------
        members
            Positions of the profiles.
        records
            ``record_key`` in order and ``profile``, a position among ``members``, of their records.
        model, frequencies
            The saved model, which names the facts, and its counts.
        """
        # From standardised values, with the model's counts: what a value is taken for must not depend on who else is here.
        rows = self.profiles.rows(members)
        return profiles_of_values(
            [(fact.label, fact.comparison) for fact in model.facts],
            [rows[f"{number}"].combine_chunks() for number in range(len(model.facts))],
            rows["kind"].to_numpy().astype(np.int64),
            rows["fingerprint"].to_numpy(),
            records,
            frequencies.words,
        )

    def selected(self, members: Ints, model: MatchModel, frequencies: Frequencies) -> Selected:
        """Return some profiles with all their records.

        They are in the order of their fingerprints, as in a full run: where two choices are as good, that decides.

        Parameters
        ----------
        members
            Positions of the profiles.
        model, frequencies
            The saved model, which names the facts, and its counts.
        """
        is_member = np.zeros(len(self.kinds), dtype=bool)
        is_member[members] = True
        rows = np.flatnonzero(is_member[self.profile])
        keys = self.table["record_key"].take(pa.array(rows)).combine_chunks()
        order = pc.sort_indices(keys).to_numpy()
        rows, of_record = rows[order], self.profile[rows[order]]
        there = distinct(of_record)
        prints = Grown(*(part.select(["fingerprint"]) for part in (self.profiles.base, self.profiles.later))).rows(there)
        ordered = there[np.argsort(numbers(prints["fingerprint"]), kind="stable")]
        rank = np.full(len(self.kinds), -1, dtype=np.int64)
        rank[ordered] = np.arange(len(ordered))
        records = pa.table({"record_key": keys.take(pa.array(order)), "profile": rank[of_record]})
        return Selected(self.facts_of(ordered, records, model, frequencies), rank, rows)

    def clusters(self, clusters: pa.Table, touched: pa.StringArray, rows: Ints) -> Ints:
        """Return the cluster of each record, with those that were decided anew; ``touched`` are the keys of ``rows``.

        Parameters
        ----------
        clusters
            Table CLUSTER of the records that were decided anew.
        touched, rows
            Keys and rows of those records.
        """
        old = numbers(self.state.records["cluster"]).astype(np.int64)
        result = np.where(self.found.place >= 0, old[np.maximum(self.found.place, 0)] if len(old) else -1, -1)
        number = clusters["cluster_id"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
        place = np.asarray(pc.index_in(touched, value_set=clusters["record_key"].combine_chunks()), dtype=np.int64)
        # Above all numbers that were given before, of which any may still stand for a cluster that did not change.
        result[rows] = number[place] + old.max(initial=-1) + 1
        return result


def merged_snapshot(state: MatchState, table: pa.Table, found: Changes, added: pa.Table, new: Profiles) -> Merged:
    """Return two snapshots together; ``new`` are the profiles of ``added``, the new and changed records.

    Parameters
    ----------
    state
        What was kept of the last snapshot.
    table
        All records of the new one.
    found
        What changed between the two.
    added, new
        Its records that are new or changed, and their profiles.
    """
    # A new record that says what an old one says, or said long ago, has that profile: keys and pairs are known.
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
    # Profiles tell of records in the order of keys, whatever the order of rows was.
    profile[found.added[pc.sort_indices(added["record_key"]).to_numpy()]] = position[new.profile_of]
    is_live, is_changed = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    is_live[profile] = True
    is_fresh = np.ones(count, dtype=bool)
    is_fresh[old] = False
    # Both sides of each change: how many records a profile has decides whether equal ones are held to be one party.
    is_changed[position] = True
    is_changed[old[found.is_gone]] = True
    kinds = np.concatenate([state.profiles.column("kind").astype(np.int64), new.kinds[fresh]])
    return Merged(
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
    # Old hashes are many and in no order, wanted ones few: sorting the few and sieving the many is one pass over those.
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
