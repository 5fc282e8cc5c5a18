"""The engagement's store: the one object that owns its folder, state file and writer's lock."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa

from toolkit.disk import atomic_path, private_folder
from toolkit.store.lock import writer_lock
from toolkit.store.matchings import (
    HISTORY_TABLE,
    KeptMatching,
    KeptModel,
    NewModel,
    kept_matchings,
    kept_models,
    settle_matchings,
    write_matching,
)
from toolkit.store.results import Run, new_run, read_run
from toolkit.store.snapshots import WrittenSnapshot, read_side_table, read_snapshot, write_snapshot
from toolkit.store.state import (
    AUDIT_LOG,
    DECISIONS,
    SNAPSHOTS,
    broken_log_entries,
    is_writable,
    log_entry,
    read_only_engine,
    state_engine,
)
from toolkit.tables import CLUSTER_EVENT, DECISION, INTAKE, QUARANTINE, SNAPSHOT, checked, decision_keys

FOLDERS = ("exports", "snapshots", "quarantine", "results", "matching", "plans", "notebooks", "reports")


class Store:
    """Snapshots, results, decisions and the audit log of one engagement; close it or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        """Open the store of the engagement at ``folder``; the folder and what belongs in it are created when missing.

        A folder that cannot be written is read as it is: what would write says so.
        """
        self.folder = private_folder(folder).resolve()
        self.is_read_only = not is_writable(self.folder)
        if self.is_read_only:
            self._engine = read_only_engine(self.folder / "state.sqlite")
            return
        for name in FOLDERS:
            private_folder(self.folder / name)
        self._engine = state_engine(self.folder / "state.sqlite")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"

    def close(self) -> None:
        """Let go of the state file."""
        self._engine.dispose()

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Return the right to write, for a ``with`` block; `BusyError` names the run that has it."""
        return writer_lock(self._engine, purpose, datetime.now(UTC))

    # Snapshots

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
    ) -> WrittenSnapshot:
        """Write a stream's full state, merged with its latest snapshot; see `snapshots.write_snapshot`."""
        latest = self._latest(system, stream)
        written = write_snapshot(
            self.folder,
            system=system,
            stream=stream,
            entity=entity,
            connector=connector,
            records=records,
            side_tables=side_tables or {},
            taken_at=taken_at,
            previous=self.folder / latest if latest else None,
            is_complete=is_complete,
            reasons=reasons,
            source_files=source_files,
        )
        with self._engine.begin() as connection:
            if written.is_new:
                connection.execute(
                    sa.insert(SNAPSHOTS).values(
                        system=system,
                        stream=stream,
                        entity=entity,
                        connector=connector,
                        taken_at=written.taken_at.isoformat(),
                        rows=written.rows,
                        rows_absent=written.rows_absent,
                        is_complete=written.is_complete,
                        reasons=json.dumps(written.reasons),
                        source_files=json.dumps(written.source_files),
                        sha256=written.sha256,
                        path=written.path,
                    )
                )
            log_entry(
                connection,
                "snapshot" if written.is_new else "snapshot_unchanged",
                {"path": written.path, "rows": written.rows, "sha256": written.sha256},
                datetime.now(UTC),
            )
        return written

    def snapshots(self) -> pa.Table:
        """Return the latest snapshot of every stream, as a SNAPSHOT table."""
        newest = sa.select(sa.func.max(SNAPSHOTS.c.sequence)).group_by(SNAPSHOTS.c.system, SNAPSHOTS.c.stream)
        chosen = (
            sa.select(SNAPSHOTS).where(SNAPSHOTS.c.sequence.in_(newest)).order_by(SNAPSHOTS.c.system, SNAPSHOTS.c.stream)
        )
        with self._engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(chosen)]  # noqa: SLF001 - the library's documented name
        for row in rows:
            del row["sequence"]
            row["taken_at"] = datetime.fromisoformat(row["taken_at"])
            row["reasons"] = json.loads(row["reasons"])
            row["source_files"] = json.loads(row["source_files"])
        return SNAPSHOT.from_rows(rows)

    def records(self, columns: Iterable[str] | None = None) -> dict[tuple[str, str], pa.Table]:
        """Return the latest records by (system, stream), without those that are absent or deleted."""
        chosen = None if columns is None else [*columns]
        result = {}
        for row in self.snapshots().to_pylist():
            table = read_snapshot(self.folder / row["path"], row["entity"], chosen)
            if "state" in table.column_names:
                present = pc.is_in(table["state"], pa.array(["active", "archived"]))
                table = table.filter(present)
            result[row["system"], row["stream"]] = table
        return result

    def side_tables(self, name: str) -> dict[tuple[str, str], pa.Table]:
        """Return the ``lines`` or ``points`` of every stream."""
        return {
            (row["system"], row["stream"]): read_side_table(self.folder / row["path"], name)
            for row in self.snapshots().to_pylist()
        }

    # What was read

    def keep_intake(self, intake: pa.Table, quarantine: pa.Table) -> None:
        """Keep what the latest reading of the client's files found; the one before is replaced."""
        for name, table in ((INTAKE.name, checked(intake, INTAKE)), (QUARANTINE.name, checked(quarantine, QUARANTINE))):
            with atomic_path(self.folder / "quarantine" / f"{name}.parquet") as path:
                pq.write_table(table, path, compression="zstd")

    def intake(self) -> tuple[pa.Table, pa.Table]:
        """Return the INTAKE and QUARANTINE tables of the latest reading; empty before the first."""
        found = []
        for schema in (INTAKE, QUARANTINE):
            path = self.folder / "quarantine" / f"{schema.name}.parquet"
            found.append(pq.read_table(path, schema=schema.arrow) if path.exists() else schema.empty())
        return found[0], found[1]

    # Results

    @contextmanager
    def new_run(self, started_at: datetime, facts: dict[str, Any]) -> Iterator[Run]:
        """Yield a run to write to; it becomes the latest when the block ends without an error."""
        with new_run(self.folder, started_at, facts) as run:
            yield run
        with self._engine.begin() as connection:
            log_entry(connection, "run", {"run_id": run.run_id}, datetime.now(UTC))
            for entry in settle_matchings(connection, self.folder, run.run_id):
                log_entry(connection, "matching", entry, datetime.now(UTC))

    def run(self, run_id: str = "latest") -> Run:
        """Return a finished run."""
        return read_run(self.folder, run_id)

    # Matching

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
        """Keep what a matching found for the next; it counts once the run is finished. See `matchings.write_matching`."""
        write_matching(
            self._engine,
            self.folder,
            subject,
            run_id,
            model=model,
            tables=tables,
            mapped_tables=mapped_tables or {},
            notes=notes,
        )

    def matching(self, subject: str) -> KeptMatching | None:
        """Return the newest matching of a subject, or nothing before the first."""
        with self._engine.connect() as connection:
            found = kept_matchings(connection, self.folder, subject)
        return found[-1] if found else None

    def match_models(self, subject: str) -> list[KeptModel]:
        """Return every model that was fitted for a subject, oldest first; all of them stay readable."""
        with self._engine.connect() as connection:
            return kept_models(connection, self.folder, subject)

    def cluster_events(self, subject: str) -> pa.Table:
        """Return what happened to the clusters of a subject, oldest first (table CLUSTER_EVENT)."""
        with self._engine.connect() as connection:
            found = kept_matchings(connection, self.folder, subject)
        tables = [one.table(HISTORY_TABLE) for one in found]
        return pa.concat_tables([CLUSTER_EVENT.empty(), *(one for one in tables if one is not None)])

    # Decisions

    def decisions(self) -> pa.Table:
        """Return every decision in order of entry; the last one of a pair holds."""
        with self._engine.connect() as connection:
            chosen = connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.sequence))
            rows = [dict(row._mapping) for row in chosen]  # noqa: SLF001 - the library's documented name
        for row in rows:
            row["decided_at"] = datetime.fromisoformat(row["decided_at"])
        return DECISION.from_rows(rows)

    def add_decisions(self, decisions: Iterable[Mapping[str, Any]]) -> int:
        """Append decisions (``key_l, key_r, decision, reviewer, note``) that say something new; return how many did."""
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            held = {
                (row.key_l, row.key_r): row.decision
                for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.sequence))
            }
            count = 0
            for one in decisions:
                key_l, key_r = decision_keys(one["key_l"], one["key_r"])
                if held.get((key_l, key_r), "open") == one["decision"]:
                    continue
                held[key_l, key_r] = one["decision"]
                connection.execute(
                    sa.insert(DECISIONS).values(
                        key_l=key_l,
                        key_r=key_r,
                        decision=one["decision"],
                        reviewer=one.get("reviewer"),
                        decided_at=now.isoformat(),
                        note=one.get("note"),
                    )
                )
                count += 1
            log_entry(connection, "decisions", {"added": count}, now)
        return count

    # Audit log

    def log(self, action: str, detail: dict[str, Any]) -> None:
        """Append to the audit log; ids, counts and hashes only."""
        with self._engine.begin() as connection:
            log_entry(connection, action, detail, datetime.now(UTC))

    def logged(self, action: str) -> list[dict[str, Any]]:
        """Return the details of every entry of one action, oldest first."""
        chosen = sa.select(AUDIT_LOG.c.detail).where(AUDIT_LOG.c.action == action).order_by(AUDIT_LOG.c.sequence)
        with self._engine.connect() as connection:
            return [json.loads(detail) for detail in connection.execute(chosen).scalars()]

    def broken_log_entries(self) -> list[int]:
        """Return the numbers of audit entries that were changed or removed after they were written."""
        with self._engine.connect() as connection:
            return broken_log_entries(connection)

    def _latest(self, system: str, stream: str) -> str | None:
        with self._engine.connect() as connection:
            found = connection.execute(
                sa.select(SNAPSHOTS.c.path)
                .where(SNAPSHOTS.c.system == system, SNAPSHOTS.c.stream == stream)
                .order_by(SNAPSHOTS.c.sequence.desc())
                .limit(1)
            ).scalar_one_or_none()
        return None if found is None else str(found)
