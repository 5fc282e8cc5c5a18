"""Which files a client sent, what is in them, and which system each table belongs to.

A file in ``exports/<system>/`` belongs to that system; otherwise a system's ``file`` pattern decides, otherwise the vendor
whose format it is. What nobody claims is left over for a suggested field map.
"""

import fnmatch
import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.connector import Connector, Stream, alternatives, configured_stream, header_key
from toolkit.discovery import discovered
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables
from toolkit.files.recognise import Recognition, known_headers, recognised, routed
from toolkit.settings import FILE_NAME, Settings, StreamSettings
from toolkit.store.store import FOLDERS


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that gave nothing: ``status`` as in the INTAKE table, and a sentence."""

    file: str
    status: str
    message: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a file, and the stream that its rows belong to; without a stream nobody claims it."""

    raw: RawTable
    system: str
    connector: str
    category: str
    stream: Stream | None
    recognition: Recognition | None


def connectors() -> tuple[Connector, ...]:
    """Return every connector that has a file."""
    found = discovered("toolkit.connectors", "CONNECTOR").values()
    return tuple(one for one in found if isinstance(one, Connector))


def client_files(folder: Path) -> tuple[Path, ...]:
    """Return the files that the client sent: all below ``exports``, and loose ones beside our own folders.

    Hidden files, lock files of an office program and links that lead out of the engagement are left alone.
    """
    root = folder.resolve()
    ours = {*FOLDERS, FILE_NAME, "state.sqlite", "state.sqlite-wal", "state.sqlite-shm"} - {"exports"}
    found = []
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        is_hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
        if is_hidden or parts[0] in ours or not path.is_file() or not path.resolve().is_relative_to(root):
            continue
        found.append(path)
    return tuple(found)


def read_sources(engagement: Engagement, progress: Progress) -> tuple[list[Source], list[Problem]]:
    """Return every table of every file with the stream it belongs to, and the files that could not be read.

    Raises
    ------
    UnknownNameError
        The settings name a connector that does not exist.
    """
    root = engagement.folder
    known = connectors()
    for system in engagement.settings.systems.values():
        if system.connector not in {one.name for one in known}:
            raise UnknownNameError("connector", system.connector, [one.name for one in known])
    headers = known_headers(known) | _configured_headers(engagement.settings)
    files = client_files(root)
    seen: dict[str, str] = {}
    sources: list[Source] = []
    problems: list[Problem] = []
    for number, path in enumerate(files):
        name = path.relative_to(root).as_posix()
        progress(f"Reading {path.name}", number, len(files))
        digest = _sha256(path)
        if digest in seen:
            problems.append(Problem(name, "same_as", f"The same file as {seen[digest]}; it was read once.", digest))
            continue
        seen[digest] = name
        try:
            tables = list(raw_tables(path, root=root, known_headers=headers))
        except InputError as error:
            status = "empty" if path.stat().st_size == 0 else "refused"
            problems.append(Problem(name, status, str(error), digest))
            continue
        for raw in tables:
            sources += _assigned(raw, engagement.settings, known)
        if not tables:
            problems.append(Problem(name, "empty", f"{name} holds no table.", digest))
    return sources, problems


def _assigned(raw: RawTable, settings: Settings, known: Sequence[Connector]) -> Iterator[Source]:
    """Yield the table's rows by stream; a table that nobody claims comes back whole."""
    claimed = _claimed_system(raw, settings)
    configured = _configured_stream(raw, settings, claimed)
    if configured is not None:
        system, stream = configured
        yield Source(raw, system, "table", settings.systems[system].category or "other", stream, None)
        return
    candidates = known
    if claimed in settings.systems and settings.systems[claimed].connector != "table":
        candidates = [one for one in known if one.name == settings.systems[claimed].connector]
    found = recognised(raw, candidates)
    if not found.is_recognised or found.connector is None:
        yield Source(raw, claimed, "table", "", None, found)
        return
    system = claimed or _system_of_vendor(found.connector, settings)
    for stream, part in routed(raw, found):
        yield Source(part, system, found.connector.name, found.connector.category, stream, found)


def _claimed_system(raw: RawTable, settings: Settings) -> str:
    """Return the system that a file's folder or name assigns it to; empty when neither does."""
    parts = raw.file.split("/")
    folders = parts[1:-1] if parts[0] == "exports" else parts[:-1]
    if folders:
        return folders[0] if folders[0] in settings.systems else system_name(folders[0])
    for name, system in settings.systems.items():
        patterns = [system.file, *(stream.file for stream in system.streams.values())]
        if any(pattern and fnmatch.fnmatch(parts[-1].casefold(), pattern.casefold()) for pattern in patterns):
            return name
    return ""


def system_name(text: str) -> str:
    """Return a name for a system after a folder or file name: small letters, digits and underscores.

    Examples
    --------
    >>> system_name("Site Log (2026)"), system_name("../..")
    ('site_log_2026', 'system')
    """
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")[:60] or "system"


def _system_of_vendor(connector: Connector, settings: Settings) -> str:
    """Return the one system that uses the connector, else a name after the vendor's category."""
    users = [name for name, system in settings.systems.items() if system.connector == connector.name]
    if len(users) == 1:
        return users[0]
    taken = settings.systems.get(connector.category)
    return connector.category if taken is None or taken.connector == connector.name else connector.name


def _configured_stream(raw: RawTable, settings: Settings, claimed: str) -> tuple[str, Stream] | None:
    """Return the stream in the settings that describes this table: its file and sheet fit and its headers are there."""
    here = {header_key(header) for header in raw.headers}
    for system, given in settings.systems.items():
        if claimed not in {"", system}:
            continue
        for name, stream in given.streams.items():
            is_named = claimed == system or bool(stream.file)
            wanted = [{header_key(header) for header in field.headers} for field in stream.fields.values()]
            key = [{header_key(header) for header in alternatives(column)} for column in stream.key]
            fits_sheet = not stream.sheet or stream.sheet.casefold() == raw.part.casefold()
            fits_file = not stream.file or fnmatch.fnmatch(raw.file.split("/")[-1].casefold(), stream.file.casefold())
            found = sum(bool(headers & here) for headers in wanted)
            has_key = all(headers & here for headers in key)
            # A table that nothing else claims must look like the stream: another generation of it may lack a column or two.
            least = 1 if is_named else math.ceil(len(wanted) * (0.7 if key else 1))
            if fits_sheet and fits_file and has_key and found >= least:
                return system, stream_of(name, stream)
    return None


def stream_of(name: str, given: StreamSettings) -> Stream:
    """Return a stream of the settings as a connector's stream."""
    fields: dict[str, str | Sequence[str] | Mapping[str, str]] = {
        column: {"column": field.headers[0], "format": field.format} if field.format else field.headers
        for column, field in given.fields.items()
    }
    return configured_stream(name, given.entity, fields, key=given.key, roles=given.roles)


def _configured_headers(settings: Settings) -> frozenset[str]:
    return frozenset(
        header_key(header)
        for system in settings.systems.values()
        for stream in system.streams.values()
        for field in stream.fields.values()
        for header in field.headers
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
