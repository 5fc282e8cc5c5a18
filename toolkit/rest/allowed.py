"""What a pull may send, and nothing else: method, path and body, as its streams' readings name them.

Some reads are POSTs; their body is held against the one that the connector wrote, but for the few places that change from
page to page (a cursor, a moment).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from toolkit.connector import Api, GraphConnection, Job, Keyset, LinkHeader, NextLink, Offset, PageNumber, Reading
from toolkit.connector.paging import Cursor
from toolkit.connector.write_calls import CallForm
from toolkit.rest.body_forms import as_json, as_sent
from toolkit.rest.calls import filled
from toolkit.rest.places import names_of, path_of, value_at, without_values_at

_SEGMENT = r"[^/?#]+"
ID = "{id}"
"""What stands for the id of a record, in addresses and in the names of a body."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """One kind of request: its method, a pattern of its path, and the body, but for what stands at ``free`` paths.

    At ``ids`` stands a list of nothing but ids. Of a change, ``changes`` are the paths of all fields that it may hold
    beside its fixed ones, ``wholes`` those of objects that are sent as the record has them, ``repeats`` of whatever it
    has, ``lines`` is a list of a document's lines, and what each may hold; ``form`` is how it is sent.
    """

    method: str
    path: re.Pattern[str]
    body: str = ""
    free: tuple[str, ...] = ()
    ids: str = ""
    changes: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    lines: "AllowedLines | None" = None
    form: CallForm = "json"

    def is_met(self, method: str, path: str, body: bytes) -> bool:
        """Return whether a request is of this kind.

        Parameters
        ----------
        method
            Of the request.
        path
            Of its address.
        body
            What it sends.

        Examples
        --------
        >>> search = Allowed("POST", re.compile("/search"), '{"query": "{deals}", "after": null}', ("after",))
        >>> search.is_met("POST", "/search", b'{"query": "{deals}", "after": "77"}')
        True
        >>> search.is_met("POST", "/search", b'{"query": "mutation {x}"}'), search.is_met("DELETE", "/search", b"")
        (False, False)
        """
        if method != self.method or self.path.fullmatch(path) is None:
            return False
        return self._is_body(body) if self.body else not body

    def _is_body(self, body: bytes) -> bool:
        """Whether a body is the one that the connector wrote, but for what is free in it."""
        try:
            sent = as_json(body, self.form)
        except ValueError:
            return False
        mine = as_json(as_sent(self.body, self.form).encode(), self.form)
        if self.lines is not None:
            if not self.lines.are_met(value_at(sent, self.lines.path)):
                return False
            # What is around the list may be there for its sake.
            sent, mine = (_bare(without_values_at(one, [self.lines.path])) for one in (sent, mine))
        if self.changes:
            is_flat = all(_is_flat(value_at(sent, one)) for one in self.wholes)
            sent, mine = (without_values_at(one, [*self.wholes, *self.repeats]) for one in (sent, mine))
            return is_flat and _is_change(sent, mine, self.changes)
        is_plain = all(not isinstance(value_at(sent, one), dict | list) for one in self.free)
        if self.ids and not _are_ids(value_at(sent, self.ids)):
            return False
        free = (*self.free, self.ids) if self.ids else self.free
        return is_plain and without_values_at(_with_parents(sent, free), free) == without_values_at(
            _with_parents(mine, free), free
        )


@dataclass(frozen=True, slots=True)
class AllowedLines:
    """The lines of a document in the body of a change: where they stand, what is fixed in each, and what each may hold."""

    path: str
    body: str
    changes: tuple[str, ...]

    def are_met(self, found: object) -> bool:
        """Return whether what stands there are such lines, or nothing."""
        fixed = json.loads(self.body)
        return found is None or (isinstance(found, list) and all(_is_change(one, fixed, self.changes) for one in found))


def _is_change(sent: object, fixed: object, changes: tuple[str, ...]) -> bool:
    """Whether a body holds the fixed fields and, of all others, only plain values of those that may be changed."""
    changes = tuple(one for path in changes for one in _with_ids(sent, path))
    is_plain = all(not isinstance(value_at(sent, one), dict | list) for one in changes)
    return is_plain and _bare(without_values_at(sent, changes)) == _bare(without_values_at(fixed, changes))


def _with_ids(sent: object, path: str) -> tuple[str, ...]:
    """Return a path, or those of what a body holds under names with an id in them, where the path has ``{id}`` there."""
    if ID not in path:
        return (path,)
    names = names_of(path)
    place = next(number for number, name in enumerate(names) if ID in name)
    pattern = r"[\w-]+".join(re.escape(one) for one in names[place].split(ID))
    held = value_at(sent, path_of(names[:place]))
    found = [one for one in held if re.fullmatch(pattern, one)] if isinstance(held, dict) else []
    return tuple(path_of([*names[:place], one, *names[place + 1 :]]) for one in found)


def _is_flat(value: object) -> bool:
    """Whether something is an object of plain values, a list of such, or nothing."""
    entries = value if isinstance(value, list) else [{} if value is None else value]
    return all(
        isinstance(one, dict) and not any(isinstance(inner, dict | list) for inner in one.values()) for one in entries
    )


def _bare(value: object) -> object:
    """Return JSON without the objects that hold nothing: what wraps a field that was left out."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _bare(one) for name, one in value.items()}
    return {name: one for name, one in found.items() if one != {}}


def _are_ids(found: object) -> bool:
    return isinstance(found, list) and all(
        type(one) is dict and one.keys() == {"id"} and type(one["id"]) is str for one in found
    )


def _with_parents(value: object, paths: Iterable[str]) -> object:
    """Return JSON in which the objects around some paths exist, so that an absent one equals an empty one."""
    from toolkit.rest.places import with_value_at

    for path in paths:
        value = with_value_at(value, path, value_at(value, path))
    return value


def allowed_requests(api: Api, readings: Iterable[Reading], places: Mapping[str, str]) -> tuple[Allowed, ...]:
    """Return everything that the readings of a system may send, and the call that names the account.

    Parameters
    ----------
    api
        The interface.
    readings
        Of all streams that are pulled.
    places
        What fills the places of addresses.
    """
    pattern = path_patterns(api, places)
    found = []
    if (about := api.account) is not None:
        found.append(Allowed("POST" if about.body else "GET", pattern(filled(about.path, places)), about.body))
    for one in (one for reading in readings for one in (reading, *(each.reading for each in reading.completed))):
        path = pattern(filled(one.path, known_places(places, one.path)))
        found.append(Allowed(one.method, path, one.body, free_places(one), one.ids))
        if isinstance(one.paging, NextLink | LinkHeader):
            # A link goes on below the list it belongs to; a vendor that leads elsewhere says where.
            ways = (one.paging.below or one.path).split("|")
            found += [Allowed("GET", pattern(below, is_prefix=True)) for below in ways]
        if one.selection is not None:
            found += [Allowed("GET", pattern(path)) for path in (one.selection.path, one.selection.child_path) if path]
        if isinstance(one.paging, Job):
            found += [Allowed("GET", pattern(path)) for path in (one.paging.poll, one.paging.result) if path]
    return tuple(found)


def path_patterns(api: Api, places: Mapping[str, str]) -> Callable[..., re.Pattern[str]]:
    """Return what makes patterns of paths below an interface's home."""
    home = urlsplit(filled(api.url, places)).path.rstrip("/")

    def pattern(path: str, *, is_prefix: bool = False) -> re.Pattern[str]:
        whole = path if path.startswith("//") else f"{home}/{path.lstrip('/')}"
        parts = re.split(r"\{[a-z][a-z0-9_]*\}", "/" + whole.lstrip("/"))
        # A place is one step of the path: it can lead nowhere else.
        return re.compile(_SEGMENT.join(re.escape(one) for one in parts) + (r"(?:/[^?#]*)?" if is_prefix else ""))

    return pattern


def known_places(places: Mapping[str, str], text: str) -> Mapping[str, str]:
    """Return the places of a text that are known; the others stay, to be filled by the vendor's own ids."""
    names = re.findall(r"\{([a-z][a-z0-9_]*)\}", text)
    return {name: places.get(name, f"{{{name}}}") for name in names}


def free_places(reading: Reading) -> tuple[str, ...]:
    """Return the places of a reading's body that change from request to request."""
    if not reading.body:
        return ()
    found = [] if reading.changed is None or not reading.changed.param else [reading.changed.param]
    found += filter(None, [reading.parent_param])
    if reading.window is not None:
        found += filter(None, [reading.window.start, reading.window.end, reading.window.param])
    match reading.paging:
        case GraphConnection(variable=variable):
            found.append(f"variables.{variable}")
        case Cursor(param=param, place="body") | Keyset(param=param, place="body"):
            found.append(param)
        case PageNumber(param=param, size_param=size, place="body") | Offset(param=param, size_param=size, place="body"):
            found += filter(None, [param, size])
        case _:
            pass
    return tuple(found)
