"""A value that no two records may share (a name, an address of mail) is taken over when its holder is out of the way."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import Operation, operation
from toolkit.changes.operation import field_hash


def after_their_holders(
    operations: Iterable[Operation], system: str, unique: Mapping[str, str], parties: pa.Table
) -> tuple[Operation, ...]:
    """Return changes, those split in two that give a record what one still holds that the plan archives.

    All else is written first, so that nothing is only in a record that is archived; what must be unique, after that.

    Parameters
    ----------
    operations
        Of a plan.
    system
        The client's name of it.
    unique
        By stream the column whose values no two of its records share, whatever their capitals.
    parties
        The records as they stand.
    """
    changes = {one.op_id: one for one in operations}
    taken = {key: one for one in changes.values() if one.action == "archive" and one.stream in unique
             for key in [(one.stream, one.target_id or "")]}  # fmt: skip
    holders = _holders(taken, system, unique, parties)
    for one in [*changes.values()]:
        column = unique.get(one.stream, "")
        value = (one.after.get(column) or "").casefold()
        away = [each for each in holders.get((one.stream, value), ()) if each.target_id != one.target_id]
        if one.action == "update" and value and away and not any(each.op_id in one.depends_on for each in away):
            _split(changes, one, system, column, away)
    return tuple(changes.values())


def _holders(
    taken: Mapping[tuple[str, str], Operation], system: str, unique: Mapping[str, str], parties: pa.Table
) -> dict[tuple[str, str], list[Operation]]:
    """Return the archives of records by their stream and the value that they hold."""
    keys = [f"{system}/{stream}/{record_id}" for stream, record_id in taken]
    rows = parties.filter(pc.is_in(parties["record_key"], value_set=pa.array(keys, pa.string())))
    columns = ["stream", "record_id", *sorted(set(unique.values()))]
    found: dict[tuple[str, str], list[Operation]] = {}
    for row in rows.select(columns).to_pylist():
        value = str(row[unique[row["stream"]]] or "").casefold()
        found.setdefault((row["stream"], value), []).append(taken[row["stream"], row["record_id"]])
    return found


def _split(changes: dict[str, Operation], one: Operation, system: str, column: str, away: list[Operation]) -> None:
    """Put two changes in the place of one: what may be written at once, and what waits until records are away."""
    rest = {name: value for name, value in one.after.items() if name != column}
    first = _part(one, system, rest) if rest else None
    alone = {column: one.after[column]}
    last = _part(one, system, alone, tuple(each.op_id for each in away) + ((first.op_id,) if first is not None else ()))
    del changes[one.op_id]
    for other in [*changes.values()]:
        if one.op_id not in other.depends_on:
            continue
        # What waited for the whole change waits for what is written at once; nothing waits for what comes behind it.
        kept = tuple(each for each in other.depends_on if each != one.op_id)
        is_away = other.op_id in {each.op_id for each in away}
        needed = ((first.op_id,) if first is not None else ()) if is_away else (last.op_id,)
        changes[other.op_id] = replace(other, depends_on=tuple(sorted({*kept, *needed})))
    for part in (first, last):
        if part is not None:
            changes[part.op_id] = part


def _part(one: Operation, system: str, after: Mapping[str, str | None], waits: tuple[str, ...] = ()) -> Operation:
    before = {name: one.before.get(name) for name in after}
    return operation(
        one.action,
        system,
        one.stream,
        target_id=one.target_id,
        before=before,
        after=after,
        precondition=field_hash(before) if one.precondition is not None else None,
        reversibility=one.reversibility,
        depends_on=(*one.depends_on, *waits),
        evidence=one.evidence,
    )
