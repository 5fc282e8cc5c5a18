"""A job over the wire, against doubles of vendors: what is done, what is not, and what the journal says of it."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.fault_server import Asked, FaultServer, VirtualClock, served
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
from toolkit.apply.running import JobLimits, JobOutcome, Told, run_job
from toolkit.changes import Operation
from toolkit.changes.steps import JournalEntry
from toolkit.rest.client import RestClient

LIMITS = JobLimits(canary=0, min_judged=1_000)


@dataclass(slots=True)
class Notebook:
    """A journal that is kept in memory."""

    last: dict[str, JournalEntry] = field(default_factory=dict)
    steps: list[JournalEntry] = field(default_factory=list)

    def note(self, *entries: JournalEntry) -> None:
        self.steps += entries
        self.last.update((one.op_id, one) for one in entries)


@dataclass(slots=True)
class Bench:
    """A double that is served, and a way to run jobs against it."""

    double: Double
    server: FaultServer
    clock: VirtualClock = field(default_factory=VirtualClock)
    notes: Notebook = field(default_factory=Notebook)
    has_mark: bool = True

    def run(
        self,
        changes: Sequence[Operation],
        *,
        limits: JobLimits = LIMITS,
        is_dry_run: bool = False,
        again: Sequence[str] = (),
        is_stopped: Callable[[], bool] = lambda: False,
        told: Told = lambda _done, _all: None,
    ) -> JobOutcome:
        writings = {"companies": writing(self.double.kind, has_mark=self.has_mark)}
        chance = random.Random(1)
        with RestClient("crm", api(self.server.url), writings=writings.values(), clock=self.clock, chance=chance) as client:
            return run_job(
                job(changes),
                RestSystem(client, writings),
                self.notes,
                self.clock,
                limits=limits,
                is_dry_run=is_dry_run,
                again=again,
                is_stopped=is_stopped,
                told=told,
            )

    @property
    def sent(self) -> list[Asked]:
        """Every request that could change something."""
        return [one for one in self.server.asked if one.method != "GET"]


@contextmanager
def bench(kind: Kind, *, count: int = 5, has_mark: bool = True) -> Iterator[Bench]:
    """Serve a double."""
    double = Double(kind, companies(count))
    with served(double) as server:
        yield Bench(double, server, has_mark=has_mark)


def faults(*found: str | None) -> Callable[[Asked], str | None]:
    """Return a fault that goes through a list, one for each change that is sent."""
    left = list(found)
    return lambda _asked: left.pop(0) if left else None


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_is_done_once_and_read_back(kind: Kind) -> None:
    """Records are made, changed, moved and archived in the plan's order, and the journal says so."""
    first = renamed(1)
    moved = repointed(2, "1", (first.op_id,))
    with bench(kind) as one:
        outcome = one.run([created(7), first, moved, archived(3, (moved.op_id,))])

        assert outcome.is_whole
        assert outcome.counts == {"confirmed": 4}
        assert one.double.records["1"]["name"] == "Company 1"
        assert one.double.records["2"]["parent"] == "1"
        assert one.double.records["3"]["archived"] is True
        assert [record["name"] for record in one.double.records.values()][-1] == "new 7"
        assert set(one.double.effects.values()) == {1}
        assert [step.state for step in one.notes.steps] == ["intent", "confirmed"] * 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_rehearsal_sends_nothing_and_notes_nothing(kind: Kind) -> None:
    """The same code, but for the noting and the sending."""
    first = renamed(1)
    with bench(kind) as one:
        one.double.edit("2", name="Company 2")
        one.double.edit("3", name="edited")
        outcome = one.run([created(7), first, archived(1, (first.op_id,)), renamed(2), renamed(3)], is_dry_run=True)

        assert one.sent == []
        assert one.notes.steps == []
        assert outcome.counts == {"conflict": 1, "noop_already": 1, "not_applied": 3}


@pytest.mark.parametrize("kind", KINDS)
def test_f19_an_edit_between_plan_and_job_is_not_overwritten(kind: Kind) -> None:
    """Somebody changed the record after it was planned: it is left as it is, and said."""
    with bench(kind) as one:
        one.double.edit("1", name="edited by Ann")
        outcome = one.run([renamed(1), renamed(2)])

        assert outcome.counts == {"confirmed": 1, "conflict": 1}
        assert one.double.records["1"]["name"] == "edited by Ann"
        assert [asked.path for asked in one.sent] == ["/companies/2"]


def test_f20_an_edit_between_our_look_and_our_change_is_refused_by_the_system() -> None:
    """Where the system compares versions, the narrowest gap is closed too."""
    with bench("versions") as one:
        seen: list[str] = []

        def edit(record_id: str) -> None:
            if record_id == "1" and not seen:
                seen.append(record_id)
                one.double.edit("1", name="edited by Ann")

        one.double.on_read = edit
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"conflict": 1}
        assert one.double.records["1"]["name"] == "edited by Ann"


@pytest.mark.parametrize("kind", KINDS)
def test_f18_a_record_that_is_gone_is_a_conflict_and_holds_back_what_waits_for_it(kind: Kind) -> None:
    """Nothing that depends on it is sent."""
    first = renamed(1)
    with bench(kind) as one:
        del one.double.records["1"]
        outcome = one.run([first, archived(2, (first.op_id,)), renamed(3)])

        assert outcome.counts == {"confirmed": 1, "conflict": 1, "held_back": 1}
        assert one.double.records["2"]["archived"] is False


@pytest.mark.parametrize("kind", KINDS)
def test_f21_two_changes_of_one_record_do_not_conflict_with_each_other(kind: Kind) -> None:
    """The version that our own first change left is the one that the second expects."""
    first = renamed(1)
    with bench(kind) as one:
        outcome = one.run([first, archived(1, (first.op_id,))])

        assert outcome.counts == {"confirmed": 2}
        assert one.double.effects["change", "1"] == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", ["after", "500", "halved"])
@pytest.mark.parametrize("change", [renamed(1), archived(1), created(7)], ids=["update", "archive", "create"])
def test_f07_f09_f11_an_answer_that_was_lost_is_found_out_and_nothing_is_done_twice(
    kind: Kind, fault: str, change: Operation
) -> None:
    """The line broke, the system failed, or half an answer came, after it had taken the change."""
    with bench(kind) as one:
        one.double.fault = faults(fault)
        outcome = one.run([change])

        assert outcome.is_whole
        assert sum(one.double.effects.values()) == 1
        # What makes a record is asked again under its key, where the system knows keys; of a record itself a look tells.
        assert len(one.sent) == (2 if kind == "keys" and change.action == "create" else 1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", [renamed(1), archived(1), created(7)], ids=["update", "archive", "create"])
def test_f02_a_change_that_never_arrived_is_found_not_done_and_sent_again(kind: Kind, change: Operation) -> None:
    """The line broke before the system had it."""
    with bench(kind) as one:
        one.double.fault = faults("before")
        outcome = one.run([change])

        assert outcome.is_whole
        assert sum(one.double.effects.values()) == 1


def test_f08_a_change_that_takes_effect_late_is_waited_for_before_anything_is_sent_again() -> None:
    """A look into the system right after a lost answer would prove nothing."""
    with bench("neither") as one:
        one.double.fault = faults("after")
        one.run([renamed(1)])

        assert sum(one.clock.slept) >= 0.02


def test_a_record_without_a_mark_is_left_to_a_person_and_never_made_twice() -> None:
    """Where nobody can tell whether it was made, nothing is sent again."""
    with bench("neither", has_mark=False) as one:
        one.double.fault = faults("after")
        outcome = one.run([created(7)])
        again = one.run([created(7)])

        assert outcome.counts == again.counts == {"needs_human": 1}
        assert one.double.effects["create", "new 7"] == 1
        [entry] = outcome.steps.values()
        assert entry.reason is not None
        assert "keeps no mark" in entry.reason


@pytest.mark.parametrize(("hours", "sent"), [(23.999, 2), (24, 1), (25, 1)])
def test_a_key_that_the_system_has_forgotten_is_not_trusted(hours: float, sent: int) -> None:
    """From its last moment on the same key is a new request: the record is looked for instead."""
    with bench("keys") as one:
        change = created(7)
        one.run([change])
        one.notes.note(one.notes.steps[0])
        one.clock.sleep(timedelta(hours=hours).total_seconds())
        outcome = one.run([change])

        assert outcome.is_whole
        assert len(one.sent) == sent
        assert one.double.effects["create", "new 7"] == 1


@pytest.mark.parametrize("fault", ["refused", "errors"])
def test_f10_what_the_system_refuses_is_put_aside_with_its_reason_and_the_others_go_on(fault: str) -> None:
    """Also when it says so in an answer of success."""
    with bench("versions") as one:
        one.double.fault = faults(None, fault)
        outcome = one.run([renamed(1), renamed(2), renamed(3)])

        assert outcome.counts == {"confirmed": 2, "rejected": 1}
        reasons = [step.reason for step in outcome.steps.values() if step.state == "rejected"]
        assert any(word in str(reasons) for word in ("this name is taken", "took nothing of it"))


def test_f30_what_was_refused_is_tried_again_when_somebody_says_so() -> None:
    """Only that, as another attempt under the same key."""
    with bench("keys") as one:
        one.double.fault = faults("refused")
        changes = [renamed(1), renamed(2)]
        one.run(changes)
        sent = len(one.sent)
        outcome = one.run(changes, again=[changes[0].op_id])

        assert outcome.is_whole
        assert len(one.sent) == sent + 1
        assert outcome.steps[changes[0].op_id].attempt == 2


def test_f12_a_system_that_asks_to_slow_down_is_waited_for() -> None:
    """The change was not taken, so it is sent again after the time that was asked for."""
    with bench("neither") as one:
        one.double.fault = faults("busy")
        outcome = one.run([created(7)])

        assert outcome.is_whole
        assert one.double.effects["create", "new 7"] == 1
        assert sum(one.clock.slept) >= 1


def test_a_value_that_the_system_stores_otherwise_is_said() -> None:
    """A status alone proves nothing: what is read back decides."""
    with bench("versions") as one:
        one.double.fault = faults("other")
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"differs": 1}
        [entry] = outcome.steps.values()
        assert entry.reason == "It was taken, and the system now holds another value in: name."


@pytest.mark.parametrize("kind", KINDS)
def test_f24_a_job_that_is_run_again_sends_nothing(kind: Kind) -> None:
    """What the journal calls done is done."""
    changes = [renamed(1), created(7), archived(2)]
    with bench(kind) as one:
        one.run(changes)
        asked = len(one.server.asked)
        outcome = one.run(changes)

        assert outcome.is_whole
        assert len(one.server.asked) == asked


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_as_planned_already_is_left_alone(kind: Kind) -> None:
    """Somebody did it by hand in the meantime."""
    with bench(kind) as one:
        one.double.edit("1", name="Company 1")
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"noop_already": 1}
        assert one.sent == []


def test_f06_a_person_who_stops_a_job_finds_every_change_ended_or_untouched() -> None:
    """It goes on where it was with the same command."""
    changes = [*map(renamed, range(1, 6))]
    with bench("versions") as one:
        stopping = iter([False, False, True])
        outcome = one.run(changes, is_stopped=lambda: next(stopping))

        assert outcome.is_paused
        assert outcome.counts == {"confirmed": 2, "planned": 3}
        assert one.run(changes).is_whole
        assert set(one.double.effects.values()) == {1}


def test_a_system_that_is_gone_pauses_the_job() -> None:
    """Nothing is lost: the change that was to come is not begun."""
    with bench("versions") as one:
        one.server.shutdown()
        one.server.server_close()
        outcome = one.run([renamed(1)])

        assert outcome.is_paused
        assert outcome.counts == {"planned": 1}
        assert "cannot be reached" in outcome.stopped or "broke the connection" in outcome.stopped


def test_a_job_of_some_changes_goes_on_later() -> None:
    """A small batch first."""
    changes = [*map(renamed, range(1, 6))]
    with bench("versions") as one:
        assert one.run(changes, limits=JobLimits(canary=0, max_changes=2)).counts == {"confirmed": 2, "planned": 3}
        assert one.run(changes, limits=JobLimits(canary=0, max_changes=2)).counts == {"confirmed": 4, "planned": 1}
        assert one.run(changes).is_whole


def test_what_is_not_described_is_not_sent() -> None:
    """A column or an action that nothing describes is refused before the wire."""
    with bench("versions") as one:
        changes = [replace(created(7), after={"fax": "1"}), replace(renamed(1), action="delete")]
        outcome = one.run(changes)

        assert outcome.counts == {"rejected": 2}
        assert one.sent == []


def test_a_job_goes_on_behind_a_change_that_waits_for_one_that_was_left_alone() -> None:
    """It is named by its record; it was not sent, so it is no surprise at which the job would stop each time anew."""
    first = renamed(1)
    with bench("versions") as one:
        one.double.edit("1", name="edited")
        changes = [first, archived(2, (first.op_id,)), renamed(3), renamed(4)]
        limits = replace(LIMITS, canary=10)
        stopped = one.run(changes, limits=limits)
        outcome = one.run(changes, limits=limits)

        assert stopped.counts == {"conflict": 1, "planned": 3}
        assert outcome.counts == {"confirmed": 2, "conflict": 1, "held_back": 1}
        reasons = [step.reason for step in one.notes.steps if step.state == "held_back"]
        assert reasons == [f"It waits for update of companies 1 (change {first.op_id})."]
