"""What a change says of a record, put where the record holds it; what the vendor does not know is named."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from toolkit.connector import Stream, WriteField, Writing, asked_stream
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.changing.asked_changes import AskedFor, leaves
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Record, StandIn


def put_sent(asked: AskedFor, record: Record, stand_in: StandIn) -> list[str]:
    """Put what a request says into a record; return the names that the vendor does not know.

    Parameters
    ----------
    asked
        The request.
    record
        Is changed.
    stand_in
        What is odd about the vendor.
    """
    stream, writing = asked.route.stream, asked.route.writing
    own = {one.path: _read_at(one, writing.body_inside) for one in writing.fields if one.path}
    templates = {one.path: one.template for one in writing.fields if one.template}
    known = frozenset(_known(stream, writing))
    fixed = dict(leaves(value_at(asked.route.body, writing.body_inside) if writing.body_inside else asked.route.body or {}))
    silent = {asked.route.id_path.removeprefix(f"{writing.body_inside}."), *stand_in.overlooked}
    if writing.version is not None:
        silent.add(writing.version.condition_path)
    unknown = []
    for path in writing.whole:
        # What is sent of such an object takes the place of all of it.
        if isinstance(value_at(asked.sent, path), Mapping):
            put(record, path, {})
    for path, value in leaves(asked.sent):
        if path in silent:
            continue
        place = path if path.startswith(stand_in.free_below or ("\0",)) else _place(path, own, known, writing, record)
        if place is None and path not in fixed and value != []:
            unknown.append(path)
        elif place is not None:
            put(record, place, _as_held(_bare(value, templates.get(path, "")), place, record, stand_in))
    return unknown


def _read_at(field: WriteField, inside: str) -> str:
    """Return where a record holds what is written in a field, where that is another place; else nothing."""
    if field.read_path or field.read is None:
        return field.read_path
    paths = [one for one in field.read.headers if not one.startswith("(")]
    is_same = field.path in paths or f"{inside}.{field.path}" in paths
    return "" if is_same or not paths else paths[0]


def _bare(value: Any, template: str) -> Any:
    """Return a value without the text in which it is sent (``gid://shop/Customer/{value}``)."""
    if not template or not isinstance(value, str):
        return value
    before, _, after = template.partition("{value}")
    return value.removeprefix(before).removesuffix(after)


def put_reference(asked: AskedFor, record: Record) -> None:
    """Let a record refer to another, or not any more, as a request for that single column says.

    Parameters
    ----------
    asked
        The request.
    record
        Is changed.
    """
    path = asked_stream(asked.route.stream).fields[asked.route.column].headers[0]
    before, is_listed, inner = path.partition(".0.")
    if not is_listed:
        if asked.value or text_at(record, path) == asked.before:
            put(record, path, asked.value or None)
        return
    entries = [one for one in value_at(record, before) or () if text_at(one, inner) not in {asked.before, asked.value}]
    if asked.value:
        # Whom a record belongs to first, stands first.
        entry: Record = {}
        put(entry, inner, asked.value)
        entries.insert(0, entry)
    put(record, before, entries)


def _place(path: str, own: Mapping[str, str], known: frozenset[str], writing: Writing, record: Record) -> str | None:
    """Return where a record holds what stands at a path of a request; null where the vendor knows no such thing."""
    if own.get(path):
        return own[path]
    mark = writing.mark
    if mark is not None and path in {mark.field, mark.field.removeprefix(f"{writing.body_inside}.")}:
        return mark.field
    places = (path, f"{writing.body_inside}.{path}") if writing.body_inside else (path,)
    return next((one for one in places if one in known or value_at(record, one) is not None), None)


def _known(stream: Stream, writing: Writing) -> Iterator[str]:
    """Yield every place of a record that the connector reads or writes, and what these stand in."""
    asked = asked_stream(stream)
    fields = [*asked.fields.values(), *(one.field for one in asked.points)]
    paths = [path for one in fields for path in (*one.headers, *one.minus) if not path.startswith("(")]
    paths += [*stream.path_alt_ids, *(one.lines for one in stream.readings if one.lines)]
    paths += [one.read_path for one in writing.fields if one.read_path]
    inside = f"{writing.body_inside}." if writing.body_inside else ""
    paths += [f"{inside}{path}" for one in writing.fields for path in (one.path, *one.clears) if path]
    paths += [*writing.whole, *(f"{inside}{path}" for path in writing.further)]
    if writing.lines is not None:
        paths.append(writing.lines.path)
    if writing.archived[0]:
        paths.append(writing.archived[0])
    yield from _with_parents(path for one in paths for path in one.split("|"))


def _with_parents(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        steps = path.split(".")
        yield from (".".join(steps[:count]) for count in range(1, len(steps) + 1))


def _as_held(value: Any, place: str, record: Record, stand_in: StandIn) -> Any:
    """Return a value as records hold it: an empty text is nothing, text where the vendor keeps text."""
    if value == "":
        return None
    held = value_at(record, place)
    if isinstance(value, str) and value in {"true", "false"} and isinstance(held, bool):
        return value == "true"
    if isinstance(value, str) and isinstance(held, int) and not isinstance(held, bool) and value.lstrip("-").isdigit():
        return int(value)
    is_text = bool(stand_in.text_below) and place.startswith(stand_in.text_below)
    if is_text and value is not None and not isinstance(value, str | dict | list):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value
