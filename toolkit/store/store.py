"""The engagement's store: the one object that owns its folder, state and writer's lock."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import sqlalchemy as sa

from toolkit.disk import private_folder
from toolkit.errors import DamagedError, InputError
from toolkit.store import catalogue, matchings, readings
from toolkit.store.audit_log import LOST, MENDED, SAID, broken_log_entries, log_entry, log_head, logged, unsaid
from toolkit.store.carried import carry_system_over
from toolkit.store.catalogue import Presence
from toolkit.store.decisions import keep_decisions, kept_decisions
from toolkit.store.leftovers import remove_leftovers
from toolkit.store.matchings import KeptMatching, KeptModel, NewModel
from toolkit.store.merging import WHOLE_LIST, Brought
from toolkit.store.opened import opened
from toolkit.store.renames import Rename, renames
from toolkit.store.results import Run, new_run, read_run
from toolkit.store.rulings import keep_rulings, kept_rulings
from toolkit.store.shared.place import SharedPlace
from toolkit.store.snapshots import (
    WrittenSnapshot,
    present_records,
    read_side_table,
    read_snapshot,
    refuse_damaged_snapshot,
    snapshot_sha256,
    write_snapshot,
)
from toolkit.store.state import is_writable
from toolkit.store.state_copy import COPY_NAME, extend_copy
from toolkit.tables import CLUSTER_EVENT

_ENGAGEMENT = "engagement"
FOLDERS = ("exports", "snapshots", "quarantine", "results", "matching", "plans", "notebooks", "reports")


class Store:
    """Snapshots, results, decisions and the audit log of one engagement; close it or use it in a ``with`` block."""

    def __init__(self, folder: Path, place: SharedPlace | None = None) -> None:
        """Open the store of the engagement at ``folder``; the folder and what belongs in it are created when missing.

        A folder that cannot be written is read as it is: what would write says so. ``place`` is where its state is shared.
        """
        self.folder = private_folder(folder).resolve()
        for name in FOLDERS if is_writable(self.folder) else ():
            private_folder(self.folder / name)
        self.state = opened(self.folder, place)
        self._engine = self.state.engine
        self.engagement_id, self.is_read_only = self.state.engagement_id, self.state.is_read_only

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"

    def close(self) -> None:
        """Let go of the state."""
        self._engine.dispose()

    @contextmanager
    def writing(self, purpose: str) -> Iterator[None]:
        """Hold the right to write for a ``with`` block; `BusyError` names the run that has it.

        What a run that was killed left behind is cleared away first.
        """
        with self.state.lock(purpose, datetime.now(UTC)):
            with self.changing() as connection:
                catalogue.adopt_snapshots(connection, self.folder)
            remove_leftovers(self.folder)
            yield

    @contextmanager
    def changing(self) -> Iterator[sa.Connection]:
        """Yield a transaction on the state; when it is done its rows are in the copy of it too."""
        with self._engine.begin() as connection:
            yield connection
        with self._engine.begin() as connection:
            extend_copy(connection, self.folder / COPY_NAME, self.engagement_id)

    def reading(self) -> sa.Connection:
        """Return a connection to the state, to read; it is closed by whoever asked."""
        return self.state.readers.connect()

    def noting(self) -> sa.Connection:
        """Return a connection to the state, to write row by row; it is closed by whoever asked."""
        return self._engine.connect()

    def add_snapshot(
        self,
        *,
        system: str,
        stream: str,
        entity: str,
        connector: str,
        records: Iterable[pa.Table],
        taken_at: datetime,
        side_tables: Mapping[str, pa.Table] | None = None,
        is_complete: bool = True,
        reasons: Iterable[str] = (),
        source_files: Mapping[str, str] | None = None,
        brought: Brought = WHOLE_LIST,
    ) -> WrittenSnapshot:
        """Write a stream's full state, merged with its newest snapshot that is whole.

        Parameters
        ----------
        system, stream, entity, connector, records, taken_at, side_tables, is_complete, reasons, source_files, brought
            As `snapshots.write_snapshot` takes them; ``records`` may be a generator.
        """
        with self.reading() as connection:
            newest, whole = catalogue.newest_paths(connection, self.folder, system, stream)
        written = write_snapshot(
            self.folder,
            system=system,
            stream=stream,
            entity=entity,
            connector=connector,
            records=records,
            side_tables={} if side_tables is None else side_tables,
            taken_at=taken_at,
            previous=self.folder / whole if whole else None,
            is_complete=is_complete,
            reasons=reasons,
            source_files=source_files,
            brought=brought,
        )
        with self.changing() as connection:
            if written.path != newest:
                catalogue.catalogued(connection, written)
            detail = written.logged(taken_at)
            log_entry(connection, "snapshot" if written.is_new else "snapshot_unchanged", detail, datetime.now(UTC))
        return written

    def snapshots(self, *, all_streams: bool = False) -> pa.Table:
        """Return the newest snapshot of every stream that counts, as a SNAPSHOT table; with ``all_streams`` of every one."""
        with self.reading() as connection:
            return catalogue.snapshot_table(connection, all_streams=all_streams)

    def damaged_snapshots(self) -> list[dict[str, Any]]:
        """Return the newest snapshots that count and are gone, or no longer what was written, as rows of SNAPSHOT."""
        return [one for one in self.snapshots().to_pylist() if snapshot_sha256(self.folder / one["path"]) != one["sha256"]]

    def fall_back(self, system: str, stream: str) -> bool:
        """Let a stream count by its newest snapshot that is whole; return whether there is one."""
        with self.changing() as connection:
            _, whole = catalogue.newest_paths(connection, self.folder, system, stream)
            if whole is not None:
                catalogue.count_again(connection, whole)
        return whole is not None

    def presences(self) -> dict[tuple[str, str], Presence]:
        """Return what became of each stream, by system and stream; one that was never missed is not among them."""
        with self.reading() as connection:
            return catalogue.presences(connection)

    def note_presence(self, found: Iterable[Presence]) -> None:
        """Keep what became of streams."""
        now = datetime.now(UTC)
        with self.changing() as connection:
            for one in found:
                if catalogue.note_presence(connection, one, now):
                    detail = {"system": one.system, "stream": one.stream, "presence": one.presence}
                    log_entry(connection, "presence", detail, now)

    def rename_system(self, old: str, new: str) -> list[str]:
        """Carry the records of one system over to another name; return its streams.

        What the new name has already been read under stays; what only the old one held is added to it as absent. Decisions
        and cluster ids follow.

        Raises
        ------
        DamagedError
            A snapshot of the system is gone, or no longer what was written.
        """
        with self.changing() as connection:
            return carry_system_over(connection, self.folder, old, new, datetime.now(UTC))

    def renames(self) -> list[Rename]:
        """Return every renaming of a system, oldest first."""
        with self.reading() as connection:
            return renames(connection)

    def records(
        self, columns: Iterable[str] | None = None, *, entities: Collection[str] | None = None
    ) -> dict[tuple[str, str], pa.Table]:
        """Return the latest records by (system, stream), without those that are absent or deleted.

        With ``entities``, only the streams of those.

        Raises
        ------
        DamagedError
            A snapshot is gone, or no longer what was written.
        """
        chosen = None if columns is None else [*columns]
        result = {}
        for row in self.snapshots().to_pylist():
            if entities is not None and row["entity"] not in entities:
                continue
            refuse_damaged_snapshot(self.folder, row["path"], row["sha256"])
            table = read_snapshot(self.folder / row["path"], row["entity"], chosen)
            result[row["system"], row["stream"]] = present_records(table)
        return result

    def side_tables(self, name: str) -> dict[tuple[str, str], pa.Table]:
        """Return the ``lines`` or ``points`` of every stream."""
        return {
            (row["system"], row["stream"]): read_side_table(self.folder / row["path"], name)
            for row in self.snapshots().to_pylist()
        }

    def keep_intake(self, intake: pa.Table, quarantine: pa.Table) -> None:
        """Keep what the latest reading of the client's files found; the one before is replaced."""
        readings.write_intake(self.folder, intake, quarantine)

    def intake(self) -> tuple[pa.Table, pa.Table]:
        """Return the INTAKE and QUARANTINE tables of the latest reading; empty before the first.

        Raises
        ------
        DamagedError
            One of them is gone, or no longer what was written.
        """
        if not self.is_intake_whole():
            again = f"Run 'integration-audit audit {self.folder}': all files are read again."
            raise DamagedError(self.folder / "quarantine", again)
        return readings.read_intake(self.folder)

    def is_intake_whole(self) -> bool:
        """Whether what the latest reading found is as it was written."""
        return self.last_pull().get("intake") in {None, self.intake_sha256()}

    def intake_sha256(self) -> str:
        """Return a hash over what the latest reading found; it changes with every file, also with one that gave nothing."""
        return readings.intake_sha256(self.folder)

    def keep_pull(self, facts: Mapping[str, Any]) -> None:
        """Keep what a pull read and from what, for the next one."""
        with self.changing() as connection:
            readings.keep_pull(connection, facts, datetime.now(UTC))

    def last_pull(self) -> dict[str, Any]:
        """Return what the last pull kept; empty before the first."""
        with self.reading() as connection:
            return readings.last_pull(connection)

    def keep_settings(self, text: str) -> None:
        """Keep ``engagement.yaml`` as it is now, when that is news."""
        if text != self.kept_settings():
            with self.changing() as connection:
                readings.keep_settings(connection, text, datetime.now(UTC))

    def kept_settings(self, *, other_than: str | None = None) -> str:
        """Return ``engagement.yaml`` as something was last computed with it, or with another than that; empty if never."""
        with self.reading() as connection:
            return readings.kept_settings(connection, other_than=other_than)

    @contextmanager
    def new_run(self, started_at: datetime, facts: dict[str, Any]) -> Iterator[Run]:
        """Yield a run to write to; it becomes the latest when the block ends without an error, unless it is a trial."""
        taken = {one["run_id"] for one in self.logged("run")}
        with new_run(self.folder, started_at, {**facts, _ENGAGEMENT: self.engagement_id}, taken) as run:
            yield run
        with self.changing() as connection:
            log_entry(connection, "run", {"run_id": run.run_id}, datetime.now(UTC))
            for entry in matchings.settle_matchings(connection, self.folder, run.run_id):
                log_entry(connection, "matching", entry, datetime.now(UTC))

    def run(self, run_id: str = "latest") -> Run:
        """Return a finished run; ``latest`` is the newest that is no trial.

        Raises
        ------
        SnapshotMissingError
            Nothing has been audited yet.
        UnknownNameError
            There is no such run.
        DamagedError
            What the run says of itself cannot be read.
        InputError
            The run is one of another engagement.
        """
        run = read_run(self.folder, run_id)
        if run.facts.get(_ENGAGEMENT) != self.engagement_id:
            raise InputError(
                f"{run.folder} is a run of another engagement. Move it away, then run "
                f"'integration-audit audit {self.folder}'."
            )
        return run

    def keep_matching(
        self,
        subject: str,
        run_id: str,
        *,
        model: KeptModel | NewModel,
        tables: Mapping[str, pa.Table],
        mapped_tables: Mapping[str, pa.Table | Path] | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Keep what a matching found for the next; it counts once the run is finished.

        Parameters
        ----------
        subject
            What was matched, e.g. ``parties``.
        run_id, model, tables, mapped_tables, notes
            As `matchings.write_matching` takes them.
        """
        mapped = mapped_tables or {}
        matchings.write_matching(
            self._engine, self.folder, subject, run_id, model=model, tables=tables, mapped_tables=mapped, notes=notes
        )

    def matching(self, subject: str) -> KeptMatching | None:
        """Return the newest matching of a subject, or nothing before the first."""
        with self.reading() as connection:
            found = matchings.kept_matchings(connection, self.folder, subject)
        return found[-1] if found else None

    def match_models(self, subject: str) -> list[KeptModel]:
        """Return every model that was fitted for a subject, oldest first; all of them stay readable."""
        with self.reading() as connection:
            return matchings.kept_models(connection, self.folder, subject)

    def cluster_events(self, subject: str) -> pa.Table:
        """Return what happened to the clusters of a subject, oldest first (table CLUSTER_EVENT)."""
        with self.reading() as connection:
            found = matchings.kept_matchings(connection, self.folder, subject)
        tables = [one.table(matchings.HISTORY_TABLE) for one in found]
        return pa.concat_tables([CLUSTER_EVENT.empty(), *(one for one in tables if one is not None)])

    def decisions(self, *, since: int = 0) -> pa.Table:
        """Return every decision behind a number, in order of entry; the last one of a pair holds."""
        with self.reading() as connection:
            return kept_decisions(connection, since)

    def add_decisions(self, decisions: Iterable[Mapping[str, Any]]) -> int:
        """Append decisions (``key_l, key_r, decision, reviewer, note``) that say something new; return how many did."""
        with self.changing() as connection:
            return keep_decisions(connection, decisions, datetime.now(UTC))

    def rulings(self, subjects: Iterable[str] | None = None, *, since: int = 0) -> pa.Table:
        """Return the last word of a person on each thing (table RULING), of some subjects or of all findings."""
        with self.reading() as connection:
            return kept_rulings(connection, subjects, since=since)

    def add_rulings(self, rulings: Iterable[Mapping[str, Any]], *, believed: Sequence[int] | None = None) -> int:
        """Append rulings that say something new; return how many did. ``believed``: as `keep_rulings` takes it."""
        with self.changing() as connection:
            return keep_rulings(connection, rulings, datetime.now(UTC), believed=believed)

    def log(self, action: str, detail: dict[str, Any]) -> None:
        """Append to the audit log; ids, counts and hashes only."""
        with self.changing() as connection:
            log_entry(connection, action, detail, datetime.now(UTC))

    def logged(self, action: str) -> list[dict[str, Any]]:
        """Return the details of every entry of one action, oldest first."""
        with self.reading() as connection:
            return logged(connection, action)

    def log_head(self) -> str:
        """Return the hash of the audit log's newest entry, which all before it lead to; empty while there is none."""
        with self.reading() as connection:
            return log_head(connection)

    def say_next(self, sentence: str, *, is_lost: bool = False) -> None:
        """Keep a sentence for whoever runs the next audit; ``is_lost`` when it says that something cannot be had again."""
        self.log(LOST if is_lost else MENDED, {"said": sentence})

    def unsaid(self) -> tuple[list[str], list[str]]:
        """Return what was mended and what was lost since somebody was last told."""
        with self.reading() as connection:
            return unsaid(connection)

    def was_said(self) -> None:
        """Note that somebody was told what had been mended and lost."""
        if any(self.unsaid()):
            self.log(SAID, {})

    def broken_log_entries(self) -> list[int]:
        """Return the numbers of audit entries that were changed or removed after they were written."""
        with self.reading() as connection:
            return broken_log_entries(connection)
