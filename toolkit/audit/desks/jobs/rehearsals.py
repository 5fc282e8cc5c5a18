"""A rehearsal of a job beside the kernel's cells: each record is read and compared with the plan, and nothing is sent."""

import threading
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import open_engagement
from toolkit.audit.jobs.job_page import step_words
from toolkit.audit.jobs.sending import send_plan
from toolkit.errors import BusyError, ToolkitError


class Rehearsal:
    """The rehearsal of one plan, on a thread of its own with an engagement of its own."""

    def __init__(self, folder: Path, plan_id: str) -> None:
        self._folder = folder
        self._plan_id = plan_id
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        self._said: dict[str, Any] | None = None

    def start(self) -> None:
        """Begin.

        Raises
        ------
        BusyError
            It runs already.
        """
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                raise BusyError("The rehearsal runs already.")
            self._stopped.clear()
            self._said = {"is_running": True, "done": 0, "total": None}
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let it end after the record that is read now."""
        self._stopped.set()

    def said(self) -> dict[str, Any] | None:
        """Return how far it is, or what it found; null before the first."""
        with self._lock:
            return self._said

    def _run(self) -> None:
        try:
            said = self._found()
        except ToolkitError as error:
            said = {"is_running": False, "refused": str(error)}
        except Exception as error:  # noqa: BLE001 - nobody would see it on this thread: it is said on the page
            said = {"is_running": False, "refused": f"A fault of ours: {type(error).__name__}: {error}"}
        with self._lock:
            self._said = said

    def _found(self) -> dict[str, Any]:
        engagement = open_engagement(self._folder)
        try:
            found = send_plan(engagement, self._plan_id, is_stopped=self._stopped.is_set, progress=self._told)
        finally:
            engagement.close()
        words = {step: "would be done" if step == "not_applied" else step_words(step) for step in found.outcome.counts}
        return {
            "is_running": False,
            "refused": "",
            "target": "" if found.target is None else found.target.words(),
            "account": "" if found.target is None else found.target.account,
            "counts": [[words[step], count] for step, count in found.outcome.counts.items()],
            "stopped": found.outcome.stopped,
            "lacking": found.refusal,
        }

    def _told(self, _label: str, done: int, total: int | None) -> None:
        with self._lock:
            self._said = {"is_running": True, "done": done, "total": total}
