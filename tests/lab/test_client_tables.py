"""Both screens about a client's tables in JupyterLab: keys and mouse, a restart in between, a second person beside."""

from typing import Any

from tests.lab.asked_client import asked_client
from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from toolkit.settings import load_settings

_CELLS = (
    "from toolkit import *\nhere = open_engagement('asked')\nanswer_questions(here, reviewer='{}')",
    "map_fields(here, 'deals.csv', reviewer='{}')",
)


def test_what_was_kept_survives_a_restart_and_reaches_a_second_person(lab: Lab, page: Any, chromium: Any) -> None:
    """An answer by a key, a column by the mouse; after a restart, and in another browser, both are there."""
    asked_client(lab.folder / "asked").close()
    name = lab.notebook("asked.ipynb", [cell.format("Dana") for cell in _CELLS])
    other = lab.notebook("asked_too.ipynb", [cell.format("Bob") for cell in _CELLS])
    run_all(page, lab, name)
    page.set_default_timeout(120_000)
    questions, fields = page.locator(".ia-screen").first, page.locator(".ia-screen").last

    questions.focus()
    page.keyboard.press("n")
    questions.locator(".ia-saying", has_text="Saved: something else").wait_for()
    page.locator("tr[data-column=party_name]").click()
    fields.focus()
    page.keyboard.press("n")
    fields.locator(".ia-saying", has_text="read from nothing").wait_for()
    page.locator("tr[data-column=party_ref]").click()
    fields.locator(".iam-choice").get_by_role("button", name="Customer").click()
    fields.locator(".ia-saying", has_text="read from Customer").wait_for()
    fields.focus()
    page.keyboard.press("s")
    fields.get_by_role("button", name="Keep it").click()
    fields.locator(".ia-saying", has_text="Kept as deals/deals").wait_for()
    with new_page(chromium) as second:
        second.set_default_timeout(120_000)
        run_all(second, lab, other)
        second.get_by_text("kept by Dana").wait_for()
        second.locator(".ia-screen").first.focus()
        second.keyboard.press("2")
        second.locator(".ia-saying", has_text="Saved: the month.").wait_for()
    page.get_by_role("option", name="the month").wait_for()

    restart_kernel(page)
    run_cells(page)
    page.get_by_text("2 of 3 answered").wait_for()
    page.locator("tr[data-column=party_ref] .iam-chip", has_text="Customer").wait_for()

    settings = load_settings(lab.folder / "asked" / "engagement.yaml").settings
    assert settings.questions["x_entity"].answer == "leave_out"
    assert settings.systems["deals"].streams["deals"].fields["party_ref"].headers == ("Customer",)
