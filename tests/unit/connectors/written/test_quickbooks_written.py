"""QuickBooks Online, changed: sparse updates that name the version, and what its faults mean."""

from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.connectors.quickbooks import CONNECTOR

PLACES = {"realm_id": "4711"}
HOME = "/v3/company/4711"
KINDS = {"customer": "Customer", "vendor": "Vendor", "invoice": "Invoice", "bill": "Bill"}


def fault(code: str, detail: str) -> Given:
    """Return an answer that says what is wrong, as QuickBooks does."""
    error = {"Message": "Error", "Detail": detail, "code": code, "element": ""}
    return Given({"Fault": {"Error": [error], "type": "ValidationFault"}, "time": "2026-02-01T00:00:00Z"}, 400)


LISTS = {
    "Item": [{"Id": "5", "Name": "Lamp", "FullyQualifiedName": "Light:Lamp", "Sku": "LAMP-1"}],
    "Account": [
        {"Id": "60", "Name": "Rent", "FullyQualifiedName": "Costs:Rent", "AcctNum": "6100"},
        {"Id": "61", "Name": "Fees", "FullyQualifiedName": "Costs:Fees"},
        {"Id": "62", "Name": "Fees", "FullyQualifiedName": "Bank:Fees"},
    ],
}


class Company:
    """A company's books: one customer, one invoice; a version that is not the newest is refused."""

    def __init__(self, *refusals: Given | None) -> None:
        self.refusals = list(refusals)
        address = {"Id": "2", "Line1": "1 Main St", "Line2": "Floor 2", "City": "Leeds", "CountrySubDivisionCode": "WY"}
        self.held: dict[tuple[str, str], dict[str, Any]] = {
            ("Customer", "7"): {"DisplayName": "Acme", "Active": True, "BillAddr": address},
            ("Invoice", "130"): {"CustomerRef": {"value": "7"}, "TotalAmt": 100, "CurrencyRef": {"value": "USD"},
                                 "Line": [{"Amount": 100, "DetailType": "SalesItemLineDetail"}]},
        }  # fmt: skip
        for (_, record_id), one in self.held.items():
            one |= {"Id": record_id, "SyncToken": "3"}

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        parts = asked.path.removeprefix(HOME).strip("/").split("/")
        if parts == ["query"]:
            return self._listed(asked.query["query"])
        if asked.method == "GET":
            one = self.held.get((KINDS[parts[0]], parts[1]))
            return Given({KINDS[parts[0]]: one}) if one else fault("610", "Object Not Found")
        refusal = self.refusals.pop(0) if self.refusals else None
        return refusal if refusal is not None else self._changed(asked, KINDS[parts[0]])

    def _listed(self, query: str) -> Given:
        kind = query.split()[3]
        name = query.partition("DisplayName = '")[2].partition("'")[0]
        found = LISTS.get(kind) or [one for one in self.held.values() if one.get("DisplayName") == name]
        is_first = "startposition" not in query or "startposition 1 " in f"{query} "
        return Given({"QueryResponse": {kind: found} if found and is_first else {}})

    def _changed(self, asked: Asked, kind: str) -> Given:
        record_id = str(asked.json.get("Id", "99"))
        if asked.query.get("operation") == "delete":
            self.held.pop((kind, record_id))
            return Given({kind: {"Id": record_id, "status": "Deleted"}})
        there = self.held.setdefault((kind, record_id), {"Id": record_id, "SyncToken": "-1", "Active": True})
        if record_id != "99" and asked.json.get("SyncToken") != there["SyncToken"]:
            return fault("5010", "Stale Object Error")
        there |= {**asked.json, "SyncToken": str(int(there["SyncToken"]) + 1)}
        there["TotalAmt"] = sum(one["Amount"] for one in there.get("Line", ()))
        return Given({kind: there})


def run(company: Company, *changes: Any) -> tuple[dict[str, int], Vendor, str]:
    """Return how a job ended, what it sent, and the reason of its first change."""
    vendor = Vendor(company)
    outcome = sent(CONNECTOR, vendor, changes, PLACES)
    return dict(outcome.counts), vendor, str(next(iter(outcome.steps.values())).reason)


def test_a_customer_is_changed_sparsely_with_the_version_that_was_read() -> None:
    """An address goes as a whole, since a part of one may empty the others; each request has a key and a minor version."""
    before = {"city": "Leeds", "email": None}
    counts, vendor, _ = run(
        Company(), changed("update", "customers", "7", before, {"city": "York", "email": "a@acme.example"})
    )

    assert counts == {"confirmed": 1}
    address = {"Id": "2", "Line1": "1 Main St", "Line2": "Floor 2", "City": "York", "CountrySubDivisionCode": "WY"}
    body = {
        "sparse": True,
        "Id": "7",
        "SyncToken": "3",
        "BillAddr": address,
        "PrimaryEmailAddr": {"Address": "a@acme.example"},
    }
    assert vendor.changes == [("POST", f"{HOME}/customer", body)]
    assert len(vendor.headers[0]["?requestid"]) <= 50
    assert vendor.headers[0]["?minorversion"] == "75"


@pytest.mark.parametrize(("action", "word"), [("archive", False), ("restore", True)])
def test_a_customer_is_made_inactive_and_active_again(action: Any, word: bool) -> None:  # noqa: FBT001  # a table of words
    """Names of QuickBooks are never deleted."""
    company = Company()
    company.held["Customer", "7"]["Active"] = not word
    states = ({"state": "archived"}, {"state": "active"}) if word else ({"state": "active"}, {"state": "archived"})

    counts, vendor, _ = run(company, changed(action, "customers", "7", *states))

    assert counts == {"confirmed": 1}
    body = {"sparse": True, "Active": word, "Id": "7", "SyncToken": "3"}
    assert vendor.changes == [("POST", f"{HOME}/customer", body)]


def test_an_invoice_is_moved_to_another_customer_without_a_line() -> None:
    """A list of lines would take the place of those that it has."""
    counts, vendor, _ = run(
        Company(), changed("repoint", "invoices", "130", {"party_ref": "7"}, {"party_ref": "8"})
    )  # fmt: skip

    assert counts == {"confirmed": 1}
    body = {"sparse": True, "Id": "130", "SyncToken": "3", "CustomerRef": {"value": "8"}}
    assert vendor.changes == [("POST", f"{HOME}/invoice", body)]


def test_an_invoice_is_made_with_its_lines_and_deleted_again() -> None:
    """Its sum is what QuickBooks makes of the lines, which is compared; only what a job made is ever deleted."""
    after = {"party_ref": "7", "party_name": "Acme", "currency": "USD", "issued_on": "2026-10-05", "amount_minor": "125050",
             "line.1.description": "Design", "line.1.amount_minor": "100000",
             "line.2.amount_minor": "25050", "line.2.quantity": "2"}  # fmt: skip
    company = Company()
    counts, vendor, _ = run(company, created("invoices", **after))
    gone, _, _ = run(company, changed("delete", "invoices", "99", {"state": "active"}, {"state": "archived"}))

    assert (counts, gone) == ({"confirmed": 1}, {"confirmed": 1})
    detail = {"DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"Qty": 1}}
    assert vendor.changes[0][2] == {
        "CustomerRef": {"value": "7"}, "CurrencyRef": {"value": "USD"}, "TxnDate": "2026-10-05",
        "Line": [
            {**detail, "Description": "Design", "Amount": 1000},
            {**detail, "Amount": 250.5, "SalesItemLineDetail": {"Qty": 2}},
        ],
    }  # fmt: skip
    assert ("Invoice", "99") not in company.held


@pytest.mark.parametrize(
    ("given", "state", "words"),
    [
        (fault("6240", "The name supplied already exists. : Id=12"), "rejected", "The name supplied already exists"),
        (fault("6200", "The account period has closed"), "rejected", "period has closed"),
        (fault("5010", "Stale Object Error : You and another user were working on this"), "conflict", "another user"),
        (fault("610", "Object Not Found : Something you're trying to use has been made inactive"), "conflict", "is gone"),
    ],
)
def test_what_quickbooks_refuses_says_why(given: Given, state: str, words: str) -> None:
    """All of it comes as 400; only its code says what it is."""
    counts, _, reason = run(Company(given), changed("update", "customers", "7", {"name": "Acme"}, {"name": "Acme Ltd"}))

    assert counts == {state: 1}
    assert words in reason


def test_a_customer_whose_answer_was_lost_is_sent_again_under_its_key() -> None:
    """QuickBooks gives the first answer once more, for as long as it knows the key."""
    counts, vendor, _ = run(Company(Given({"message": "oops"}, 503)), created("customers", name="Bo's"))

    assert counts == {"confirmed": 1}
    assert len({one["?requestid"] for one in vendor.headers}) == 1


def test_a_line_names_the_product_that_quickbooks_knows_and_leaves_out_what_it_does_not() -> None:
    """By its name or its number; a line without one is taken all the same."""
    after = {"party_ref": "7", "currency": "USD", "issued_on": "2026-10-05", "amount_minor": "3000",
             "line.1.sku": "LAMP-1", "line.1.amount_minor": "1000", "line.2.sku": "X-9", "line.2.gl_code": "4000",
             "line.2.amount_minor": "2000"}  # fmt: skip
    counts, vendor, _ = run(Company(), created("invoices", **after))

    assert counts == {"confirmed": 1}
    assert [line["SalesItemLineDetail"] for line in vendor.changes[0][2]["Line"]] == [
        {"Qty": 1, "ItemRef": {"value": "5"}},
        {"Qty": 1},
    ]


@pytest.mark.parametrize(
    ("code", "account", "said"),
    [
        ("6100", "60", ""),
        ("Costs:Fees", "61", ""),
        ("Fees", "", "has several called 'Fees'"),
        ("9999", "", "has none called '9999'"),
    ],
)
def test_a_bill_is_entered_on_the_account_that_its_code_or_name_means(code: str, account: str, said: str) -> None:
    """On none where that is not sure."""
    after = {"party_ref": "8", "currency": "USD", "issued_on": "2026-10-05", "amount_minor": "1000", "gl_code": code}
    counts, vendor, reason = run(Company(), created("bills", **after))

    assert counts == {"rejected" if said else "confirmed": 1}
    assert said in reason
    lines = [one[2]["Line"][0]["AccountBasedExpenseLineDetail"] for one in vendor.changes]
    assert lines == ([{"AccountRef": {"value": account}}] if account else [])
