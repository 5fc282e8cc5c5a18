"""Stripe, asked: lists from the newest on, amounts in the smallest unit, lines behind the first ten, deleted customers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.vendor_pulls import KEY, held, lines_of, pulled


def charge(number: int, amount: int, currency: str = "usd", **more: Any) -> dict[str, Any]:
    return {
        "id": f"ch_{number}", "object": "charge", "amount": amount, "amount_captured": amount, "amount_refunded": 0,
        "balance_transaction": {"id": f"txn_{number}", "fee": 59, "currency": currency}, "captured": True,
        "billing_details": {"name": "Jenny Rosen", "email": None}, "created": 1769601600, "currency": currency,
        "customer": "cus_1", "description": "Deck", "statement_descriptor": None, "metadata": {}, "paid": True,
        "payment_intent": f"pi_{number}", "payment_method_details": {"card": {"brand": "visa"}, "type": "card"},
        "receipt_email": None, "status": "succeeded", **more,
    }  # fmt: skip


def lines(number: int, *amounts: int) -> list[dict[str, Any]]:
    return [
        {"id": f"il_{number}_{place}", "amount": amount, "description": f"Part {place}", "quantity": 1}
        for place, amount in enumerate(amounts)
    ]


def invoice(number: int, *amounts: int, shown: int = 10, **more: Any) -> dict[str, Any]:
    every = lines(number, *amounts)
    return {
        "id": f"in_{number}", "object": "invoice", "number": f"A-{number}", "customer": "cus_1", "customer_name": "Ann",
        "currency": "usd", "total": sum(amounts), "total_excluding_tax": None, "amount_paid": 0, "status": "open",
        "created": 1769601600, "due_date": 1772280000, "metadata": {}, "description": None,
        "status_transitions": {"finalized_at": None, "paid_at": None},
        "lines": {"object": "list", "data": every[:shown], "has_more": len(every) > shown, "url": ""}, **more,
    }  # fmt: skip


@dataclass
class Stripe:
    """An account; lists two to a page, the newest first."""

    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refusals: dict[str, list[Given]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Given:
        assert asked.method == "GET"
        assert asked.headers["stripe-version"] == "2026-10-28.endive"
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return Given({"error": {"message": "Invalid API Key provided", "type": "invalid_request_error"}}, 401)
        parts = asked.path.removeprefix("/v1/").split("/")
        if self.refusals.get(parts[0]):
            return self.refusals[parts[0]].pop(0)
        if parts == ["account"]:
            return Given({"id": "acct_1", "object": "account", "settings": {"dashboard": {"display_name": "Harbor"}}})
        rows = self.lines[parts[1]] if len(parts) == 3 else self.objects.get(parts[0], [])
        assert asked.query["limit"] == "100"
        keys = [one["id"] for one in rows]
        start = keys.index(asked.query["starting_after"]) + 1 if "starting_after" in asked.query else 0
        return Given({"object": "list", "data": rows[start : start + 2], "has_more": start + 2 < len(rows), "url": ""})


@pytest.fixture
def account() -> Stripe:
    """Return an account with all that is odd about Stripe."""
    return Stripe(
        {
            "customers": [
                {"id": "cus_1", "object": "customer", "name": "Ann", "email": "ann@example.com", "created": 1769601600,
                 "address": {"line1": "1 Main St", "city": "Reno"}},
                {"id": "cus_2", "object": "customer", "name": None, "email": "bo@example.com", "created": 1769601600},
            ],
            "events": [
                {"id": "evt_1", "type": "customer.deleted", "data": {"object": {"id": "cus_2", "object": "customer"}}}
            ],
            "charges": [
                charge(5, 1050), charge(4, 1050, "jpy"), charge(3, 10500, "kwd"), charge(2, 105000, "isk"),
                charge(1, 2000, amount_refunded=500), charge(0, 900, status="failed"), charge(9, 900, captured=False),
            ],
            "refunds": [
                {"id": "re_2", "object": "refund", "amount": 900, "currency": "usd", "created": 1769601600,
                 "status": "failed", "charge": charge(5, 1050)},
                {"id": "re_1", "object": "refund", "amount": 500, "currency": "usd", "created": 1769601600,
                 "reason": "requested_by_customer", "destination_details": {"type": "card"}, "status": "succeeded",
                 "charge": charge(1, 2000, metadata={"invoice_number": "A-1"})},
            ],
            "payouts": [
                {"id": "po_1", "object": "payout", "amount": 9100, "currency": "usd", "created": 1769601600,
                 "arrival_date": 1769774400, "description": "STRIPE PAYOUT", "status": "paid", "type": "bank_account"},
                {"id": "po_2", "object": "payout", "amount": -300, "currency": "usd", "created": 1769601600,
                 "arrival_date": 1769774400, "status": "paid", "type": "bank_account"},
                {"id": "po_3", "object": "payout", "amount": 100, "currency": "usd", "created": 1769601600,
                 "arrival_date": 1769774400, "status": "canceled", "type": "bank_account"},
            ],
            "invoices": [invoice(2, 100, 200, 300, shown=1), invoice(1, 5000)],
            "products": [
                {"id": "prod_1", "name": "T-shirt", "active": False, "created": 1769601600, "updated": 1769601600,
                 "default_price": {"id": "price_1", "unit_amount": 2000, "currency": "usd"}, "metadata": {"sku": "TS"}},
            ],
        },
        {"in_2": lines(2, 100, 200, 300)},
    )  # fmt: skip


@pytest.fixture
def address(account: Stripe, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the account."""
    monkeypatch.setenv("HARBOR_KEY", KEY)
    with served(account) as server:
        yield f"{server.url}/v1"


def test_amounts_are_read_by_what_the_currency_counts_in(address: str, tmp_path: Path) -> None:
    """Ten dollars fifty, 1,050 yen, ten and a half dinars, and crowns that Stripe alone counts in hundredths."""
    found = pulled(tmp_path, "stripe", address)

    charges = held(tmp_path, "payments")
    assert found.missing == ()
    assert {key: (one["amount_minor"], one["currency"]) for key, one in charges.items()} == {
        "ch_5": (1050, "USD"), "ch_4": (1050, "JPY"), "ch_3": (10500, "KWD"), "ch_2": (1050, "ISK"), "ch_1": (2000, "USD"),
    }  # fmt: skip
    assert (charges["ch_1"]["paid_minor"], charges["ch_5"]["fee_minor"]) == (1500, 59)
    assert charges["ch_5"]["alt_ids"] == ["pi_5"]
    assert f"{charges['ch_5']['paid_at']:%Y-%m-%d %H:%M}" == "2026-01-28 12:00"


def test_money_that_did_not_move_is_put_aside(address: str, tmp_path: Path) -> None:
    """What failed, and what was authorised and not taken."""
    pulled(tmp_path, "stripe", address)

    assert not {"ch_0", "ch_9"} & set(held(tmp_path, "payments"))


def test_a_refund_is_a_payment_below_nought(address: str, tmp_path: Path) -> None:
    """It is the customer's of its charge, and names that charge and its invoice; one that failed moved no money."""
    pulled(tmp_path, "stripe", address)

    [(key, one)] = held(tmp_path, "refunds").items()
    assert (key, one["amount_minor"], one["currency"], one["party_ref"]) == ("re_1", -500, "USD", "cus_1")
    assert (one["party_name"], one["reference"], one["invoice_ref"]) == ("Jenny Rosen", "ch_1", "A-1")
    assert held(tmp_path, "payments")["ch_1"]["amount_minor"] == 2000


def test_a_payout_leaves_the_balance(address: str, tmp_path: Path) -> None:
    """On the day on which it arrives; one below nought came in from the bank; one that was called off is none."""
    pulled(tmp_path, "stripe", address)

    payouts = held(tmp_path, "payouts")
    assert {key: (one["amount_minor"], f"{one['posted_on']}", one["account"]) for key, one in payouts.items()} == {
        "po_1": (-9100, "2026-01-30", "Stripe"), "po_2": (300, "2026-01-30", "Stripe"),
    }  # fmt: skip


def test_no_line_of_a_long_invoice_is_lost(address: str, tmp_path: Path) -> None:
    """The lines that do not stand in the invoice come from their own list."""
    pulled(tmp_path, "stripe", address)

    assert [one["amount_minor"] for one in lines_of(tmp_path, "invoices", "in_2")] == [100, 200, 300]
    assert [one["description"] for one in lines_of(tmp_path, "invoices", "in_1")] == ["Part 0"]
    assert held(tmp_path, "invoices")["in_2"]["amount_minor"] == 600


def test_a_deleted_customer_is_told_by_its_event(account: Stripe, address: str, tmp_path: Path) -> None:
    """Lists have it no more; without an event it would only be absent."""
    account.objects["events"], events = [], account.objects["events"]
    pulled(tmp_path, "stripe", address)
    account.objects["events"] = events
    account.objects["customers"].pop()
    pulled(tmp_path, "stripe", address)

    customers = held(tmp_path, "customers")
    assert {key: one["state"] for key, one in customers.items()} == {"cus_1": "active", "cus_2": "deleted"}
    assert held(tmp_path, "products")["prod_1"]["price_minor"] == 2000


def test_a_key_without_a_right_says_which(account: Stripe, address: str, tmp_path: Path) -> None:
    """The stream is missing and named; events and the account may be closed without harm; all else is pulled."""
    refused = Given({"error": {"message": "The provided key does not have the required permissions."}}, 403)
    account.refusals = {"invoices": [refused], "events": [refused], "account": [refused]}
    found = pulled(tmp_path, "stripe", address)

    [missing] = found.missing
    assert "sys/invoices" in missing
    assert "rak_invoice_read" in missing
    assert len(held(tmp_path, "customers")) == 2


def test_trouble_and_haste_pass(account: Stripe, address: str, tmp_path: Path) -> None:
    """Both are repeated."""
    account.refusals = {
        "charges": [Given({"error": {"code": "rate_limit", "message": "Too many requests"}}, 429), Given({}, 503)]
    }

    assert pulled(tmp_path, "stripe", address).missing == ()
