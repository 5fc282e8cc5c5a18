"""The record of runs: whole lines only, whatever the machine did in the middle of one."""

import json
from datetime import UTC, datetime
from pathlib import Path

from toolkit.audit.unattended.records import FOLDER, begun_record, kept_runs, last_told, note_told, watched_since

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_a_run_leaves_a_file_and_a_line(tmp_path: Path) -> None:
    """The line says how it ended, the file what happened."""
    record = begun_record(tmp_path, "nightly")
    record.note("step_began", step="pull")
    record.note_end(state="done", code=0, steps={"done": 1})

    (run,) = kept_runs(tmp_path)
    events = [json.loads(line)["event"] for line in record.path.read_text("utf-8").splitlines()]
    assert (run["run"], run["job"], run["state"], run["code"]) == (record.run_id, "nightly", "done", 0)
    assert events == ["run_began", "step_began", "run_ended"]
    assert record.path.stat().st_mode & 0o077 == 0


def test_a_run_that_was_killed_is_closed_by_the_next_of_its_list(tmp_path: Path) -> None:
    """Only its own list knows that it is no longer running."""
    killed = begun_record(tmp_path, "nightly")
    begun_record(tmp_path, "hourly").note_end(state="done", code=0)
    assert [one["job"] for one in kept_runs(tmp_path)] == ["hourly"]

    begun_record(tmp_path, "nightly").note_end(state="done", code=0)

    assert kept_runs(tmp_path, "nightly")[0]["run"] == killed.run_id
    assert [one["state"] for one in kept_runs(tmp_path, "nightly")] == ["killed", "done"]


def test_a_line_that_was_cut_off_spoils_no_other(tmp_path: Path) -> None:
    """The machine stopped in the middle of a line: those before it count, and the next begins on its own."""
    begun_record(tmp_path, "nightly").note_end(state="done", code=0)
    runs = tmp_path / FOLDER / "runs.jsonl"
    runs.write_text(runs.read_text("utf-8") + '{"run": "x", "job": "nigh', "utf-8")

    begun_record(tmp_path, "nightly").note_end(state="failed", code=6)

    assert [one["state"] for one in kept_runs(tmp_path, "nightly")] == ["done", "failed"]


def test_the_last_that_was_sent_counts(tmp_path: Path) -> None:
    """What could not be sent was not told."""
    assert last_told(tmp_path, "nightly", "slack") == ""
    note_told(tmp_path, job="nightly", channel="slack", print="a", is_sent=True)
    note_told(tmp_path, job="nightly", channel="slack", print="b", is_sent=False)
    note_told(tmp_path, job="nightly", channel="email", print="c", is_sent=True)
    note_told(tmp_path, job="hourly", channel="slack", print="d", is_sent=True)

    assert last_told(tmp_path, "nightly", "slack") == "a"


def test_a_list_that_never_ended_is_waited_for_from_when_somebody_first_asked(tmp_path: Path) -> None:
    """Not from each time anew."""
    later = datetime(2026, 12, 2, tzinfo=UTC)

    assert watched_since(tmp_path, "nightly", NOON) == NOON
    assert watched_since(tmp_path, "nightly", later) == NOON
    assert watched_since(tmp_path, "hourly", later) == later
