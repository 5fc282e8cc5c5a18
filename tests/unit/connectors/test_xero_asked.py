"""Xero, asked: organisations, pages with their count, days as milliseconds, what was archived, merged, voided, deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.vendor_pulls import KEY, held, lines_of, pulled

OPEN = {"way": "bearer", "token": "env:HARBOR_KEY"}
PINE = {"id": "c1", "tenantId": "7f1", "tenantType": "ORGANISATION", "tenantName": "Harbor Pine"}
OAK = {"id": "c2", "tenantId": "9c2", "tenantType": "ORGANISATION", "tenantName": "Harbor Oak"}
_KEYS = {"Contacts": "ContactID", "Invoices": "InvoiceID", "CreditNotes": "CreditNoteID", "Payments": "PaymentID",
         "BankTransactions": "BankTransactionID"}  # fmt: skip


def ms(year: int, month: int, day: int, hour: int = 0) -> str:
    return f"/Date({int(datetime(year, month, day, hour, tzinfo=UTC).timestamp() * 1000)}+0000)/"


def invoice(key: str, number: str, kind: str = "ACCREC", status: str = "AUTHORISED", **more: Any) -> dict[str, Any]:
    return {
        "InvoiceID": key, "Type": kind, "InvoiceNumber": number, "Contact": {"ContactID": "k1", "Name": "Ridgeway"},
        "Date": ms(2026, 1, 20), "DateString": "2026-01-20T00:00:00", "DueDateString": "2026-02-19T00:00:00",
        "Status": status, "SubTotal": 40.00, "TotalTax": 8.00, "Total": 48.00, "AmountDue": 8.0, "AmountPaid": 40.00,
        "CurrencyCode": "GBP", "UpdatedDateUTC": ms(2026, 10, 1, 9),
        "LineItems": [
            {"ItemCode": "A", "Description": "Hours", "Quantity": 2.5, "LineAmount": 25.0, "AccountCode": "200"},
            {"Description": "Travel", "Quantity": 1.0, "LineAmount": 15.0, "AccountCode": "493"},
        ],
        **more,
    }  # fmt: skip


@dataclass
class Xero:
    """Organisations; two records to a page, as many as that gives."""

    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tenants: list[dict[str, Any]] = field(default_factory=lambda: [PINE])
    refusals: list[Given] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Given:
        self.asked.append(asked)
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return Given({"Title": "Unauthorized", "Status": 401, "Detail": "TokenExpired"}, 401)
        if asked.path == "/Connections":
            return Given(self.tenants)
        if self.refusals:
            return self.refusals.pop(0)
        if asked.headers["xero-tenant-id"] not in {one["tenantId"] for one in self.tenants}:
            return Given({"Title": "Forbidden", "Status": 403, "Detail": "AuthenticationUnsuccessful"}, 403)
        return self._listed(asked, asked.path.removeprefix("/api.xro/2.0/"))

    def _listed(self, asked: Asked, name: str) -> Given:
        rows = self.objects.get(name, [])
        if where := asked.query.get("where"):
            rows = [one for one in rows if where == f'Type=="{one["Type"]}"']
        if name == "Contacts":
            assert asked.query["includeArchived"] == "true"
        if since := asked.headers.get("if-modified-since"):
            assert datetime.fromisoformat(since).tzinfo is None
            rows = [one for one in rows if moved(one) >= datetime.fromisoformat(since).replace(tzinfo=UTC)]
            if not rows:
                return Given(b"", 304)
        if name not in {*_KEYS, "Quotes"}:
            return Given({"Status": "OK", name: rows})
        page = int(asked.query["page"])
        shown = rows[(page - 1) * 2 : page * 2]
        if name == "Quotes":
            return Given({"Status": "OK", name: shown})
        assert asked.query["order"] == _KEYS[name]
        about = {"page": page, "pageSize": 2, "pageCount": max(1, -(-len(rows) // 2)), "itemCount": len(rows)}
        return Given({"Status": "OK", "pagination": about, name: shown})


def moved(one: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(one["UpdatedDateUTC"][6:19]) / 1000, UTC)


@pytest.fixture
def ledger() -> Xero:
    """Return an organisation with some of everything."""
    contact = {"ContactStatus": "ACTIVE", "UpdatedDateUTC": ms(2026, 10, 1, 9)}
    return Xero(
        {
            "Contacts": [
                {"ContactID": "k1", "Name": "Ridgeway", "AccountNumber": "R-1", "EmailAddress": "r@example.co.uk", **contact,
                 "Phones": [{"PhoneType": "MOBILE", "PhoneCountryCode": "44", "PhoneAreaCode": "7700", "PhoneNumber": "900"},
                            {"PhoneType": "DEFAULT", "PhoneNumber": "020 7946"}],
                 "Addresses": [{"AddressType": "STREET", "City": "Leeds"},
                               {"AddressType": "POBOX", "AddressLine1": "1 High St", "City": "York"}]},
                {"ContactID": "k2", "Name": "Old Ridge", **contact, "ContactStatus": "ARCHIVED", "MergedToContactID": "k1"},
                {"ContactID": "k3", "Name": "Bo", **contact, "Addresses": [], "Phones": []},
            ],
            "Invoices": [
                invoice("i1", "INV-1"), invoice("i2", "INV-2", status="VOIDED"), invoice("i3", "INV-3", status="DELETED"),
                invoice("b1", "77", "ACCPAY"),
            ],
            "Payments": [
                {"PaymentID": "p1", "Date": ms(2026, 1, 25), "Amount": 40.0, "PaymentType": "ACCRECPAYMENT",
                 "Status": "AUTHORISED", "UpdatedDateUTC": ms(2026, 10, 1, 9),
                 "Invoice": {"InvoiceNumber": "INV-1", "CurrencyCode": "GBP", "Contact": {"ContactID": "k1"}}},
                {"PaymentID": "p2", "Date": ms(2026, 1, 26), "Amount": 48.0, "PaymentType": "ACCPAYPAYMENT",
                 "Status": "DELETED", "UpdatedDateUTC": ms(2026, 10, 1, 9), "Invoice": {"InvoiceNumber": "77"}},
            ],
            "BankTransactions": [
                {"BankTransactionID": f"t{place}", "Type": kind, "Status": status, "Total": 12.5, "CurrencyCode": "GBP",
                 "Contact": {"ContactID": "k1", "Name": "Ridgeway"}, "BankAccount": {"Code": "090", "Name": "Current"},
                 "DateString": "2026-01-27T00:00:00", "Reference": "R7", "UpdatedDateUTC": ms(2026, 10, 1, 9),
                 "LineItems": [{"Description": "Timber", "LineAmount": 12.5}]}
                for place, (kind, status) in enumerate([
                    ("RECEIVE", "AUTHORISED"), ("SPEND", "AUTHORISED"), ("SPEND-TRANSFER", "AUTHORISED"),
                    ("RECEIVE-PREPAYMENT", "VOIDED"), ("SPEND", "DELETED"),
                ])
            ],
            "Quotes": [
                {"QuoteID": f"q{one}", "QuoteNumber": f"QU-{one}", "Total": 9.5, "Status": "ACCEPTED", "CurrencyCode": "GBP",
                 "DateString": "2026-01-02T00:00:00", "UpdatedDateUTC": ms(2026, 10, 1, 9)} for one in range(3)
            ],
            "Accounts": [{"AccountID": "a1", "Code": "200", "Name": "Sales", "Type": "REVENUE", "Status": "ARCHIVED",
                          "UpdatedDateUTC": ms(2026, 10, 1, 9)}],
        }
    )  # fmt: skip


@pytest.fixture
def address(ledger: Xero, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the organisation."""
    monkeypatch.setenv("HARBOR_KEY", KEY)
    with served(ledger) as server:
        yield f"{server.url}/api.xro/2.0"


def test_an_organisation_is_read_whole(address: str, tmp_path: Path) -> None:
    """Contacts with those archived and merged, numbers and addresses by their kind, whatever their order."""
    found = pulled(tmp_path, "xero", address, OPEN)

    contacts = held(tmp_path, "contacts")
    assert [one for one in found.missing if "sys/contacts" in one or "sys/invoices" in one] == []
    assert {key: one["state"] for key, one in contacts.items()} == {"k1": "active", "k2": "archived", "k3": "active"}
    assert contacts["k2"]["merged_into"] == "sys/contacts/k1"
    assert contacts["k1"]["alt_ids"] == ["Ridgeway", "R-1"]
    assert (contacts["k1"]["phone"], contacts["k1"]["street"], contacts["k1"]["city"]) == ("020 7946", "1 High St", "York")
    assert held(tmp_path, "accounts")["a1"]["is_active"] is False


def test_documents_are_of_their_kind_and_state(address: str, tmp_path: Path) -> None:
    """Sales and bills share a list, and so do payments; voided and deleted ones say so; a day is the same day everywhere."""
    pulled(tmp_path, "xero", address, OPEN)

    invoices, bills = held(tmp_path, "invoices"), held(tmp_path, "bills")
    assert {key: (one["status"], one["state"]) for key, one in invoices.items()} == {
        "i1": ("AUTHORISED", "active"), "i2": ("VOIDED", "active"), "i3": ("DELETED", "deleted"),
    }  # fmt: skip
    one = invoices["i1"]
    assert (one["amount_minor"], one["tax_minor"], one["paid_minor"], f"{one['issued_on']}") == (
        4800,
        800,
        4000,
        "2026-01-20",
    )
    assert bills["b1"]["alt_ids"] == ["Ridgeway|77"]
    assert [(one["quantity"], one["amount_minor"]) for one in lines_of(tmp_path, "invoices", "i1")] == [
        (2.5, 2500), (1.0, 1500),
    ]  # fmt: skip
    payment = held(tmp_path, "payments")["p1"]
    assert (payment["invoice_ref"], payment["party_ref"], payment["date_only"]) == ("INV-1", "k1", ["paid_at"])
    assert held(tmp_path, "bill_payments")["p2"]["state"] == "deleted"
    assert len(held(tmp_path, "quotes")) == 3


def test_money_spent_and_received_is_told_by_its_type(address: str, tmp_path: Path) -> None:
    """Totals bear no sign; what was voided or deleted counts no more."""
    pulled(tmp_path, "xero", address, OPEN)

    found = held(tmp_path, "bank_transactions")
    assert {key: (one["amount_minor"], one["state"]) for key, one in found.items()} == {
        "t0": (1250, "active"), "t1": (-1250, "active"), "t2": (-1250, "active"), "t3": (1250, "deleted"),
        "t4": (-1250, "deleted"),
    }  # fmt: skip
    one = found["t1"]
    assert (one["account"], f"{one['posted_on']}", one["party_ref"], one["description"], one["reference"]) == (
        "Current", "2026-01-27", "k1", "Timber", "R7",
    )  # fmt: skip


def test_changes_are_asked_for_by_a_header(ledger: Xero, address: str, tmp_path: Path) -> None:
    """What did not change is answered with 304 or an empty page, and stays."""
    pulled(tmp_path, "xero", address, OPEN)
    ledger.objects["Invoices"][0] = invoice("i1", "INV-1", status="PAID", UpdatedDateUTC=ms(2026, 11, 30, 13))
    ledger.asked.clear()
    pulled(tmp_path, "xero", address, OPEN)

    assert held(tmp_path, "invoices")["i1"]["status"] == "PAID"
    assert {key: one["state"] for key, one in held(tmp_path, "contacts").items()}["k3"] == "active"
    [since] = {one.headers["if-modified-since"] for one in ledger.asked if one.path.endswith("/Contacts")}
    assert since == "2026-10-01T08:50:00"


def test_of_several_organisations_one_is_named(ledger: Xero, address: str, tmp_path: Path) -> None:
    """Without a name nothing is pulled; with one, that one alone."""
    ledger.tenants = [PINE, OAK]
    found = pulled(tmp_path, "xero", address, OPEN)
    named = pulled(tmp_path, "xero", address, {**OPEN, "places": {"tenant_id": "9c2"}})

    assert "Harbor Pine (7f1); Harbor Oak (9c2)" in found.missing[0]
    assert "sign_in.places.tenant_id" in found.missing[0]
    assert not any("sys/contacts" in one for one in named.missing)
    assert {one.headers.get("xero-tenant-id") for one in ledger.asked if "api.xro" in one.path} == {"9c2"}


def test_haste_and_trouble_pass_and_a_missing_right_ends_its_list_alone(ledger: Xero, address: str, tmp_path: Path) -> None:
    """A minute's limit is waited for; Xero says 401 where a right was not granted, too."""
    ledger.refusals = [
        Given({}, 429, {"Retry-After": "20", "X-Rate-Limit-Problem": "minute"}), Given({}, 503),
        Given({"Title": "Unauthorized", "Status": 401, "Detail": "AuthorizationUnsuccessful"}, 401),
    ]  # fmt: skip
    found = pulled(tmp_path, "xero", address, OPEN)

    assert not ledger.refusals
    [missing] = found.missing
    assert "was not pulled" in missing
    assert "It needs the scope accounting." in missing
