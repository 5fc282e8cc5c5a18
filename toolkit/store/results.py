"""Results on disk: one folder per run, one Parquet file per table, and ``run.json`` with what the run rests on.

A run is written to a ``.partial`` folder and moved into place when it is finished; ``latest`` then names it, unless it is a
trial. A run that breaks off leaves nothing. ``run.json`` holds the hash of every table: a run is whole, or it is no run.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.disk import atomic_file, disk_errors, linked_or_copied, private_folder, removed_folder
from toolkit.errors import DamagedError, SnapshotMissingError, UnknownNameError
from toolkit.store.checksums import file_sha256
from toolkit.store.parquet import parquet_table
from toolkit.store.snapshots import STAMP
from toolkit.tables import RESULTS, checked


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run, or the one being written: its tables by name, and ``facts`` as in ``run.json``.

    To the facts of a run that is being written a stage may add what it has to say of itself.
    """

    run_id: str
    folder: Path
    facts: dict[str, Any]

    def table(self, name: str) -> pa.Table:
        """Return a table of the run; one that no stage has written is empty.

        Raises
        ------
        UnknownNameError
            No run has a table of that name.
        DamagedError
            The file is gone, or no longer what was written.
        """
        if name not in RESULTS:
            raise UnknownNameError("results table", name, RESULTS)
        if not self.has(name):
            return RESULTS[name].empty()
        path = self.folder / f"{name}.parquet"
        if file_sha256(path) != self.facts["tables"][name]:
            raise DamagedError(path, _AUDIT_AGAIN.format(folder=self.folder.parents[1]))
        return parquet_table(path, RESULTS[name].arrow)

    def has(self, name: str) -> bool:
        """Whether a stage has written the table, even an empty one."""
        return name in self.facts.get("tables", {})

    def damaged_tables(self) -> list[Path]:
        """Return the files of tables that are gone or no longer what was written."""
        files = {self.folder / f"{name}.parquet": digest for name, digest in self.facts.get("tables", {}).items()}
        return [path for path, digest in files.items() if file_sha256(path) != digest]

    def keep(self, name: str, before: "Run") -> None:
        """Take a table over from an earlier run of the same engagement, byte for byte."""
        path = self.folder / f"{name}.parquet"
        with disk_errors(path):
            linked_or_copied(before.folder / path.name, path)
        self.facts.setdefault("tables", {})[name] = before.facts["tables"][name]

    def drop(self, name: str) -> None:
        """Take a table out of a run that is being written."""
        path = self.folder / f"{name}.parquet"
        with disk_errors(path):
            path.unlink(missing_ok=True)
        self.facts["tables"].pop(name, None)

    def write(self, name: str, table: pa.Table) -> pa.Table:
        """Check ``table`` against its schema, write it and return it."""
        if name not in RESULTS:
            raise UnknownNameError("results table", name, RESULTS)
        whole = checked(table, RESULTS[name])
        path = self.folder / f"{name}.parquet"
        with disk_errors(path):
            pq.write_table(whole, path, compression="zstd")
            path.chmod(0o600)
        self.facts.setdefault("tables", {})[name] = file_sha256(path)
        return whole

    def tables(self) -> dict[str, pa.Table]:
        """Return every table by name; those that no stage has written are empty."""
        return {name: self.table(name) for name in RESULTS}


_OWN_HASH = "sha256_of_the_rest"
_AUDIT_AGAIN = "Run 'integration-audit audit {folder}': what is damaged is computed again."


@contextmanager
def new_run(engagement: Path, started_at: datetime, facts: dict[str, Any], taken: Collection[str] = ()) -> Iterator[Run]:
    """Yield a run to write tables to; it becomes the latest when the block ends without an error, unless it is a trial.

    Parameters
    ----------
    engagement
        The engagement's folder.
    started_at
        When; it names the run.
    facts
        What the run rests on; may be added to until the block ends. With ``trial`` the run stands beside the latest.
    taken
        Names that other runs had whose folders are gone: no name is given twice, whatever the clock says.
    """
    home = private_folder(engagement / "results")
    while f"{started_at:{STAMP}}" in taken or (home / f"{started_at:{STAMP}}").exists():
        started_at += timedelta(seconds=1)
    run_id = f"{started_at:{STAMP}}"
    partial = private_folder(home / f".partial-{run_id}")
    try:
        yield Run(run_id, partial, facts)
        facts |= {"run_id": run_id, "started_at": started_at.isoformat()}
        # As they come back from the file, tuples as lists, so that the hash can be compared.
        said = json.loads(json.dumps(facts))
        with atomic_file(partial / "run.json", "w", encoding="utf-8") as stream:
            json.dump({**said, _OWN_HASH: _facts_sha256(said)}, stream, indent=2, ensure_ascii=False, sort_keys=True)
        with disk_errors(home):
            partial.replace(home / run_id)
        if not facts.get("trial"):
            with atomic_file(home / "latest", "w", encoding="utf-8") as stream:
                stream.write(run_id)
    finally:
        removed_folder(partial)


def read_run(engagement: Path, run_id: str = "latest") -> Run:
    """Return a finished run.

    Parameters
    ----------
    engagement
        The engagement's folder.
    run_id
        The run's name; ``latest`` is the newest that is no trial.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    UnknownNameError
        There is no such run.
    DamagedError
        What the run says of itself cannot be read.
    """
    home = engagement / "results"
    known = run_ids(engagement)
    if not known:
        raise SnapshotMissingError(
            f"There are no results in {engagement} yet. Run 'integration-audit audit {engagement}' first."
        )
    if run_id == "latest":
        run_id = latest_run_id(engagement)
    if not run_id:
        raise DamagedError(home / "latest", _AUDIT_AGAIN.format(folder=engagement))
    if run_id not in known:
        raise UnknownNameError("run", run_id, known)
    return Run(run_id, home / run_id, _facts(home / run_id / "run.json"))


def run_ids(engagement: Path) -> list[str]:
    """Return the names of the runs on the disk, newest first, whole or not."""
    return sorted((one.name for one in (engagement / "results").glob("[!.]*") if one.is_dir()), reverse=True)


def latest_run_id(engagement: Path) -> str:
    """Return the run that ``latest`` names; where somebody removed or changed that file, the newest that is no trial.

    Empty when there is none.
    """
    home = engagement / "results"
    known = run_ids(engagement)
    try:
        named = (home / "latest").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        named = ""
    if named in known:
        return named
    for run_id in known:
        try:
            if not _facts(home / run_id / "run.json").get("trial"):
                return run_id
        except DamagedError:
            continue
    return ""


def _facts(path: Path) -> dict[str, Any]:
    """Return what ``run.json`` says, if it is as it was written: it ends with a hash over the rest."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.pop(_OWN_HASH, None) != _facts_sha256(found):
        raise DamagedError(path, _AUDIT_AGAIN.format(folder=path.parents[2]))
    return found


def _facts_sha256(facts: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
