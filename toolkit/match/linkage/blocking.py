"""Which pairs are compared at all: the union of many narrow keys, each capped.

Blocks are planned from the counts of their keys, before any pair is built: the cap is as high as a budget of pairs per
profile allows. A key of too many profiles is split by the values of the other facts, once and once more; what is over-full
even then is not compared, and said to be. A table of few profiles is compared in full.

Which keys are over-full is part of a saved model, so that new records never change which of the old ones were compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from toolkit.cores import results, slices_of
from toolkit.errors import InputError
from toolkit.match.comparison import Ints, Keys
from toolkit.match.hashing import Hashes, mixed
from toolkit.match.records.columns import COMPANY, PERSON
from toolkit.match.records.profiles import Fact, Profiles

CAPS = (64, 48, 32, 24, 16, 12, 10, 8, 6, 5, 4, 3, 2)
"""Profiles in a block beyond which it may be split, by how many pairs that costs."""

PAIRS_PER_PROFILE = 6.0
"""Pairs that keys may cost per profile."""

AFFORDABLE_PAIRS = 60_000
"""Pairs that keys may cost in any table: a small one is compared more closely."""

_SAMPLED_PROFILES = 2_000

POSITION_BITS = 24
"""Last bits of a key that it leaves free for the position of a profile: room for 16 million."""

Number = TypeVar("Number", bound=np.generic)

MAX_COMPARED_IN_FULL = 250
"""Tables of up to this many profiles need no blocking."""

MAX_GROWN_IN_FULL = 2_000
"""A table that a saved model compares in full may grow to this many."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Keys and their profiles, sorted by key: the index in which candidates are found.

    Attributes
    ----------
    packed
        Keys in order, each with the position of its profile in its last bits, one for each profile that has it; keys of one
        profile only are kept too, for a new record may come to them.
    position_bits
        How many bits those are.
    over_full
        Keys that were split, in order.
    max_block
        Profiles of a key beyond which it was split; 0 where every pair is compared.
    dropped_pairs
        Pairs of profiles, counted once per key, that share a key which stayed over-full; only those that another key joins
        are compared.
    dropped
        Keys and profiles of those, for measuring what that loses.
    """

    packed: Hashes
    position_bits: int
    over_full: Hashes
    max_block: int
    dropped_pairs: float
    dropped: Keys

    @property
    def keys(self) -> Keys:
        """Keys and profiles in two columns, sorted by key and then by profile."""
        return _unpacked(self.packed, self.position_bits)

    @property
    def sizes(self) -> Ints:
        """How many profiles have each key."""
        return _sizes(self.packed >> np.uint64(self.position_bits))


def candidate_pairs(profiles: Profiles, blocks: Blocks | None = None) -> tuple[Ints, Ints]:
    """Return the pairs of profiles worth comparing, as two columns of positions, left below right, in order.

    A company is never paired with a person.
    """
    count = profiles.count
    own = blocks or planned_blocks(profiles)
    if not own.max_block:
        left, right = (side.astype(np.int64) for side in np.triu_indices(count, 1))
    else:
        left, right = _pairs_of_blocks(own.sizes, _positions(own.packed, own.position_bits), count)
    is_possible = ~is_company_with_person(profiles.kinds[left], profiles.kinds[right])
    return left[is_possible], right[is_possible]


def is_company_with_person(kinds_l: Ints, kinds_r: Ints) -> npt.NDArray[np.bool_]:
    """Return where one of two is a company and the other a person."""
    return np.asarray(((kinds_l == COMPANY) & (kinds_r == PERSON)) | ((kinds_l == PERSON) & (kinds_r == COMPANY)))


def planned_blocks(profiles: Profiles, *, over_full: Hashes | None = None, max_block: int | None = None) -> Blocks:
    """Return the blocks of a table, over-full ones split.

    Parameters
    ----------
    profiles
        The distinct records.
    over_full, max_block
        Those of a saved model, to be followed instead of counted.
    """
    if max_block == 0 or (max_block is None and profiles.count <= MAX_COMPARED_IN_FULL):
        return _no_blocks(profiles.count)
    bits = max(profiles.count.bit_length(), POSITION_BITS)
    packed = _narrow_keys(profiles, bits)
    cap = max_block or _affordable_cap(packed, bits, profiles.count)
    # Split twice: the offices of a chain are many by its name, and in one town still, but not in one street. What is
    # over-full even then goes, for three facts that so many share tell nobody apart.
    kept, found = [], []
    for facts in (profiles.facts, profiles.facts, ()):
        is_over = _is_over_full(packed >> np.uint64(bits) << np.uint64(bits), over_full, cap)
        kept.append(packed[~is_over])
        over = _unpacked(packed[is_over], bits)
        found.append(over.key)
        if facts:
            packed = distinct(_packed(_split(over, facts), bits))
    # In place: a large table has tens of millions of keys, and each copy of them is what this step costs in memory.
    packed = np.concatenate(kept)
    packed.sort()
    sizes = _sizes(over.key).astype(np.float64)
    dropped_pairs = float(np.sum(sizes * (sizes - 1) / 2))
    return Blocks(packed, bits, distinct(np.concatenate(found)), cap, dropped_pairs, over)


def _no_blocks(count: int) -> Blocks:
    if count > MAX_GROWN_IN_FULL:
        raise InputError(
            f"The saved model was fitted to at most {MAX_COMPARED_IN_FULL} distinct records, and now there are {count}. "
            "Fit it anew."
        )
    nothing = Keys(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))
    return Blocks(nothing.key, POSITION_BITS, nothing.key, 0, 0.0, nothing)


def dropped_sample(blocks: Blocks, count: int, size: int, seed: int = 20_011) -> tuple[Ints, Ints]:
    """Return up to ``size`` random pairs of profiles from the keys that stayed over-full.

    Parameters
    ----------
    blocks
        The blocks, which know what they dropped.
    count
        Number of profiles.
    size
        How many pairs are drawn; the same one may be drawn again.
    seed
        Of the random numbers, so that a run can be repeated.
    """
    sizes = _sizes(blocks.dropped.key)
    if not len(sizes):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    # A block of a thousand has a hundred times the pairs of one of a hundred, and is drawn from as often.
    generator = np.random.default_rng(seed)
    pairs = sizes * (sizes - 1) / 2
    starts = np.cumsum(sizes) - sizes
    block = generator.choice(len(sizes), size, p=pairs / pairs.sum())
    one = blocks.dropped.value[starts[block] + generator.integers(0, sizes[block])]
    other = blocks.dropped.value[starts[block] + generator.integers(0, sizes[block])]
    codes = distinct(np.minimum(one, other)[one != other] * count + np.maximum(one, other)[one != other])
    return codes // count, codes % count


def _narrow_keys(profiles: Profiles, bits: int) -> Hashes:
    """Return the packed keys of each profile: each fact's narrow ones, and the broad ones of two facts together."""

    def own_keys(fact: Fact) -> tuple[Hashes, Keys]:
        narrow = _packed(_of_profiles(fact, fact.comparison.narrow(fact.prepared)), bits)
        return narrow, _of_profiles(fact, fact.comparison.broad(fact.prepared))

    keys = results(own_keys, profiles.facts)
    broad = [(fact.comparison.facet, own) for fact, (_, own) in zip(profiles.facts, keys, strict=True) if len(own.key)]
    # Two facts about one thing, such as a name and its parts, narrow nothing.
    both = [
        (one, other)
        for position, (facet, one) in enumerate(broad)
        for other_facet, other in broad[position + 1 :]
        if facet != other_facet
    ]
    crossed = results(lambda pair: _packed(_crossed(*pair), bits), both)
    return distinct(np.concatenate([np.zeros(0, dtype=np.uint64), *(narrow for narrow, _ in keys), *crossed]))


def _of_profiles(fact: Fact, keys: Keys) -> Keys:
    """Return the keys of values as keys of the profiles that have them, by profile."""
    order = np.argsort(keys.value, kind="stable")
    # Keys are made once for each distinct value; a thousand profiles in one street share them.
    sizes = np.bincount(keys.value, minlength=len(fact.values))
    starts = np.cumsum(sizes) - sizes
    filled = np.flatnonzero(fact.codes >= 0)
    values = fact.codes[filled]
    return Keys(keys.key[order][ranges(starts[values], sizes[values])], np.repeat(filled, sizes[values]))


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return the integers of each range ``starts[i] … starts[i] + sizes[i]``, one range after the other."""
    ends = np.cumsum(sizes)
    offsets = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64) - np.repeat(ends - sizes, sizes)
    return np.asarray(np.repeat(starts, sizes) + offsets, dtype=np.int64)


def _crossed(one: Keys, other: Keys) -> Keys:
    """Return every key of one fact with every key of another, for profiles that have both."""
    # By profile on both sides: how many keys each profile has says where they stand.
    counts = np.bincount(other.value, minlength=int(one.value[-1]) + 1 if len(one.value) else 0)
    sizes = counts[one.value]
    rows = ranges((np.cumsum(counts) - counts)[one.value], sizes)
    return Keys(mixed(np.repeat(one.key, sizes), other.key[rows]), np.repeat(one.value, sizes))


def _packed(keys: Keys, bits: int) -> Hashes:
    """Return keys as one number each, whose last ``bits`` are the position of the profile.

    Sorting one number is ten times as fast as sorting two, and takes half the memory: a position takes the place of the
    key's last bits, which costs a needless comparison where two keys differ in those alone. As many bits are taken from a
    small table as from a large one, so that its keys are still the same when it has grown.
    """
    return np.asarray(keys.key >> np.uint64(bits) << np.uint64(bits) | keys.value.astype(np.uint64), dtype=np.uint64)


def _unpacked(packed: Hashes, bits: int) -> Keys:
    return Keys(packed >> np.uint64(bits) << np.uint64(bits), _positions(packed, bits).astype(np.int64))


def _positions(packed: Hashes, bits: int) -> npt.NDArray[np.uint32]:
    """Return the profile of each packed key, in half the bytes of one: four thousand million profiles fit no memory."""
    return packed.astype(np.uint32) & np.uint32((1 << bits) - 1)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the distinct numbers in order; ten times as fast here as asking for them by a hash table."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _sizes(keys: Hashes) -> Ints:
    """Return the size of each run of equal keys."""
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, dtype=np.int64)
    return np.diff(np.append(starts, len(keys)))


def _affordable_cap(packed_keys: Hashes, bits: int, count: int) -> int:
    """Return the highest cap with which no more pairs are compared than the budget allows, by a sample of profiles.

    Two records of one party share dozens of keys: what counts is with how many others a profile shares any.
    """
    sizes = _sizes(packed_keys >> np.uint64(bits))
    starts = np.cumsum(sizes) - sizes
    # Every n-th profile with all its keys, not every n-th key: only so is seen how many keys lead to the same other.
    step = max(count // _SAMPLED_PROFILES, 1)
    profiles = _positions(packed_keys, bits)
    rows = np.flatnonzero(profiles % np.uint32(step) == 0)
    block = np.searchsorted(starts, rows, side="right") - 1
    is_looked_at = (sizes[block] <= CAPS[0]) & (sizes[block] > 1)
    rows, block = rows[is_looked_at], block[is_looked_at]
    partner = profiles[ranges(starts[block], sizes[block])].astype(np.int64)
    own = np.repeat(profiles[rows].astype(np.int64), sizes[block])
    # Pair and size of block in one number (sizes up to 64 fit seven bits): sorted, a pair's narrowest block comes first.
    packed = ((own * count + partner) << 7) | np.repeat(sizes[block], sizes[block])
    packed = np.sort(packed[own != partner])
    is_first = np.ones(len(packed), dtype=bool)
    is_first[1:] = packed[1:] >> 7 != packed[:-1] >> 7
    # How many others the narrowest common block of just this size gives; each pair is seen from both sides.
    gained = np.bincount(packed[is_first] & 127, minlength=CAPS[0] + 1) / 2
    per_profile = np.cumsum(gained) / max(count // step, 1)
    affordable = max(PAIRS_PER_PROFILE, AFFORDABLE_PAIRS / count)
    return next((cap for cap in CAPS if per_profile[cap] <= affordable), CAPS[-1])


def _is_over_full(keys: Hashes, known: Hashes | None, cap: int) -> npt.NDArray[np.bool_]:
    sizes = _sizes(keys)
    if known is None:
        return np.repeat(sizes > cap, sizes)
    # By name, not by size: a key that was narrow stays whole though it grew, or old pairs would no longer be compared.
    place = np.minimum(np.searchsorted(known, keys), max(len(known) - 1, 0))
    return known[place] == keys if len(known) else np.zeros(len(keys), dtype=bool)


def _split(keys: Keys, facts: Sequence[Fact]) -> Keys:
    """Return over-full keys narrowed by each fact's value in turn."""

    def narrowed(fact: Fact) -> Keys:
        codes = fact.codes[keys.value]
        has = codes >= 0
        return Keys(mixed(keys.key[has], fact.hashes[codes[has]]), keys.value[has])

    parts = results(narrowed, facts)
    if not parts:
        return Keys(keys.key[:0], keys.value[:0])
    return Keys(np.concatenate([one.key for one in parts]), np.concatenate([one.value for one in parts]))


def pairs_within(keys: Hashes, members: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the pairs of profiles that share a key.

    Parameters
    ----------
    keys, members
        Keys in order, and the profile of each.
    count
        Number of profiles.
    """
    return _pairs_of_blocks(_sizes(keys), members, count)


def _pairs_of_blocks(sizes: Ints, members: npt.NDArray[np.integer[Any]], count: int) -> tuple[Ints, Ints]:
    """Return the pairs of profiles of the same block; blocks of the given sizes stand one after the other."""
    starts = np.cumsum(sizes) - sizes
    # As many blocks for each core: which of them a pair comes from does not count.
    parts = [(starts[part], sizes[part]) for part in slices_of(len(sizes))]
    found = results(lambda part: _codes_of_blocks(*part, members, count), parts)
    codes = distinct(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
    return codes // count, codes % count


def _codes_of_blocks(starts: Ints, sizes: Ints, members: npt.NDArray[np.integer[Any]], count: int) -> Ints:
    found = [np.zeros(0, dtype=np.int64)]
    distance = 1
    # Members that stand one, two, three places apart in one block: a step for all blocks at once takes the place of a loop
    # over a million small ones. Only those that reach further are looked at again.
    while True:
        is_larger = sizes > distance
        starts, sizes = starts[is_larger], sizes[is_larger]
        if not len(sizes):
            break
        rows = ranges(starts, sizes - distance)
        one, other = members[rows].astype(np.int64), members[rows + distance].astype(np.int64)
        found.append(np.minimum(one, other) * count + np.maximum(one, other))
        distance += 1
    return np.concatenate(found)
