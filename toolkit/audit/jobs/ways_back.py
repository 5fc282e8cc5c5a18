"""How far each change of a plan can be taken back over the interface that it is sent to, and what must be kept for that.

A record that is archived where nothing restores it is made anew, with another id: the plan holds what stood in it. What
stands in no column that can be written is lost then, and the plan says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from toolkit.apply.written_body import read_fields
from toolkit.changes import Operation
from toolkit.changes.operation import Reversibility, field_hash
from toolkit.connector import Stream, Writing
from toolkit.connector.fields import asked_field, is_asked

STATE = "state"
ANEW = (
    "Taken back, it is made anew with another id and with what stands here; what else hangs on it comes back only where a "
    "person restores the record itself."
)
_ITS_OWN = frozenset({
    "record_key", "system", "stream", "record_id", "entity", "kind", STATE, "raw", "alt_ids", "date_only", "offset_minutes",
    "created_at", "created_by", "updated_at", "merged_into", "parent_key", "party_key",
})  # fmt: skip
"""Columns that say which record it is and since when: one that is made anew has its own."""


class Held(NamedTuple):
    """A record as it stands: its row as it came, its filled canonical columns, and the currency of its system."""

    row: Mapping[str, Any]
    columns: frozenset[str]
    currency: str


def with_ways_back(
    operations: Iterable[Operation], written: Mapping[str, tuple[Stream, Writing]], held: Mapping[tuple[str, str], Held]
) -> tuple[Operation, ...]:
    """Return changes with how far each can be taken back, and with what must be known for that.

    Parameters
    ----------
    operations
        Of a plan.
    written
        How streams are changed; the changes of others stay as they are.
    held
        By stream and id the records that are archived, as they stand.
    """
    return tuple(_with_way_back(one, *written[one.stream], held) if one.stream in written else one for one in operations)


def is_taken_back(change: Operation, writing: Writing) -> bool:
    """Return whether a change that says it can be taken back exactly, or by another record, can be.

    Parameters
    ----------
    change
        Of a plan.
    writing
        How its stream is changed.
    """
    if change.action == "archive":
        is_anew = change.reversibility == "R1" and writing.create is not None
        return writing.restore is not None or is_anew or change.reversibility in {"R2", "R3"}
    is_made = writing.archive is not None or writing.delete is not None
    return change.action != "create" or is_made or change.reversibility == "R3"


def _with_way_back(change: Operation, stream: Stream, writing: Writing, held: Mapping[tuple[str, str], Held]) -> Operation:
    if change.action == "create" and writing.archive is None and writing.delete is None:
        return replace(change, reversibility="R3")
    if change.action != "archive" or writing.restore is not None:
        return change
    record = held.get((change.stream, change.target_id or ""))
    if writing.create is None or record is None:
        return replace(change, reversibility="R3")
    # What stands there by an id that is kept beside is not also kept by a name.
    twice = {one.column for one in writing.fields if one.lookups and one.path in writing.further}
    said = read_fields(record.row, writing, record.currency)
    image = {name: value for name, value in said.items() if value and name not in twice}
    lost = sorted(record.columns - _ITS_OWN - {name for name in record.columns if _returns(name, stream, writing)})
    loss: Reversibility = "R2" if lost else "R1"
    words = (f"Not with it: {', '.join(name.replace('_', ' ') for name in lost)}.",) if lost else ()
    before = {**image, **change.before}
    condition = change.precondition
    if condition is not None and condition.kind == "field_hash":
        condition = field_hash(before)
    evidence = replace(change.evidence, reasons=(*change.evidence.reasons, ANEW, *words))
    return replace(change, before=before, precondition=condition, reversibility=loss, evidence=evidence)


def _returns(column: str, stream: Stream, writing: Writing) -> bool:
    """Whether a column of a record that is made anew says what it said."""
    if column in {one.column for one in writing.fields}:
        return True
    field = stream.fields.get(column)
    if field is None or not is_asked(field):
        # Nothing of the record says it: every record of the stream has it, or none.
        return True
    return bool({*asked_field(field).headers} & {*writing.further})
