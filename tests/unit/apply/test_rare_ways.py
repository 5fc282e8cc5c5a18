"""Rarer ways of writing: what nothing describes, what an answer names that was not asked, what goes alone."""

import json
from dataclasses import replace

import pytest

from tests.fault_server import VirtualClock, served
from tests.unit.apply import test_vendor_merge as merging
from tests.unit.apply.test_batches import BATCH, NINE, WRITES, carried
from tests.unit.apply.test_batches import Vendor as Together
from tests.unit.apply.test_job import LIMITS, Notebook
from tests.unit.apply.test_vendors_ways import ANN, CONTACTS, Vendor, change, running
from tests.vendor_doubles import archived, job, renamed, repointed
from toolkit.apply.rest_batches import batch_results, batch_size
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, run_job
from toolkit.apply.system import Current, Sent, Written
from toolkit.apply.written_body import Meant, as_what_stands, read_fields, written_body
from toolkit.changes import Child, operation
from toolkit.changes.steps import JournalEntry
from toolkit.connector import Api, ColumnCall, WriteCall, WriteField, WriteLines
from toolkit.errors import InputError, RejectedError
from toolkit.rest.answers import Answer
from toolkit.rest.client import RestClient


def test_too_many_refusals_among_many_stop_the_job_behind_them() -> None:
    """Two of the first four were refused: the other five are not begun."""
    outcome = carried(Together(poison=frozenset({"1", "2"})), NINE, limits=JobLimits(canary=0, min_judged=4))

    assert outcome.counts == {"confirmed": 2, "planned": 5, "rejected": 2}
    assert outcome.stopped == "2 of 4 changes failed: look at the reasons before going on."


def test_none_of_many_is_sent_that_cannot_be_noted() -> None:
    """The disk is full: the request does not leave."""

    class Full(Notebook):
        def note(self, *_entries: JournalEntry) -> None:
            raise InputError("the disk is full")

    vendor = Together()
    with pytest.raises(InputError, match="disk is full"):
        carried(vendor, NINE, notes=Full())
    assert vendor.batches == []


def test_references_that_are_moved_by_a_request_of_their_own_go_alone() -> None:
    """So do records that are taken away, and what cannot be taken back exactly."""
    own = replace(WRITES, repoint=WriteCall("PUT", "/companies/{id}/parent"))

    assert batch_size(renamed(1), WRITES) == batch_size(renamed(1), own) == BATCH.at_most
    assert batch_size(repointed(1, "2"), own) == batch_size(archived(1), WRITES) == 1
    assert batch_size(replace(renamed(1), reversibility="R1"), WRITES) == 1


def test_what_an_answer_says_of_records_that_were_not_asked_is_no_matter() -> None:
    """Neither a result nor a refusal of another record is taken for one of ours."""
    parsed = {
        "results": [{"id": "9"}, {"id": "1"}],
        "errors": [{"message": "no", "context": {"ids": ["8", "2"]}}],
    }
    changes = [Sent(one, one.target_id or "", Current({}), "k") for one in NINE[:3]]

    found = batch_results(Answer(207, {}, b"", parsed), changes, WRITES, BATCH)

    assert found.keys() == {NINE[0].op_id, NINE[1].op_id}
    assert found[NINE[0].op_id] == Written("1", None, 207)
    assert isinstance(found[NINE[1].op_id], RejectedError)


def test_a_system_that_takes_no_two_changes_at_once_is_sent_none() -> None:
    """Whoever asks for it is told."""
    with RestClient("crm", Api("http://127.0.0.1:9"), writings=[CONTACTS]) as client:
        system = RestSystem(client, {"companies": replace(WRITES, batch=None), "contacts": CONTACTS})
        with pytest.raises(RejectedError, match="several records"):
            system.send_together([Sent(NINE[0], "1", Current({}), "k")])
        with pytest.raises(RejectedError, match="Nothing says how parent_ref of contacts is written"):
            system.send(change("repoint", {"parent_ref": None}, {"parent_ref": None}), "1", Current({}, record=ANN), "k")


def test_a_field_that_follows_from_others_is_changed_by_hand() -> None:
    """The system makes a name of its parts."""
    vendor = Vendor()
    with running(vendor) as run:
        outcome = run([change("update", {"name": "Ann Lee"}, {"name": "Ann Roe"})])

    [entry] = outcome.steps.values()
    assert (entry.state, entry.reason) == ("rejected", "name follows from other fields there: change those by hand.")
    assert vendor.changes == []


def test_a_reference_that_cannot_be_emptied_or_is_refused_alone_is_rejected() -> None:
    """Nothing else of the change was sent."""
    call = CONTACTS.by_column[0]
    unclear = replace(CONTACTS, by_column=(ColumnCall(call.column, call.fill),))
    vendor = Vendor(refused=lambda asked: "/company/" in asked.path)
    with running(vendor, unclear) as run:
        emptied = run([change("repoint", {"parent_ref": "c1"}, {"parent_ref": None})])
        refused = run([change("repoint", {"parent_ref": "c1"}, {"parent_ref": "c2"})])

    [one], [other] = emptied.steps.values(), refused.steps.values()
    assert (one.state, other.state) == ("rejected", "rejected")
    assert "parent_ref of contacts is emptied: it is done by hand" in (one.reason or "")
    assert "not this one" in (other.reason or "")
    assert vendor.changes == []


def test_a_reference_that_was_empty_and_stays_so_needs_no_request() -> None:
    """The other field is changed by one."""
    vendor = Vendor()
    vendor.records["1"]["company"] = None
    with running(vendor) as run:
        changed = {"email": "ann@new.example", "parent_ref": None}
        assert run([change("update", {"email": ANN["email"], "parent_ref": None}, changed)]).is_whole
    assert [one[2] for one in vendor.changes] == [{"email": "ann@new.example"}]


def test_an_object_that_is_sent_again_under_its_key_is_whole_again() -> None:
    """What is known of it then is what the plan says; the other parts are read."""
    vendor = Vendor()
    writes = replace(CONTACTS, key_header="Idempotency-Key", key_hours=24.0)
    again = change("update", {"city": "Leeds"}, {"city": "York"})
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=[writes], clock=VirtualClock()) as client:
        RestSystem(client, {"contacts": writes}).send(again, "1", Current(dict(again.before)), "key")
    assert [one[2] for one in vendor.changes] == [{"home": {**ANN["home"], "city": "York"}}]


def test_a_record_that_is_archived_for_good_is_kept_whole_before() -> None:
    """As the system writes it."""
    kept = {}
    gone = replace(change("archive", {}, {"state": "archived"}), reversibility="R3", precondition=None)
    vendor = Vendor()
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=[CONTACTS], clock=VirtualClock()) as client:
        system = RestSystem(client, {"contacts": CONTACTS})
        outcome = run_job(
            job([gone]), system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False,
            keep=lambda op_id, records: kept.update({op_id: records}),
        )  # fmt: skip

    assert outcome.is_whole
    assert kept == {gone.op_id: {"1": ANN}}
    assert vendor.records == {}


def test_an_id_takes_the_form_of_what_stands_in_its_place() -> None:
    """A number for a number: a text that is none is refused before it is sent."""
    assert as_what_stands({"id": 0}, "id", "12") == 12
    with pytest.raises(RejectedError, match="names its records by numbers, and 'A-1' is none"):
        as_what_stands({"id": 0}, "id", "A-1")


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"title": "Dr"}, "Dr"),
        ({"first": "Ann", "last": "Lee"}, "Ann Lee"),
        ({"firm": "Acme"}, "Acme"),
        ({"mail": "a@b"}, "a@b"),
    ],
)
def test_who_has_no_name_is_called_as_a_pull_calls_him(record: dict[str, str], name: str) -> None:
    """By the parts of it, by the company, or by the address."""
    paths = {"name": "title", "given_name": "first", "family_name": "last", "company_name": "firm", "email": "mail"}
    writing = replace(CONTACTS, fields=tuple(WriteField(column, path) for column, path in paths.items()))

    assert read_fields(record, writing)["name"] == name


def test_a_record_that_is_made_anew_gets_what_stood_beside_its_columns() -> None:
    """In the places where it stood; a line is entered with the fields that it has."""
    writing = replace(
        CONTACTS,
        further=("extra.code",),
        lines=WriteLines("items", (WriteField("sku", "sku"), WriteField("quantity", "count"))),
    )
    made = operation(
        "create",
        "crm",
        "contacts",
        natural_key="crm/contacts/9",
        after={"email": "x@acme.example", "extra.code": "7", "line.1.sku": "A", "line.1.description": "Lamp"},
    )
    assert writing.create is not None

    body = json.loads(written_body(made, writing, writing.create, Meant(None, None, "k")))

    assert body == {"email": "x@acme.example", "extra": {"code": "7"}, "items": [{"sku": "A"}]}
    assert read_fields({"extra": {"code": "7"}}, writing)["extra.code"] == "7"


def test_what_referred_to_a_merged_record_and_cannot_be_read_is_not_counted() -> None:
    """Notes are no list that is written here: nobody can say whether they moved."""
    merge = replace(merging.MERGED, children=(Child("crm/notes/5", "party_ref"),))
    writings = {"companies": merging.COMPANIES}
    with (
        served(merging.Vendor(moves=False)) as server,
        RestClient("crm", Api(server.url), writings=writings.values(), clock=VirtualClock()) as client,
    ):
        system = RestSystem(client, writings)
        outcome = run_job(job([merge]), system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False)

    assert outcome.is_whole
