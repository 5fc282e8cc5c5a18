"""Short lists of names that records refer to by an id; read whole, each once, when the records are there."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from toolkit.connector import Lookup, Reading
from toolkit.errors import AuthError, NotOfferedError, ResponseError, RetryableError, ScopeError
from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.page import Page
from toolkit.rest.paging import style_of
from toolkit.rest.places import text_at, with_value_at
from toolkit.rest.records import lined_rows, page_rows

MAX_PAGES = 1000
"""Such a list is short: of one that does not end by then, the names behind are not known, which is said."""

_AT_ONCE = 100

Names = Mapping[str, Mapping[str, str]]
"""What stands behind an id, by the path that a field finds it at."""


def looked_up(
    client: RestClient,
    lookups: Iterable[Lookup],
    said: str,
    referred: Callable[[str], Sequence[str]] = lambda _by: (),
    lost: list[str] | None = None,
) -> tuple[Names, tuple[str, ...]]:
    """Return the names of a stream's lookups, and sentences on those that could not be read.

    Parameters
    ----------
    client
        What asks the system.
    lookups
        Of the stream.
    said
        The stream, as a sentence names it.
    referred
        Returns the ids that records have at a path, for lists that are asked for by ids.
    lost
        Gets the sentences on lists that another pull may well read, instead of the notes. That the credentials lack a
        right, or the client's plan a list, stays as it is, and is a note.
    """
    read: dict[Reading, list[Mapping[str, object]]] = {}
    found: dict[str, Mapping[str, str]] = {}
    notes: list[str] = []
    for one in lookups:
        if one.reading not in read:
            read[one.reading] = []
            try:
                read[one.reading] = (
                    rows_by_ids(client, one.reading, said, notes, referred(one.by))
                    if one.reading.ids
                    else _listed(client, one.reading, client.call(one.reading), said, notes)
                )
            except (AuthError, ResponseError, RetryableError) as fault:
                told = notes if lost is None or isinstance(fault, ScopeError | NotOfferedError) else lost
                told.append(f"{said}: names are not known, and ids stand in their place. {fault}")
        found[one.at] = {
            text_at(row, one.key): " ".join(filter(None, (text_at(row, name) for name in one.name)))
            for row in read[one.reading]
        }
    return found, tuple(notes)


def rows_by_ids(
    client: RestClient, reading: Reading, said: str, notes: list[str], ids: Sequence[str]
) -> list[Mapping[str, object]]:
    """Return the entries with some ids of a list that is asked for by ids; one with lines once for each of them.

    Parameters
    ----------
    client
        What asks the system.
    reading
        The list.
    said
        The stream, as a sentence names it.
    notes
        Get a sentence on a list that does not end.
    ids
        The ids.
    """
    rows: list[Mapping[str, object]] = []
    for first in range(0, len(ids), _AT_ONCE):
        asked = [{"id": one} for one in ids[first : first + _AT_ONCE]]
        call = client.call(reading)
        body = json.dumps(with_value_at(json.loads(call.body), reading.ids, asked))
        rows += _listed(client, reading, replace(call, body=body), said, notes)
    return rows


def _listed(client: RestClient, reading: Reading, first: Call, said: str, notes: list[str]) -> list[Mapping[str, object]]:
    """Return the entries of a list; note where it does not end, so that names behind that are not known."""
    style = style_of(reading.paging)

    def ask(call: Call) -> Answer:
        return client.answer(call, replace(reading, form="json"))

    call: Call | None = style.begun(reading.paging, first, ask, client.clock.sleep, client.linked)
    rows: list[Mapping[str, object]] = []
    number = 0
    while call is not None:
        answer = client.answer(call, reading)
        entries = page_rows(answer, reading, said)
        rows += [line for entry in entries for line in (lined_rows(entry, reading) if reading.lines else [entry])]
        page = Page(call, answer, entries, [], [], number, len(rows))
        following = style.following(reading.paging, page, client.linked)
        number += 1
        if following is not None and (following == call or number == MAX_PAGES):
            notes.append(
                f"{said}: the list of names at {reading.path} does not end after page {number:,}. Names that were not among "
                "the first are not known, and ids stand in their place."
            )
            following = None
        call = following
    return rows
