"""A job that is killed at any point goes on where it was: every change once, none lost, none over somebody else's edit."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.fault_server import served
from tests.shared_states import States
from tests.vendor_doubles import (
    KINDS,
    Double,
    Kind,
    api,
    archived,
    companies,
    created,
    job,
    renamed,
    repointed,
    writing,
)
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.changes import Plan
from toolkit.changes.steps import OPEN
from toolkit.rest.client import RestClient
from toolkit.rest.clock import SystemClock
from toolkit.store.journal import journal_steps, last_steps, opened_journal
from toolkit.store.shared.place import SharedPlace
from toolkit.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
CHANGED = 12

WORKER = """
import os, sys
from tests.stories import test_killed_job
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        test_killed_job.work(*line.split())
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Imports once, then works in a process of its own for every line that it reads."""


def forty_changes() -> Plan:
    """Return records made, changed, re-pointed and archived, each after what it needs."""
    changes = [*map(created, range(4))]
    for number in range(1, CHANGED + 1):
        first = renamed(number)
        moved = repointed(number + CHANGED, str(number), (first.op_id,))
        changes += [first, moved, archived(number + 2 * CHANGED, (moved.op_id,))]
    return job(changes)


def work(kind: Kind, url: str, folder: str, *shared: str) -> JobOutcome:
    """Carry out what is left of the job; ``shared`` is the address of a state on a server, and whose it is."""
    plan = forty_changes()
    writings = {"companies": writing(kind)}
    with (
        Store(Path(folder), _place(*shared)) as store,
        store.writing("a job"),
        opened_journal(store, plan.plan_id) as journal,
        RestClient("crm", api(url), writings=writings.values()) as client,
    ):
        limits = JobLimits(min_judged=1_000)
        return run_job(plan, RestSystem(client, writings), journal, SystemClock(), limits=limits, is_dry_run=False)


def _place(*shared: str) -> SharedPlace | None:
    return (
        SharedPlace(make_url(shared[0]), shared[1], "env:TEAM_STATE", "postgresql://127.0.0.1/postgres") if shared else None
    )


@contextlib.contextmanager
def killable() -> Iterator["subprocess.Popen[str]"]:
    """Yield a process that works in children of its own."""
    command = [sys.executable, "-c", WORKER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        assert worker.stdin is not None
        yield worker
        worker.stdin.close()


def killed_until_done(worker: "subprocess.Popen[str]", line: str, chance: random.Random, longest_s: float = 0.25) -> int:
    """Work, killing it again and again, until one comes through; return how often it was killed."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    for kills in count():
        worker.stdin.write(f"{line}\n")
        worker.stdin.flush()
        child = int(worker.stdout.readline())
        # Ever longer, so that one comes through on a machine of any speed.
        time.sleep(chance.uniform(0, longest_s + 0.01 * kills))
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        if int(worker.stdout.readline()) == 0:
            return kills
    raise AssertionError


def kill_jobs(folder: Path, kind: Kind, least: int, chance: random.Random, states: States | None = None) -> int:
    """Kill jobs at ``least`` random points, and hold every effect against the plan; return the kills."""
    plan = forty_changes()
    # To reach a server takes longer than to open a file: what is killed shall have begun.
    longest_s = 0.25 if states is None else 1.5
    states = states or States()
    total = number = 0
    with killable() as worker:
        while total < least:
            number += 1
            double = Double(kind, companies(3 * CHANGED))
            lost = random.Random(number)
            # Beside the kills one answer in eight is lost after the effect.
            double.fault = lambda _asked, lost=lost: "after" if lost.random() < 0.125 else None  # type: ignore[misc]
            home = folder / f"{kind}{number}"
            place = states.place(home)
            shared = () if place is None else (place.url.render_as_string(hide_password=False), place.engagement_id)
            with served(double) as server:
                total += killed_until_done(worker, " ".join([kind, server.url, str(home), *shared]), chance, longest_s)
                while not work(kind, server.url, str(home), *shared).is_whole:
                    pass
            with states(home) as store:
                last, steps = last_steps(store, plan.plan_id), journal_steps(store, plan.plan_id)
                assert store.broken_log_entries() == []
            assert len(last) == len(plan.operations)
            assert not [one for one in last.values() if one.state in OPEN]
            assert sum(1 for one in steps if one.state == "intent") >= len(plan.operations)
            assert set(double.effects.values()) == {1}
            assert sum(double.effects.values()) == len(plan.operations)
    return total


@pytest.mark.parametrize("kind", KINDS)
def test_f01_f02_f03_f04_a_job_killed_at_five_points_does_every_change_once(tmp_path: Path, kind: Kind) -> None:
    """Before the intent, after it, after the effect, before its end is noted: wherever the kill falls."""
    kill_jobs(tmp_path, kind, 5, random.Random(KINDS.index(kind)))


@pytest.mark.heavy
@pytest.mark.parametrize("kind", KINDS)
def test_n01_a_job_killed_at_334_points_does_every_change_once(tmp_path: Path, kind: Kind) -> None:
    """More than a thousand points over four doubles: none lost, none twice, no journal that cannot be read."""
    kill_jobs(tmp_path, kind, 334, random.Random(10 + KINDS.index(kind)))
