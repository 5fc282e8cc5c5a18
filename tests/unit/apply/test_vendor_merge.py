"""The vendor's own merge over the wire: what was kept before, where the records went, and what is said when elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.unit.apply.test_job import LIMITS, Notebook
from tests.vendor_doubles import job
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.changes import Operation, operation
from toolkit.changes.operation import Child, field_hash
from toolkit.changes.steps import JournalEntry
from toolkit.connector import Api, Merge, OneCall, WriteCall, WriteField, Writing
from toolkit.rest.client import RestClient
from toolkit.rest.clock import SystemClock

CALL = WriteCall("POST", "/companies/merge", body='{"stays": 0, "goes": 0}', has_fields=False, id_path="goes")
MERGE = Merge(CALL, ("its id",), into_path="stays", reversibility="R2", before=(OneCall("/companies/{id}/history"),))
COMPANIES = Writing(
    one=OneCall("/companies/{id}"),
    fields=(WriteField("name", "name"), WriteField("phone", "phone")),
    update=WriteCall("PATCH", "/companies/{id}"),
    merge=MERGE,
    settle_s=0.0,
)
CONTACTS = Writing(one=OneCall("/contacts/{id}"), fields=(WriteField("parent_ref", "company"),), settle_s=0.0)
FIRST, SECOND, CONTACT = "1", "2", "5"


@dataclass
class Vendor:
    """Two companies and a contact; a merge moves the contact, and both old ids lead to the record that stays.

    ``keeps`` says which of the two stays, ``new_id`` under which id; with ``fills`` an empty field of it takes the other's
    value, ``moves`` whether contacts go along, ``refusal`` is what it answers instead, ``is_lost`` that its answer is lost.
    """

    keeps: Callable[[str, str], str] = lambda stays, _goes: stays
    new_id: str | None = None
    fills: bool = True
    moves: bool = True
    refusal: Given | None = None
    is_lost: bool = False
    leads: dict[str, str] = field(default_factory=dict)
    companies: dict[str, dict[str, Any]] = field(default_factory=lambda: {
        FIRST: {"id": FIRST, "name": "Acme Inc", "phone": "555"},
        SECOND: {"id": SECOND, "name": "Acme, Inc.", "phone": None},
    })  # fmt: skip
    contact: str = FIRST
    merges: int = 0

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        parts = asked.path.strip("/").split("/")
        if parts[0] == "contacts":
            return Given({"id": CONTACT, "company": self.contact})
        if asked.path == "/companies/merge":
            return self.merged(str(asked.json["stays"]), str(asked.json["goes"]))
        record = self.companies.get(self.leads.get(parts[1], parts[1]))
        if record is None:
            return Given({"message": "not there"}, 404)
        if parts[2:] == ["history"]:
            return Given({"history": [record["name"]]})
        if asked.method == "PATCH":
            record |= asked.json
        return Given(record)

    def merged(self, stays: str, goes: str) -> Given:
        """Merge two records."""
        if self.refusal is not None:
            return self.refusal
        self.merges += 1
        kept = self.keeps(stays, goes)
        record, other = self.companies.pop(kept), self.companies.pop(goes if kept == stays else stays)
        if self.fills:
            record |= {name: other[name] for name, value in record.items() if value is None}
        record["id"] = self.new_id or kept
        self.companies[record["id"]] = record
        self.leads = {FIRST: record["id"], SECOND: record["id"]}
        if self.moves:
            self.contact = record["id"]
        return Given(record, cut=10) if self.is_lost else Given(record)


@dataclass
class Carried:
    """How a job ended, and what was kept before it."""

    outcome: JobOutcome
    kept: dict[str, Any]

    def entry(self, change: Operation) -> JournalEntry:
        """Return the last step of a change."""
        return self.outcome.steps[change.op_id]


BEFORE = {"name": "Acme Inc", "phone": "555"}
MERGED = operation(
    "merge", "crm", "companies", target_id=FIRST, before=BEFORE, after={"merged_into": SECOND},
    precondition=field_hash(BEFORE), reversibility="R2", children=(Child(f"crm/contacts/{CONTACT}", "parent_ref"),),
)  # fmt: skip
STOOD = {"name": "Acme, Inc.", "phone": None}
UPDATED = operation(
    "update", "crm", "companies", target_id=SECOND, before=STOOD, after={"name": "ACME", "phone": "+1555"},
    precondition=field_hash(STOOD), depends_on=(MERGED.op_id,),
)  # fmt: skip


def carried(
    vendor: Vendor, *, notes: Notebook | None = None, is_dry_run: bool = False, limits: JobLimits = LIMITS
) -> Carried:
    """Merge one company into the other, then name it."""
    kept: dict[str, Any] = {}
    writings = {"companies": COMPANIES, "contacts": CONTACTS}
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=writings.values()) as client:
        outcome = run_job(
            job([MERGED, UPDATED]), RestSystem(client, writings), notes or Notebook(), SystemClock(), limits=limits,
            is_dry_run=is_dry_run, keep=lambda op_id, records: kept.update({op_id: records}),
        )  # fmt: skip
    return Carried(outcome, kept)


@pytest.mark.parametrize("new_id", [None, "77"])
def test_a_merge_leads_to_the_record_that_stays_whatever_its_id_is_then(new_id: str | None) -> None:
    """What follows in the plan changes that record, under its id by now; its fields may hold what the other one left."""
    vendor = Vendor(new_id=new_id)
    found = carried(vendor)

    assert found.outcome.is_whole
    assert found.entry(MERGED).record_id == (new_id or SECOND)
    assert vendor.companies == {new_id or SECOND: {"id": new_id or SECOND, "name": "ACME", "phone": "+1555"}}


def test_both_records_and_their_history_are_kept_before_the_merge() -> None:
    """As the system writes them."""
    found = carried(Vendor())

    assert found.kept == {
        MERGED.op_id: {
            FIRST: {"id": FIRST, "name": "Acme Inc", "phone": "555"},
            SECOND: {"id": SECOND, "name": "Acme, Inc.", "phone": None},
            "/companies/{id}/history": {"history": ["Acme Inc"]},
        }
    }


def test_a_rehearsal_merges_nothing_and_keeps_nothing() -> None:
    """It reads, and that is all."""
    vendor = Vendor()
    found = carried(vendor, is_dry_run=True)

    assert (vendor.merges, found.kept) == (0, {})
    assert found.outcome.counts == {"not_applied": 2}


def test_f49_a_merge_into_another_record_than_planned_stops_there() -> None:
    """The system kept the other one: what depends on it is held back, and the journal has the id that is real."""
    vendor = Vendor(keeps=lambda _stays, goes: goes)
    found = carried(vendor)

    assert found.outcome.counts == {"differs": 1, "held_back": 1}
    assert found.entry(MERGED).reason == "It was merged into 1, which was not planned."
    assert found.entry(MERGED).record_id == FIRST
    assert vendor.companies[FIRST]["name"] == "Acme Inc"


def test_f50_a_merge_that_the_system_refuses_leaves_no_field_behind() -> None:
    """Its reason is listed, and the record that should stay is not touched."""
    vendor = Vendor(refusal=Given({"message": "The contact has a subscription"}, 422))
    found = carried(vendor)

    assert found.outcome.counts == {"held_back": 1, "rejected": 1}
    assert "subscription" in (found.entry(MERGED).reason or "")
    assert vendor.companies[SECOND] == {"id": SECOND, "name": "Acme, Inc.", "phone": None}


def test_records_that_were_not_moved_are_counted() -> None:
    """The system says that it merged, and the contact still refers to what is gone."""
    found = carried(Vendor(moves=False, new_id="77"))

    assert found.outcome.counts == {"differs": 1, "held_back": 1}
    assert "1 of 1 records that referred to it" in (found.entry(MERGED).reason or "")


def test_a_merge_whose_answer_was_lost_is_found_and_not_sent_again() -> None:
    """Both ids lead to one record: it was done."""
    vendor = Vendor(is_lost=True, new_id="77")
    found = carried(vendor)

    assert vendor.merges == 1
    assert found.outcome.is_whole
    assert found.entry(MERGED).record_id == "77"
    assert found.entry(MERGED).reason == "It was found done."


@pytest.mark.parametrize("leads", [True, False])
def test_a_merge_that_was_begun_before_a_crash_is_found_done_when_the_record_is_gone(leads: bool) -> None:  # noqa: FBT001
    """Some systems let the old id lead to the other, some have it no more."""
    vendor, notes = Vendor(), Notebook()
    now = SystemClock().now()
    notes.note(JournalEntry(MERGED.op_id, "intent", 1, now, now, "key"))
    vendor.merged(SECOND, FIRST)
    if not leads:
        del vendor.leads[FIRST]
    found = carried(vendor, notes=notes)

    assert vendor.merges == 1
    assert found.outcome.is_whole


def test_a_record_that_somebody_deleted_before_the_merge_was_sent_is_for_a_person() -> None:
    """The crash came before the request: nobody says where the record went, and nothing refers to the other one."""
    vendor, notes = Vendor(), Notebook()
    now = SystemClock().now()
    notes.note(JournalEntry(MERGED.op_id, "intent", 1, now, now, "key"))
    del vendor.companies[FIRST]
    found = carried(vendor, notes=notes)

    assert (vendor.merges, found.outcome.counts) == (0, {"held_back": 1, "needs_human": 1})
    assert "merged or somebody deleted it" in (found.entry(MERGED).reason or "")
    assert vendor.companies[SECOND]["name"] == "Acme, Inc."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda vendor: vendor.companies[FIRST].update(name="Another"), "Somebody else changed the record"),
        (lambda vendor: vendor.companies.pop(SECOND), "Somebody else changed the record"),
        (lambda vendor: vendor.companies.pop(FIRST), "The record is gone."),
        (lambda vendor: vendor.leads.update({FIRST: "9"}) or vendor.companies.update({"9": {"id": "9", "name": "Z"}}),
         "Somebody else merged it into 9."),
    ],
)  # fmt: skip
def test_what_was_changed_since_the_plan_is_not_merged(change: Callable[[Vendor], object], words: str) -> None:
    """Edited, merged elsewhere, or gone: the one that goes, or the one that should stay."""
    vendor = Vendor()
    change(vendor)
    found = carried(vendor)

    assert vendor.merges == 0
    assert found.outcome.counts == {"conflict": 1, "held_back": 1}
    assert words in (found.entry(MERGED).reason or "")


def test_a_field_that_somebody_edited_after_the_merge_is_left_alone() -> None:
    """It is neither what the record held nor what the other one did."""
    vendor, notes = Vendor(), Notebook()
    first = carried(vendor, notes=notes, limits=JobLimits(canary=0, min_judged=1_000, max_changes=1))
    vendor.companies[SECOND]["phone"] = "edited by Ann"
    found = carried(vendor, notes=notes)

    assert first.outcome.is_paused
    assert found.outcome.counts == {"confirmed": 1, "conflict": 1}
    assert vendor.companies[SECOND]["phone"] == "edited by Ann"


def test_what_somebody_merged_already_is_as_planned() -> None:
    """In the product, in the meantime: nothing is sent, and what follows goes on."""
    vendor = Vendor(new_id="77")
    vendor.merged(SECOND, FIRST)
    found = carried(vendor)

    assert vendor.merges == 1
    assert found.outcome.counts == {"confirmed": 1, "noop_already": 1}
    assert vendor.companies["77"]["name"] == "ACME"


def test_a_record_may_say_itself_into_which_it_was_merged() -> None:
    """Some systems keep the old record, and a field of it says where it went."""
    writes = Writing(
        one=OneCall("/companies/{id}"),
        fields=(WriteField("name", "name"),),
        merge=Merge(WriteCall("PUT", "/companies/{id}/merge/{into}", has_fields=False), ("its id",), merged_at="into"),
    )
    records = {FIRST: {"id": FIRST, "name": "Acme Inc", "into": None}, SECOND: {"id": SECOND, "name": "Acme", "into": None}}

    def vendor(asked: Asked) -> Given:
        parts = asked.path.strip("/").split("/")
        if asked.method == "PUT":
            records[parts[1]]["into"] = parts[3]
        return Given(records[parts[1]])

    change = operation(
        "merge", "crm", "companies", target_id=FIRST, before={"name": "Acme Inc"}, after={"merged_into": SECOND},
        precondition=field_hash({"name": "Acme Inc"}), reversibility="R3",
    )  # fmt: skip
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=[writes]) as client:
        system = RestSystem(client, {"companies": writes})
        outcome = run_job(job([change]), system, Notebook(), SystemClock(), limits=LIMITS, is_dry_run=False)

    assert outcome.is_whole
    assert records[FIRST]["into"] == SECOND


def test_a_field_that_the_merge_filled_as_planned_counts_as_done_and_is_taken_back_with_the_job() -> None:
    """Nothing is sent for it, and it is no doing of anybody else's."""
    vendor = Vendor()
    filled = replace(UPDATED, before={"phone": None}, after={"phone": "555"}, precondition=field_hash({"phone": None}))
    writings = {"companies": COMPANIES, "contacts": CONTACTS}
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=writings.values()) as client:
        system = RestSystem(client, writings)
        outcome = run_job(job([MERGED, filled]), system, Notebook(), SystemClock(), limits=LIMITS, is_dry_run=False)
    step = outcome.steps[filled.op_id]

    assert outcome.counts == {"confirmed": 2}
    assert (step.reason, step.record_id) == ("A merge of this plan left it so.", SECOND)
