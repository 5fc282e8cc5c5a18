"""What a rehearsal says of single changes: the vendor's own words, and why one would not be done."""

from datetime import UTC, datetime

from toolkit.apply.running import JobOutcome
from toolkit.audit.jobs.job_page import said_beforehand
from toolkit.changes import SavedPlan, Target, made_plan, operation, saved_plan
from toolkit.changes.steps import JournalEntry, Step

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = (
    operation("merge", "shop", "customers", target_id=one, after={"merged_into": "8"}, reversibility="R3") for one in "123"
)


def rehearsed(*ends: tuple[Step, str]) -> tuple[SavedPlan, JobOutcome]:
    """Return a plan of three merges, and how a rehearsal of it ended."""
    changes = (FIRST, SECOND, THIRD)
    plan = made_plan(
        "cleanup", engagement_id="e-1", target=Target("shop", "shopify"), snapshot_ids={}, rules_hash="0" * 64,
        operations=changes, record_counts={"customers": 20},
    )  # fmt: skip
    steps = {
        one.op_id: JournalEntry(one.op_id, state, 1, NOON, reason=reason)
        for one, (state, reason) in zip(changes, ends, strict=True)
    }
    return saved_plan(plan, NOON, "0.1"), JobOutcome(steps, len(changes))


def test_what_the_system_says_of_a_change_stands_beside_it() -> None:
    """What would be done, with what the vendor says; what it blocks, with its reason; of the rest nothing is said."""
    saved, outcome = rehearsed(
        ("not_applied", "The system says beforehand that 8 stays, orders 3."),
        ("rejected", "The system would not merge them: GIFT_CARDS: Customer has gift cards."),
        ("not_applied", ""),
    )
    rows = said_beforehand(saved, outcome, {"shop/customers/1": "Ann Lee"})

    assert [(one[0], one[3], one[4]) for one in rows] == [
        ("Ann Lee", "would be done", "The system says beforehand that 8 stays, orders 3."),
        (
            "2",
            "refused by the system",
            "The system would not merge them: GIFT_CARDS: Customer has gift cards.",
        ),
    ]
