"""The records of an answer: byte for byte as the vendor wrote them, and as JSON."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from toolkit.connector import Reading
from toolkit.errors import ResponseError
from toolkit.rest.answers import Answer, parsed_body
from toolkit.rest.places import value_at

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_SHOWN_NAMES = 8

Records = tuple[list[bytes], list[Mapping[str, Any]]]


def page_rows(answer: Answer, reading: Reading, said: str) -> list[Mapping[str, Any]]:
    """Return the records of an answer as JSON.

    Parameters
    ----------
    answer
        What came back.
    reading
        Where its records stand.
    said
        Who was asked what, for the message.

    Raises
    ------
    ResponseError
        They do not stand there, or are no objects.

    Examples
    --------
    >>> page_rows(Answer(200, {}, b"", {"data": [{"id": 1, "price": "1.10"}]}), Reading("/items", records="data"), "shop")
    [{'id': 1, 'price': '1.10'}]
    """
    if reading.form != "json":
        rows: Any = [parsed_body(text) for text in _texts(answer, reading)]
    else:
        rows = _found_rows(answer.parsed, reading)
    if rows is None:
        seen = sorted(answer.parsed)[:_SHOWN_NAMES] if isinstance(answer.parsed, Mapping) else []
        names = f" It has {', '.join(repr(one) for one in seen)}." if seen else ""
        raise ResponseError(
            f"{said} answered without a list at {reading.records or 'its top'!r}.{names} Mend 'records' of the stream."
        )
    if not {*map(type, rows)} <= {dict}:
        raise ResponseError(f"{said} answered with a list of something else than records at {reading.records!r}.")
    return list(rows)


def _found_rows(parsed: Any, reading: Reading) -> list[Any] | None:
    """Return the entries of the list; none where there is no list."""
    found = parsed
    for name in filter(None, reading.records.split(".")):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
        if found is None:
            return []
    if isinstance(found, Mapping) and not reading.records:
        found = [found] if found else []
    if not isinstance(found, list):
        return None
    return [value_at(one, reading.inside) for one in found] if reading.inside else found


def page_records(body: bytes, reading: Reading, said: str) -> Records:
    """Return the records of a page as they are written, and as JSON.

    Parameters
    ----------
    body
        The page.
    reading
        Where its records stand.
    said
        What it is, for the message.

    Examples
    --------
    >>> page_records(b'{"data": [{"id": 1, "price": 1.10}]}', Reading("/items", records="data"), "shop")
    ([b'{"id": 1, "price": 1.10}'], [{'id': 1, 'price': '1.10'}])
    """
    answer = Answer(200, {}, body, parsed_body(body) if reading.form == "json" and body else {})
    rows = page_rows(answer, reading, said)
    return (_texts(answer, reading) if rows else []), rows


def _texts(answer: Answer, reading: Reading) -> list[bytes]:
    if reading.form == "json_lines":
        return [line for line in answer.body.splitlines() if line.strip()]
    if reading.form == "csv":
        text = answer.body.decode("utf-8-sig")
        return [json.dumps(row, ensure_ascii=False).encode() for row in csv.DictReader(io.StringIO(text))]
    if not answer.body:
        return []
    raw: bytes | msgspec.Raw = answer.body
    for name in filter(None, reading.records.split(".")):
        raw = _OBJECT.decode(raw)[name]
        if bytes(memoryview(raw)) == b"null":
            return []
    found = [raw] if bytes(memoryview(raw)[:1]) == b"{" and reading.records == "" else _LIST.decode(raw)
    for name in filter(None, reading.inside.split(".")):
        found = [_OBJECT.decode(one)[name] for one in found]
    return [bytes(memoryview(one)) for one in found]
