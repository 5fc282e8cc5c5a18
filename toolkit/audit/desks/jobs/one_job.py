"""One job on the screen: where it stands by its journal, and the ways to start, stop, go on and take it back.

It is started as the command starts it, in a process of its own and with every guard of the command.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.audit.desks.given import given_choice, given_number, given_text
from toolkit.audit.desks.jobs.approve_plan import ApprovePlanDesk
from toolkit.audit.desks.jobs.job_book import GROUP_WORDS, JobBook
from toolkit.audit.desks.jobs.moments import at_words
from toolkit.audit.desks.jobs.plan_sheet import page_of
from toolkit.audit.desks.jobs.rehearsals import Rehearsal
from toolkit.audit.desks.jobs.started_commands import StartedCommands
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.sending import plan_undo
from toolkit.audit.jobs.write_target import LIVE, WriteTarget
from toolkit.audit.jobs.written_streams import is_sendable
from toolkit.errors import BusyError, InputError, PlanRefusedError
from toolkit.store.plans import approval_of, kept_plan
from toolkit.widgets.desk import Answer

_FIRST_ROWS = 100
_LARGEST_PAGE = 8_000_000
_PAUSED = 4
"""The code of a command whose job goes on where it stopped."""


class OneJob:
    """What one plan became; asked from several threads."""

    def __init__(self, engagement: Engagement, plan: ApprovePlanDesk, reviewer: str) -> None:
        self._engagement = engagement
        self._plan = plan
        self._sheet = plan.open_sheet()
        self._reviewer = reviewer
        self._book = JobBook(engagement.store, self._sheet)
        self._commands = StartedCommands(engagement, plan.plan_id)
        self._rehearsal = Rehearsal(engagement.folder, plan.plan_id)

    def first(self) -> dict[str, Any]:
        """Return the job as far as the page shows it at once."""
        plan = self._sheet.plan
        place = self._book.read()
        return {
            **{name: value for name, value in self._plan.first().items() if name in _SHARED},
            "kind": plan.kind,
            "total": len(plan.operations),
            "groups": [[group, words] for group, words in GROUP_WORDS.items()],
            "rows": self._book.rows(self._book.places("")[:_FIRST_ROWS]),
            "first_change": self._book.change(plan.operations[0].op_id) if plan.operations else None,
            "is_sendable": is_sendable(self._engagement, plan),
            "place": place,
            "state": self.state(),
        }

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask of a job."""
        return {
            "state": self.state,
            "rows": self.rows,
            "change": self.change,
            "rehearse": self.rehearse,
            "start": self.start,
            "stop": self.stop,
            "page": self.page,
        }

    def state(self) -> dict[str, Any]:
        """Return where the job stands: by its journal, and by who writes to the engagement now."""
        place = self._book.read()
        counts = self._book.counts()
        running = self._running()
        approval = approval_of(self._engagement.store, kept_plan(self._engagement.store, self._plan.plan_id))
        ended = self._commands.ended()
        left_s = self._book.left_s() if running is not None else None
        newest = self._book.newest_at()
        return {
            "place": place,
            "counts": counts,
            "is_begun": place > 0,
            "running": running,
            "busy": self._busy(running),
            "approved_by": "" if approval is None else f"{approval.approver}, {at_words(approval.at)}",
            "ended": None if ended is None else {"line": ended.line, "code": ended.code, "is_paused": ended.code == _PAUSED},
            "left_s": None if left_s is None else round(left_s),
            "newest": "" if newest is None else at_words(newest),
            "hand": self._book.hand() if place else [],
            "rehearsal": self._rehearsal.said(),
            "target": self._target(),
            "refusal": "" if place else self._plan.look()["refusal"],
            "page": str(self._page_path()) if self._page_path().is_file() else "",
        }

    def rows(self, *, group: object = "", first: object = 0, count: object = 100) -> dict[str, Any]:
        """Return a part of the changes of a group, and how many there are.

        Parameters
        ----------
        group
            Of `GROUP_WORDS`; empty: all.
        first, count
            Which rows.
        """
        self._book.read()
        places = self._book.places(given_choice("group of changes", group, ["", *GROUP_WORDS]))
        return {"total": len(places), "rows": self._book.rows(page_of(places, first, count))}

    def change(self, *, op_id: object) -> dict[str, Any]:
        """Return all of one change, with what became of it."""
        self._book.read()
        return self._book.change(given_text("change", op_id, longest=100))

    def rehearse(self, *, on: object = True) -> dict[str, Any]:
        """Begin a rehearsal, or end the one that runs."""
        if on:
            self._rehearsal.start()
        else:
            self._rehearsal.stop()
        return self.state()

    def start(self, *, typed: object, again: object = False, limit: object = 0) -> dict[str, Any]:
        """Start the job, or go on with it, as the command does; return where it stands.

        Parameters
        ----------
        typed
            The name of what is changed, as somebody typed it.
        again
            Whether what was refused is tried again.
        limit
            How many changes are begun at most; 0: all.
        """
        target = self._target()
        wanted = target["typed"]
        if target["environment"] == LIVE and not target["account"]:
            raise InputError(
                "Which live account would be changed is not known yet. Rehearse first: it reads, and says which."
            )
        name = " ".join(given_text("name that is typed", typed, longest=400).split())
        if name != " ".join(wanted.split()):
            raise InputError(f"What was typed is not {wanted!r}, so nothing was started. Type that name.")
        most = given_number("number of changes", limit, highest=10_000_000)
        if approval_of(self._engagement.store, kept_plan(self._engagement.store, self._plan.plan_id)) is None:
            raise PlanRefusedError("Nobody has agreed to this plan yet. Agree to it first: approve_plan(here).")
        if (running := self._running()) is not None:
            raise BusyError(f"This job runs already, since {running['since']}.")
        command = ["replay"] if again is True else ["apply"]
        options = [] if again is True else ["--send", "--yes", *([f"--limit={most}"] if most else [])]
        account = [f"--account={target['account']}"] if target["environment"] == LIVE else []
        arguments = [*command, self._plan.plan_id, str(self._engagement.folder), *options, *account]
        self._commands.start(arguments, self._reviewer)
        return self.state()

    def stop(self) -> dict[str, Any]:
        """Ask the job to come to its end, as Ctrl-C does; return where it stands."""
        self._commands.stop()
        return self.state()

    def page(self) -> dict[str, str]:
        """Return the page of the job as it was last written, to be shown where no script runs."""
        path = self._page_path()
        if not path.is_file():
            raise InputError("The page of this job is written when it ends or is paused.")
        if path.stat().st_size > _LARGEST_PAGE:
            raise InputError(f"The page of this job is too long to be shown here. Open it in a browser: {path}")
        return {"path": str(path), "html": path.read_text("utf-8")}

    def planned_undo(self) -> ApprovePlanDesk:
        """Make the plan that takes this job back, and return the desk where it is agreed to; nothing is sent.

        Raises
        ------
        BusyError
            The job runs.
        InputError
            Nothing of it was done.
        """
        if self._running() is not None:
            raise BusyError("The job runs. Pause it first, then take back what it did.")
        kept, _ = plan_undo(self._engagement, self._plan.plan_id)
        return ApprovePlanDesk(self._engagement, kept.plan_id, self._reviewer, is_watched=True)

    def _target(self) -> dict[str, Any]:
        """Return what would be changed; the account by the name that it gave itself in a rehearsal, where it was asked."""
        target = self._plan.target()
        account = (self._rehearsal.said() or {}).get("account", "")
        if not account or target["environment"] != LIVE:
            return target
        words = WriteTarget(target["label"], LIVE, account, "").words()
        return {**target, "account": account, "typed": account, "words": words}

    def _running(self) -> dict[str, Any] | None:
        """Return what carries this plan out now, if anything does: started here, on another screen, or at a terminal."""
        writer = self._commands.writer()
        by = self._commands.starter(writer)
        stopping = self._commands.is_stopping(writer)
        if self._commands.is_running:
            since = "" if writer is None else at_words(writer.since)
            return {
                "by": self._reviewer,
                "since": since or "just now",
                "where": "",
                "can_stop": True,
                "is_stopping": stopping,
            }
        if writer is None or writer.purpose != f"job on {self._sheet.plan.target.system}":
            return None
        newest = self._book.newest_at()
        # Another plan for the same system may run: this one does where its journal grows.
        if by is None and (newest is None or newest < writer.since):
            return None
        where = f"process {writer.pid} on {writer.host}"
        since = at_words(writer.since)
        return {"by": by or "", "since": since, "where": where, "can_stop": by is not None, "is_stopping": stopping}

    def _busy(self, running: object) -> str:
        """Return who else writes to the engagement, so that the job cannot start now."""
        writer = self._commands.writer() if running is None else None
        if writer is None:
            return ""
        return f"Another run is writing to this engagement: {writer.purpose!r}, since {at_words(writer.since)}."

    def _page_path(self) -> Path:
        plan = self._sheet.plan
        system = re.sub(r"[\\/]", "", plan.target.system)
        return self._engagement.folder / "reports" / f"job-{plan.kind}-{system}-{plan.plan_id[:12]}.html"


_SHARED = frozenset({"plan", "name", "job", "target", "sentence", "reviewer", "losses", "guards"})
