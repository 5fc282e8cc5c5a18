"""Which change a request asks for, or which one record, or which one with a mark: by what the connector says of writing."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import unquote

from toolkit.connector import Batch, Mark, OneCall, Stream, WriteCall, Writing
from toolkit.connector.write_calls import CallForm
from toolkit.rest.body_forms import as_json, as_sent
from toolkit.rest.places import text_at, value_at, without_values_at
from toolkit.sandbox.exchange import Asked

ENTRY = "/(entry)"
"""How the path ends of one entry of a request that changes several records: no client asks for it."""
Kind = Literal[
    "create",
    "update",
    "archive",
    "restore",
    "delete",
    "merge",
    "refer",
    "upsert",
    "read",
    "find",
    "preview",
    "state",
    "where",
]
_READS = frozenset({"read", "preview", "state"})


@dataclass(frozen=True, slots=True)
class ChangeRoute:
    """One kind of request of one stream: ``body`` is what it always says, ``id_path`` where it names the record.

    One that fills or empties a single ``column`` says in its path with what.
    """

    stream: Stream
    writing: Writing
    kind: Kind
    method: str
    path: re.Pattern[str]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    id_path: str = ""
    call: WriteCall | None = None
    column: str = ""
    mark: Mark | None = None

    @property
    def form(self) -> CallForm:
        """How the body of such a request is written."""
        return (self.call.form or self.writing.body_form) if self.call is not None else "json"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a request asks for: its route, the record (null where one is made or found by its mark), what it says of it.

    ``sent`` is the record as it stands in the body, ``version`` the one that is meant (null: none is named), ``value`` what
    fills a single column, ``before`` what it is emptied of; ``into`` is the record that another one is merged into.
    ``field`` is the client's own one that holds ids of other systems, ``own_key`` what stands there of the record.
    """

    route: ChangeRoute
    record_id: str | None
    sent: Any
    version: str | None = None
    key: str = ""
    mark: str = ""
    value: str = ""
    before: str = ""
    into: str = ""
    field: str = ""
    own_key: str = ""


def change_routes(streams: Iterable[Stream], home: str) -> tuple[ChangeRoute, ...]:
    """Return every kind of request that changes a record of these streams, or reads one.

    Parameters
    ----------
    streams
        Of the connector.
    home
        Path of the interface's address.
    """
    return tuple(one for stream in streams if stream.writing is not None for one in _routes(stream, stream.writing, home))


def _routes(stream: Stream, writing: Writing, home: str) -> Iterator[ChangeRoute]:
    calls: tuple[tuple[Kind, WriteCall | None], ...] = (
        ("create", writing.create),
        ("update", writing.update),
        ("archive", writing.archive),
        ("restore", writing.restore),
        ("delete", writing.delete),
        ("update", writing.repoint),
        ("update", _entry(writing.batch)),
        ("merge", writing.merge.call if writing.merge is not None else None),
        ("upsert", writing.upsert.call if writing.upsert is not None else None),
    )
    own = [("", *pair) for pair in calls]
    own += [(one.column, "refer", call) for one in writing.by_column for call in (one.fill, one.clear)]
    for column, kind, call in own:
        if call is not None:
            body = json.loads(call.body) if call.body else {}
            path = _pattern(home, call.path)
            yield ChangeRoute(stream, writing, kind, call.method, path, dict(call.query), body, call.id_path, call, column)
    for kind, one in _reads(writing):
        body = json.loads(one.body) if one.body else None
        yield ChangeRoute(stream, writing, kind, one.method, _pattern(home, one.path), dict(one.query), body, one.id_path)
    for mark in filter(None, (writing.mark, writing.upsert.mark if writing.upsert is not None else None)):
        method, body = ("POST", json.loads(mark.body)) if mark.body else ("GET", None)
        yield ChangeRoute(stream, writing, "find", method, _pattern(home, mark.path), body=body, mark=mark)


def _reads(writing: Writing) -> Iterator[tuple[Kind, OneCall]]:
    """Yield what is read of a record, and what is asked of a merge before and behind it."""
    yield "read", writing.one
    if (merge := writing.merge) is None:
        return
    # Where the address tells what is asked, other columns of a record are the same request.
    yield from (("read", one) for one in merge.before if one.body)
    if merge.preview is not None:
        yield "preview", merge.preview.call
    if merge.call.awaited is not None:
        yield "state", merge.call.awaited.call
    if merge.where is not None:
        yield "where", merge.where


def _entry(batch: Batch | None) -> WriteCall | None:
    """Return how one record of a request that changes several is changed, as if it were a request of its own."""
    return None if batch is None else replace(batch.call, path=f"{batch.call.path}{ENTRY}")


def batch_of(streams: Iterable[Stream], home: str, asked: Asked) -> Batch | None:
    """Return what a request that changes several records is described by; null where it is none.

    Parameters
    ----------
    streams
        Of the connector.
    home
        Path of the interface's address.
    asked
        The request.
    """
    for stream in streams:
        batch = stream.writing.batch if stream.writing is not None else None
        if batch is not None and asked.method == batch.call.method and _pattern(home, batch.call.path).fullmatch(asked.path):
            return batch
    return None


def _pattern(home: str, path: str) -> re.Pattern[str]:
    whole = re.escape(f"/{path.lstrip('/')}" if path.startswith("//") else f"{home.rstrip('/')}/{path.lstrip('/')}")
    for name in ("id", "into", "value", "before", "field", "key"):
        whole = whole.replace(rf"\{{{name}\}}", f"(?P<{name}>[^/?#]+)", 1).replace(rf"\{{{name}\}}", f"(?P={name})")
    return re.compile(re.sub(r"\\\{[a-z][a-z0-9_]*\\\}", "[^/?#]+", whole))


def asked_for(
    routes: Sequence[ChangeRoute], asked: Asked, holds: Callable[[Stream, str], bool] = lambda _stream, _id: True
) -> AskedFor | None:
    """Return what a request asks for; of several the one that says most of it, null where it is none of these.

    Parameters
    ----------
    routes
        Of the system.
    asked
        The request.
    holds
        Whether a list has a record: of several at one address that one is meant.
    """
    found = [(score, one) for route in routes if (read := _read(route, asked)) is not None for score, one in (read,)]
    if len(found) > 1:
        found = [pair for pair in found if pair[1].record_id and holds(pair[1].route.stream, pair[1].record_id)] or found
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _read(route: ChangeRoute, asked: Asked) -> tuple[int, AskedFor] | None:
    """Return what a request says as one of a route, with how much of what it always says it does say."""
    place = route.path.fullmatch(asked.path)
    if place is None or asked.method != route.method:
        return None
    writing = route.writing
    differs = any(asked.query.get(name) != value for name, value in route.query.items() if "{id}" not in value)
    # A client that wants other columns of one record asks for the same record.
    if differs and route.kind != "read":
        return None
    body = _body(asked, route.form)
    if route.kind == "find":
        return _found_by_mark(route, asked, body)
    score = _likeness(route, body)
    said = {name: unquote(found) for name, found in place.groupdict().items()}
    if "key" in said:
        said["own_key"] = said.pop("key")
    record_id = said.pop("id", "") or (_id_in_body(route, body) if route.id_path else "") or _id_in_query(route, asked)
    if score is None or (route.kind in {"create", "upsert"}) != (not record_id):
        return None
    sent = value_at(body, writing.body_inside) if writing.body_inside else body
    version = writing.version
    meant = ""
    if version is not None and version.condition_path:
        top, path = version.condition_path.startswith("/"), version.condition_path.removeprefix("/")
        meant = text_at(body if top else sent, path.replace("{id}", record_id))
    elif version is not None and version.condition:
        meant = asked.headers.get(version.condition.casefold(), "")
    key = asked.headers.get(writing.key_header.casefold(), "") if writing.key_header else ""
    key = key or (asked.query.get(writing.key_param, "") if writing.key_param else "")
    if into_path := _into_path(route):
        said["into"] = _id_at(route, body, into_path)
    return score + len(route.query), AskedFor(route, record_id or None, sent, meant or None, key, **said)


def _body(asked: Asked, form: CallForm) -> Any:
    if form == "json":
        return asked.json
    try:
        return as_json(asked.body, form)
    except ValueError:
        return {}


def _into_path(route: ChangeRoute) -> str:
    """Return where a body names the record that another one is merged into; empty where it does not."""
    merge = route.writing.merge
    if merge is None or route.kind not in {"merge", "preview"}:
        return ""
    return merge.preview.into_path if route.kind == "preview" and merge.preview is not None else merge.into_path


def _likeness(route: ChangeRoute, body: Any) -> int | None:
    """Return how many of a route's fixed values a body holds; null where it lacks one that tells what is asked."""
    if not route.body:
        return 0
    form = route.form
    fixed = route.body if form == "json" else as_json(as_sent(json.dumps(route.body), form).encode(), form)
    inside = route.writing.body_inside
    is_bare = route.call is not None and not route.call.has_fields
    free = {route.id_path, _into_path(route)}
    score = 0
    for path, value in leaves(fixed):
        if path in free:
            continue
        if inside.startswith(f"{path}.") and not is_bare:
            # The record is an entry of a list: what it always says stands in that.
            said = value_at(body, inside)
            score += sum(value_at(said, at) == one for at, one in leaves(value_at(fixed, inside)))
            continue
        is_same = value_at(body, path) == value
        # What stands beside the record (a query's text), or is all that a request says, tells what is asked.
        is_beside = path != inside and not path.startswith(f"{inside}.") and not inside.startswith(f"{path}.")
        tells = is_bare or route.kind in _READS or (inside and is_beside)
        if tells and not is_same:
            return None
        score += is_same
    return score


def _id_in_body(route: ChangeRoute, body: Any) -> str:
    return _id_at(route, body, route.id_path)


def _id_at(route: ChangeRoute, body: Any, path: str) -> str:
    """Return the id at a place of a body, out of the text in which it stands there (``gid://shop/Customer/{id}``)."""
    found, template = text_at(body, path), text_at(route.body, path)
    return _within(template, found) if "{id}" in template else found


def _within(template: str, text: str) -> str:
    found = re.fullmatch(re.escape(template).replace(r"\{id\}", "(.+)", 1), text, re.DOTALL)
    return found[1] if found else ""


def _id_in_query(route: ChangeRoute, asked: Asked) -> str:
    name, template = next(((name, text) for name, text in route.query.items() if "{id}" in text), ("", ""))
    return _within(template, asked.query.get(name, "")) if name else ""


def _found_by_mark(route: ChangeRoute, asked: Asked, body: Any) -> tuple[int, AskedFor] | None:
    mark = route.mark
    if mark is None:
        return None
    said = text_at(body, mark.param) if mark.body else asked.query.get(mark.param, "")
    pattern = re.escape(mark.template).replace(r"\{mark\}", "(?P<mark>.+)")
    pattern = pattern.replace(r"\{field\}", r"(?P<field>\w+)", 1).replace(r"\{field\}", "(?P=field)")
    found = re.fullmatch(pattern, said, re.DOTALL)
    if found is None:
        return None
    if mark.body and without_values_at(body, [mark.param]) != without_values_at(route.body, [mark.param]):
        return None
    return 1, AskedFor(route, None, None, **found.groupdict())


def leaves(value: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a JSON object by its path; lists stand as they are.

    Examples
    --------
    >>> [*leaves({"name": "Acme", "address": {"city": "Bath", "lines": [1]}})]
    [('name', 'Acme'), ('address.city', 'Bath'), ('address.lines', [1])]
    """
    for name, inner in value.items() if isinstance(value, Mapping) else ():
        path = f"{before}{name}"
        if isinstance(inner, Mapping) and inner:
            yield from leaves(inner, f"{path}.")
        else:
            yield path, inner
