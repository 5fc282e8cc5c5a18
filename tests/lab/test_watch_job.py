"""The screen of a job: started with the target's name, watched, paused, gone on with, and taken back beside it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked
from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from tests.stories.test_sent_jobs import values
from tests.unit.audit.desks.jobs_to_watch import planned_client, planned_folder
from toolkit.audit.desks.jobs.watch_job import WatchJobDesk
from toolkit.audit.desks.jobs.watch_pull import WatchPullDesk
from toolkit.store.journal import last_steps
from toolkit.store.plans import kept_plan

SLOW_MS = 90_000
"""A command begins in a process of its own, on a machine that may be busy."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an engagement with a plan; tests work on copies."""
    return planned_folder(tmp_path_factory.mktemp("planned") / "client")


def slow(seconds: float) -> Callable[[Asked], str | None]:
    """Return what lets every change take its time."""

    def fault(_asked: Asked) -> str | None:
        time.sleep(seconds)
        return None

    return fault


def test_a_job_is_started_and_taken_back_by_keyboard_alone(planned: Path, tmp_path: Path, page: Any) -> None:
    """Each start wants the name typed; what takes back is read and agreed to first; and then all is as it was."""
    with planned_client(planned, tmp_path / "client") as (double, engagement):
        before = values(double)
        open_screen(page, "watch_job", WatchJobDesk(engagement, "latest", "Nora"))

        page.keyboard.press("g")
        assert page.get_by_role("button", name="Start", exact=True).is_disabled()
        page.keyboard.press("Escape")
        started(page)
        page.get_by_text("Crm (sandbox): 30 of 30 changes done.").wait_for(timeout=SLOW_MS)
        page.locator(".ia-saying", has_text="Ended: 30 of 30").wait_for(timeout=SLOW_MS)
        page.keyboard.press("f")
        page.get_by_role("button", name="30 done", pressed=True).wait_for()
        page.keyboard.press("j")
        page.get_by_role("region", name="The chosen change of the job").get_by_text("step 2").wait_for()
        page.keyboard.press("o")
        page.frame_locator("iframe").get_by_text("The job in numbers").wait_for()
        page.keyboard.press("u")
        page.get_by_role("heading", name="Take it back").wait_for()
        page.keyboard.press("a")
        page.keyboard.type("Crm")
        page.keyboard.press("Enter")
        page.locator(".ia-saying", has_text="Saved: Nora agreed").wait_for()
        page.get_by_text("Not begun. Agreed to by Nora").wait_for()
        started(page)
        page.get_by_text("30 taken back.").wait_for(timeout=SLOW_MS)

        assert values(double) == before


def test_a_screen_reader_finds_nothing_wrong_in_either_theme_and_nothing_is_cut(
    planned: Path, tmp_path: Path, page: Any
) -> None:
    """A job that nobody agreed to, one that may start, a rehearsal, and a pull; 900 pixels wide."""
    faults = []
    with planned_client(planned, tmp_path / "client", is_agreed=False) as (_, engagement):
        desk = WatchJobDesk(engagement, "latest", "Nora")
        for is_dark in (False, True):
            one = page.context.new_page()
            one.set_viewport_size({"width": 900, "height": 900})
            open_screen(one, "watch_job", desk, is_dark=is_dark)
            assert one.get_by_role("button", name="Start…").is_hidden()
            one.get_by_text("Nobody has agreed to it yet").wait_for()
            one.keyboard.press("r")
            one.get_by_text("30 would be done").wait_for(timeout=SLOW_MS)
            one.keyboard.press("?")
            faults += axe_faults(one)
            assert one.evaluate("document.documentElement.scrollWidth") <= 900
            pull = page.context.new_page()
            pull.set_viewport_size({"width": 900, "height": 900})
            open_screen(pull, "watch_job", WatchPullDesk(engagement, reviewer="Nora"), is_dark=is_dark)
            pull.get_by_text("1 of 1 list stand").wait_for()
            faults += axe_faults(pull)

    assert faults == []


def started(page: Any) -> None:
    """Start a job, or go on with it, as a person does."""
    page.locator(".ia-screen").wait_for(timeout=SLOW_MS)
    page.locator(".ia-screen").focus()
    page.keyboard.press("g")
    page.keyboard.type("Crm")
    page.keyboard.press("Enter")


CELL = """
from toolkit import open_engagement, watch_job
here = open_engagement("{folder}")
watch_job(here, reviewer="Nora Feeney")
"""


def test_in_jupyterlab_a_job_outlives_the_kernel_and_is_paused_by_another_person(
    lab: Lab, page: Any, chromium: Any, planned: Path
) -> None:
    """Started, the kernel restarted in the middle, watched from a second browser, paused there, gone on with here."""
    with planned_client(planned, lab.folder / "watched") as (double, engagement):
        name = lab.notebook("watch.ipynb", [CELL.format(folder="watched")])
        other = lab.notebook("watch-too.ipynb", [CELL.format(folder="watched").replace("Nora Feeney", "Ann")])
        plan = kept_plan(engagement.store, "latest")
        with new_page(chromium) as second:
            run_all(second, lab, other, seconds=120)
            run_all(page, lab, name, seconds=120)
            double.fault = slow(1)
            started(page)
            page.get_by_text("started by Nora Feeney").wait_for(timeout=SLOW_MS)
            restart_kernel(page)

            second.get_by_text("started by Nora Feeney").wait_for(timeout=SLOW_MS)
            second.get_by_role("button", name="Pause").click()
            second.get_by_text("it goes on where it was").wait_for(timeout=SLOW_MS)
            assert 0 < len(last_steps(engagement.store, plan.plan_id)) < plan.changes
            double.fault = lambda _asked: None
            page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=SLOW_MS)
            run_cells(page, seconds=120)
            started(page)
            for one in (page, second):
                one.get_by_text("30 of 30 changes done.").first.wait_for(timeout=SLOW_MS)

        assert {one.state for one in last_steps(engagement.store, plan.plan_id).values()} == {"confirmed"}
        assert set(double.effects.values()) == {1}
