"""The records of an answer: byte for byte as the vendor wrote them, and as JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from toolkit.connector import Named, Reading, Which, named_key
from toolkit.errors import ResponseError
from toolkit.rest.answers import Answer, parsed_body
from toolkit.rest.places import text_at, value_at, with_value_at

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
    rows = every_row(answer, reading, said)
    return rows if reading.which is None else [row for row in rows if counts(row, reading.which)]


def counts(entry: Any, which: Which) -> bool:
    """Return whether an entry of a list is one of those that count.

    Examples
    --------
    >>> [counts(one, Which("status", "Deleted")) for one in ({"status": "Deleted"}, {"Id": "1"})]
    [True, False]
    """
    return re.fullmatch(which.pattern, text_at(entry, which.path)) is not None


def every_row(answer: Answer, reading: Reading, said: str) -> list[Mapping[str, Any]]:
    """Return all entries of the list, also those that are no records; see `page_rows`.

    Parameters
    ----------
    answer
        What came back.
    reading
        Where its records stand.
    said
        Who was asked what, for the message.
    """
    if reading.form != "json":
        rows: Any = [parsed_body(text) for text in _texts(answer, reading)]
    else:
        rows = _found_rows(answer.parsed, reading)
    if rows is None and not answer.body:
        raise ResponseError(
            f"{said} answered with nothing at all (code {answer.status}) in the place of a list. It may have no records, or "
            "the list is at another address: look at 'path' of the stream and at what the key may see."
        )
    if rows is None:
        seen = sorted(answer.parsed)[:_SHOWN_NAMES] if isinstance(answer.parsed, Mapping) else []
        names = f" It has {', '.join(repr(one) for one in seen)}." if seen else ""
        if reading.records and (there := value_at(answer.parsed, reading.records)) is not None:
            kind = "an object" if isinstance(there, Mapping) else "a single value"
            names = f" What stands there is {kind}: if each of its names is a record, it cannot be read as a list."
        raise ResponseError(
            f"{said} answered without a list at {reading.records or 'its top'!r}.{names} Mend 'records' of the stream."
        )
    if not {*map(type, rows)} <= {dict}:
        raise ResponseError(f"{said} answered with a list of something else than records at {reading.records!r}.")
    return list(rows)


def _found_rows(parsed: Any, reading: Reading) -> list[Any] | None:
    """Return the entries of the list; none where there is no list."""
    found = parsed
    names = [name for name in reading.records.split(".") if name]
    for place, name in enumerate(names, 1):
        if isinstance(found, list) and name.isdigit() and int(name) < len(found):
            found = found[int(name)]
        elif isinstance(found, Mapping) and name in found:
            found = found[name]
        elif reading.is_left_out and place == len(names) and isinstance(found, Mapping):
            return []
        else:
            return None
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
    rows = every_row(answer, reading, said)
    texts = _texts(answer, reading) if rows else []
    if reading.which is None:
        return texts, rows
    kept = [place for place, row in enumerate(rows) if counts(row, reading.which)]
    return [texts[place] for place in kept], [rows[place] for place in kept]


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
        raw = _LIST.decode(raw)[int(name)] if bytes(memoryview(raw)[:1]) == b"[" else _OBJECT.decode(raw)[name]
        if bytes(memoryview(raw)) == b"null":
            return []
    found = [raw] if bytes(memoryview(raw)[:1]) == b"{" and reading.records == "" else _LIST.decode(raw)
    for name in filter(None, reading.inside.split(".")):
        found = [_OBJECT.decode(one)[name] for one in found]
    return [bytes(memoryview(one)) for one in found]


def lined_rows(
    row: Mapping[str, Any], reading: Reading, own: list[Mapping[str, Any]] | None = None
) -> Iterator[Mapping[str, Any]]:
    """Yield a record once for each of its lines, that line in the place of the list; a record without lines once.

    Parameters
    ----------
    row
        The record.
    reading
        Where its lines stand, and which of them count.
    own
        All its lines, where it holds the first of them only.

    Examples
    --------
    >>> list(lined_rows({"id": 1, "items": [{"sku": "a"}, {"sku": "b"}]}, Reading("/orders", lines="items")))
    [{'id': 1, 'items': {'sku': 'a'}}, {'id': 1, 'items': {'sku': 'b'}}]
    """
    found = value_at(row, reading.lines) if own is None else own
    if isinstance(found, list) and reading.which_lines is not None:
        found = [line for line in found if counts(line, reading.which_lines)]
    if not isinstance(found, list) or not found:
        yield row
        return
    names = reading.lines.split(".")
    for line in found:
        copy = inner = dict(row)
        for name in names[:-1]:
            inner[name] = dict(inner[name])
            inner = inner[name]
        inner[names[-1]] = line
        yield copy


def with_names(row: Mapping[str, Any], named: Named) -> Mapping[str, Any]:
    """Return a record in which a list of named fields is an object with these names; of two alike the first counts.

    Parameters
    ----------
    row
        The record; it is not changed.
    named
        Where the list stands.

    Examples
    --------
    >>> fields = [{"name": "Client", "text": "Acme"}, {"name": "Job no.", "number": 7, "text": "7"}]
    >>> with_names({"id": 1, "own": fields}, Named("own", "name", ("number", "text")))["own"]
    {'client': 'Acme', 'job no': 7}
    """
    entries = value_at(row, named.path)
    if not isinstance(entries, list):
        return row
    found: dict[str, Any] = {}
    for one in entries:
        filled = [value for path in named.values if (value := value_at(one, path)) not in (None, "")]
        found.setdefault(named_key(text_at(one, named.name)), filled[0] if filled else None)
    changed: Mapping[str, Any] = with_value_at(row, named.path, found)
    return changed
