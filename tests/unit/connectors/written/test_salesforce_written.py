"""Salesforce, changed: rows of objects under the condition of their last change, and nothing deleted that others hang on."""

from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.connectors.salesforce import CONNECTOR

HOME = "/services/data/v66.0"
SINCE = "2026-02-01T09:00:00.000+0000"
ACCOUNT, CONTACT = "0015g00000AbCdEAAV", "0035g00000FgHiJAAX"


class Org:
    """An organisation with an account and a contact of it."""

    def __init__(self, *refusals: Given, children: tuple[str, ...] = ()) -> None:
        self.refusals = list(refusals)
        self.children = children
        self.asked: list[str] = []
        self.rows: dict[str, dict[str, Any]] = {
            ACCOUNT: {"Id": ACCOUNT, "Name": "Acme", "BillingCity": "Leeds", "LastModifiedDate": SINCE},
            CONTACT: {"Id": CONTACT, "FirstName": "Ann", "LastName": "Lee", "AccountId": ACCOUNT, "LastModifiedDate": SINCE},
        }  # fmt: skip

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        parts = asked.path.removeprefix(HOME).strip("/").split("/")
        if parts == ["query"]:
            self.asked.append(asked.query["q"])
            kind = asked.query["q"].split()[3]
            found = [{"Id": "500"}] if kind in self.children else []
            if kind == "Case":
                return Given([{"message": "sObject type 'Case' is not supported.", "errorCode": "INVALID_TYPE"}], 400)
            return Given({"totalSize": len(found), "done": True, "records": found})
        if asked.method == "GET":
            row = self.rows.get(parts[2])
            gone = [{"message": "entity is deleted", "errorCode": "ENTITY_IS_DELETED"}]
            return Given(row) if row is not None else Given(gone, 404)
        return self.refusals.pop(0) if self.refusals else self._changed(asked, parts)

    def _changed(self, asked: Asked, parts: list[str]) -> Given:
        if asked.method == "POST":
            self.rows["001NEW"] = {"Id": "001NEW", "LastModifiedDate": "2026-02-02T09:00:00.000+0000", **asked.json}
            return Given({"id": "001NEW", "success": True, "errors": []}, 201)
        if asked.method == "DELETE":
            self.rows.pop(parts[2])
        else:
            self.rows[parts[2]] |= asked.json
        return Given(b"", 204)


def run(org: Org, *changes: Any) -> tuple[dict[str, int], Vendor, str]:
    """Return how a job ended, what it sent, and the reason of its first change."""
    vendor = Vendor(org)
    outcome = sent(CONNECTOR, vendor, changes, {"instance_url": "https://harbor.my.salesforce.com"})
    return dict(outcome.counts), vendor, str(next(iter(outcome.steps.values())).reason)


def test_a_row_is_patched_if_nobody_has_changed_it_since_it_was_read() -> None:
    """An empty field is null; the moment is written as the protocol writes one."""
    before = {"name": "Acme", "company_name": "Acme", "city": "Leeds"}
    after = {"name": "Acme Ltd", "company_name": "Acme Ltd", "city": None}
    counts, vendor, _ = run(Org(), changed("update", "accounts", ACCOUNT, before, after))

    assert counts == {"confirmed": 1}
    path = f"{HOME}/sobjects/Account/{ACCOUNT}"
    assert vendor.changes == [("PATCH", path, {"Name": "Acme Ltd", "BillingCity": None})]
    assert vendor.headers[0]["if-unmodified-since"] == "Sun, 01 Feb 2026 09:00:00 GMT"


def test_a_contact_is_moved_to_another_account() -> None:
    """Its account is a field like others."""
    move = changed("repoint", "contacts", CONTACT, {"parent_ref": ACCOUNT}, {"parent_ref": "0015g00000ZzZzZAAV"})
    counts, vendor, _ = run(Org(), move)

    assert counts == {"confirmed": 1}
    assert vendor.changes[0][2] == {"AccountId": "0015g00000ZzZzZAAV"}


def test_an_account_is_made_and_its_answer_names_it() -> None:
    """An answer that was lost is for a person: nothing names what was made."""
    counts, vendor, _ = run(Org(), created("accounts", name="Bo's", company_name="Bo's"))
    lost, again, _ = run(
        Org(Given([{"message": "down", "errorCode": "SERVER_UNAVAILABLE"}], 503)), created("accounts", name="X")
    )

    assert (counts, lost) == ({"confirmed": 1}, {"needs_human": 1})
    assert vendor.changes == [("POST", f"{HOME}/sobjects/Account", {"Name": "Bo's"})]
    assert len(again.changes) == 1


@pytest.mark.parametrize(
    ("children", "state"), [((), "confirmed"), (("Contact",), "rejected"), (("Opportunity",), "rejected")]
)
def test_f52_an_account_that_would_take_others_along_is_not_deleted(children: tuple[str, ...], state: str) -> None:
    """What the client has no list of hangs on nothing."""
    org = Org(children=children)
    counts, vendor, reason = run(
        org, changed("archive", "accounts", ACCOUNT, {"state": "active"}, {"state": "archived"})
    )  # fmt: skip

    assert counts == {state: 1}
    assert bool(vendor.changes) is (state == "confirmed")
    assert f"SELECT Id FROM Contact WHERE AccountId = '{ACCOUNT}' LIMIT 1" in org.asked
    assert state == "confirmed" or "would be deleted with it" in reason


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [(412, "PRECONDITION_FAILED", "conflict"), (400, "DUPLICATES_DETECTED", "rejected"), (400, "UNABLE_TO_LOCK_ROW", "ok")],
)
def test_what_salesforce_refuses_says_why(status: int, code: str, state: str) -> None:
    """A row that somebody else holds for a moment is asked for again."""
    refusal = Given([{"message": "no, not this one", "errorCode": code, "fields": []}], status)
    counts, _, reason = run(Org(refusal), changed("update", "accounts", ACCOUNT, {"city": "Leeds"}, {"city": "York"}))

    assert counts == {"confirmed" if state == "ok" else state: 1}
    assert state == "ok" or "no, not this one" in reason
