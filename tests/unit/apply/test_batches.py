"""Several changes in one request: each with its own end, a poisoned one alone in the end, and none of them twice."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.unit.apply.test_job import LIMITS, Notebook, bench, faults
from tests.vendor_doubles import archived, companies, job, renamed
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.changes import Operation
from toolkit.connector import Api, Batch, OneCall, Version, WriteCall, WriteField, Writing
from toolkit.rest.client import RestClient
from toolkit.rest.clock import SystemClock

BATCH = Batch(
    WriteCall("POST", "/companies/batch/update", body='{"of": "company"}', id_path="id", refused=("failed",)),
    4,
    "inputs",
    body='{"inputs": []}',
    results="results",
    errors="errors",
    error_ids="context.ids",
)
WRITES = Writing(
    one=OneCall("/companies/{id}"),
    fields=(WriteField("name", "fields.name"), WriteField("phone", "fields.phone")),
    update=WriteCall("PATCH", "/companies/{id}"),
    archive=WriteCall("PATCH", "/companies/{id}", body='{"archived": true}', has_fields=False),
    archived=("archived", "true"),
    batch=BATCH,
    settle_s=0.0,
)


@dataclass
class Vendor:
    """Companies that are updated one by one or together; ``poison`` are those that it refuses.

    How it refuses them is its ``manner``: "whole" refuses the request, "apart" lists them beside the results, "inside"
    has a result that says so, "silent" says nothing of them. ``fault`` is what happens to the first request.
    """

    manner: str = "apart"
    poison: frozenset[str] = frozenset()
    fault: str = ""
    records: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            key: {"id": key, "archived": False, "fields": {"name": one["name"], "phone": None}}
            for key, one in companies(12).items()
        }
    )
    effects: Counter[str] = field(default_factory=Counter)
    batches: list[list[str]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        record_id = asked.path.rsplit("/", 1)[1]
        if asked.path == "/companies/batch/update":
            return self.together(asked.json["inputs"])
        if record_id not in self.records:
            return Given({"message": "not there"}, 404)
        if asked.method == "GET":
            return Given(self.records[record_id])
        if record_id in self.poison:
            return Given({"message": "name is not allowed"}, 422)
        self.change(record_id, asked.json)
        return Given(self.records[record_id])

    def change(self, record_id: str, sent: dict[str, Any]) -> None:
        """Change a record."""
        self.effects[record_id] += 1
        held = self.records[record_id]
        held["archived"] = sent.get("archived", held["archived"])
        held["fields"] |= sent.get("fields", {})

    def together(self, entries: list[dict[str, Any]]) -> Given:
        """Change several records."""
        self.batches.append([one["id"] for one in entries])
        assert all(one["of"] == "company" for one in entries)
        fault, self.fault = self.fault, ""
        if fault == "busy":
            return Given({"message": "slow down"}, 429, {"retry-after": "9999"})
        refused = [one["id"] for one in entries if one["id"] in self.poison]
        if refused and self.manner == "whole":
            return Given({"message": "name is not allowed"}, 400)
        for one in entries:
            if one["id"] not in refused:
                self.change(one["id"], one)
        # In another order than they came, and without those of which nothing is said.
        results: list[dict[str, Any]] = [self.records[one["id"]] for one in reversed(entries) if one["id"] not in refused]
        body: dict[str, Any] = {"results": results}
        if self.manner == "inside":
            results += [{"id": one, "failed": [{"message": "name is not allowed"}]} for one in refused]
        if self.manner == "apart" and refused:
            body["errors"] = [{"message": "name is not allowed", "context": {"ids": refused}}]
        return Given(body, 207 if refused else 200, cut=5 if fault == "lost" else None)


def carried(
    vendor: Vendor,
    changes: list[Operation],
    *,
    writes: Writing = WRITES,
    notes: Notebook | None = None,
    limits: JobLimits = LIMITS,
    is_dry_run: bool = False,
) -> JobOutcome:
    """Run a job."""
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
        system = RestSystem(client, {"companies": writes})
        return run_job(job(changes), system, notes or Notebook(), SystemClock(), limits=limits, is_dry_run=is_dry_run)


NINE = [renamed(number) for number in range(1, 10)]


def names(vendor: Vendor) -> list[str]:
    """Return the names of the first nine companies."""
    return [vendor.records[str(number)]["fields"]["name"] for number in range(1, 10)]


def test_changes_of_one_kind_are_sent_together_and_each_has_its_own_end() -> None:
    """At most as many as the system takes; the results are told apart by their ids, in whatever order they come."""
    vendor, notes = Vendor(), Notebook()
    outcome = carried(vendor, NINE, notes=notes)

    assert outcome.is_whole
    assert [len(one) for one in vendor.batches] == [4, 4]
    assert names(vendor) == [f"Company {number}" for number in range(1, 10)]
    assert set(vendor.effects.values()) == {1}
    # Each has its intent before its end; the last, alone, went as one alone goes.
    assert Counter(one.state for one in notes.steps) == {"intent": 9, "confirmed": 9}


@pytest.mark.parametrize("manner", ["whole", "apart", "inside", "silent"])
def test_f25_f26_n04_a_poisoned_record_ends_alone_with_its_reason_and_the_others_are_done(manner: str) -> None:
    """Whether the system refuses the whole request, or the one, or says nothing of it: then it is looked for."""
    vendor = Vendor(manner, frozenset({"2", "7"}))
    outcome = carried(vendor, NINE)
    refused = {one.op_id: outcome.steps[one.op_id] for one in NINE if one.target_id in vendor.poison}

    assert outcome.counts == {"confirmed": 7, "rejected": 2}
    assert {one.state for one in refused.values()} == {"rejected"}
    assert all("name is not allowed" in (one.reason or "") for one in refused.values())
    assert set(vendor.effects.values()) == {1}
    assert [names(vendor)[place] for place in (1, 6)] == ["company 2", "company 7"]


def test_an_answer_to_many_that_was_lost_is_found_out_for_each_and_none_is_sent_twice() -> None:
    """The system took them all; each is read, and found done."""
    vendor = Vendor(fault="lost")
    outcome = carried(vendor, NINE)

    assert outcome.is_whole
    assert set(vendor.effects.values()) == {1}
    assert {one.reason for one in outcome.steps.values()} == {None, "It was found done."}


def test_a_change_that_went_with_others_is_looked_for_also_where_the_system_knows_keys() -> None:
    """Its key was not sent with them: the system would take it for a new request."""
    vendor = Vendor(fault="lost")
    outcome = carried(vendor, NINE, writes=replace(WRITES, key_header="Idempotency-Key", key_hours=24.0))

    assert outcome.is_whole
    assert set(vendor.effects.values()) == {1}


@pytest.mark.parametrize("fault", ["halfway", "500", "after", "before", "halved"])
def test_f27_of_many_of_which_some_were_taken_each_is_found_out_by_itself(fault: str) -> None:
    """Before the system failed: those are found done, the others found not done and sent; none twice."""
    with bench("together", count=12) as one:
        one.double.fault = faults(fault)
        outcome = one.run(NINE)

        assert outcome.is_whole
        assert dict(one.double.effects) == {("change", change.target_id): 1 for change in NINE}


def test_a_request_that_was_not_taken_waits_with_all_of_its_changes() -> None:
    """The system is overrun: the job pauses, and the next start sends them."""
    vendor, notes = Vendor(fault="busy"), Notebook()
    first = carried(vendor, NINE, notes=notes)
    second = carried(vendor, NINE, notes=notes)

    assert first.is_paused
    assert first.counts == {"not_applied": 4, "planned": 5}
    assert second.is_whole
    assert set(vendor.effects.values()) == {1}


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda held: held["fields"].update(name="edited by Ann"), "conflict"),
        (lambda held: held["fields"].update(name="Company 2"), "noop_already"),
    ],
)
def test_each_of_many_is_compared_before_and_one_that_ends_there_is_not_sent(
    change: Callable[[dict[str, Any]], object], state: str
) -> None:
    """Somebody edited it, or did already what was planned."""
    vendor = Vendor()
    change(vendor.records["2"])
    outcome = carried(vendor, NINE)

    assert outcome.counts == {"confirmed": 8, state: 1}
    assert all("2" not in one for one in vendor.batches)
    assert vendor.effects["2"] == 0


def test_a_rehearsal_sends_none_of_many() -> None:
    """It reads each."""
    vendor = Vendor()

    assert carried(vendor, NINE, is_dry_run=True).counts == {"not_applied": 9}
    assert not vendor.effects


def test_what_depends_on_another_two_changes_of_a_record_and_other_actions_go_by_themselves() -> None:
    """A request holds no change that waits for another of it, and no record twice."""
    first, second, third = renamed(1), renamed(2), renamed(3)
    again = replace(renamed(3), op_id="again", before={"phone": None}, after={"phone": "1"}, precondition=None)
    waits = renamed(4, (third.op_id,))
    vendor = Vendor()
    outcome = carried(vendor, [first, second, third, again, waits, archived(5), archived(6)])

    assert outcome.is_whole
    assert all(len(one) == len({*one}) for one in vendor.batches)
    assert vendor.records["6"]["archived"] is True
    assert vendor.records["3"]["fields"] == {"name": "Company 3", "phone": "1"}


def test_no_more_are_begun_than_a_person_said() -> None:
    """And the first ones are watched one by one."""
    vendor, notes = Vendor(), Notebook()
    outcome = carried(vendor, NINE, notes=notes, limits=replace(LIMITS, canary=1, max_changes=3))

    assert outcome.counts == {"confirmed": 3, "planned": 6}
    assert [len(one) for one in vendor.batches] == [2]


def test_a_version_stands_with_the_record_that_it_is_of() -> None:
    """Where a body names it; where a header does, each goes alone, as a header is of the request."""
    vendor = Vendor()
    for record in vendor.records.values():
        record["version"] = 1
    bodies: list[Any] = []

    def watched(asked: Asked) -> Given:
        if asked.path.endswith("/update"):
            bodies.append(asked.json["inputs"])
        return vendor(asked)

    for version in (Version(path="version", condition_path="version"), Version(path="version", condition="If-Match")):
        writes = replace(WRITES, version=version)
        with served(watched) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
            system = RestSystem(client, {"companies": writes})
            changes = NINE[:3] if version.condition_path else NINE[4:7]
            assert run_job(job(changes), system, Notebook(), SystemClock(), limits=LIMITS, is_dry_run=False).is_whole

    assert [[one["version"] for one in body] for body in bodies] == [[1, 1, 1]]


def test_changes_that_were_begun_together_before_a_crash_are_found_out_one_by_one() -> None:
    """The intents are on the disk, and nobody knows of any: each is looked for, and done once."""
    vendor, notes = Vendor(), Notebook()
    carried(Vendor(fault="busy"), NINE[:4], notes=notes)
    for one in [*notes.last.values()]:
        notes.note(replace(one, state="intent", reason=None))
    vendor.change("1", {"fields": {"name": "Company 1"}})
    outcome = carried(vendor, NINE[:4], notes=notes)

    assert outcome.is_whole
    assert {key: vendor.effects[key] for key in "1234"} == {"1": 1, "2": 1, "3": 1, "4": 1}
