"""The screen for merges: ties first, a choice by key and by mouse, a typed value, rules that are tried, two persons."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from toolkit.audit.desks.merge_clusters import MergeDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.planning import plan_job


@pytest.fixture
def here(disagreeing: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client whose systems disagree, audited and opened."""
    return copied(disagreeing)


def words(engagement: Engagement) -> list[tuple[str, str, str]]:
    rows = engagement.store.rulings(("stays", "value")).to_pylist()
    return [(row["key_l"], row["part"], row["decision"]) for row in rows]


def saying(page: Any, text: str) -> None:
    page.locator(".ia-saying", has_text=text).wait_for(timeout=10_000)


def test_a_tie_is_decided_by_one_key_and_taken_back(page: Any, here: Engagement) -> None:
    """It stands first; what was chosen is in the store before it is shown."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    page.get_by_text("By every rule these records tie").wait_for()

    page.keyboard.press("2")
    saying(page, "Saved: 5 stays")
    page.get_by_text("Dana chose which stays").wait_for()
    assert words(here) == [("crm/companies/5", "crm.companies", "stays")]
    page.keyboard.press("Control+z")
    saying(page, "Taken back")
    page.get_by_text("By every rule these records tie").wait_for()

    assert words(here) == [("crm/companies/5", "crm.companies", "open")]


def test_a_value_is_typed_and_the_preview_and_the_plan_have_it(page: Any, here: Engagement) -> None:
    """By keys alone: to the field, type, save, look at what each system gets."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    page.keyboard.press("j")
    page.get_by_role("grid", name="Acme").wait_for()
    labels = page.locator(".mc-table tbody th").all_inner_texts()
    for _ in range(1 + [one.split("\n")[0] for one in labels].index("phone")):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    page.get_by_label("phone of the golden record").fill("312 555 0000")
    page.keyboard.press("Enter")
    saying(page, "Saved: phone: 312 555 0000")
    page.get_by_text("Dana chose it").wait_for()
    page.keyboard.press("v")
    page.locator(".mc-changes").get_by_text("312 555 0000").wait_for()
    page.locator(".mc-changes").get_by_text("archived").wait_for()

    plan = plan_job(here, "cleanup", "crm").saved.plan
    assert "312 555 0000" in [one.after.get("phone") for one in plan.operations]


def test_a_value_is_taken_by_mouse_whole(page: Any, here: Engagement) -> None:
    """A click on one part of the address of another record takes all of it."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    page.keyboard.press("j")
    page.get_by_role("grid", name="Acme").wait_for()

    page.locator(".mc-cell", has_text="12 Main St").nth(1).click()
    saying(page, "Saved: address of record 2 (1)")

    assert words(here) == [("crm/companies/2", "street", "value")]


def test_rules_are_tried_written_and_taken_back(page: Any, here: Engagement) -> None:
    """The count comes before the file changes."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    before = (here.folder / "engagement.yaml").read_text("utf-8")
    page.keyboard.press("r")
    page.get_by_label("Rule of e-mail").select_option("keep_master")
    page.get_by_text("1 golden record changes of 1 (e-mail 1)").wait_for()
    assert (here.folder / "engagement.yaml").read_text("utf-8") == before
    page.get_by_role("button", name="Write into engagement.yaml").click()
    saying(page, "Written into engagement.yaml")
    assert "email: keep_master" in (here.folder / "engagement.yaml").read_text("utf-8")
    page.locator(".ia-list").focus()
    page.keyboard.press("Control+z")
    saying(page, "Taken back: rules")

    assert (here.folder / "engagement.yaml").read_text("utf-8") == before


def test_client_text_stays_text_and_axe_finds_nothing(page: Any, here: Engagement) -> None:
    """In both themes, wide and narrow, with rules and changes open."""
    desk = MergeDesk(here, "crm", "Dana")
    open_screen(page, "merge_clusters", desk)
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    light = axe_faults(page)
    dark = page.context.new_page()
    dark.set_viewport_size({"width": 900, "height": 900})
    open_screen(dark, "merge_clusters", MergeDesk(here, "crm", "Dana"), is_dark=True)
    dark.keyboard.press("v")
    dark.locator(".mc-changes h3").first.wait_for()

    assert (light, axe_faults(dark)) == ([], [])
    assert dark.evaluate("document.documentElement.scrollWidth <= 900")
    assert page.locator("h2").inner_text() == "Duplicates in HubSpot: Harbor <b>& Pine</b>"


def test_what_another_person_chose_appears_and_is_not_overwritten(page: Any, here: Engagement) -> None:
    """The second one is told, and the first choice is shown."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    jo = MergeDesk(open_engagement(here.folder), "crm", "Jo")
    group = jo.first()["rows"][0]["group"]

    jo.questions()["stays"](group=group, key="crm/companies/5", believed=0)
    page.keyboard.press("1")
    page.get_by_role("alert").get_by_text("Jo decided about these in the meantime. Nothing was saved.").wait_for()
    page.get_by_text("Jo chose which stays").wait_for()

    assert words(here) == [("crm/companies/5", "crm.companies", "stays")]


def test_two_steps_are_taken_back_and_a_colleagues_choice_is_not(page: Any, here: Engagement) -> None:
    """One after the other on one group; what Jo chose in between stays, and is shown."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    page.keyboard.press("1")
    saying(page, "Saved: 4 stays")
    page.keyboard.press("2")
    saying(page, "Saved: 5 stays")
    page.keyboard.press("Control+z")
    saying(page, "Taken back: 5 stays")
    page.keyboard.press("Control+z")
    saying(page, "Taken back: 4 stays")
    page.get_by_text("By every rule these records tie").wait_for()
    page.keyboard.press("Control+y")
    saying(page, "Done again: 4 stays")

    jo = MergeDesk(open_engagement(here.folder), "crm", "Jo")
    group = next(row["group"] for row in jo.first()["rows"] if row["name"].startswith("Cedar"))
    jo.questions()["stays"](group=group, key="crm/companies/5", believed=0)
    page.keyboard.press("Control+z")
    saying(page, "Left as it stands, somebody else has decided since: 4 stays")
    page.get_by_text("Jo chose which stays").wait_for()
    assert ("crm/companies/5", "crm.companies", "stays") in words(here)


def test_rules_are_taken_back_step_by_step_and_a_closed_panel_forgets(page: Any, here: Engagement) -> None:
    """Each undo takes back its own change; what was not written is gone when the panel is opened again."""
    open_screen(page, "merge_clusters", MergeDesk(here, "crm", "Dana"))
    file = here.folder / "engagement.yaml"
    texts = [file.read_text("utf-8")]
    for field, rule in (("e-mail", "keep_master"), ("phone", "longest")):
        page.keyboard.press("r")
        page.get_by_label(f"Rule of {field}").select_option(rule)
        page.get_by_role("button", name="Write into engagement.yaml").click()
        page.locator(".mc-rules").wait_for(state="hidden")
        texts.append(file.read_text("utf-8"))
        page.locator(".ia-list").focus()
    for text in (texts[1], texts[0]):
        page.keyboard.press("Control+z")
        saying(page, "Taken back: rules")
        page.evaluate("document.querySelector('.ia-saying').textContent = ''")
        assert file.read_text("utf-8") == text
        page.locator(".ia-list").focus()

    page.keyboard.press("r")
    masters = page.locator(".mc-rules ol").inner_text()
    page.locator(".mc-rules ol button").first.click()
    assert page.locator(".mc-rules ol").inner_text() != masters
    page.get_by_role("button", name="Close (r)").click()
    page.keyboard.press("r")
    assert page.locator(".mc-rules ol").inner_text() == masters


CELL = """
from toolkit import merge_clusters, open_engagement
here = open_engagement({folder!r})
merge_clusters(here, "shop", reviewer={who!r})
"""


def test_in_jupyterlab_choices_outlive_the_kernel_and_a_second_browser_sees_them(
    lab: Lab, page: Any, chromium: Any, client: Path
) -> None:
    """Real data, keys and mouse; the kernel is restarted in the middle."""
    name = lab.notebook("merges.ipynb", [CELL.format(folder=client.name, who="Dana")])
    run_all(page, lab, name)
    page.locator(".ia-screen").wait_for()
    page.locator(".ia-screen").focus()
    page.keyboard.press("2")
    saying(page, "stays")
    page.get_by_text("Dana chose which stays").wait_for()
    restart_kernel(page)
    run_cells(page)
    page.get_by_role("button", name="Chosen by a person 1").click()
    page.get_by_text("Dana chose which stays").wait_for()

    with new_page(chromium) as second:
        run_all(second, lab, lab.notebook("merges-2.ipynb", [CELL.format(folder=client.name, who="Jo")]))
        second.get_by_role("button", name="Chosen by a person 1").click()
        second.get_by_text("Dana chose which stays").wait_for()
        second.locator(".ia-screen").focus()
        second.keyboard.press("Backspace")
        saying(second, "the rules say which stays")
    engagement = open_engagement(client)
    assert [word for _, _, word in words(engagement)] == ["open"]
    engagement.close()
