"""Fields that two systems keep alike, one-way or two-way: what changed since they were last alike is carried across."""

from collections.abc import Iterator, Mapping

from toolkit.changes import LeftOut
from toolkit.plan.paired_records import Paired, paired_records
from toolkit.plan.party_differences import PARTS, taken_from
from toolkit.plan.sync_rules import CONFLICTS, PairRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.three_way import Base, Winner, who_changed, winner
from toolkit.plan.updates import FAULTY, FIELD, Update

BOTH_CHANGED = "both sides changed it since they were last alike: say which holds"
NO_BASE = "the two differ, and nothing tells which side changed it: say which holds"
EMPTIED = "it was emptied in the other system: an empty value overwrites none"
EDITED = "it was changed in the system that follows: say which holds"
_WHY = {"both": BOTH_CHANGED, "unknown": NO_BASE, "own": EDITED}
_Bases = Mapping[tuple[str, str, str], tuple[str | None, str | None]]


def pair_fields(system: str, tables: SyncTables, rules: SyncRules) -> Iterator[Update | LeftOut]:
    """Give what fields of a system's records take over from the other system, and what a person decides.

    A plan changes one system; where the other one is to follow, the plan for that one says so. A person's word on a
    difference stands above the rule for conflicts.

    Parameters
    ----------
    system
        Whose records are changed.
    tables
        Records, CROSSWALK, MISMATCH, COUNTERPART, and SYNC_BASE for who changed what.
    rules
        The rules for pairs of systems.
    """
    bases = _bases(tables)
    for rule in rules.pairs:
        if system not in {rule.system_l, rule.system_r} or (rule.is_one_way and system != rule.system_r):
            continue
        for one in paired_records(system, rule, tables, rules.min_probability):
            made = one if isinstance(one, LeftOut) else _decided(one, rule, system, bases, tables.faulty)
            if made is not None:
                yield made


def _decided(
    one: Paired, rule: PairRule, system: str, bases: _Bases, faulty: frozenset[tuple[str, str]]
) -> Update | LeftOut | None:
    """Return what becomes of one fact of a pair; null: this side keeps what it has."""
    columns = tuple(row.column for row in one.differing)
    own, other = tuple(row.own for row in one.differing), tuple(row.other for row in one.differing)
    change = who_changed(own, other, _base(one.own_key, one.other_key, columns, bases))
    right = {row.right for row in one.differing} - {""}
    newer, truth = {row.newer for row in one.differing}, {_truth(rule, name, system) for name in columns}
    is_filled = change == "unknown" and not any(own)
    holds: Winner | None
    if is_filled or (change == "unknown" and not any(other)):
        # What one side lacks contradicts nobody.
        holds = "other" if is_filled else "own"
    elif right:
        holds = _WORDS.get(min(right)) if len(right) == 1 else None
    else:
        holds = winner(
            change,
            max((rule.columns.get(name, "manual") for name in one.asked), key=lambda name: -CONFLICTS.index(name)),
            newer=min(newer) if len(newer) == 1 else "",
            truth=min(truth) if len(truth) == 1 else "",
            is_own_followed=not rule.is_one_way,
        )
    keys = (one.own_key, one.other_key)
    if holds is None:
        return LeftOut(FIELD, keys, _WHY.get(change, NO_BASE))
    if holds == "own":
        return None
    after = taken_from(one.differing, one.own, one.other, blank=rule.blank == "overwrite")
    if after is None:
        return LeftOut(FIELD, keys, PARTS)
    if not after:
        return LeftOut(FIELD, keys, EMPTIED)
    if any((one.other_key, name) in faulty for name in after):
        return LeftOut(FIELD, keys, FAULTY)
    held = {**one.own, **dict(zip(columns, own, strict=True))}
    why = f"{rule.system_l} and {rule.system_r} keep this field alike; {_BECAUSE.get(change, _BECAUSE['both'])}"
    return Update(
        one.own_key, {name: held[name] for name in after}, after, why, one.other_key, one.cluster_id, one.probability
    )


_WORDS: Mapping[str, Winner] = {"own": "own", "other": "other"}
_BECAUSE = {"other": "only the other side changed it", "both": "both changed it, and the rule or a person says which holds"}


def _truth(rule: PairRule, column: str, system: str) -> str:
    decides = rule.system_l if rule.is_one_way else rule.truth.get(column, rule.truth.get("default"))
    if decides not in {rule.system_l, rule.system_r}:
        return ""
    return "own" if decides == system else "other"


def _base(own_key: str, other_key: str, columns: tuple[str, ...], bases: _Bases) -> Base | None:
    left, right = sorted((own_key, other_key))
    found = [bases.get((left, right, name)) for name in columns]
    values = [one for one in found if one is not None]
    if len(values) < len(columns):
        return None
    sides = tuple(one[0] for one in values), tuple(one[1] for one in values)
    return Base(*sides) if own_key == left else Base(sides[1], sides[0])


def _bases(tables: SyncTables) -> _Bases:
    names = ("key_l", "key_r", "column", "value_l", "value_r")
    rows = zip(*(tables.base[name].to_pylist() for name in names), strict=True)
    return {(left, right, column): (one, other) for left, right, column, one, other in rows}
