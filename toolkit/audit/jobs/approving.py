"""Agreeing to a plan: only to one that is whole, still true, and within what was agreed to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.agreeing import LOSSES, approve_command
from toolkit.audit.jobs.inputs import job_inputs
from toolkit.audit.runs import run_stages
from toolkit.changes import SavedPlan, excesses
from toolkit.changes.operation import DESTRUCTIVE
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError
from toolkit.report.plan_words import CLASS_WORDS, excess_sentence
from toolkit.store.journal import is_begun
from toolkit.store.plans import (
    Approval,
    KeptPlan,
    approval_of,
    keep_approval,
    keep_withdrawal,
    kept_plan,
    opened_plan,
)
from toolkit.values.counted import counted, listed

_AGAIN = "Nothing was done. Plan again."


def approve_plan(
    engagement: Engagement,
    name: str,
    approver: str,
    *,
    ceilings: Mapping[str, int] | None = None,
    accepted: Sequence[str] = (),
    note: str = "",
    seen: str | None = None,
) -> Approval:
    """Remember that somebody agreed to a plan.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    approver
        Who agrees.
    ceilings
        By kind of object, up to how many records may be taken away.
    accepted
        ``R2`` or ``R3``: losses that are agreed to.
    note
        A remark.
    seen
        What whoever agrees knows of earlier approvals, as `approval_stamp` gives it; null: that is not looked at.

    Raises
    ------
    PlanRefusedError
        The plan has expired, was changed, no longer fits snapshots or rules, or takes away more than was agreed; or
        somebody else agreed to it, or took that back, meanwhile.
    InputError
        Nobody is named, or there is nothing to agree to.
    UnknownNameError
        A kind of object is not in the plan, or a class is none of those that are agreed to.
    """
    if not approver.strip():
        raise InputError("Say who agrees to the plan: --by NAME.")
    kept = kept_plan(engagement.store, name)
    saved = opened_plan(engagement.store, kept)
    _check_ceilings(saved, ceilings or {})
    for one in accepted:
        if one not in LOSSES:
            raise UnknownNameError("class of changes to agree to", one, LOSSES, hint="R2 or R3 can be agreed to.")
    refuse_stale(engagement, saved)
    approval = Approval(
        kept.plan_id, kept.signature, approver.strip(), datetime.now(UTC), dict(ceilings or {}), tuple(accepted), note
    )
    if not saved.plan.operations:
        raise InputError("This plan changes nothing, so there is nothing to agree to.")
    refuse_beyond(saved, approval)
    with engagement.store.writing("approval of a plan"):
        _refuse_unseen(engagement, kept, seen)
        keep_approval(engagement.store, approval)
    return approval


def withdraw_approval(engagement: Engagement, name: str, by: str, *, seen: str | None = None) -> None:
    """Take the approval of a plan back, as long as nothing of it was sent.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    by
        Who takes it back.
    seen
        What that person knows of approvals, as `approval_stamp` gives it; null: that is not looked at.

    Raises
    ------
    PlanRefusedError
        Its job has begun, or somebody else agreed or took it back meanwhile.
    InputError
        Nobody is named, or nobody had agreed.
    """
    if not by.strip():
        raise InputError("Say who takes the approval back.")
    kept = kept_plan(engagement.store, name)
    with engagement.store.writing("approval that is taken back"):
        _refuse_unseen(engagement, kept, seen)
        if approval_of(engagement.store, kept) is None:
            raise InputError(f"Nobody has agreed to plan {kept.name}, so there is nothing to take back.")
        if is_begun(engagement.store, kept.plan_id):
            raise PlanRefusedError(
                f"The job of plan {kept.name} has begun, so its approval stands. Stop the job, then take back what it did: "
                "watch_job shows both."
            )
        keep_withdrawal(engagement.store, kept, by.strip(), datetime.now(UTC))


def approval_stamp(approval: Approval | None) -> str:
    """Return what tells one approval of a plan from another; empty for none."""
    return "" if approval is None else f"{approval.approver}, {approval.at.isoformat()}"


def _refuse_unseen(engagement: Engagement, kept: KeptPlan, seen: str | None) -> None:
    now = approval_of(engagement.store, kept)
    if seen is None or approval_stamp(now) == seen:
        return
    said = "took the approval back" if now is None else f"({now.approver}) agreed to it"
    raise PlanRefusedError(f"Somebody else {said} meanwhile. Nothing was noted. Look at the plan as it stands now.")


def approved_plan(engagement: Engagement, name: str) -> tuple[KeptPlan, SavedPlan, Approval]:
    """Return a plan that may be applied now, and who agreed to it.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.

    Raises
    ------
    PlanRefusedError
        Nobody agreed to it, or it is refused for what it is; the message says what to do.
    """
    kept = kept_plan(engagement.store, name)
    saved = opened_plan(engagement.store, kept)
    refuse_stale(engagement, saved)
    approval = approval_of(engagement.store, kept)
    if approval is None:
        raise PlanRefusedError(
            f"Nobody has agreed to plan {kept.name} yet. Read its page, then: {approve_command(saved.plan)}"
        )
    refuse_beyond(saved, approval)
    return kept, saved, approval


def refuse_stale(engagement: Engagement, saved: SavedPlan, now: datetime | None = None) -> None:
    """Refuse a plan that is not one of here and now.

    Parameters
    ----------
    engagement
        Whose plan it should be.
    saved
        The plan.
    now
        UTC; the clock's without.

    Raises
    ------
    PlanRefusedError
        It is of another engagement, has expired, or was made from other snapshots or rules; or it takes records away from
        a list that was not read to its end.
    """
    refuse_outdated(engagement, saved, now)
    plan = saved.plan
    if plan.kind == "undo":
        # It is made from what a job did, and each field is compared before it is put back.
        return
    inputs = job_inputs(engagement, run_stages(engagement), plan.kind, plan.target.system)
    if inputs.rules_hash != plan.rules_hash:
        raise PlanRefusedError(
            f"Plan {plan.plan_id[:12]} was made by other rules: settings, decisions or the version changed since. {_AGAIN} "
            "'integration-audit plan diff' then shows what is different."
        )
    taken = sorted({one.stream for one in plan.operations if one.action in DESTRUCTIVE} & set(inputs.incomplete))
    if taken:
        raise PlanRefusedError(
            f"{plan.target.system}/{taken[0]} was not read to its end ({inputs.incomplete[taken[0]]}), so nothing is taken "
            "away from it. Pull it whole, then plan again."
        )


def refuse_outdated(engagement: Engagement, saved: SavedPlan, now: datetime | None = None) -> None:
    """Refuse a plan that is of elsewhere, of another time, or of other snapshots: what is seen without computing anything.

    Parameters
    ----------
    engagement
        Whose plan it should be.
    saved
        The plan.
    now
        UTC; the clock's without.

    Raises
    ------
    PlanRefusedError
        It is of another engagement, has expired, or was made from other snapshots.
    """
    plan = saved.plan
    if plan.engagement_id != engagement.store.engagement_id:
        raise PlanRefusedError(f"Plan {plan.plan_id[:12]} is of another engagement. {_AGAIN}")
    expires = saved.envelope.expires_at
    if (now or datetime.now(UTC)) >= expires:
        raise PlanRefusedError(f"Plan {plan.plan_id[:12]} was good until {expires:%Y-%m-%d %H:%M} UTC. {_AGAIN}")
    if plan.kind == "undo":
        return
    snapshots = {f"{row['system']}/{row['stream']}": row["sha256"] for row in engagement.store.snapshots().to_pylist()}
    changed = sorted(key for key in {*snapshots, *plan.snapshot_ids} if snapshots.get(key) != plan.snapshot_ids.get(key))
    if changed:
        raise PlanRefusedError(
            f"Plan {plan.plan_id[:12]} was made from other snapshots: {listed(changed[:4])}"
            f"{f' and {len(changed) - 4} more' if len(changed) > 4 else ''} changed since. {_AGAIN}"
        )


def refuse_beyond(saved: SavedPlan, approval: Approval) -> None:
    """Refuse a plan that takes away, or loses, more than was agreed to.

    Raises
    ------
    PlanRefusedError
        With what to agree to.
    """
    beyond = excesses(saved.plan.summary, approval.ceilings)
    if beyond:
        raise PlanRefusedError(" ".join(map(excess_sentence, beyond)))
    for loss in LOSSES:
        count = sum(one.reversibility == loss for one in saved.plan.operations)
        if count and loss not in approval.accepted:
            raise PlanRefusedError(
                f"{counted(count, 'change')} of this plan {CLASS_WORDS[loss]}. Nothing was done. Agree to that too: "
                f"--accept {loss}."
            )


def _check_ceilings(saved: SavedPlan, ceilings: Mapping[str, int]) -> None:
    known = {one.stream for one in saved.plan.operations}
    for stream, number in ceilings.items():
        if stream not in known:
            raise UnknownNameError("kind of object in this plan", stream, known)
        if number < 0:
            raise InputError(f"--ceiling {stream}={number}: the number of records is 0 or more.")
