"""How far each change of a plan can be taken back over the interface that it is sent to, and what must be kept for that.

A record that is archived where nothing restores it is made anew, with another id: the plan holds what stood in it. What
stands in no column that can be written is lost then, and the plan says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from toolkit.apply.written_body import read_fields
from toolkit.changes import Operation
from toolkit.changes.operation import LOST_WORD, MERGED_INTO, Reversibility, field_hash
from toolkit.connector import Stream, Writing
from toolkit.connector.fields import asked_field, is_asked
from toolkit.rest.places import text_at

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
    every = [*operations]
    touched = {(one.stream, one.target_id): frozenset(one.after) for one in every if one.action == "update"}
    return tuple(
        one
        if one.stream not in written
        else _merged(one, *written[one.stream], held, touched)
        if one.action == "merge"
        else _with_way_back(one, *written[one.stream], held)
        for one in every
    )


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
    image = _image(record, writing)
    lost = _not_returned(record, stream, writing)
    loss: Reversibility = "R2" if lost else "R1"
    words = (f"Not with it: {', '.join(lost)}.",) if lost else ()
    before = {**image, **change.before}
    condition = change.precondition
    if condition is not None and condition.kind == "field_hash":
        condition = field_hash(before)
    evidence = replace(change.evidence, reasons=(*change.evidence.reasons, ANEW, *words))
    return replace(change, before=before, precondition=condition, reversibility=loss, evidence=evidence)


def _merged(
    change: Operation,
    stream: Stream,
    writing: Writing,
    held: Mapping[tuple[str, str], Held],
    touched: Mapping[tuple[str, str | None], frozenset[str]],
) -> Operation:
    """Return a merge with what the record that goes held, and with what of both nobody brings back."""
    into = change.after[MERGED_INTO]
    goes, stays = (held.get((change.stream, one or "")) for one in (change.target_id, into))
    if goes is None or stays is None:
        return change
    lost = _not_returned(goes, stream, writing)
    image = _image(goes, writing)
    # What an update of the plan writes is put back by what takes the plan back.
    filled = {*image} - {*_image(stays, writing)} - touched.get((change.stream, into), frozenset())
    # A second line of an address is emptied with the first when that is written; here the merge fills it.
    beside = {one.column for one in writing.fields for path in one.clears
              if text_at(goes.row, path) and not text_at(stays.row, path)}  # fmt: skip
    names = sorted({_column_of(path, stream).replace("_", " ") for path in filled | beside})
    words = [
        f"{LOST_WORD} {words}."
        for words in (
            f"{', '.join(lost)} of the record that goes" if lost else "",
            f"that the record that stays lacked (a part of) its {', '.join(names)}" if names else "",
        )
        if words
    ]
    before = {**image, **change.before}
    evidence = replace(change.evidence, reasons=(*change.evidence.reasons, *words))
    return replace(change, before=before, precondition=field_hash(before), evidence=evidence)


def _column_of(path: str, stream: Stream) -> str:
    """Return the column that is read from a place of a record; a column is itself."""
    own = (name for name, field in stream.fields.items() if is_asked(field) and path in asked_field(field).headers)
    return path if path in stream.fields else next(own, path)


def _image(record: Held, writing: Writing) -> dict[str, str | None]:
    """Return what stands in the places of a record that can be written."""
    twice = writing.kept_by_id()
    said = read_fields(record.row, writing, record.currency)
    return {name: value for name, value in said.items() if value and name not in twice}


def _not_returned(record: Held, stream: Stream, writing: Writing) -> list[str]:
    """Return in words which columns of a record that is made anew do not say what they said."""
    lost = record.columns - _ITS_OWN - {name for name in record.columns if _returns(name, stream, writing)}
    return sorted(name.replace("_", " ") for name in lost)


def _returns(column: str, stream: Stream, writing: Writing) -> bool:
    """Whether a column of a record that is made anew says what it said."""
    if column in {one.column for one in writing.fields}:
        return True
    field = stream.fields.get(column)
    if field is None or not is_asked(field):
        # Nothing of the record says it: every record of the stream has it, or none.
        return True
    return bool({*asked_field(field).headers} & {*writing.further})
