"""Reads an answer as a page of a list: its entries, which of them are records, and what names these."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.connector import Reading
from toolkit.errors import ResponseError
from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call
from toolkit.rest.page import Page
from toolkit.rest.places import texts_at
from toolkit.rest.records import counts, every_row
from toolkit.rest.stretch import Stretch
from toolkit.rest.walk import page_keys

_SHOWN_NAMES = 8


def read_page(answer: Answer, reading: Reading, key: Sequence[str], said: str, *, stretch: Stretch, call: Call) -> Page:
    """Return a page whose records have names; those that have none are counted.

    Parameters
    ----------
    answer, call
        What came back, and for what.
    reading
        Its list.
    key
        Paths of what names a record of the stream.
    said
        The stream as a sentence names it.
    stretch
        Where in its list it stands.

    Raises
    ------
    ResponseError
        It is no list, or none of its records has a name.
    """
    entries = every_row(answer, reading, said)
    rows = entries if reading.which is None else [one for one in entries if counts(one, reading.which)]
    keys = page_keys(rows, reading.key or key)
    nameless = keys.count("")
    if nameless and nameless == len(rows):
        names = ", ".join(repr(one) for one in sorted(rows[0])[:_SHOWN_NAMES])
        raise ResponseError(
            f"{said} answered without {key_words(reading, key)} on page {stretch.number + 1}. Fields seen: {names}. "
            "Mend 'key' of the stream."
        )
    if nameless:
        rows, keys = [row for row, name in zip(rows, keys, strict=True) if name], [name for name in keys if name]
    more = reading.more_lines
    longer = [] if more is None else [name for name, row in zip(keys, rows, strict=True) if counts(row, more)]
    received = stretch.received + len(entries)
    return Page(call, answer, entries, keys, _stamps(reading, rows), stretch.number, received, longer, nameless)


def key_words(reading: Reading, key: Sequence[str]) -> str:
    """Return what names a record, as a sentence says it."""
    return " and ".join(repr(one) for one in reading.key or key)


def _stamps(reading: Reading, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if reading.changed is None or not reading.changed.field:
        return []
    return texts_at(rows, reading.changed.field)
