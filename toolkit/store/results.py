"""Results on disk: one folder per run, one Parquet file per table, and ``run.json`` with what the run rests on.

A run is written to a ``.partial`` folder and moved into place when it is finished; ``latest`` then names it. A run that
breaks off leaves nothing.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.disk import atomic_file, disk_errors, private_folder, removed_folder
from toolkit.errors import SnapshotMissingError, UnknownNameError
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
        """Return a table of the run; one that no stage has written is empty."""
        if name not in RESULTS:
            raise UnknownNameError("results table", name, RESULTS)
        path = self.folder / f"{name}.parquet"
        return pq.read_table(path, schema=RESULTS[name].arrow) if path.exists() else RESULTS[name].empty()

    def has(self, name: str) -> bool:
        """Whether a stage has written the table, even an empty one."""
        return (self.folder / f"{name}.parquet").exists()

    def write(self, name: str, table: pa.Table) -> pa.Table:
        """Check ``table`` against its schema, write it and return it."""
        if name not in RESULTS:
            raise UnknownNameError("results table", name, RESULTS)
        whole = checked(table, RESULTS[name])
        path = self.folder / f"{name}.parquet"
        with disk_errors(path):
            pq.write_table(whole, path, compression="zstd")
            path.chmod(0o600)
        return whole

    def tables(self) -> dict[str, pa.Table]:
        """Return every table by name; those that no stage has written are empty."""
        return {name: self.table(name) for name in RESULTS}


@contextmanager
def new_run(engagement: Path, started_at: datetime, facts: dict[str, Any]) -> Iterator[Run]:
    """Yield a run to write tables to; it becomes the latest when the block ends without an error.

    ``facts`` may be added to until the block ends.
    """
    home = private_folder(engagement / "results")
    while (home / f"{started_at:{STAMP}}").exists():
        started_at += timedelta(seconds=1)
    run_id = f"{started_at:{STAMP}}"
    partial = private_folder(home / f".partial-{run_id}")
    try:
        yield Run(run_id, partial, facts)
        facts |= {"run_id": run_id, "started_at": started_at.isoformat()}
        with atomic_file(partial / "run.json", "w", encoding="utf-8") as stream:
            json.dump(facts, stream, indent=2, ensure_ascii=False, sort_keys=True)
        with disk_errors(home):
            partial.replace(home / run_id)
        with atomic_file(home / "latest", "w", encoding="utf-8") as stream:
            stream.write(run_id)
    finally:
        removed_folder(partial)


def read_run(engagement: Path, run_id: str = "latest") -> Run:
    """Return a finished run.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    UnknownNameError
        There is no such run.
    """
    home = engagement / "results"
    latest = home / "latest"
    if not latest.exists():
        raise SnapshotMissingError(
            f"There are no results in {engagement} yet. Run 'integration-audit audit {engagement}' first."
        )
    if run_id == "latest":
        run_id = latest.read_text(encoding="utf-8").strip()
    known = sorted(one.name for one in home.iterdir() if one.is_dir() and not one.name.startswith("."))
    if run_id not in known:
        raise UnknownNameError("run", run_id, known)
    folder = home / run_id
    return Run(run_id, folder, json.loads((folder / "run.json").read_text(encoding="utf-8")))
