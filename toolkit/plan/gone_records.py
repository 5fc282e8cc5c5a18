"""Records that are gone in one of two systems that are kept alike: most go to a person, few are archived in the other."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import GUARD_RECORDS, GUARD_SHARE, Evidence, LeftOut, Operation, Precondition, operation
from toolkit.changes.operation import field_hash
from toolkit.plan.cell_texts import Row, rows_by_key
from toolkit.plan.sync_rules import PairRule, SyncRules
from toolkit.plan.sync_tables import SyncTables

GONE = "record that is gone in the other system"
EDITED_SINCE = "it was deleted in the other system and changed here since: say which holds"
KEPT = "it was deleted in the other system; the rules keep it here"
ABSENT = "it is no longer in the other system's list, which does not say that it was deleted"
MERGED = "it was merged into another record there"
SHRUNKEN = "so many records are gone there at once that the list is likelier cut short"
REFERRED = "documents or contacts here refer to it"
_WHY = "deleted or archived in the other system, and unchanged here since both were alike"


def gone_records(system: str, tables: SyncTables, rules: SyncRules) -> Iterator[Operation | LeftOut]:
    """Give what becomes of records whose twin in the other system is gone.

    Only pairs in the base were ever kept alike. Nothing is archived because a list does not hold it: its system must say
    that it was deleted or archived. Nothing is archived that was changed here since, that others refer to, or while
    more than ten records and a tenth of the pairs are gone at once.

    Parameters
    ----------
    system
        Whose records are changed.
    tables
        SYNC_BASE, and parties with deleted and absent records.
    rules
        The rules for pairs of systems.
    """
    for rule in rules.pairs:
        other = rule.system_l if system == rule.system_r else rule.system_r
        if rule.handoff_id is None and system in ((rule.system_r,) if rule.is_one_way else (rule.system_l, rule.system_r)):
            yield from _gone(system, other, rule, tables)


def _gone(system: str, other: str, rule: PairRule, tables: SyncTables) -> Iterator[Operation | LeftOut]:
    pairs = _pairs(system, other, tables)
    columns = sorted({column for held in pairs.values() for column in held})
    keys = [key for pair in pairs for key in pair]
    records = rows_by_key(tables.parties, keys, (*columns, "state", "merged_into", "updated_at"))
    gone = {
        pair: held
        for pair, held in sorted(pairs.items())
        if _state(records, pair[0]) == "active" and _state(records, pair[1]) != "active"
    }
    is_cut = len(gone) > GUARD_RECORDS and len(gone) > GUARD_SHARE * len(pairs)
    referred = _referred(tables, system)
    incomplete = {name for name, _ in tables.incomplete}
    for (own_key, other_key), held in gone.items():
        own = records[own_key]
        reason = None
        if any(own[column] != value for column, value in held.items()):
            reason = EDITED_SINCE
        elif records.get(other_key, {}).get("merged_into"):
            reason = MERGED
        elif _state(records, other_key) == "absent":
            reason = ABSENT
        elif is_cut or other in incomplete:
            reason = SHRUNKEN
        elif rule.deletes == "keep":
            reason = KEPT
        elif own_key in referred:
            reason = REFERRED
        yield LeftOut(GONE, (own_key, other_key), reason) if reason else _archived(own_key, other_key, own["updated_at"])


def _archived(own_key: str, other_key: str, changed_at: str | None) -> Operation:
    system, stream, record_id = own_key.split("/", 2)
    before = {"state": "active"}
    condition = field_hash(before) if changed_at is None else Precondition("updated_at", changed_at)
    return operation(
        "archive", system, stream, target_id=record_id, before=before, after={"state": "archived"}, precondition=condition,
        evidence=Evidence((_WHY,), None, None, other_key),
    )  # fmt: skip


def _pairs(system: str, other: str, tables: SyncTables) -> dict[tuple[str, str], dict[str, str | None]]:
    """Return for each pair of parties in the base, own key first, what the own record held."""
    known = {*tables.parties["record_key"].to_pylist()}
    found: dict[tuple[str, str], dict[str, str | None]] = {}
    for row in tables.base.to_pylist():
        for own, there in (("l", "r"), ("r", "l")):
            pair = row[f"key_{own}"], row[f"key_{there}"]
            if pair[0] in known and pair[0].startswith(f"{system}/") and pair[1].startswith(f"{other}/"):
                found.setdefault(pair, {})[row["column"]] = row[f"value_{own}"]
    return found


def _state(records: dict[str, Row], key: str) -> str:
    return (records.get(key) or {}).get("state") or "absent"


def _referred(tables: SyncTables, system: str) -> frozenset[str]:
    """Return the party records that documents or contacts of a system name."""
    found: set[str] = set()
    for table, column in ((tables.documents, "party_key"), (tables.parties, "parent_key")):
        is_own = pc.and_(
            pc.equal(table["system"], system), pc.is_in(table["state"], value_set=pa.array(["active", "archived"]))
        )
        found |= {*pc.unique(pc.drop_null(table[column].filter(is_own))).to_pylist()}
    return frozenset(found)
