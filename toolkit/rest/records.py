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

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_SHOWN_NAMES = 8

Records = tuple[list[bytes], list[Mapping[str, Any]]]


def page_records(answer: Answer, reading: Reading, said: str) -> Records:
    """Return the records of an answer, as they are written and as JSON.

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
    >>> answer = Answer(200, {}, b'{"data": [{"id": 1, "price": 1.10}]}', {"data": [{"id": 1, "price": "1.10"}]})
    >>> page_records(answer, Reading("/items", records="data"), "shop")
    ([b'{"id": 1, "price": 1.10}'], [{'id': 1, 'price': '1.10'}])
    """
    try:
        texts = _texts(answer, reading)
    except (msgspec.DecodeError, ValueError, KeyError, RecursionError):
        seen = sorted(answer.parsed)[:_SHOWN_NAMES] if isinstance(answer.parsed, Mapping) else []
        names = f" It has {', '.join(repr(one) for one in seen)}." if seen else ""
        raise ResponseError(
            f"{said} answered without a list at {reading.records or 'its top'!r}.{names} Mend 'records' of the stream."
        ) from None
    rows = [parsed_body(text) for text in texts]
    if not all(isinstance(row, Mapping) for row in rows):
        raise ResponseError(f"{said} answered with a list of something else than records at {reading.records!r}.")
    return texts, rows


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
