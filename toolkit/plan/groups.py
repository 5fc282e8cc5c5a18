"""Which records of the target are duplicates that may be merged without a doubt, and which of them stays."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from toolkit.changes import LeftOut
from toolkit.plan.bonds import Bonds
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.masters import CHOSEN, Fact, master_of
from toolkit.plan.merge_choices import NOTHING_CHOSEN, TWO_STAY, MergeChoices
from toolkit.plan.target_records import NONE, Ints, TargetRecords, positions

DUPLICATES = "duplicates"

_EXCLUDED = "The rules exclude a record of these duplicates, or their cluster."
_KINDS = "One of these duplicates is a company and another a person."
_UNSURE = (
    "How sure it is that two of these duplicates are one, is only {}, and merging begins at {}. Decide the pair as the same "
    "to merge them."
)
_NO_MASTER = "No rule says which of these duplicates stays: they tie in each ({})."
_CLOSED = (
    "Documents of closed books refer to one of these duplicates that would be archived, and they are not changed. If the "
    "rules let that one stay, they can be merged."
)
_LOST_OPT_OUT = "One of these duplicates wants no mail, and by the rules another one would stay, which does not say so."


class Group(NamedTuple):
    """Duplicates that are merged: rows of the target's parties."""

    survivor: int
    losers: tuple[int, ...]
    cluster_id: str
    probability: str
    rule: str

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows, the survivor's first."""
        return self.survivor, *self.losers


class Groups(NamedTuple):
    """Groups to be merged, what is left out, and all rows that have duplicates, merged or not."""

    merged: list[Group]
    left_out: list[LeftOut]
    rows: frozenset[int]


class _Listed(NamedTuple):
    """Keys and kinds of the target's parties, their places among the records that were matched, and names of clusters."""

    keys: list[str]
    kinds: list[str]
    places: Ints
    cluster_ids: list[str]


def groups(
    records: TargetRecords,
    known: Bonds,
    rules: CleanupRules,
    facts: Mapping[str, Fact],
    *,
    opted_out: frozenset[str] = frozenset(),
    closed_owners: frozenset[int] = frozenset(),
    choices: MergeChoices = NOTHING_CHOSEN,
) -> Groups:
    """Return the duplicates of the target that are merged, and those that are left out with the reason.

    Parameters
    ----------
    records
        Parties of the target.
    known
        What is known of records being one.
    rules
        Of the cleanup.
    facts
        What the master rules go by.
    opted_out
        Keys of the records that want no mail.
    closed_owners
        Rows that documents of closed books refer to.
    choices
        What persons chose: a record that they let stay stays, whatever the rules say.
    """
    merged, left_out, rows = [], [], set()
    listed = _Listed(
        records.keys.to_pylist(),
        records.texts("kind").to_pylist(),
        positions(records.keys, known.keys),
        known.cluster_ids.to_pylist(),
    )
    for members in _members(records, known.cluster_of(records.keys)):
        rows |= {*members}
        if rules.merge is not None and records.streams[members[0]] not in rules.merge:
            continue
        found = _group(
            listed, members, known, rules, facts=facts, opted_out=opted_out, closed_owners=closed_owners, choices=choices
        )
        if isinstance(found, Group):
            merged.append(found)
        else:
            left_out.append(found)
    return Groups(merged, left_out, frozenset(rows))


def share_text(share: float) -> str:
    """Return a share with four decimals, rounded down: what is not sure never reads as sure.

    Examples
    --------
    >>> share_text(0.99999), share_text(1.0), share_text(0.57)
    ('0.9999', '1.0000', '0.5700')
    """
    return f"{np.floor(share * 10_000 + 1e-9) / 10_000:.4f}"


def _members(records: TargetRecords, cluster: Ints) -> list[list[int]]:
    """Return the rows of each cluster and stream that has several, in order of their keys."""
    found: dict[tuple[int, str], list[int]] = {}
    own = np.flatnonzero(cluster != NONE)
    counts = np.bincount(cluster[own])
    for row in own[counts[cluster[own]] > 1].tolist():
        found.setdefault((int(cluster[row]), records.streams[row]), []).append(row)
    return [rows for rows in found.values() if len(rows) > 1]


def _group(
    listed: _Listed,
    members: Sequence[int],
    known: Bonds,
    rules: CleanupRules,
    *,
    facts: Mapping[str, Fact],
    opted_out: frozenset[str],
    closed_owners: frozenset[int],
    choices: MergeChoices,
) -> Group | LeftOut:
    """Return which of some duplicates stays, or why they are not merged."""
    keys = tuple(listed.keys[row] for row in members)
    places = listed.places[[*members]]
    cluster = int(known.cluster[places[0]])
    cluster_id = listed.cluster_ids[cluster]
    likely = _least_likely(places, known)
    kinds = {listed.kinds[row] for row in members} - {"unknown"}
    doubts = (
        (any(rules.is_excluded(key, cluster_id) for key in keys), _EXCLUDED),
        (cluster in known.doubt, known.doubt.get(cluster, "")),
        (len(kinds) > 1, _KINDS),
        (likely < rules.min_probability, _UNSURE.format(share_text(likely), share_text(rules.min_probability))),
    )
    doubt = next((reason for is_so, reason in doubts if is_so), None)
    if doubt is not None:
        return LeftOut(DUPLICATES, keys, doubt)
    named = [row for row in members if listed.keys[row] in choices.stays]
    if len(named) > 1:
        return LeftOut(DUPLICATES, keys, TWO_STAY)
    chosen = (named[0], CHOSEN) if named else master_of(members, rules.masters, facts)
    if chosen is None:
        return LeftOut(DUPLICATES, keys, _NO_MASTER.format(", ".join(rules.masters)))
    survivor, rule = chosen
    if not opted_out.isdisjoint(keys) and listed.keys[survivor] not in opted_out:
        return LeftOut(DUPLICATES, keys, _LOST_OPT_OUT)
    losers = tuple(row for row in members if row != survivor)
    if not closed_owners.isdisjoint(losers):
        return LeftOut(DUPLICATES, keys, _CLOSED)
    return Group(survivor, losers, cluster_id, share_text(likely), rule)


def _least_likely(places: Ints, known: Bonds) -> float:
    """Return how sure the least sure pair is; what persons and rules said of two pairs holds for a third that they make."""
    one, other = (np.array(side) for side in zip(*combinations(places.tolist(), 2), strict=True))
    likely = known.likelihood(one, other)
    said = known.are_said(one, other)
    if not said.any():
        return float(likely.min())
    top = {place: place for place in places.tolist()}
    for left, right in zip(one[said].tolist(), other[said].tolist(), strict=True):
        kept, gone = sorted((top[left], top[right]))
        top = {place: kept if above == gone else above for place, above in top.items()}
    is_chained = [top[left] == top[right] for left, right in zip(one.tolist(), other.tolist(), strict=True)]
    return float(np.where(is_chained, 1.0, likely).min())
