"""A job and the folder it notes its steps in: full, gone, cut short, or used by somebody else at the same time."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.fault_server import served
from tests.stories.test_killed_job import (
    RECORDS,
    Deadly,
    Worker,
    begun,
    exact_changes,
    forty_changes,
    hold_against_plan,
    is_through,
    work,
    work_on,
    worker,
)
from tests.vendor_doubles import Double, Kind, companies, created, job, renamed
from toolkit.apply.running import JobLimits
from toolkit.changes import Plan
from toolkit.changes.steps import JournalEntry
from toolkit.errors import BusyError, InputError
from toolkit.store.journal import journal_steps
from toolkit.store.store import Store

__all__ = ["worker"]
LIMITS = JobLimits(min_judged=1_000)


def journal_of(home: Path, plan: Plan) -> list[JournalEntry]:
    """Return every step that a folder knows of."""
    with Store(home) as store:
        return journal_steps(store, plan.plan_id)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own with three megabytes; only root can mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_f45_a_full_disk_stops_the_job_before_the_next_change_and_it_goes_on_when_there_is_room(small_disk: Path) -> None:
    """What cannot be noted is not sent; the message says so, and nothing is done twice afterwards."""
    plan, home, filler = exact_changes(6), small_disk / "client", small_disk / "filler"
    double = Double("neither", companies(6))

    def fill(_record_id: str) -> None:
        if sum(double.effects.values()) == 3 and not filler.exists():
            with filler.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(1 << 12))
                except OSError:
                    return

    double.before_read = fill
    with served(double) as server:
        with pytest.raises(InputError, match="disk is full") as stopped:
            work("6", "neither", server.url, str(home))
        assert sum(double.effects.values()) == 3
        assert "Nothing more was sent" in str(stopped.value)
        double.before_read = lambda _record_id: None
        filler.unlink()

        assert work("6", "neither", server.url, str(home)).is_whole
    hold_against_plan(home, plan)
    assert set(double.effects.values()) == {1}


@pytest.mark.parametrize("kind", ["neither", "keys"])
def test_f48_a_folder_that_is_gone_stops_the_job_before_the_next_change(tmp_path: Path, kind: Kind) -> None:
    """What is written to it would be gone too: nothing is sent that cannot be noted.

    Put back as it was before, the folder lacks what was done since; the job looks before it makes anything again.
    """
    plan, home, aside = job([*map(created, range(3)), renamed(1)]), tmp_path / "client", tmp_path / "aside"
    double = Double(kind, companies(1))
    with served(double) as server:
        part = replace(LIMITS, max_changes=1)
        run = partial(work_on, plan, kind, server.url, home)
        assert run(limits=part).counts == {"confirmed": 1, "planned": 3}
        shutil.copytree(home, aside)

        def vanish(_record_id: str) -> None:
            if sum(double.effects.values()) == 3:
                shutil.rmtree(home, ignore_errors=True)

        double.on_read = vanish
        with pytest.raises(InputError, match="is gone"):
            run()
        assert sum(double.effects.values()) == 3
        double.on_read = lambda _record_id: None
        aside.rename(home)

        assert run().is_whole
    hold_against_plan(home, plan, is_cut=True)
    assert set(double.effects.values()) == {1}


@pytest.mark.parametrize("cut", [1, 50_000])
def test_f46_a_state_whose_end_was_torn_off_is_read_as_far_as_it_is_whole(tmp_path: Path, worker: Worker, cut: int) -> None:
    """By a cut through what was written last; a job that goes on looks before it makes anything again."""
    plan, home = forty_changes(), tmp_path / "client"
    deadly = Deadly(Double("neither", companies(RECORDS)), worker, "forty neither", {60: "after"})
    with served(deadly) as server:
        deadly.child = begun(worker, f"{deadly.line} {server.url} {home}")
        deadly.is_begun.set()
        assert not is_through(worker)
        log = home / "state.sqlite-wal"
        with log.open("r+b") as file:
            file.truncate(log.stat().st_size - cut)
        noted = journal_of(home, plan)
        assert noted

        assert work("forty", "neither", server.url, str(home)).is_whole
    hold_against_plan(home, plan, is_cut=True)
    assert journal_of(home, plan)[: len(noted)] == noted
    assert set(deadly.double.effects.values()) == {1}


def test_f24_f55_of_two_jobs_at_once_the_second_is_refused(tmp_path: Path) -> None:
    """In two windows, or two notebooks: whoever comes second is told who is at work, and sends nothing."""
    plan, home = exact_changes(3), tmp_path / "client"
    double = Double("neither", companies(3))
    said: list[str] = []

    def come_second(_record_id: str) -> None:
        if not said:
            with pytest.raises(BusyError, match="Another run is writing") as refused:
                work("3", "neither", server.url, str(home))
            said.append(str(refused.value))

    double.before_read = come_second
    with served(double) as server:
        assert work("3", "neither", server.url, str(home)).is_whole
        assert "'a job'" in said[0]
        asked = len(server.asked)
        # And whoever comes after it finds that all of it is done.
        assert work("3", "neither", server.url, str(home)).is_whole
        assert len(server.asked) == asked
    hold_against_plan(home, plan)
    assert set(double.effects.values()) == {1}


def test_f47_the_journal_of_a_job_that_died_is_taken_over(tmp_path: Path, worker: Worker) -> None:
    """Its process is provably gone; one that lives, or one of another machine, would be waited for."""
    plan, home = exact_changes(3), tmp_path / "client"
    deadly = Deadly(Double("neither", companies(3)), worker, "3 neither", {4: "after"})
    with served(deadly) as server:
        assert deadly.kills(server.url, home) == 1
    hold_against_plan(home, plan)
    with Store(home) as store, sqlite3.connect(home / "state.sqlite") as state, store.writing("another job"):
        state.execute("UPDATE writer SET host = 'elsewhere'")
        state.commit()
        with pytest.raises(BusyError, match="on elsewhere"):
            work("3", "neither", "http://127.0.0.1:9", str(home))
