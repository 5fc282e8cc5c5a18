"""Names in the place of which a system wants ids: owners, stages, accounts. Each list that has both is read once a job."""

import re
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from toolkit.changes import Operation
from toolkit.connector import Lookup, WriteField, Writing
from toolkit.errors import RejectedError
from toolkit.rest.client import RestClient
from toolkit.rest.looking_up import looked_up
from toolkit.rest.places import text_at

Lists = MutableMapping[Lookup, Mapping[str, str]]
"""What stands behind ids, by the list that says it; lists that were read already."""
_LINE = re.compile(r"line\.\d+\.(\w+)")


def with_ids(change: Operation, writing: Writing, client: RestClient, lists: Lists) -> Operation:
    """Return a change with the system's ids in the place of names; a name that need not be known is left out.

    Parameters
    ----------
    change
        The change.
    writing
        How its stream is written.
    client
        What asks for lists that were not read yet.
    lists
        Those that were.

    Raises
    ------
    RejectedError
        No list has the name, or several entries have it.
    """
    fields = _by_column(change.after, writing)
    if not fields:
        return change
    after = dict(change.after)
    for column, field in fields.items():
        wanted = after[column]
        if not wanted:
            continue
        found = _ids_of(wanted, field, client, lists)
        if len(found) == 1:
            after[column] = found.pop()
        elif field.is_left_out:
            del after[column]
        else:
            said = f"has several called {wanted!r}" if found else f"has none called {wanted!r}"
            raise RejectedError(f"{field.column.replace('_', ' ').capitalize()}: the system {said}. It is done by hand.")
    return replace(change, after=after)


def with_names(
    record: Mapping[str, Any], change: Operation, writing: Writing, client: RestClient, lists: Lists
) -> Mapping[str, Any]:
    """Return a record with the names behind its ids, where a change touches a column that has them, and means no id.

    Parameters
    ----------
    record
        As the system writes it.
    change
        The change.
    writing
        How its stream is written.
    client
        What asks for lists that were not read yet.
    lists
        Those that were.
    """
    found = dict(record)
    for column, field in _by_column({**change.before, **change.after}, writing).items():
        meant = {change.before.get(column), change.after.get(column)}
        for one in field.lookups if field.read is not None else ():
            held = text_at(record, one.by)
            # Without the list its ids stand there, as in a pull.
            with suppress(RejectedError):
                if held not in meant and (name := _names(one, client, lists).get(held)):
                    found[one.at] = name
    return found


def is_as_planned_anyhow(column: str, writing: Writing) -> bool:
    """Return whether a column of a record that was made is not compared: the system works it out, or has not got it.

    Parameters
    ----------
    column
        Of the change; one of a line is ``line.1.sku``.
    writing
        How its stream is written.
    """
    if column in writing.unsaid:
        return True
    line = _LINE.fullmatch(column)
    if line is None or writing.lines is None:
        return False
    own = {one.column: one for one in writing.lines.fields}
    return line[1] not in own or own[line[1]].is_left_out


def _by_column(after: Mapping[str, str | None], writing: Writing) -> dict[str, WriteField]:
    """Return the columns of a change that name something by what is no id, each with its field."""
    own = {one.column: one for one in writing.fields if one.lookups}
    lines = {one.column: one for one in writing.lines.fields if one.lookups} if writing.lines is not None else {}
    if writing.lines is not None and not any(map(_LINE.fullmatch, after)):
        # A document without lines is entered as one, which takes what the document says.
        own |= {theirs: lines[ours] for ours, theirs in writing.lines.whole if ours in lines}
    found = {}
    for column in after if own or lines else ():
        line = _LINE.fullmatch(column)
        field = lines.get(line[1]) if line is not None else own.get(column)
        if field is not None:
            found[column] = field
    return found


def _ids_of(wanted: str, field: WriteField, client: RestClient, lists: Lists) -> set[str]:
    """Return the ids behind a name; what is an id already is one. The first list that has the name counts."""
    for one in field.lookups:
        names = _names(one, client, lists)
        found = {key for key, name in names.items() if name == wanted}
        if found:
            return found
    return {wanted} if any(wanted in _names(one, client, lists) for one in field.lookups) else set()


def _names(one: Lookup, client: RestClient, lists: Lists) -> Mapping[str, str]:
    if one not in lists:
        found, notes = looked_up(client, (one,), one.reading.path)
        if notes:
            raise RejectedError(notes[0])
        lists[one] = found[one.at]
    return lists[one]
