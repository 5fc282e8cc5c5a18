"""The dead man's rule: a list that did not end for too long is overdue, whatever became of it.

A second entry of a scheduler, better on another machine, asks. A run that goes on for ever, one that was killed and one that
never began are all the same silence.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.alerts.alert import Alert
from toolkit.audit.unattended.records import KILLED, kept_runs, refuse_no_folder, watched_since
from toolkit.audit.unattended.steps import PARTIAL, whole_code
from toolkit.audit.unattended.telling import Told, told_of
from toolkit.errors import InputError
from toolkit.rest.clock import Clock
from toolkit.settings import secret_environment
from toolkit.settings.job_list import JobList


@dataclass(frozen=True, slots=True)
class Overdue:
    """Whether a list is overdue, since when it is waited for, and who was told."""

    is_overdue: bool
    ended_at: datetime | None
    due_at: datetime
    code: int
    told: tuple[Told, ...]


def overdue(jobs: JobList, folder: Path, *, home: Path, now: datetime | None = None, clock: Clock | None = None) -> Overdue:
    """Return whether a list should have ended by now and did not; who is to be told is told, once.

    Parameters
    ----------
    jobs
        The list.
    folder
        The engagement's.
    home
        The folder of the list's file.
    now
        UTC; the clock's without.
    clock
        What waits between the tries of an alert.

    Raises
    ------
    InputError
        The list does not say when it is overdue, or there is no such folder.
    """
    hours = jobs.overdue_after_hours
    if hours is None:
        raise InputError(f"The list {jobs.name} does not say when it is overdue. Write it: overdue_after_hours: 26.")
    refuse_no_folder(folder)
    moment = now or datetime.now(UTC)
    ended = [datetime.fromisoformat(one["ended_at"]) for one in kept_runs(folder, jobs.name) if one["state"] != KILLED]
    last = max(ended, default=None)
    # One that never ended is waited for from when somebody first asked.
    since = last or watched_since(folder, jobs.name, moment)
    due_at = since + timedelta(hours=hours)
    if moment < due_at:
        return Overdue(is_overdue=False, ended_at=last, due_at=due_at, code=0, told=())
    alert = Alert(jobs.name, "overdue", PARTIAL, moment, overdue_hours=hours)
    told = told_of(jobs.alerts, alert, folder, home=home, environment=secret_environment(), clock=clock)
    code = whole_code([PARTIAL, *(one.code for one in told)])
    return Overdue(is_overdue=True, ended_at=last, due_at=due_at, code=code, told=tuple(told))
