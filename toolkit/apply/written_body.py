"""The body of a change: the fields that it touches, the record that it means, its version, our mark, a document's lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.apply.system import Current
from toolkit.apply.written_values import read_value, said_in, written_json, written_value
from toolkit.changes import Operation, line_column, lines_of
from toolkit.changes.operation import MERGED_INTO
from toolkit.connector import Merge, Preview, WriteCall, WriteField, WriteLines, Writing
from toolkit.errors import RejectedError
from toolkit.rest.places import path_of, text_at, value_at, with_value_at
from toolkit.rest.records import with_names

STATE, ARCHIVED, ACTIVE = "state", "archived", "active"
"""The column that archiving and restoring change, and its values."""
KEY = "{key}"
"""What stands in an address for the key of a change: a record that is made under it carries no further mark."""
_CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Meant:
    """Which record a change means: its id (null where one is made), as it was just read, and the key it is sent under.

    ``currency`` is that of its amounts, where neither it nor the change names one.
    """

    record_id: str | None
    current: Current | None
    key: str
    currency: str = ""


def written_body(change: Operation, writing: Writing, how: WriteCall, meant: Meant) -> str:
    """Return the body of a change as JSON; empty where the request has none.

    Parameters
    ----------
    change
        The change.
    writing, how
        How its stream is written, and how this change is.
    meant
        Which record.

    Raises
    ------
    RejectedError
        Nothing says where a column is written, or its value has not the form.
    """
    record_id, current = meant.record_id, meant.current
    inside = writing.inside_of(how)
    body: Any = json.loads(how.body or "{}")
    if how.has_fields:
        body = _with_wholes(body, inside, change, writing, current)
        body = _with_fields(body, inside, change, writing, currency_of(change, current) or meant.currency)
        if record_id is None:
            _refuse_other_parts(change, writing, value_at(body, inside.rstrip(".")))
        if record_id is None and writing.mark is not None and not writing.mark.column and KEY not in how.path:
            body = with_value_at(body, inside + writing.mark.field, meant.key)
    if how.id_path and record_id is not None:
        body = with_value_at(body, how.id_path, as_what_stands(body, how.id_path, record_id))
    if writing.merge is not None and change.action == "merge":
        kept = current.record if current is not None else None
        body = with_what_stays(body, writing.merge, change.after[MERGED_INTO] or "", kept)
    if how.stays_path and (stays := _that_stays(change)):
        body = with_value_at(body, how.stays_path, stays)
    condition = writing.condition_in(how)
    if condition and current is not None and current.version is not None:
        # A system that counts its versions takes the text "3" for another version than the number 3.
        said = int(current.version) if current.is_numbered else current.version
        body = with_value_at(body, condition.replace("{id}", path_of([record_id or ""])), said)
    is_sent = how.has_fields or bool(how.body)
    return written_json(body) if is_sent else ""


def with_what_stays(body: Any, merge: Merge | Preview, into: str, stays: Mapping[str, Any] | None) -> Any:
    """Return the body of a merge, or of what is asked before it, with the record that stays in it.

    Parameters
    ----------
    body
        As it is described.
    merge
        Where it names that record.
    into
        The id of that record.
    stays
        The record as it stands; null where nobody looked.
    """
    if merge.into_path:
        body = with_value_at(body, merge.into_path, as_what_stands(body, merge.into_path, into))
    for one in merge.into_also:
        if stays is not None and text_at(stays, one.needs):
            body = with_value_at(body, one.path, one.template.replace("{id}", into))
    return body


def described_call(writing: Writing, change: Operation) -> WriteCall:
    """Return the request of a change.

    Raises
    ------
    RejectedError
        Nothing says how it is made.
    """
    found = writing.call_of(change.action)
    if found is None:
        raise RejectedError(f"Nothing says how to {change.action} {change.stream}: it is done by hand.")
    return found


def as_what_stands(body: Any, path: str, text: str) -> Any:
    """Return an id in the form of what stands at its place: a number where a number stands, within a text with ``{id}``.

    Parameters
    ----------
    body
        The body that is described.
    path
        Where the id stands in it.
    text
        The id.

    Raises
    ------
    RejectedError
        The id is no number.

    Examples
    --------
    >>> as_what_stands({"params": [[0]]}, "params.0.0", "7"), as_what_stands({}, "Id", "7")
    (7, '7')
    >>> as_what_stands({"variables": {"id": "gid://shop/Customer/{id}"}}, "variables.id", "7")
    'gid://shop/Customer/7'
    """
    there = value_at(body, path)
    if isinstance(there, str) and "{id}" in there:
        return there.replace("{id}", text)
    if type(there) is not int:
        return text
    if not text.isdecimal():
        raise RejectedError(f"The system names its records by numbers, and {text!r} is none.")
    return int(text)


def read_fields(record: Mapping[str, Any], writing: Writing, currency: str = "") -> dict[str, str | None]:
    """Return what a record says in the fields and lines that may be written, as canonical values.

    Parameters
    ----------
    record
        As the system writes it.
    writing
        How its stream is written.
    currency
        Of amounts that name none.
    """
    whole = record
    for kinds in writing.named:
        record = with_names(record, kinds)
    named = next((one for one in writing.fields if one.column == _CURRENCY), None)
    currency = (read_value(named, said_in(named, record), "") if named is not None else None) or currency
    values = {one.column: read_value(one, said_in(one, record), currency) for one in writing.fields}
    if named is not None:
        values[_CURRENCY] = currency or None
    if "name" in values and not values["name"]:
        # As the pull has it: who has no name of his own is called by what else names him.
        person = " ".join(filter(None, (values.get("given_name"), values.get("family_name"))))
        values["name"] = person or values.get("company_name") or values.get("email")
    values |= {path: text_at(whole, path) or None for path in writing.further}
    if writing.lines is not None:
        values |= _read_lines(whole, writing.lines, currency)
    return values


def sent_columns(change: Operation, writing: Writing) -> tuple[str, ...]:
    """Return the columns of a change that its body holds: not those that follow from others, or have a request of their own.

    Parameters
    ----------
    change
        The change.
    writing
        How its stream is written.
    """
    unsent = {one.column for one in writing.fields if not one.path} | {STATE, *writing.unsaid}
    return tuple(name for name in change.after if name not in unsent)


def _refuse_other_parts(change: Operation, writing: Writing, record: Any) -> None:
    """Refuse to make a record whose name, or another column that follows from others, would be another than was planned."""
    paths = {one.path for one in writing.fields if one.path}
    for one in writing.fields:
        wanted = change.after.get(one.column)
        if one.path or one.read is None or not wanted or not paths.intersection(one.read.headers):
            continue
        if said_in(one, record if isinstance(record, Mapping) else {}) != wanted:
            raise RejectedError(
                f"Its {one.column.replace('_', ' ')} follows from other fields there, and what is known of those does not "
                f"make it {wanted!r}: make it by hand."
            )


def _with_wholes(body: Any, inside: str, change: Operation, writing: Writing, current: Current | None) -> Any:
    """Return a body with the objects as they stand of which the change touches a part."""
    touched = [one.path for one in writing.fields if one.path and one.column in change.after]
    for path in writing.whole:
        found = value_at(current.record, path) if current is not None else None
        if found and any(one.startswith(f"{path}.") for one in touched):
            body = with_value_at(body, inside + path, found)
    for path in writing.repeated if change.action in {"update", "repoint"} else ():
        found = value_at(current.record, path) if current is not None else None
        if found is not None:
            body = with_value_at(body, inside + path, found)
    return body


def _with_fields(body: Any, inside: str, change: Operation, writing: Writing, currency: str) -> Any:
    """Return a body with the fields that a change touches."""
    blank = "" if writing.blank == "empty" else None
    fields = {one.column: one for one in writing.fields}
    lines = lines_of(change.after)
    of_lines = {line_column(number, name) for number, line in enumerate(lines, 1) for name in line}
    for column, value in change.after.items():
        if column in {STATE, MERGED_INTO} or column in writing.unsaid or column in of_lines:
            continue
        if column in writing.further:
            body = with_value_at(body, inside + column, value)
            continue
        if column not in fields:
            raise RejectedError(f"Nothing says where {column} of {change.stream} is written.")
        field = fields[column]
        if field.actions and change.action not in field.actions:
            raise RejectedError(f"Nothing says how to {change.action} {column} of {change.stream}: it is done by hand.")
        if not field.path:
            continue
        empty = {"null": None, "empty": ""}.get(field.blank, blank)
        body = with_value_at(body, inside + field.path, written_value(field, value, currency, blank=empty))
        for path in field.clears if change.action != "create" else ():
            body = with_value_at(body, inside + path, blank)
    how = writing.lines
    if change.action != "create" or how is None:
        if lines:
            raise RejectedError(f"Nothing says where the lines of {change.stream} are written.")
        return body
    lines = lines or ({ours: change.after[theirs] for ours, theirs in how.whole if change.after.get(theirs)},)
    return with_value_at(body, inside + how.path, [_written_line(how, line, currency) for line in lines if line])


def _written_line(how: WriteLines, line: Mapping[str, str | None], currency: str) -> Any:
    fields = {one.column: one for one in how.fields}
    entry: Any = json.loads(how.body)
    for column, value in line.items():
        if value is not None and column in fields:
            entry = with_value_at(entry, fields[column].path, written_value(fields[column], value, currency))
    return entry


def _read_lines(record: Mapping[str, Any], how: WriteLines, currency: str) -> dict[str, str | None]:
    entries = value_at(record, how.path)
    return {
        line_column(number, one.column): read_value(one, value_at(entry, one.read_at), currency)
        for number, entry in enumerate(_own_lines(entries, how.fields), 1)
        for one in how.fields
    }


def _own_lines(entries: Any, fields: Sequence[WriteField]) -> list[Any]:
    """Return the lines of a document without those that the system adds itself, in which nothing of ours stands."""
    found = entries if isinstance(entries, list) else []
    return [one for one in found if any(text_at(one, field.read_at) for field in fields)]


def _that_stays(change: Operation) -> str:
    """Return the id of the record that stays in the place of an archived one; empty where none does."""
    _, stream, record_id = (*(change.evidence.from_key or "").split("/", 2), "", "", "")[:3]
    return record_id if stream == change.stream else ""


def currency_of(change: Operation, current: Current | None) -> str:
    """Return the currency of a change's amounts: its own, or that of the record as it stands; empty where neither says."""
    held = change.after.get(_CURRENCY) or change.before.get(_CURRENCY)
    return held or (current.values.get(_CURRENCY) if current is not None else None) or ""
