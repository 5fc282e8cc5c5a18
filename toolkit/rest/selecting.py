"""Which fields a query names: those that the vendor shows to these credentials, and the client's own."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from toolkit.connector import Selection
from toolkit.errors import NotOfferedError, ScopeError
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, value_at

MAX_CHARS = 8000
"""Servers refuse longer addresses, most from 16,384 bytes on, headers among them: a client's own fields end before."""

PLACE = "{fields}"

_INNER = re.compile(r"\(SELECT (?P<fields>.+) FROM (?P<list>\w+)(?P<rest>.*)\)")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the description of an object shows: fields, records it refers to, lists that refer to it, and what each is of."""

    names: set[str]
    parents: set[str]
    children: Mapping[str, str]

    def has(self, name: str) -> bool:
        """Return whether a field is shown, or the record whose field it is."""
        parent, dot, _ = name.partition(".")
        return parent in self.parents if dot else name in self.names


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
    shown = _shown(client, selection, selection.path)
    found, missing = [], []
    for name in (*selection.wanted, *selection.offered):
        text, lacking = _shown_part(name, shown, selection, client)
        found += [text] if text else []
        missing += lacking if name in selection.wanted else []
    notes = []
    if missing:
        notes.append(f"{said}: the credentials do not show {', '.join(missing)}, so that these are left out.")
    own = sorted(name for name in shown.names - set(found) if selection.further and re.fullmatch(selection.further, name))
    fitting = _fitting(found, own, lambda text: _length(call, text))
    if len(fitting) < len(found) + len(own):
        notes.append(
            f"{said}: {len(found) + len(own) - len(fitting)} of the client's own fields are left out, being too many."
        )
    text = ", ".join(fitting)
    query = tuple((name, value.replace(PLACE, text)) for name, value in call.query)
    return Call(call.url, call.method, query, call.body, call.headers), tuple(notes)


def _shown(client: RestClient, selection: Selection, path: str) -> _Shown:
    """Return what the description at a path shows."""
    described = client.answer(Call(f"{client.url}/{path.lstrip('/')}")).parsed
    names, parents = (
        {text_at(one, inner) for one in value_at(described, outer) or ()} - {""}
        for outer, inner in (selection.names, selection.parents)
    )
    outer, inner = selection.children
    children = {text_at(one, inner): text_at(one, selection.child) for one in value_at(described, outer) or ()}
    return _Shown(names, parents, {name: of for name, of in children.items() if name})


def _shown_part(name: str, shown: _Shown, selection: Selection, client: RestClient) -> tuple[str, list[str]]:
    """Return what of a field or of a query inside the query is shown (empty: nothing), and what is not."""
    inner = _INNER.fullmatch(name)
    if inner is None:
        return (name, []) if shown.has(name) else ("", [name])
    if inner["list"] not in shown.children:
        return "", [name]
    child = shown.children[inner["list"]]
    if not child or not selection.child_path:
        return name, []
    try:
        own = _shown(client, selection, selection.child_path.replace("{child}", child))
    except (NotOfferedError, ScopeError):
        return "", [name]
    fields = [one.strip() for one in inner["fields"].split(",")]
    kept = [one for one in fields if own.has(one)]
    hidden = [f"{inner['list']}.{one}" for one in fields if one not in kept]
    return f"(SELECT {', '.join(kept)} FROM {inner['list']}{inner['rest']})" if kept else "", hidden


def _fitting(found: Sequence[str], own: Sequence[str], length: Callable[[str], int]) -> list[str]:
    """Return as many names as fit into an address: what is read first."""
    names = [*found, *own]
    while len(names) > len(found) and length(", ".join(names)) > MAX_CHARS:
        names.pop()
    return names


def _length(call: Call, text: str) -> int:
    return sum(len(quote(value.replace(PLACE, text))) for _, value in call.query)
