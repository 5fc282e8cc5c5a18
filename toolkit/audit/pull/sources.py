"""Which files a client sent, what is in them, and which system each table belongs to.

A file in ``exports/<system>/`` belongs to that system; otherwise a ``file`` pattern of the settings decides, otherwise the
vendor whose format it is. A folder that holds exports of several vendors is no system: each of them is one. What nobody
claims is left over to be understood (``proposal``).
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.pull.asked import database_files
from toolkit.audit.pull.outlines import Candidates, Outline, outline, recognised_again, routed_again
from toolkit.audit.pull.streams import FileReading, file_reading, fits_names, own_stream, table_place
from toolkit.audit.unattended.records import FOLDER as JOB_RUNS
from toolkit.audit.unattended.records import LISTS as JOB_LISTS
from toolkit.connector import Connector, Stream
from toolkit.connectors import connectors
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables
from toolkit.files.recognise import Recognition, known_headers
from toolkit.rest.vault.connections import FOLDER as CONNECTIONS
from toolkit.settings import FILE_NAME, Settings, StreamSettings
from toolkit.store.checksums import file_sha256
from toolkit.store.shared.place import MARKER
from toolkit.store.state_file import STATE_FILES, STATE_SET_ASIDE
from toolkit.store.store import FOLDERS
from toolkit.version import __version__


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that gave nothing: ``status`` as in the INTAKE table, and a sentence."""

    file: str
    status: str
    message: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a file, and the stream that its rows belong to; without a stream nobody claims it.

    ``own`` are the settings of a stream that no connector knows; ``candidates`` the connectors it was held against.
    """

    raw: RawTable
    system: str
    connector: str
    category: str
    stream: Stream | None
    recognition: Recognition | None
    own: StreamSettings | None = None
    candidates: Candidates = ()


class ReadTables(NamedTuple):
    """Every table of every file, the files that gave none, and by file a hash of all that its tables depend on."""

    raws: Sequence[RawTable]
    problems: Sequence[Problem]
    readings: Mapping[str, str]


def client_files(folder: Path) -> tuple[Path, ...]:
    """Return the files that the client sent: all below ``exports``, and loose ones beside our own folders.

    Lists of jobs, hidden files, lock files of an office program and links that lead out of the engagement are left alone.
    """
    root = folder.resolve()
    ours = {*FOLDERS, CONNECTIONS, JOB_RUNS, FILE_NAME, *STATE_FILES, MARKER} - {"exports"}
    found = []
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        is_hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
        is_ours = parts[0] in ours or any(fnmatch(parts[0], one) for one in (*STATE_SET_ASIDE, *JOB_LISTS))
        if is_hidden or is_ours or not path.is_file() or not path.resolve().is_relative_to(root):
            continue
        found.append(path)
    return tuple(found)


def read_tables(engagement: Engagement, progress: Progress, known_files: Mapping[str, Any] | None = None) -> ReadTables:
    """Return every table of every file, and the files that could not be read.

    Parameters
    ----------
    engagement
        The engagement.
    progress
        What long work reports to.
    known_files
        What an earlier pull kept of files (`unchanged.kept_files`): those that are as they were are not read, but
        outlined.

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
    headers = known_headers(known)
    databases = database_files(engagement.settings, root)
    files = [path for path in client_files(root) if path.resolve() not in databases]
    digests = {path.relative_to(root).as_posix(): file_sha256(path) for path in files}
    first = {digests[name]: name for name in sorted(digests, key=_copy_order, reverse=True)}
    raws: list[RawTable] = []
    problems: list[Problem] = []
    readings: dict[str, str] = {}
    for number, path in enumerate(files):
        name = path.relative_to(root).as_posix()
        progress(f"Reading {path.name}", number, len(files))
        digest = digests[name]
        if first[digest] != name:
            problems.append(Problem(name, "same_as", f"The same file as {first[digest]}; it was read once.", digest))
            continue
        said = file_reading(engagement.settings, name)
        readings[name] = _reading_key(digest, said)
        read = partial(file_tables, path, root, said, headers)
        held = (known_files or {}).get(name)
        if held and held["reading"] == readings[name]:
            raws += _outlines(name, held, known, read)
            continue
        try:
            tables = read()
        except InputError as error:
            status = "empty" if path.stat().st_size == 0 else "refused"
            problems.append(Problem(name, status, str(error), digest))
            continue
        raws += tables
        if not tables:
            problems.append(Problem(name, "empty", f"{name} holds no table.", digest))
    return ReadTables(raws, problems, readings)


def _copy_order(name: str) -> tuple[int, int, str]:
    """Return what tells a file from its copies: it lies in a system's folder, and its name has no "(1)" behind it."""
    return -name.count("/"), len(name), name


def file_tables(path: Path, root: Path, said: FileReading, headers: frozenset[str] | None = None) -> list[RawTable]:
    """Return every table of one file.

    Parameters
    ----------
    path, root
        The file, and the engagement's folder.
    said
        What the settings say of how to read it.
    headers
        Of all known exports; found out without.

    Raises
    ------
    InputError
        It cannot be read, or holds no table.
    """
    known = (known_headers(connectors()) if headers is None else headers) | said.headers
    return list(raw_tables(path, root=root, known_headers=known, hidden_sheets=said.hidden_sheets, encoding=said.encoding))


def _reading_key(sha256: str, said: FileReading) -> str:
    """Return a hash of all that a file's tables depend on: its content, and what is known for reading it."""
    content = [__version__, sha256, sorted(said.headers), sorted(said.hidden_sheets), said.encoding]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _outlines(
    name: str, held: Mapping[str, Any], known: Sequence[Connector], read: Callable[[], list[RawTable]]
) -> list[Outline]:
    once = cache(read)

    def reread(place: int) -> RawTable:
        return once()[place]

    return [outline(name, facts, known, partial(reread, place)) for place, facts in enumerate(held["tables"])]


def assigned_sources(raws: Sequence[RawTable], settings: Settings) -> list[Source]:
    """Return every table with the system and stream that its rows belong to; one that nobody claims comes back whole."""
    known = connectors()
    recognise = _recognition(raws)
    containers = _containers(raws, settings, recognise)
    folders = {place.folder for raw in raws if (place := table_place(raw)).folder} - containers
    taken = {_folder_system(folder, settings) for folder in folders}
    named: dict[str, str] = {}
    sources: list[Source] = []
    for raw in raws:
        if fits_names(raw, settings.leave_out):
            sources.append(Source(raw, "", "table", "", None, None))
            continue
        claimed = claimed_system(raw, settings, containers)
        own = own_stream(raw, settings, claimed)
        if own is not None:
            sources.append(
                Source(own.raw, own.system, "table", _category(settings, own.system), own.stream, None, own.given)
            )
            continue
        candidates = known
        if claimed in settings.systems and settings.systems[claimed].connector != "table":
            candidates = tuple(one for one in known if one.name == settings.systems[claimed].connector)
        found = recognise(raw, candidates)
        if not found.is_recognised or found.connector is None:
            sources.append(Source(raw, claimed, "table", "", None, found))
            continue
        system = claimed or named.get(found.connector.name, "")
        if not system:
            # Each vendor is a system of its own, also those that are named in one pass.
            system = _system_of_vendor(found.connector, settings, {*taken, *named.values()})
            named[found.connector.name] = system
        sources += [
            Source(
                part, system, found.connector.name, found.connector.category, stream, found,
                candidates=tuple(one.name for one in candidates),
            )
            for stream, part in routed_again(raw, found)
        ]  # fmt: skip
    return sources


def claimed_system(raw: RawTable, settings: Settings, containers: frozenset[str] = frozenset()) -> str:
    """Return the system that a table's folder or file pattern assigns it to; empty when neither does.

    Parameters
    ----------
    raw
        The table, with the path of its file below the engagement.
    settings
        Whose systems may have a ``file`` pattern.
    containers
        Folders below ``exports`` that hold several vendors' files: they are no system.
    """
    folder = table_place(raw).folder
    if folder and folder not in containers:
        return _folder_system(folder, settings)
    for name, system in settings.systems.items():
        if fits_names(raw, system.file):
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


Recognise = Callable[[RawTable, Sequence[Connector]], Recognition]


def _recognition(raws: Sequence[RawTable]) -> Recognise:
    """Return what recognises a table; each is held against each set of connectors once."""
    found: dict[tuple[int, tuple[str, ...]], Recognition] = {}
    places = {id(raw): place for place, raw in enumerate(raws)}

    def recognise(raw: RawTable, candidates: Sequence[Connector]) -> Recognition:
        key = (places[id(raw)], tuple(one.name for one in candidates))
        if key not in found:
            found[key] = recognised_again(raw, candidates)
        return found[key]

    return recognise


def _containers(raws: Sequence[RawTable], settings: Settings, recognise: Recognise) -> frozenset[str]:
    """Return the folders that hold exports of several vendors, unless the settings call such a folder one system."""
    known = connectors()
    vendors: dict[str, set[str]] = {}
    for raw in raws:
        folder = table_place(raw).folder
        system = settings.systems.get(_folder_system(folder, settings)) if folder else None
        if not folder or (system is not None and not system.file):
            continue
        found = recognise(raw, known)
        if found.is_recognised and found.connector is not None:
            vendors.setdefault(folder, set()).add(found.connector.name)
    return frozenset(folder for folder, names in vendors.items() if len(names) > 1)


def _folder_system(folder: str, settings: Settings) -> str:
    return folder if folder in settings.systems else system_name(folder)


def _category(settings: Settings, system: str) -> str:
    given = settings.systems[system]
    usual: Mapping[str, str] = {one.name: one.category for one in connectors()}
    return given.category or usual.get(given.connector, "") or "other"


def _system_of_vendor(connector: Connector, settings: Settings, taken: set[str]) -> str:
    """Return the one system that uses the connector, else a name after the vendor's category that no other system has."""
    users = [name for name, system in settings.systems.items() if system.connector == connector.name]
    if len(users) == 1:
        return users[0]
    others = taken | {name for name, system in settings.systems.items() if system.connector != connector.name}
    wanted = [connector.category, connector.name, *(f"{connector.name}_{number}" for number in range(2, 100))]
    return next(name for name in wanted if name not in others)
