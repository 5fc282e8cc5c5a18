"""Questions about a client's tables at the screen: one key each, saved before it is shown as saved."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asked_client import HURT, asked_client
from tests.lab.conftest import new_page
from tests.lab.screen_page import axe_faults, open_screen
from toolkit.audit.desks.answering import QuestionsDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.settings import load_settings

DAYS = "deals_deals_day_order_closed"


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a client about whose tables three things are asked."""
    engagement = asked_client(tmp_path_factory.mktemp("asked") / "acme")
    engagement.close()
    return engagement.folder


@pytest.fixture
def asked(pulled: Path, tmp_path: Path) -> Iterator[Engagement]:
    """Yield a copy of that client."""
    engagement = open_engagement(shutil.copytree(pulled, tmp_path / "acme"))
    yield engagement
    engagement.close()


def answers(folder: Path) -> dict[str, str]:
    """Return what engagement.yaml holds."""
    return {name: one.answer for name, one in load_settings(folder / "engagement.yaml").settings.questions.items()}


def said(page: Any, text: str) -> None:
    page.locator(".ia-saying", has_text=text).wait_for()


def test_one_key_answers_and_goes_on_to_the_next_question(page: Any, asked: Engagement) -> None:
    """Three keys answer three questions; what happens next is said."""
    open_screen(page, "answer_questions", QuestionsDesk(asked, "Dana"))

    page.keyboard.press("n")
    said(page, "Saved: something else: leave it out.")
    page.keyboard.press("1")
    said(page, "Saved: the day.")
    page.keyboard.press("o")
    page.get_by_label("Which currency? Three letters, such as EUR.").fill("nok")
    page.keyboard.press("Enter")
    said(page, "Saved: NOK.")

    assert page.get_by_text("Every question is answered.").is_visible()
    assert answers(asked.folder) == {"x_entity": "leave_out", DAYS: "dmy", "currency": "NOK"}


def test_undo_and_redo_are_kept_like_answers(page: Any, asked: Engagement) -> None:
    """Each step is in the file before it is shown."""
    open_screen(page, "answer_questions", QuestionsDesk(asked, "Dana"))
    page.keyboard.press("n")
    said(page, "Saved")

    page.keyboard.press("Control+z")
    said(page, "Undone")
    undone = answers(asked.folder)["x_entity"]
    page.keyboard.press("r")
    said(page, "Done again")

    assert (undone, answers(asked.folder)["x_entity"]) == ("", "leave_out")


def test_what_another_person_answers_appears_and_is_not_overwritten(page: Any, asked: Engagement) -> None:
    """The second to answer is told who was first, and sees it."""
    open_screen(page, "answer_questions", QuestionsDesk(asked, "Bob"))
    ann = QuestionsDesk(asked, "Ann").questions()
    ann["answer"](name="x_entity", answer="leave_out", before="")

    page.keyboard.press("2")
    page.get_by_role("alert").get_by_text("by Ann").wait_for()
    ann["answer"](name="currency", answer="CHF", before="")
    page.get_by_role("option", name="CHF").wait_for()

    assert answers(asked.folder) == {"x_entity": "leave_out", DAYS: "", "currency": "CHF"}


def test_the_effect_of_each_answer_stands_beside_it(page: Any, asked: Engagement) -> None:
    """Rows, sum and days, before anything is chosen."""
    open_screen(page, "answer_questions", QuestionsDesk(asked, "Dana"))

    page.keyboard.press("ArrowDown")

    page.get_by_role("button", name="the day").get_by_text("2026-02-01 to 2026-06-05".replace("-", "\u2011")).wait_for()
    assert page.locator("th.iaq-marked").inner_text() == "Closed"


def test_client_text_stays_text_and_nothing_is_cut_at_900_pixels(page: Any, asked: Engagement) -> None:
    """A header with markup is shown; the screen stays inside the window."""
    page.set_viewport_size({"width": 900, "height": 800})
    open_screen(page, "answer_questions", QuestionsDesk(asked, "Dana"))

    page.locator(".iaq-table th", has_text=HURT.replace('"', "'")).wait_for()

    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.documentElement.scrollWidth <= 900")


def test_a_screen_reader_finds_nothing_wrong_in_either_theme(page: Any, chromium: Any, asked: Engagement) -> None:
    """Open and answered questions, the search for something else, the list of keys."""
    desk = QuestionsDesk(asked, "Dana")
    desk.questions()["answer"](name=DAYS, answer="mdy", before="")
    faults = []
    with new_page(chromium) as second:
        for one, is_dark in ((page, False), (second, True)):
            open_screen(one, "answer_questions", desk, is_dark=is_dark)
            one.locator(".iaq-table").wait_for()
            one.keyboard.press("?")
            one.keyboard.press("o")
            faults += axe_faults(one)

    assert faults == []
