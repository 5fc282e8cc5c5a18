"""Records of two systems that alone stand for one party or one event, and the facts in which they differ."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.changes import LeftOut
from toolkit.plan.cell_texts import Row, rows_by_key
from toolkit.plan.matched_records import events_of, sole_pairs, sure_records
from toolkit.plan.party_differences import FACTS, Difference, fact_of, party_differences
from toolkit.plan.statuses import UNSURE_LINK
from toolkit.plan.sync_rules import PairRule
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.target_parties import DUPLICATED, UNSURE
from toolkit.plan.updates import FIELD


class Paired(NamedTuple):
    """One fact of two records: its columns that differ, what the rule asks of it, and the records' further values."""

    own_key: str
    other_key: str
    differing: tuple[Difference, ...]
    asked: tuple[str, ...]
    own: Row
    other: Row
    cluster_id: str | None
    probability: float


def paired_records(system: str, rule: PairRule, tables: SyncTables, min_probability: float) -> Iterator[Paired | LeftOut]:
    """Give the facts in which paired records differ, and pairs that may not be written by.

    A party that one of the systems keeps twice has no pair: which of its records follows is not to be guessed.

    Parameters
    ----------
    system
        Whose records are the own ones.
    rule
        Which fields of which systems.
    tables
        Records, CROSSWALK, MISMATCH and COUNTERPART.
    min_probability
        What a match that the model made must reach.
    """
    other = rule.system_l if system == rule.system_r else rule.system_r
    if rule.handoff_id is not None:
        yield from _documents(system, other, rule, tables, min_probability)
        return
    columns = {name for column in rule.columns for name in fact_of(column)}
    every = [one for one in party_differences(tables, system, columns, (other,)) if one.kind != "formatting"]
    sole = sole_pairs(tables, system, other)
    sure = sure_records(tables, (key for one in every for key in (one.own_key, one.other_key)), min_probability)
    rest = rows_by_key(tables.parties, (key for one in every for key in (one.own_key, one.other_key)), (*FACTS[0], "state"))
    facts: dict[tuple[str, str, tuple[str, ...]], list[Difference]] = {}
    for one in every:
        facts.setdefault((one.own_key, one.other_key, fact_of(one.column)), []).append(one)
    for (own_key, other_key, fact), rows in facts.items():
        own, there = rest.get(own_key), rest.get(other_key)
        if own is None or there is None or (own["state"], there["state"]) != ("active", "active"):
            continue
        if (own_key, other_key) not in sole:
            yield LeftOut(FIELD, tuple(sorted((own_key, other_key))), DUPLICATED)
        elif not {own_key, other_key} <= sure.keys():
            yield LeftOut(FIELD, (own_key, other_key), UNSURE)
        else:
            asked = tuple(sorted({*rule.columns} & {*fact}))
            yield Paired(
                own_key, other_key, tuple(rows), asked, own, there, rows[0].golden_id, min(sure[own_key], sure[other_key])
            )


def _documents(
    system: str, other: str, rule: PairRule, tables: SyncTables, min_probability: float
) -> Iterator[Paired | LeftOut]:
    """Give the columns in which documents of a handoff differ that alone stand for one event."""
    pairs = events_of(tables, rule.handoff_id or "")
    used = Counter(key for keys, _ in pairs.values() for key in keys)
    columns = sorted(rule.columns)
    held = rows_by_key(tables.documents, (*pairs, *used), (*columns, "state", "updated_at"))
    for left, (rights, probability) in pairs.items():
        if len(rights) > 1 or used[rights[0]] > 1:
            continue
        own_key, other_key = (left, rights[0]) if left.startswith(f"{system}/") else (rights[0], left)
        own, there = held.get(own_key), held.get(other_key)
        if own is None or there is None or (own["state"], there["state"]) != ("active", "active"):
            continue
        if not other_key.startswith(f"{other}/"):
            continue
        newer = _newer(own["updated_at"], there["updated_at"])
        for name in columns:
            if own[name] == there[name]:
                continue
            if probability < min_probability:
                yield LeftOut(FIELD, (own_key, other_key), UNSURE_LINK)
                continue
            row = Difference("", name, own_key, other_key, own[name], there[name], "different", newer, "", None)
            yield Paired(own_key, other_key, (row,), (name,), own, there, None, probability)


def _newer(own: str | None, other: str | None) -> str:
    if own is None or other is None or own == other:
        return ""
    return "own" if own > other else "other"
