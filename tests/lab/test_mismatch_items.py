"""The screen for differences in a page of its own: items, what is taken back, and what a colleague says meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lab.screen_page import open_screen
from tests.unit.audit.desks.asked import asked
from toolkit.audit.desks.review_mismatches import MismatchDesk
from toolkit.audit.engagement import Engagement, open_engagement

ELM = ["books.customers", "crm/companies/7", ""]


@pytest.fixture
def here(handing_over: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client with customers that are missing in the books, audited and opened."""
    return copied(handing_over)


def saying(page: Any, text: str) -> None:
    page.locator(".ia-saying", has_text=text).wait_for(timeout=10_000)


def items_said(here: Engagement) -> dict[str, str]:
    """Return the last word on each item and record pair."""
    said = {row["key_l"]: row["decision"] for row in here.store.rulings(("missing", "extra", "wrong")).to_pylist()}
    return said | {row["key_r"]: row["decision"] for row in here.store.decisions().to_pylist()[8:]}


def test_what_is_taken_back_in_another_list_is_the_item_that_was_decided(page: Any, here: Engagement) -> None:
    """Also after the next list was opened, where another item stands at the same place; and a note goes with a word."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))
    page.get_by_role("tab", name="Missing").click()
    page.locator(".ia-row", has_text="Elm Bakery").wait_for()
    page.keyboard.press("b")
    page.keyboard.type("closed in May")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    saying(page, "Saved: 7, not due")
    [kept] = here.store.rulings(("missing",)).to_pylist()
    assert (kept["key_l"], kept["note"]) == (ELM[1], "closed in May")

    page.get_by_role("tab", name="Arrived wrong").click()
    page.get_by_role("option", name="Delta Freight 6 another phone").wait_for()
    page.keyboard.press("Control+z")
    saying(page, "Taken back: 7")
    assert items_said(here) == {ELM[1]: "open"}
    page.keyboard.press("U")
    saying(page, "Done again: 7")
    assert items_said(here) == {ELM[1]: "not_due"}

    page.get_by_role("tab", name="Missing").click()
    page.get_by_role("textbox", name="Number of the document").fill("905")
    page.keyboard.press("Enter")
    saying(page, "found as books/customers/905")
    page.get_by_role("tab", name="Fields that differ").click()
    page.get_by_role("tab", name="Missing").click()
    page.locator(".ia-row", has_text="found as books/customers/905").wait_for()
    page.keyboard.press("Control+z")
    saying(page, "Taken back")
    page.keyboard.press("Control+z")
    saying(page, "Taken back: 7")
    assert items_said(here) == {ELM[1]: "open"}


def test_a_colleagues_word_on_an_item_arrives_and_is_not_taken_back(page: Any, here: Engagement) -> None:
    """It is shown by itself; my own step of before is refused; and what I decide over it, seeing it, is taken."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))
    jo = MismatchDesk(open_engagement(here.folder), "Jo")
    page.get_by_role("tab", name="Missing").click()
    page.locator(".ia-row", has_text="Elm Bakery").wait_for()
    page.keyboard.press("1")
    saying(page, "Saved: 7, enter it")

    [row, _] = asked(jo, "items", name="missing")["rows"]
    asked(jo, "decide_item", name="missing", item=ELM, word="not due", believed=row["sequence"])
    saying(page, "Jo decided: 7, not due")
    page.locator(".ia-row", has_text="Elm Bakery").get_by_text("not due").wait_for()
    page.keyboard.press("Control+z")
    page.get_by_role("alert").get_by_text("Jo decided this in the meantime. Nothing was saved.").wait_for()
    page.locator(".ia-row", has_text="Elm Bakery").get_by_text("not due").wait_for()
    assert items_said(here) == {ELM[1]: "not_due"}

    page.keyboard.press("k")
    page.keyboard.press("1")
    page.locator(".ia-row", has_text="Elm Bakery").get_by_text("enter it").wait_for()
    assert items_said(here) == {ELM[1]: "enter"}


def test_a_colleagues_word_on_a_field_is_decided_over_at_once_and_not_taken_back(page: Any, here: Engagement) -> None:
    """Whoever sees the other's word and decides otherwise is not refused; an older step does not pass over it."""
    desk = MismatchDesk(here, "Dana")
    open_screen(page, "review_mismatches", desk)
    jo = MismatchDesk(open_engagement(here.folder), "Jo")
    row = desk.first()["rows"][0]
    finding = [row["column"], row["key_l"], row["key_r"]]
    page.keyboard.press("ArrowLeft")
    saying(page, "1 of 8 decided")

    def jo_decides(word: str) -> None:
        said = asked(jo, "view", status="all")["rows"][0]
        asked(jo, "decide", finding=finding, decision=word, believed=said["sequence"])
        saying(page, f"Jo decided: {row['name']}")

    jo_decides("neither")
    page.keyboard.press("Control+z")
    page.get_by_role("alert").get_by_text("Jo decided this in the meantime").wait_for()
    page.locator(".ia-row").first.get_by_text("neither").wait_for()
    page.get_by_role("button", name="Close").click()
    page.locator(".ia-list").first.focus()

    page.keyboard.press("k")
    page.keyboard.press("ArrowRight")
    page.locator(".ia-row").first.get_by_text("right is right").wait_for()
    assert page.get_by_role("alert").count() == 0
    page.keyboard.press("Control+z")
    page.locator(".ia-row").first.get_by_text("neither").wait_for()
    assert [one["decision"] for one in here.store.rulings().to_pylist()] == ["neither"]


def test_of_two_policies_each_is_taken_back_and_a_colleagues_is_shown(page: Any, here: Engagement) -> None:
    """Two times Ctrl Z leave the file as it was; who decides by another's hand is shown where the field is."""
    open_screen(page, "review_mismatches", MismatchDesk(here, "Dana"))
    path = here.folder / "engagement.yaml"
    before = path.read_text("utf-8")
    for field in ("phone", "e-mail"):
        page.locator(".mm-facet", has_text=field).click()
        saying(page, "listed")
        page.keyboard.press("d")
        page.get_by_role("combobox", name="Who decides").select_option("books")
        page.get_by_text("that nobody decided it settles").wait_for()
        page.get_by_role("button", name="Write it into engagement.yaml").click()
        saying(page, f"QuickBooks decides {field}")
        page.locator(".ia-list").first.focus()
    for field in ("e-mail", "phone"):
        page.keyboard.press("Control+z")
        saying(page, f"Taken back: QuickBooks decides {field}")
    assert path.read_text("utf-8") == before

    page.locator(".mm-facet", has_text="phone").click()
    saying(page, "listed")
    page.keyboard.press("d")
    page.get_by_text("Nobody decides it yet.").wait_for()
    jo = MismatchDesk(open_engagement(here.folder), "Jo")
    asked(jo, "policy", column="phone", system="books", believed=jo.first()["settings"])
    saying(page, "Who decides a field was changed in engagement.yaml")
    page.get_by_text("QuickBooks decides it now.").wait_for()
