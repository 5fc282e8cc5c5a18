"""A list whose steps are fine, and which goes wrong itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from toolkit.audit.unattended.list_run import run_list
from toolkit.errors import BusyError
from toolkit.settings.job_list import JobList
from toolkit.store.state_file import STATE_NAME

JOBS = JobList.model_validate({"name": "nightly", "steps": [{"run": "pull"}, {"run": "match"}]})


def test_a_bug_of_ours_is_a_failure_like_any_other(tmp_path: Path) -> None:
    """It has a code and a place, and the record is closed."""

    def breaks(_name: str) -> None:
        raise ZeroDivisionError

    found = run_list(JOBS, tmp_path, home=tmp_path, begins=breaks)

    assert found.code == 1
    assert [(one.name, one.code) for one in found.steps] == [("(start)", 1)]
    assert found.steps[0].line.startswith("A bug in integration-audit: ZeroDivisionError at ")
    assert found.record is not None
    assert "run_ended" in found.record.read_text("utf-8")


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A name that was mistyped begins no engagement."""
    found = run_list(JOBS, tmp_path / "harbr", home=tmp_path)

    assert (found.code, found.record) == (3, None)
    assert not (tmp_path / "harbr").exists()


@pytest.mark.parametrize("steps", [1, 2])
def test_what_is_stopped_before_it_begins_begins_nothing(tmp_path: Path, steps: int) -> None:
    """The first step is what was stopped; those behind it are not begun."""
    jobs = JOBS.model_copy(update={"steps": JOBS.steps[:steps]})

    found = run_list(jobs, tmp_path, home=tmp_path, is_stopped=lambda: True)

    assert found.code == 130
    assert [one.state for one in found.steps] == ["stopped", "not begun"][:steps]


def test_whoever_holds_the_engagement_once_the_list_has_begun_is_told_of_like_any_failure(tmp_path: Path) -> None:
    """Its record is closed, with a code: only a list that could not begin at all leaves nothing."""

    def held(_name: str) -> None:
        raise BusyError("Somebody else has been writing for half a minute.")

    found = run_list(JOBS, tmp_path, home=tmp_path, begins=held)

    assert found.code == BusyError.exit_code
    assert [(one.name, one.state) for one in found.steps] == [("(start)", "failed")]
    assert found.steps[0].line == "Somebody else has been writing for half a minute."
    assert found.record is not None
    assert "run_ended" in found.record.read_text("utf-8")


def test_what_goes_wrong_behind_the_last_step_is_a_failure_behind_it(tmp_path: Path) -> None:
    """The steps keep their ends."""

    def damages() -> bool:
        with closing(sqlite3.connect(tmp_path / STATE_NAME)) as state, state:
            state.execute("DROP TABLE IF EXISTS audit_log")
        return True

    found = run_list(JOBS, tmp_path, home=tmp_path, is_stopped=damages)

    assert [(one.name, one.state) for one in found.steps] == [
        ("pull", "stopped"), ("match", "not begun"), ("(end)", "failed"),
    ]  # fmt: skip
    assert found.record is not None
    assert "run_ended" in found.record.read_text("utf-8")


def test_a_list_that_still_runs_is_left_alone(tmp_path: Path) -> None:
    """A second one begins nothing, and nothing is told."""
    held: list[str] = []

    def second(_name: str) -> None:
        with pytest.raises(BusyError) as caught:
            run_list(JOBS, tmp_path, home=tmp_path)
        held.append(str(caught.value))

    run_list(JOBS, tmp_path, home=tmp_path, begins=second)

    assert held
