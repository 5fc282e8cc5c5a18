"""The pairs of a matching by changes: those with a new profile are compared, and what hangs together with them is decided.

Every other pair was compared in the matching before, of which the weight is kept: with a saved model no old pair's keys,
levels or weight depend on new records.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa

from toolkit.match.clustering.decisions import Decided
from toolkit.match.comparison import Floats, Ints
from toolkit.match.incremental.growing_tables import key_holders, packed_keys
from toolkit.match.incremental.match_state import is_worth_keeping
from toolkit.match.incremental.merged_snapshot import Merged, Selected
from toolkit.match.linkage.blocking import Blocks, distinct, is_company_with_person, pairs_within
from toolkit.match.linkage.evaluation import probability_weight
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.linkage.levels import GradedPairs, pair_levels
from toolkit.match.linkage.scoring import Commonness, pair_scores, saved_commonness
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles

_MAX_GROWTH = 8
"""A key may grow to this many times the cap before it has to be planned anew."""


@dataclass(frozen=True, slots=True)
class NewPairs:
    """Pairs of new profiles with all others.

    Attributes
    ----------
    merged
        The last snapshot and the new one together.
    keys
        Packed keys of the profiles that nobody had before.
    members
        The profiles of ``merged`` that take part in a pair, in order.
    profiles, left, right
        The same as a table of their own, and the pairs as positions in it.
    decided, frequencies
        What persons decided, and the counts saved with the model.
    """

    merged: Merged
    keys: pa.Table
    members: Ints
    profiles: Profiles
    left: Ints
    right: Ints
    decided: Decided
    frequencies: Frequencies

    @classmethod
    def of(cls, merged: Merged, blocks: Blocks, decided: Decided, model: MatchModel, frequencies: Frequencies) -> Self:
        """Return the pairs of the profiles that came with a snapshot.

        Parameters
        ----------
        merged
            The last snapshot and the new one together.
        blocks
            Keys of the profiles of records that are new or changed.
        decided
            What persons decided about records that are there.
        model, frequencies
            The saved model and its counts.

        Raises
        ------
        InputError
            A key has grown to many times what it was when the model was fitted.
        """
        left, right, keys = _new_pairs(merged, blocks, frequencies)
        members = distinct(np.concatenate([left, right]))
        # Whose records they are does not matter for grading, so none are named.
        nobody = pa.table({"record_key": pa.array([], pa.string()), "profile": np.zeros(0, dtype=np.int64)})
        profiles = merged.facts_of(members, nobody, model, frequencies)
        # Members are in order, so that pairs keep theirs as positions among them.
        place_l, place_r = np.searchsorted(members, left), np.searchsorted(members, right)
        return cls(merged, keys, members, profiles, place_l, place_r, decided, frequencies)

    @property
    def inside_l(self) -> Ints:
        """No pair: all are compared, and no model is fitted to them."""
        return self.left[:0]

    @property
    def inside_r(self) -> Ints:
        """No pair either."""
        return self.right[:0]

    def opened(self, graded: GradedPairs, model: MatchModel, common: tuple[Commonness, ...]) -> "OpenPairs":
        """Return the pairs, new and old, of every group of profiles in which something changed.

        Parameters
        ----------
        graded
            The new pairs with their levels.
        model
            The saved model.
        common
            How common the values of their profiles are.
        """
        merged, decided = self.merged, self.decided
        scores = pair_scores(graded.profiles, graded.levels, graded.left, graded.right, model, common)
        is_kept = is_worth_keeping(scores, model)
        old_l, old_r, old_weight = merged.living_pairs()
        # Old pairs keep their weight: it was given by the same model and the same counts.
        left = np.concatenate([old_l, self.members[graded.left[is_kept]]])
        right = np.concatenate([old_r, self.members[graded.right[is_kept]]])
        weight = np.concatenate([old_weight, scores.match_weight[is_kept]])
        is_strong = weight >= probability_weight(model.min_match_probability)
        # A person's "same" holds a group together as a strong pair does, so that it is opened as a whole.
        told = merged.profiles_by_key(decided.record_keys)
        same_l, same_r = (np.array([told[pair[side]] for pair in decided.same], dtype=np.int64) for side in (0, 1))
        held_l, held_r = np.concatenate([left[is_strong], same_l]), np.concatenate([right[is_strong], same_r])
        is_touched = merged.is_touched(held_l, held_r)
        # Weak pairs too: the other side may be put to a person, or be listed as related.
        is_open = is_touched[left] | is_touched[right]
        # A person is asked about two groups: what stands at the far end is opened as a whole too.
        is_far = np.zeros(len(is_touched), dtype=bool)
        asked = is_open & (weight >= probability_weight(model.min_review_probability))
        is_far[left[asked]] = True
        is_far[right[asked]] = True
        is_far = merged.hanging_together(is_far, held_l, held_r)
        is_open |= is_far[left] & is_far[right]
        decided = _where(
            decided,
            lambda a, b: bool(is_touched[told[a]] or is_touched[told[b]] or (is_far[told[a]] and is_far[told[b]])),
        )
        is_wanted = is_touched | is_far
        is_wanted[left[is_open]] = True
        is_wanted[right[is_open]] = True
        is_wanted[[told[key] for key in decided.record_keys]] = True
        own = merged.selected(np.flatnonzero(is_wanted), model, self.frequencies)
        return OpenPairs(
            self,
            _graded(own, left[is_open], right[is_open]),
            decided,
            saved_commonness(own.profiles, self.frequencies.values),
            own.rows[is_touched[merged.profile[own.rows]]],
            left,
            right,
            weight,
        )


@dataclass(frozen=True, slots=True)
class OpenPairs:
    """What is decided anew.

    Attributes
    ----------
    paired
        The new pairs among them, with the snapshot that they are of.
    graded, decided, common
        The pairs that are open, with their levels, the decisions about their records, and how common their values are.
    rows
        Records whose cluster is decided anew, in the order of keys.
    left, right, weight
        All pairs to keep for the next matching, as profiles of ``merged``, with their weights in bits.
    """

    paired: NewPairs
    graded: GradedPairs
    decided: Decided
    common: tuple[Commonness, ...]
    rows: Ints
    left: Ints
    right: Ints
    weight: Floats


def _new_pairs(merged: Merged, blocks: Blocks, frequencies: Frequencies) -> tuple[Ints, Ints, pa.Table]:
    """Return the pairs of new profiles with all others, and the packed keys of new profiles in order."""
    # A table that was compared in full when the model was fitted goes on to be, or its pairs would be chosen by two rules.
    if not frequencies.max_block:
        live = np.flatnonzero(merged.is_live)
        fresh = live[merged.is_fresh[live]]
        no_keys = packed_keys(np.zeros(0, dtype=np.uint64), fresh[:0])
        return *_possible(merged, np.repeat(fresh, len(live)), np.tile(live, len(fresh))), no_keys
    keys = blocks.keys
    members = merged.position[keys.value]
    is_fresh = merged.is_fresh[members]
    key, members = keys.key[is_fresh], members[is_fresh]
    at, others = key_holders(merged.state.keys, key, max_size=_MAX_GROWTH * frequencies.max_block)
    is_living = merged.is_live[others]
    among_l, among_r = pairs_within(key, members, len(merged.kinds))
    left = np.concatenate([others[is_living], among_l])
    right = np.concatenate([members[at[is_living]], among_r])
    # A profile that had no record for a while has its keys already.
    is_new = members >= merged.state.profiles.num_rows
    return *_possible(merged, left, right), packed_keys(key[is_new], members[is_new])


def _possible(merged: Merged, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return each pair once, and none of a company with a person."""
    count = len(merged.kinds)
    codes = distinct((np.minimum(left, right) * count + np.maximum(left, right))[left != right])
    low, high = codes // count, codes % count
    is_possible = ~is_company_with_person(merged.kinds[low], merged.kinds[high])
    return low[is_possible], high[is_possible]


def _graded(own: Selected, left: Ints, right: Ints) -> GradedPairs:
    count = own.profiles.count
    local_l, local_r = own.rank[left], own.rank[right]
    codes = distinct(np.minimum(local_l, local_r) * count + np.maximum(local_l, local_r))
    low, high = codes // count, codes % count
    return GradedPairs(own.profiles, low, high, pair_levels(own.profiles, low, high))


def _where(decided: Decided, is_wanted: Callable[[str, str], bool]) -> Decided:
    return Decided(
        *(tuple(one for one in pairs if is_wanted(*one)) for pairs in (decided.same, decided.apart, decided.contradicted))
    )
