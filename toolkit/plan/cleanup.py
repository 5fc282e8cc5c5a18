"""What a cleanup changes in one system: its duplicates, its writing, its empty fields, its codes and its stale records.

One update for each record that is changed, with all reasons; what is archived is not updated.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from toolkit.changes import Child, Evidence, LeftOut, Operation
from toolkit.plan.archiving import Reference, archives, duplicate_evidence, repoints
from toolkit.plan.bonds import Bonds, bonds
from toolkit.plan.capitals import without_capitals
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.closed_books import closed_rows
from toolkit.plan.codes import mapped_codes, unknown_codes
from toolkit.plan.duplicates import FIELDS, Merged, lists_of, merged_fields
from toolkit.plan.filling import filled
from toolkit.plan.groups import groups
from toolkit.plan.masters import master_facts
from toolkit.plan.merge_choices import NOTHING_CHOSEN, MergeChoices
from toolkit.plan.planned import Planned
from toolkit.plan.stale import stale_rows
from toolkit.plan.standardising import standardised
from toolkit.plan.target_records import Change, Flags, TargetRecords, updates
from toolkit.plan.vendor_merges import after_merges, vendor_merges
from toolkit.tables import DOCUMENT, ITEM, PARTY

_NOT_TAKEN = "The value of {} would change, but what the system takes in for {} has no such field. Change it by hand."
_CLOSED = "The {} of these {} would change, but their books are closed, and nothing in them is changed."
_IS_KEY = (
    "The {} of these {} would be written otherwise, but it is what the system knows them by: a file with another one would "
    "make new records. Change it by hand."
)


def cleanup(
    system: str,
    *,
    parties: pa.Table,
    documents: pa.Table,
    items: pa.Table,
    crosswalk: pa.Table,
    golden: pa.Table,
    pairs: pa.Table,
    decisions: pa.Table,
    findings: pa.Table,
    rules: CleanupRules,
    as_of: date,
    opted_out: frozenset[str] = frozenset(),
    choices: MergeChoices = NOTHING_CHOSEN,
) -> Planned:
    """Return the changes that clean one system up, and what the rules could not decide.

    Parameters
    ----------
    system
        The client's name of the system that is changed.
    parties, documents, items
        Tables PARTY, DOCUMENT and ITEM of all systems, ``parent_key`` and ``party_key`` resolved.
    crosswalk, golden, pairs
        Tables CROSSWALK, GOLDEN and PAIR of one run.
    decisions
        Table DECISION, also what was decided since that run.
    findings
        Table FINDING.
    rules
        Of this system.
    as_of
        From when months are counted back.
    opted_out
        Keys of the records that want no mail: one of these is never archived for one that does not say so.
    choices
        What persons chose of merges.
    """
    own, own_documents, own_items = (TargetRecords.of(system, table) for table in (parties, documents, items))
    known = bonds(crosswalk, pairs, decisions)
    parents, owners = (own.rows_of(column) for column in (own.table["parent_key"], own_documents.table["party_key"]))
    facts = master_facts(own, rules.masters, document_owners=owners, contact_owners=parents, opted_out=opted_out)
    is_closed = closed_rows(own_documents, rules.closed_until)
    closed_owners = frozenset(owners[is_closed].tolist())
    found = groups(own, known, rules, facts, opted_out=opted_out, closed_owners=closed_owners, choices=choices)
    excluded = _excluded(own, known, rules)
    skipped = excluded.copy()
    skipped[sorted(found.rows)] = True
    stale = stale_rows(own, parties, documents, known, rules, parents=parents, skipped=skipped, as_of=as_of)
    lists = lists_of(own)
    merged = merged_fields(own, found.merged, golden=golden, known=known, rules=rules, lists=lists, choices=choices)
    gone = frozenset((*merged.survivor_of, *stale))
    changes = [*merged.changes]
    changes += filled(
        own.changed(changes), parties=parties, golden=golden, known=known, rules=rules, skipped=skipped, used=lists.used
    )
    changes += _unchosen(mapped_codes(own, PARTY.name, rules), merged)
    if "capitals" in rules.standardise:
        changes += _unchosen(without_capitals(own.changed(changes), parties), merged)
    changes += _unchosen(standardised(own.changed(changes), rules), merged)
    left_alone = {*gone, *np.flatnonzero(excluded).tolist()}
    changes, not_taken = _taken(own, [one for one in changes if one.row not in left_alone], rules)
    by_vendor = [group for group in found.merged if own.streams[group.survivor] in rules.vendor_merges]
    by_us = [group for group in found.merged if own.streams[group.survivor] not in rules.vendor_merges]
    references = [Reference(own, "parent_ref", parents), Reference(own_documents, "party_ref", owners)]
    merges = vendor_merges(system, own, groups=by_vendor, references=references, rules=rules, used=lists.used)
    made = after_merges(updates(system, own, changes), own, merges)
    survivors = sorted({group.survivor for group in found.merged})
    names = own.changed(changes).texts("name").take(pa.array(survivors, pa.int64())).to_pylist()
    pointed = repoints(
        system,
        own,
        references=references,
        groups=by_us,
        names=dict(zip(survivors, names, strict=True)),
        gone=gone,
    )
    waits, children = _waits(
        own, {loser: group.survivor for group in by_us for loser in group.losers}, made, pointed.of_owner
    )
    evidence = {**duplicate_evidence(own, by_us), **{row: Evidence((why,)) for row, why in stale.items()}}
    archived = archives(system, own, evidence=evidence, waits_for=waits, children=children, parents=parents)
    coded = [
        (records, *_taken(records, mapped_codes(records, name, rules), rules, closed))
        for records, name, closed in ((own_documents, DOCUMENT.name, is_closed), (own_items, ITEM.name, None))
    ]
    told = [(own, changes), *((records, kept) for records, kept, _ in coded)]
    return Planned(
        (
            *(one for row in sorted(merges) for one in merges[row]),
            *made,
            *pointed.operations,
            *archived,
            *(one for records, kept, _ in coded for one in updates(system, records, kept)),
        ),
        (
            *found.left_out,
            *merged.left_out,
            *not_taken,
            *(one for *_, refused in coded for one in refused),
            *unknown_codes(findings, system, told),
        ),
    )


def _unchosen(changes: Iterable[Change], merged: Merged) -> list[Change]:
    """Return changes of fields whose value nobody chose: no rule writes over a person's word."""
    return [one for one in changes if (one.row, one.column) not in merged.chosen]


def _excluded(records: TargetRecords, known: Bonds, rules: CleanupRules) -> Flags:
    """Return the rows that nothing is planned for."""
    if not rules.excluded:
        return np.zeros(len(records), dtype=bool)
    names = [*known.cluster_ids.to_pylist(), None]
    cluster = known.cluster_of(records.keys).tolist()
    pairs = zip(records.keys.to_pylist(), cluster, strict=True)
    return np.array([rules.is_excluded(key, names[one]) for key, one in pairs], dtype=bool)


def _taken(
    records: TargetRecords, changes: Sequence[Change], rules: CleanupRules, is_closed: Flags | None = None
) -> tuple[list[Change], list[LeftOut]]:
    """Return the changes that the target takes and nothing excludes; and what it does not take, by stream and column."""
    kept: list[Change] = []
    refused: dict[tuple[str, str, str], set[str]] = {}
    keys = records.keys.to_pylist()
    stood = {column: records.texts(column).to_pylist() for column in sorted({one.column for one in changes})}
    for one in changes:
        stream, key = records.streams[one.row], keys[one.row]
        if not rules.takes(stream, one.column):
            refused.setdefault((stream, one.column, _NOT_TAKEN), set()).add(key)
        elif is_closed is not None and is_closed[one.row]:
            refused.setdefault((stream, one.column, _CLOSED), set()).add(key)
        elif stood[one.column][one.row] == records.ids[one.row]:
            refused.setdefault((stream, one.column, _IS_KEY), set()).add(key)
        elif key not in rules.excluded:
            kept.append(one)
    return kept, [
        LeftOut(FIELDS, tuple(sorted(own)), reason.format(column.replace("_", " "), stream))
        for (stream, column, reason), own in sorted(refused.items())
    ]


def _waits(
    records: TargetRecords,
    survivor_of: Mapping[int, int],
    made: Collection[Operation],
    moved: Mapping[int, Sequence[tuple[Operation, Child]]],
) -> tuple[dict[int, list[Operation]], dict[int, list[Child]]]:
    """Return by row of each loser what must be done before it is archived, and which children are moved."""
    update_of = {(one.stream, one.target_id): one for one in made}
    waits: dict[int, list[Operation]] = {}
    children: dict[int, list[Child]] = {}
    for loser, survivor in survivor_of.items():
        update = update_of.get((records.streams[survivor], records.ids[survivor]))
        own = moved.get(loser, ())
        waits[loser] = [*([] if update is None else [update]), *(change for change, _ in own)]
        children[loser] = [child for _, child in own]
    return waits, children
