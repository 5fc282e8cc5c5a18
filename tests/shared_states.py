"""Engagements for tests whose state is in its file, or on a server: the same tests run on both."""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.servers.postgresql import Server
from toolkit.store.shared.place import SharedPlace, read_marker
from toolkit.store.shared.schemas import make_team
from toolkit.store.shared.server import Server as Way
from toolkit.store.store import Store


def place_on(server: Server, engagement_id: str = "", database: str = "postgres") -> SharedPlace:
    """Return where a state is on a server."""
    shown = f"postgresql://127.0.0.1:{server.port}/{database}"
    made = engagement_id or secrets.token_hex(8)
    return SharedPlace(sa.engine.make_url(server.url(database)), made, "env:TEAM_STATE", shown)


def begun(place: SharedPlace) -> SharedPlace:
    """Make the empty state of a new engagement."""
    way = Way(place, "00000000")
    with way.engine.begin() as connection:
        make_team(connection, place)
    way.close()
    return place


@dataclass(slots=True)
class States:
    """Opens stores; without a server their state is a file."""

    server: Server | None = None
    places: dict[Path, SharedPlace] = field(default_factory=dict)

    def __call__(self, folder: Path) -> Store:
        """Open the store of the engagement at a folder."""
        return Store(folder, self.place(folder))

    def place(self, folder: Path) -> SharedPlace | None:
        """Return where the state of a folder is; nothing where it is in its file."""
        if self.server is None:
            return None
        if folder.resolve() not in self.places:
            self.places[folder.resolve()] = begun(place_on(self.server))
        return self.places[folder.resolve()]

    @contextmanager
    def connected(self, folder: Path) -> Iterator[Any]:
        """Yield a way round the store: what takes a statement of a tamperer's, and is done when it returns."""
        if self.server is None:
            with sqlite3.connect(folder / "state.sqlite", isolation_level=None) as state:
                yield state.execute
            state.close()
            return
        place, marker = self.place(folder), read_marker(folder)
        assert place is not None
        assert marker is not None
        schemas: Sequence[str] = (place.desk_schema(marker.desk), place.schema)
        with self.server.engine().connect() as connection:
            connection.exec_driver_sql(f"SET search_path TO {', '.join(schemas)}")
            yield connection.exec_driver_sql
