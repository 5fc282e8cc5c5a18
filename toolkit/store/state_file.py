"""The state file opened: what was lost or cut from it is put back from its copy, and the audit log says so.

Without a copy the catalogue is made again from the manifests beside the snapshots; decisions and the audit log cannot be had
again, and that is said too.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.disk import disk_errors
from toolkit.errors import InputError, SnapshotMissingError
from toolkit.store.audit_log import LOST, MENDED, log_entry
from toolkit.store.catalogue import adopt_snapshots
from toolkit.store.results import read_run
from toolkit.store.state import AUDIT_LOG, META, state_engine
from toolkit.store.state_copy import COPY_NAME, Copy, lacking_rows, put_back, read_copy
from toolkit.values.counted import counted

STATE_NAME = "state.sqlite"
STATE_FILES = (STATE_NAME, f"{STATE_NAME}-wal", f"{STATE_NAME}-shm", COPY_NAME)
STATE_SET_ASIDE = ("state.damaged-*.sqlite", "state.until-*.sqlite", f"{COPY_NAME}.*")
"""What a state file or its copy is called that was set aside: never a file of the client's."""

_TABLES = {
    "decision": ("decision", "decisions"),
    "ruling": ("decision on a finding", "decisions on findings"),
    "audit_log": ("entry of the audit log", "entries of the audit log"),
    "settings": ("version of the settings", "versions of the settings"),
    "approval": ("approval of a plan", "approvals of plans"),
    "journal": ("step of a job", "steps of jobs"),
}


def has_state_file(folder: Path) -> bool:
    """Return whether there is a state file in a folder that holds anything.

    A notebook that was left open makes an empty one when the file was moved away meanwhile.
    """
    path = folder / STATE_NAME
    return path.exists() and path.stat().st_size > 0


@dataclass(frozen=True, slots=True)
class State:
    """The state file of an engagement: its engine, and whose it is."""

    engine: sa.Engine
    engagement_id: str


def opened_state(folder: Path) -> State:
    """Open the state file of the engagement at ``folder``; it is created when there is none.

    Raises
    ------
    InputError
        State file and copy belong to different engagements.
    """
    path = folder / STATE_NAME
    fault = _fault(path)
    if fault is None:
        return _checked(folder, state_engine(path))
    copy = read_copy(folder / COPY_NAME)
    if copy is None and not any(_traces(folder)):
        _set_aside(path)
        return _new(folder)
    aside = _set_aside(path)
    kept = f" What was left of it is {aside.name}." if aside is not None else ""
    return _from_copy(folder, copy, fault, kept) if copy is not None else _from_manifests(folder, fault, kept)


def _checked(folder: Path, engine: sa.Engine) -> State:
    """Return a readable state, after it was held against its copy."""
    copy_path = folder / COPY_NAME
    with engine.begin() as connection:
        engagement_id = _engagement_id(connection)
        if copy_fits(connection, copy_path):
            return State(engine, engagement_id)
        copy = read_copy(copy_path)
        if copy is None:
            return State(engine, engagement_id)
        if copy.engagement_id != engagement_id:
            raise InputError(
                f"{folder / STATE_NAME} and {copy_path.name} beside it belong to different engagements. "
                "Put back the one that is not this client's, or move it away."
            )
        lacking = lacking_rows(connection, copy)
        is_ahead = _is_older_than(connection, copy)
    if not lacking:
        return State(engine, engagement_id)
    if not is_ahead:
        said = f"{STATE_NAME} and {COPY_NAME} hold entries that the other lacks. {STATE_NAME} is used."
        with engine.begin() as connection:
            log_entry(connection, LOST, {"said": said}, datetime.now(UTC))
            # From here on the copy follows this file.
            connection.execute(sa.delete(META).where(META.c.name == "copied"))
        (folder / COPY_NAME).rename(folder / f"{COPY_NAME}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        return State(engine, engagement_id)
    engine.dispose()
    aside = _set_aside(folder / STATE_NAME)
    return _from_copy(
        folder, copy, f"lacked {counts_in_words(lacking)}", f" The file as it was is {aside.name}." if aside else ""
    )


def copy_fits(connection: sa.Connection, copy_path: Path) -> bool:
    """Whether neither the copy nor the end of a table was cut since the copy was last extended."""
    found = connection.execute(sa.select(META.c.value).where(META.c.name == "copied")).scalar_one_or_none()
    if not found or not copy_path.exists():
        return False
    reached = json.loads(found)
    newest: int = connection.execute(sa.select(sa.func.max(AUDIT_LOG.c.sequence))).scalar_one() or 0
    is_log_whole = newest >= int(reached["last"].get(AUDIT_LOG.name, 0))
    return is_log_whole and copy_path.stat().st_size == int(reached["size"])


def _is_older_than(connection: sa.Connection, copy: Copy) -> bool:
    """Whether the copy holds all of the state's audit log, and more."""
    log = {row["sequence"]: row["hash"] for row in copy.rows.get(AUDIT_LOG.name, ())}
    own = connection.execute(sa.select(AUDIT_LOG.c.sequence, AUDIT_LOG.c.hash)).all()
    return all(log.get(row.sequence) == row.hash for row in own)


def _new(folder: Path) -> State:
    engine = state_engine(folder / STATE_NAME)
    with engine.begin() as connection:
        return State(engine, _engagement_id(connection))


def _from_copy(folder: Path, copy: Copy, fault: str, kept: str) -> State:
    engine = state_engine(folder / STATE_NAME)
    counts = {name: len(rows) for name, rows in copy.rows.items() if rows}
    said = f"{STATE_NAME} {fault}; it was put back from {COPY_NAME}: {counts_in_words(counts)}.{kept}"
    if copy.lines_lost:
        said += f" The last {counted(copy.lines_lost, 'line')} of the copy could not be read."
    is_short = _knows_more(folder, copy)
    if is_short:
        said += " The newest run knows later entries of the audit log: decisions after that are lost. Put a backup back."
    with engine.begin() as connection:
        connection.execute(sa.insert(META).values(name="engagement", value=copy.engagement_id))
        put_back(connection, copy, finished_runs=_logged_runs(copy))
        log_entry(connection, LOST if copy.lines_lost or is_short else MENDED, {"said": said}, datetime.now(UTC))
    return State(engine, copy.engagement_id)


def _from_manifests(folder: Path, fault: str, kept: str) -> State:
    engine = state_engine(folder / STATE_NAME)
    with engine.begin() as connection:
        engagement_id = _engagement_id(connection)
        adopt_snapshots(connection, folder)
        said = (
            f"{STATE_NAME} {fault} and there is no {COPY_NAME}: decisions of reviewers and the audit log until now are lost "
            f"(the snapshots are not). Put a backup of {STATE_NAME} back, or read exported decisions in: "
            f"integration-audit decisions import FILE.{kept}"
        )
        log_entry(connection, LOST, {"said": said}, datetime.now(UTC))
    return State(engine, engagement_id)


def known_engagement(connection: sa.Connection) -> str:
    """Return what tells this engagement from any other; empty before it was drawn."""
    held = connection.execute(sa.select(META.c.value).where(META.c.name == "engagement")).scalar_one_or_none()
    return str(held or "")


def _engagement_id(connection: sa.Connection) -> str:
    held = known_engagement(connection)
    if not held:
        held = secrets.token_hex(8)
        connection.execute(sa.insert(META).values(name="engagement", value=held))
    return held


def _fault(path: Path) -> str | None:
    """Return what is wrong with a state file, or nothing."""
    if not path.exists():
        return "was gone"
    if path.stat().st_size == 0 and not path.with_name(f"{path.name}-wal").exists():
        return "was empty"
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            [(found,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.OperationalError as error:
        # Busy or not to be opened: no damage, and whoever goes on is told.
        return "was damaged" if "malformed" in str(error) else None
    except sqlite3.DatabaseError:
        return "was damaged"
    if found != "ok":
        return "was damaged"
    return None if tables else "was empty"


def _traces(folder: Path) -> Iterator[Path]:
    """Yield what an engagement leaves that has been worked on."""
    yield from (folder / "snapshots").glob("*/*/*.parquet")
    yield from (folder / "results").glob("*/run.json")
    yield from (folder / "matching").glob("*/*/*.arrow")


def _set_aside(path: Path) -> Path | None:
    """Rename a state file that cannot be used; nothing of a client is thrown away."""
    return moved_aside(path, "damaged")


def moved_aside(path: Path, why: str) -> Path | None:
    """Rename a state file that is not used any more, and return what it is called now.

    Parameters
    ----------
    path
        Of the state file; it need not exist.
    why
        A word of `STATE_SET_ASIDE`: ``damaged`` or ``until``.
    """
    aside = None
    if path.exists() and path.stat().st_size:
        aside = path.with_name(f"state.{why}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite")
        with disk_errors(path):
            path.replace(aside)
    for rest in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with disk_errors(rest):
            rest.unlink(missing_ok=True)
    return aside


def _knows_more(folder: Path, copy: Copy) -> bool:
    """Whether the latest run was computed after entries of the audit log that the copy lacks."""
    try:
        head = read_run(folder).facts.get("audit_log_head")
    except (InputError, SnapshotMissingError):
        return False
    return bool(head) and head not in {row["hash"] for row in copy.rows.get(AUDIT_LOG.name, ())}


def _logged_runs(copy: Copy) -> set[str]:
    details: list[dict[str, Any]] = [
        json.loads(row["detail"]) for row in copy.rows.get(AUDIT_LOG.name, ()) if row["action"] == "run"
    ]
    return {one["run_id"] for one in details}


def counts_in_words(rows: dict[str, int]) -> str:
    """Return how much of what a person cares about, in words."""
    said = [counted(rows[name], *words) for name, words in _TABLES.items() if name in rows]
    return ", ".join(said) or "the catalogue"
