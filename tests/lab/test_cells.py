"""Cells in a real kernel: a bar for a person, nothing for a program, and the stop button in the middle of the work."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from tests.lab.jupyter import ROOT
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import AUDITED, STAGES

OPENED = "from toolkit import latest_run, match_records, open_engagement\nhere = open_engagement({!r})"


class Kernel:
    """A kernel, and what comes from it."""

    def __init__(self, manager: Any, client: Any) -> None:
        self.manager, self.client = manager, client

    def run(self, source: str, *, has_person: bool, on_message: Callable[[Any], None] = lambda _: None) -> list[Any]:
        """Run a cell as a front end does that can ask a person, or as a program; return what it showed."""
        asked = self.client.execute(source, allow_stdin=has_person)
        found: list[Any] = []
        until = time.monotonic() + 180
        while time.monotonic() < until:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return found
            found.append(message)
            on_message(message)
        pytest.fail("The cell did not end.")


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    """Yield a kernel of its own."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3", env={**os.environ, "PYTHONPATH": str(ROOT)})
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def uncomputed(audited: Path, tmp_path: Path) -> Path:
    """Return the sample client, read and not computed."""
    folder = Path(shutil.copytree(audited, tmp_path / "client"))
    for name in ("results", "matching"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return folder


def bars(messages: list[Any]) -> list[str]:
    """Return every state of the bar, as text."""
    shown = [one for one in messages if one["msg_type"] in {"display_data", "update_display_data"}]
    return [one["content"]["data"]["text/plain"] for one in shown]


def test_a_person_sees_how_far_it_is_and_a_program_does_not(kernel: Kernel, uncomputed: Path) -> None:
    """One place of the page, changed as the work goes on, with one line at the end; what is done already shows none."""
    kernel.run(OPENED.format(str(uncomputed)), has_person=False)

    by_program = kernel.run("match_records(here)", has_person=False)
    by_person = kernel.run("latest_run(here)", has_person=True)
    again = kernel.run("latest_run(here)", has_person=True)

    seen = bars(by_person)
    places = {one["content"]["transient"]["display_id"] for one in by_person if one["msg_type"].endswith("display_data")}
    assert bars(by_program) == bars(again) == []
    assert len(places) == 1
    assert any(one.startswith(f"{STAGES['roi'].label}: ") for one in seen)
    assert seen[-1].startswith("Done in ")
    assert not [one for one in (*by_program, *by_person) if one["msg_type"] in {"stream", "error"}]


def test_the_stop_button_leaves_no_harm(kernel: Kernel, uncomputed: Path) -> None:
    """One calm line, no lock, what was done is kept; the same cell goes on from there and comes to its end."""
    kernel.run(OPENED.format(str(uncomputed)), has_person=True)
    pressed: list[float] = []

    def press(message: Any) -> None:
        if not pressed and any(one.startswith(f"{STAGES['match'].label}: ") for one in bars([message])):
            pressed.append(time.monotonic())
            kernel.manager.interrupt_kernel()

    stopped = kernel.run("latest_run(here)", has_person=True, on_message=press)
    took = time.monotonic() - pressed[0]
    with open_engagement(uncomputed).store.writing("somebody else"):
        pass
    again = kernel.run("latest_run(here)\nprint(latest_run(here).facts['stages'])", has_person=True)

    [error] = [one["content"] for one in stopped if one["msg_type"] == "error"]
    assert error["ename"] == "StoppedByHand"
    assert error["traceback"] == [
        "Stopped. Nothing was left half-written; run this cell again, and it goes on from what is done."
    ]
    assert bars(stopped)[-1].startswith("Stopped after ")
    assert took < 30
    assert [one["content"]["text"].strip() for one in again if one["msg_type"] == "stream"] == [str([*AUDITED])]
