"""What the records of a page lack and another list has: asked for by their ids, and put into the page before it is kept.

So a page on disk is whole, however often its pull is gone on with, and whoever reads it reads one list.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from toolkit.connector import Reading
from toolkit.rest.client import RestClient
from toolkit.rest.looking_up import rows_by_ids
from toolkit.rest.places import text_at, value_at, with_value_at

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def completed_body(client: RestClient, reading: Reading, ids: Sequence[str], body: bytes, said: str) -> bytes:
    """Return a page with what its records lack; all else in it as the vendor wrote it.

    Parameters
    ----------
    client
        What asks the system.
    reading
        The list that the page is of.
    ids
        Of its entries, in their order.
    body
        The page.
    said
        The stream, as a sentence names it.
    """
    if not ids or not reading.completed:
        return body
    further: list[dict[str, Any]] = [{} for _ in ids]
    for one in reading.completed:
        rows = rows_by_ids(client, one.reading, said, [], list(dict.fromkeys(filter(None, ids))))
        found = {text_at(row, one.key): value_at(row, one.entries) for row in rows}
        for place, key in enumerate(ids):
            entries = found.get(key)
            if isinstance(entries, list) and entries:
                made = [{name: text_at(entry, path) for name, path in one.names} for entry in entries]
                further[place] = with_value_at(further[place], one.path, made)
    return with_further(body, [name for name in reading.records.split(".") if name], further)


def with_further(body: bytes, names: Sequence[str], further: Sequence[Mapping[str, Any]]) -> bytes:
    """Return JSON in which the objects of a list have what they lack: what they have themselves stays.

    Parameters
    ----------
    body
        The JSON.
    names
        Where the list stands.
    further
        What each of its objects gets, by name.

    Examples
    --------
    >>> with_further(b'{"total": 1, "results": [{"id": "7", "price": 1.10}]}', ["results"], [{"owner": {"id": "3"}}])
    b'{"total":1,"results":[{"id":"7","price":1.10,"owner":{"id":"3"}}]}'
    """
    if names:
        outer = _OBJECT.decode(body)
        outer[names[0]] = msgspec.Raw(with_further(bytes(outer[names[0]]), names[1:], further))
        return msgspec.json.encode(outer)
    entries = [_OBJECT.decode(one) for one in _LIST.decode(body)]
    made = [{name: msgspec.Raw(msgspec.json.encode(value)) for name, value in one.items()} for one in further]
    lacking = [
        {name: value for name, value in own.items() if name not in entry} for entry, own in zip(entries, made, strict=True)
    ]
    return msgspec.json.encode([entry | own for entry, own in zip(entries, lacking, strict=True)])
