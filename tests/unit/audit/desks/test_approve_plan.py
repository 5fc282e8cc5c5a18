"""Agreeing to a plan on its screen: what is shown, what is refused, who agreed, and two people at once."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.unit.audit.desks.plans_to_agree import HOSTILE, emptied, kept, moved
from tests.unit.audit.test_cleanup_jobs import paid
from toolkit.audit.desks.jobs.approve_plan import ApprovePlanDesk, approve_plan
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.approving import approved_plan
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.changes import LeftOut
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError
from toolkit.store.journal import opened_journal
from toolkit.store.plans import approval_of, kept_plan, plan_path
from toolkit.widgets.desk import reply


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engagement]:
    """Yield a list of payments that was audited; tests add plans to it."""
    first = open_engagement(paid(tmp_path_factory.mktemp("agree")))
    pull_snapshots(first)
    first.close()
    engagement = open_engagement(first.folder)
    run_stages(engagement)
    yield engagement
    engagement.close()


def desk_of(ledger: Engagement, *changes: Any, **more: Any) -> ApprovePlanDesk:
    """Return the desk over a plan of these changes."""
    return ApprovePlanDesk(ledger, kept(ledger, *changes, **more).plan.plan_id, "Nora Feeney")


def agree(desk: ApprovePlanDesk, **more: Any) -> dict[str, Any]:
    """Agree as the page does."""
    first = desk.first()
    given = {"typed": first["target"]["typed"], "by": "Nora Feeney", "seen": first["seen"], **more}
    return desk.approve(**given)


def test_the_page_shows_what_would_be_done_and_how_far_it_is_taken_back(ledger: Engagement) -> None:
    """Counts by kind and class, two of each with now and then, and what was left out with its reason."""
    left = (LeftOut("payments", ("payments/payments/P-1001",), "Two suppliers have this name."),)
    desk = desk_of(ledger, *map(moved, range(2001, 2006)), moved(2009, reversibility="R2"), left_out=left)

    first = desk.first()

    assert [(row["what"], row["happens"], row["count"], row["taken_back"]) for row in first["summary"]] == [
        ("payments", "moved to another record", 5, "can be taken back exactly"),
        ("payments", "moved to another record", 1, "can be taken back in part"),
    ]
    sample = first["summary"][0]["samples"][0]
    assert sample["fields"] == [{"field": "customer or supplier", "now": "A", "then": "B"}]
    assert sample["why"] == ["Both are the same supplier."]
    assert sample["only_if"].startswith("the fields shown still hold")
    assert first["losses"][0]["lost"] == ["Lost for good: its notes."]
    assert [(one["why"], one["count"]) for one in first["left_out"]] == [("Two suppliers have this name.", 1)]
    assert first["approval"] is None
    assert first["refusal"] == ""
    # What a page was given may be saved with the notebook.
    assert str(ledger.folder) not in json.dumps(first)


def test_an_agreement_is_the_commands_own(ledger: Engagement) -> None:
    """Who, when, and the note stand in the state; the plan may then be applied."""
    desk = desk_of(ledger, *map(moved, range(2101, 2103)))

    after = agree(desk, note="as discussed")

    assert (after["approval"]["by"], after["approval"]["note"]) == ("Nora Feeney", "as discussed")
    assert approved_plan(ledger, desk.plan_id)[2].approver == "Nora Feeney"


@pytest.mark.parametrize("typed", ["", "payment", "PAYMENTS", 7])
def test_another_name_than_that_of_the_target_agrees_to_nothing(ledger: Engagement, typed: object) -> None:
    """The kernel looks, not only the page."""
    desk = desk_of(ledger, moved(2201))

    with pytest.raises(InputError):
        agree(desk, typed=typed)

    assert approval_of(ledger.store, kept_plan(ledger.store, desk.plan_id)) is None


def test_what_is_taken_away_in_masses_is_agreed_to_by_its_number(ledger: Engagement) -> None:
    """None, fewer, or no number at all are refused with the number that is meant."""
    desk = desk_of(ledger, *map(emptied, range(2301, 2321)))
    for ceilings in (None, {}, {"payments": 19}, {"payments": "20"}, {"payments": -1}, [20]):
        with pytest.raises((PlanRefusedError, InputError)):
            agree(desk, ceilings=ceilings)

    after = agree(desk, ceilings={"payments": 20})

    assert desk.first()["guards"] == [{"kind": "payments", "what": "payments", "count": 20, "of": 60}]
    assert after["approval"]["ceilings"] == {"payments": 20}


def test_a_loss_is_agreed_to_by_itself(ledger: Engagement) -> None:
    """What cannot be taken back exactly needs a tick of its own."""
    desk = desk_of(ledger, moved(2401), moved(2402, reversibility="R2"), moved(2403, reversibility="R3"))
    with pytest.raises(PlanRefusedError, match="1 change of this plan cannot be taken back"):
        agree(desk, accepted=["R2"])

    assert agree(desk, accepted=["R2", "R3"])["approval"]["accepted"] == ["R2", "R3"]


def test_two_people_do_not_agree_over_each_other(ledger: Engagement) -> None:
    """The second one is told who agreed, sees it, and nothing of the first is lost."""
    mine = desk_of(ledger, moved(2501))
    hers = ApprovePlanDesk(open_engagement(ledger.folder), mine.plan_id, "Ann")
    seen = hers.look()["seen"]
    agree(mine)

    with pytest.raises(PlanRefusedError, match=r"\(Nora Feeney\) agreed to it"):
        hers.approve(typed=hers.first()["target"]["typed"], by="Ann", seen=seen)

    assert hers.look()["approval"]["by"] == "Nora Feeney"


def test_an_agreement_is_taken_back_and_given_again(ledger: Engagement) -> None:
    """Both are noted with name and time; in between the plan may not be applied."""
    desk = desk_of(ledger, moved(2601))
    given = agree(desk)

    after = desk.withdraw(by="Nora Feeney", seen=given["seen"])
    assert after["approval"] is None
    with pytest.raises(PlanRefusedError, match="Nobody has agreed"):
        approved_plan(ledger, desk.plan_id)
    assert ledger.store.logged("approval_taken_back")[-1]["by"] == "Nora Feeney"
    with pytest.raises(PlanRefusedError, match="took the approval back"):
        desk.withdraw(by="Nora Feeney", seen=given["seen"])
    agree(desk)
    assert approved_plan(ledger, desk.plan_id)


def test_what_is_being_sent_stays_agreed_to(ledger: Engagement) -> None:
    """A job that has begun is stopped and taken back, not disowned."""
    from datetime import UTC, datetime

    from toolkit.changes.steps import JournalEntry

    desk = desk_of(ledger, moved(2701))
    given = agree(desk)
    with ledger.store.writing("job"), opened_journal(ledger.store, desk.plan_id) as journal:
        journal.note(JournalEntry(moved(2701).op_id, "intent", 1, datetime.now(UTC)))

    with pytest.raises(PlanRefusedError, match="has begun"):
        desk.withdraw(by="Nora Feeney", seen=given["seen"])
    assert desk.look()["has_begun"] is True


def test_a_plan_whose_file_was_edited_is_shown_with_the_refusal_only(ledger: Engagement) -> None:
    """Nothing of an edited file is shown, and nobody can agree to it."""
    plan = kept(ledger, moved(2801)).plan
    open_before = ApprovePlanDesk(ledger, plan.plan_id, "Nora")
    path = plan_path(ledger.store, plan.plan_id)
    path.write_bytes(path.read_bytes().replace(b'"B"', b'"C"'))

    desk = ApprovePlanDesk(ledger, plan.plan_id, "Nora")

    assert "somebody changed it after it was planned" in desk.first()["refusal"]
    assert desk.first()["rows"] == []
    assert "was changed" in open_before.look()["refusal"]
    for one in (desk, open_before):
        with pytest.raises(PlanRefusedError):
            agree(one)
    assert "somebody changed it after it was planned" in desk.still()


def test_a_plan_that_has_expired_is_shown_and_not_agreed_to(ledger: Engagement) -> None:
    """All of it can be read; the refusal says to plan again."""
    desk = desk_of(ledger, moved(2901), life=timedelta(seconds=-5))

    assert "was good until" in desk.first()["refusal"]
    assert desk.first()["left"] == "expired"
    assert desk.changes(first=0, count=10)["total"] == 1
    with pytest.raises(PlanRefusedError, match="was good until"):
        agree(desk)


def test_changes_are_found_by_kind_and_by_word(ledger: Engagement) -> None:
    """Words are looked for in records, values and reasons."""
    desk = desk_of(ledger, *map(moved, range(3001, 3010)), emptied(3050), moved(3060, to="Acme Ltd"))

    def found(**wanted: str) -> int:
        return int(desk.changes(first=0, count=10, **wanted)["total"])

    assert found() == 11
    assert found(action="repoint") == 10
    assert found(word="ACME") == 1
    assert found(word="p-3050") == 1
    assert found(word="onerror") == 1
    assert found(word="nothing like it") == 0
    assert desk.changes(first=10, count=10)["rows"][0]["number"] == 11


@pytest.mark.parametrize(
    ("ask", "given"),
    [
        ("changes", {"kind": "customers"}),
        ("changes", {"first": -1}),
        ("changes", {"count": 10_000}),
        ("changes", {"first": "0"}),
        ("changes", {"word": ["x"]}),
        ("change", {"op_id": "../../etc/passwd"}),
        ("change", {"op_id": 7}),
        ("approve", {"typed": "x", "by": "Nora\x1b[2J", "seen": ""}),
        ("approve", {"typed": "x", "by": "Nora", "seen": "", "ceilings": "all"}),
    ],
)
def test_what_a_page_makes_up_is_refused_in_a_sentence(ledger: Engagement, ask: str, given: dict[str, Any]) -> None:
    """No index, name or type of a page is trusted."""
    desk = desk_of(ledger, moved(3101))

    answer = reply(desk, {"id": 1, "ask": ask, "given": given})

    assert answer is not None
    assert "refused" in answer
    assert "fault of ours" not in answer["refused"]


def test_several_threads_read_one_plan(ledger: Engagement) -> None:
    """Questions come from another thread than cells."""
    desk = desk_of(ledger, *map(moved, range(3200, 3260)))
    totals: list[int] = []
    threads = [
        threading.Thread(target=lambda word=f"p-32{number}": totals.append(desk.changes(word=word)["total"]))
        for number in range(1, 6)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(totals) == [10] * 5


def test_the_picture_holds_no_markup_of_a_client(ledger: Engagement) -> None:
    """A notebook that is exported shows the plan, its state, and that there is more."""
    desk = desk_of(ledger, *(moved(number, to=HOSTILE) for number in range(3301, 3361)))

    still = desk.still()

    assert HOSTILE not in still
    assert "&lt;img src=x" in still
    assert "and 10 more changes" in still
    assert "Nobody has agreed to it yet." in still


def test_agreeing_with_a_name_stays_one_call(ledger: Engagement) -> None:
    """For notebooks that run by themselves; what goes with a name is refused without."""
    plan = kept(ledger, moved(3401)).plan

    assert approve_plan(ledger, plan.plan_id, by="Nora").sentence == f"Nora agreed to plan {plan.plan_id[:12]}."
    with pytest.raises(InputError, match="by="):
        approve_plan(ledger, plan.plan_id, note="x")  # type: ignore[call-overload]  # what a person may type
    with pytest.raises(UnknownNameError):
        approve_plan(ledger, "abcdef", by="Nora")


def test_a_plan_of_nothing_says_so(ledger: Engagement) -> None:
    """There is nothing to agree to."""
    desk = desk_of(ledger, left_out=(LeftOut("payments", (), "Nobody knows."),))

    assert desk.first()["total"] == 0
    with pytest.raises(InputError, match="changes nothing"):
        agree(desk)
