"""Shopify, changed: one document for each kind of change, reasons within an answer of success, a tag to put aside."""

import re
from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.changes import Operation
from toolkit.connectors.shopify import CONNECTOR

PLACES = {"shop": "harbor"}
PATH = "/admin/api/2026-10/graphql.json"
COST = {"requestedQueryCost": 10, "throttleStatus": {"currentlyAvailable": 1990, "restoreRate": 100.0}}


def errors(code: str, message: str) -> Given:
    """Return an answer without data."""
    return Given({"errors": [{"message": message, "extensions": {"code": code}}], "extensions": {"cost": COST}})


class Shop:
    """A shop with one customer and one order; its search does not know yet what is new."""

    def __init__(self, *refusals: Given) -> None:
        self.refusals = list(refusals)
        self.customer: dict[str, Any] | None = {
            "legacyResourceId": "7", "firstName": "Ann", "lastName": "Lee", "tags": ["vip"],
            "defaultEmailAddress": {"emailAddress": "ann@acme.example"}, "defaultPhoneNumber": None,
            "defaultAddress": {"company": "Acme", "address1": "1 Main St", "phone": "+13125550100"},
        }  # fmt: skip
        self.order: dict[str, Any] = {"legacyResourceId": "450", "note": None, "customer": {"legacyResourceId": "7"}}

    def __call__(self, asked: Asked) -> Given:
        """Answer a document."""
        document, said = asked.json["query"], asked.json["variables"]
        if document.startswith("query"):
            kind = re.split(r"[{(]", document.partition("{")[2])[0]
            found = {"customer": self.customer, "order": self.order, "customers": {"nodes": []}}[kind]
            return Given({"data": {kind: found}, "extensions": {"cost": COST}})
        if self.refusals:
            return self.refusals.pop(0)
        name = re.split(r"[{(]", document.partition("){")[2])[0]
        return Given({"data": {name: {**self.taken(name, said), "userErrors": []}}, "extensions": {"cost": COST}})

    def taken(self, name: str, said: Any) -> dict[str, Any]:
        """Take a change, and return the record."""
        if name.startswith("tags"):
            assert self.customer is not None
            kept = [one for one in self.customer["tags"] if one not in said["tags"]]
            self.customer["tags"] = [*kept, *said["tags"]] if name == "tagsAdd" else kept
            return {"node": {"id": said["id"]}}
        if name == "orderCustomerSet":
            self.order["customer"] = {"legacyResourceId": said["customerId"].rpartition("/")[2]}
            return {"order": self.order}
        if name == "orderUpdate":
            self.order |= {one: said["input"][one] for one in ("note", "poNumber") if one in said["input"]}
            return {"order": self.order}
        there = self.customer if name == "customerUpdate" and self.customer else {"legacyResourceId": "99"}
        given = said["input"]
        there |= {one: given[one] for one in ("firstName", "lastName", "tags") if one in given}
        if "email" in given:
            there["defaultEmailAddress"] = given["email"] and {"emailAddress": given["email"]}
        if "addresses" in given:
            place = dict(given["addresses"])
            there["defaultAddress"] = {**place, "countryCodeV2": place.get("countryCode")}
        self.customer = there
        return {"customer": there}


def run(shop: Shop, *changes: Operation) -> tuple[dict[str, int], list[tuple[str, Any]], str]:
    """Return how a job ended, what each document did and with what, and the reason of its first change."""
    vendor = Vendor(shop)
    outcome = sent(CONNECTOR, vendor, changes, PLACES)
    done = [(body["query"].partition("){")[2].partition("(")[0], body["variables"]) for _, _, body in vendor.changes]
    assert {path for _, path, _ in (*vendor.changes, *vendor.reads)} == {PATH}
    return dict(outcome.counts), done, str(next(iter(outcome.steps.values())).reason)


NAMED = ({"name": "Ann Lee", "family_name": "Lee"}, {"name": "Ann Li", "family_name": "Li"})


def test_a_customer_is_changed_by_its_own_document() -> None:
    """Its whole name follows from its parts; its id stands within a text."""
    counts, done, _ = run(Shop(), changed("update", "customers", "7", *NAMED))

    assert counts == {"confirmed": 1}
    assert done == [("customerUpdate", {"input": {"id": "gid://shopify/Customer/7", "lastName": "Li"}})]


def test_an_address_is_said_of_a_new_customer_only() -> None:
    """A list of addresses that is sent takes away those that it does not hold."""
    new = created(
        "customers", name="Bo Ray", given_name="Bo", family_name="Ray", email="b@b.example", city="York", country="GB"
    )
    counts, [(name, said)], _ = run(Shop(), new)
    assert (counts, name) == ({"confirmed": 1}, "customerCreate")
    mark = said["input"].pop("tags")
    assert said == {
        "input": {
            "firstName": "Bo",
            "lastName": "Ray",
            "email": "b@b.example",
            "addresses": {"city": "York", "countryCode": "GB"},
        }
    }
    assert re.fullmatch("[0-9a-f]{32}", mark)

    counts, done, reason = run(Shop(), changed("update", "customers", "7", {"city": None}, {"city": "York"}))
    assert (counts, done) == ({"rejected": 1}, [])
    assert "Nothing says how to update city of customers: it is done by hand" in reason


@pytest.mark.parametrize(
    ("action", "name", "tags"), [("archive", "tagsAdd", ["vip", "archived"]), ("restore", "tagsRemove", ["vip"])]
)
def test_a_customer_is_put_aside_by_a_tag(action: Any, name: str, tags: list[str]) -> None:
    """Its other tags stay."""
    shop, (was, becomes) = Shop(), ("active", "archived") if action == "archive" else ("archived", "active")
    assert shop.customer is not None
    shop.customer["tags"] = ["vip"] if action == "archive" else ["vip", "archived"]
    counts, done, _ = run(shop, changed(action, "customers", "7", {"state": was}, {"state": becomes}))

    assert counts == {"confirmed": 1}
    assert done == [(name, {"id": "gid://shopify/Customer/7", "tags": ["archived"]})]
    assert shop.customer["tags"] == tags


def test_an_order_is_moved_to_the_customer_that_stays() -> None:
    """By a document of its own, and its note by another."""
    counts, done, _ = run(
        Shop(),
        changed("repoint", "orders", "450", {"party_ref": "7"}, {"party_ref": "8"}),
        changed("update", "orders", "450", {"description": None}, {"description": "Checked"}),
    )

    assert counts == {"confirmed": 2}
    assert sorted(done) == [
        ("orderCustomerSet", {"orderId": "gid://shopify/Order/450", "customerId": "gid://shopify/Customer/8"}),
        ("orderUpdate", {"input": {"id": "gid://shopify/Order/450", "note": "Checked"}}),
    ]


def test_reasons_within_an_answer_of_success_are_a_refusal() -> None:
    """With the vendor's own words."""
    said = {"customer": None, "userErrors": [{"field": ["email"], "message": "Email has already been taken"}]}
    counts, _, reason = run(Shop(Given({"data": {"customerUpdate": said}})), changed("update", "customers", "7", *NAMED))

    assert counts == {"rejected": 1}
    assert "it says: 'Email has already been taken'" in reason


def test_a_throttled_document_was_not_taken_and_is_sent_again() -> None:
    """So is what broke off within an answer of success, once the record was found to be as before."""
    shop = Shop(errors("THROTTLED", "Throttled"), errors("INTERNAL_SERVER_ERROR", "Internal error. Request ID: 1"))
    counts, done, _ = run(shop, changed("update", "customers", "7", *NAMED))

    assert (counts, len(done)) == ({"confirmed": 1}, 3)


def test_a_new_customer_whose_answer_was_lost_is_for_a_person() -> None:
    """The search may not know yet what is new: nothing is made a second time."""
    shop = Shop(errors("INTERNAL_SERVER_ERROR", "Internal error"))
    counts, done, reason = run(shop, created("customers", given_name="Bo", email="b@b.example"))

    assert (counts, len(done)) == ({"needs_human": 1}, 1)
    assert "nothing is found proves nothing" in reason
