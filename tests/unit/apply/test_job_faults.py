"""Faults of section five of the reliability specification that a job meets, beside those of one change."""

import random
import signal
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.fault_server import Asked, VirtualClock, served
from tests.unit.apply.test_job import LIMITS, Notebook, bench
from tests.vendor_doubles import KINDS, Double, Kind, archived, companies, job, renamed, repointed, writing
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobOutcome, run_job
from toolkit.audit.jobs.stopped_by_hand import stopped_by_hand
from toolkit.changes import Operation
from toolkit.connector import Api, Limit
from toolkit.rest.client import RestClient


@pytest.mark.parametrize("kind", KINDS)
def test_f51_a_record_is_not_archived_before_all_that_refers_to_it_was_moved(kind: Kind) -> None:
    """The third of seven could not be moved: the others were, the record stays, and a replay brings it to its end."""
    moved = [repointed(number, "9") for number in range(1, 8)]
    gone = archived(8, tuple(one.op_id for one in moved))
    with bench(kind, count=9) as one:
        one.double.fault = lambda asked: "refused" if asked.path == "/companies/3" else None
        outcome = one.run([*moved, gone])

        assert outcome.counts == {"confirmed": 6, "held_back": 1, "rejected": 1}
        assert one.double.records["8"]["archived"] is False
        assert outcome.steps[gone.op_id].reason == f"It waits for repoint of companies 3 (change {moved[2].op_id})."
        one.double.fault = lambda _asked: None
        assert one.run([*moved, gone], again=[moved[2].op_id]).is_whole
        assert one.double.records["8"]["archived"] is True
        assert set(one.double.effects.values()) == {1}


@pytest.mark.parametrize("kind", KINDS)
def test_f52_a_record_that_the_system_keeps_for_what_refers_to_it_is_listed_and_untouched(kind: Kind) -> None:
    """With the system's own words; what the plan does elsewhere goes on."""
    with bench(kind) as one:
        one.double.fault = lambda asked: "refused" if asked.path == "/companies/1" else None
        before = dict(one.double.records["1"])
        outcome = one.run([archived(1), renamed(2)])

        assert outcome.counts == {"confirmed": 1, "rejected": 1}
        assert "this name is taken" in (outcome.steps[archived(1).op_id].reason or "")
        assert one.double.records["1"] == before


def limited(double: Double, url: str, limits: tuple[Limit, ...], notes: Notebook, changes: list[Operation]) -> JobOutcome:
    """Run a job against a system that takes so many requests, on a clock that nobody waits for."""
    clock, writings = VirtualClock(), {"companies": writing(double.kind)}
    api = Api(url, limits=limits)
    with RestClient("crm", api, writings=writings.values(), clock=clock, chance=random.Random(1)) as client:
        return run_job(job(changes), RestSystem(client, writings), notes, clock, limits=LIMITS, is_dry_run=False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("requests", [1, 4, 5, 6])
def test_f14_a_days_budget_that_is_used_up_pauses_the_job_and_loses_nothing(kind: Kind, requests: int) -> None:
    """Wherever in a change it ends: before it is sent, or before it is read back; it says when to go on."""
    double, notes, changes = Double(kind, companies(3)), Notebook(), [*map(renamed, range(1, 4))]
    with served(double) as server:
        outcome = limited(double, server.url, (Limit(requests, 86_400),), notes, changes)

        assert outcome.is_paused
        assert "start the same command again in 24 hours" in outcome.stopped
        assert len(server.asked) == requests
        assert limited(double, server.url, (), notes, changes).is_whole
    assert set(double.effects.values()) == {1}


def test_f13_a_job_keeps_to_the_limits_of_the_system() -> None:
    """Five requests in any ten seconds: never one more, and not many fewer."""
    double, changes = Double("neither", companies(10)), [*map(renamed, range(1, 11))]
    clock, at = VirtualClock(), list[float]()
    writings = {"companies": writing("neither")}

    def app(asked: Asked) -> object:
        at.append(clock.monotonic_s())
        return double(asked)

    with (
        served(app) as server,  # type: ignore[arg-type]
        RestClient("crm", Api(server.url, limits=(Limit(5, 10.0),)), writings=writings.values(), clock=clock) as client,
    ):
        system = RestSystem(client, writings)
        assert run_job(job(changes), system, Notebook(), clock, limits=LIMITS, is_dry_run=False).is_whole
    assert len(at) == 30
    assert all(later - first >= 10.0 for first, later in pairwise(at[::5]))
    assert clock.monotonic_s() <= 10.0 * 30 / 5


@pytest.mark.parametrize("pressed", [signal.SIGINT, signal.SIGTERM])
def test_f06_a_job_that_is_interrupted_ends_the_change_that_is_on_its_way(pressed: signal.Signals) -> None:
    """Ctrl-C, or the signal with which machines end programs; the same command goes on afterwards."""
    changes = [*map(renamed, range(1, 6))]
    with bench("versions") as one, stopped_by_hand() as is_stopped:

        def press(record_id: str) -> None:
            if record_id == "3":
                signal.raise_signal(pressed)

        one.double.on_read = press
        outcome = one.run(changes, is_stopped=is_stopped)

        assert outcome.is_paused
        assert outcome.stopped == "Stopped by a person."
        assert outcome.counts == {"confirmed": 3, "planned": 2}
        one.double.on_read = lambda _record_id: None
        assert one.run(changes, limits=replace(LIMITS, max_changes=2)).is_whole
        assert set(one.double.effects.values()) == {1}
    assert signal.getsignal(pressed) in {signal.default_int_handler, signal.SIG_DFL}
