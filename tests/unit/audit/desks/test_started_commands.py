"""A command that a screen starts runs only where it is noted who started it."""

import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from toolkit.audit.desks.jobs.started_commands import StartedCommands
from toolkit.audit.engagement import open_engagement

MINI = Path(__file__).resolve().parents[3] / "golden" / "mini" / "client" / "engagement.yaml"


def test_what_cannot_be_noted_does_not_go_on(tmp_path: Path) -> None:
    """The page hears of the fault, and nothing runs that nobody who opens the screen again could stop."""
    shutil.copy(MINI, tmp_path / "engagement.yaml")
    engagement = open_engagement(tmp_path)
    commands = StartedCommands(engagement, "pull")
    with sqlite3.connect(tmp_path / "state.sqlite") as state:
        state.execute("CREATE TRIGGER full BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'The disk is full'); END")

    with pytest.raises(Exception, match="The disk is full"):
        commands.start(["systems"], "Ann")
    end = time.monotonic() + 60
    while commands.is_running:
        assert time.monotonic() < end
        time.sleep(0.05)

    ended = commands.ended()
    assert ended is not None
    assert ended.code != 0
