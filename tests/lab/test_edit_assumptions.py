"""The screen of assumptions: sliders and fields, the case beside them, saving, two persons at once, a restarted kernel."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from tests.unit.audit.desks.mini_client import audited_mini
from toolkit.audit.desks.assumptions.desk import AssumptionsDesk
from toolkit.audit.engagement import Engagement, open_engagement


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small client, audited once."""
    return audited_mini(tmp_path_factory.mktemp("mini") / "client")


@pytest.fixture
def here(mini: Path, tmp_path: Path) -> Iterator[Engagement]:
    """Yield a copy of it, opened."""
    shutil.copytree(mini, tmp_path / "client")
    engagement = open_engagement(tmp_path / "client")
    yield engagement
    engagement.close()


def desk_of(engagement: Engagement) -> AssumptionsDesk:
    return AssumptionsDesk(engagement, reviewer="Ann", trials=500)


def text(engagement: Engagement) -> str:
    return (engagement.folder / "engagement.yaml").read_text("utf-8")


def saying(page: Any, words: str) -> None:
    page.locator(".ia-saying", has_text=words).wait_for(timeout=30_000)


def figure(page: Any, name: str) -> str:
    return str(page.locator(".ia-figures tr", has_text=name).locator("strong").inner_text())


def test_a_slider_moves_the_case_by_keys_and_nothing_is_saved_before_it_is_asked(page: Any, here: Engagement) -> None:
    """J goes to the first input, arrows move it, s saves with who said so; U takes the save back."""
    open_screen(page, "edit_assumptions", desk_of(here))
    before, written = figure(page, "Costs now"), text(here)

    page.keyboard.press("j")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("now => document.querySelector('.ia-figures strong').textContent !== now", arg=before)
    assert text(here) == written
    page.get_by_text("against saved").first.wait_for()
    page.keyboard.press("s")
    page.get_by_role("dialog").wait_for()
    page.get_by_label("Who said so").fill("Ruth")
    page.get_by_role("button", name="Save", exact=True).click()
    saying(page, "Saved: Cost of an hour of work")

    assert "evidence: interview, who: Ruth, on: 20" in text(here)
    page.locator(".ia-screen").focus()
    page.keyboard.press("U")
    saying(page, "Taken back: Cost of an hour of work")
    assert text(here) == written
    assert figure(page, "Costs now") == before


def test_moves_are_taken_back_and_an_input_is_reset(page: Any, here: Engagement) -> None:
    """Ctrl Z goes back to where the input was, Ctrl Y forth, x to what is saved."""
    open_screen(page, "edit_assumptions", desk_of(here))
    before = figure(page, "Costs now")
    rate = page.get_by_label("Cost of an hour of work, likely", exact=True)

    rate.fill("60")
    rate.press("Enter")
    page.locator(".ia-screen").focus()
    page.wait_for_function("now => document.querySelector('.ia-figures strong').textContent !== now", arg=before)
    dearer = figure(page, "Costs now")
    page.keyboard.press("Control+z")
    saying(page, "Taken back")
    page.wait_for_function("now => document.querySelector('.ia-figures strong').textContent === now", arg=before)
    page.keyboard.press("Control+y")
    page.wait_for_function("now => document.querySelector('.ia-figures strong').textContent === now", arg=dearer)
    page.keyboard.press("j")
    page.keyboard.press("x")
    saying(page, "Cost of an hour of work: as saved")

    assert rate.input_value() == "30"
    assert page.get_by_role("button", name="Save …").is_disabled()


def test_what_was_measured_asks_for_a_reason_and_what_cannot_be_is_refused(page: Any, here: Engagement) -> None:
    """In sentences, beside the field."""
    open_screen(page, "edit_assumptions", desk_of(here))
    page.keyboard.press("]")
    saying(page, "Inputs of Won deals")

    items = page.get_by_label("Items a month, likely", exact=True)
    items.fill("12")
    items.press("Tab")
    page.locator(".ia-screen").focus()
    page.keyboard.press("s")
    page.get_by_role("alert").get_by_text("Items a month was measured.").wait_for()
    reason = page.get_by_label("Why another value than measured: Items a month")
    assert reason.evaluate("one => one === document.activeElement")
    reason.fill("a slow quarter")
    share = page.get_by_label("Share of the work that a connection takes over, high", exact=True)
    share.fill("120")
    share.press("Tab")

    page.get_by_role("alert").get_by_text("lies between 0 and 100 %, not at 120 %").wait_for()
    # It stands in the way of nothing: the field is as before, and the next move is counted.
    assert share.input_value() != "120"
    assert items.input_value() == "12"


def test_a_change_of_the_file_appears_and_client_text_stays_text(page: Any, here: Engagement) -> None:
    """Somebody edits the file: within seconds the page shows it, a label that is markup as it is written."""
    open_screen(page, "edit_assumptions", desk_of(here))
    changed = text(here).replace("value: 600", "value: 750").replace("label: Won deals", "label: <b>Won</b> deals")
    (here.folder / "engagement.yaml").write_text(changed, "utf-8")

    saying(page, "was changed elsewhere")

    assert page.get_by_label("Price of a day of building, likely", exact=True).input_value() == "750"
    assert page.locator(".ia-screen b", has_text="Won").count() == 0


def test_handoffs_changed_elsewhere_are_not_said_to_be_shown(page: Any, here: Engagement) -> None:
    """A sentence above the case says what it counts; what was tried of a handoff that is gone is dropped, and said."""
    open_screen(page, "edit_assumptions", desk_of(here))
    page.get_by_label("Inputs of").first.select_option("stripe_to_ledger")
    minutes = page.get_by_label("Minutes per item, likely", exact=True)
    minutes.fill("9")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save 1 input").wait_for()
    before, _, after = text(here).partition("  stripe_to_ledger:")
    (here.folder / "engagement.yaml").write_text(before + "rates:" + after.partition("rates:")[2], "utf-8")

    saying(page, "run the cell again to count with it. 1 input that you tried can be set no more.")

    assert page.locator(".ia-outdated").inner_text().startswith("The handoffs, or what was read of the systems, are others")
    assert page.get_by_role("button", name="Save …").is_disabled()


def test_a_screen_reader_finds_nothing_wrong_and_900_pixels_cut_nothing(page: Any, here: Engagement) -> None:
    """Light and dark, with something tried."""
    open_screen(page, "edit_assumptions", desk_of(here))
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    faults = axe_faults(page)
    page.context.new_page()
    dark = page.context.pages[-1]
    dark.set_viewport_size({"width": 900, "height": 900})
    open_screen(dark, "edit_assumptions", desk_of(here), is_dark=True)
    dark.keyboard.press("]")
    faults += axe_faults(dark)
    is_cut = dark.locator(".ia-screen").evaluate("one => one.scrollWidth > one.clientWidth + 1")

    assert (faults, is_cut) == ([], False)


def test_in_jupyterlab_a_saved_assumption_survives_a_restart_and_reaches_a_second_person(
    lab: Lab, page: Any, mini: Path, chromium: Any
) -> None:
    """What one saves appears at the other; after a restart of the kernel it stands there."""
    client = lab.folder / "assumed"
    shutil.copytree(mini, client)
    cell = "from toolkit import edit_assumptions, open_engagement\nedit_assumptions(open_engagement('.'), reviewer='{}')"
    names = [f"{client.name}/{who}.ipynb" for who in ("Ann", "Ben")]
    for name, who in zip(names, ("Ann", "Ben"), strict=True):
        lab.notebook(name, [cell.format(who)])
    run_all(page, lab, names[0])
    page.locator(".ia-screen").wait_for()
    with new_page(chromium) as other:
        run_all(other, lab, names[1])
        rate = other.get_by_label("Price of a day of building, likely", exact=True)
        rate.fill("820")
        rate.press("Tab")
        other.locator(".ia-screen").focus()
        other.keyboard.press("s")
        other.get_by_label("Who said so").fill("Ben")
        other.get_by_role("button", name="Save", exact=True).click()
        saying(other, "Saved: Price of a day of building")
    page.wait_for_function("document.querySelector('[data-key=\"total|day_rate\"] [data-end=likely]').value === '820'")

    restart_kernel(page)
    run_cells(page)
    page.locator(".ia-screen").first.wait_for()

    assert page.get_by_label("Price of a day of building, likely", exact=True).input_value() == "820"
    assert "day_rate: {value: 820, evidence: interview, who: Ben" in (client / "engagement.yaml").read_text("utf-8")
