"""Streams that the settings describe, and which table belongs to which of them."""

import fnmatch
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from toolkit.connector import Field, Stream, alternatives, header_key
from toolkit.files.interpreted import StreamMap, mapped_stream, shown_headers
from toolkit.files.raw import RawTable
from toolkit.settings import FieldSettings, Settings, StreamSettings

# A table in its place may lack half of what is known of the stream; one that only looks like it, less.
_NAMED_SHARE = 0.5
_KEYED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: its folder below ``exports``, the name of its file (in an archive the member's), its sheet."""

    folder: str
    file: str
    sheet: str


@dataclass(frozen=True, slots=True)
class OwnStream:
    """A table beside the stream of the settings that describes it; its headers are unique now."""

    raw: RawTable
    system: str
    stream: Stream
    given: StreamSettings


@dataclass(frozen=True, slots=True)
class FileReading:
    """Headers that a file's streams may have, its hidden sheets that are read, and its encoding where that is given."""

    headers: frozenset[str]
    hidden_sheets: frozenset[str]
    encoding: str


def table_place(raw: RawTable) -> TablePlace:
    """Return where a table stands."""
    parts = raw.file.split("/")
    folders = parts[1:-1] if parts[0] == "exports" else parts[:-1]
    name, sheet = parts[-1], raw.part.partition("#")[0]
    pieces = sheet.split("/")
    member = next((place for place, piece in enumerate(pieces) if _is_file_name(piece)), None)
    if name.casefold().endswith(".zip") and member is not None:
        name, sheet = pieces[member], "/".join(pieces[member + 1 :])
    return TablePlace(folders[0] if folders else "", name, sheet)


def fits_names(raw: RawTable, patterns: Sequence[str]) -> bool:
    """Return whether one of the patterns fits the table's file: its name, its whole path, or a member's name."""
    place = table_place(raw)
    names = {place.file.casefold(), raw.file.casefold(), raw.file.rpartition("/")[2].casefold()}
    return any(fnmatch.fnmatchcase(name, pattern.casefold()) for pattern in patterns for name in names)


def fits_sheet(raw: RawTable, patterns: Sequence[str]) -> bool:
    """Return whether one of the patterns fits the table's sheet; without patterns any sheet does."""
    sheet = table_place(raw).sheet.casefold()
    return not patterns or any(fnmatch.fnmatchcase(sheet, pattern.casefold()) for pattern in patterns)


def own_stream(raw: RawTable, settings: Settings, claimed: str) -> OwnStream | None:
    """Return the stream in the settings that describes a table best: its file and sheet fit and its headers are there.

    Parameters
    ----------
    raw
        The table.
    settings
        With the streams.
    claimed
        The system that the table belongs to by its place; empty where none claims it.
    """
    shown = shown_headers(raw.headers)
    here = {header_key(header) for header in (*raw.headers, *shown)} - {""}
    best: tuple[tuple[int, bool, float], str, str, StreamSettings] | None = None
    for system, given in settings.systems.items():
        if claimed not in {"", system}:
            continue
        for name, stream in given.streams.items():
            # Of a system that is asked, the columns of a stream are paths: no file is one of its.
            if stream.read is not None or stream.rows is not None:
                continue
            if not fits_sheet(raw, stream.sheet) or (stream.file and not fits_names(raw, stream.file)):
                continue
            share = headers_share(stream, here, is_named=claimed == system or bool(stream.file))
            rank = (_literal_length(raw, stream.file), bool(stream.sheet), share)
            if share > 0 and (best is None or rank > best[0]):
                best = (rank, system, name, stream)
    if best is None:
        return None
    _, system, name, stream = best
    return OwnStream(replace(raw, headers=shown), system, stream_of(name, stream), stream)


def file_reading(settings: Settings, file: str) -> FileReading:
    """Return what the settings say of how to read a file, before it is known what is in it.

    Parameters
    ----------
    settings
        With systems and streams.
    file
        Path below the engagement.
    """
    *folders, name = [piece.casefold() for piece in file.split("/")]
    found: set[str] = set()
    hidden: set[str] = set()
    encoding = ""

    def is_named(patterns: Sequence[str]) -> bool:
        return any(fnmatch.fnmatchcase(one, each.casefold()) for each in patterns for one in (name, file.casefold()))

    for system, given in settings.systems.items():
        is_here = system in folders or is_named(given.file)
        streams = [one for one in given.streams.values() if is_named(one.file) or not one.file]
        if is_here or any(is_named(one.file) for one in streams):
            hidden |= set(given.hidden_sheets)
            encoding = next((one.encoding for one in streams if one.encoding), given.encoding) or encoding
        for one in streams:
            for each in (*one.fields.values(), *one.lines.values()):
                found |= {header_key(header) for header in (*each.headers, *each.subtracted, each.times) if header}
    return FileReading(frozenset(found), frozenset(hidden), encoding)


def stream_of(name: str, given: StreamSettings) -> Stream:
    """Return a stream of the settings as a connector's stream."""
    return mapped_stream(name, stream_map_of(given))


def stream_map_of(given: StreamSettings) -> StreamMap:
    """Return what the settings say of a stream, as it is read."""
    return StreamMap(
        entity=given.entity,
        fields={column: _field(one, given) for column, one in given.fields.items()},
        key=given.key,
        is_lines=given.row != "record",
        total=given.total,
        lines={column: _field(one, given) for column, one in given.lines.items()},
        statuses=given.statuses,
        roles=given.roles,
        kind=given.kind,
    )


def _field(one: FieldSettings, given: StreamSettings) -> Field:
    return Field(
        one.headers,
        joined=one.joined,
        minus=one.subtracted,
        times=one.times,
        form=one.form,
        pattern=one.format,
        time_zone=one.time_zone or given.time_zone,
        values=tuple((f"^{re.escape(cell.casefold().strip())}$", value) for cell, value in one.values.items()),
    )


def headers_share(stream: StreamSettings, here: Collection[str], *, is_named: bool) -> float:
    """Return the share of the stream's columns that a table has; 0 where that is too few, or its key is missing.

    Parameters
    ----------
    stream
        A stream of the settings; for a column any of its alternative headers does.
    here
        Headers of the table as `header_key` writes them.
    is_named
        Whether its place or its name speaks for the stream; then half of the columns is enough, otherwise more.
    """
    wanted = [{header_key(header) for header in one.headers} for one in stream.fields.values()]
    key = [{header_key(header) for header in alternatives(column)} for column in stream.key]
    if not wanted or not all(headers & set(here) for headers in key):
        return 0.0
    found = sum(bool(headers & set(here)) for headers in wanted)
    # A table that nothing else claims must look like the stream: another generation of it may lack a column or two.
    share = _NAMED_SHARE if is_named else _KEYED_SHARE if key else 1.0
    return found / len(wanted) if found >= max(1, math.ceil(len(wanted) * share)) else 0.0


def _literal_length(raw: RawTable, patterns: Sequence[str]) -> int:
    """Return how much of a file's name its nearest pattern spells out: "bank fees.csv" is nearer than "bank *.csv"."""
    return max((len(re.sub(r"[*?]", "", one)) for one in patterns if fits_names(raw, [one])), default=0)


def _is_file_name(text: str) -> bool:
    stem, dot, ending = text.rpartition(".")
    return bool(stem and dot and ending.isalnum() and len(ending) <= 7)
