"""Watching a job as it runs, or a pull: done, waiting, left alone, refused, the time left; started, paused, taken back.

Numbers come from the journal and the snapshots. Whatever becomes of the page or the kernel, a screen that is opened again
shows where the job stands, and offers to go on.
"""

import threading
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.audit.desks.given import given_text
from toolkit.audit.desks.jobs.approve_plan import ApprovePlanDesk
from toolkit.audit.desks.jobs.one_job import OneJob
from toolkit.audit.desks.jobs.plan_still import paragraph, table
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.how_far import unfinished_jobs
from toolkit.errors import InputError
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

PULL = "pull"
_STILL_ROWS = 50


def watch_job(engagement: Engagement, job: str = "latest", *, systems: Collection[str] = (), reviewer: str = "") -> "Screen":
    """Open the screen on which a job is started, watched, paused and taken back; or a pull.

    Parameters
    ----------
    engagement
        Whose job it is.
    job
        The first letters of a plan's id; ``latest``; or ``pull`` for a pull of the systems.
    systems
        Of a pull: only these.
    reviewer
        Who sits at the screen; the person who signed in to this machine without.

    Raises
    ------
    InputError
        There is no such plan, or what draws screens is not installed.
    PlanRefusedError
        The file of the plan was changed.
    """
    if job == PULL:
        from toolkit.audit.desks.jobs.watch_pull import WatchPullDesk

        return opened_screen("watch_job", WatchPullDesk(engagement, systems, reviewer))
    if systems:
        raise InputError("systems=… goes with a pull: watch_job(here, 'pull', systems=['crm']).")
    return opened_screen("watch_job", WatchJobDesk(engagement, job, reviewer))


class WatchJobDesk:
    """The kernel's side of the screen: a job, and the one that takes it back once that is planned."""

    def __init__(self, engagement: Engagement, plan: str = "latest", reviewer: str = "") -> None:
        self._engagement = engagement
        self._reviewer = reviewer_name(reviewer)
        self._lock = threading.Lock()
        desk = ApprovePlanDesk(engagement, plan, self._reviewer, is_watched=True)
        self._main = desk.plan_id
        self._plans = {desk.plan_id: desk}
        self._jobs = {desk.plan_id: OneJob(engagement, desk, self._reviewer)}

    def first(self) -> dict[str, Any]:
        """Return the job as far as the page shows it at once."""
        others = [one for one in unfinished_jobs(self._engagement) if one["plan"] != self._main]
        said = [
            f"Another job is half done, {one['done']:,} of {one['changes']:,} changes to {one['label']}: "
            f'watch_job(here, "{one["plan"][:12]}")'
            for one in others
        ]
        return {"subject": "job", "others": said, "job": self._jobs[self._main].first()}

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        return {"job": self._ask_job, "plan": self._ask_plan, "undo": self._undo}

    def still(self) -> str:
        """Return where the job stands as a picture of HTML."""
        first = self._jobs[self._main].first()
        return job_still(first, self._jobs[self._main].rows(count=_STILL_ROWS)["rows"])

    def _ask_job(self, *, plan: object, ask: object, given: object = None) -> Any:
        return self._answer(self._jobs, plan, ask, given)

    def _ask_plan(self, *, plan: object, ask: object, given: object = None) -> Any:
        return self._answer(self._plans, plan, ask, given)

    def _answer(self, desks: Mapping[str, Any], plan: object, ask: object, given: object) -> Any:
        with self._lock:
            desk = desks.get(given_text("plan", plan, longest=100))
        answer = None if desk is None else desk.questions().get(given_text("question", ask, longest=40))
        values = {} if given is None else given
        if answer is None or not isinstance(values, dict):
            raise InputError("The page asked about a job that this screen does not show. Run the cell again.")
        return answer(**values)

    def _undo(self, *, plan: object) -> dict[str, Any]:
        """Plan to take a job back, and return that plan, to be read and agreed to, and its job."""
        with self._lock:
            job = self._jobs.get(given_text("plan", plan, longest=100))
        if job is None:
            raise InputError("The page asked about a job that this screen does not show. Run the cell again.")
        desk = job.planned_undo()
        back = OneJob(self._engagement, desk, self._reviewer)
        with self._lock:
            self._plans.setdefault(desk.plan_id, desk)
            self._jobs.setdefault(desk.plan_id, back)
        return {"plan": desk.first(), "job": self._jobs[desk.plan_id].first()}


def job_still(first: Mapping[str, Any], rows: Collection[Mapping[str, Any]]) -> str:
    """Return where a job stands as HTML, every text escaped.

    Parameters
    ----------
    first
        What the page of a job begins with.
    rows
        Its first changes, with what became of each.
    """
    state, total = first["state"], first["total"]
    done = state["counts"]["done"]
    agreed = f"Agreed to by {state['approved_by']}." if state["approved_by"] else "Nobody has agreed to it yet."
    stands = f"Running since {state['running']['since']}." if state["running"] else "Not running."
    more = total - len(rows)
    parts = [
        paragraph(f"{first['job']}: {first['target']['words']}. {done:,} of {total:,} changes done. {stands} {agreed}"),
        table(
            ("Changes", "Count"),
            ([words, f"{state['counts'][group]:,}"] for group, words in first["groups"] if state["counts"][group]),
        ),
        *map(paragraph, state["hand"]),
        table(
            ("#", "Record", "Happens", "What became of it", "Why"),
            (
                [f"{one['number']:,}", *(str(one[name]) for name in ("record", "happens", "became", "reason"))]
                for one in rows
            ),
        ),
        paragraph(f"… and {more:,} more changes: run the cell to see them.") if more > 0 else "",
    ]
    return f"<div class='tex2jax_ignore mathjax_ignore'>{''.join(parts)}</div>"
