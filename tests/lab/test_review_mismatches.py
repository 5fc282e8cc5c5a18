"""The screen for differences: by keys and by mouse, two persons at once, a kernel that is restarted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from toolkit.audit.desks.review_mismatches import MismatchDesk
from toolkit.audit.engagement import Engagement, open_engagement


@pytest.fixture
def here(disagreeing: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client whose systems disagree, audited and opened."""
    return copied(disagreeing)


def said(engagement: Engagement) -> list[str]:
    return [row["decision"] for row in engagement.store.rulings().to_pylist()]


def saying(page: Any, text: str) -> None:
    page.locator(".ia-saying", has_text=text).wait_for(timeout=10_000)


def test_a_whole_list_is_decided_by_keys_alone(page: Any, here: Engagement) -> None:
    """One key for each; what was taken back is open again."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))

    for number in range(1, 9):
        page.keyboard.press("ArrowLeft" if number % 2 else "n")
        saying(page, f"{number} of 8 decided")
    assert (said(here).count("left"), said(here).count("neither")) == (4, 4)
    page.keyboard.press("Control+z")
    saying(page, "Taken back")
    page.keyboard.press("U")
    saying(page, "Done again")

    assert (said(here).count("left"), said(here).count("neither")) == (4, 4)


def test_client_text_stays_text_and_axe_finds_nothing(page: Any, here: Engagement) -> None:
    """A name that is markup is shown as it is written, in both themes, wide and narrow."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))
    page.keyboard.press("d")
    page.get_by_role("combobox", name="Who decides").wait_for()
    page.get_by_text('<img src=x onerror="window.hurt=1">').first.wait_for()
    light = axe_faults(page)
    dark = page.context.new_page()
    dark.set_viewport_size({"width": 900, "height": 900})
    open_screen(dark, "review_mismatches", MismatchDesk(here, "Dana"), is_dark=True)
    dark.keyboard.press("?")

    assert page.evaluate("window.hurt") is None
    assert (light, axe_faults(dark)) == ([], [])
    assert dark.evaluate("document.documentElement.scrollWidth <= 900")


def test_who_decides_a_field_is_counted_written_and_taken_back(page: Any, here: Engagement) -> None:
    """The file has it after the kernel said so, and lost it after Ctrl Z."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))
    before = (here.folder / "engagement.yaml").read_text("utf-8")

    page.get_by_role("button", name="phone 5").click()
    page.keyboard.press("d")
    page.get_by_role("combobox", name="Who decides").select_option("books")
    page.get_by_text("Of 5 differences that nobody decided it settles 1, proposes another value for 2").wait_for()
    page.get_by_role("button", name="Write it into engagement.yaml").click()
    saying(page, "Written into engagement.yaml")
    assert "phone: books" in (here.folder / "engagement.yaml").read_text("utf-8")
    page.locator(".ia-list").first.focus()
    page.keyboard.press("Control+z")
    saying(page, "Taken back: QuickBooks decides phone")

    assert (here.folder / "engagement.yaml").read_text("utf-8") == before


def test_what_another_person_decided_appears_and_is_not_overwritten(page: Any, here: Engagement) -> None:
    """The second one is told, the first word stays."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))
    jo = MismatchDesk(open_engagement(here.folder), "Jo")
    row = jo.first()["rows"][0]
    finding = [row["column"], row["key_l"], row["key_r"]]

    jo.questions()["decide"](finding=finding, decision="neither", believed=0)
    page.keyboard.press("ArrowLeft")
    page.get_by_role("alert").get_by_text("Jo decided this in the meantime. Nothing was saved.").wait_for()
    page.locator(".ia-row").first.get_by_text("neither").wait_for()

    assert said(here) == ["neither"]


CELL = """
from toolkit import open_engagement, review_mismatches
here = open_engagement({folder!r})
review_mismatches(here, reviewer={who!r})
"""


def test_in_jupyterlab_nothing_acknowledged_is_lost_when_the_kernel_is_restarted(
    lab: Lab, page: Any, chromium: Any, client: Path
) -> None:
    """Real data, keys and mouse; the cell run again shows what was decided, and a second browser sees it, too."""
    name = lab.notebook("mismatches.ipynb", [CELL.format(folder=client.name, who="Dana")])
    run_all(page, lab, name)
    screen = page.locator(".ia-screen")
    screen.wait_for()
    screen.focus()
    for number in range(1, 4):
        page.keyboard.press("ArrowRight")
        saying(page, f"{number} of 923 decided")
    page.get_by_role("button", name="Neither (n)").click()
    saying(page, "4 of 923 decided")
    restart_kernel(page)
    run_cells(page)
    page.locator(".ia-screen").get_by_text("4 of 923 decided, as Dana").wait_for()

    with new_page(chromium) as second:
        other = lab.notebook("second.ipynb", [CELL.format(folder=client.name, who="Jo")])
        run_all(second, lab, other)
        second.locator(".ia-screen").get_by_text("4 of 923 decided, as Jo").wait_for()
        second.locator(".ia-screen").focus()
        second.keyboard.press("n")
        saying(second, "5 of 923 decided")
    engagement = open_engagement(client)
    assert len(said(engagement)) == 5
    engagement.close()
