"""A body as the fields of a web form: what stands inside another is named in brackets (``metadata[note]=…``)."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from toolkit.rest.places import text_of_value, with_value_at


def form_text(body: str) -> str:
    """Return a body of JSON as a web form sends it; an empty value empties the field.

    Examples
    --------
    >>> form_text('{"name": "Acme & Co", "metadata": {"note": null}, "items": [{"price": "p1"}]}')
    'name=Acme+%26+Co&metadata%5Bnote%5D=&items%5B0%5D%5Bprice%5D=p1'
    """
    return urlencode(list(_pairs("", json.loads(body)))) if body else ""


def form_json(body: bytes) -> Any:
    """Return the fields of a web form as JSON: the inverse of `form_text`, every value a text.

    Raises
    ------
    ValueError
        It is no form.

    Examples
    --------
    >>> form_json(b"name=Acme&metadata%5Bnote%5D=")
    {'name': 'Acme', 'metadata': {'note': ''}}
    """
    found: Any = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)):
        found = with_value_at(found, name.replace("]", "").replace("[", "."), value)
    return found


def as_form(value: Any) -> Any:
    """Return JSON as it comes back from a web form: every value a text, lists as objects by number.

    Examples
    --------
    >>> as_form({"active": True, "items": [{"price": 5}]})
    {'active': 'true', 'items': {'0': {'price': '5'}}}
    """
    return form_json(form_text(json.dumps(value)).encode())


def _pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield name, text_of_value(value)
        return
    for part, one in inner:
        yield from _pairs(f"{name}[{part}]" if name else str(part), one)
