"""Run logs that integrations wrote, read from their files: how each of them does."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import RegisterAnswer, register_answer, settings_now
from toolkit.errors import InputError
from toolkit.files.filled_sheets import FilledSheet, filled_sheets
from toolkit.landscape.run_log import Health, LoggedRun, health
from toolkit.tables.registers import RUN_HEALTH
from toolkit.values.counted import counted
from toolkit.values.date import date_column

_WORDS: Mapping[str, tuple[str, ...]] = {
    "integration": (
        "integration", "workflow", "flow", "zap", "scenario", "job", "recipe", "task name", "workflow name", "zap title",
        "scenario name", "name", "process",
    ),
    "status": ("status", "state", "result", "outcome", "run status", "execution status"),
    "when": (
        "when", "finished", "finished at", "ended at", "stopped at", "completed at", "started", "started at", "start time",
        "timestamp", "time", "date", "run at", "executed at", "created at",
    ),
}  # fmt: skip
"""Names that such columns bear, the best first."""
_SHOWN = {
    "integration": "integration", "runs": "runs", "failed": "failed", "failed_percent": "failed, %", "low_percent": "from",
    "high_percent": "to", "last_success_at": "last success", "failed_since": "failed since", "waiting": "waiting",
    "oldest_waiting_hours": "oldest waits, hours",
}  # fmt: skip


def read_run_logs(engagement: Engagement, *paths: Path | str) -> RegisterAnswer:
    """Return the health of each integration from its run logs: runs, failures, last success, what waits; nothing is kept.

    Parameters
    ----------
    engagement
        Its time zone and country say how moments are read. Ages are told as of the latest moment in the logs.
    paths
        CSV, XLSX, XLS or ODS, with the columns integration, status and when. Without a name the file's own counts.

    Raises
    ------
    InputError
        There is no such file, it cannot be read, or no table has a status.
    """
    if not paths:
        raise InputError("Name at least one run log: a file with the columns integration, status and when.")
    runs = [one for path in paths for one in _runs(engagement, Path(path).expanduser())]
    latest = max((one.at for one in runs if one.at is not None), default=None)
    return _answer(health(runs), latest)


def _runs(engagement: Engagement, file: Path) -> list[LoggedRun]:
    if not file.is_file():
        raise InputError(f"There is no file {str(file)!r}. Name a run log that an integration wrote.")
    sheets = list(filled_sheets(file, [one for own in _WORDS.values() for one in own]))
    for sheet in sheets:
        columns = {key: _column(sheet, key) for key in _WORDS}
        if columns["status"]:
            return _rows(engagement, sheet, columns, file.stem)
    seen = ", ".join(repr(header) for sheet in sheets for header in sheet.headers[:12]) or "none"
    raise InputError(f"{file.name} has no column that says how a run ended. Call one 'status'. Columns: {seen}.")


def _column(sheet: FilledSheet, key: str) -> str:
    return next((name for name in _WORDS[key] if name in sheet.headers), "")


def _rows(engagement: Engagement, sheet: FilledSheet, columns: Mapping[str, str], usual: str) -> list[LoggedRun]:
    settings = settings_now(engagement)
    cells = [row for _, row in sheet.rows]
    written = pa.array([row.get(columns["when"], "") if columns["when"] else "" for row in cells], pa.string())
    moments: list[Any] = date_column(written, time_zone=settings.time_zone, country=settings.country).instants.to_pylist()
    return [
        LoggedRun(row.get(columns["integration"], "") or usual, row.get(columns["status"], ""), moment)
        for row, moment in zip(cells, moments, strict=True)
    ]


def _answer(found: Sequence[Health], latest: datetime | None) -> RegisterAnswer:
    runs, failed, waiting = (sum(getattr(one, name) for one in found) for name in ("runs", "failed", "waiting"))
    unread = sum(one.unread for one in found)
    share = f" ({100 * failed / runs:.2g} %)" if runs else ""
    down = [one.integration for one in found if one.failed_since >= _IN_A_ROW]
    notes = [f"{name} has failed {_IN_A_ROW} times or more since its last success." for name in down]
    return register_answer(
        f"{counted(len(found), 'integration')}: {failed:,} of {counted(runs, 'run')} failed{share}, {waiting:,} wait.",
        RUN_HEALTH,
        [_row(one, latest) for one in found],
        _SHOWN,
        notes=notes,
        gaps=[f"{counted(unread, 'line')} with a status that nobody knows counted as neither."] if unread else (),
    )


_IN_A_ROW = 3


def _row(one: Health, latest: datetime | None) -> dict[str, Any]:
    oldest = one.oldest_waiting_at
    hours = (latest - oldest).total_seconds() / 3600 if latest is not None and oldest is not None else None
    return {
        "integration": one.integration,
        "runs": one.runs,
        "failed": one.failed,
        "failed_percent": None if one.share is None else 100 * one.share,
        "low_percent": 100 * one.low,
        "high_percent": 100 * one.high,
        "last_success_at": one.last_success_at,
        "failed_since": one.failed_since,
        "waiting": one.waiting,
        "oldest_waiting_hours": hours,
        "unread": one.unread,
    }
