"""Agreeing to a plan, with all of it in sight: what would be done, what is held back and why, and the way back.

Nothing is sent here. What is agreed to goes the way of the command: the same checks, the same row in the state.
"""

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, overload

from toolkit.audit.desks.given import given_text
from toolkit.audit.desks.jobs.moments import at_words, left_words
from toolkit.audit.desks.jobs.plan_sheet import PlanSheet, given_ceilings, given_losses, page_of, wanted_changes
from toolkit.audit.desks.jobs.plan_still import plan_still
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.approval_answer import approval_answer
from toolkit.audit.jobs.approving import (
    approval_stamp,
    refuse_outdated,
    refuse_stale,
    withdraw_approval,
)
from toolkit.audit.jobs.approving import (
    approve_plan as agreed,
)
from toolkit.audit.jobs.planning import plan_names, system_label
from toolkit.audit.jobs.write_target import WriteTarget
from toolkit.audit.jobs.written_streams import is_sendable
from toolkit.audit.pull.asked_memory import kept_account
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_result import VerbResult
from toolkit.changes import SavedPlan
from toolkit.errors import InputError, PlanRefusedError, SnapshotMissingError, ToolkitError
from toolkit.report.plan_words import JOB_WORDS, plan_sentence, stream_words
from toolkit.store import Run
from toolkit.store.journal import is_begun
from toolkit.store.plans import approval_of, is_plan_whole, kept_plan, opened_plan, plan_path
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

_FIRST_ROWS = 100
_MAX_NOTE = 2_000
_MAX_NAME = 80


@overload
def approve_plan(engagement: Engagement, plan: str = "latest", *, reviewer: str = "") -> "Screen": ...


@overload
def approve_plan(
    engagement: Engagement,
    plan: str = "latest",
    *,
    by: str,
    ceilings: Mapping[str, int] | None = None,
    accepted: Sequence[str] = (),
    note: str = "",
) -> VerbResult: ...


def approve_plan(
    engagement: Engagement,
    plan: str = "latest",
    *,
    by: str | None = None,
    ceilings: Mapping[str, int] | None = None,
    accepted: Sequence[str] = (),
    note: str = "",
    reviewer: str = "",
) -> "VerbResult | Screen":
    """Open the screen on which a plan is looked at and agreed to; with ``by``, agree to it and return who did.

    Parameters
    ----------
    engagement
        Whose plan it is.
    plan
        The first letters of its id, or ``latest``.
    by
        Who agrees; without, the screen opens.
    ceilings
        By kind of object, up to how many records may be taken away.
    accepted
        ``R2`` or ``R3``: losses that are agreed to.
    note
        A remark.
    reviewer
        Who sits at the screen; the person who signed in to this machine without.

    Raises
    ------
    PlanRefusedError
        It has expired, was edited, no longer fits, or takes away more than was agreed to.
    InputError
        There is no such plan, or what draws screens is not installed.
    """
    if by is not None:
        approval = agreed(engagement, plan, by, ceilings=ceilings, accepted=accepted, note=note)
        return approval_answer(approval)
    if ceilings or accepted or note:
        raise InputError("Ceilings, accepted losses and a note go with by=…, or are given on the screen.")
    return opened_screen("approve_plan", ApprovePlanDesk(engagement, plan, reviewer))


class ApprovePlanDesk:
    """The kernel's side of the screen."""

    def __init__(
        self, engagement: Engagement, plan: str = "latest", reviewer: str = "", *, is_watched: bool = False
    ) -> None:
        """Open a plan; one whose job is watched is not held against the rules of now: nothing is computed for that."""
        self._engagement = engagement
        self._reviewer = reviewer_name(reviewer)
        self._lock = threading.Lock()
        self._kept = kept_plan(engagement.store, plan)
        self._saved: SavedPlan | None = None
        self._sheet: PlanSheet | None = None
        self._refusal = ""
        self._looked, self._was_whole = (0, 0), False
        try:
            self._saved = opened_plan(engagement.store, self._kept)
        except PlanRefusedError as error:
            # A file that was changed is nobody's plan: nothing of it is shown.
            self._refusal = str(error)
            return
        run = _finished_run(engagement) if is_watched else run_stages(engagement)
        self._sheet = PlanSheet(self._saved.plan, plan_names(engagement, run, self._saved.plan))
        if is_watched:
            return
        try:
            refuse_stale(engagement, self._saved)
        except PlanRefusedError as error:
            self._refusal = str(error)

    @property
    def plan_id(self) -> str:
        """Of the plan."""
        return self._kept.plan_id

    def open_sheet(self) -> PlanSheet:
        """Return the plan; refuse where its file was changed."""
        if self._sheet is None:
            raise PlanRefusedError(self._refusal)
        return self._sheet

    def target(self) -> dict[str, Any]:
        """Return what would be changed, as it is shown and as it is typed."""
        engagement, system = self._engagement, self._kept.system
        label = system_label(engagement, system)
        about = self._saved.plan.target if self._saved is not None else None
        environment = "" if about is None else about.environment
        account = kept_account(engagement.folder, system) if environment else {}
        name = account.get("name") or account.get("id") or ""
        target = WriteTarget(label, environment, name, account.get("id", ""))
        unnamed = f"{label} ({environment})" if environment else label
        words = target.words() if name else unnamed
        return {"label": label, "environment": environment, "account": name, "words": words, "typed": name or label}

    def first(self) -> dict[str, Any]:
        """Return the plan as far as the page shows it at once."""
        kept = self._kept
        target = self.target()
        shared = {
            "plan": kept.plan_id,
            "name": kept.name,
            "job": JOB_WORDS[kept.kind],
            "target": target,
            "made": at_words(kept.made_at),
            "good_until": at_words(kept.expires_at),
            "reviewer": self._reviewer,
            **self.look(),
        }
        if self._sheet is None:
            changes = f"{kept.changes:,} changes to {target['label']} were planned."
            return {**shared, "sentence": changes, "total": 0, "rows": [], "summary": [], "guards": [], "losses": []}
        sheet, plan = self._sheet, self._sheet.plan
        return {
            **shared,
            "sentence": plan_sentence(plan, target["label"]),
            "total": len(plan.operations),
            "rows": sheet.rows(range(min(_FIRST_ROWS, len(plan.operations)))),
            "first_change": sheet.change(plan.operations[0].op_id) if plan.operations else None,
            "summary": sheet.summary(),
            "guards": [
                {"kind": one.stream, "what": stream_words(one.stream), "count": one.count, "of": one.record_count}
                for one in sheet.guards()
            ],
            "losses": sheet.losses(),
            "left_out": sheet.left_out(),
            "left_out_count": len(plan.left_out),
            "money": sheet.money(),
            "way_back": self._way_back(),
            "way": self._way(),
        }

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        return {
            "changes": self.changes,
            "change": self.change,
            "look": self.look,
            "approve": self.approve,
            "withdraw": self.withdraw,
        }

    def still(self) -> str:
        """Return the plan as a picture of HTML."""
        return plan_still(self.first())

    def changes(
        self,
        *,
        first: object = 0,
        count: object = 100,
        kind: object = "",
        action: object = "",
        back: object = "",
        word: object = "",
    ) -> dict[str, Any]:
        """Return a part of the changes that are looked for, and how many there are.

        Parameters
        ----------
        first, count
            Which rows.
        kind, action, back, word
            Which changes; empty: all.
        """
        sheet = self.open_sheet()
        places = sheet.places(wanted_changes(sheet.plan, kind, action, back, word))
        return {"total": len(places), "rows": sheet.rows(page_of(places, first, count))}

    def change(self, *, op_id: object) -> dict[str, Any]:
        """Return all of one change."""
        return self.open_sheet().change(given_text("change", op_id, longest=100))

    def look(self) -> dict[str, Any]:
        """Return how the plan stands now: who agreed, whether it may be agreed to, how long it is good."""
        store = self._engagement.store
        approval = approval_of(store, self._kept)
        begun = is_begun(store, self._kept.plan_id)
        return {
            "refusal": self._refused_now(),
            "left": left_words(self._kept.expires_at - datetime.now(UTC)),
            "seen": approval_stamp(approval),
            "has_begun": begun,
            "approval": None
            if approval is None
            else {
                "by": approval.approver,
                "at": at_words(approval.at),
                "ceilings": {stream_words(name): count for name, count in approval.ceilings.items()},
                "accepted": [*approval.accepted],
                "note": approval.note,
            },
        }

    def approve(
        self,
        *,
        typed: object,
        by: object,
        seen: object,
        ceilings: object = None,
        accepted: object = (),
        note: object = "",
    ) -> dict[str, Any]:
        """Agree to the plan, as the command does; return how it stands then.

        Parameters
        ----------
        typed
            The name of what is changed, as somebody typed it.
        by
            Who agrees.
        seen
            What the page knows of earlier approvals.
        ceilings
            By kind of object, how many records may be taken away, as they were typed.
        accepted
            Classes of changes that cannot be taken back exactly, and are agreed to.
        note
            A remark.
        """
        sheet = self.open_sheet()
        name = reviewer_name(given_text("name of whoever agrees", by, longest=_MAX_NAME))
        wanted = self.target()["typed"]
        if " ".join(given_text("name that is typed", typed, longest=400).split()) != " ".join(wanted.split()):
            raise InputError(
                f"What was typed is not {wanted!r}, so nothing was agreed to. Type the name of what is changed."
            )
        agreed_to = given_ceilings(sheet, ceilings)
        losses = given_losses(sheet, accepted)
        remark = given_text("note", note, longest=_MAX_NOTE).strip()
        with self._lock:
            agreed(
                self._engagement,
                self._kept.plan_id,
                name,
                ceilings=agreed_to,
                accepted=losses,
                note=remark,
                seen=given_text("earlier approval", seen, longest=400),
            )
        return self.look()

    def withdraw(self, *, by: object, seen: object) -> dict[str, Any]:
        """Take the approval back, as long as nothing of the plan was sent; return how it stands then."""
        name = reviewer_name(given_text("name of whoever takes it back", by, longest=_MAX_NAME))
        with self._lock:
            withdraw_approval(
                self._engagement, self._kept.plan_id, name, seen=given_text("earlier approval", seen, longest=400)
            )
        return self.look()

    def _refused_now(self) -> str:
        """Return why the plan may not be agreed to, as far as that is seen without computing anything."""
        store = self._engagement.store
        if self._saved is None:
            return self._refusal
        try:
            is_same = kept_plan(store, self._kept.plan_id).signature == self._kept.signature
            if not (is_same and self._is_whole()):
                return f"The file of plan {self._kept.name} was changed, or it was made anew. Run the cell again."
            refuse_outdated(self._engagement, self._saved)
        except ToolkitError as error:
            return str(error)
        return self._refusal

    def _is_whole(self) -> bool:
        """Whether the plan's file is as it was written; a file that nobody touched is not read again and again."""
        try:
            status = plan_path(self._engagement.store, self._kept.plan_id).stat()
        except OSError:
            return False
        stamp = (status.st_mtime_ns, status.st_size)
        with self._lock:
            if self._looked != stamp:
                self._looked, self._was_whole = stamp, is_plan_whole(self._engagement.store, self._kept)
            return self._was_whole

    def _way(self) -> str:
        plan = self.open_sheet().plan
        if is_sendable(self._engagement, plan):
            return "It can be sent over the system's interface, or written as files to import."
        return "It is written as files to import; nothing is sent over an interface."

    def _way_back(self) -> list[str]:
        """Return how what is done would be taken back."""
        sheet = self.open_sheet()
        by_class: dict[str, int] = {}
        for row in sheet.summary():
            by_class[row["taken_back"]] = by_class.get(row["taken_back"], 0) + row["count"]
        said = [f"{count:,} × {words}." for words, count in sorted(by_class.items(), key=lambda one: -one[1])]
        if sheet.plan.kind == "undo":
            return [*said, "This plan is itself the way back of a job: what others changed since stays as they left it."]
        sent = (
            "Sent over the interface: watch_job(here) shows the job and makes the plan that takes it back. It compares each "
            "field first and leaves alone what others changed since."
        )
        return [
            *said,
            sent,
            "Written as files: those that take it back stand under undo/ beside them.",
        ]


def _finished_run(engagement: Engagement) -> Run:
    """Return the newest run, whatever changed since: while a job writes, nobody else computes anything."""
    try:
        return engagement.store.run()
    except SnapshotMissingError:
        return run_stages(engagement)
