"""Columns that the settings of a stream name and none of its files has: a slip of the pen stops, a lost column is said."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.audit.pull.sources import Source
from toolkit.audit.pull.streams import fits_names, fits_sheet, headers_share
from toolkit.connector import alternatives, header_key
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.interpreted import shown_headers
from toolkit.settings import FILE_NAME, Settings, StreamSettings, setting_line

_NEAR = 0.6
_MOST_SAID = 5


def lacking_headers(path: Path, sources: Sequence[Source], settings: Settings) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return sentences by system and stream: columns that should be read, and that no file has any more.

    Parameters
    ----------
    path
        The ``engagement.yaml``.
    sources
        Every table, with the stream that reads it.
    settings
        What stands in the file.

    Raises
    ------
    InputError
        A header that names the records stands in none of the files, or one is spelt nearly like a column that nothing reads:
        each is named with its line and the nearest header.
    """
    slips: list[str] = []
    said: dict[tuple[str, str], tuple[str, ...]] = {}
    for system, given in settings.systems.items():
        for name, stream in given.streams.items():
            tables = _tables(system, name, stream, sources, settings)
            here = {header_key(one): one for table in tables for one in _headers(table) if one}
            read = {header_key(header) for keys, headers in _named(stream) if keys[0] != "key" for header in headers}
            for keys, headers in _named(stream) if tables else ():
                if any(header_key(header) in here for header in headers):
                    continue
                # What names a record may be read as its number too; no other column is read twice.
                free = {key: header for key, header in here.items() if keys[0] == "key" or key not in read}
                near = difflib.get_close_matches(header_key(headers[0]), free, n=1, cutoff=_NEAR)
                where = f"{FILE_NAME}, line {setting_line(path, ('systems', system, 'streams', name, *keys))}: "
                if near or keys[0] == "key":
                    kind = f"column in {tables[0].raw.file.rpartition('/')[2]}"
                    nearest = free[near[0]] if near else None
                    slips.append(where + str(UnknownNameError(kind, headers[0], free.values(), nearest=nearest)))
                else:
                    sentence = f"{where}no file has the column {headers[0]!r}; {keys[-1]} is not read from it."
                    said[system, name] = (*said.get((system, name), ()), sentence)
    if slips:
        raise InputError(" ".join(slips[:_MOST_SAID]))
    return said


def _tables(
    system: str, name: str, stream: StreamSettings, sources: Sequence[Source], settings: Settings
) -> tuple[Source, ...]:
    """Return the tables that a stream reads; without any, those that nothing but a missing key keeps from it."""
    own = [
        one
        for one in sources
        if one.own is not None and one.system == system and one.stream is not None and one.stream.name == name
    ]
    if own or not stream.file:
        return tuple(own)
    keyless = stream.model_copy(update={"key": ()})
    return tuple(
        one
        for one in sources
        if one.stream is None
        and one.system in {"", system}
        and fits_names(one.raw, stream.file)
        and fits_sheet(one.raw, stream.sheet)
        and not fits_names(one.raw, settings.leave_out)
        and headers_share(keyless, {header_key(header) for header in _headers(one)} - {""}, is_named=True) > 0
    )


def _headers(one: Source) -> tuple[str, ...]:
    return (*one.raw.headers, *shown_headers(one.raw.headers))


def _named(stream: StreamSettings) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield where the settings name headers, and the headers of which one has to be there."""
    for column in stream.key:
        yield ("key",), tuple(alternatives(column))
    for place, fields in (("fields", stream.fields), ("lines", stream.lines)):
        for column, one in fields.items():
            for headers in (one.headers, *((header,) for header in (*one.subtracted, one.times) if header)):
                if headers:
                    yield (place, column), tuple(headers)
