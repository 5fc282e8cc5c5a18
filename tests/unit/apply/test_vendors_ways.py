"""What vendors' interfaces want beside a body of fields: requests of single columns, whole objects, marks of no field."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from tests.fault_server import Asked, Given, VirtualClock, served
from tests.unit.apply.test_job import LIMITS, Notebook
from tests.vendor_doubles import job
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobOutcome, run_job
from toolkit.changes import Operation, operation
from toolkit.changes.operation import Action, field_hash
from toolkit.connector import Api, ColumnCall, Field, Mark, OneCall, Version, WriteCall, WriteField, Writing
from toolkit.rest.client import RestClient

CONTACTS = Writing(
    one=OneCall("/contacts/{id}"),
    fields=(
        WriteField("name", read=Field(("first", "last"), joined=" ")),
        WriteField("given_name", "first"),
        WriteField("family_name", "last"),
        WriteField("email", "email"),
        WriteField("street", "home.line1", clears=("home.line2",), read=Field(("home.line1", "home.line2"), joined=", ")),
        WriteField("city", "home.city"),
        WriteField("parent_ref", read_path="company"),
    ),
    create=WriteCall("POST", "/contacts"),
    update=WriteCall("PATCH", "/contacts/{id}"),
    archive=WriteCall("DELETE", "/contacts/{id}", has_fields=False),
    delete=WriteCall("POST", "/contacts/{id}/purge", has_fields=False),
    by_column=(
        ColumnCall(
            "parent_ref",
            WriteCall("PUT", "/contacts/{id}/company/{value}", body='[{"type": 1}]', has_fields=False),
            WriteCall("DELETE", "/contacts/{id}/company/{before}", has_fields=False),
        ),
    ),
    mark=Mark("email", "/contacts/by-email", "emails.0", "found", body='{"emails": [""]}', column="email"),
    whole=("home",),
    settle_s=0.0,
)
ANN: dict[str, Any] = {
    "id": "1",
    "first": "Ann",
    "last": "Lee",
    "email": "ann@acme.example",
    "home": {"id": "a7", "line1": "1 Main St", "line2": "Floor 2", "city": "Leeds"},
    "company": "c1",
}


class Vendor:
    """A system that replaces objects as a whole, and says to whom a contact belongs by requests of its own."""

    def __init__(
        self, *, refused: Callable[[Asked], bool] = lambda _asked: False, is_lost: Callable[[Asked], bool] = lambda _: False
    ) -> None:
        self.records: dict[str, dict[str, Any]] = {"1": json.loads(json.dumps(ANN))}
        self.refused = refused
        self.is_lost = is_lost
        self.changes: list[tuple[str, str, Any]] = []

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        parts = asked.path.strip("/").split("/")
        if parts[1:] == ["by-email"]:
            return Given({"found": [one for one in self.records.values() if one["email"] == asked.json["emails"][0]]})
        if asked.method == "GET":
            return Given(self.records[parts[1]]) if parts[1] in self.records else Given({"message": "gone"}, 404)
        if self.refused(asked):
            return Given({"message": "not this one"}, 422)
        self.changes.append((asked.method, asked.path, asked.json if asked.body else None))
        if len(parts) == 1:
            self.records["2"] = {"id": "2", "company": None, **asked.json}
            return self._answer(asked, self.records["2"])
        if parts[2:3] == ["company"]:
            self.records[parts[1]]["company"] = unquote(parts[3]) if asked.method == "PUT" else None
        elif asked.method == "DELETE" or parts[2:] == ["purge"]:
            self.records.pop(parts[1])
        else:
            self.records[parts[1]] |= asked.json
        return self._answer(asked, self.records.get(parts[1], {}))

    def _answer(self, asked: Asked, body: object) -> Given:
        return Given({"message": "oops"}, 500) if self.is_lost(asked) else Given(body)


@contextmanager
def running(vendor: Vendor, writing: Writing = CONTACTS) -> Iterator[Callable[[Sequence[Operation]], JobOutcome]]:
    """Yield what runs a job against a vendor."""
    with served(vendor) as server, RestClient("crm", Api(server.url), writings=[writing], clock=VirtualClock()) as client:
        system = RestSystem(client, {"contacts": writing})

        def run(changes: Sequence[Operation]) -> JobOutcome:
            return run_job(job(changes), system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False)

        yield run


def change(action: Action, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Operation:
    """Return a change of Ann's record."""
    return operation(
        action, "crm", "contacts", target_id="1", before=before, after=after, precondition=field_hash(before)
    )  # fmt: skip


def created(**after: str) -> Operation:
    """Return the making of a contact."""
    return operation("create", "crm", "contacts", natural_key="ledger/customers/9", after=after)


def test_of_several_with_one_name_the_one_that_is_as_planned_is_ours() -> None:
    """The answer is lost behind the effect: it is found, and nothing is made twice."""
    made = created(given_name="Zoe", email="ann@acme.example")
    vendor = Vendor(is_lost=lambda asked: asked.path == "/contacts")
    with running(vendor) as run:
        ours = run([made])
    other = Vendor(is_lost=lambda asked: asked.path == "/contacts")
    other.records["3"] = {**ANN, "id": "3"}
    with running(other) as run:
        several = run([made])

    assert ours.counts == several.counts == {"confirmed": 1}
    assert sum(path == "/contacts" for _, path, _ in other.changes) == 1
    assert {one.record_id for one in several.steps.values()} == {"2"}


def test_a_column_with_requests_of_its_own_is_filled_and_emptied_by_them() -> None:
    """The old value stands in the request that takes it away, where there is no new one."""
    vendor = Vendor()
    with running(vendor) as run:
        moved = run([change("repoint", {"parent_ref": "c1"}, {"parent_ref": "c/2"})])
        freed = run([change("update", {"parent_ref": "c/2"}, {"parent_ref": None})])

    assert moved.counts == freed.counts == {"confirmed": 1}
    assert [one[:2] for one in vendor.changes] == [
        ("PUT", "/contacts/1/company/c%2F2"),
        ("DELETE", "/contacts/1/company/c%2F2"),
    ]
    assert vendor.changes[0][2] == [{"type": 1}]


def test_where_a_record_may_hold_several_the_old_one_is_taken_out_behind_the_new_one() -> None:
    """Not where there was none, or where there is no way to."""
    fill, clear = CONTACTS.by_column[0].fill, CONTACTS.by_column[0].clear
    several = replace(CONTACTS, by_column=(ColumnCall("parent_ref", fill, clear, is_list=True),))
    endless = replace(CONTACTS, by_column=(ColumnCall("parent_ref", fill, None, is_list=True),))
    sent = []
    for writing, before in ((several, "c1"), (several, None), (endless, "c1")):
        vendor = Vendor()
        vendor.records["1"]["company"] = before
        with running(vendor, writing) as run:
            run([change("repoint", {"parent_ref": before}, {"parent_ref": "c2"})])
        sent.append([one[:2] for one in vendor.changes])

    put, out = ("PUT", "/contacts/1/company/c2"), ("DELETE", "/contacts/1/company/c1")
    assert sent == [[put, out], [put], [put]]


def test_a_change_of_several_columns_is_sent_in_its_parts() -> None:
    """First what one body holds, then the others; of a record that is made under the id that it got."""
    vendor = Vendor()
    with running(vendor) as run:
        outcome = run([created(given_name="Bo", email="bo@acme.example", parent_ref="c1")])

    assert outcome.counts == {"confirmed": 1}
    assert vendor.changes == [
        ("POST", "/contacts", {"first": "Bo", "email": "bo@acme.example"}),
        ("PUT", "/contacts/2/company/c1", [{"type": 1}]),
    ]


def test_a_change_of_which_one_part_was_taken_is_for_a_person() -> None:
    """It is neither as it was nor as planned, and nothing is sent a second time."""
    vendor = Vendor(refused=lambda asked: asked.method == "PUT")
    with running(vendor) as run:
        before, after = {"city": "Leeds", "parent_ref": "c1"}, {"city": "York", "parent_ref": "c2"}
        outcome = run([change("update", before, after)])

    assert outcome.counts == {"needs_human": 1}
    assert [one[0] for one in vendor.changes] == ["PATCH"]


def test_a_column_that_only_follows_from_others_is_not_sent() -> None:
    """It is compared with what its parts make of it; alone it cannot be changed."""
    vendor = Vendor()
    with running(vendor) as run:
        before = {"name": "Ann Lee", "family_name": "Lee"}
        done = run([change("update", before, {"name": "Ann Ray", "family_name": "Ray"})])
        wrong = run([change("update", {"name": "Ann Ray", "family_name": "Ray"}, {"name": "X", "family_name": "Roe"})])
        alone = run([change("update", {"name": "Ann Roe"}, {"name": "Ann May"})])

    assert (done.counts, wrong.counts, alone.counts) == ({"confirmed": 1}, {"differs": 1}, {"rejected": 1})
    assert [one[2] for one in vendor.changes] == [{"last": "Ray"}, {"last": "Roe"}]


@pytest.mark.parametrize(("name", "state"), [("Bo Ray", "confirmed"), ("Bo", "rejected"), ("Ray, Bo", "rejected")])
def test_a_record_is_not_made_under_another_name_than_was_planned(name: str, state: str) -> None:
    """A whole name that the parts do not make is for a person."""
    vendor = Vendor()
    with running(vendor) as run:
        outcome = run([created(name=name, given_name="Bo", family_name="Ray")])

    assert outcome.counts == {state: 1}


def test_an_object_that_is_replaced_as_a_whole_is_sent_as_a_whole() -> None:
    """With the parts that nobody changes, and without further lines of a street that stands in one column."""
    vendor = Vendor()
    with running(vendor) as run:
        town = run([change("update", {"city": "Leeds"}, {"city": "York"})])
        street = run([change("update", {"street": "1 Main St, Floor 2"}, {"street": "2 Main St"})])

    assert town.counts == street.counts == {"confirmed": 1}
    assert [one[2]["home"] for one in vendor.changes] == [
        {"id": "a7", "line1": "1 Main St", "line2": "Floor 2", "city": "York"},
        {"id": "a7", "line1": "2 Main St", "line2": None, "city": "York"},
    ]


def test_an_object_that_is_sent_as_a_whole_holds_nothing_but_plain_values() -> None:
    """What a record holds in it is not ours: a job sends no more than the text of it."""
    vendor = Vendor()
    vendor.records["1"]["home"]["geo"] = {"lat": 1}
    with running(vendor) as run:
        outcome = run([change("update", {"city": "Leeds"}, {"city": "York"})])

    assert "Nothing was sent" in outcome.stopped
    assert vendor.changes == []


@pytest.mark.parametrize(
    ("there", "state"),
    [({}, "confirmed"), ({"first": "Ann"}, "needs_human"), (None, "confirmed")],
)
def test_a_record_without_a_mark_is_found_by_what_no_two_share(there: dict[str, str] | None, state: str) -> None:
    """Ours is what is as planned; another with the same value is for a person; where there is none it is made once more."""

    def is_lost(asked: Asked) -> bool:
        if asked.method != "POST" or len(vendor.changes) > 1:
            return False
        if there is None:
            vendor.records.pop("2")
        else:
            vendor.records["2"] |= there
        return True

    vendor = Vendor(is_lost=is_lost)
    with running(vendor) as run:
        outcome = run([created(given_name="Bo", email="bo@acme.example")])

    assert outcome.counts == {state: 1}
    assert len(vendor.changes) == (2 if there is None else 1)


def test_a_value_that_would_end_the_text_of_a_query_is_not_looked_for() -> None:
    """Nobody knows then whether the record was made; a person looks."""
    vendor = Vendor(is_lost=lambda asked: asked.method == "POST")
    with running(vendor) as run:
        outcome = run([created(email="o'hara@acme.example")])

    assert outcome.counts == {"needs_human": 1}


def test_what_a_job_made_and_nothing_can_archive_is_deleted() -> None:
    """It is gone then, which is what was planned."""
    vendor = Vendor()
    with running(vendor) as run:
        outcome = run([change("delete", {"state": "active"}, {"state": "archived"})])

    assert outcome.counts == {"confirmed": 1}
    assert vendor.records == {}


def test_a_change_that_names_a_version_is_looked_for_and_never_sent_again_by_its_key() -> None:
    """The second would name another version: to a system that knows keys it would be another request under one key."""
    writing = replace(
        CONTACTS, key_header="Idempotency-Key", key_hours=1.0, version=Version("city", condition_path="was"), whole=()
    )  # fmt: skip
    vendor = Vendor(is_lost=lambda asked: asked.method == "PATCH")
    with running(vendor, writing) as run:
        outcome = run([change("update", {"family_name": "Lee"}, {"family_name": "Ray"})])

    assert outcome.counts == {"confirmed": 1}
    assert len(vendor.changes) == 1
