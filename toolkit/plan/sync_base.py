"""What two systems held when they were last alike: kept from sync to sync, so that the next one knows who changed what."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from toolkit.changes import Operation
from toolkit.plan.cell_texts import said_texts
from toolkit.plan.matched_records import events_of, sole_pairs
from toolkit.plan.party_differences import fact_of, party_differences
from toolkit.plan.sync_rules import PairRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.tables import PARTY, SYNC_BASE

_Field = tuple[str, str, str]
_Values = tuple[str | None, str | None]


def settled_base(tables: SyncTables, rules: SyncRules) -> pa.Table:
    """Return SYNC_BASE as the records now stand: of each field in which both sides are alike, what each holds.

    Where they differ, and of records that are gone, the earlier base stands: the difference is still to be settled.
    Differences of formatting are none.

    Parameters
    ----------
    tables
        Records, CROSSWALK, MISMATCH, COUNTERPART and the base so far.
    rules
        The rules for pairs of systems.
    """
    known = _rows_of(tables.base)
    for rule in rules.pairs:
        known |= dict(_alike_documents(rule, tables) if rule.handoff_id is not None else _alike_parties(rule, tables))
    return _table(known)


def base_with_writes(base: pa.Table, operations: Iterable[Operation], system: str, rules: SyncRules) -> pa.Table:
    """Return SYNC_BASE with what was written since: its coming back from the system is then nobody's change.

    Parameters
    ----------
    base
        Table SYNC_BASE.
    operations
        Changes that were confirmed.
    system
        Whose records they changed.
    rules
        The rules for pairs of systems; what other rules wrote is no matter of a pair.
    """
    known = _rows_of(base)
    kept = {
        (one, other, name)
        for rule in rules.pairs
        for one, other in ((rule.system_l, rule.system_r), (rule.system_r, rule.system_l))
        for column in rule.columns
        for name in fact_of(column)
    }
    for one in operations:
        own_key, other_key = f"{system}/{one.stream}/{one.target_id}", one.evidence.from_key
        if one.action != "update" or other_key is None:
            continue
        left, right = sorted((own_key, other_key))
        for column, value in one.after.items():
            if (system, other_key.partition("/")[0], column) in kept:
                known[left, right, column] = (value, value)
    return _table(known)


def _alike_parties(rule: PairRule, tables: SyncTables) -> Iterator[tuple[_Field, _Values]]:
    columns = sorted({name for column in rule.columns for name in fact_of(column)} & {*PARTY.names})
    differing = {
        (one.own_key, one.other_key, one.column)
        for one in party_differences(tables, rule.system_l, columns, (rule.system_r,))
        if one.kind != "formatting"
    }
    pairs = sole_pairs(tables, rule.system_l, rule.system_r)
    yield from _alike(tables.parties, ((one, other) for one, other in pairs), columns, differing)


def _alike_documents(rule: PairRule, tables: SyncTables) -> Iterator[tuple[_Field, _Values]]:
    pairs = [(left, rights[0]) for left, (rights, _) in events_of(tables, rule.handoff_id or "").items() if len(rights) == 1]
    yield from _alike(tables.documents, pairs, sorted(rule.columns), None)


def _alike(
    table: pa.Table, pairs: Iterable[tuple[str, str]], columns: list[str], differing: set[_Field] | None
) -> Iterator[tuple[_Field, _Values]]:
    """Give the fields in which pairs of records are alike; without known differences: those that are equal."""
    place = {key: number for number, key in enumerate(table["record_key"].to_pylist())}
    cells = {name: said_texts(table[name]).to_pylist() for name in columns}
    for one, other in pairs:
        if one not in place or other not in place:
            continue
        left, right = sorted((one, other))
        for name in columns:
            values = cells[name][place[left]], cells[name][place[right]]
            is_alike = values[0] == values[1] if differing is None else (one, other, name) not in differing
            if is_alike:
                yield (left, right, name), values


def _rows_of(base: pa.Table) -> dict[_Field, _Values]:
    rows = zip(*(base[name].to_pylist() for name in SYNC_BASE.names), strict=True)
    return {(left, right, column): (one, other) for left, right, column, one, other in rows}


def _table(known: dict[_Field, _Values]) -> pa.Table:
    ordered = sorted(known)
    columns = [*zip(*ordered, strict=True)] if ordered else [(), (), ()]
    values = [[known[field][side] for field in ordered] for side in range(2)]
    arrays = [pa.array([*one], pa.string()) for one in (*columns, *values)]
    return pa.Table.from_arrays(arrays, schema=SYNC_BASE.arrow)
