"""Of duplicates that are merged one stays, and takes the better values of the others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import LeftOut
from toolkit.plan.bonds import Bonds
from toolkit.plan.cleanup_rules import FIELD_GROUPS, GROUP_OF, CleanupRules
from toolkit.plan.field_rules import GoldenValue, Member, Ruled, ruled
from toolkit.plan.groups import Group
from toolkit.plan.merge_choices import CHOSEN_VALUE, NOTHING_CHOSEN, ChosenValue, MergeChoices, chosen_fields
from toolkit.plan.same_values import SameValues
from toolkit.plan.target_records import NONE, Change, TargetRecords, in_one, positions, used_columns

FIELDS = "fields"
MERGED = "It stays of several records of one party, and takes the better values of the others."
FILLED_PARENT = "It stays of several records of one party, and only another one said whom it belongs to."

_UNIQUE = (
    "The better e-mail address stands on a duplicate that is archived, and this system lets an address stand once. Enter it "
    "at the record that stays, once the other is archived."
)
_UNSETTLED = "most complete"
"""How the reason of a golden value begins that nothing settles (table GOLDEN)."""
_OWN_ONLY = frozenset(("owner", "department", "company_name", "rate_minor_per_hour", "roles"))
"""What another system says of these is of another system: who looks after a customer there does not do so here."""
_FEWEST_UNIQUE = 20


class Merged(NamedTuple):
    """Field changes of survivors, what nothing settles, and by row of each loser the row that stays for it.

    ``chosen`` are the fields, by row and column, whose value somebody chose: no other rule touches them.
    """

    changes: list[Change]
    left_out: list[LeftOut]
    survivor_of: dict[int, int]
    chosen: frozenset[tuple[int, str]] = frozenset()


class Settled(NamedTuple):
    """What becomes of one fact of a survivor: by which rule, with which outcome; ``choice`` where a person decided."""

    columns: tuple[str, ...]
    rule: str
    found: Ruled
    choice: ChosenValue | None


class Lists(NamedTuple):
    """What holds of the lists of a system as a whole: the columns each fills, and those with every address once."""

    used: Mapping[str, frozenset[str]]
    unique: frozenset[str]


def lists_of(records: TargetRecords) -> Lists:
    """Return what holds of the lists of a system as a whole; ``records`` are all its parties."""
    return Lists(used_columns(records, GROUP_OF), _unique_email_streams(records))


def merged_fields(
    records: TargetRecords,
    groups: Sequence[Group],
    *,
    golden: pa.Table,
    known: Bonds,
    rules: CleanupRules,
    lists: Lists,
    choices: MergeChoices = NOTHING_CHOSEN,
) -> Merged:
    """Return what the fields of the survivors become.

    Parameters
    ----------
    records
        Parties of the target.
    groups
        Which are merged.
    golden
        Table GOLDEN.
    known
        What is known of records being one: a golden value counts only where its record surely is one with a member.
    rules
        Of the cleanup.
    lists
        What holds of the target's lists as a whole.
    choices
        What persons chose: no rule overwrites it.
    """
    survivor_of = {loser: group.survivor for group in groups for loser in group.losers}
    parents = records.rows_of(records.table["parent_key"]).tolist() if groups else []
    refs = records.texts("parent_ref")
    changes, left_out, chosen = [], [], set()
    settled = settled_fields(records, groups, golden=golden, known=known, rules=rules, lists=lists, choices=choices)
    for group, facts in zip(groups, settled, strict=True):
        for one in facts:
            if one.found.undecided:
                keys = tuple(sorted(records.keys[row].as_py() for row in group.rows))
                left_out.append(LeftOut(FIELDS, keys, one.found.undecided))
            elif one.choice is not None:
                chosen |= {(group.survivor, column) for column in one.choice.values}
            reason = MERGED if one.choice is None else CHOSEN_VALUE
            changes += [
                Change(
                    group.survivor,
                    column,
                    value,
                    (reason,),
                    one.found.from_keys.get(column),
                    group.cluster_id,
                    group.probability,
                )
                for column, value in one.found.values.items()
            ]
        changes += _parent(records, group, parents, refs, survivor_of)
    return Merged(changes, left_out, survivor_of, frozenset(chosen))


def settled_fields(
    records: TargetRecords,
    groups: Sequence[Group],
    *,
    golden: pa.Table,
    known: Bonds,
    rules: CleanupRules,
    lists: Lists,
    choices: MergeChoices = NOTHING_CHOSEN,
) -> Iterator[list[Settled]]:
    """Yield for each group what becomes of every fact of its survivor.

    Parameters
    ----------
    records, groups, golden, known, rules, lists, choices
        As `merged_fields` takes them.
    """
    same = SameValues(rules.home_country)
    members = members_of(records, sorted({row for group in groups for row in group.rows}))
    values = golden_values(golden, [group.cluster_id for group in groups])
    sure = _sure_sources(groups, members, values, known, rules.min_probability)
    for group in groups:
        survivor, *others = (members[row] for row in group.rows)
        stream = records.streams[group.survivor]
        given = values.get(group.cluster_id, {})
        offered = {column: one for column, one in given.items() if column in lists.used[stream]}
        own = _golden_of(offered, (survivor, *others), group.cluster_id, sure)
        facts = []
        for columns in FIELD_GROUPS:
            rule, chosen = rules.rule_of(columns), choices.of((one.key for one in (survivor, *others)), columns)
            if chosen:
                found = chosen_fields(columns, chosen, (survivor, *others))
            else:
                overwrites = rules.overwrites_blank
                found = ruled(columns, rule, survivor, others, golden=own, same=same, overwrites_blank=overwrites)
            if columns == ("email",) and stream in lists.unique and _is_held(found.values.get("email"), others, same):
                found = Ruled(undecided=_UNIQUE)
            facts.append(Settled(columns, rule, found, chosen[0] if chosen else None))
        yield facts


def golden_values(golden: pa.Table, cluster_ids: Sequence[str]) -> dict[str, dict[str, GoldenValue]]:
    """Return the golden values of some clusters, by cluster and column.

    Parameters
    ----------
    golden
        Table GOLDEN.
    cluster_ids
        Which.
    """
    own = golden.filter(pc.is_in(golden["golden_id"], value_set=pa.array(sorted({*cluster_ids}), pa.string())))
    names = ("golden_id", "column", "value", "record_key", "reason")
    found: dict[str, dict[str, GoldenValue]] = {}
    for cluster_id, column, value, key, reason in zip(*(own[name].to_pylist() for name in names), strict=True):
        found.setdefault(cluster_id, {})[column] = GoldenValue(value, key, not reason.startswith(_UNSETTLED))
    return found


def members_of(records: TargetRecords, rows: Sequence[int]) -> dict[int, Member]:
    """Return records with their values, by row.

    Parameters
    ----------
    records
        Parties of the target.
    rows
        Which.
    """
    at = pa.array(rows, pa.int64())
    columns = [column for group in FIELD_GROUPS for column in group]
    cells = [records.said(column).take(at).to_pylist() for column in columns]
    changed = in_one(records.table["updated_at"]).cast(pa.int64()).take(at).to_pylist()
    keys = records.keys.take(at).to_pylist()
    return {
        row: Member(key, dict(zip(columns, values, strict=True)), when)
        for row, key, when, values in zip(rows, keys, changed, zip(*cells, strict=True), strict=True)
    }


def _sure_sources(
    groups: Sequence[Group],
    members: Mapping[int, Member],
    values: Mapping[str, Mapping[str, GoldenValue]],
    known: Bonds,
    min_probability: float,
) -> set[tuple[str, str]]:
    """Return the records of other lists that surely are one with a member of a group, with the group's cluster."""
    asked = []
    for group in groups:
        own = [members[row].key for row in group.rows]
        sources = sorted({one.from_key for one in values.get(group.cluster_id, {}).values()} - {*own})
        asked += [(group.cluster_id, source, key) for source in sources for key in own]
    source_places, key_places = (
        positions(pa.array([one[place] for one in asked], pa.string()), known.keys) for place in (1, 2)
    )
    likely = known.likelihood(source_places, key_places).tolist()
    return {one[:2] for one, share in zip(asked, likely, strict=True) if share >= min_probability}


def _golden_of(
    values: Mapping[str, GoldenValue], members: Sequence[Member], cluster_id: str, sure: Collection[tuple[str, str]]
) -> dict[str, GoldenValue]:
    """Return the golden values that may be trusted: of a member itself, or of a record that surely is one with a member."""
    own = {one.key for one in members}
    found = {
        column: one
        for column, one in values.items()
        if one.from_key in own or (column not in _OWN_ONLY and (cluster_id, one.from_key) in sure)
    }
    for column in sorted(_OWN_ONLY - found.keys()):
        held = {one.values[column]: one.key for one in reversed(members) if one.values[column]}
        if len(held) == 1:
            found[column] = GoldenValue(*next(iter(held.items())), is_settled=True)  # type: ignore[arg-type]
    return found


def _parent(
    records: TargetRecords, group: Group, parents: Sequence[int], refs: pa.StringArray, survivor_of: Mapping[int, int]
) -> list[Change]:
    """Return to whom the survivor belongs, where only duplicates of it say so, and all of them the same."""
    if refs[group.survivor].is_valid:
        return []
    found = {survivor_of.get(parents[row], parents[row]): row for row in reversed(group.losers) if parents[row] != NONE}
    found.pop(group.survivor, None)
    if len(found) != 1:
        return []
    parent, row = next(iter(found.items()))
    key = records.keys[row].as_py()
    return [
        Change(group.survivor, "parent_ref", records.ids[parent], (FILLED_PARENT,), key, group.cluster_id, group.probability)
    ]


def _unique_email_streams(records: TargetRecords) -> frozenset[str]:
    """Return the streams in which no address stands twice, so that the system may refuse a second one."""
    held: dict[str, list[str]] = {}
    for stream, address in zip(records.streams, records.said("email").to_pylist(), strict=True):
        if address:
            held.setdefault(stream, []).append(address.strip().lower())
    return frozenset(one for one, given in held.items() if len(given) >= _FEWEST_UNIQUE and len({*given}) == len(given))


def _is_held(address: str | None, others: Sequence[Member], same: SameValues) -> bool:
    return address is not None and any(same.are_same("email", one.values["email"] or "", address) for one in others)
