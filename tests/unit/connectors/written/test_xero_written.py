"""Xero, changed: lists of one, telephones and addresses by their kind, drafts, and what its validation says."""

from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.connectors.xero import CONNECTOR

HOME = "/api.xro/2.0"
PHONES = [
    {"PhoneType": "DDI", "PhoneNumber": "", "PhoneAreaCode": "", "PhoneCountryCode": ""},
    {"PhoneType": "DEFAULT", "PhoneNumber": "1111111", "PhoneAreaCode": "113", "PhoneCountryCode": "44"},
]
PLACES = [
    {"AddressType": "POBOX", "AddressLine1": "1 Main St", "AddressLine2": "Floor 2", "City": "Leeds"},
    {"AddressType": "STREET", "City": "York"},
]

MONEY = {
    "Type": "SPEND",
    "BankAccount": {"AccountID": "a1"},
    "LineItems": [{"LineItemID": "l1", "LineAmount": 20.5, "Tracking": [{"Option": "North"}]}],
}


class Books:
    """An organisation with a contact and an invoice; it takes the place of lists that are sent."""

    def __init__(self, *refusals: Given) -> None:
        self.refusals = list(refusals)
        self.held: dict[tuple[str, str], dict[str, Any]] = {
            ("Contacts", "c1"): {"ContactID": "c1", "Name": "Acme", "ContactStatus": "ACTIVE", "Phones": PHONES,
                                 "Addresses": PLACES, "UpdatedDateUTC": "/Date(1769936400000+0000)/"},
            ("Invoices", "i1"): {"InvoiceID": "i1", "Type": "ACCREC", "Status": "DRAFT", "Contact": {"ContactID": "c1"},
                                 "CurrencyCode": "USD", "Total": 100.0, "LineItems": [{"LineAmount": 100.0}]},
            ("BankTransactions", "b1"): {"BankTransactionID": "b1", **MONEY, "Contact": {"ContactID": "c1"}},
        }  # fmt: skip

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        kind, _, record_id = asked.path.removeprefix(HOME).strip("/").partition("/")
        if asked.method == "GET":
            one = self.held.get((kind, record_id))
            return (
                Given({"Status": "OK", kind: [one]}) if one else Given(b"The resource is not there", 404, kind="text/html")
            )
        if self.refusals:
            return self.refusals.pop(0)
        [entry] = asked.json[kind]
        if asked.method == "PUT":
            record_id = "new"
            total = sum(line["LineAmount"] for line in entry.get("LineItems", ()))
            self.held[kind, record_id] = {f"{kind[:-1]}ID": record_id, "Total": total, **entry}
        else:
            self.held[kind, record_id] |= entry
        return Given({"Status": "OK", kind: [self.held[kind, record_id]]})


def run(books: Books, *changes: Any) -> tuple[dict[str, int], Vendor, str]:
    """Return how a job ended, what it sent, and the reason of its first change."""
    vendor = Vendor(books)
    outcome = sent(CONNECTOR, vendor, changes, {"tenant_id": "t-1"})
    return dict(outcome.counts), vendor, str(next(iter(outcome.steps.values())).reason)


def test_a_telephone_and_a_town_are_changed_within_the_lists_that_hold_them() -> None:
    """All their entries are sent: Xero puts a list in the place of the other; a number loses the codes that stood apart."""
    before = {"phone": "1111111", "city": "Leeds", "street": "1 Main St, Floor 2"}
    after = {"phone": "+441132222222", "city": "York", "street": "2 Oak Rd"}
    counts, vendor, _ = run(Books(), changed("update", "contacts", "c1", before, after))

    assert counts == {"confirmed": 1}
    [(method, path, body)] = vendor.changes
    assert (method, path) == ("POST", f"{HOME}/Contacts/c1")
    number = {"PhoneType": "DEFAULT", "PhoneNumber": "+441132222222", "PhoneAreaCode": "", "PhoneCountryCode": ""}
    place = {"AddressType": "POBOX", "AddressLine1": "2 Oak Rd", "AddressLine2": "", "City": "York"}
    assert body["Contacts"] == [
        {"Phones": [PHONES[0], number], "Addresses": [place | {"AddressLine3": "", "AddressLine4": ""}, PLACES[1]]}
    ]
    assert 0 < len(vendor.headers[0]["idempotency-key"]) <= 128
    assert vendor.headers[0]["xero-tenant-id"] == "t-1"


@pytest.mark.parametrize(("action", "word"), [("archive", "ARCHIVED"), ("restore", "ACTIVE")])
def test_a_contact_is_archived_and_brought_back_by_its_status(action: Any, word: str) -> None:
    """Contacts of Xero are never deleted."""
    books = Books()
    books.held["Contacts", "c1"]["ContactStatus"] = "ACTIVE" if action == "archive" else "ARCHIVED"
    states = ({"state": "active"}, {"state": "archived"})
    counts, vendor, _ = run(books, changed(action, "contacts", "c1", *(states if action == "archive" else states[::-1])))

    assert counts == {"confirmed": 1}
    assert vendor.changes == [("POST", f"{HOME}/Contacts/c1", {"Contacts": [{"ContactStatus": word}]})]


def test_an_invoice_is_made_as_a_draft_and_deleted_by_its_status() -> None:
    """Its lines add up to what it comes to, the tax within."""
    books = Books()
    after = {"party_ref": "c1", "party_name": "Acme", "currency": "USD", "issued_on": "2026-10-05", "reference": "D-7",
             "amount_minor": "125050"}  # fmt: skip
    counts, vendor, _ = run(books, created("invoices", **after))
    gone, again, _ = run(books, changed("delete", "invoices", "new", {"state": "active"}, {"state": "archived"}))

    assert (counts, gone) == ({"confirmed": 1}, {"confirmed": 1})
    assert vendor.changes == [("PUT", f"{HOME}/Invoices", {"Invoices": [{
        "Type": "ACCREC", "Status": "DRAFT", "LineAmountTypes": "Inclusive", "Contact": {"ContactID": "c1"},
        "CurrencyCode": "USD", "Date": "2026-10-05", "Reference": "D-7",
        "LineItems": [{"Description": "D-7", "LineAmount": 1250.5}],
    }]})]  # fmt: skip
    assert again.changes == [("POST", f"{HOME}/Invoices/new", {"Invoices": [{"Status": "DELETED"}]})]


def test_an_invoice_is_moved_to_another_contact_without_a_line() -> None:
    """A list of lines would take the place of those that it has."""
    counts, vendor, _ = run(Books(), changed("repoint", "invoices", "i1", {"party_ref": "c1"}, {"party_ref": "c2"}))

    assert counts == {"confirmed": 1}
    assert vendor.changes[0][2] == {"Invoices": [{"Contact": {"ContactID": "c2"}}]}


def test_money_that_was_spent_is_moved_with_what_xero_wants_again() -> None:
    """Its kind, its bank account and its lines go back as they stand."""
    move = changed("repoint", "bank_transactions", "b1", {"party_ref": "c1"}, {"party_ref": "c2"})
    counts, vendor, _ = run(Books(), move)

    assert counts == {"confirmed": 1}
    assert vendor.changes[0][2] == {"BankTransactions": [{**MONEY, "Contact": {"ContactID": "c2"}}]}


ERRORS = [{"Message": "Invoice not of valid status for modification"}]


@pytest.mark.parametrize(
    "given",
    [
        Given({"ErrorNumber": 10, "Type": "ValidationException", "Message": "A validation exception occurred",
               "Elements": [{"ValidationErrors": ERRORS}]}, 400),
        Given({"Status": "OK", "Invoices": [{"InvoiceID": "i1", "HasErrors": True, "ValidationErrors": ERRORS}]}),
    ],
)  # fmt: skip
def test_what_xero_refuses_says_why(given: Given) -> None:
    """Also within an answer of success."""
    counts, _, reason = run(Books(given), changed("repoint", "invoices", "i1", {"party_ref": "c1"}, {"party_ref": "c2"}))

    assert counts == {"rejected": 1}
    assert "not of valid status" in reason
