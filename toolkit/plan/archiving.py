"""Records that are taken out of use: first all that refers to them is pointed elsewhere, then they are archived."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from toolkit.changes import Child, Evidence, Operation, operation
from toolkit.changes.operation import Precondition, field_hash
from toolkit.plan.groups import Group
from toolkit.plan.masters import rule_words
from toolkit.plan.target_records import Ints, TargetRecords

POINTED = "The record it refers to is a duplicate that is archived; it refers to the one that stays."
ARCHIVED = "It is a duplicate of a record that stays, because {}."


class Reference(NamedTuple):
    """The column by which records of a table refer to parties, and the row of the party that each refers to."""

    records: TargetRecords
    column: str
    owner: Ints


class Pointed(NamedTuple):
    """Changes of references, and by row of the party that was referred to what they are and which children they move."""

    operations: list[Operation]
    of_owner: dict[int, list[tuple[Operation, Child]]]


def repoints(
    system: str,
    parties: TargetRecords,
    *,
    references: Sequence[Reference],
    groups: Sequence[Group],
    names: Mapping[int, str | None],
    gone: frozenset[int],
) -> Pointed:
    """Return the references to losers, pointed to the records that stay.

    Parameters
    ----------
    system
        Whose records.
    parties
        Of the target, as they stand.
    references
        What refers to parties.
    groups
        What is merged.
    names
        By row of a survivor the name that it has in the end: what refers by name refers to that.
    gone
        Rows of parties that are archived themselves: nothing of theirs is changed.
    """
    group_of = {loser: group for group in groups for loser in group.losers}
    losers = np.array(sorted(group_of), dtype=np.int64)
    found = Pointed([], {})
    for one in references:
        refs = one.records.texts(one.column)
        for row in np.flatnonzero(np.isin(one.owner, losers)).tolist():
            owner = int(one.owner[row])
            if one.records is parties and row in gone:
                continue
            group = group_of[owner]
            written = refs[row].as_py()
            new = parties.ids[group.survivor]
            if written not in {parties.ids[owner], *(parties.table["alt_ids"][owner].as_py() or ())}:
                new = names[group.survivor] or new
            if written == new:
                continue
            before = {one.column: written}
            change = operation(
                "repoint",
                system,
                one.records.streams[row],
                target_id=one.records.ids[row],
                before=before,
                after={one.column: new},
                precondition=field_hash(before),
                evidence=Evidence((POINTED,), group.cluster_id, group.probability, parties.keys[group.survivor].as_py()),
            )
            found.operations.append(change)
            child = Child(one.records.keys[row].as_py(), one.column)
            found.of_owner.setdefault(owner, []).append((change, child))
    return found


def archives(
    system: str,
    parties: TargetRecords,
    *,
    evidence: Mapping[int, Evidence],
    waits_for: Mapping[int, Sequence[Operation]],
    children: Mapping[int, Sequence[Child]],
    parents: Ints,
) -> list[Operation]:
    """Return the archiving of records, each after what must be done before it; a person before the company it belongs to.

    Parameters
    ----------
    system
        Whose records.
    parties
        Of the target.
    evidence
        Why, by row of each record that is archived.
    waits_for
        What must be done before, by row.
    children
        References that were moved away from it, by row.
    parents
        For each party the row of the one it belongs to.
    """
    kinds = parties.texts("kind").to_pylist()
    changed = parties.texts("updated_at").to_pylist()
    own: dict[int, list[int]] = {}
    for row in evidence:
        parent = int(parents[row])
        if parent in evidence and kinds[row] == "person" and kinds[parent] == "company":
            own.setdefault(parent, []).append(row)
    made: dict[int, Operation] = {}
    # Persons first: a company waits for them, and never the other way round, so that nothing waits in a circle.
    for row in sorted(evidence, key=lambda one: (kinds[one] != "person", one)):
        before = {"state": "active"}
        waits = {one.op_id for one in (*waits_for.get(row, ()), *(made[child] for child in own.get(row, ())))}
        made[row] = operation(
            "archive",
            system,
            parties.streams[row],
            target_id=parties.ids[row],
            before=before,
            after={"state": "archived"},
            precondition=Precondition("updated_at", changed[row]) if changed[row] else field_hash(before),
            depends_on=tuple(waits),
            evidence=evidence[row],
            children=tuple(children.get(row, ())),
        )
    return [made[row] for row in sorted(made)]


def duplicate_evidence(parties: TargetRecords, groups: Sequence[Group]) -> dict[int, Evidence]:
    """Return why each loser is archived, by its row; ``from_key`` is the record that stays."""
    return {
        loser: Evidence(
            (ARCHIVED.format(rule_words(group.rule)),),
            group.cluster_id,
            group.probability,
            parties.keys[group.survivor].as_py(),
        )
        for group in groups
        for loser in group.losers
    }
