"""Which fields a query names: those that the vendor shows to these credentials, and the client's own."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from toolkit.connector import Selection
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, value_at

MAX_CHARS = 8000
"""Servers refuse longer addresses, most from 16,384 bytes on, headers among them: a client's own fields end before."""

PLACE = "{fields}"


def selected(call: Call, selection: Selection, client: RestClient, said: str) -> tuple[Call, tuple[str, ...]]:
    """Return a request whose query names the fields that are there, and sentences on those that are not.

    Parameters
    ----------
    call
        The request, with the place of the fields in its query.
    selection
        Which are wanted.
    client
        What asks for the description.
    said
        The stream, as a sentence names it.
    """
    described = client.answer(Call(f"{client.url}/{selection.path.lstrip('/')}")).parsed
    names, parents, children = (
        {text_at(one, inner) for one in value_at(described, outer) or ()} - {""}
        for outer, inner in (selection.names, selection.parents, selection.children)
    )

    def is_there(name: str) -> bool:
        return _is_there(name, names, parents, children)

    found = [name for name in (*selection.wanted, *selection.offered) if is_there(name)]
    missing = [name for name in selection.wanted if not is_there(name)]
    notes = []
    if missing:
        notes.append(f"{said}: the credentials do not show {', '.join(missing)}, so that these are left out.")
    own = sorted(name for name in names - set(found) if selection.further and re.fullmatch(selection.further, name))
    fitting = _fitting(found, own, lambda text: _length(call, text))
    if len(fitting) < len(found) + len(own):
        notes.append(
            f"{said}: {len(found) + len(own) - len(fitting)} of the client's own fields are left out, being too many."
        )
    text = ", ".join(fitting)
    query = tuple((name, value.replace(PLACE, text)) for name, value in call.query)
    return Call(call.url, call.method, query, call.body, call.headers), tuple(notes)


def _is_there(name: str, names: set[str], parents: set[str], children: set[str]) -> bool:
    """Return whether a vendor shows a field, one of a record that it refers to, or a list of those that refer to it."""
    if name.startswith("("):
        listed = re.search(r"(?i)\bFROM\s+(\w+)", name)
        return listed is not None and listed[1] in children
    parent, dot, _ = name.partition(".")
    return parent in parents if dot else name in names


def _fitting(found: Sequence[str], own: Sequence[str], length: Callable[[str], int]) -> list[str]:
    """Return as many names as fit into an address: what is read first."""
    names = [*found, *own]
    while len(names) > len(found) and length(", ".join(names)) > MAX_CHARS:
        names.pop()
    return names


def _length(call: Call, text: str) -> int:
    return sum(len(quote(value.replace(PLACE, text))) for _, value in call.query)
