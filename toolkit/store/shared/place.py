"""Where a shared state is, and what a folder keeps of that: which engagement it belongs to and which desk it is."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from toolkit.disk import atomic_file
from toolkit.errors import InputError

MARKER = "state.shared.json"
"""The file that says of a folder that its state is on a server; it holds no secret."""

_SCHEMA = "integration_audit_"


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A state on a server: its whole address, whose it is, and what may be shown.

    ``url`` holds the password and shows it nowhere. ``said_url`` and ``said_password`` are what ``engagement.yaml`` says,
    ``shown`` is the server and the database. ``is_settled`` says whether the state is there already: while it is moved
    there, its folder still holds it.
    """

    url: sa.engine.URL
    engagement_id: str
    said_url: str
    shown: str
    said_password: str = ""
    is_settled: bool = True

    @property
    def reference(self) -> str:
        """Where the password is kept."""
        return self.said_password or self.said_url

    @property
    def schema(self) -> str:
        """The schema of the engagement."""
        return f"{_SCHEMA}{self.engagement_id}"

    def desk_schema(self, desk: str) -> str:
        """Return the schema of a folder that works on the engagement."""
        return f"{self.schema}_{desk}"


@dataclass(frozen=True, slots=True)
class Marker:
    """What a folder keeps of its shared state."""

    engagement_id: str
    desk: str
    said_url: str
    said_password: str = ""


def new_desk() -> str:
    """Return what tells a folder from the others that work on the engagement."""
    return secrets.token_hex(4)


def read_marker(folder: Path) -> Marker | None:
    """Return what a folder keeps of its shared state; nothing where its state is a file of its own.

    Raises
    ------
    InputError
        The file is damaged.
    """
    path = folder / MARKER
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Marker(*(str(found[name]) for name in ("engagement", "desk", "url", "password")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} cannot be read; it says that the state of this engagement is on a server. Move it away, then start "
            "again: the folder begins as a new one, and its snapshots are found again."
        ) from error


def write_marker(folder: Path, place: SharedPlace, desk: str) -> None:
    """Note that a folder's state is on a server.

    Parameters
    ----------
    folder
        The engagement's.
    place
        Where its state is.
    desk
        Which folder it is.
    """
    text = {"engagement": place.engagement_id, "desk": desk, "url": place.said_url, "password": place.said_password}
    with atomic_file(folder / MARKER, "w", encoding="utf-8") as stream:
        json.dump(text, stream, indent=1)
