"""A vendor's own merge: the record that stays takes what it lacks; what referred to the other one moves along."""

import copy
from collections.abc import Collection
from typing import Any

from toolkit.connector import Stream, Writing, alternatives, asked_stream
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.changing.asked_changes import leaves
from toolkit.sandbox.changing.held_records import HeldRecords, state_of_archived
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Record, Row

_REFERENCES = ("party_ref", "parent_ref")


def merge_records(
    held: HeldRecords, stream: Stream, writing: Writing, goes: tuple[Row, Record], stays: tuple[Row, Record]
) -> Record:
    """Merge one record into another, and return what they are now.

    Parameters
    ----------
    held
        The records.
    stream, writing
        Of both.
    goes, stays
        With their rows.
    """
    key = stream.path_key[0]
    old, kept = (text_at(one[1], key) for one in (goes, stays))
    record = copy.deepcopy(stays[1])
    takes_over = writing.merge is None or writing.merge.takes_over
    own = held.merging
    wholes = [one for one in own.wholes if value_at(record, one)] if own is not None else []
    for path, value in leaves(goes[1]) if takes_over else ():
        if any(path.startswith(f"{one}.") for one in wholes):
            continue
        if not isinstance(value, list | dict) and value and not value_at(record, path):
            put(record, path, value)
    at = held.moment()
    row = {**stays[0], "updated_at": at}
    if stream.path_merged:
        before = [one for one in text_at(record, stream.path_merged).split(";") if one]
        put(record, stream.path_merged, ";".join(dict.fromkeys([*before, old, kept])))
    held.stamp(stream, writing, record, at)
    gone = {"is_gone": True, "updated_at": at, "state": state_of_archived(stream, is_gone=True)}
    row_gone = {**goes[0], **gone}
    if own is not None and not own.lists_gone:
        row_gone["state"] = "absent"
    if "merged_into" in asked_stream(stream).fields:
        row_gone["merged_into"] = kept
    lost = held.built(stream, goes[1], row_gone)
    held.stamp(stream, writing, lost, at)
    held.exchange(stream, old, row_gone, lost)
    if writing.merge is None or not writing.merge.is_new_id:
        held.exchange(stream, kept, row, record)
        return record
    # Both are gone under their ids, which lead to the new one from now on.
    put(record, key, held.new_id(stream))
    held.exchange(stream, kept, {**stays[0], **gone}, stays[1])
    now = text_at(record, key)
    held.add(stream, {**row, "record_id": now}, record)
    held.leads |= {name: now for name, one in held.leads.items() if name[0] == stream.name and one in {old, kept}}
    held.leads |= {(stream.name, one): now for one in (old, kept)}
    return record


def move_references(stream: Stream, record: Record, ids: Collection[str], now: Any) -> bool:
    """Let a record refer to another one where it refers to one of some; return whether it did.

    Parameters
    ----------
    stream
        Of the record.
    record
        Is changed.
    ids
        Of those that are merged.
    now
        The id under which they stand now, as records hold it.
    """
    fields = asked_stream(stream).fields
    is_moved = False
    for column in _REFERENCES:
        for path in alternatives("|".join(fields[column].headers)) if column in fields else ():
            before, is_listed, inner = path.partition(".0.")
            for entry in (value_at(record, before) or ()) if is_listed else (record,):
                place = inner if is_listed else path
                held = value_at(entry, place)
                if held is not None and str(held) in ids:
                    is_moved |= str(held) != str(now)
                    put(entry, place, int(now) if isinstance(held, int) else str(now))
    return is_moved
