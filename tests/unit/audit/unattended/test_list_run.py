"""A list whose steps are fine, and which goes wrong itself."""

from pathlib import Path

import pytest

from toolkit.audit.unattended.list_run import run_list
from toolkit.settings.job_list import JobList

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
