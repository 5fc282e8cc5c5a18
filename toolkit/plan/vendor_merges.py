"""Duplicates that the vendor's own merge makes one: what refers to them moves along, and some of it is lost for good."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from toolkit.changes import Child, Evidence, Operation, operation
from toolkit.changes.operation import LOST_WORD, MERGED_INTO, field_hash
from toolkit.plan.archiving import ARCHIVED, Reference
from toolkit.plan.cleanup_rules import GROUP_OF, CleanupRules
from toolkit.plan.groups import Group
from toolkit.plan.masters import rule_words
from toolkit.plan.target_records import TargetRecords


def vendor_merges(
    system: str,
    parties: TargetRecords,
    *,
    groups: Sequence[Group],
    references: Sequence[Reference],
    rules: CleanupRules,
    used: Mapping[str, frozenset[str]],
) -> dict[int, list[Operation]]:
    """Return by row of each survivor the merges into it, one after the other, each with all that moves with it.

    Parameters
    ----------
    system
        Whose records.
    parties
        Of the target, as they stand.
    groups
        What is merged so.
    references
        What refers to parties.
    rules
        Of the cleanup; they say what each merge loses.
    used
        The columns that each stream fills anywhere.
    """
    children = _children(references, {row for group in groups for row in group.rows})
    made: dict[int, list[Operation]] = {}
    merge_of: dict[str, Operation] = {}
    kinds = parties.texts("kind").to_pylist()
    # Persons first, and a company waits for those of both: a merge changes the company that they name.
    for group in sorted(groups, key=lambda one: (kinds[one.survivor] != "person", one.survivor)):
        stream = parties.streams[group.survivor]
        how = rules.vendor_merges[stream]
        columns = sorted(column for column in GROUP_OF if column in used[stream] and rules.takes(stream, column))
        reasons = (ARCHIVED.format(rule_words(group.rule)), *(f"{LOST_WORD} {one}." for one in how.lost))
        for loser in group.losers:
            before = {column: parties.texts(column)[loser].as_py() for column in columns}
            earlier = made.setdefault(group.survivor, [])
            own = children.get(loser, ())
            both = (*own, *children.get(group.survivor, ()))
            waits = [merge_of[one.record_key] for one in both if one.record_key in merge_of]
            merge = operation(
                "merge",
                system,
                stream,
                target_id=parties.ids[loser],
                before=before,
                after={MERGED_INTO: parties.ids[group.survivor]},
                precondition=field_hash(before),
                reversibility=how.reversibility,
                depends_on=tuple({one.op_id for one in (*earlier[-1:], *waits)}),
                evidence=Evidence(reasons, group.cluster_id, group.probability, parties.keys[group.survivor].as_py()),
                children=tuple(own),
            )
            earlier.append(merge)
            merge_of[parties.keys[loser].as_py()] = merge
    return made


def after_merges(
    updates: Sequence[Operation], parties: TargetRecords, merges: Mapping[int, Sequence[Operation]]
) -> list[Operation]:
    """Return updates, those of records that others are merged into after the last of those merges.

    Parameters
    ----------
    updates
        Of the target's parties.
    parties
        As they stand.
    merges
        By row of each survivor.
    """
    last = {(parties.streams[row], parties.ids[row]): own[-1].op_id for row, own in merges.items()}
    return [
        replace(one, depends_on=(*one.depends_on, last[key])) if (key := (one.stream, one.target_id)) in last else one
        for one in updates
    ]


def _children(references: Sequence[Reference], rows: Collection[int]) -> dict[int, list[Child]]:
    found: dict[int, list[Child]] = {}
    wanted = np.array(sorted(rows), dtype=np.int64)
    for one in references:
        for row in np.flatnonzero(np.isin(one.owner, wanted)).tolist():
            found.setdefault(int(one.owner[row]), []).append(Child(one.records.keys[row].as_py(), one.column))
    return found
