"""What a job may send, and nothing else: the changes that are described, and the reads that they need."""

from collections.abc import Iterable, Mapping

from toolkit.connector import Api, WriteCall, Writing
from toolkit.rest.allowed import Allowed, AllowedLines, known_places, path_patterns
from toolkit.rest.calls import filled


def allowed_changes(api: Api, writings: Iterable[Writing], places: Mapping[str, str]) -> tuple[Allowed, ...]:
    """Return everything that a job may send: the changes that are described, and the reads that they need.

    Parameters
    ----------
    api
        The interface.
    writings
        Of all streams that are changed.
    places
        What fills the places of addresses.
    """
    pattern = path_patterns(api, places)
    found = []
    for one in writings:
        read = pattern(filled(one.one.path, known_places(places, one.one.path)))
        found.append(Allowed(one.one.method, read, one.one.body, (one.one.id_path,) if one.one.id_path else ()))
        if (mark := one.mark) is not None:
            path = pattern(filled(mark.path, known_places(places, mark.path)))
            found.append(Allowed("POST", path, mark.body, (mark.param,)) if mark.body else Allowed("GET", path))
        for call in one.calls():
            path = pattern(filled(call.path, known_places(places, call.path)))
            body = call.body or ("{}" if call.has_fields else "")
            lines = _lines(one) if call is one.create else None
            is_form = one.body_form == "form"
            wholes = tuple(f"{_inside(one)}{each}" for each in one.whole) if call.has_fields else ()
            found.append(
                Allowed(call.method, path, body, changes=_changes(one, call), wholes=wholes, lines=lines, is_form=is_form)
            )
    return tuple(found)


def changed_fields(writing: Writing) -> tuple[str, ...]:
    """Return the paths of a body that a change may fill."""
    inside = _inside(writing)
    found = [f"{inside}{path}" for one in writing.fields for path in (one.path, *one.clears) if path]
    found += [f"{inside}{path}" for path in writing.further]
    if writing.mark is not None and not writing.mark.column:
        found.append(f"{inside}{writing.mark.field}")
    return (*found, *_version_path(writing))


def _changes(writing: Writing, call: WriteCall) -> tuple[str, ...]:
    """Return the paths of a body that one kind of request may fill; without a body there are none."""
    named = tuple(one for one in (call.id_path, call.stays_path) if one)
    if call.has_fields:
        return (*changed_fields(writing), *named)
    return (*_version_path(writing), *named) if call.body else ()


def _lines(writing: Writing) -> AllowedLines | None:
    lines = writing.lines
    if lines is None:
        return None
    return AllowedLines(f"{_inside(writing)}{lines.path}", lines.body, tuple(one.path for one in lines.fields))


def _version_path(writing: Writing) -> tuple[str, ...]:
    """Return where a body names the version that it means, also where its fields are fixed."""
    if writing.version is None or not writing.version.condition_path:
        return ()
    return (f"{_inside(writing)}{writing.version.condition_path}",)


def _inside(writing: Writing) -> str:
    return f"{writing.body_inside}." if writing.body_inside else ""
