"""The record of lists of jobs, in the engagement's folder: of each run a file of JSON lines, and of all one line each.

What is written is on the disk before anything else happens. A run that was killed has a file without an end; the next one
says so in its place.
"""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toolkit.disk import disk_errors, private_folder
from toolkit.errors import InputError

FOLDER = "job-runs"
"""Below the engagement."""
LISTS = ("jobs.yaml", "jobs.yml", "*.jobs.yaml", "*.jobs.yml")
"""What a list of jobs is called that stands in the engagement: never a file of the client's."""

_RUNS, _ALERTS, _WATCHED = "runs.jsonl", "alerts.jsonl", "watched.jsonl"
_BEGAN, _ENDED = "run_began", "run_ended"
KILLED = "killed"
"""How a run ended that nobody saw end."""


def refuse_no_folder(folder: Path) -> None:
    """Refuse an engagement that is not there: opening it would begin one.

    Raises
    ------
    InputError
        There is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}. Name the engagement's in the list: engagement: FOLDER.")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The file of one run."""

    home: Path
    run_id: str
    job: str

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self.home / f"{self.run_id}.jsonl"

    @property
    def outputs(self) -> Path:
        """The folder of what its steps printed."""
        return self.home / self.run_id

    def note(self, event: str, **facts: Any) -> None:
        """Write one line."""
        _append(self.path, {"event": event, "at": _now(), "job": self.job, **facts})

    def note_end(self, **facts: Any) -> None:
        """Write how the run ended: into its own file, and a line among all runs."""
        self.note(_ENDED, **facts)
        _append(self.home / _RUNS, {"run": self.run_id, "job": self.job, "ended_at": _now(), **facts})


def begun_record(folder: Path, job: str) -> RunRecord:
    """Begin the record of a run, and close those of runs of the same list that were killed.

    Parameters
    ----------
    folder
        The engagement's; whoever calls this has the right to run its lists.
    job
        The name of the list.
    """
    home = private_folder(folder / FOLDER)
    for path in _without_end(home, job):
        RunRecord(home, path.stem, job).note_end(state=KILLED, code=None, begun_at=_first(path).get("at"))
    run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    record = RunRecord(home, run_id, job)
    record.note(_BEGAN, process=os.getpid())
    return record


def kept_runs(folder: Path, job: str | None = None) -> list[dict[str, Any]]:
    """Return the line of every run that ended, oldest first; of one list, where it is named."""
    return [one for one in _lines(folder / FOLDER / _RUNS) if job in {None, one.get("job")}]


def watched_since(folder: Path, job: str, now: datetime) -> datetime:
    """Return when somebody first asked whether a list is overdue that never ended: now, if nobody did.

    Parameters
    ----------
    folder
        The engagement's.
    job
        The name of the list.
    now
        UTC.
    """
    path = private_folder(folder / FOLDER) / _WATCHED
    found = [str(one["since"]) for one in _lines(path) if one.get("job") == job and "since" in one]
    if found:
        return datetime.fromisoformat(found[0])
    _append(path, {"job": job, "since": now.isoformat(timespec="seconds")})
    return now


def last_told(folder: Path, job: str, channel: str) -> str:
    """Return the print of what a channel was last told of a list; empty where it was told nothing.

    Parameters
    ----------
    folder
        The engagement's.
    job
        The name of the list.
    channel
        Such as ``slack``.
    """
    found = [
        str(one.get("print", ""))
        for one in _lines(folder / FOLDER / _ALERTS)
        if one.get("job") == job and one.get("channel") == channel and one.get("is_sent") is True
    ]
    return found[-1] if found else ""


def note_told(folder: Path, **facts: Any) -> None:
    """Write that a channel was told something, or could not be."""
    _append(private_folder(folder / FOLDER) / _ALERTS, {"at": _now(), **facts})


def _without_end(home: Path, job: str) -> list[Path]:
    ended = {one.get("run") for one in _lines(home / _RUNS)}
    found = [path for path in home.glob("*.jsonl") if path.name not in {_RUNS, _ALERTS, _WATCHED} and path.stem not in ended]
    return [path for path in sorted(found) if _first(path).get("job") == job]


def _first(path: Path) -> Mapping[str, Any]:
    return next(_lines(path), {})


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file that are whole: the machine may have stopped in the middle of the last."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        # Not there yet, or not to be read: what is told twice is better than what is not told.
        return
    for line in text.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _append(path: Path, facts: Mapping[str, Any]) -> None:
    line = json.dumps(facts, ensure_ascii=False, default=str) + "\n"
    with disk_errors(path), os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as stream:
        if stream.seek(0, os.SEEK_END) and _is_cut(stream):
            line = f"\n{line}"
        stream.write(line.encode())
        stream.flush()
        os.fsync(stream.fileno())


def _is_cut(stream: Any) -> bool:
    """Return whether the last line of a file has no end."""
    stream.seek(-1, os.SEEK_END)
    return bool(stream.read(1) != b"\n")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
