"""The screen on which a plan is agreed to: looked at with keys, agreed with the target's name, kept over a restart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from tests.unit.audit.desks.plans_to_agree import HOSTILE, emptied, kept, moved
from tests.unit.audit.test_cleanup_jobs import paid
from toolkit.audit.desks.jobs.approve_plan import ApprovePlanDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.planning import plan_job
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.changes import LeftOut
from toolkit.store.plans import approval_of, kept_plan, plan_path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engagement]:
    """Yield a list of payments that was audited; tests add plans to it."""
    first = open_engagement(paid(tmp_path_factory.mktemp("agree")))
    pull_snapshots(first)
    first.close()
    engagement = open_engagement(first.folder)
    yield engagement
    engagement.close()


def desk_of(ledger: Engagement, first: int, count: int = 20) -> ApprovePlanDesk:
    """Return the desk over a plan that empties fields, moves records, and loses something."""
    changes = [*map(emptied, range(first, first + count)), moved(first + count, reversibility="R2"), moved(first + 99)]
    left = (LeftOut("payments", ("payments/payments/P-1001",), "Two suppliers have this name."),)
    return ApprovePlanDesk(ledger, kept(ledger, *changes, left_out=left).plan.plan_id, "Nora Feeney")


def approver(ledger: Engagement, desk: ApprovePlanDesk) -> str:
    """Return who agreed to the plan, as the state says."""
    approval = approval_of(ledger.store, kept_plan(ledger.store, desk.plan_id))
    return "" if approval is None else approval.approver


def test_a_plan_is_read_and_agreed_to_by_keyboard_alone(ledger: Engagement, page: Any) -> None:
    """What is held back, what is lost, and the name of the target are each asked for before anything is noted."""
    desk = desk_of(ledger, 4000)
    open_screen(page, "approve_plan", desk)

    page.keyboard.press("2")
    page.keyboard.press("j")
    page.get_by_role("region", name="The chosen change").get_by_text("step 2").wait_for()
    page.keyboard.press("a")
    page.get_by_role("alert").get_by_text("Type 20 into its field").wait_for()
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.locator(".ia-screen").focus()
    page.keyboard.press("a")
    page.get_by_role("alert").get_by_text("Tick its box").wait_for()
    page.keyboard.press("Space")
    page.keyboard.press("a")
    page.get_by_role("dialog").wait_for()
    assert page.get_by_role("button", name="Agree", exact=True).is_disabled()
    page.keyboard.type("Payments")
    page.keyboard.press("Enter")
    page.locator(".ia-saying", has_text="Saved: Nora Feeney agreed").wait_for()

    assert approver(ledger, desk) == "Nora Feeney"
    page.keyboard.press("t")
    page.locator(".ia-saying", has_text="nobody agrees").wait_for()
    assert approver(ledger, desk) == ""
    page.keyboard.press("Control+y")
    page.locator(".ia-saying", has_text="Saved: Nora Feeney agreed").wait_for()
    assert approver(ledger, desk) == "Nora Feeney"


def test_a_kind_and_a_word_narrow_the_list(ledger: Engagement, page: Any) -> None:
    """By mouse: a row of the summary shows its changes, a word those that hold it; client text stays text."""
    open_screen(page, "approve_plan", desk_of(ledger, 4200))

    page.get_by_role("button", name="payments changed").click()
    page.get_by_text("20 of 22 changes").wait_for()
    page.get_by_role("searchbox", name="Look for a word").fill("p-4207")
    page.get_by_text("1 of 22 changes").wait_for()

    page.get_by_role("region", name="The chosen change").get_by_text(HOSTILE).first.wait_for()
    assert page.evaluate("window.hurt") is None
    page.get_by_role("searchbox", name="Look for a word").fill("nowhere")
    page.get_by_text("No change of this plan is like that").wait_for()


def test_what_another_person_agrees_to_appears(ledger: Engagement, page: Any) -> None:
    """Without a click, and nobody agrees over somebody else."""
    desk = desk_of(ledger, 4400, 3)
    open_screen(page, "approve_plan", desk)
    hers = ApprovePlanDesk(open_engagement(ledger.folder), desk.plan_id, "Ann")

    hers.approve(typed="Payments", by="Ann", seen="", accepted=["R2"])

    page.get_by_text("Ann agreed to it on").wait_for(timeout=10_000)
    assert page.get_by_role("button", name="Agree…").is_hidden()


def test_a_plan_that_was_edited_is_shown_with_its_refusal(ledger: Engagement, page: Any) -> None:
    """Nothing of it is shown, and there is no button to agree."""
    desk = desk_of(ledger, 4600, 2)
    path = plan_path(ledger.store, desk.plan_id)
    path.write_bytes(path.read_bytes().replace(b'"B"', b'"C"'))

    open_screen(page, "approve_plan", ApprovePlanDesk(ledger, desk.plan_id, "Nora"))

    page.get_by_text("This plan cannot be agreed to.").wait_for()
    assert page.get_by_role("button", name="Agree…").count() == 0


def test_a_screen_reader_finds_nothing_wrong_in_either_theme_and_nothing_is_cut(ledger: Engagement, page: Any) -> None:
    """Each part of the plan, 900 pixels wide, light and dark."""
    desk = desk_of(ledger, 4800)
    faults = []
    for is_dark in (False, True):
        one = page.context.new_page()
        one.set_viewport_size({"width": 900, "height": 900})
        open_screen(one, "approve_plan", desk, is_dark=is_dark)
        for key in "1234?":
            one.keyboard.press(key)
            faults += axe_faults(one)
        assert one.evaluate("document.documentElement.scrollWidth") <= 900

    assert faults == []


def test_thousands_of_changes_are_a_key_away(ledger: Engagement, page: Any) -> None:
    """The page holds what is in sight, and brings the last change when it is asked for."""
    desk = ApprovePlanDesk(ledger, kept(ledger, *map(moved, range(100_000, 103_000))).plan.plan_id, "Nora")
    open_screen(page, "approve_plan", desk)

    page.keyboard.press("2")
    page.keyboard.press("End")
    page.get_by_role("region", name="The chosen change").get_by_text("step 3,000").wait_for()

    assert page.locator(".ia-row").count() < 30


CELL = """
from toolkit import approve_plan, open_engagement
here = open_engagement("{folder}")
approve_plan(here, reviewer="Nora Feeney")
"""


def test_in_jupyterlab_an_agreement_outlives_the_kernel(lab: Lab, page: Any, client: Path, chromium: Any) -> None:
    """A real plan of the sample client: agreed to, the kernel restarted, and a second browser sees who agreed."""
    engagement = open_engagement(client)
    made = plan_job(engagement, "cleanup", "crm")
    name = lab.notebook("agree.ipynb", [CELL.format(folder=client.name)])
    run_all(page, lab, name)
    screen = page.locator(".ia-screen")
    screen.wait_for()
    screen.focus()
    page.keyboard.press("a")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("HubSpot")
    page.keyboard.press("Enter")
    page.locator(".ia-saying", has_text="Saved: Nora Feeney agreed").wait_for()

    restart_kernel(page)
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    with new_page(chromium) as second:
        run_all(second, lab, name)
        second.get_by_text("Nora Feeney agreed to it on").wait_for()
    run_cells(page)
    page.get_by_text("Nora Feeney agreed to it on").wait_for()

    approval = approval_of(engagement.store, made.kept)
    assert approval is not None
    assert approval.approver == "Nora Feeney"
    engagement.close()
