"""What a job may send, and nothing else: the changes that are described, and the reads that they need."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from toolkit.connector import Api, OneCall, WriteCall, Writing
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

    def at(path: str) -> re.Pattern[str]:
        return pattern(filled(path, known_places(places, path)))

    writings = tuple(writings)
    of_lines = [field for one in writings if one.lines is not None for field in one.lines.fields]
    named = [field for one in writings for field in one.fields] + of_lines
    lists = dict.fromkeys(each.reading for field in named for each in field.lookups)
    found = [*allowed_requests(api, lists, places)] if lists else []
    for one in writings:
        found += [*_reads(one, at), *_batch(one, at), *(_change(one, call, at) for call in one.calls())]
    return tuple(found)


_At = Callable[[str], re.Pattern[str]]
"""What makes the pattern of a path below the interface's home."""


def _reads(writing: Writing, at: _At) -> Iterator[Allowed]:
    """Yield the reads that changes need: of a record, of what hangs on it or is kept of it, and of one with our mark."""
    for one in (writing.one, *_reads_of_merges(writing)):
        yield Allowed(one.method, at(one.path), one.body, (one.id_path,) if one.id_path else ())
    preview = writing.merge.preview if writing.merge is not None else None
    if preview is not None:
        named = (preview.call.id_path, preview.into_path, *(one.path for one in preview.into_also))
        yield Allowed(preview.call.method, at(preview.call.path), preview.call.body, changes=named)
    for each in (each for call in writing.calls() for each in call.hanging):
        yield Allowed("GET", at(each.path))
    if (mark := writing.mark) is not None:
        yield Allowed("POST", at(mark.path), mark.body, (mark.param,)) if mark.body else Allowed("GET", at(mark.path))


def _reads_of_merges(writing: Writing) -> Iterator[OneCall]:
    """Yield what is read of records that are merged: before, of one that is gone, and until it has ended."""
    yield from (call.awaited.call for call in writing.calls() if call.awaited is not None)
    if (merge := writing.merge) is not None:
        yield from merge.before
        if merge.where is not None:
            yield merge.where


def _batch(writing: Writing, at: _At) -> Iterator[Allowed]:
    """Yield the request that changes several records at once."""
    if (batch := writing.batch) is not None:
        entries = AllowedLines(batch.items, batch.call.body or "{}", _changes(writing, batch.call))
        yield Allowed(batch.call.method, at(batch.call.path), batch.body, lines=entries)


def _change(writing: Writing, call: WriteCall, at: _At) -> Allowed:
    """Return one kind of change."""
    inside = writing.inside_of(call)
    return Allowed(
        call.method,
        at(call.path),
        call.body or ("{}" if call.has_fields else ""),
        changes=_changes(writing, call),
        wholes=tuple(f"{inside}{each}" for each in writing.whole) if call.has_fields else (),
        repeats=tuple(f"{inside}{each}" for each in writing.repeated) if call is writing.update else (),
        lines=_lines(writing, call) if call is writing.create else None,
        form=call.form or writing.body_form,
    )


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
    stays = (writing.merge.into_path, *(one.path for one in writing.merge.into_also)) if is_merge and writing.merge else ()
    named = tuple(path for path in (call.id_path, call.stays_path, *stays) if path)
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
