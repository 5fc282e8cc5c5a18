"""Reviewing pairs and groups: by keyboard, by mouse, by two persons, through restarts and kills."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.screens.planted_pairs import HOSTILE, planted_client
from benchmarks.screens.reviewing import ANSWERS, answered_by_keys
from tests.lab.conftest import new_page
from tests.lab.jupyter import Lab, restart_kernel, run_all, run_cells
from tests.lab.kernels import kernel_process
from tests.lab.screen_page import axe_faults, open_screen
from tests.unit.audit.desks.disagreeing_client import disagreeing_client
from toolkit.audit.desks.review_pairs.desk import ReviewDesk
from toolkit.audit.engagement import Engagement, open_engagement

Truth = dict[tuple[str, str], bool]


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """Return an engagement of 200 planted pairs, and which are one."""
    folder = tmp_path_factory.mktemp("planted") / "client"
    return folder, planted_client(folder, 200)


@pytest.fixture
def here(planted: tuple[Path, Truth], tmp_path: Path) -> Iterator[Engagement]:
    """Yield a copy of it, opened."""
    shutil.copytree(planted[0], tmp_path / "client")
    engagement = open_engagement(tmp_path / "client")
    yield engagement
    engagement.close()


def opened(page: Any, here: Engagement, *, reviewer: str = "Dana", is_dark: bool = False, is_blind: bool = False) -> Any:
    desk = ReviewDesk(here, reviewer=reviewer, is_blind=is_blind)
    open_screen(page, "review_pairs", desk, is_dark=is_dark)
    page.locator("[data-pair]").wait_for()
    return page


def words(here: Engagement) -> list[str]:
    return [str(one) for one in here.store.decisions()["decision"].to_pylist()]


def saved(page: Any, text: str) -> None:
    page.locator(".ia-saying", has_text=text).wait_for()


def test_a_keyboard_reviews_by_one_key_a_pair(page: Any, here: Engagement, planted: tuple[Path, Truth]) -> None:
    """Sixty pairs of which the truth is known: each was painted, one key decided it, and it is stored as answered."""
    opened(page, here)

    keys, painted = answered_by_keys(page, 60)

    rows = here.store.decisions().to_pylist()
    stored = {(row["key_l"], row["key_r"]): row["decision"] == "same" for row in rows}
    assert (len(stored), keys / 60 <= 1.3, len(painted)) == (60, True, 60)
    assert stored == {pair: planted[1][pair] for pair in stored}


def test_client_text_stays_text(page: Any, here: Engagement) -> None:
    """Markup in a name is shown as it is written, and never runs."""
    opened(page, here)

    page.keyboard.press("f")
    page.keyboard.type("onerror")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Pair 1 of 1").wait_for()

    assert HOSTILE in page.locator("th", has_text="onerror").first.inner_text()
    assert page.evaluate("window.hurt") is None


def test_of_many_pairs_the_page_holds_what_is_in_sight(page: Any, tmp_path: Path) -> None:
    """Three thousand pairs: some twenty lines in the page, a few pairs opened ahead; the last pair is reached."""
    planted_client(tmp_path / "many", 3_000)
    many = open_engagement(tmp_path / "many")
    opened(page, many)
    page.locator(".ia-list").first.evaluate("one => { one.scrollTop = one.scrollHeight; }")
    page.locator("[data-index='2999']").click()
    page.get_by_role("heading", name="Pair 3,000 of 3,000").wait_for()

    assert page.locator(".ia-pair-line").count() < 30
    assert page.evaluate("JSON.stringify(window.sent).length") < 5_000
    many.close()


def test_what_was_decided_earlier_is_taken_back_on_its_pair(page: Any, here: Engagement) -> None:
    """A screen that was opened anew has nothing to undo; it takes back what is shown, of another after asking."""
    desk = ReviewDesk(here, reviewer="Ann")
    detail = desk.first()["details"][0]
    desk.questions()["decide"]([{"l": detail["l"], "r": detail["r"], "decision": "same", "seen": 0}])
    opened(page, here)
    page.keyboard.press("f")
    page.get_by_label("Show").select_option("decided")
    page.get_by_role("heading", name="Pair 1 of 1").wait_for()
    page.locator(".ia-screen").focus()
    page.keyboard.press("u")
    page.get_by_text("Ann said of these two: the same").wait_for()
    assert words(here) == ["same"]
    page.keyboard.press("Enter")
    saved(page, "open again")

    assert words(here) == ["same", "open"]


def test_undo_and_redo_are_kept_too(page: Any, here: Engagement) -> None:
    """Back on the pair itself; whoever reads the store sees each step."""
    opened(page, here)

    page.keyboard.press("y")
    saved(page, "Saved")
    page.keyboard.press("u")
    saved(page, "Taken back")
    page.get_by_role("heading", name="Pair 1 of 200").wait_for()
    page.keyboard.press("r")
    saved(page, "Done again")

    assert words(here) == ["same", "open", "same"]


def test_undo_takes_back_what_this_window_said_and_nothing_else(page: Any, here: Engagement) -> None:
    """Two steps on one pair, one after the other; what Ann had said already is no step; what she said since stands."""
    ann = ReviewDesk(here, reviewer="Ann")
    second, third = ann.first()["details"][1:3]
    opened(page, here)

    def says(detail: dict[str, Any], decision: str, seen: int = 0) -> None:
        ann.questions()["decide"]([{"l": detail["l"], "r": detail["r"], "decision": decision, "seen": seen}])

    page.keyboard.press("y")
    page.get_by_role("heading", name="Pair 2 of 200").wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("n")
    page.get_by_role("heading", name="Pair 2 of 200").wait_for()
    page.keyboard.press("u")
    saved(page, "Taken back")
    page.keyboard.press("u")
    page.wait_for_function("document.querySelector('.ia-progress').innerText.startsWith('0 decided')")
    assert words(here) == ["same", "not_same", "same", "open"]

    says(second, "same")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("y")
    saved(page, "Already said by Ann")
    page.get_by_role("heading", name="Pair 3 of 200").wait_for()
    page.keyboard.press("n")
    saved(page, "Saved")
    says(third, "same", here.store.decisions()["sequence"].to_pylist()[-1])
    page.keyboard.press("u")
    saved(page, "Left as it stands, somebody else has decided since")
    page.keyboard.press("u")
    page.get_by_text("Take that back?").wait_for()
    page.keyboard.press("Escape")
    assert words(here)[4:] == ["same", "not_same", "same"]


def test_a_group_is_drawn_anew_when_somebody_speaks_of_it(page: Any, tmp_path: Path) -> None:
    """Whoever splits it after that has seen it; what came in the last second is not overwritten."""
    engagement = open_engagement(disagreeing_client(tmp_path / "client"))
    ann = ReviewDesk(engagement, reviewer="Ann")
    [acme] = [row[0] for row in ann.questions()["groups"]()["rows"] if row[1].startswith("Acme")]
    shown = ann.questions()["group"](acme)
    known = next(one for one in shown["said"] if shown["members"][0]["key"] in {one["l"], one["r"]})
    open_screen(page, "review_pairs", ReviewDesk(engagement, reviewer="Dana"))
    page.get_by_role("button", name="Groups", exact=True).click()
    page.locator(".ia-row", has_text="Acme").click()
    page.locator("h3", has_text="Acme").wait_for()
    row = {"l": known["l"], "r": known["r"], "decision": "same"}
    ann.questions()["decide"]([{**row, "seen": known["number"], "note": "checked by phone"}])
    page.get_by_text("checked by phone").wait_for(timeout=10_000)
    last = engagement.store.decisions()["sequence"].to_pylist()[-1]
    ann.questions()["decide"]([{**row, "seen": last, "note": "and by letter"}])
    page.locator(".ia-screen").focus()
    page.keyboard.press("m")
    page.keyboard.press("p")
    page.get_by_role("alert").get_by_text("Ann decided").wait_for()
    page.get_by_text("and by letter").wait_for()

    assert "not_same" not in words(engagement)
    engagement.close()


def test_a_note_goes_with_the_decision(page: Any, here: Engagement) -> None:
    """Letters are letters while it is typed; Enter keeps it on the pair that stays open, a decision takes it along."""
    opened(page, here)

    page.keyboard.press("t")
    page.keyboard.type("any, ask Ann")
    page.keyboard.press("Enter")
    saved(page, "Saved: note")
    page.keyboard.press("y")
    page.get_by_role("heading", name="Pair 2 of 200").wait_for()
    saved(page, "the same")

    rows = here.store.decisions().to_pylist()
    assert [(row["decision"], row["note"]) for row in rows] == [("open", "any, ask Ann"), ("same", "any, ask Ann")]


def test_many_are_accepted_above_a_threshold_and_taken_back_at_once(page: Any, here: Engagement) -> None:
    """With their count before; one step back for all of them."""
    opened(page, here)

    page.keyboard.press("a")
    page.get_by_label("at least, in percent").fill("40")
    page.get_by_text("would be held to be the same").wait_for()
    page.get_by_role("button", name="Accept them").click()
    saved(page, "held to be the same")
    count = len(words(here))
    page.keyboard.press("u")
    saved(page, "Taken back")

    assert 20 < count < 100
    assert words(here) == ["same"] * count + ["open"] * count


def test_blind_hides_what_the_model_thinks_until_it_is_decided(page: Any, here: Engagement) -> None:
    """Neither probability nor evidence is in sight; afterwards both are."""
    opened(page, here, is_blind=True)

    before = page.locator(".ia-body").inner_text()
    page.keyboard.press("y")
    saved(page, "Saved")
    page.keyboard.press("ArrowUp")
    page.get_by_text("likely to be one").first.wait_for()

    assert "strong for" not in before
    assert "likely to be one" not in before
    assert "likely to be one" in page.locator(".ia-pair").first.inner_text()


def test_two_persons_see_each_other_and_a_conflict(page: Any, chromium: Any, here: Engagement) -> None:
    """What Ann decides appears at Dana's; what Dana said without having seen it is not kept, and she is told."""
    opened(page, here, reviewer="Dana")
    with new_page(chromium) as other:
        opened(other, here, reviewer="Ann")
        other.keyboard.press("n")
        other.locator(".ia-saying", has_text="Saved").wait_for()
        page.keyboard.press("y")
        alarm = page.get_by_role("alert")
        alarm.get_by_text("Ann decided this meanwhile").wait_for()
        other.keyboard.press("y")
        other.locator(".ia-saying", has_text="the same").wait_for()
        page.locator(".ia-saying", has_text="Ann decided 1 pair meanwhile").wait_for(timeout=10_000)

    assert words(here) == ["not_same", "same"]


def test_filters_are_chosen_by_keyboard(page: Any, here: Engagement) -> None:
    """Text and band; an empty list says what to do."""
    opened(page, here)

    page.keyboard.press("f")
    page.keyboard.type("000017")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Pair 1 of 1").wait_for()
    page.get_by_label("text in either record").fill("nobody at all")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="No pair here").wait_for()

    assert "still open" in page.locator(".ia-pair").first.inner_text()


def test_a_screen_reader_finds_nothing_wrong(chromium: Any, here: Engagement) -> None:
    """Light and dark, wide and narrow, filter, effect and keys open; nothing is cut at 900 pixels."""
    for is_dark, width in ((False, 1280), (True, 900)):
        with new_page(chromium, width=width) as page:
            opened(page, here, is_dark=is_dark)
            page.keyboard.press("y")
            saved(page, "Saved")
            for key in ("e", "f"):
                page.keyboard.press(key)
            page.get_by_text("Expected, not measured").wait_for()
            page.locator(".ia-screen").focus()
            page.keyboard.press("?")

            assert axe_faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_groups_are_taken_apart_and_joined_by_keyboard(page: Any, client: Path) -> None:
    """On real records: one is excluded and let in again, one split off, two groups joined; all of it in the store."""
    with_groups = open_engagement(client)
    opened(page, with_groups)
    page.get_by_role("button", name="Groups", exact=True).click()
    page.locator(".ia-members tbody tr").first.wait_for()
    first = page.locator("h3", has_text="held to be one").inner_text()

    page.keyboard.press("x")
    page.get_by_text("excluded (Dana)").wait_for()
    page.keyboard.press("x")
    page.get_by_text("excluded (Dana)").wait_for(state="detached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.press("p")
    saved(page, "1 record split off")
    page.keyboard.press(".")
    page.locator("h3", has_text="held to be one").filter(has_not_text=first).wait_for()
    page.keyboard.press("j")
    page.keyboard.type("Barlow")
    page.locator(".ia-offered button").first.wait_for()
    page.keyboard.press("Enter")
    saved(page, "joined with")
    faults = axe_faults(page)

    decisions = words(with_groups)
    assert (decisions[:2], set(decisions[2:-1]), decisions[-1], faults) == (["exclude", "open"], {"not_same"}, "same", [])
    with_groups.close()


CELL = """
from toolkit import open_engagement, review_pairs
here = open_engagement('{folder}')
review_pairs(here, reviewer='{who}')
"""


def in_lab(page: Any, lab: Lab, folder: str, who: str) -> str:
    """Open the screen by a notebook cell; return the notebook's name."""
    name = lab.notebook(f"{folder}-{who}.ipynb", [CELL.format(folder=folder, who=who)])
    run_all(page, lab, name)
    page.locator("[data-pair]").wait_for(timeout=30_000)
    page.locator(".ia-screen").focus()
    return name


def run_again(page: Any) -> None:
    """Run the cell again once the kernel is there, and take the screen that it draws."""
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60_000)
    run_cells(page)
    page.locator(".ia-screen:not([data-connection=gone]) [data-pair]").wait_for(timeout=60_000)
    page.locator(".ia-screen").focus()


def test_in_jupyterlab_a_restart_loses_nothing(lab: Lab, page: Any, chromium: Any, client: Path) -> None:
    """Reviewed by keyboard and mouse on real records; the cell goes on where it was, beside a second browser."""
    in_lab(page, lab, client.name, "Dana")
    page.keyboard.press("y")
    saved(page, "Saved")
    page.get_by_role("button", name="Not the same n").click()
    saved(page, "not the same")
    restart_kernel(page)
    page.locator(".ia-screen").focus()
    page.keyboard.press("y")
    page.get_by_role("alert").get_by_text("nothing more is saved").wait_for()
    run_again(page)
    page.get_by_text("2 decided (1 the same, 2 by you)").wait_for()
    with new_page(chromium) as other:
        in_lab(other, lab, client.name, "Ann")
        other.keyboard.press("n")
        other.locator(".ia-saying", has_text="Saved").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("y")
    page.get_by_text("4 decided (2 the same, 3 by you)").wait_for()

    with_words = open_engagement(client)
    rows = with_words.store.decisions().to_pylist()
    with_words.close()
    assert [(row["decision"], row["reviewer"]) for row in rows] == [
        ("same", "Dana"), ("not_same", "Dana"), ("not_same", "Ann"), ("same", "Dana"),
    ]  # fmt: skip


def test_kills_lose_nothing_that_was_acknowledged(lab: Lab, page: Any, planted: tuple[Path, Truth]) -> None:
    """Three times the kernel is killed (-9) while a script reviews; what the page had shown as saved is there."""
    folder = lab.folder / "killed"
    shutil.copytree(planted[0], folder)
    name = in_lab(page, lab, "killed", "Dana")
    shown: set[str] = set()
    for _ in range(3):
        page.evaluate(ANSWERS, {"count": 200, "pause": 60})
        time.sleep(1.2)
        os.kill(kernel_process(lab, name), signal.SIGKILL)
        page.get_by_role("alert").get_by_text("nothing more is saved").wait_for(timeout=30_000)
        shown |= {*page.evaluate("window.acknowledged")}
        page.locator(".jp-Dialog button.jp-mod-accept").click()
        run_again(page)
    stored = open_engagement(folder)
    kept = {f"{row['key_l']} {row['key_r']}" for row in stored.store.decisions().to_pylist()}
    broken = stored.store.broken_log_entries()
    stored.close()
    assert len(shown) > 10
    assert (shown - kept, broken) == (set(), [])
