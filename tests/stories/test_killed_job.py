"""A job that is killed at any point goes on where it was: every change once, none lost, none over somebody else's edit."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.fault_server import Asked, Given, served
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
    merged,
    renamed,
    repointed,
    writing,
)
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.changes import Plan, made_plan
from toolkit.changes.steps import DONE
from toolkit.plan.undo import undo
from toolkit.rest.client import RestClient
from toolkit.rest.clock import SystemClock
from toolkit.store.journal import journal_steps, last_steps, opened_journal
from toolkit.store.shared.place import SharedPlace
from toolkit.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
CHANGED = 12
RECORDS = 3 * CHANGED + 8
"""How many records the double has: three for each change of a kind, and four pairs that are merged."""
KILLED: tuple[Kind, ...] = (*KINDS, "together")
Worker = subprocess.Popen[str]

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
    """Return records made, changed, re-pointed, archived and merged, each after what it needs."""
    changes = [*map(created, range(4))]
    for number in range(1, CHANGED + 1):
        first = renamed(number)
        moved = repointed(number + CHANGED, str(number), (first.op_id,))
        changes += [first, moved, archived(number + 2 * CHANGED, (moved.op_id,))]
    for number in range(3 * CHANGED + 1, RECORDS, 2):
        merge = merged(number, number + 1)
        changes += [merge, renamed(number + 1, (merge.op_id,))]
    return job(changes)


def two_changes() -> Plan:
    """Return a record that is made and one that is changed."""
    return job([created(7), renamed(1)])


def exact_changes(count: int) -> Plan:
    """Return changes that can be taken back exactly: of each three one of a name, of a reference, and an archiving."""
    kinds = (renamed, lambda number: repointed(number, "1"), archived)
    return job(kinds[number % 3](number) for number in range(1, count + 1))


def planned(name: str, store: Store) -> Plan:
    """Return the plan of a name; what takes one back is made from its journal, as everywhere."""
    if name == "forty":
        return forty_changes()
    if name == "two":
        return two_changes()
    first = exact_changes(int(name.removeprefix("back")))
    if not name.startswith("back"):
        return first
    found = undo(first, last_steps(store, first.plan_id))
    return made_plan(
        "undo",
        engagement_id="e-1",
        target=first.target,
        snapshot_ids={},
        rules_hash=first.plan_id,
        operations=found.operations,
        record_counts={},
        left_out=found.left_out,
    )


def work(name: str, kind: Kind, url: str, folder: str, *shared: str) -> JobOutcome:
    """Carry out what is left of a job; ``shared`` is the address of a state on a server, and whose it is."""
    place = SharedPlace(make_url(shared[0]), shared[1], "env:TEAM_STATE", "postgresql://127.0.0.1") if shared else None
    with Store(Path(folder), place) as store:
        plan = planned(name, store)
    return work_on(plan, kind, url, Path(folder), place=place)


def work_on(
    plan: Plan, kind: Kind, url: str, folder: Path, *, limits: JobLimits | None = None, place: SharedPlace | None = None
) -> JobOutcome:
    """Carry out what is left of a plan."""
    writings = {"companies": writing(kind)}
    with (
        Store(folder, place) as store,
        store.writing("a job"),
        opened_journal(store, plan.plan_id) as journal,
        RestClient("crm", api(url), writings=writings.values()) as client,
    ):
        system = RestSystem(client, writings)
        limits = limits or JobLimits(min_judged=1_000)
        return run_job(plan, system, journal, SystemClock(), limits=limits, is_dry_run=False)


@contextlib.contextmanager
def killable() -> Iterator[Worker]:
    """Yield a process that works in children of its own."""
    command = [sys.executable, "-c", WORKER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        yield process
        process.stdin.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Yield a process that works in children of its own."""
    with killable() as process:
        yield process


def begun(worker: Worker, line: str) -> int:
    """Begin to work in a child; return its number."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()
    return int(worker.stdout.readline())


def is_through(worker: Worker) -> bool:
    """Wait for a child; return whether it came through, and was not killed."""
    assert worker.stdout is not None
    ended = int(worker.stdout.readline())
    assert ended in {0, -signal.SIGKILL}, "it ended by itself, with an error"
    return ended == 0


def killed_until_done(worker: Worker, line: str, chance: random.Random, longest_s: float = 0.25) -> int:
    """Work, killing it again and again, until one comes through; return how often it was killed."""
    for kills in count():
        child = begun(worker, line)
        # Ever longer, so that one comes through on a machine of any speed.
        time.sleep(chance.uniform(0, longest_s + 0.01 * kills))
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        if is_through(worker):
            return kills
    raise AssertionError


def hold_against_plan(home: Path, plan: Plan, *, is_cut: bool = False, place: SharedPlace | None = None) -> None:
    """See that each change of a plan has a named end and, but where the journal was cut, an intent before it."""
    with Store(home, place) as store:
        last, steps = last_steps(store, plan.plan_id), journal_steps(store, plan.plan_id)
        assert store.broken_log_entries() == []
    assert last.keys() == {one.op_id for one in plan.operations}
    assert {one.state for one in last.values()} <= DONE
    assert is_cut or sum(1 for one in steps if one.state == "intent") >= len(plan.operations)


def kill_jobs(
    worker: Worker, folder: Path, kind: Kind, least: int, chance: random.Random, *, states: States | None = None
) -> int:
    """Kill jobs at ``least`` random points, and hold every effect against the plan; return the kills."""
    plan = forty_changes()
    # To reach a server takes longer than to open a file: what is killed shall have begun.
    longest_s = 0.25 if states is None else 1.5
    states = states or States()
    total = number = 0
    while total < least:
        number += 1
        double = Double(kind, companies(RECORDS))
        chance_of_loss = random.Random(number)
        lost: list[Asked] = []

        def fault(asked: Asked, chance: random.Random = chance_of_loss, lost: list[Asked] = lost) -> str | None:
            # Beside the kills one answer in eight is lost after the effect.
            if chance.random() >= 0.125:
                return None
            lost.append(asked)
            return "after"

        double.fault = fault
        home = folder / f"{kind}{number}"
        place = states.place(home)
        shared = () if place is None else (place.url.render_as_string(hide_password=False), place.engagement_id)
        with served(double) as server:
            kills = killed_until_done(worker, " ".join(["forty", kind, server.url, str(home), *shared]), chance, longest_s)
            while not (outcome := work("forty", kind, server.url, str(home), *shared)).is_whole:
                assert outcome.is_paused, f"It ended, and was not done: {outcome.counts}"
            sent = sum(1 for one in server.asked if one.method != "GET")
        total += kills
        hold_against_plan(home, plan, place=place)
        assert set(double.effects.values()) == {1}
        assert sum(double.effects.values()) == len(plan.operations)
        assert sent <= len(plan.operations) + kills + len(lost)
    return total


@dataclass(slots=True)
class Deadly:
    """A system whose client is killed at chosen requests, counted from 1: before it has one, or before it answers."""

    double: Double
    worker: Worker
    line: str
    points: dict[int, str] = field(default_factory=dict)
    asked: int = 0
    child: int = 0
    is_begun: threading.Event = field(default_factory=threading.Event)

    def __call__(self, asked: Asked) -> Given:
        """Answer a request, or kill whoever asked."""
        self.asked += 1
        point = self.points.get(self.asked)
        given = Given(b"x", cut=0) if point == "before" else self.double(asked)
        if point is None:
            return given
        self.is_begun.wait()
        os.kill(self.child, signal.SIGKILL)
        return Given(b"x", cut=0)

    def kills(self, url: str, home: Path) -> int:
        """Begin the job until it comes through; return how often it was killed."""
        for kills in count():
            self.is_begun.clear()
            self.child = begun(self.worker, f"{self.line} {url} {home}")
            self.is_begun.set()
            if is_through(self.worker):
                return kills
        raise AssertionError


@pytest.mark.parametrize(
    "kind", ["neither", *(pytest.param(kind, marks=pytest.mark.heavy) for kind in ("keys", "versions", "counted"))]
)
def test_f01_f02_f03_f04_n09_killed_at_any_request_a_job_repeats_one_change_at_most(
    worker: Worker, tmp_path: Path, kind: Kind
) -> None:
    """Before its intent is noted, before it is sent, before its answer comes, before its end is noted; each does it once."""
    for number, point in [(number, point) for number in range(1, 6) for point in ("before", "after")]:
        double = Double(kind, companies(1))
        deadly = Deadly(double, worker, f"two {kind}", {number: point})
        home = tmp_path / f"{number}{point}"
        with served(deadly) as server:
            assert deadly.kills(server.url, home) == 1
            sent = [one.method for one in server.asked if one.method != "GET"]
        hold_against_plan(home, two_changes())
        assert dict(double.effects) == {("create", "new 7"): 1, ("change", "1"): 1}
        assert len(sent) <= 3


@pytest.mark.parametrize("kind", KILLED)
def test_f01_f02_f03_f04_a_job_killed_at_five_points_does_every_change_once(
    worker: Worker, tmp_path: Path, kind: Kind
) -> None:
    """Before the intent, after it, after the effect, before its end is noted: wherever the kill falls."""
    kill_jobs(worker, tmp_path, kind, 5, random.Random(KILLED.index(kind)))


@pytest.mark.heavy
@pytest.mark.parametrize("kind", KILLED)
def test_n01_n09_n14_a_job_killed_at_334_points_does_every_change_once(worker: Worker, tmp_path: Path, kind: Kind) -> None:
    """More than a thousand points over four doubles: none lost, none twice, no journal that cannot be read.

    A kill, or an answer that was lost, has one change at most sent again; every change has a named end.
    """
    kill_jobs(worker, tmp_path, kind, 334, random.Random(10 + KILLED.index(kind)))


def take_back(worker: Worker, folder: Path, kind: Kind, *, count: int, kills: int) -> None:
    """Carry out a job, then take it back, killed so often at random requests; hold every record against how it was."""
    double = Double(kind, companies(count))
    before = deepcopy(double.records)
    home = folder / kind
    first = exact_changes(count)
    with served(double) as server:
        assert work(str(count), kind, server.url, str(home)).is_whole
    # A change takes two requests and more: all kills fall before the last of them.
    chance, gap = random.Random(60 + KILLED.index(kind)), 2 * count // (kills + 1)
    points = {
        gap * number + chance.randrange(gap // 2): chance.choice(("before", "after")) for number in range(1, kills + 1)
    }
    deadly = Deadly(double, worker, f"back{count} {kind}", points)
    with served(deadly) as server:
        assert deadly.kills(server.url, home) == kills
        sent = sum(1 for one in server.asked if one.method != "GET")
    with Store(home) as store:
        back = planned(f"back{count}", store)
    hold_against_plan(home, back)
    assert len(back.operations) == len(first.operations) == count
    assert set(double.effects.values()) == {2}
    assert sent <= count + kills
    assert [{**record, "version": 1} for record in double.records.values()] == [*before.values()]


@pytest.mark.parametrize("kind", KINDS)
def test_f05_taking_back_a_job_that_is_killed_three_times_takes_it_back_once(
    worker: Worker, tmp_path: Path, kind: Kind
) -> None:
    """Each field is again what it was before the job, and none was put back twice."""
    take_back(worker, tmp_path, kind, count=12, kills=3)


@pytest.mark.heavy
@pytest.mark.parametrize("kind", KILLED)
def test_n06_taking_back_300_changes_killed_20_times_gives_what_was_there_before(
    worker: Worker, tmp_path: Path, kind: Kind
) -> None:
    """What was touched is as it was, sign by sign; what was not touched is as it is."""
    take_back(worker, tmp_path, kind, count=300, kills=20)
