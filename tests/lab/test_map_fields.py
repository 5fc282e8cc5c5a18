"""The field map at the screen: columns dragged or given by keys, looked at, kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asked_client import HURT
from tests.lab.conftest import new_page
from tests.lab.screen_page import axe_faults, open_screen
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.desks.mapping import FieldsDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.settings import StreamSettings, load_settings

LOG = f"Nr,Day,Client,Total,{HURT.replace(chr(34), chr(39))}\n" + "".join(
    f"{100 + n},2026-03-0{n + 1},Client {n},{n}00.50,{'=1+1' if n % 2 else '<b>x</b>'}\n" for n in range(8)
)
SETTINGS = """\
client: Acme  # the client
currency: EUR
systems:
  office:
    connector: table
    streams:
      log:
        entity: invoice
        file: ["log*.csv"]
        key: [Nr]   # names a row
        fields:
          number: Nr   # sure
          amount_minor: Total
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Engagement]:
    """Yield an engagement with one list that the settings describe."""
    folder = folder_of(tmp_path / "acme", {"engagement.yaml": SETTINGS, "exports/office/log.csv": LOG})
    engagement = open_engagement(folder)
    yield engagement
    engagement.close()


def kept(folder: Path) -> StreamSettings:
    """Return the stream as engagement.yaml holds it."""
    return load_settings(folder / "engagement.yaml").settings.systems["office"].streams["log"]


def opened(page: Any, office: Engagement, *, reviewer: str = "Dana", is_dark: bool = False) -> Any:
    open_screen(page, "map_fields", FieldsDesk(office, "log.csv", "", reviewer), is_dark=is_dark)
    return page


def said(page: Any, text: str) -> None:
    page.locator(".ia-saying", has_text=text).wait_for()


def test_a_map_is_made_looked_at_and_kept_by_keys_alone(page: Any, office: Engagement) -> None:
    """Down to a column, a number for its source, s and Enter to keep."""
    opened(page, office)

    while page.locator("tr[data-column=party_name][aria-selected=true]").count() == 0:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    said(page, "read from Client. Not kept yet.")
    page.keyboard.press("s")
    page.get_by_role("dialog").get_by_text("8 of 8").first.wait_for()
    before = kept(office.folder).fields
    page.keyboard.press("Enter")
    said(page, "Kept as office/log.")

    assert "party_name" not in before
    assert kept(office.folder).fields["party_name"].headers == ("Client",)
    assert "number: Nr   # sure" in (office.folder / "engagement.yaml").read_text("utf-8")


def test_a_column_is_dragged_to_one_of_ours(page: Any, office: Engagement) -> None:
    """What comes of its cells is shown at once; nothing is kept before it is looked at."""
    opened(page, office)

    page.locator(".iam-list li", has_text="Day").drag_to(page.locator("tr[data-column=issued_on]"))
    said(page, "read from Day. Not kept yet.")

    assert page.locator("tr[data-column=issued_on] .iam-chip").inner_text() == "Day"
    assert "issued_on" not in kept(office.folder).fields


def test_undo_goes_back_over_what_was_kept_to_what_was_there(page: Any, office: Engagement) -> None:
    """First the keeping, then the choice; the file is as it was, letter by letter."""
    opened(page, office)
    page.locator("tr[data-column=amount_minor]").click()
    page.keyboard.press("n")
    said(page, "Not kept yet")
    page.keyboard.press("s")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Enter")
    said(page, "Kept as")

    page.keyboard.press("Control+z")
    said(page, "Undone: keeping the map")

    assert (office.folder / "engagement.yaml").read_text("utf-8") == SETTINGS
    page.keyboard.press("r")
    said(page, "Done again: keeping the map")
    assert set(kept(office.folder).fields) < {"number", "amount_minor"}


def test_what_stands_against_a_map_is_said_and_it_is_not_kept(page: Any, office: Engagement) -> None:
    """One column read as two things."""
    opened(page, office)
    page.keyboard.press("a")
    page.locator("tr[data-column=reference]").click()
    page.keyboard.press("o")
    page.get_by_label("Column of the client for reference").fill("Nr")
    page.keyboard.press("Enter")
    page.get_by_text("Column 'Nr' is read as number and as reference.").first.wait_for()
    page.keyboard.press("s")
    page.get_by_role("dialog", name="This map cannot be kept yet.").wait_for()
    page.keyboard.press("Enter")

    assert "reference" not in kept(office.folder).fields


def test_what_another_person_keeps_appears_and_is_not_overwritten(page: Any, office: Engagement) -> None:
    """Without changes of one's own it is shown; with them, keeping is refused."""
    opened(page, office, reviewer="Bob")
    ann = FieldsDesk(office, "log.csv", "", "Ann")
    draft, version = ann.first()["draft"], ann.first()["version"]
    ann.questions()["save"](draft={**draft, "fields": {**draft["fields"], "party_name": "Client"}}, version=version)
    said(page, "The map was changed by Ann")

    page.keyboard.press("n")
    said(page, "Not kept yet")
    ann.questions()["save"](draft=draft, version=ann.first()["version"])
    page.get_by_role("alert").get_by_text("Somebody else has changed this map meanwhile.").wait_for()
    page.keyboard.press("s")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("was changed in engagement.yaml meanwhile").wait_for()

    assert set(kept(office.folder).fields) == {"number", "amount_minor"}


def test_client_text_stays_text_and_nothing_is_cut_at_900_pixels(page: Any, office: Engagement) -> None:
    """A header with markup is shown; the screen stays inside the window."""
    page.set_viewport_size({"width": 900, "height": 800})
    opened(page, office)

    page.locator(".iam-list li", has_text="onerror").wait_for()

    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.documentElement.scrollWidth <= 900")


def test_a_screen_reader_finds_nothing_wrong_in_either_theme(page: Any, chromium: Any, office: Engagement) -> None:
    """The map with something unreadable, the search, the preview, the list of keys."""
    faults = []
    with new_page(chromium) as second:
        for one, is_dark in ((page, False), (second, True)):
            opened(one, office, is_dark=is_dark)
            one.locator("tr[data-column=amount_minor]").click()
            one.keyboard.press("o")
            one.get_by_label("Column of the client for amount").fill("onerror")
            one.keyboard.press("Enter")
            said(one, "Not kept yet")
            one.keyboard.press("?")
            one.keyboard.press("o")
            faults += axe_faults(one)
            one.keyboard.press("Escape")
            one.keyboard.press("s")
            one.get_by_role("dialog").wait_for()
            faults += axe_faults(one)

    assert faults == []
