"""Hand work that a job saved: by somebody's word, never invented."""

from datetime import UTC, datetime
from typing import Any

import pytest

from toolkit.apply.running import JobOutcome
from toolkit.audit.jobs.hand_minutes import HandWork, hand_sentence, hand_work
from toolkit.audit.jobs.job_page import job_rows
from toolkit.changes import Evidence, JobKind, LeftOut, Operation, Plan, Target, made_plan, operation
from toolkit.changes.steps import JournalEntry, Step
from toolkit.settings import Settings

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
HANDOFFS: dict[str, Any] = {
    "deal_to_invoice": {
        "from": "crm.deals", "to": "ledger.invoices",
        "minutes_per_item": {"value": [10, 15, 25], "evidence": "interview", "who": "Dana"},
    },
    "order_to_invoice": {"from": "shop.orders", "to": "ledger.invoices"},
}  # fmt: skip


def settings(rates: dict[str, Any] | None = None, handoffs: dict[str, Any] | None = None) -> Settings:
    return Settings.model_validate(
        {"client": "Harbor", "handoffs": HANDOFFS if handoffs is None else handoffs, "rates": rates or {}}
    )


def plan_with(kind: JobKind, *operations: Operation, left_out: int = 0) -> Plan:
    return made_plan(
        kind, engagement_id="e", target=Target("ledger", "rest"), snapshot_ids={}, rules_hash="r", operations=operations,
        record_counts={}, left_out=[LeftOut("duplicates", (str(number),), "why") for number in range(left_out)],
    )  # fmt: skip


def entered(key: str) -> Operation:
    return operation("create", "ledger", "invoices", natural_key=key, after={"amount": "1"}, reversibility="R1")


def changed(number: int, cluster: str | None = None) -> Operation:
    why = Evidence(("why",), cluster)
    return operation(
        "update", "ledger", "customers", target_id=str(number), before={"n": "a"}, after={"n": "b"}, evidence=why
    )


def archived(number: int, cluster: str | None) -> Operation:
    return operation("archive", "ledger", "customers", target_id=str(number), evidence=Evidence(("why",), cluster))


def ended(plan: Plan, *states: Step) -> dict[str, JournalEntry]:
    given = states or ("confirmed",) * len(plan.operations)
    return {one.op_id: JournalEntry(one.op_id, state, 1, NOON) for one, state in zip(plan.operations, given, strict=False)}


def test_a_document_that_was_entered_is_an_item_of_its_handoff() -> None:
    """With the minutes that Dana said, marked as said; where nobody said any, that is said."""
    plan = plan_with("sync", entered("crm/deals/1"), entered("crm/deals/2"), entered("shop/orders/3"), entered("x/y/4"))

    work = hand_work(plan, ended(plan), settings())

    assert work == [
        HandWork("deal_to_invoice", 2, (10, 15, 25), "interview", "Dana"),
        HandWork("invoices added", 1),
        HandWork("order_to_invoice", 1),
    ]
    assert hand_sentence(work) == (
        "About 30 minutes of hand work saved (20 to 50; interview). "
        "Nobody said how long one of these takes: invoices added, order_to_invoice."
    )


def test_only_what_was_done_was_saved() -> None:
    """Not what was refused, left alone, taken back or never begun."""
    plan = plan_with("sync", *(entered(f"crm/deals/{number}") for number in range(6)))

    work = hand_work(plan, ended(plan, "confirmed", "noop_already", "rejected", "conflict", "undone"), settings())

    assert [(one.what, one.items) for one in work] == [("deal_to_invoice", 2)]


def test_a_duplicate_is_counted_once_with_all_that_belongs_to_it() -> None:
    """The survivor's fields and the references are a part of merging; a stale record is no work that anybody does."""
    moved = operation(
        "repoint", "ledger", "contacts", target_id="9", before={"c": "1"}, after={"c": "2"}, evidence=Evidence((), "k1")
    )
    plan = plan_with("cleanup", archived(1, "k1"), changed(2, "k1"), moved, changed(3), changed(4, "k2"), archived(5, None))
    rates = {"cleanup_minutes_per_duplicate": {"value": 6, "evidence": "measured"}}

    work = hand_work(plan, ended(plan), settings(rates))

    assert work == [HandWork("records corrected", 2), HandWork("duplicates merged", 1, (6, 6, 6), "measured")]
    assert hand_sentence(work).startswith("6 minutes of hand work saved (measured).")


@pytest.mark.parametrize("evidence", ["measured", "document", "interview"])
def test_minutes_are_marked_with_the_weakest_evidence(evidence: str) -> None:
    """A sum is no surer than its least sure part."""
    rates = {
        "cleanup_minutes_per_duplicate": {"value": 6, "evidence": evidence},
        "cleanup_minutes_per_mismatch": {"value": [2, 4, 8], "evidence": "measured"},
    }
    plan = plan_with("cleanup", archived(1, "k1"), changed(3))

    assert hand_sentence(hand_work(plan, ended(plan), settings(rates))) == (
        f"About 10 minutes of hand work saved (8 to 14; {evidence})."
    )


def test_a_default_is_nobodys_word() -> None:
    """It may stand in a business case, marked; no minute is said to be saved by it."""
    rates = {"cleanup_minutes_per_duplicate": {"value": 6, "evidence": "default"}}
    plan = plan_with("cleanup", archived(1, "k1"))

    assert hand_sentence(hand_work(plan, ended(plan), settings(rates))) == (
        "Nobody said how long one of these takes: duplicates merged."
    )


def test_two_handoffs_into_one_list_are_not_guessed_between() -> None:
    """Both carry such a record, so nobody said how long this one takes."""
    two = {**HANDOFFS, "again": {**HANDOFFS["deal_to_invoice"], "minutes_per_item": 3}}
    plan = plan_with("sync", entered("crm/deals/1"))

    assert hand_work(plan, ended(plan), settings(handoffs=two)) == [HandWork("again, deal_to_invoice", 1)]


def test_taking_back_saves_nothing() -> None:
    """Nor does a job in which nothing was done."""
    plan = plan_with("undo", changed(3))

    assert hand_work(plan, ended(plan), settings()) == []
    assert hand_sentence([]) == "No hand work was saved: nothing stands that somebody would have done by hand."


def test_a_job_in_numbers_adds_up() -> None:
    """Planned, done, conflicts, dead letters, undone, and what is left for a person."""
    plan = plan_with("sync", *(entered(f"crm/deals/{number}") for number in range(10)), left_out=2)
    states: tuple[Step, ...] = (
        "confirmed",
        "noop_already",
        "conflict",
        "rejected",
        "needs_human",
        "undone",
        "intent",
        "differs",
        "held_back",
    )

    rows = dict(job_rows(plan, JobOutcome(ended(plan, *states), 10)))

    assert [*rows.values()] == ["10", "2", "1", "2", "1", "2", "5", "2"]
    assert next(iter(rows)) == "planned"
    assert [*rows][-2:] == ["still to do by hand", "cases that the rules left to a person"]
