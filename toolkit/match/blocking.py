"""Which pairs are compared at all: the union of many narrow keys, each capped.

An over-full block is split by the values of the other facts, and what is still over-full is compared with its next
neighbours in it; no block is dropped. A table of few profiles is compared in full.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from toolkit.match.comparison import Ints
from toolkit.match.profiles import COMPANY, PERSON, Fact, Profiles

MAX_BLOCK = 16
"""Profiles in a block beyond which it is split."""

MAX_COMPARED_IN_FULL = 250
"""Tables of up to this many profiles need no blocking."""

_NEIGHBOURS = 4
_Keyed = tuple[Ints, Ints]


def candidate_pairs(profiles: Profiles) -> tuple[Ints, Ints]:
    """Return the pairs of profiles worth comparing, as two columns of positions, left below right, in order.

    A company is never paired with a person.
    """
    count = profiles.count
    if count <= MAX_COMPARED_IN_FULL:
        left, right = np.triu_indices(count, 1)
        codes = left.astype(np.int64) * count + right
    else:
        found = [np.zeros(0, dtype=np.int64), *(_pair_codes(keyed, profiles) for keyed in _key_sets(profiles.facts))]
        codes = np.unique(np.concatenate(found))
    left, right = codes // max(count, 1), codes % max(count, 1)
    kinds_l, kinds_r = profiles.kinds[left], profiles.kinds[right]
    is_possible = ~(((kinds_l == COMPANY) & (kinds_r == PERSON)) | ((kinds_l == PERSON) & (kinds_r == COMPANY)))
    return left[is_possible], right[is_possible]


def _key_sets(facts: Sequence[Fact]) -> Iterator[_Keyed]:
    """Yield (key, profile) columns: one set per fact's narrow keys, one per pair of facts' broad keys."""
    broad = []
    for fact in facts:
        narrow = _keyed(fact, fact.comparison.narrow(fact.values))
        if len(narrow[0]):
            yield narrow
        keys = _keyed(fact, fact.comparison.broad(fact.values))
        if len(keys[0]):
            broad.append(keys)
    for position, one in enumerate(broad):
        for other in broad[position + 1 :]:
            yield _crossed(one, other)


def _keyed(fact: Fact, keys: list[list[str]]) -> _Keyed:
    """Return one row per key of each profile's value, by profile."""
    numbers: dict[str, int] = {}
    flat = np.array([numbers.setdefault(key, len(numbers)) for own in keys for key in own], dtype=np.int64)
    sizes = np.array([len(own) for own in keys], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    filled = np.flatnonzero(fact.codes >= 0)
    values = fact.codes[filled]
    return flat[_ranges(starts[values], sizes[values])], np.repeat(filled, sizes[values])


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return the integers of each range ``starts[i] … starts[i] + sizes[i]``, one range after the other."""
    ends = np.cumsum(sizes)
    offsets = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64) - np.repeat(ends - sizes, sizes)
    return np.asarray(np.repeat(starts, sizes) + offsets, dtype=np.int64)


def _crossed(one: _Keyed, other: _Keyed) -> _Keyed:
    """Return every key of one fact with every key of another, for profiles that have both."""
    keys_o, profiles_o = other
    starts = np.searchsorted(profiles_o, one[1], side="left")
    sizes = np.searchsorted(profiles_o, one[1], side="right") - starts
    rows = _ranges(starts, sizes)
    base = int(keys_o.max()) + 1
    return np.repeat(one[0], sizes) * base + keys_o[rows], np.repeat(one[1], sizes)


def _pair_codes(keyed: _Keyed, profiles: Profiles) -> Ints:
    """Return the pairs within blocks as ``left * count + right``; over-full blocks are split."""
    keys, members = _sorted_blocks(*keyed)
    sizes = _block_sizes(keys)
    is_full = np.repeat(sizes > MAX_BLOCK, sizes)
    found = [_within(keys[~is_full], members[~is_full], profiles.count, MAX_BLOCK)]
    if is_full.any():
        rest_keys, rest = keys[is_full], members[is_full]
        found.append(_within(rest_keys, rest, profiles.count, _NEIGHBOURS))
        for fact in profiles.facts:
            codes = fact.codes[rest]
            has = codes >= 0
            base = len(fact.values) + 1
            split_keys, split = _sorted_blocks(rest_keys[has] * base + codes[has], rest[has])
            split_sizes = _block_sizes(split_keys)
            is_over = np.repeat(split_sizes > MAX_BLOCK, split_sizes)
            found.append(_within(split_keys[~is_over], split[~is_over], profiles.count, MAX_BLOCK))
            found.append(_within(split_keys[is_over], split[is_over], profiles.count, _NEIGHBOURS))
    return np.unique(np.concatenate(found))


def _sorted_blocks(keys: Ints, members: Ints) -> _Keyed:
    order = np.lexsort((members, keys))
    return keys[order], members[order]


def _block_sizes(keys: Ints) -> Ints:
    """Return the size of each run of equal keys."""
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, dtype=np.int64)
    return np.diff(np.concatenate([starts, [len(keys)]]))


def _within(keys: Ints, members: Ints, count: int, max_distance: int) -> Ints:
    """Return pairs of members of one block at most ``max_distance`` places apart in it."""
    found = []
    for distance in range(1, max_distance + 1):
        is_same = keys[:-distance] == keys[distance:] if len(keys) > distance else np.zeros(0, dtype=bool)
        if not is_same.any():
            break
        left, right = members[:-distance][is_same], members[distance:][is_same]
        pairs = left * count + right
        found.append(pairs[left != right])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
