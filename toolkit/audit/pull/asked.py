"""Which systems of an engagement are asked over their interface, or read from their database, and what for.

A system is asked when the settings name its address (``api``, ``database``), or when its connector has an interface and the
settings say how to sign in. All others send files.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.audit.pull.streams import stream_of
from toolkit.connector import Api, Connector, Field, Reading, Stream, asked_stream
from toolkit.connectors import connector_of
from toolkit.databases.database import Database
from toolkit.errors import InputError
from toolkit.settings import FILE_NAME, Settings, StreamSettings

_FLAG = (("^(?:0|0\\.0|f|false|n|no)$", "active"), (".", "deleted"))
"""What a column says that marks rows as deleted: yes, or when."""

FOLDER = ".pulls"
"""Below the engagement: what of a pull is under way, and with what the next one begins."""


@dataclass(frozen=True, slots=True)
class AskedStream:
    """A stream that is asked for: as answers are read (fields are paths), and the lists that hold it."""

    stream: Stream
    readings: tuple[Reading, ...]
    own: StreamSettings | None = None


@dataclass(frozen=True, slots=True)
class AskedSystem:
    """A system that is asked: its connector, its interface or its database, its streams."""

    name: str
    connector: str
    api: Api
    streams: tuple[AskedStream, ...]
    ca_file: str = ""
    database: Database | None = None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every list of every stream: nothing else is ever sent."""
        lists = [reading for one in self.streams for reading in one.readings]
        return (*lists, *(lookup.reading for one in self.streams for lookup in one.stream.lookups))


def is_asked(name: str, settings: Settings) -> bool:
    """Return whether a system is asked over its interface, so that no file of it is waited for."""
    given = settings.systems.get(name)
    if given is None:
        return False
    return (
        given.api is not None
        or given.database is not None
        or (given.sign_in is not None and _connector(given.connector).api is not None)
    )


def asked_names(settings: Settings) -> tuple[str, ...]:
    """Return the names of all systems that are asked."""
    return tuple(name for name in settings.systems if is_asked(name, settings))


def database_files(settings: Settings, home: Path) -> frozenset[Path]:
    """Return the files that are databases of systems, and what a database keeps beside its own: no table of a client's.

    Parameters
    ----------
    settings
        That name them.
    home
        The engagement's folder.
    """
    urls = [one.database.url for one in settings.systems.values() if one.database is not None]
    files = [home / url.partition("///")[2].partition("?")[0] for url in urls if url.startswith("sqlite")]
    return frozenset(Path(f"{path.resolve()}{end}") for path in files for end in ("", "-wal", "-shm", "-journal"))


def asked_system(name: str, settings: Settings, home: Path = Path()) -> AskedSystem:
    """Return what of a system is asked, by its connector and by what the settings add.

    Parameters
    ----------
    name
        The system's.
    settings
        That describe it.
    home
        The engagement's folder: there begins the path of a database that is a file.

    Raises
    ------
    InputError
        Nothing says which lists it has.
    """
    given = settings.systems[name]
    if given.database is not None:
        return _database_system(name, settings, home)
    connector = _connector(given.connector)
    api = given.api.api() if given.api is not None else connector.api
    if api is None:
        raise InputError(f"Nothing says where {name} is asked. Write its address into {FILE_NAME}: systems.{name}.api.url.")
    if given.api is not None and connector.api is not None:
        # The vendor's own limits and ways hold where only the address is the client's.
        api = replace(connector.api, url=api.url, limits=api.limits or connector.api.limits)
    streams = [AskedStream(asked_stream(one), one.readings) for one in connector.streams if one.readings]
    streams += [_own(stream, one) for stream, one in given.streams.items() if one.read is not None]
    if not streams:
        raise InputError(
            f"Nothing says which lists {name} has. Describe each in {FILE_NAME}, under systems.{name}.streams, with 'read': "
            "docs/asking-a-system.md has an example."
        )
    return AskedSystem(name, given.connector, api, tuple(streams), "" if given.api is None else given.api.ca_file)


def asked_paths(stream: Stream) -> tuple[str, ...]:
    """Return every path of an answer that a stream reads, as it is written.

    Examples
    --------
    >>> from toolkit.connector import Field
    >>> asked_paths(Stream("deals", "deal", {"name": Field(("properties.dealname",), minus=("x",))}, key=("id",)))
    ('id', 'properties.dealname', 'x')
    """
    fields = [*stream.fields.values(), *(point.field for point in stream.points)]
    if stream.lines is not None:
        fields += stream.lines.fields.values()
    fields += [stream.roles_by] if stream.roles_by is not None else []
    fields += [one.otherwise for one in fields if one.otherwise is not None]
    names: list[str] = [*stream.key, *stream.alt_ids, *([stream.lines.head] if stream.lines is not None else [])]
    for one in fields:
        names += [*one.headers, *one.minus, one.time_zone_from, one.times, one.percent_off, one.sign_from]
        names.append(one.negative_by[0])
        names += [one.unless_other_currency]
    names += [one.headers for one in stream.filters]
    return tuple(dict.fromkeys(part for name in names if name for part in re.split("[|&]", name)))


def _own(name: str, given: StreamSettings) -> AskedStream:
    """Return a stream that the settings describe: its key is the system's, so it is one record each time."""
    if given.rows is not None:
        found = replace(stream_of(name, given), is_id=True, identifying=(), has_ordinal=False, scope="")
        if given.rows.deleted:
            found = replace(found, fields={**found.fields, "state": Field((given.rows.deleted,), values=_FLAG)})
        return AskedStream(found, (given.rows.reading(),), given)
    if given.read is None:
        raise ValueError(f"{name} is not asked for.")
    found = replace(stream_of(name, given), is_id=True, identifying=(), has_ordinal=False, scope="")
    readings = tuple(one.reading() for one in (given.read, *given.also_read))
    return AskedStream(found, readings, given)


def _database_system(name: str, settings: Settings, home: Path) -> AskedSystem:
    """Return a system whose database is read: each of its streams is a table or a SELECT."""
    given = settings.systems[name]
    if given.database is None:
        raise ValueError(f"{name} has no database.")
    streams = tuple(_own(stream, one) for stream, one in given.streams.items() if one.rows is not None)
    if not streams:
        raise InputError(
            f"Nothing says which tables {name} has. Describe each in {FILE_NAME}, under systems.{name}.streams, with 'rows' "
            "(docs/asking-a-database.md has an example)."
        )
    zone = given.time_zone or settings.time_zone
    database = given.database.database(given.sign_in, zone=zone, home=str(home))
    api = Api("", at_once=database.at_once, look_back_s=60.0 * given.database.look_back_minutes)
    return AskedSystem(name, given.connector, api, streams, database=database)


def _connector(name: str) -> Connector:
    return connector_of(name) or Connector(name, name, "other")
