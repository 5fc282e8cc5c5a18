"""The rarer ends of a change: what nobody can tell, what vanishes, what a system does not say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fault_server import Asked, Given, served
from tests.unit.apply.test_job import LIMITS, Notebook, bench, faults
from tests.vendor_doubles import Double, Kind, archived, companies, created, job, renamed, writing
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.changes import Operation, operation, sha256_of
from toolkit.changes.operation import Precondition
from toolkit.changes.steps import JournalEntry
from toolkit.changes.written_columns import made_reference
from toolkit.connector import Api, Mark, OneCall, Version, WriteCall, WriteField, Writing
from toolkit.plan.undo import undo
from toolkit.rest.client import RestClient
from toolkit.rest.clock import SystemClock


def test_the_journal_names_what_a_change_touched_by_short_hashes() -> None:
    """Sixteen signs of the hash: the values themselves stand in the plan alone."""
    with bench("neither") as one:
        change = renamed(1)
        one.run([change])

        first = one.notes.steps[0]
        assert first.before_hash == sha256_of(dict(change.before))[:16]
        assert first.after_hash == sha256_of(dict(change.after))[:16]


def test_only_the_rest_of_the_time_is_waited_in_which_a_lost_change_may_still_take_effect() -> None:
    """Three quarters of it are over when somebody looks again."""
    with bench("neither") as one:
        change = renamed(1)
        now = one.clock.now()
        one.notes.note(JournalEntry(change.op_id, "uncertain", 1, now, now, "k-1"))
        one.clock.sleep(0.015)

        assert one.run([change]).is_whole
        assert sum(one.clock.slept) == pytest.approx(0.02)


@pytest.mark.parametrize("is_dry_run", [False, True])
def test_a_job_that_came_to_its_end_is_not_paused(*, is_dry_run: bool) -> None:
    """Nor is a rehearsal, in which nothing is on its way."""
    with bench("neither") as one:
        outcome = one.run([renamed(1), renamed(2)], is_dry_run=is_dry_run)

        assert not outcome.is_paused
        assert outcome.stopped == ""


def begun(change: Operation, notes: Notebook) -> None:
    """Note that a change was begun, as a job does that is killed right after it."""
    now = SystemClock().now()
    notes.note(JournalEntry(change.op_id, "intent", 1, now, now, job([change]).idempotency_key(change.op_id)))


def reason(outcome: JobOutcome) -> str:
    """Return why the only change ended as it did."""
    [entry] = outcome.steps.values()
    return entry.reason or ""


def test_a_record_that_is_there_after_all_is_not_made_again() -> None:
    """Another attempt at a change that was refused looks for the record first."""
    with bench("neither") as one:
        one.double.fault = faults("refused")
        change = created(7)
        one.run([change])
        key = job([change]).idempotency_key(change.op_id)
        one.double.records["50"] = {"id": "50", "name": "new 7", "contact": {"phone": "1"}, "our_mark": key}
        outcome = one.run([change], again=[change.op_id])

        assert outcome.counts == {"confirmed": 1}
        assert outcome.steps[change.op_id].record_id == "50"
        assert reason(outcome) == "It was there already."
        assert one.double.effects == {}


def test_a_record_that_is_there_after_all_and_holds_something_else_is_said() -> None:
    """Its mark is ours, its phone is not."""
    with bench("neither") as one:
        change = created(7)
        begun(change, one.notes)
        key = job([change]).idempotency_key(change.op_id)
        one.double.records["50"] = {"id": "50", "name": "new 7", "contact": {"phone": "2"}, "our_mark": key}
        outcome = one.run([change])

        assert outcome.counts == {"differs": 1}
        assert reason(outcome) == "It was taken, and the system now holds another value in: phone."


@pytest.mark.parametrize("kept", range(1, 6))
def test_f46_what_a_journal_that_was_cut_short_does_not_know_is_looked_for_before_it_is_made(kept: int) -> None:
    """Of three records and a change only the first steps are known: none of them is made again."""
    changes = [*map(created, range(3)), renamed(1)]
    with bench("neither") as one:
        one.run(changes)
        steps = one.notes.steps[:kept]
        one.notes = Notebook()
        one.notes.note(*steps)

        assert one.run(changes).is_whole
        assert set(one.double.effects.values()) == {1}


@pytest.mark.parametrize("kept", [2, 3, 4])
def test_f46_a_change_that_a_cut_journal_lacks_is_not_sent_again_and_undo_says_that_it_stays(kept: int) -> None:
    """Nobody can tell any more who did it: it is neither done twice nor taken back unseen."""
    changes = [renamed(1), renamed(2)]
    with bench("neither") as one:
        one.run(changes)
        steps = one.notes.steps[:kept]
        one.notes = Notebook()
        one.notes.note(*steps)
        outcome = one.run(changes)

        assert outcome.is_whole
        assert set(one.double.effects.values()) == {1}
        back = undo(job(changes), outcome.steps)
        is_cut = kept == 2
        assert {one.target_id for one in back.operations} == ({"1"} if is_cut else {"1", "2"})
        assert [one.record_keys for one in back.left_out] == ([("crm/companies/2",)] if is_cut else [])


def test_what_was_refused_is_made_by_another_attempt_where_no_mark_can_be_looked_for() -> None:
    """It was refused, so it is not there."""
    with bench("neither", has_mark=False) as one:
        one.double.fault = faults("refused")
        change = created(7)
        one.run([change])

        assert one.run([change], again=[change.op_id]).is_whole
        assert one.double.effects["create", "new 7"] == 1


def test_a_record_that_vanished_while_nobody_knew_is_left_to_a_person() -> None:
    """Its change was begun, and it is gone."""
    with bench("neither") as one:
        begun(renamed(1), one.notes)
        del one.double.records["1"]
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"needs_human": 1}
        assert reason(outcome) == "The record is gone."


def test_a_record_that_is_neither_as_it_was_nor_as_planned_is_left_to_a_person() -> None:
    """Whether our change came before the other's edit, nobody can tell."""
    with bench("neither") as one:
        begun(renamed(1), one.notes)
        one.double.edit("1", name="edited by Ann")
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"needs_human": 1}
        assert "somebody else changed it" in reason(outcome)
        assert one.sent == []


@pytest.mark.parametrize(("fault", "words"), [("out", "sign_in|connect|credentials"), ("busy", "slow down")])
def test_f15_a_change_that_was_not_taken_waits_for_the_next_start(fault: str, words: str) -> None:
    """The sign-in ended, or the system is overrun: the job pauses, and the change was not done."""
    with bench("neither") as one:
        one.double.fault = lambda _asked: fault
        outcome = one.run([renamed(1), renamed(2)])

        assert outcome.is_paused
        assert any(word in outcome.stopped for word in words.split("|"))
        assert outcome.counts == {"not_applied": 1, "planned": 1}
        assert {step.state for step in one.notes.last.values()} == {"not_applied"}
        one.double.fault = faults()
        assert one.run([renamed(1), renamed(2)]).is_whole
        assert set(one.double.effects.values()) == {1}


def test_f17_a_list_that_may_no_longer_be_written_is_left_and_the_others_go_on() -> None:
    """The right to write contacts was taken away meanwhile: companies are changed, and the right that lacks is named."""
    writes = {
        "companies": writing("neither"),
        "contacts": replace(writing("neither"), one=OneCall("/contacts/{id}"), update=WriteCall("PATCH", "/contacts/{id}")),
    }
    people = [replace(renamed(number), stream="contacts", op_id=f"c{number}") for number in (1, 2)]
    double, notes, refused = Double("neither", companies(4)), Notebook(), {"is": True}

    def app(asked: Asked) -> Given:
        if refused["is"] and asked.method != "GET" and asked.path.startswith("/contacts"):
            return Given({"message": "scope contacts.write is missing"}, 403)
        return double(asked)

    def run() -> JobOutcome:
        with RestClient("crm", Api(server.url), writings=writes.values()) as client:
            plan = job([*people, renamed(3), replace(archived(4), depends_on=("c1",))])
            return run_job(plan, RestSystem(client, writes), notes, SystemClock(), limits=LIMITS, is_dry_run=False)

    with served(app) as server:
        outcome = run()

        assert outcome.is_paused
        assert "scope contacts.write is missing" in outcome.stopped
        assert "nobody knows" not in outcome.stopped
        assert outcome.counts == {"confirmed": 1, "held_back": 1, "not_applied": 1, "planned": 1}
        assert sum(1 for asked in server.asked if asked.method != "GET" and "contacts" in asked.path) == 1
        refused["is"] = False
        assert run().is_whole
    assert set(double.effects.values()) == {1}


def test_an_answer_that_nobody_understands_stops_the_job() -> None:
    """The system sends us elsewhere: the change is not followed there, and is looked for at the next start."""
    with bench("neither") as one:
        elsewhere = Given(b"", 307, {"Location": "https://elsewhere.example/"})
        plain, one.server.app = one.server.app, lambda asked: elsewhere if asked.method != "GET" else one.double(asked)
        outcome = one.run([renamed(1), renamed(2)])

        assert not outcome.is_paused
        assert "sends us to another address" in outcome.stopped
        assert outcome.counts == {"intent": 1, "planned": 1}
        one.server.app = plain
        assert one.run([renamed(1), renamed(2)]).is_whole
        assert set(one.double.effects.values()) == {1}


def test_a_record_that_cannot_be_read_after_its_change_is_said() -> None:
    """It was taken, and then it was gone."""
    with bench("neither") as one:
        one.double.fault = faults("gone")
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"differs": 1}
        assert reason(outcome) == "It was taken, and the record cannot be read."


def test_a_new_record_whose_id_was_not_said_is_found_by_its_mark() -> None:
    """An answer without an id is no answer."""
    with bench("neither") as one:
        one.double.fault = faults("nameless")
        outcome = one.run([created(7)])

        assert outcome.is_whole
        [entry] = outcome.steps.values()
        assert entry.record_id in one.double.records
        assert one.double.effects["create", "new 7"] == 1


def test_two_records_with_one_mark_are_left_to_a_person() -> None:
    """Somebody copied the one that was made."""
    with bench("neither") as one:
        change = created(7)
        begun(change, one.notes)
        key = job([change]).idempotency_key(change.op_id)
        one.double.records |= {number: {"id": number, "name": "new 7", "our_mark": key} for number in ("50", "51")}
        outcome = one.run([change])

        assert outcome.counts == {"needs_human": 1}
        assert "2 records with one mark" in reason(outcome)


def test_a_change_of_which_nobody_hears_anything_waits_for_the_next_start() -> None:
    """It is looked for three times in one job, and then the job says that it is not at its end."""
    with bench("keys") as one:
        one.double.fault = lambda _asked: "before"
        outcome = one.run([renamed(1)])

        assert outcome.is_paused
        assert outcome.counts == {"uncertain": 1}
        assert outcome.stopped == "Of 1 change nobody knows yet what became of it."
        assert len(one.sent) == 1 + 3
        one.double.fault = faults()
        assert one.run([renamed(1)]).is_whole
        assert one.double.effects["change", "1"] == 1


def test_what_is_held_back_stays_so_and_is_noted_once() -> None:
    """What it waits for is not done, however often the job is started; when it is, it goes on."""
    first = renamed(1)
    second = archived(2, (first.op_id,))
    with bench("neither") as one:
        one.double.edit("1", name="edited by Ann")
        for _ in range(2):
            assert one.run([first, second]).counts == {"conflict": 1, "held_back": 1}
        assert [step.attempt for step in one.notes.steps if step.state == "held_back"] == [0]
        one.double.edit("1", name="Company 1")
        assert one.run([first, second], again=[first.op_id]).is_whole


def test_steps_of_another_plan_are_no_matter() -> None:
    """A journal may hold changes that this plan has not."""
    with bench("neither") as one:
        begun(renamed(99), one.notes)
        one.notes.note(replace(one.notes.last[renamed(99).op_id], state="confirmed", record_id="99"))

        assert one.run([renamed(1)]).steps[renamed(1).op_id].state == "confirmed"


def stamped(change: Operation, kind: str, value: str) -> Operation:
    """Return a change under another condition."""
    return replace(change, precondition=Precondition(kind, value))  # type: ignore[arg-type]


@pytest.mark.parametrize(("stamp", "step"), [("2026-03-01T09:00:00Z", "confirmed"), ("2026-03-01T09:00:01Z", "conflict")])
def test_a_record_is_the_one_that_was_planned_for_if_it_says_the_same_time(stamp: str, step: str) -> None:
    """To the second; our own change of it before is no edit of somebody else."""
    first = stamped(renamed(1), "updated_at", stamp)
    second = stamped(archived(1, (first.op_id,)), "updated_at", stamp)
    with bench("neither") as one:
        one.double.records["1"]["updated_at"] = "2026-03-01T10:00:00+01:00"
        outcome = one.run([first, second])

        assert outcome.steps[first.op_id].state == step
        assert outcome.steps[second.op_id].state == ("confirmed" if step == "confirmed" else "held_back")


@pytest.mark.parametrize("kind", ["neither", "counted"])
def test_an_edit_after_our_own_change_of_a_record_is_seen_before_the_next(kind: Kind) -> None:
    """What our change left, its version and its time, is noted: a record that says another by now was edited by somebody."""
    stamp = "2026-03-01T09:00:00Z"
    first = stamped(renamed(1), "updated_at", stamp)
    second = stamped(archived(1, (first.op_id,)), "updated_at", stamp)
    with bench(kind) as one:
        one.double.records["1"]["updated_at"] = stamp
        one.run([first, second], limits=JobLimits(canary=0, max_changes=1))
        left = one.notes.last[first.op_id]
        told = {"version": "2"} if kind == "counted" else {"updated_at": "2026-11-30T10:00:00Z"}
        assert (left.version, left.stamp) == (told.get("version"), "2026-11-30T09:02:00Z")
        one.double.edit("1", domain="edited by Ann", **({} if kind == "counted" else told))
        outcome = one.run([first, second])

        assert outcome.counts == {"confirmed": 1, "conflict": 1}
        assert one.double.records["1"]["archived"] is False


@pytest.mark.parametrize("fault", [None, "after"])
def test_what_our_own_change_left_is_no_edit_though_its_answer_was_lost(fault: str | None) -> None:
    """The second change is held against what was read back, or found."""
    stamp = "2026-03-01T09:00:00Z"
    first = stamped(renamed(1), "updated_at", stamp)
    with bench("counted") as one:
        one.double.records["1"]["updated_at"] = stamp
        one.double.fault = faults(fault)

        assert one.run([first, stamped(archived(1, (first.op_id,)), "updated_at", stamp)]).counts == {"confirmed": 2}
        assert one.notes.last[first.op_id].stamp == "2026-11-30T09:02:00Z"


def test_a_record_that_tells_nothing_any_more_after_our_change_is_taken_as_ours() -> None:
    """There is nothing to hold it against: its fields alone were read back."""
    stamp = "2026-03-01T09:00:00Z"
    first = stamped(renamed(1), "updated_at", stamp)
    with bench("neither") as one:
        one.double.records["1"]["updated_at"] = stamp

        def forget(record_id: str) -> None:
            if one.double.effects:
                one.double.records[record_id].pop("updated_at", None)

        one.double.before_read = forget

        assert one.run([first, stamped(archived(1, (first.op_id,)), "updated_at", stamp)]).counts == {"confirmed": 2}


@pytest.mark.parametrize(("version", "step"), [('"1"', "confirmed"), ('"2"', "conflict")])
def test_a_record_is_the_one_that_was_planned_for_if_it_has_the_same_version(version: str, step: str) -> None:
    """And after our own change, the version that this left."""
    first = stamped(renamed(1), "etag", version)
    second = stamped(archived(1, (first.op_id,)), "etag", version)
    with bench("versions") as one:
        outcome = one.run([first, second])

        assert outcome.steps[first.op_id].state == step
        assert outcome.steps[second.op_id].state == ("confirmed" if step == "confirmed" else "held_back")


def test_a_record_that_says_when_it_ends_is_not_archived_because_it_is_gone() -> None:
    """Where a record does say that it is archived, and says so with an empty field, one that is gone was deleted."""
    writes = replace(writing("neither"), archived=("active_until", ""))
    there = {"1": {**companies(1)["1"], "active_until": "2027-01-01"}}

    def app(_asked: Asked) -> Given:
        return Given(there["1"]) if there else Given({"message": "not found"}, 404)

    with served(app) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
        system = RestSystem(client, {"companies": writes})
        there.clear()
        outcome = run_job(job([archived(1)]), system, Notebook(), SystemClock(), limits=LIMITS, is_dry_run=False)

    assert outcome.counts == {"conflict": 1}
    assert reason(outcome) == "The record is gone."


def test_a_key_sent_again_is_conditioned_as_the_first_time() -> None:
    """Under its key the same request is sent once more, whatever the record's version is by now."""
    change = stamped(renamed(1), "updated_at", "2026-03-01T09:00:00Z")
    with bench("keys") as one:
        one.double.records["1"]["updated_at"] = "2026-03-01T09:00:00Z"
        one.double.fault = faults("after")

        assert one.run([change]).is_whole
        assert one.double.effects["change", "1"] == 1


def test_a_change_without_a_condition_is_made_whatever_the_record_holds() -> None:
    """A plan may say so."""
    with bench("neither") as one:
        one.double.edit("1", name="edited by Ann")

        assert one.run([replace(renamed(1), precondition=None)]).is_whole


def test_a_moment_that_a_record_does_not_tell_fits_no_plan() -> None:
    """It names no zone: nobody can say whether the record was changed."""
    with bench("neither") as one:
        one.double.records["1"]["updated_at"] = "2026-03-01T09:00:00"

        assert one.run([stamped(renamed(1), "updated_at", "2026-03-01T09:00:00Z")]).counts == {"conflict": 1}


def test_a_document_names_the_customer_by_the_id_that_it_was_made_under() -> None:
    """What a plan makes has no id before: the change that makes it stands in its place."""
    customer = created(7)
    child = operation(
        "create",
        "crm",
        "companies",
        natural_key="ledger/customers/8",
        after={"name": "new 8", "parent_ref": made_reference(customer.op_id)},
        depends_on=(customer.op_id,),
    )
    with bench("neither") as one:
        outcome = one.run([customer, child])

        made = outcome.steps[customer.op_id].record_id
        assert outcome.is_whole
        [record] = [record for record in one.double.records.values() if record["name"] == "new 8"]
        assert record["parent"] == made
        assert one.run([customer, child], is_dry_run=True).is_whole


def wire(writes: Writing, app: "Plain", changes: list[Operation]) -> JobOutcome:
    """Run a job against a system of another shape."""
    with served(app) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
        system = RestSystem(client, {"companies": writes})
        return run_job(job(changes), system, Notebook(), SystemClock(), limits=LIMITS, is_dry_run=False)


class Plain:
    """A system that wraps its records, keeps whole numbers as versions, and archives with other fields."""

    def __init__(self, *, is_list: bool = False) -> None:
        self.record = companies(1)["1"]
        self.bodies: list[object] = []
        self.is_list = is_list

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        if self.is_list:
            return Given([])
        if asked.method != "GET":
            self.bodies.append(asked.json)
            sent = {name: value for name, value in asked.json["company"].items() if name != "version"}
            self.record = {**self.record, **sent, "version": self.record["version"] + 1}
        return Given({"company": self.record})


WRAPPED = Writing(
    one=OneCall("/companies/{id}"),
    fields=(WriteField("name", "name"),),
    inside="company",
    body_inside="company",
    update=WriteCall("PUT", "/companies/{id}"),
    archive=WriteCall("PUT", "/companies/{id}", body='{"company": {"archived": true}}'),
    archived=("archived", "true"),
    version=Version(path="version", condition_path="version"),
)


def test_a_version_may_stand_in_the_body_of_a_change() -> None:
    """Where it stands in the record, wrapped as the record is."""
    plain = Plain()

    assert wire(WRAPPED, plain, [renamed(1), archived(1)]).is_whole
    assert plain.bodies == [
        {"company": {"name": "Company 1", "version": 1}},
        {"company": {"archived": True, "version": 2}},
    ]


def test_an_answer_that_is_no_record_is_a_record_that_is_gone() -> None:
    """A list where one record should be is not taken for it."""
    outcome = wire(WRAPPED, Plain(is_list=True), [renamed(1)])

    assert outcome.counts == {"conflict": 1}
    assert reason(outcome) == "The record is gone."


def test_a_record_that_is_deleted_instead_of_archived_is_archived_when_it_is_gone() -> None:
    """Where nothing in a record says that it is archived."""
    writes = replace(writing("neither"), archive=WriteCall("DELETE", "/companies/{id}", has_fields=False), archived=("", ""))

    def app(asked: Asked) -> Given:
        if asked.method == "DELETE":
            there.clear()
            return Given(b"", 204)
        return Given(there["1"]) if there else Given({"message": "not found"}, 404)

    there = companies(1)
    with served(app) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
        system = RestSystem(client, {"companies": writes})
        outcome = run_job(job([archived(1)]), system, Notebook(), SystemClock(), limits=LIMITS, is_dry_run=False)

    assert outcome.is_whole
    assert there == {}


@pytest.mark.parametrize(("hours", "life"), [((24.0, 1.0), 1.0), ((1.0, 24.0), 1.0), ((24.0, 0.0), None), ((), None)])
def test_a_key_is_trusted_as_long_as_the_most_forgetful_list_keeps_it(hours: tuple[float, ...], life: float | None) -> None:
    """And not at all where one of the lists that are written knows no keys."""
    writings = {str(place): replace(writing("keys"), key_hours=one) for place, one in enumerate(hours)}
    with RestClient("crm", Api("http://127.0.0.1:9"), writings=writings.values()) as client:
        found = RestSystem(client, writings).key_life

    assert found == (None if life is None else timedelta(hours=life))


def test_the_slowest_list_says_how_long_a_lost_change_is_waited_for() -> None:
    """And where nothing is written, nothing is waited for."""
    writings = {str(seconds): replace(writing("neither"), settle_s=seconds) for seconds in (3.0, 7.0, 5.0)}
    with RestClient("crm", Api("http://127.0.0.1:9"), writings=writings.values()) as client:
        assert RestSystem(client, writings).settle_s == 7.0
        assert RestSystem(client, {}).settle_s == 0.0


def test_an_edit_of_the_night_is_not_undone_by_a_change_that_is_sent_again_under_its_key() -> None:
    """The job was killed after it had noted the change; somebody edited the record before it went on."""
    with bench("keys") as one:
        begun(renamed(1), one.notes)
        one.double.edit("1", name="edited by Ann")
        outcome = one.run([renamed(1)])

        assert outcome.counts == {"needs_human": 1}
        assert one.double.records["1"]["name"] == "edited by Ann"
        assert one.sent == []


def test_a_change_that_had_its_effect_is_not_sent_again_under_its_key_either() -> None:
    """Its record is as planned, and that is found by a look."""
    with bench("keys") as one:
        begun(renamed(1), one.notes)
        one.double.edit("1", name="Company 1")
        outcome = one.run([renamed(1)])

        assert outcome.is_whole
        assert one.sent == []


@pytest.mark.parametrize(("column", "state"), [("name", "noop_already"), ("", "confirmed")])
def test_a_record_is_ours_by_our_mark_and_not_by_a_name_that_anybody_enters(column: str, state: str) -> None:
    """Somebody made it while the job was paused: it stays when the job is taken back."""
    mark = Mark("name" if column else "our_mark", "/companies", "our_mark", "results", column=column)
    writes = replace(writing("neither"), mark=mark)
    change, notes = created(7), Notebook()
    key = job([renamed(1), change]).idempotency_key(change.op_id)
    there = {"id": "50", "name": "new 7", "contact": {"phone": change.after.get("phone")}, "our_mark": key}

    def app(asked: Asked) -> Given:
        if asked.path == "/companies":
            return Given({"results": [there]})
        return Given(there if asked.path.endswith("50") else companies(1)["1"] | {"name": "Company 1"})

    now = SystemClock().now()
    notes.note(JournalEntry(renamed(1).op_id, "confirmed", 1, now, now, "key"))
    with served(app) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
        system = RestSystem(client, {"companies": writes})
        outcome = run_job(job([renamed(1), change]), system, notes, SystemClock(), limits=LIMITS, is_dry_run=False)

    assert (outcome.steps[change.op_id].state, outcome.steps[change.op_id].record_id) == (state, "50")
