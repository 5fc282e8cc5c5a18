"""The screen of the landscape: walked and changed by keys, dragged by mouse, two persons at once, a restarted kernel."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from toolkit.audit.desks.landscape.desk import LandscapeDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots

CLIENT = Path(__file__).resolve().parents[1] / "golden" / "mini" / "client"
MINI = CLIENT / "engagement.yaml"
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "harbor-pine" / "engagement.yaml"
HOSTILE = "<img src=x onerror='window.hurt=1'>"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Engagement]:
    """Yield an engagement with settings and nothing read."""
    shutil.copy(MINI, tmp_path / "engagement.yaml")
    engagement = open_engagement(tmp_path)
    yield engagement
    engagement.close()


def text(engagement: Engagement) -> str:
    return (engagement.folder / "engagement.yaml").read_text("utf-8")


def saying(page: Any, words: str) -> None:
    page.locator(".ia-saying", has_text=words).wait_for(timeout=30_000)


def test_a_sheet_and_its_handoff_are_added_by_keys_alone(page: Any, here: Engagement) -> None:
    """Drawing, table and file hold them; taken back, they are gone from all three."""
    open_screen(page, "edit_landscape", LandscapeDesk(here, reviewer="Ann"))
    before = text(here)

    page.keyboard.press("S")
    page.keyboard.type("Price list")
    page.keyboard.press("Enter")
    saying(page, "Price list added")
    page.locator(".ia-screen").focus()
    page.keyboard.press("H")
    page.keyboard.type("Prices typed in")
    page.keyboard.press("Tab")
    page.keyboard.type("Pri")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("led")
    page.keyboard.press("Tab")
    page.keyboard.type("prices")
    page.keyboard.press("Enter")
    saying(page, "Prices typed in added")

    assert page.locator("[data-node='system:price_list']").count() == 1
    assert page.get_by_role("button", name="Handoffs (3)").get_attribute("aria-pressed") == "true"
    assert "from: price_list.records, to: ledger.prices" in text(here)
    page.locator(".ia-screen").focus()
    page.keyboard.press("Control+z")
    saying(page, "Taken back: Prices typed in added")
    page.keyboard.press("Control+z")
    saying(page, "Taken back: Price list added")
    assert text(here) == before
    assert page.locator("[data-node='system:price_list']").count() == 0


def test_of_a_system_that_was_read_a_list_is_chosen_and_what_was_refused_is_shown_anew(page: Any, tmp_path: Path) -> None:
    """The system alone is not sent; a value that another changed meanwhile is refused, and stands there as it is now."""
    here = open_engagement(shutil.copytree(CLIENT, tmp_path / "client"))
    pull_snapshots(here)
    open_screen(page, "edit_landscape", LandscapeDesk(here, reviewer="Ann"))
    page.locator("tr[data-name='deal_to_invoice'] button").click()
    system, lists = (page.get_by_label(f"To: {what}", exact=True) for what in ("system", "records"))

    system.select_option("payments")
    page.get_by_text("Choose which of its lists.").wait_for()
    assert lists.locator("option").all_inner_texts() == ["which records?", "customers", "payments"]
    assert not page.evaluate("window.sent.some(one => one.ask === 'set')")
    lists.select_option("payments")
    saying(page, "where it goes")
    assert here.settings.handoffs["deal_to_invoice"].to == "payments.payments"

    other = LandscapeDesk(open_engagement(here.folder), reviewer="Ben")
    page.get_by_label("Remarks").fill("never")
    other.set(kind="handoff", name="deal_to_invoice", key="note", value="Fridays only", was="")
    page.keyboard.press("Tab")
    page.get_by_role("alert").get_by_text("was changed meanwhile, to 'Fridays only'").wait_for()
    page.wait_for_function("document.querySelector('[data-key=note]').value === 'Fridays only'")
    page.get_by_role("button", name="Remove").click()
    page.locator(".ia-dialog").wait_for()
    other.set(kind="handoff", name="deal_to_invoice", key="by", value="Jo", was="Ruth")
    page.locator(".ia-dialog").get_by_role("button", name="Remove").click()
    page.get_by_role("alert").get_by_text("was changed meanwhile, to 'Jo'").wait_for()
    assert "deal_to_invoice" in open_engagement(here.folder).settings.handoffs
    assert axe_faults(page) == []


def test_the_drawing_is_walked_with_arrows_and_said_aloud(page: Any, here: Engagement) -> None:
    """Enter goes to what is still to ask of a box; what is entered is in the file before it is shown as saved."""
    open_screen(page, "edit_landscape", LandscapeDesk(here, reviewer="Ann"))

    page.keyboard.press("d")
    saying(page, "still to ask: what goes in, what comes out")
    page.keyboard.press("ArrowRight")
    saying(page, "Ruth.")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("web forms")
    page.keyboard.press("Tab")
    saying(page, "what goes in")

    assert "data_in: web forms" in text(here)
    assert page.evaluate("document.activeElement.dataset.key") == "data_out"


def test_a_box_stays_where_it_was_dragged(page: Any, here: Engagement) -> None:
    """By mouse, and by Shift with an arrow; Straighten puts it back."""
    desk = LandscapeDesk(here, reviewer="Ann")
    open_screen(page, "edit_landscape", desk)

    box = page.locator("[data-node='system:ledger']").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 90, steps=4)
    page.mouse.up()
    saying(page, "Saved.")
    after = page.locator("[data-node='system:ledger']").bounding_box()
    assert after["y"] > box["y"] + 40
    page.locator("[data-node='system:ledger']").click()
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_function("document.querySelector('.ia-saying').textContent === 'Saved.'")
    page.wait_for_timeout(200)
    assert desk.first()["places"]["system:ledger"][1] > 0
    page.get_by_role("button", name="Straighten").click()
    page.wait_for_function("document.querySelector('.ia-drawn .ia-button').disabled")

    assert desk.first()["places"] == {}


def test_client_text_stays_text_and_axe_finds_nothing(page: Any, here: Engagement) -> None:
    """A label that is markup is shown as it is written; each form and both themes are looked through."""
    desk = LandscapeDesk(here, reviewer="Ann")
    desk.set(kind="system", name="crm", key="label", value=HOSTILE, was="crm")
    open_screen(page, "edit_landscape", desk)
    page.keyboard.press("?")
    faults = axe_faults(page)
    for name in ("crm", "Ruth"):
        page.locator(f"[data-node$=':{name}']").click()
        faults += axe_faults(page)
    page.keyboard.press("h")
    page.keyboard.press("j")
    faults += axe_faults(page)
    page.set_viewport_size({"width": 900, "height": 900})
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    is_cut = page.locator(".ia-screen").evaluate("one => one.scrollWidth > one.clientWidth + 1")

    assert (faults, is_cut) == ([], False)
    assert page.get_by_role("cell", name=HOSTILE).count() >= 1
    assert page.evaluate("window.hurt") is None


def test_forty_systems_and_120_handoffs_stay_readable(page: Any, here: Engagement) -> None:
    """Every box keeps its size, the text of none is smaller than 8 pixels, and a choice answers at once."""
    systems = [f"  s{n}: {{category: crm, label: System number {n}}}" for n in range(40)]
    handoffs = [
        f"  h{n}: {{from: s{n % 40}.a, to: s{(n * 7 + 3) % 40}.b, by: Person {n % 9}, carrier: copy}}" for n in range(120)
    ]
    lines = ["client: Big", "systems:", *systems, "handoffs:", *handoffs]
    (here.folder / "engagement.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    open_screen(page, "edit_landscape", LandscapeDesk(open_engagement(here.folder), reviewer="Ann"))

    took = page.evaluate("""async () => {
        const begun = performance.now();
        document.querySelector('.ia-table tbody tr:nth-child(60) button').click();
        await new Promise(requestAnimationFrame);
        return performance.now() - begun;
    }""")
    sizes = page.evaluate("[...document.querySelectorAll('.ia-box-text')].map(one => one.getBoundingClientRect().height)")
    assert page.locator(".ia-box").count() == 49
    assert min(sizes) >= 8
    assert page.locator(".ia-map .ia-on").count() <= 4
    assert took < 500


def test_an_empty_landscape_says_what_to_do(page: Any, here: Engagement) -> None:
    """No system, no person, no handoff."""
    (here.folder / "engagement.yaml").write_text("client: New\n", "utf-8")
    open_screen(page, "edit_landscape", LandscapeDesk(open_engagement(here.folder), reviewer="Ann"))

    assert page.get_by_text("There is no system yet. Add the first one").is_visible()
    assert page.get_by_text("There are no handoffs yet. Add one above.").is_visible()


def test_in_jupyterlab_two_people_draw_and_a_restart_loses_nothing(lab: Lab, page: Any, client: Path, chromium: Any) -> None:
    """What one adds appears at the other; after a restart of the kernel it is there, and can still be taken back."""
    cell = "from toolkit import edit_landscape, open_engagement\nedit_landscape(open_engagement('.'), reviewer='{}')"
    names = [f"{client.name}/{who}.ipynb" for who in ("Ann", "Ben")]
    for name, who in zip(names, ("Ann", "Ben"), strict=True):
        lab.notebook(name, [cell.format(who)])
    run_all(page, lab, names[0])
    page.locator(".ia-screen").wait_for()
    with new_page(chromium) as other:
        run_all(other, lab, names[1])
        other.locator(".ia-screen").focus()
        other.keyboard.press("S")
        other.keyboard.type("Crew calendar")
        other.keyboard.press("Enter")
        saying(other, "Crew calendar added")
    page.locator("[data-node='system:crew_calendar']").wait_for(timeout=30_000)
    page.locator("[data-node='system:site_log']").click()
    page.get_by_label("What comes out").fill("the crews' week")
    page.keyboard.press("Tab")
    saying(page, "what comes out")

    restart_kernel(page)
    run_cells(page)
    page.get_by_role("button", name="Undo").wait_for()
    page.locator("[data-node='system:site_log']").click()
    assert page.get_by_label("What comes out").input_value() == "the crews' week"
    page.locator(".ia-screen").first.focus()
    page.keyboard.press("Control+z")
    saying(page, "Taken back: Luis's site log: what comes out")

    written = (client / "engagement.yaml").read_text("utf-8")
    assert re.search(r"crew_calendar: \{.*label: Crew calendar", written)
    assert "the crews' week" not in written
