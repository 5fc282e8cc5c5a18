"""Somebody agrees to a plan that is whole, of here and now, and takes away no more than was said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.audit.jobs.conftest import Crm, handmade, read_once_more
from tests.vendor_doubles import archived, merged, renamed
from toolkit.audit.jobs.approving import approve_plan, approved_plan, refuse_stale
from toolkit.changes import LeftOut
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError


def test_who_agreed_to_what_is_kept(crm: Crm) -> None:
    """With the number and the losses that were agreed to, and the remark."""
    with crm.opened() as engagement:
        name = crm.plan.plan_id[:12]
        with pytest.raises(PlanRefusedError, match=f"Nobody has agreed to plan {name} yet"):
            approved_plan(engagement, name)
        said = approve_plan(engagement, "latest", " Nora ", ceilings={"companies": 6}, accepted=["R2"], note="by phone")

        kept, saved, approval = approved_plan(engagement, name)

        assert approval == said
        assert (said.approver, said.ceilings, said.accepted, said.note) == ("Nora", {"companies": 6}, ("R2",), "by phone")
        assert kept.plan_id == saved.plan.plan_id == crm.plan.plan_id


@pytest.mark.parametrize(
    ("approver", "more", "kind", "said"),
    [
        ("  ", {}, InputError, "Say who agrees to the plan"),
        ("Nora", {"ceilings": {"companys": 3}}, UnknownNameError, "Did you mean 'companies'?"),
        ("Nora", {"ceilings": {"companies": -1}}, InputError, "--ceiling companies=-1: the number of records is 0 or more"),
        ("Nora", {"accepted": ["R1"]}, UnknownNameError, "R2 or R3 can be agreed to"),
    ],
)
def test_an_agreement_that_says_nothing_is_refused(
    crm: Crm, approver: str, more: dict[str, dict[str, int]], kind: type[Exception], said: str
) -> None:
    """Nobody's, or to what is not in the plan."""
    with crm.opened() as engagement:
        with pytest.raises(kind) as refused:
            approve_plan(engagement, "latest", approver, **more)  # type: ignore[arg-type]

        assert said in str(refused.value)


def test_to_take_nothing_away_can_be_agreed_to(crm: Crm) -> None:
    """Nought is a number."""
    with crm.opened() as engagement:
        handmade(engagement, renamed(1))

        assert approve_plan(engagement, "latest", "Nora", ceilings={"companies": 0}).ceilings == {"companies": 0}


def test_a_plan_that_changes_nothing_is_not_agreed_to(crm: Crm) -> None:
    """There is nothing to agree to."""
    with crm.opened() as engagement:
        handmade(engagement, left_out=[LeftOut("fields", ("crm/companies/1",), "why")])

        with pytest.raises(InputError, match="This plan changes nothing"):
            approve_plan(engagement, "latest", "Nora")


def test_a_plan_of_another_engagement_is_refused(crm: Crm) -> None:
    """Each client's plan is for that client's systems."""
    with crm.opened() as engagement:
        saved = handmade(engagement, renamed(1), engagement_id="another")

        with pytest.raises(PlanRefusedError, match="is of another engagement"):
            approve_plan(engagement, saved.plan.plan_id, "Nora")


def test_f22_a_plan_is_good_until_its_last_moment_and_not_in_it(crm: Crm) -> None:
    """A week after it was made it is refused, to the second."""
    with crm.opened() as engagement:
        saved = handmade(engagement, renamed(1))
        until = saved.envelope.expires_at

        refuse_stale(engagement, saved, until - timedelta(microseconds=1))
        with pytest.raises(PlanRefusedError, match=f"was good until {until:%Y-%m-%d}"):
            refuse_stale(engagement, saved, until)


def test_f22_a_plan_from_other_snapshots_is_refused_and_they_are_named(crm: Crm) -> None:
    """Four of them, and how many more there are; one that is as it was is none of them."""
    with crm.opened() as engagement:
        known = handmade(engagement, renamed(1)).plan.snapshot_ids
        other = handmade(engagement, renamed(1), snapshot_ids={**known, "crm/companies": "00"})
        many = {**known, **{f"crm/list{number}": "00" for number in range(6)}}
        gone = handmade(engagement, renamed(1), snapshot_ids=many)

        with pytest.raises(PlanRefusedError, match=r"from other snapshots: crm/companies changed since"):
            refuse_stale(engagement, other)
        with pytest.raises(PlanRefusedError, match=r"crm/list0, .*crm/list3 and 2 more changed since"):
            refuse_stale(engagement, gone)


def test_f22_a_plan_by_other_rules_is_refused(crm: Crm) -> None:
    """Somebody edited the settings after it was made."""
    with crm.opened() as engagement:
        approve_plan(engagement, crm.plan.plan_id, "Nora")
    with (
        crm.opened(**{"client: Harbor": "client: Harbor\ncountry: CA"}) as engagement,
        pytest.raises(PlanRefusedError, match="was made by other rules"),
    ):
        approved_plan(engagement, "latest")


def test_what_takes_a_job_back_is_not_held_against_the_snapshots_of_now(crm: Crm) -> None:
    """It is made from what the job did; the job made the snapshots old."""
    with crm.opened() as engagement:
        saved = handmade(engagement, renamed(1), kind="undo", snapshot_ids={}, rules_hash="0" * 64)

        refuse_stale(engagement, saved)


def test_n13_nothing_is_taken_from_a_list_that_was_not_read_to_its_end(crm: Crm) -> None:
    """What is not in it may only not have come; what a plan changes of a record that is there may be changed."""
    with crm.opened() as engagement:
        read_once_more(engagement, 29, reasons=["page 2 did not come", "the line broke"])
        taking = handmade(engagement, archived(1))
        changing = handmade(engagement, renamed(1))

        with pytest.raises(PlanRefusedError, match=r"crm/companies was not read to its end \(page 2 did not come; the line"):
            approve_plan(engagement, taking.plan.plan_id, "Nora")
        assert approve_plan(engagement, changing.plan.plan_id, "Nora").approver == "Nora"


@pytest.mark.parametrize(
    ("loss", "words"),
    [("R2", "2 changes of this plan can be taken back in part"), ("R3", "2 changes of this plan cannot be")],
)
def test_what_cannot_be_taken_back_exactly_is_agreed_to_by_its_class(crm: Crm, loss: str, words: str) -> None:
    """And only what is in the plan is asked for."""
    with crm.opened() as engagement:
        lossy = [replace(merged(number, 9), reversibility=loss) for number in (1, 2)]  # type: ignore[arg-type]
        saved = handmade(engagement, renamed(3), *lossy, archived(4))
        name = saved.plan.plan_id

        with pytest.raises(PlanRefusedError, match=f"{words}.*Agree to that too: --accept {loss}"):
            approve_plan(engagement, name, "Nora")
        other = "R3" if loss == "R2" else "R2"
        with pytest.raises(PlanRefusedError, match=words):
            approve_plan(engagement, name, "Nora", accepted=[other])
        assert approve_plan(engagement, name, "Nora", accepted=[loss]).accepted == (loss,)


def test_more_than_was_agreed_to_is_not_taken_away(crm: Crm) -> None:
    """The number is a ceiling: a plan of one more is refused, with the number that it would take."""
    with crm.opened() as engagement:
        saved = handmade(engagement, *map(archived, range(1, 13)))
        name = saved.plan.plan_id

        with pytest.raises(PlanRefusedError, match=r"12 of 30 companies would be taken away .* --ceiling companies=12"):
            approve_plan(engagement, name, "Nora")
        with pytest.raises(PlanRefusedError, match="and 11 were agreed"):
            approve_plan(engagement, name, "Nora", ceilings={"companies": 11})
        assert approve_plan(engagement, name, "Nora", ceilings={"companies": 12}).ceilings == {"companies": 12}
