"""Several people change settings at once: what was written can be taken back, and keeps nobody else waiting."""

import shutil
import sqlite3
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.audit.desks.settings_file import Edit, SettingsFile, value_at
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.settings import GONE

MINI = Path(__file__).resolve().parents[3] / "golden" / "mini" / "client" / "engagement.yaml"
OWNER = ("systems", "crm", "owner")
MINUTES = ("handoffs", "deal_to_invoice", "minutes_per_item")


def opened(folder: Path) -> Engagement:
    folder.mkdir(exist_ok=True)
    shutil.copy(MINI, folder / "engagement.yaml")
    return open_engagement(folder)


def sheet(engagement: Engagement) -> SettingsFile:
    return SettingsFile(engagement, person="Ann", screen="edit_landscape")


def test_a_day_with_a_time_is_taken_back_as_it_stood(tmp_path: Path) -> None:
    """A file may hold one; what stood there comes back, and the screen opens again."""
    engagement = opened(tmp_path)
    file = engagement.folder / "engagement.yaml"
    file.write_text(file.read_text("utf-8").replace("on: 2026-04-02}", "on: 2026-04-02T00:00:00}", 1), "utf-8")
    before = file.read_text("utf-8")
    stood = value_at(sheet(engagement).now().tree, MINUTES)

    sheet(engagement).change("minutes", [Edit(MINUTES, stood, 12)])
    again = sheet(open_engagement(tmp_path))

    assert [one.said for one in again.steps()[0]] == ["minutes"]
    again.undo()
    assert value_at(again.now().tree, MINUTES)["on"] == datetime(2026, 4, 2)  # noqa: DTZ001 - as YAML reads it
    assert file.read_text("utf-8") == before


def test_a_step_that_cannot_be_read_locks_nobody_out(tmp_path: Path) -> None:
    """It stays done; what was done before and after it can be taken back."""
    engagement = opened(tmp_path)
    file = sheet(engagement)
    file.change("owner", [Edit(OWNER, "Sam", "Ann")])
    day = {"day": "2026-04-02T00:00:00"}
    unread = {"screen": "edit_landscape", "by": "Ann", "said": "an old one", "does": "do"}
    engagement.store.log("settings_edit", unread | {"edits": [{"keys": [*MINUTES], "before": day, "after": day}]})

    done, undone = sheet(open_engagement(tmp_path)).steps()

    assert ([one.said for one in done], undone) == (["owner"], [])
    assert file.undo() == "owner"
    assert file.now().settings.systems["crm"].owner == "Sam"


def test_what_cannot_be_noted_is_not_left_in_the_file(tmp_path: Path) -> None:
    """Nobody could say who changed it, nor take it back: the file is as it was."""
    engagement = opened(tmp_path)
    file, text = sheet(engagement), (tmp_path / "engagement.yaml").read_text("utf-8")
    with sqlite3.connect(tmp_path / "state.sqlite") as state:
        state.execute("CREATE TRIGGER full BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'The disk is full'); END")

    with pytest.raises(Exception, match="The disk is full"):
        file.change("owner", [Edit(OWNER, "Sam", "Ann"), Edit(("systems", "crm", "users"), 1, GONE)])

    assert (tmp_path / "engagement.yaml").read_text("utf-8") == text


def test_another_clients_screens_do_not_wait(tmp_path: Path) -> None:
    """While one engagement is being pulled, a change of another is written at once."""
    pulled, other = opened(tmp_path / "pulled"), opened(tmp_path / "other")
    waiting, file = sheet(pulled), sheet(other)

    with pulled.store.writing("a pull"):
        thread = threading.Thread(target=waiting.change, args=("owner", [Edit(OWNER, "Sam", "Ann")]))
        thread.start()
        time.sleep(0.3)
        file.change("owner", [Edit(OWNER, "Sam", "Ann")])
        assert thread.is_alive()
    thread.join(60)

    assert [one.settings.systems["crm"].owner for one in (pulled, other)] == ["Ann", "Ann"]
