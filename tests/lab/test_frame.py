"""The frame of every screen: what it says of the kernel, its keys, its long lists, and client text that stays text."""

import os
import signal
import threading
from collections.abc import Mapping
from typing import Any

import pytest

from tests.lab.jupyter import Lab, run_all, run_cells
from tests.lab.screen_page import axe_faults, open_screen
from toolkit.errors import BusyError
from toolkit.widgets.desk import Answer
from toolkit.widgets.modules import page_module

HOSTILE = '<img src=x onerror="window.hurt=1">$x$ =1+1'
SCREEN = """
export default { render({ model, el }) {
  const first = model.get("first");
  const frame = new Frame(el, model, { title: "Numbers", keys: [
    { key: "n", label: "count on", run: async () => frame.say(`${await frame.ask("next")}`) },
    { key: "Mod+z", label: "take back", run: () => frame.say("taken back") },
  ]});
  const list = new LongList({
    label: "All", total: first.total, rowHeight: 24, height: 240, rows: first.rows,
    fetch: (from, count) => frame.ask("rows", { from, count }),
    draw: (index, row) => row,
    chosen: (index) => frame.say(`row ${index}`),
  });
  const sure = async () => frame.say(String(await frame.confirm("Really?", { typed: "crm" })));
  const who = () => element("label", {}, "Who ", element("input", {}));
  const fill = async () => frame.say(String(await frame.confirm("Who says so?", { details: who() })));
  const refuse = () => frame.ask("refuse").catch(() => {});
  const note = element("input", { "aria-label": "Note" });
  frame.body.append(list.root, frame.button("Refuse", refuse), frame.button("Sure", sure), frame.button("Fill", fill), note);
  window.list = list;
  window.looks = [];
  let atOnce = 0;
  frame.watch(async () => {
    window.looks.push(++atOnce);
    await new Promise((done) => setTimeout(done, 30));
    atOnce--;
    throw new Error("a look that went wrong");
  }, 10);
  const shown = (node) => (node instanceof Node ? `[${node.textContent}]` : node);
  window.marked = (left, right) => markedPair(left, right).map((nodes) => nodes.map(shown).join(""));
  return () => frame.close();
}};
"""


class Numbers:
    """A desk that counts."""

    def __init__(self) -> None:
        self.count = 0
        self.threads: set[str] = set()

    def first(self) -> dict[str, Any]:
        return {"total": 1_000_000, "rows": [HOSTILE, *(f"row {place}" for place in range(1, 100))]}

    def questions(self) -> Mapping[str, Answer]:
        return {"next": self._next, "rows": self._rows, "refuse": self._refuse}

    def still(self) -> str:
        return f"<p>{self.count}</p>"

    def _next(self) -> int:
        self.threads.add(threading.current_thread().name)
        self.count += 1
        return self.count

    def _rows(self, *, count: int, **given: int) -> list[str]:
        return [f"row {place}" for place in range(given["from"], given["from"] + count)]

    def _refuse(self) -> None:
        raise BusyError("Another run is writing.")


def opened(page: Any, desk: Numbers, *, is_dark: bool = False) -> Any:
    return open_screen(page, "frame", desk, is_dark=is_dark, module=page_module("frame") + SCREEN)


def test_a_key_asks_the_kernel_and_shows_its_answer(page: Any) -> None:
    """Nothing is shown as done before the kernel has said so."""
    desk = Numbers()
    opened(page, desk)

    page.keyboard.press("n")

    page.locator(".ia-saying", has_text="1").wait_for()
    assert desk.count == 1


def test_keys_are_letters_while_something_is_typed(page: Any) -> None:
    """A note may hold the letter n."""
    desk = Numbers()
    opened(page, desk)

    page.get_by_label("Note").fill("")
    page.get_by_label("Note").press("n")

    assert (desk.count, page.get_by_label("Note").input_value()) == (0, "n")


def test_a_refusal_says_what_happened_and_what_to_do(page: Any) -> None:
    """In the words of the error, in the screen."""
    opened(page, Numbers())

    page.get_by_role("button", name="Refuse").click()

    alarm = page.get_by_role("alert")
    alarm.wait_for()
    assert "Another run is writing. Wait for it, then run this cell again." in alarm.inner_text()


def test_a_kernel_that_is_gone_or_silent_is_told(page: Any) -> None:
    """What was not saved is not shown as saved."""
    opened(page, Numbers())

    page.evaluate("window.isMute = true")
    page.keyboard.press("n")
    page.get_by_role("alert").get_by_text("1 answer not yet saved or shown").wait_for()
    page.evaluate("window.kernel(JSON.stringify(window.sent.at(-1))).then(text => window.tell(JSON.parse(text)))")
    page.locator(".ia-saying", has_text="1").wait_for()
    page.get_by_role("alert").wait_for(state="hidden")
    page.evaluate("window.isGone = true")
    page.keyboard.press("n")

    assert "Not connected to the kernel: nothing more is saved." in page.get_by_role("alert").inner_text()


def test_others_are_looked_for_again_and_again_until_the_screen_is_left(page: Any) -> None:
    """Never twice at once, also where a look goes wrong; nothing goes on behind a page that is gone."""
    opened(page, Numbers())

    page.wait_for_function("window.looks.length >= 3")
    page.evaluate("window.leave()")
    seen = page.evaluate("window.looks.length")
    page.wait_for_timeout(200)

    assert page.evaluate("window.looks.length") == seen
    assert page.evaluate("Math.max(...window.looks)") == 1


def test_a_list_of_a_million_draws_what_is_in_sight(page: Any) -> None:
    """The last row is reached, and stands where it should."""
    opened(page, Numbers())

    page.evaluate("window.list.choose(999_999)")
    page.get_by_role("option", name="row 999999").wait_for()

    assert page.locator(".ia-row").count() < 25
    assert page.get_by_role("option", name="row 999999").is_visible()


def test_client_text_stays_text(page: Any) -> None:
    """Markup in a record is shown, and never runs."""
    opened(page, Numbers())

    assert page.locator(".ia-row").first.inner_text() == HOSTILE
    assert page.evaluate("window.hurt") is None


def test_what_must_be_typed_is_typed_before_yes(page: Any) -> None:
    """The button waits for the name of the target."""
    opened(page, Numbers())

    page.get_by_role("button", name="Sure").click()
    assert page.get_by_role("button", name="Yes").is_disabled()
    page.get_by_label("Type crm", exact=True).fill("crm")
    page.keyboard.press("Enter")

    page.locator(".ia-saying", has_text="true").wait_for()


def test_nobody_agrees_to_what_was_not_seen(page: Any) -> None:
    """A question below the window comes into sight; what is to be filled in is reached before the button that acts."""
    page.set_viewport_size({"width": 900, "height": 220})
    opened(page, Numbers())
    page.get_by_role("button", name="Fill").focus()
    page.keyboard.press("Enter")
    asked = page.get_by_role("dialog")
    box = asked.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 220
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.type("Ann")
    page.keyboard.press("Enter")

    page.locator(".ia-saying", has_text="true").wait_for()
    assert page.get_by_role("button", name="Fill").evaluate("one => one === document.activeElement")


def test_a_screen_reader_finds_nothing_wrong_in_either_theme(page: Any) -> None:
    """Roles, names and contrast, the list of keys open."""
    opened(page, Numbers())
    page.keyboard.press("?")
    light = axe_faults(page)
    page.context.new_page()
    second = page.context.pages[-1]
    opened(second, Numbers(), is_dark=True)
    second.keyboard.press("?")

    assert (light, axe_faults(second)) == ([], [])


@pytest.mark.parametrize(
    ("left", "right", "seen"),
    [
        ("Abbey Clinic", "Abey Clinic", ["Ab[b]ey Clinic", "Abey Clinic"]),
        ("312-555-0197", "(312) 555-0197", ["312[-]555-0197", "[(]312[) ]555-0197"]),
        ("TRELLIS Corp", "Trellis Corp", ["TRELLIS Corp", "Trellis Corp"]),
        ("active", "archived", ["[active]", "[archived]"]),
        ("Lumen Family Law", "SILVERLEAF CYCLING LLC", ["[Lumen Family Law]", "[SILVERLEAF CYCLING LLC]"]),
    ],
)
def test_what_differs_is_marked_and_can_be_read(page: Any, left: str, right: str, seen: list[str]) -> None:
    """A slip is a letter; what is not alike is marked whole, and not wherever a letter does not happen to agree."""
    opened(page, Numbers())

    assert page.evaluate("([left, right]) => window.marked(left, right)", [left, right]) == seen


CELL = """
from tests.lab.test_frame import Numbers, SCREEN
from toolkit.widgets.modules import page_module
from toolkit.widgets.screen import Screen

class Try(Screen, page="frame"):
    pass

Try._esm = page_module("frame") + SCREEN
desk = Numbers()
Try(desk)
"""


def test_in_jupyterlab_keys_reach_the_kernel_and_a_restart_is_told(lab: Lab, page: Any) -> None:
    """Letters do not reach the notebook; after a restart the old screen says that it is dead, the cell makes a new one."""
    name = lab.notebook("frame.ipynb", [CELL])
    run_all(page, lab, name)
    screen = page.locator(".ia-screen")
    screen.wait_for()
    screen.focus()

    page.keyboard.press("n")
    page.locator(".ia-saying", has_text="1").wait_for()
    page.keyboard.press("d")
    page.keyboard.press("d")
    assert page.locator(".jp-CodeCell").count() == 1

    [kernel] = [one for one in lab.api("GET", "api/sessions") if one["path"] == name]
    lab.api("POST", f"api/kernels/{kernel['kernel']['id']}/restart")
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    screen.focus()
    page.keyboard.press("n")
    page.get_by_role("alert").get_by_text("nothing more is saved").wait_for()
    run_cells(page)
    screen.focus()
    page.keyboard.press("n")
    page.locator(".ia-saying", has_text="1").wait_for()


def test_in_jupyterlab_a_kernel_that_died_is_told_without_a_key(lab: Lab, page: Any) -> None:
    """Nobody goes on deciding in front of a dead screen."""
    name = lab.notebook("died.ipynb", [CELL, "import os\nprint(f'process {os.getpid()}')"])
    run_all(page, lab, name)
    page.locator(".ia-screen").wait_for()
    number = page.locator(".jp-OutputArea-output", has_text="process ").inner_text().split()[-1]

    os.kill(int(number), signal.SIGKILL)

    page.get_by_role("alert").get_by_text("nothing more is saved").wait_for()
