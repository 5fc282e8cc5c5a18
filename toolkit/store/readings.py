"""What a reading of the client's files found, what it rested on, and the settings it was made with."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from toolkit.disk import atomic_file, atomic_path
from toolkit.store.checksums import file_sha256, joint_sha256
from toolkit.store.parquet import parquet_table
from toolkit.store.state import PULLS, SETTINGS
from toolkit.tables import INTAKE, QUARANTINE, checked


def write_intake(folder: Path, intake: pa.Table, quarantine: pa.Table) -> None:
    """Write the tables INTAKE and QUARANTINE below the engagement ``folder``; those before are replaced.

    Parameters
    ----------
    folder
        The engagement's.
    intake, quarantine
        Whole tables in their schemas.
    """
    for schema, table in ((INTAKE, intake), (QUARANTINE, quarantine)):
        whole = checked(table, schema)
        with atomic_path(_path(folder, schema.name)) as path:
            pq.write_table(whole, path, compression="zstd")


def read_intake(folder: Path) -> tuple[pa.Table, pa.Table]:
    """Return the tables INTAKE and QUARANTINE of the latest reading; empty before the first."""
    found = []
    for schema in (INTAKE, QUARANTINE):
        path = _path(folder, schema.name)
        found.append(parquet_table(path, schema.arrow) if path.exists() else schema.empty())
    return found[0], found[1]


def intake_sha256(folder: Path) -> str:
    """Return a hash over both tables of the latest reading."""
    own, other = (file_sha256(_path(folder, schema.name)) for schema in (INTAKE, QUARANTINE))
    return joint_sha256(own, {QUARANTINE.name: other})


def write_outlines(folder: Path, facts: Mapping[str, Any]) -> str:
    """Write what a reading found in each file, short of its rows; return the hash of that."""
    with atomic_file(_outlines_path(folder)) as file:
        file.write(json.dumps(facts, sort_keys=True).encode())
    return file_sha256(_outlines_path(folder))


def read_outlines(folder: Path, sha256: str) -> dict[str, Any]:
    """Return what `write_outlines` wrote; empty when that is gone or changed: then files are read again."""
    path = _outlines_path(folder)
    if not sha256 or file_sha256(path) != sha256:
        return {}
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def keep_pull(connection: sa.Connection, facts: Mapping[str, Any], at: datetime) -> None:
    """Keep what a pull read and from what.

    Parameters
    ----------
    connection
        In a transaction.
    facts
        What JSON can hold; the next pull reads it back (`last_pull`).
    at
        UTC.
    """
    connection.execute(sa.insert(PULLS).values(at=at.isoformat(), facts=json.dumps(facts, sort_keys=True)))


def last_pull(connection: sa.Connection) -> dict[str, Any]:
    """Return what the last pull kept; empty before the first."""
    chosen = sa.select(PULLS.c.facts).order_by(PULLS.c.sequence.desc()).limit(1)
    found = connection.execute(chosen).scalar_one_or_none()
    return json.loads(found) if found else {}


def keep_settings(connection: sa.Connection, text: str, at: datetime) -> None:
    """Keep the text of ``engagement.yaml``.

    Parameters
    ----------
    connection
        In a transaction.
    text
        The file's whole text.
    at
        UTC.
    """
    connection.execute(sa.insert(SETTINGS).values(at=at.isoformat(), text=text))


def kept_settings(connection: sa.Connection, *, other_than: str | None = None) -> str:
    """Return the ``engagement.yaml`` that was kept last, or the last that is not ``other_than``; empty when none was."""
    chosen = sa.select(SETTINGS.c.text).order_by(SETTINGS.c.sequence.desc()).limit(1)
    if other_than is not None:
        chosen = chosen.where(SETTINGS.c.text != other_than)
    return connection.execute(chosen).scalar_one_or_none() or ""


def _outlines_path(folder: Path) -> Path:
    return folder / "quarantine" / "outlines.json"


def _path(folder: Path, name: str) -> Path:
    return folder / "quarantine" / f"{name}.parquet"
