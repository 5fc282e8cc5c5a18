"""The description of an object, for queries that name its fields: every field that the connector would name is shown."""

import re
from collections.abc import Iterable

from toolkit.connector import Selection
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.places import put
from toolkit.sandbox.routes import Route
from toolkit.sandbox.stand_in import Record


def description(routes: Iterable[Route], asked: Asked, home: str) -> Record | None:
    """Return what a description that is asked for says; None where none is.

    Parameters
    ----------
    routes
        The lists of the system.
    asked
        The request.
    home
        Path of the interface's address.
    """
    for route in routes:
        selection = route.reading.selection
        if selection is None or asked.method != "GET":
            continue
        if asked.path == f"{home.rstrip('/')}/{selection.path.lstrip('/')}":
            return _described(selection)
    return None


def _described(selection: Selection) -> Record:
    fields: list[Record] = []
    children: list[Record] = []
    for name in dict.fromkeys((*selection.wanted, *selection.offered)):
        entry: Record = {}
        if name.startswith("("):
            listed = re.search(r"(?i)\bFROM\s+(\w+)", name)
            put(entry, selection.children[1], listed[1] if listed is not None else name)
            children.append(entry)
            continue
        parent, dot, _ = name.partition(".")
        put(entry, selection.names[1], f"{parent}Id" if dot else name)
        put(entry, selection.parents[1], parent if dot else None)
        fields.append(entry)
    body: Record = {}
    put(body, selection.names[0], fields)
    put(body, selection.children[0], children)
    return body
