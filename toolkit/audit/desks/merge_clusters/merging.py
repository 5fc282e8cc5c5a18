"""The duplicates of one system as a cleanup sees them: which are merged, which stays, what each field becomes, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.cleanup import CleanupInputs, cleanup_inputs
from toolkit.audit.jobs.planning import as_sent
from toolkit.audit.records import Records
from toolkit.changes import Operation
from toolkit.plan.bonds import Bonds, bonds
from toolkit.plan.cleanup import cleanup
from toolkit.plan.cleanup_rules import GROUP_OF, HAS, MASTER_RULES, CleanupRules
from toolkit.plan.closed_books import closed_rows
from toolkit.plan.duplicates import Lists, Settled, lists_of, members_of, settled_fields
from toolkit.plan.field_rules import Member
from toolkit.plan.groups import Group, Groups, groups
from toolkit.plan.masters import Fact, master_facts
from toolkit.plan.merge_choices import MergeChoices
from toolkit.plan.target_records import Ints, TargetRecords
from toolkit.store import Run

Name = tuple[str, str]
"""Of duplicates: their cluster and the list that they stand in."""


class Duplicates(NamedTuple):
    """Records of one list that are one party: their rows, the merge that is planned or why there is none."""

    name: Name
    rows: tuple[int, ...]
    merge: Group | None
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What other rules would change: golden records that become others, by field, and merges that come or go.

    ``of`` is how many golden records there are by the rules of now.
    """

    changed: int
    of: int
    by_field: Mapping[str, int]
    newly_merged: int
    no_longer: int
    examples: tuple[Name, ...]


class Merging:
    """One system's duplicates over one audit; rules and choices may change, the records do not."""

    def __init__(self, engagement: Engagement, run: Run, records: Records, system: str) -> None:
        self.engagement, self.run, self.records, self.system = engagement, run, records, system
        self.inputs = cleanup_inputs(engagement, run, records, system)
        self.apart: dict[str, str] = {}

    def keep_apart(self, apart: Mapping[str, str]) -> None:
        """Look at clusters without the records that somebody took out of them since they were matched.

        Parameters
        ----------
        apart
            By record the cluster that it must not be in.
        """
        if dict(apart) != self.apart:
            self.apart = dict(apart)
            for name in ("known", "crosswalk"):
                self.__dict__.pop(name, None)

    def forget_said(self) -> None:
        """Read what persons said of records being one anew, when it is next asked for."""
        self.__dict__.pop("known", None)

    @cached_property
    def crosswalk(self) -> pa.Table:
        """Table CROSSWALK, without what somebody took out of its cluster since."""
        walk = self.inputs.tables["crosswalk"]
        if not self.apart:
            return walk
        keys, ids = walk["record_key"].to_pylist(), walk["golden_id"].to_pylist()
        own = [f"apart-{key}" if self.apart.get(key) == one else one for key, one in zip(keys, ids, strict=True)]
        return walk.set_column(walk.column_names.index("golden_id"), "golden_id", pa.array(own, pa.string()))

    @cached_property
    def own(self) -> TargetRecords:
        """The system's parties."""
        return TargetRecords.of(self.system, self.inputs.tables["parties"])

    @cached_property
    def known(self) -> Bonds:
        """What is known of records being one, with what persons said until now."""
        said = self.engagement.store.decisions()
        return bonds(self.crosswalk, self.inputs.tables["pairs"], said)

    @cached_property
    def lists(self) -> Lists:
        """What holds of the system's lists as a whole."""
        return lists_of(self.own)

    @cached_property
    def _owners(self) -> tuple[TargetRecords, Ints, Ints]:
        documents = TargetRecords.of(self.system, self.inputs.tables["documents"])
        owners = self.own.rows_of(documents.table["party_key"])
        return documents, owners, self.own.rows_of(self.own.table["parent_key"])

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """What each rule for the record that stays goes by, of every record."""
        _, owners, parents = self._owners
        rules = (*MASTER_RULES, *(f"{HAS}{column}" for column in GROUP_OF))
        opted_out = self.inputs.tables["opted_out"]
        return master_facts(self.own, rules, document_owners=owners, contact_owners=parents, opted_out=opted_out)

    def found(self, rules: CleanupRules, choices: MergeChoices) -> list[Duplicates]:
        """Return all duplicates of the system, merged or not, in the order of their keys.

        Parameters
        ----------
        rules, choices
            By which they are merged.
        """
        documents, owners, _ = self._owners
        closed = frozenset(owners[closed_rows(documents, rules.closed_until)].tolist())
        opted_out = self.inputs.tables["opted_out"]
        made = groups(self.own, self.known, rules, self.facts, opted_out=opted_out, closed_owners=closed, choices=choices)
        return self._named(made)

    def _named(self, made: Groups) -> list[Duplicates]:
        place = {key: row for row, key in enumerate(self.own.keys.to_pylist())}
        found = [Duplicates(self._name(one.survivor), tuple(sorted(one.rows)), one, "") for one in made.merged]
        for left in made.left_out:
            rows = tuple(sorted(place[key] for key in left.record_keys))
            found.append(Duplicates(self._name(rows[0]), rows, None, left.reason))
        return sorted(found, key=lambda one: one.rows)

    def _name(self, row: int) -> Name:
        [cluster] = self.known.cluster_of(self.own.keys.slice(row, 1)).tolist()
        return self.known.cluster_ids[cluster].as_py(), self.own.streams[row]

    def settled(
        self, duplicates: Sequence[Duplicates], rules: CleanupRules, choices: MergeChoices
    ) -> dict[Name, list[Settled]]:
        """Return what the fields of the survivors become, of those duplicates that are merged.

        Parameters
        ----------
        duplicates
            Of ``found``.
        rules, choices
            By which they are merged.
        """
        merged = [one for one in duplicates if one.merge is not None]
        found = settled_fields(
            self.own,
            [one.merge for one in merged if one.merge is not None],
            golden=self.inputs.tables["golden"],
            known=self.known,
            rules=rules,
            lists=self.lists,
            choices=choices,
        )
        return {one.name: facts for one, facts in zip(merged, found, strict=True)}

    def members(self, rows: Iterable[int]) -> dict[int, Member]:
        """Return records with their values, by row."""
        return members_of(self.own, sorted(rows))

    def reasons(self, cluster_id: str) -> dict[str, tuple[str, str]]:
        """Return the golden value of each column of a party, and why it was chosen."""
        golden = self.inputs.tables["golden"]
        own = golden.filter(pc.equal(golden["golden_id"], cluster_id)).to_pylist()
        return {row["column"]: (row["value"], row["reason"]) for row in own}

    def difference(self, rules: CleanupRules, others: CleanupRules, choices: MergeChoices) -> Difference:
        """Return what it changes to take other rules.

        Parameters
        ----------
        rules, others
            Those of now, and those that are tried.
        choices
            What persons chose: it stays.
        """
        sides = []
        for own in (rules, others):
            found = self.found(own, choices)
            settled = self.settled(found, own, choices)
            sides.append({one.name: self._golden(one.merge, settled[one.name]) for one in found if one.merge is not None})
        before, after = sides
        both = [name for name in before if name in after]
        changed = [name for name in both if before[name] != after[name]]
        by_field: dict[str, int] = {}
        for name in changed:
            columns = {
                column for column in {*before[name], *after[name]} if before[name].get(column) != after[name].get(column)
            }
            for column in {GROUP_OF.get(one, (one,))[0] for one in columns}:
                by_field[column] = by_field.get(column, 0) + 1
        come = [name for name in after if name not in before]
        gone = [name for name in before if name not in after]
        return Difference(len(changed), len(before), by_field, len(come), len(gone), tuple((*changed, *come, *gone)[:5]))

    def _golden(self, merge: Group, facts: Sequence[Settled]) -> dict[str, str | None]:
        [survivor] = self.members([merge.survivor]).values()
        values: dict[str, str | None] = {**survivor.values, "record": survivor.key}
        for one in facts:
            values |= one.found.values
        return values

    def planned(self, rules: CleanupRules, choices: MergeChoices) -> tuple[Operation, ...]:
        """Return the changes that a cleanup plans.

        Parameters
        ----------
        rules, choices
            By which it merges.
        """
        tables = {**self.inputs.tables, "crosswalk": self.crosswalk, "decisions": self.engagement.store.decisions()}
        made = cleanup(self.system, **tables, rules=rules, choices=choices)
        return as_sent(self.engagement, self.system, self.records, made.operations)

    def names(self, operations: Sequence[Operation]) -> dict[str, str]:
        """Return what the records are called that changes name, by record key."""
        documents, _, _ = self._owners
        keys = {f"{self.system}/{one.stream}/{one.target_id}" for one in operations}
        keys |= {one.evidence.from_key for one in operations if one.evidence.from_key}
        found: dict[str, str] = {}
        for records, columns in ((self.own, ("name", "email")), (documents, ("number", "name", "party_name"))):
            rows = [row for row in records.rows_of(pa.array(sorted(keys), pa.string())).tolist() if row >= 0]
            texts = [records.texts(column).take(pa.array(rows, pa.int64())).to_pylist() for column in columns]
            for place, row in enumerate(rows):
                told = next((cells[place] for cells in texts if cells[place]), records.ids[row])
                found[records.keys[row].as_py()] = told
        return found

    def again(self) -> CleanupInputs:
        """Read rules and choices anew, for settings that were written; return them."""
        self.inputs = replace(
            cleanup_inputs(self.engagement, self.run, self.records, self.system), tables=self.inputs.tables
        )
        return self.inputs
