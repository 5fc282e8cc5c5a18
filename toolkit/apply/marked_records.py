"""The record that a change made, found again by the mark it carries."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.apply.written_values import says, written_json
from toolkit.changes import Operation
from toolkit.connector import Mark, Reading, Writing
from toolkit.errors import UncertainError
from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call
from toolkit.rest.places import text_at, value_at, with_value_at

_QUOTES = "'\\\""
"""What would end the text of a query: what holds one is not looked for by it."""


def wanted_mark(change: Operation, writing: Writing, key: str) -> tuple[Mark, str]:
    """Return how a record that a change made is looked for, and by what.

    Parameters
    ----------
    change
        That made it.
    writing
        How its stream is written.
    key
        Under which it was sent.

    Raises
    ------
    UncertainError
        Nothing names it.
    """
    mark = writing.mark
    if mark is None:
        raise UncertainError("The system keeps no mark of ours: look there whether the record was made, and say so.")
    wanted = change.after.get(mark.column) if mark.column else key
    if not wanted or (mark.column and any(one in wanted for one in _QUOTES)):
        raise UncertainError("Nothing names the record that was made: look there whether it was, and say so.")
    return mark, wanted


def asked_by_mark(mark: Mark, wanted: str, address: str) -> tuple[Call, Reading | None]:
    """Return the request that looks for a mark, and the list that answers it, where an error beside it means that none is.

    Parameters
    ----------
    mark
        How it is looked for.
    wanted
        The mark.
    address
        Of the list.
    """
    said = mark.template.replace("{mark}", wanted)
    if not mark.body:
        return Call(address, query=((mark.param, said),)), None
    # Of what is asked for by its name, that there is none may stand beside the answer as an error.
    listed = Reading(mark.path, mark.records, ids=mark.param.partition(".")[0]) if mark.column else None
    return Call(address, "POST", body=written_json(with_value_at(json.loads(mark.body), mark.param, said))), listed


def marked_record(
    answer: Answer, mark: Mark, wanted: str, is_as_planned: Callable[[Mapping[str, Any]], bool]
) -> Mapping[str, Any] | None:
    """Return the record of an answer that carries a mark; nothing where none was made.

    Parameters
    ----------
    answer
        Of the list.
    mark, wanted
        How it was looked for, and by what.
    is_as_planned
        Whether a record holds what was to be made.

    Raises
    ------
    UncertainError
        Several may be it, another has its name, or the list may not show it yet.
    """
    records = value_at(answer.parsed, mark.records)
    found = [one for one in records if _is_named(one, mark, wanted)] if isinstance(records, list) else []
    if len(found) > 1 and mark.column:
        # What should be of one record alone is of several: the one that is as planned is ours.
        found = [one for one in found if is_as_planned(one)] or found
    if len(found) > 1:
        raise UncertainError(f"The system holds {len(found)} records with one mark of ours: look at them.")
    if not found and mark.is_late:
        raise UncertainError(
            "Its list does not show at once what is new, so that nothing is found proves nothing: look there whether "
            "the record was made, and say so."
        )
    if found and mark.column and not is_as_planned(found[0]):
        raise UncertainError(f"The system has another record with this {mark.column}: look which of them is meant.")
    return found[0] if found else None


def _is_named(record: Any, mark: Mark, wanted: str) -> bool:
    """Whether a record carries a mark; a value that no two share is the same in capitals."""
    if mark.column:
        return text_at(record, mark.field).casefold() == wanted.casefold()
    return says(value_at(record, mark.field), wanted)
