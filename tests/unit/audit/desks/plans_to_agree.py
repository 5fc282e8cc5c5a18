"""What tests of a plan's screens begin with: lists of payments that were audited, and plans of invented changes."""

from datetime import UTC, datetime, timedelta

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.inputs import job_inputs
from toolkit.audit.runs import run_stages
from toolkit.changes import Evidence, LeftOut, Operation, Reversibility, SavedPlan, made_plan, operation, saved_plan
from toolkit.changes.operation import field_hash
from toolkit.store.plans import keep_plan

HOSTILE = '<img src=x onerror="window.hurt=1">$x$ =1+1'


def moved(number: int, *, reversibility: Reversibility = "R0", to: str = "B") -> Operation:
    """Return a payment that is pointed to another supplier."""
    before = {"party_ref": "A"}
    return operation(
        "repoint",
        "payments",
        "payments",
        target_id=f"P-{number}",
        before=before,
        after={"party_ref": to},
        precondition=field_hash(before),
        reversibility=reversibility,
        evidence=Evidence(("Both are the same supplier.", "Lost for good: its notes.")[: 2 if reversibility == "R2" else 1]),
    )


def emptied(number: int) -> Operation:
    """Return a payment whose supplier is taken away."""
    before = {"party_ref": "A", "reference": HOSTILE}
    return operation(
        "update",
        "payments",
        "payments",
        target_id=f"P-{number}",
        before=before,
        after={"party_ref": None, "reference": None},
        precondition=field_hash(before),
        evidence=Evidence((HOSTILE,), probability="0.973"),
    )


def kept(
    engagement: Engagement, *changes: Operation, left_out: tuple[LeftOut, ...] = (), life: timedelta = timedelta(days=3)
) -> SavedPlan:
    """Keep a plan of such changes, as one that was made of the snapshots and rules of now."""
    inputs = job_inputs(engagement, run_stages(engagement), "cleanup", "payments")
    plan = made_plan(
        "cleanup",
        engagement_id=engagement.store.engagement_id,
        target=inputs.target,
        snapshot_ids=inputs.snapshot_ids,
        rules_hash=inputs.rules_hash,
        operations=changes,
        record_counts=inputs.record_counts,
        left_out=left_out,
    )
    saved = saved_plan(plan, datetime.now(UTC), "0.1", life)
    with engagement.store.writing("plan"):
        keep_plan(engagement.store, saved)
    return saved
