"""A body as an envelope of SOAP 1.1: JSON in, JSON out, so that all else holds an envelope as any other body.

The namespace of an element stands in ``@xmlns``, where it is another than that of the element around it, and the text of
such an element in ``#text``. Elements of one name are a list. Other attributes say nothing here, but for ``xsi:nil``.

Envelopes are read with defusedxml: a document type, an entity or a reference to another file is refused before it is
looked at. It is all that the extra ``soap`` brings. A whole client of SOAP (zeep) would bring lxml and requests, read the
vendor's description from the wire, and send by a way of its own, past the list of what may be sent.

Source: SOAP 1.1, W3C note of 2000 (sections 4, 6).
"""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from toolkit.errors import InputError

CONTENT_TYPE = "text/xml; charset=UTF-8"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SESSION = "{session}"
"""What stands in the head of an envelope where the secret of a session belongs: that is put in behind the guard."""
XMLNS, TEXT = "@xmlns", "#text"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAX_DEPTH = 100


def refuse_without_reader() -> None:
    """Refuse to speak SOAP where what reads its answers is not installed.

    Raises
    ------
    InputError
        With what to type.
    """
    if find_spec("defusedxml") is None:
        raise InputError(
            "This system merges records over SOAP, which needs the extra 'soap': python -m pip install "
            "'integration-audit[soap]'. Nothing was sent."
        )


def soap_text(body: str) -> str:
    """Return a body of JSON, ``Header`` and ``Body``, as an envelope.

    Raises
    ------
    ValueError
        A name or a text in it cannot stand in XML.

    Examples
    --------
    >>> soap_text('{"Body": {"merge": {"@xmlns": "urn:p", "id": "A & B"}}}').partition("<soap:Body>")[2]
    '<merge xmlns="urn:p"><id>A &amp; B</id></merge></soap:Body></soap:Envelope>'
    """
    parts = json.loads(body)
    inner = "".join(f"<soap:{name}>{_inside(parts[name])}</soap:{name}>" for name in ("Header", "Body") if name in parts)
    return f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{ENVELOPE}">{inner}</soap:Envelope>'


def soap_json(body: bytes) -> Any:
    """Return an envelope as JSON: the inverse of `soap_text`, every value a text.

    Raises
    ------
    ValueError
        It is no envelope, it declares a document type or an entity, or it is nested deeper than any answer.

    Examples
    --------
    >>> soap_json(soap_text('{"Body": {"merge": {"@xmlns": "urn:p", "id": ["1", "2"]}}}').encode())
    {'Body': {'merge': {'@xmlns': 'urn:p', 'id': ['1', '2']}}}
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeError, RecursionError, ValueError, LookupError) as error:
        raise ValueError("no envelope") from error
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise ValueError("no envelope")
    return {name: _value(part, "", 0) for part in root for space, name in (_named(part.tag),) if space == ENVELOPE}


def fault_code(body: bytes) -> str:
    """Return the code of a fault that an envelope holds, without its namespace; empty where it holds none.

    Examples
    --------
    >>> fault_code(soap_text('{"Body": {"Fault": {"faultcode": "sf:INVALID_SESSION_ID"}}}').encode())
    'INVALID_SESSION_ID'
    """
    try:
        found = soap_json(body).get("Body")
    except ValueError:
        return ""
    fault = found.get("Fault") if isinstance(found, Mapping) else None
    code = fault.get("faultcode") if isinstance(fault, Mapping) else None
    text = code.get(TEXT) if isinstance(code, Mapping) else code
    return str(text or "").rpartition(":")[2]


def _inside(value: Any) -> str:
    return "".join(_elements(value)) if isinstance(value, Mapping) else _legal("" if value is None else str(value))


def _elements(parts: Mapping[str, Any]) -> Iterator[str]:
    for name, value in parts.items():
        if name == XMLNS:
            continue
        if name == TEXT:
            yield _legal(str(value or ""))
            continue
        if _NAME.fullmatch(name) is None:
            raise ValueError(f"{name!r} is no name of an element")
        for one in value if isinstance(value, list) else [value]:
            space = one.get(XMLNS) if isinstance(one, Mapping) else None
            yield f"<{name}{f' xmlns={quoteattr(space)}' if space else ''}>{_inside(one)}</{name}>"


def _legal(text: str) -> str:
    if _ILLEGAL.search(text):
        raise ValueError("a text holds what XML cannot hold")
    return escape(text)


def _value(element: Any, around: str, depth: int) -> Any:
    """Return what stands in an element: a text, nothing, or its elements by name."""
    if depth > _MAX_DEPTH:
        raise ValueError("no envelope")
    if element.get(_NIL) in {"true", "1"}:
        return None
    found: dict[str, Any] = {}
    space, _ = _named(element.tag)
    if space not in {around, ENVELOPE}:
        found[XMLNS] = space
    for child in element:
        _, name = _named(child.tag)
        value = _value(child, space if space != ENVELOPE else "", depth + 1)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    text = (element.text or "").strip() if not len(element) else ""
    if not found:
        return text or None
    return {**found, TEXT: text} if text else found


def _named(tag: Any) -> tuple[str, str]:
    space, _, name = str(tag).rpartition("}")
    return space.removeprefix("{"), name
