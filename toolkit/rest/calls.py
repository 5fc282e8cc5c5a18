"""One request of a pull, as data that can be kept on disk: no header of a credential is in it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from toolkit.connector.write_calls import CallForm
from toolkit.errors import InputError
from toolkit.rest.places import with_value_at


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: ``url`` without a query, the query's pairs, the body as JSON text (empty: none), further headers.

    ``form`` is how the body is sent: as it stands, as the fields of a web form, or as an envelope of SOAP.
    """

    url: str
    method: str = "GET"
    query: tuple[tuple[str, str], ...] = ()
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    form: CallForm = "json"

    def with_param(self, name: str, value: str | int, *, in_body: bool = False) -> Self:
        """Return the call with a parameter set: in the query, or at a path of the body.

        Parameters
        ----------
        name
            Of the parameter; a path where it stands in the body.
        value
            What it is; a number stands in a body as a number.
        in_body
            Whether it stands in the body.

        Examples
        --------
        >>> Call("https://crm.example/deals", query=(("page", "1"), ("size", "9"))).with_param("page", "2").query
        (('size', '9'), ('page', '2'))
        """
        if in_body:
            return replace(self, body=json.dumps(with_value_at(json.loads(self.body or "{}"), name, value)))
        return replace(self, query=(*(pair for pair in self.query if pair[0] != name), (name, str(value))))

    def with_header(self, name: str, value: str) -> Self:
        """Return the call with a further header."""
        return replace(self, headers=(*self.headers, (name, value)))

    @property
    def kept(self) -> dict[str, Any]:
        """The call as JSON."""
        return {
            "url": self.url,
            "method": self.method,
            "query": [list(pair) for pair in self.query],
            "body": self.body,
            "headers": [list(pair) for pair in self.headers],
        }

    @property
    def said(self) -> str:
        """The call as a sentence names it: without its parameters, which may hold a client's data."""
        return f"{self.method} {urlsplit(self.url).path or '/'}"


def kept_call(kept: Mapping[str, Any]) -> Call:
    """Return a call that was kept."""
    return Call(
        kept["url"],
        kept["method"],
        tuple((name, value) for name, value in kept["query"]),
        kept["body"],
        tuple((name, value) for name, value in kept["headers"]),
    )


def sent_value(name: str, value: str, base64: Collection[str]) -> str:
    """Return a parameter's value as it is sent: in base64 (URL-safe), where the vendor takes it so.

    Parameters
    ----------
    name
        Of the parameter.
    value
        What it is.
    base64
        The parameters that are taken in base64.

    Examples
    --------
    >>> sent_value("d", '[["active", "=", true]]', ("d",)), sent_value("s", "100", ("d",))
    ('W1siYWN0aXZlIiwgIj0iLCB0cnVlXV0=', '100')
    """
    return urlsafe_b64encode(value.encode()).decode() if name in base64 else value


def linked_call(link: str, before: Call) -> Call:
    """Return the call of an address that an answer gave, whole or without its host.

    Examples
    --------
    >>> before = Call("https://crm.example/api/v2/deals", query=(("size", "9"),))
    >>> linked_call("/api/v2/deals?page=2", before).url, linked_call("?page=2", before).query
    ('https://crm.example/api/v2/deals', (('page', '2'),))
    """
    from urllib.parse import urljoin

    parts = urlsplit(urljoin(before.url, link))
    address = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    return Call(address, query=tuple(parse_qsl(parts.query, keep_blank_values=True)), headers=before.headers)


def filled(text: str, places: Mapping[str, str]) -> str:
    """Return a text with its places in braces filled.

    Raises
    ------
    InputError
        One of them is not known.

    Examples
    --------
    >>> filled("https://{domain}.example/api", {"domain": "harbor"})
    'https://harbor.example/api'
    """
    if "{" not in text:
        return text
    import re

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in places:
            raise InputError(
                f"{text} has a place {name!r} that nothing fills. Give it under 'places' of the system in "
                "engagement.yaml, or "
                "sign in again if signing in tells it."
            )
        return places[name]

    return re.sub(r"\{([a-z][a-z0-9_]*)\}", value, text)
