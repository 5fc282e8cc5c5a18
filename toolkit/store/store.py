"""The engagement's store: the one object that owns its folder, state file and writer's lock."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa

from toolkit.disk import atomic_path, private_folder
from toolkit.errors import InputError
from toolkit.store.carried import carry_over
from toolkit.store.catalogue import (
    RENAMED,
    Presence,
    adopt_snapshots,
    catalogued,
    count_again,
    newest_snapshots,
    note_presence,
    presences,
    stream_snapshots,
)
from toolkit.store.checksums import file_sha256, joint_sha256
from toolkit.store.leftovers import remove_leftovers
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
from toolkit.store.renames import Rename, note_rename, renamed_key, renames
from toolkit.store.results import Run, new_run, read_run
from toolkit.store.snapshots import (
    WrittenSnapshot,
    read_side_table,
    read_snapshot,
    refuse_damaged_snapshot,
    snapshot_sha256,
    write_snapshot,
)
from toolkit.store.state import AUDIT_LOG, DECISIONS, LOST, MENDED, PULLS, SETTINGS, broken_log_entries, log_entry
from toolkit.store.state_copy import COPY_NAME, extend_copy
from toolkit.store.state_file import opened_state
from toolkit.tables import CLUSTER_EVENT, DECISION, INTAKE, QUARANTINE, SNAPSHOT, checked, decision_keys

_ENGAGEMENT = "engagement"
_SAID = "said"
FOLDERS = ("exports", "snapshots", "quarantine", "results", "matching", "plans", "notebooks", "reports")


class Store:
    """Snapshots, results, decisions and the audit log of one engagement; close it or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        """Open the store of the engagement at ``folder``; the folder and what belongs in it are created when missing."""
        self.folder = private_folder(folder).resolve()
        for name in FOLDERS:
            private_folder(self.folder / name)
        state = opened_state(self.folder)
        self._engine = state.engine
        self.engagement_id = state.engagement_id

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"

    def close(self) -> None:
        """Let go of the state file."""
        self._engine.dispose()

    @contextmanager
    def writing(self, purpose: str) -> Iterator[None]:
        """Hold the right to write for a ``with`` block; `BusyError` names the run that has it.

        What a run that was killed left behind is cleared away first.
        """
        with writer_lock(self._engine, purpose, datetime.now(UTC)):
            with self._changing() as connection:
                adopt_snapshots(connection, self.folder)
            remove_leftovers(self.folder)
            yield

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        """Yield a transaction on the state; when it is done its rows are in the copy too."""
        with self._engine.begin() as connection:
            yield connection
        with self._engine.begin() as connection:
            extend_copy(connection, self.folder / COPY_NAME, self.engagement_id)

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
        """Write a stream's full state, merged with its newest snapshot that is whole; see `snapshots.write_snapshot`."""
        with self._engine.connect() as connection:
            earlier = stream_snapshots(connection, system, stream)
        newest = next((path for path, digest in earlier if snapshot_sha256(self.folder / path) == digest), None)
        written = write_snapshot(
            self.folder,
            system=system,
            stream=stream,
            entity=entity,
            connector=connector,
            records=records,
            side_tables=side_tables or {},
            taken_at=taken_at,
            previous=self.folder / newest if newest else None,
            is_complete=is_complete,
            reasons=reasons,
            source_files=source_files,
        )
        is_newest = not earlier or written.path == earlier[0][0]
        with self._changing() as connection:
            if written.is_new or not is_newest:
                catalogued(connection, written)
            log_entry(
                connection,
                "snapshot" if written.is_new else "snapshot_unchanged",
                {"path": written.path, "rows": written.rows, "sha256": written.sha256},
                datetime.now(UTC),
            )
        return written

    def snapshots(self, *, all_streams: bool = False) -> pa.Table:
        """Return the newest snapshot of every stream that counts, as a SNAPSHOT table; with ``all_streams`` of every one."""
        with self._engine.connect() as connection:
            rows, found = newest_snapshots(connection), presences(connection)
        if not all_streams:
            rows = [row for row in rows if (key := (row["system"], row["stream"])) not in found or found[key].is_counted]
        return SNAPSHOT.from_rows(rows)

    def damaged_snapshots(self) -> list[dict[str, Any]]:
        """Return the newest snapshots that count and are gone, or no longer what was written, as rows of SNAPSHOT."""
        rows = self.snapshots().to_pylist()
        return [row for row in rows if snapshot_sha256(self.folder / row["path"]) != row["sha256"]]

    def fall_back(self, system: str, stream: str) -> bool:
        """Let a stream count by its newest snapshot that is whole; return whether there is one."""
        with self._engine.connect() as connection:
            earlier = stream_snapshots(connection, system, stream)
        whole = next((path for path, digest in earlier if snapshot_sha256(self.folder / path) == digest), None)
        if whole is not None:
            with self._changing() as connection:
                count_again(connection, whole)
        return whole is not None

    def presences(self) -> dict[tuple[str, str], Presence]:
        """Return what became of each stream, by system and stream; one that was never missed is not among them."""
        with self._engine.connect() as connection:
            return presences(connection)

    def note_presence(self, found: Iterable[Presence]) -> None:
        """Keep what became of streams."""
        now = datetime.now(UTC)
        with self._changing() as connection:
            for one in found:
                if note_presence(connection, one, now):
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
        now = datetime.now(UTC)
        rows = {(row["system"], row["stream"]): row for row in self.snapshots(all_streams=True).to_pylist()}
        own = [row for (system, _), row in rows.items() if system == old]
        carried = []
        for row in own:
            there = rows.get((new, row["stream"]))
            for one in (row, *([there] if there else [])):
                refuse_damaged_snapshot(self.folder, one["path"], one["sha256"])
            carried.append(carry_over(self.folder, row, there, old=old, new=new, at=now))
        with self._changing() as connection:
            for row, written in zip(own, carried, strict=True):
                if written is not None:
                    catalogued(connection, written)
                note_presence(connection, Presence(old, row["stream"], RENAMED), now)
            note_rename(connection, old, new, now)
            log_entry(connection, "rename", {"old": old, "new": new}, now)
        return [row["stream"] for row in own]

    def renames(self) -> list[Rename]:
        """Return every renaming of a system, oldest first."""
        with self._engine.connect() as connection:
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
            with atomic_path(self._intake_path(name)) as path:
                pq.write_table(table, path, compression="zstd")

    def intake(self) -> tuple[pa.Table, pa.Table]:
        """Return the INTAKE and QUARANTINE tables of the latest reading; empty before the first."""
        found = []
        for schema in (INTAKE, QUARANTINE):
            path = self._intake_path(schema.name)
            found.append(pq.read_table(path, schema=schema.arrow) if path.exists() else schema.empty())
        return found[0], found[1]

    def _intake_path(self, name: str) -> Path:
        return self.folder / "quarantine" / f"{name}.parquet"

    def intake_sha256(self) -> str:
        """Return a hash over what the latest reading found; it changes with every file, also with one that gave nothing."""
        own, *others = (file_sha256(self._intake_path(schema.name)) for schema in (INTAKE, QUARANTINE))
        return joint_sha256(own, {QUARANTINE.name: others[0]})

    def keep_pull(self, facts: Mapping[str, Any]) -> None:
        """Keep what a pull read and from what, for the next one."""
        now = datetime.now(UTC)
        with self._changing() as connection:
            connection.execute(sa.insert(PULLS).values(at=now.isoformat(), facts=json.dumps(facts, sort_keys=True)))

    def last_pull(self) -> dict[str, Any]:
        """Return what the last pull kept; empty before the first."""
        chosen = sa.select(PULLS.c.facts).order_by(PULLS.c.sequence.desc()).limit(1)
        with self._engine.connect() as connection:
            found = connection.execute(chosen).scalar_one_or_none()
        return json.loads(found) if found else {}

    def keep_settings(self, text: str) -> None:
        """Keep ``engagement.yaml`` as it is now, when that is news."""
        if text == self.kept_settings():
            return
        with self._changing() as connection:
            connection.execute(sa.insert(SETTINGS).values(at=datetime.now(UTC).isoformat(), text=text))

    def kept_settings(self) -> str:
        """Return ``engagement.yaml`` as something was last computed with it; empty when it never was."""
        chosen = sa.select(SETTINGS.c.text).order_by(SETTINGS.c.sequence.desc()).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar_one_or_none() or ""

    # Results

    @contextmanager
    def new_run(self, started_at: datetime, facts: dict[str, Any]) -> Iterator[Run]:
        """Yield a run to write to; it becomes the latest when the block ends without an error, unless it is a trial."""
        with new_run(self.folder, started_at, {**facts, _ENGAGEMENT: self.engagement_id}) as run:
            yield run
        with self._changing() as connection:
            log_entry(connection, "run", {"run_id": run.run_id}, datetime.now(UTC))
            for entry in settle_matchings(connection, self.folder, run.run_id):
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
            rows = [dict(row) for row in chosen.mappings()]
            changes = renames(connection)
        for row in rows:
            row["decided_at"] = datetime.fromisoformat(row["decided_at"])
            since = [one for one in changes if row["sequence"] <= one.decisions]
            row["key_l"], row["key_r"] = decision_keys(*(renamed_key(row[side], since) for side in ("key_l", "key_r")))
        return DECISION.from_rows(rows)

    def add_decisions(self, decisions: Iterable[Mapping[str, Any]]) -> int:
        """Append decisions (``key_l, key_r, decision, reviewer, note``) that say something new; return how many did."""
        now = datetime.now(UTC)
        held = {(row["key_l"], row["key_r"]): row["decision"] for row in self.decisions().to_pylist()}
        with self._changing() as connection:
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
        with self._changing() as connection:
            log_entry(connection, action, detail, datetime.now(UTC))

    def logged(self, action: str) -> list[dict[str, Any]]:
        """Return the details of every entry of one action, oldest first."""
        chosen = sa.select(AUDIT_LOG.c.detail).where(AUDIT_LOG.c.action == action).order_by(AUDIT_LOG.c.sequence)
        with self._engine.connect() as connection:
            return [json.loads(detail) for detail in connection.execute(chosen).scalars()]

    def say_next(self, sentence: str, *, is_lost: bool = False) -> None:
        """Keep a sentence for whoever runs the next audit; ``is_lost`` when it says that something cannot be had again."""
        self.log(LOST if is_lost else MENDED, {"said": sentence})

    def unsaid(self) -> tuple[list[str], list[str]]:
        """Return what was mended and what was lost since somebody was last told."""
        chosen = sa.select(AUDIT_LOG.c.action, AUDIT_LOG.c.detail).order_by(AUDIT_LOG.c.sequence)
        mended: list[str] = []
        lost: list[str] = []
        with self._engine.connect() as connection:
            for action, detail in connection.execute(chosen.where(AUDIT_LOG.c.action.in_([MENDED, LOST, _SAID]))):
                if action == _SAID:
                    mended, lost = [], []
                else:
                    (lost if action == LOST else mended).append(json.loads(detail)["said"])
        return mended, lost

    def was_said(self) -> None:
        """Note that somebody was told what had been mended and lost."""
        if any(self.unsaid()):
            self.log(_SAID, {})

    def broken_log_entries(self) -> list[int]:
        """Return the numbers of audit entries that were changed or removed after they were written."""
        with self._engine.connect() as connection:
            return broken_log_entries(connection)
