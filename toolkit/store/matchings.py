"""What matching keeps from one run to the next: fitted models, cluster ids, and what its next run starts from.

Below ``matching/<subject>/`` each model has a folder of its own that nothing changes once it is written, and each matching
a folder named by its run. A row in the state file names a run, its model and its folder together, after all files are on the
disk: so model and ids always belong together. It counts from the moment on that the run's results are in place; what a run
that broke off leaves behind is removed by the next one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from toolkit.disk import atomic_file, atomic_path, disk_errors, linked_or_copied, removed_folder
from toolkit.errors import DamagedError
from toolkit.store.checksums import file_sha256
from toolkit.store.snapshots import safe_name
from toolkit.store.state import MATCHINGS, MODELS

HISTORY_TABLE = "events"
"""The table of a matching's folder that is kept for good; the others only serve the next matching."""


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A fitted model, with who fitted it, when, in which run and why; ``streams`` it was fitted on, as ``system.stream``."""

    model_id: str
    run_id: str
    fitted_at: datetime
    fitted_by: str
    reason: str
    streams: tuple[str, ...]
    folder: Path
    files: Mapping[str, str] = field(default_factory=dict)

    def damaged_files(self) -> list[Path]:
        """Return the files of the model that are gone, or no longer what was written."""
        return _damaged(self.folder, self.files)

    def content(self) -> dict[str, Any]:
        """Return the model as plain values.

        Raises
        ------
        DamagedError
            The file is gone, or no longer what was written.
        """
        path = self.folder / "model.json"
        if path in self.damaged_files() or not path.exists():
            raise DamagedError(path, "Put it back from a copy, or let the next audit fit a model anew.")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def table(self, name: str) -> pa.Table | None:
        """Return a table that is kept beside the model, or nothing where there is none of that name that is whole."""
        return _table(self.folder, name, self.files)


@dataclass(frozen=True, slots=True)
class KeptMatching:
    """A finished matching: its run, the model it used, what it said about that, and its folder."""

    subject: str
    run_id: str
    model: KeptModel
    notes: tuple[str, ...]
    folder: Path
    files: Mapping[str, str] = field(default_factory=dict)

    def damaged_files(self) -> list[Path]:
        """Return the files of the newest matching that are gone, or no longer what was written."""
        return _damaged(self.folder, self.files)

    def table(self, name: str) -> pa.Table | None:
        """Return a table that the matching left, or nothing where it left none, it served its time or is damaged."""
        return _table(self.folder, name, self.files)

    def file(self, name: str) -> Path:
        """Return the file of a table."""
        return _file(self.folder, name)


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model that was just fitted: its content as plain values, tables that go with it, and what the record says of it."""

    content: Mapping[str, Any]
    tables: Mapping[str, pa.Table]
    fitted_at: datetime
    fitted_by: str
    reason: str
    streams: tuple[str, ...]


def kept_matchings(connection: sa.Connection, engagement: Path, subject: str) -> list[KeptMatching]:
    """Return the matchings of a subject whose runs are finished, oldest first.

    Parameters
    ----------
    connection
        To the state.
    engagement
        Its folder.
    subject
        What was matched, e.g. ``parties``.
    """
    rows = connection.execute(
        sa.select(MATCHINGS).where(MATCHINGS.c.subject == subject).order_by(MATCHINGS.c.sequence)
    ).all()
    models = {model.model_id: model for model in kept_models(connection, engagement, subject)}
    return [
        KeptMatching(
            subject,
            row.run_id,
            models[row.model_id],
            tuple(json.loads(row.notes)),
            engagement / row.path,
            json.loads(row.files),
        )
        for row in rows
        if (row.is_settled or _is_finished(engagement, row.run_id)) and row.model_id in models
    ]


def kept_models(connection: sa.Connection, engagement: Path, subject: str) -> list[KeptModel]:
    """Return every model of a subject that was ever fitted in a finished run, oldest first.

    Parameters
    ----------
    connection
        To the state.
    engagement
        Its folder.
    subject
        What was matched, e.g. ``parties``.
    """
    rows = connection.execute(sa.select(MODELS).where(MODELS.c.subject == subject).order_by(MODELS.c.sequence)).all()
    return [
        KeptModel(
            row.model_id,
            row.run_id,
            datetime.fromisoformat(row.fitted_at),
            row.fitted_by,
            row.reason,
            tuple(json.loads(row.streams)),
            engagement / row.path,
            json.loads(row.files),
        )
        for row in rows
        if row.is_settled or _is_finished(engagement, row.run_id)
    ]


def write_matching(
    engine: sa.Engine,
    engagement: Path,
    subject: str,
    run_id: str,
    *,
    model: KeptModel | NewModel,
    tables: Mapping[str, pa.Table],
    mapped_tables: Mapping[str, pa.Table | Path],
    notes: tuple[str, ...],
) -> None:
    """Write a matching: its model when that is new, its tables, and last of all the row that makes them count.

    Parameters
    ----------
    subject
        What was matched; it names the folder, e.g. ``parties``.
    run_id
        The run that is being written.
    model
        The model that was used.
    tables
        What the next matching starts from; the one called ``HISTORY_TABLE`` is kept for good.
    mapped_tables
        The same for tables that the next matching touches in places only: written as they stand in memory. The file of an
        older matching's table is carried over.
    notes
        What there is to say about the model, in sentences.
    """
    home = Path("matching") / safe_name(subject, "subject of matching")
    with engine.begin() as connection:
        _remove_leftovers(connection, engagement, subject, home)
    model_id = run_id if isinstance(model, NewModel) else model.model_id
    if isinstance(model, NewModel):
        with atomic_file(engagement / home / "models" / run_id / "model.json", "w", encoding="utf-8") as stream:
            json.dump(model.content, stream, indent=1, ensure_ascii=False, sort_keys=True)
        _write_tables(engagement / home / "models" / run_id, model.tables)
    _write_tables(engagement / home / run_id, tables)
    for name, table in mapped_tables.items():
        if isinstance(table, Path):
            new = _file(engagement / home / run_id, name)
            with disk_errors(new):
                linked_or_copied(table, new)
        else:
            _write_tables(engagement / home / run_id, {name: table}, compression=None)
    with engine.begin() as connection:
        if isinstance(model, NewModel):
            connection.execute(
                sa.insert(MODELS).values(
                    subject=subject,
                    model_id=model_id,
                    run_id=run_id,
                    fitted_at=model.fitted_at.isoformat(),
                    fitted_by=model.fitted_by,
                    reason=model.reason,
                    streams=json.dumps(model.streams),
                    path=(home / "models" / run_id).as_posix(),
                    files=_hashes(engagement / home / "models" / run_id),
                    is_settled=False,
                )
            )
        connection.execute(
            sa.insert(MATCHINGS).values(
                subject=subject,
                run_id=run_id,
                model_id=model_id,
                notes=json.dumps(notes, ensure_ascii=False),
                path=(home / run_id).as_posix(),
                files=_hashes(engagement / home / run_id),
                is_settled=False,
            )
        )


def settle_matchings(connection: sa.Connection, engagement: Path, run_id: str) -> list[dict[str, str]]:
    """Mark what a finished run kept as lasting, whatever becomes of its results; return what the audit log says of it.

    Parameters
    ----------
    connection
        In a transaction.
    engagement
        Its folder: matchings that are too old lose their files there.
    run_id
        The run that has just finished; it may have matched several subjects, or none.
    """
    rows = connection.execute(sa.select(MATCHINGS).where(MATCHINGS.c.run_id == run_id)).all()
    for table in (MATCHINGS, MODELS):
        connection.execute(sa.update(table).where(table.c.run_id == run_id).values(is_settled=True))
    for row in rows:
        _forget_older(connection, engagement, row.subject, row.sequence)
    return [{"subject": row.subject, "run_id": run_id, "model_id": row.model_id} for row in rows]


def _is_finished(engagement: Path, run_id: str) -> bool:
    return (engagement / "results" / run_id / "run.json").exists()


def _remove_leftovers(connection: sa.Connection, engagement: Path, subject: str, home: Path) -> None:
    """Remove what a run wrote that broke off, whether it came to its row in the state file or not."""
    known = {home / "models"}
    for table in (MATCHINGS, MODELS):
        rows = connection.execute(sa.select(table).where(table.c.subject == subject, ~table.c.is_settled)).all()
        for row in rows:
            if _is_finished(engagement, row.run_id):
                connection.execute(sa.update(table).where(table.c.sequence == row.sequence).values(is_settled=True))
            else:
                connection.execute(sa.delete(table).where(table.c.sequence == row.sequence))
        kept = connection.execute(sa.select(table.c.path).where(table.c.subject == subject)).scalars()
        known |= {Path(path) for path in kept}
    for parent in (engagement / home, engagement / home / "models"):
        for folder in parent.iterdir() if parent.exists() else ():
            if folder.relative_to(engagement) not in known:
                removed_folder(folder)


def _forget_older(connection: sa.Connection, engagement: Path, subject: str, sequence: int) -> None:
    """Remove the tables of older matchings that only served the next one."""
    older = sa.select(MATCHINGS.c.path).where(MATCHINGS.c.subject == subject, MATCHINGS.c.sequence < sequence)
    for path in connection.execute(older).scalars():
        for file in (engagement / path).glob("*.arrow"):
            if file.stem != HISTORY_TABLE:
                file.unlink(missing_ok=True)


def _write_tables(folder: Path, tables: Mapping[str, pa.Table], compression: str | None = "zstd") -> None:
    options = pa.ipc.IpcWriteOptions(compression=compression)
    for name, table in tables.items():
        with (
            atomic_path(_file(folder, name)) as path,
            pa.ipc.new_file(str(path), table.schema, options=options) as writer,
        ):
            writer.write_table(table)


def _hashes(folder: Path) -> str:
    """Return the hash of every file in a folder by name, as JSON."""
    return json.dumps({path.name: file_sha256(path) for path in sorted(folder.iterdir()) if path.is_file()})


def _damaged(folder: Path, files: Mapping[str, str]) -> list[Path]:
    return [folder / name for name, digest in files.items() if file_sha256(folder / name) != digest]


def _file(folder: Path, name: str) -> Path:
    return folder / f"{safe_name(name, 'table')}.arrow"


def _table(folder: Path, name: str, files: Mapping[str, str]) -> pa.Table | None:
    path = _file(folder, name)
    if not path.exists() or file_sha256(path) != files.get(path.name, file_sha256(path)):
        return None
    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as reader:
        return reader.read_all()
