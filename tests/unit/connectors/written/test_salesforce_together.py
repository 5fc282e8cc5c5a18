"""Salesforce, by the client's own settings: records made under an id of another system, and updates that go together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.changes import Operation
from toolkit.connector import Connector, with_external_id, with_updates_together
from toolkit.connectors.salesforce import CONNECTOR

HOME = "/services/data/v66.0"
PLACES = {"instance_url": "https://harbor.my.salesforce.com"}
SINCE = "2026-02-01T09:00:00.000+0000"
FIELD = "Audit_Key__c"
DOWN = Given([{"message": "down", "errorCode": "SERVER_UNAVAILABLE"}], 503)
NO_FIELD = Given(
    [{"message": f"Provided external ID field does not exist or is not accessible: {FIELD}", "errorCode": "NOT_FOUND"}], 404
)


def told(*, has_field: bool = False, together: bool = False) -> Connector:
    """Return the connector as the settings of a client complete it."""
    streams = []
    for one in CONNECTOR.streams:
        writing = one.writing
        if writing is not None and writing.upsert is not None and has_field:
            writing = with_external_id(writing, FIELD)
        if writing is not None and together:
            writing = with_updates_together(writing)
        streams.append(replace(one, writing=writing))
    return replace(CONNECTOR, streams=tuple(streams))


class Org:
    """Accounts by id; ``refusals`` are answered first to what changes something, ``is_lost`` loses one answer behind it.

    In a request of several, an account whose new name is ``poison`` is refused; with ``is_strict`` the whole request is.
    """

    def __init__(self, *refusals: Given, is_lost: bool = False, is_strict: bool = False, count: int = 0) -> None:
        self.refusals = list(refusals)
        self.is_lost, self.is_strict = is_lost, is_strict
        self.rows: dict[str, dict[str, Any]] = {
            f"001{number:05}": {"Id": f"001{number:05}", "Name": f"Acme {number}", "LastModifiedDate": SINCE}
            for number in range(count)
        }

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        parts = asked.path.removeprefix(HOME).strip("/").split("/")
        if parts[0] == "query":
            key = asked.query["q"].split("'")[1]
            found = [row for row in self.rows.values() if row.get(FIELD) == key]
            return Given({"totalSize": len(found), "done": True, "records": found})
        if asked.method == "GET":
            return Given(self.rows[parts[2]])
        if self.refusals:
            return self.refusals.pop(0)
        if parts == ["composite", "sobjects"]:
            return self.together(asked.json["records"])
        answer = self.upserted(parts[3], asked.json) if len(parts) == 4 else self.alone(parts[2], asked.json)
        if self.is_lost:
            self.is_lost = False
            return Given(answer.body, cut=3)
        return answer

    def alone(self, record_id: str, fields: Any) -> Given:
        """Change one record."""
        if fields.get("Name") == "poison":
            return Given([{"message": "no such name", "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "fields": []}], 400)
        self.rows[record_id] |= fields
        return Given(b"", 204)

    def upserted(self, key: str, fields: Any) -> Given:
        """Make a record under an id of another system, or change the one that has it."""
        alike = [row for row in self.rows.values() if row.get(FIELD) == key]
        if len(alike) > 1:
            return Given([f"{HOME}/sobjects/Account/{row['Id']}" for row in alike], 300)
        if alike:
            alike[0] |= fields
            return Given({"id": alike[0]["Id"], "success": True, "errors": [], "created": False})
        record_id = f"001NEW{len(self.rows):02}"
        self.rows[record_id] = {"Id": record_id, FIELD: key, "LastModifiedDate": SINCE, **fields}
        return Given({"id": record_id, "success": True, "errors": [], "created": True}, 201)

    def together(self, records: Sequence[Any]) -> Given:
        """Change several; a result for each, in their order, and one that was refused names no id."""
        if self.is_strict and any(one.get("Name") == "poison" for one in records):
            return Given([{"message": "malformed", "errorCode": "JSON_PARSER_ERROR"}], 400)
        results: list[Any] = []
        for one in records:
            if one.get("Name") == "poison":
                error = {"statusCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "no such name", "fields": []}
                results.append({"success": False, "errors": [error]})
                continue
            self.rows[one["id"]] |= {name: value for name, value in one.items() if name not in {"id", "attributes"}}
            results.append({"id": one["id"], "success": True, "errors": []})
        return Given(results)


def made(org: Org) -> tuple[dict[str, int], Vendor, str]:
    """Return how the making of an account ended, what was sent, and what was said."""
    vendor = Vendor(org)
    outcome = sent(told(has_field=True), vendor, [created("accounts", name="Bo's", company_name="Bo's")], PLACES)
    return dict(outcome.counts), vendor, str(next(iter(outcome.steps.values())).reason)


def test_an_account_is_made_under_the_key_of_its_change() -> None:
    """The key stands in the address alone: the vendor refuses it in the body."""
    counts, vendor, _ = made(Org())

    assert counts == {"confirmed": 1}
    [(method, path, body)] = vendor.changes
    assert (method, body) == ("PATCH", {"Name": "Bo's"})
    assert path.startswith(f"{HOME}/sobjects/Account/{FIELD}/")
    assert len(path.rpartition("/")[2]) == 32


def test_an_account_whose_answer_was_lost_is_found_by_its_key() -> None:
    """It is made once, and no person has to look."""
    org = Org(is_lost=True)
    counts, vendor, reason = made(org)

    assert (counts, len(org.rows), len(vendor.changes), reason) == ({"confirmed": 1}, 1, 1, "It was found done.")


def test_an_account_that_was_not_made_is_sent_again_under_the_same_key() -> None:
    """Were the first one to come late, it would be the same record."""
    org = Org(DOWN)
    counts, vendor, _ = made(org)

    assert (counts, len(org.rows)) == ({"confirmed": 1}, 1)
    assert len({path for _, path, _ in vendor.changes}) == 1
    assert len(vendor.changes) == 2


def test_a_field_that_the_client_has_not_is_said_and_is_no_record_that_is_gone() -> None:
    """With the vendor's own words."""
    counts, _, reason = made(Org(NO_FIELD))

    assert counts == {"rejected": 1}
    assert "external ID field does not exist" in reason


def test_a_key_that_several_records_have_is_for_a_person() -> None:
    """The vendor answers with a list of them, which is no other address to go to."""
    counts, vendor, reason = made(Org(Given([f"{HOME}/sobjects/Account/1", f"{HOME}/sobjects/Account/2"], 300)))

    assert (counts, len(vendor.changes)) == ({"rejected": 1}, 1)
    assert "several records under this id" in reason


def test_lists_that_are_not_made_have_no_such_field() -> None:
    """Opportunities are changed only."""
    [writing] = [one.writing for one in CONNECTOR.streams if one.name == "opportunities"]
    assert writing is not None
    with pytest.raises(ValueError, match="not made under an id"):
        with_external_id(writing, FIELD)


def renamed(names: Sequence[str]) -> list[Operation]:
    """Return changes of names, each of another account."""
    return [
        changed(
            "update", "accounts", f"001{number:05}", {"name": f"Acme {number}", "company_name": f"Acme {number}"},
            {"name": name, "company_name": name},
        )
        for number, name in enumerate(names)
    ]  # fmt: skip


def run(org: Org, changes: Sequence[Operation], *, together: bool = True) -> tuple[dict[str, int], Vendor, list[str]]:
    """Return how updates ended, what was sent, and what was said of any of them."""
    vendor = Vendor(org)
    outcome = sent(told(together=together), vendor, changes, PLACES)
    return dict(outcome.counts), vendor, [one.reason for one in outcome.steps.values() if one.reason]


def test_updates_go_one_by_one_under_their_condition_where_nobody_said_otherwise() -> None:
    """An entry among others cannot name the version that it means."""
    counts, vendor, _ = run(Org(count=3), renamed(["A", "B", "C"]), together=False)

    assert (counts, len(vendor.changes)) == ({"confirmed": 3}, 3)
    assert all("if-unmodified-since" in one for one in vendor.headers)


def test_updates_go_together_where_the_settings_say_so() -> None:
    """At most 200 in a request, each for itself: one that is refused takes no other with it."""
    counts, vendor, said = run(Org(count=250), renamed([f"New {number}" for number in range(250)]))

    assert (counts, said) == ({"confirmed": 250}, [])
    assert [(method, path, len(body["records"])) for method, path, body in vendor.changes] == [
        ("PATCH", f"{HOME}/composite/sobjects", 200),
        ("PATCH", f"{HOME}/composite/sobjects", 50),
    ]
    body = vendor.changes[1][2]
    assert body["allOrNone"] is False
    assert body["records"][0] == {"attributes": {"type": "Account"}, "id": "00100200", "Name": "New 200"}


def test_f25_a_result_that_names_no_record_is_looked_for_and_refused_alone() -> None:
    """The others are done; the reason is the vendor's."""
    org = Org(count=4)
    counts, vendor, reasons = run(org, renamed(["A", "poison", "C", "D"]))

    assert counts == {"confirmed": 3, "rejected": 1}
    assert [path.rpartition("/")[2] for _, path, _ in vendor.changes] == ["sobjects", "00100001"]
    assert "no such name" in reasons[0]
    assert org.rows["00100001"]["Name"] == "Acme 1"


def test_f26_a_request_that_is_refused_as_a_whole_is_halved_until_one_is_alone() -> None:
    """Each of the others is done once."""
    counts, vendor, reasons = run(Org(count=4, is_strict=True), renamed(["A", "poison", "C", "D"]))

    assert counts == {"confirmed": 3, "rejected": 1}
    assert [len(body["records"]) for _, _, body in vendor.changes] == [4, 2, 1, 1, 2]
    assert "malformed" in reasons[0]
