"""Stripe, changed: web forms under a key, a customer put aside by a mark in its metadata, never one with a subscription."""

from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.changes import Evidence, Operation, operation
from toolkit.changes.operation import field_hash
from toolkit.connectors.stripe import CONNECTOR
from toolkit.rest.forms import form_json
from toolkit.rest.places import text_at, with_value_at


def fault(status: int, message: str, **more: str) -> Given:
    """Return an answer that says what is wrong, as Stripe does."""
    return Given({"error": {"type": "invalid_request_error", "message": message, **more}}, status)


class Account:
    """An account with one customer, one charge and one product; an empty text empties what it is sent for."""

    def __init__(self, *refusals: Given, **customer: Any) -> None:
        self.refusals = list(refusals)
        self.held: dict[str, dict[str, Any]] = {
            "customers/cus_1": {
                "name": None, "description": "Acme", "email": "a@acme.example", "phone": "312 555 0100", "metadata": {},
                "address": {"line1": "1 Main St", "line2": "Floor 2", "city": "Leeds"}, "subscriptions": {"data": []},
                **customer,
            },
            "charges/ch_1": {"metadata": {}},
            "products/prod_1": {"name": "Deck", "active": True, "metadata": {}, "default_price": {"lookup_key": "deck"}},
        }  # fmt: skip
        self.keys: dict[str, Given] = {}

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        path = asked.path.removeprefix("/v1/")
        if asked.method == "GET":
            return (
                Given({"id": path.split("/")[1], **self.held[path]}) if path in self.held else fault(404, "No such customer")
            )
        key = asked.headers["idempotency-key"]
        if key in self.keys:
            return self.keys[key]
        if self.refusals:
            return self.refusals.pop(0)
        if path == "customers":
            path = "customers/cus_9"
        there = self.held.setdefault(path, {"metadata": {}, "address": {}, "subscriptions": {"data": []}})
        for name, value in flat(form_json(asked.body)):
            text = value or None
            is_flag = text in {"true", "false"} and not name.startswith("metadata")
            there = with_value_at(there, name, text == "true" if is_flag else text)
        self.held[path] = there
        self.keys[key] = Given({"id": path.split("/")[1], **there})
        return self.keys[key]


def flat(body: Any, name: str = "") -> list[tuple[str, str]]:
    """Return the fields of a form by the paths of their places."""
    if not isinstance(body, dict):
        return [(name, body)]
    return [one for part, inner in body.items() for one in flat(inner, f"{name}.{part}".strip("."))]


def run(account: Account, *changes: Operation) -> tuple[dict[str, int], Vendor, str]:
    """Return how a job ended, what it sent, and the reason of its first change."""
    vendor = Vendor(account)
    outcome = sent(CONNECTOR, vendor, changes)
    return dict(outcome.counts), vendor, str(next(iter(outcome.steps.values())).reason)


def archive(action: Any = "archive", stays: str | None = "sys/customers/cus_7") -> Operation:
    before, after = ("active", "archived") if action == "archive" else ("archived", "active")
    return operation(
        action, "sys", "customers", target_id="cus_1", before={"state": before}, after={"state": after},
        precondition=field_hash({"state": before}), evidence=Evidence(from_key=stays),
    )  # fmt: skip


def test_a_customer_is_changed_by_a_form_under_a_key() -> None:
    """A street that stands in two lines is written to one, and the other is emptied; what is empty is an empty text."""
    before = {"street": "1 Main St, Floor 2", "phone": "312 555 0100", "name": "Acme"}
    after = {"street": "2 Oak Rd", "phone": None, "name": "Acme Ltd"}
    counts, vendor, _ = run(Account(), changed("update", "customers", "cus_1", before, after))

    assert counts == {"confirmed": 1}
    body = {"name": "Acme Ltd", "phone": "", "address": {"line1": "2 Oak Rd", "line2": ""}}
    assert vendor.changes == [("POST", "/v1/customers/cus_1", body)]
    assert vendor.headers[0]["idempotency-key"]
    assert vendor.headers[0]["stripe-version"] == "2026-10-28.endive"


def test_a_new_customer_carries_our_mark() -> None:
    """It is found again by it after the day for which a key is known."""
    counts, vendor, _ = run(Account(), created("customers", name="Birch", email="b@birch.example"))

    assert counts == {"confirmed": 1}
    [(_, path, body)] = vendor.changes
    mark = body.pop("metadata")["integration_mark"]
    assert (path, body) == ("/v1/customers", {"name": "Birch", "email": "b@birch.example"})
    assert vendor.headers[0]["idempotency-key"] == mark


def test_a_customer_is_put_aside_by_its_metadata_and_taken_back() -> None:
    """With the customer that stays; nothing is ever deleted."""
    account = Account()
    counts, vendor, _ = run(account, archive())
    assert counts == {"confirmed": 1}
    assert vendor.changes[0][2] == {"metadata": {"archived": "true", "merged_into": "cus_7"}}

    counts, vendor, _ = run(account, archive("restore"))
    assert counts == {"confirmed": 1}
    assert vendor.changes == [("POST", "/v1/customers/cus_1", {"metadata": {"archived": "", "merged_into": ""}})]
    assert {call.method for one in CONNECTOR.streams if one.writing for call in one.writing.calls()} == {"POST"}


def test_a_customer_with_a_subscription_is_left_as_it_is() -> None:
    """A subscription does not move to the customer that stays."""
    counts, vendor, reason = run(Account(subscriptions={"data": [{"id": "sub_1"}]}), archive())

    assert (counts, vendor.changes) == ({"rejected": 1}, [])
    assert reason.startswith("The customer has a subscription")


def test_of_payments_and_products_only_what_moves_no_money_is_changed() -> None:
    """What a payment says of its deal; a product's name, and whether it is sold."""
    counts, vendor, _ = run(
        Account(),
        changed("update", "payments", "ch_1", {"deal_ref": None}, {"deal_ref": "77"}),
        changed(
            "update", "products", "prod_1", {"code": "deck", "is_active": "true"}, {"code": "D-1", "is_active": "false"}
        ),
    )

    assert counts == {"confirmed": 2}
    assert [one[1:] for one in vendor.changes] == [
        ("/v1/charges/ch_1", {"metadata": {"deal_id": "77"}}),
        ("/v1/products/prod_1", {"metadata": {"sku": "D-1"}, "active": "false"}),
    ]


@pytest.mark.parametrize(
    ("answer", "state", "word"),
    [
        (fault(400, "Invalid email address: acme", param="email"), "rejected", "Invalid email address"),
        (fault(404, "No such customer: 'cus_1'", code="resource_missing"), "conflict", "The record is gone"),
        (fault(500, "Something went wrong"), "uncertain", "may have taken the change all the same"),
    ],
)
def test_what_a_refusal_means_is_said_with_the_vendors_reason(answer: Given, state: str, word: str) -> None:
    """And what nobody knows is sent again under its key."""
    change = changed("update", "customers", "cus_1", {"email": "a@acme.example"}, {"email": "acme"})
    counts, _, reason = run(Account(*[answer] * 9), change)

    assert counts == {state: 1}
    assert word in reason


def test_a_change_that_is_on_its_way_is_waited_for() -> None:
    """The same key twice at a time is refused, and taken the next time: it is no conflict."""
    busy = fault(409, "There is currently another in-progress request using this key", code="idempotency_key_in_use")
    change = changed("update", "customers", "cus_1", {"email": "a@acme.example"}, {"email": "b@acme.example"})
    counts, vendor, _ = run(Account(busy), change)

    assert counts == {"confirmed": 1}
    assert len({one["idempotency-key"] for one in vendor.headers}) == 1
    assert text_at(vendor.changes[-1][2], "email") == "b@acme.example"
