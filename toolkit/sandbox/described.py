"""The description of an object, for queries that name its fields: every field that the connector would name is shown."""

import re
from collections.abc import Iterable
from dataclasses import replace

from toolkit.connector import Selection
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.places import put
from toolkit.sandbox.routes import Route
from toolkit.sandbox.stand_in import Record

_INNER = re.compile(r"\(SELECT (?P<fields>.+) FROM (?P<list>\w+).*\)")


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
        for inner in filter(None, map(_INNER.fullmatch, (*selection.wanted, *selection.offered))):
            path = selection.child_path.replace("{child}", _object_of(inner["list"]))
            if path and asked.path == f"{home.rstrip('/')}/{path.lstrip('/')}":
                return _described(replace(selection, wanted=tuple(re.split(", *", inner["fields"])), offered=()))
    return None


def _object_of(name: str) -> str:
    """Return the object that a list is of: the vendor names the list in the plural."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _described(selection: Selection) -> Record:
    fields: list[Record] = []
    children: list[Record] = []
    for name in dict.fromkeys((*selection.wanted, *selection.offered)):
        entry: Record = {}
        if (inner := _INNER.fullmatch(name)) is not None:
            put(entry, selection.children[1], inner["list"])
            put(entry, selection.child, _object_of(inner["list"]))
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
