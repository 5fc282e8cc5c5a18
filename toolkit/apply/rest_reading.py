"""Single records of a system, read over its interface: where they are asked for, and what stands there."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from toolkit.apply.written_body import as_what_stands
from toolkit.apply.written_values import says, written_json
from toolkit.connector import OneCall, Writing
from toolkit.errors import NotOfferedError, RejectedError
from toolkit.rest.answers import Answer
from toolkit.rest.calls import Call, filled
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, value_at, with_value_at

_ID = "{id}"
_QUOTES = "'\\\""
"""What would end the text of a query: nothing that holds one is named there."""


def address(client: RestClient, path: str, record_id: str = "", **further: str) -> str:
    """Return an address of the interface; a path with two slashes in front begins at the host.

    Parameters
    ----------
    client
        Of the system.
    path
        With its places.
    record_id
        What fills ``{id}``.
    further
        What fills other places.
    """
    ids = {name: quote(one, safe="") for name, one in {"id": record_id, **further}.items()}
    where = filled(path, {**client.places, **ids})
    if where.startswith("//"):
        home = urlsplit(client.url)
        return f"{home.scheme}://{home.netloc}/{where.lstrip('/')}"
    return f"{client.url}/{where.lstrip('/')}"


def query_of(query: tuple[tuple[str, str], ...], record_id: str) -> tuple[tuple[str, str], ...]:
    """Return what is asked for in an address, with the id of a record in it.

    Parameters
    ----------
    query
        With ``{id}`` where the id belongs.
    record_id
        The id.

    Raises
    ------
    RejectedError
        The id holds what would end the text of a query.
    """
    is_text = any(f"'{_ID}'" in value for _, value in query)
    if is_text and any(one in record_id for one in _QUOTES):
        raise RejectedError(f"{record_id!r} is no id that a query can name: look at the record in the system.")
    return tuple((name, value.replace(_ID, record_id)) for name, value in query)


def read_call(client: RestClient, one: OneCall, record_id: str) -> Call:
    """Return the request that reads something of a record.

    Parameters
    ----------
    client
        Of the system.
    one
        How it is described.
    record_id
        Of the record.
    """
    body = json.loads(one.body) if one.body else None
    if one.id_path:
        body = with_value_at(body, one.id_path, as_what_stands(body, one.id_path, record_id))
    sent = written_json(body) if body is not None else ""
    return Call(address(client, one.path, record_id), one.method, query_of(one.query, record_id), sent)


def read_record(client: RestClient, writing: Writing, record_id: str) -> tuple[Mapping[str, Any] | None, Answer | None]:
    """Return a record and the answer that holds it; nothing where it is gone.

    Parameters
    ----------
    client
        Of the system.
    writing
        How its stream is written.
    record_id
        Of the record.
    """
    try:
        answer = client.answer(read_call(client, writing.one, record_id))
    except NotOfferedError:
        return None, None
    record = value_at(answer.parsed, writing.inside)
    if not isinstance(record, Mapping) or not record:
        return None, None
    path, word = writing.gone
    return (None, None) if path and says(value_at(record, path), word) else (record, answer)


def version_of(writing: Writing, record: Mapping[str, Any], answer: Answer) -> str | None:
    """Return which version a record is; null where nothing says so.

    Parameters
    ----------
    writing
        How its stream is written.
    record
        As the system writes it.
    answer
        That holds it.
    """
    version = writing.version
    if version is None:
        return None
    if version.header:
        return answer.headers.get(version.header.casefold()) or None
    return text_at(record, version.path) or None


def within(template: str, text: str) -> str:
    """Return an id out of the text in which it stands.

    Examples
    --------
    >>> within("gid://shop/Customer/{id}", "gid://shop/Customer/7"), within("", "7")
    ('7', '7')
    """
    before, _, after = template.partition(_ID)
    return text.removeprefix(before).removesuffix(after)
