"""What a job may send, and nothing else: the changes that are described, and the reads that they need."""

from collections.abc import Iterable, Mapping

from toolkit.connector import Api, WriteCall, Writing
from toolkit.rest.allowed import Allowed, AllowedLines, allowed_requests, known_places, path_patterns
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
    writings = tuple(writings)
    of_lines = [field for one in writings if one.lines is not None for field in one.lines.fields]
    named = [field for one in writings for field in one.fields] + of_lines
    lists = dict.fromkeys(each.reading for field in named for each in field.lookups)
    found = [*allowed_requests(api, lists, places)] if lists else []
    for one in writings:
        read = pattern(filled(one.one.path, known_places(places, one.one.path)))
        found.append(Allowed(one.one.method, read, one.one.body, (one.one.id_path,) if one.one.id_path else ()))
        for each in one.merge.before if one.merge is not None else ():
            further = pattern(filled(each.path, known_places(places, each.path)))
            found.append(Allowed(each.method, further, each.body, (each.id_path,) if each.id_path else ()))
        if (mark := one.mark) is not None:
            path = pattern(filled(mark.path, known_places(places, mark.path)))
            found.append(Allowed("POST", path, mark.body, (mark.param,)) if mark.body else Allowed("GET", path))
        if (batch := one.batch) is not None:
            path = pattern(filled(batch.call.path, known_places(places, batch.call.path)))
            entries = AllowedLines(batch.items, batch.call.body or "{}", _changes(one, batch.call))
            found.append(Allowed(batch.call.method, path, batch.body, lines=entries))
        for call in one.calls():
            hanging = [pattern(filled(each.path, known_places(places, each.path))) for each in call.hanging]
            found += [Allowed("GET", each) for each in hanging]
            path = pattern(filled(call.path, known_places(places, call.path)))
            body = call.body or ("{}" if call.has_fields else "")
            lines = _lines(one, call) if call is one.create else None
            is_form = one.body_form == "form"
            inside = one.inside_of(call)
            found.append(
                Allowed(
                    call.method,
                    path,
                    body,
                    changes=_changes(one, call),
                    wholes=tuple(f"{inside}{each}" for each in one.whole) if call.has_fields else (),
                    repeats=tuple(f"{inside}{each}" for each in one.repeated) if call is one.update else (),
                    lines=lines,
                    is_form=is_form,
                )
            )
    return tuple(found)


def changed_fields(writing: Writing, call: WriteCall) -> tuple[str, ...]:
    """Return the paths of a body that a request may fill."""
    inside = writing.inside_of(call)
    found = [f"{inside}{path}" for one in writing.fields for path in (one.path, *one.clears) if path]
    found += [f"{inside}{path}" for path in writing.further]
    if writing.mark is not None and not writing.mark.column:
        found.append(f"{inside}{writing.mark.field}")
    return (*found, *_version_path(writing, call))


def _changes(writing: Writing, call: WriteCall) -> tuple[str, ...]:
    """Return the paths of a body that one kind of request may fill; without a body there are none."""
    is_merge = writing.merge is not None and call is writing.merge.call
    into = writing.merge.into_path if is_merge and writing.merge is not None else ""
    named = tuple(path for path in (call.id_path, call.stays_path, into) if path)
    if call.has_fields:
        return (*changed_fields(writing, call), *named)
    return (*_version_path(writing, call), *named) if call.body else ()


def _lines(writing: Writing, call: WriteCall) -> AllowedLines | None:
    lines = writing.lines
    if lines is None:
        return None
    return AllowedLines(f"{writing.inside_of(call)}{lines.path}", lines.body, tuple(one.path for one in lines.fields))


def _version_path(writing: Writing, call: WriteCall) -> tuple[str, ...]:
    """Return where a body names the version that it means, also where its fields are fixed."""
    path = writing.condition_in(call)
    return (path,) if path else ()
