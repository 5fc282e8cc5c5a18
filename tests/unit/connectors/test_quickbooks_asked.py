"""QuickBooks Online, asked: queries, pages, deleted and voided transactions, in the shapes that its own answers have."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.vendor_pulls import KEY, held, lines_of, pulled

BEARER = {"way": "bearer", "token": "env:HARBOR_KEY", "places": {"realm_id": "9130357"}}
HOME = "/v3/company/9130357"
_QUERY = re.compile(
    r"select \* from (?P<name>\w+)(?: where (?P<where>.+?))? orderby Id"
    r" startposition (?P<start>\d+) maxresults (?P<size>\d+)"
)
_SINCE = re.compile(r"MetaData\.LastUpdatedTime >= '([^']+)'")


def meta(at: str = "2026-10-01T09:00:00-07:00") -> dict[str, Any]:
    return {"MetaData": {"CreateTime": "2026-01-05T10:00:00-08:00", "LastUpdatedTime": at}}


def customer(number: int, name: str, *, active: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "Id": str(number), "SyncToken": "0", "domain": "QBO", "sparse": False, "DisplayName": name,
        "FullyQualifiedName": name, "CompanyName": name, "Active": active, "Balance": 0,
        "PrimaryEmailAddr": {"Address": f"c{number}@example.com"}, "PrimaryPhone": {"FreeFormNumber": "(555) 555-0100"},
        "BillAddr": {"Line1": "1 Main St", "Line2": "Suite 5", "City": "Springfield", "PostalCode": "94000"},
        **meta(), **more,
    }  # fmt: skip


def line(amount: Any, item: str, quantity: Any = 1) -> dict[str, Any]:
    return {
        "Id": "1", "LineNum": 1, "Description": item, "Amount": amount, "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": "5", "name": item}, "UnitPrice": 10, "Qty": quantity},
    }  # fmt: skip


def invoice(number: int, total: Any, balance: Any, lines: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    subtotal = {"Amount": total, "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}
    return {
        "Id": str(number), "DocNumber": f"10{number}", "TxnDate": "2026-01-20", "DueDate": "2026-02-19",
        "TotalAmt": total, "Balance": balance, "CurrencyRef": {"value": "USD", "name": "United States Dollar"},
        "CustomerRef": {"value": "1", "name": "Acme"}, "Line": [*lines, subtotal], "TxnTaxDetail": {"TotalTax": 0},
        **meta(), **more,
    }  # fmt: skip


@dataclass
class QuickBooks:
    """A company: two rows to a page at most, whatever is asked for; what was deleted is told by CDC."""

    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    deleted: dict[str, list[str]] = field(default_factory=dict)
    refusals: list[Given] = field(default_factory=list)
    size: int = 2
    queries: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Given:
        if self.refusals:
            return self.refusals.pop(0)
        assert asked.method == "GET"
        assert asked.headers["accept"] == "application/json"
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return fault(401, "3200", "message=AuthenticationFailed; errorCode=003200; statusCode=401", name="fault")
        if asked.path == f"{HOME}/companyinfo/9130357":
            return Given({"CompanyInfo": {"CompanyName": "Harbor Pine", "Id": "1"}, "time": "2026-11-30T00:00:00Z"})
        assert asked.query["minorversion"] == "75"
        return self._told(asked) if asked.path == f"{HOME}/cdc" else self._found(asked.query["query"])

    def _found(self, query: str) -> Given:
        self.queries.append(query)
        found = _QUERY.fullmatch(query)
        if found is None:
            return fault(400, "4000", "Error parsing query")
        rows = sorted(self.objects.get(found["name"], []), key=lambda row: int(row["Id"]))
        if "Active in (true, false)" not in (found["where"] or ""):
            rows = [row for row in rows if row.get("Active", True)]
        if since := _SINCE.search(found["where"] or ""):
            rows = [row for row in rows if stamp(row) >= datetime.fromisoformat(since[1])]
        start = int(found["start"]) - 1
        page = rows[start : start + min(int(found["size"]), self.size)]
        body = {found["name"]: page, "startPosition": start + 1, "maxResults": len(page)} if page else {}
        return Given({"QueryResponse": body, "time": "2026-11-30T00:00:00.000-08:00"})

    def _told(self, asked: Asked) -> Given:
        name, since = asked.query["entities"], datetime.fromisoformat(asked.query["changedSince"])
        rows = [row for row in self.objects.get(name, []) if stamp(row) >= since]
        rows += [{"domain": "QBO", "status": "Deleted", "Id": one, **meta()} for one in self.deleted.get(name, [])]
        inner = [{name: rows, "startPosition": 1, "maxResults": len(rows)}] if rows else [{}]
        return Given({"CDCResponse": [{"QueryResponse": inner}], "time": "2026-11-30T00:00:00Z"})


def stamp(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["MetaData"]["LastUpdatedTime"])


def fault(status: int, code: str, said: str, name: str = "Fault", **headers: str) -> Given:
    inner = ("error", "message", "code") if name == "fault" else ("Error", "Message", "code")
    return Given({name: {inner[0]: [{inner[1]: said, inner[2]: code}], "type": "X"}}, status, headers)


@pytest.fixture
def company() -> QuickBooks:
    """Return a company with a customer of each kind, an invoice of two lines, a voided one, and all that is paid."""
    return QuickBooks(
        {
            "Customer": [
                customer(1, "Acme"),
                customer(2, "Acme:Barn", ParentRef={"value": "1"}),
                customer(3, "Gone (deleted)", active=False),
            ],
            "Vendor": [customer(4, "Paper Mill", AcctNum="PM-7")],
            "Invoice": [
                invoice(130, 362.07, 62.07, [line(335.25, "Widget", 33.525), line(26.82, "Bolt", 2)]),
                invoice(131, 0, 0, [line(0, "Widget")], PrivateNote="Voided - duplicate"),
                invoice(132, 40, 0, [line(40, "Widget", 4)]),
            ],
            "Payment": [
                {
                    "Id": "140", "TxnDate": "2026-01-25", "TotalAmt": 300, "CustomerRef": {"value": "1", "name": "Acme"},
                    "PaymentRefNum": "CHK-9", "PaymentMethodRef": {"value": "2", "name": "Check"}, **meta(),
                },
            ],
            "SalesReceipt": [invoice(141, 15.5, 0, [line(15.5, "Bolt")])],
            "Estimate": [
                invoice(150, 900, 900, [line(900, "Widget")], TxnStatus="Accepted", ExpirationDate="2026-03-01")
            ],
            "Item": [
                {
                    "Id": "5", "Name": "Widget", "Sku": "W-1", "Type": "NonInventory", "UnitPrice": 10, "Active": True,
                    **meta(),
                },
                {"Id": "6", "Name": "Parts", "Type": "Category", "Active": True, **meta()},
                {"Id": "7", "Name": "Old (deleted)", "Type": "Service", "UnitPrice": 1.5, "Active": False, **meta()},
            ],
            "Account": [{"Id": "48", "Name": "Sales", "AcctNum": "4000", "AccountType": "Income", "Active": True, **meta()}],
            "Employee": [{"Id": "9", "DisplayName": "Ava Nguyen", "GivenName": "Ava", "FamilyName": "Nguyen", **meta()}],
        }
    )  # fmt: skip


@pytest.fixture
def address(company: QuickBooks, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the company."""
    monkeypatch.setenv("HARBOR_KEY", KEY)
    with served(company) as server:
        yield server.url + HOME


def test_every_kind_is_asked_for_to_its_last_page(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """Inactive names come too, in the order of ids, and the page behind the last ends the list."""
    found = pulled(tmp_path, "quickbooks", address, BEARER)

    customers = held(tmp_path, "customers")
    assert found.missing == ()
    assert {key: (one["name"], one["state"]) for key, one in customers.items()} == {
        "1": ("Acme", "active"), "2": ("Acme:Barn", "active"), "3": ("Gone", "archived"),
    }  # fmt: skip
    assert customers["2"]["parent_ref"] == "1"
    assert customers["3"]["alt_ids"] == ["Gone"]
    assert customers["1"]["street"] == "1 Main St, Suite 5"
    starts = [one.rpartition("startposition ")[2] for one in company.queries if " Customer " in one]
    assert starts == ["1 maxresults 1000", "3 maxresults 1000", "4 maxresults 1000"]
    assert held(tmp_path, "vendors")["4"]["alt_ids"] == ["Paper Mill", "PM-7"]


def test_documents_have_their_lines_and_what_is_paid(address: str, tmp_path: Path) -> None:
    """A line that sums up the others is none; what was voided says so, with nothing to pay."""
    pulled(tmp_path, "quickbooks", address, BEARER)

    invoices = held(tmp_path, "invoices")
    names = ("number", "amount_minor", "paid_minor", "status")
    assert {key: tuple(one[name] for name in names) for key, one in invoices.items()} == {
        "130": ("10130", 36207, 30000, "Partly paid"),
        "131": ("10131", 0, 0, "Voided"),
        "132": ("10132", 4000, 4000, "Paid"),
    }
    assert (invoices["130"]["party_ref"], invoices["130"]["currency"]) == ("1", "USD")
    assert [(one["sku"], one["quantity"], one["amount_minor"]) for one in lines_of(tmp_path, "invoices", "130")] == [
        ("Widget", 33.525, 33525), ("Bolt", 2.0, 2682),
    ]  # fmt: skip
    payments = held(tmp_path, "payments")
    assert {key: (one["amount_minor"], one.get("method")) for key, one in payments.items()} == {
        "140": (30000, "Check"), "141": (1550, None),
    }  # fmt: skip
    estimate = held(tmp_path, "estimates")["150"]
    assert (estimate["is_won"], estimate["amount_minor"], f"{estimate['due_on']}") == (True, 90000, "2026-03-01")


def test_names_that_exports_lack_are_there(address: str, tmp_path: Path) -> None:
    """Items without the categories they stand in, accounts, employees."""
    pulled(tmp_path, "quickbooks", address, BEARER)

    assert {key: (one["name"], one["price_minor"], one["is_active"]) for key, one in held(tmp_path, "items").items()} == {
        "5": ("Widget", 1000, True), "7": ("Old", 150, False),
    }  # fmt: skip
    assert held(tmp_path, "accounts")["48"]["alt_ids"] == ["4000"]
    assert held(tmp_path, "employees")["9"]["family_name"] == "Nguyen"


def test_a_second_pull_asks_for_what_changed_and_what_was_deleted(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """A changed row is new, a deleted one is marked so, and all others stay as they are."""
    pulled(tmp_path, "quickbooks", address, BEARER)
    company.objects["Invoice"][2] = invoice(132, 45.5, 45.5, [line(45.5, "Widget")], **meta("2026-11-30T14:00:00-08:00"))
    company.deleted["Invoice"] = [company.objects["Invoice"].pop(0)["Id"]]
    company.queries.clear()
    found = pulled(tmp_path, "quickbooks", address, BEARER)

    assert found.missing == ()
    assert {key: (one["state"], one["amount_minor"]) for key, one in held(tmp_path, "invoices").items()} == {
        "130": ("deleted", 36207), "131": ("active", 0), "132": ("active", 4550),
    }  # fmt: skip
    assert all("MetaData.LastUpdatedTime >= '2026-" in one for one in company.queries)


def test_after_thirty_days_everything_is_asked_for(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """Deleted rows are told for thirty days only: later they are missed by asking for all."""
    pulled(tmp_path, "quickbooks", address, BEARER)
    [file] = (tmp_path / ".pulls").glob("**/invoices/last.json")
    kept = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**kept, "begun_at": "2026-10-31T12:00:00+00:00"}), "utf-8")
    company.queries.clear()
    pulled(tmp_path, "quickbooks", address, BEARER)

    assert "LastUpdatedTime" not in next(one for one in company.queries if " Invoice " in one)
    assert "LastUpdatedTime" in next(one for one in company.queries if " Customer " in one)


def test_faults_that_pass_are_waited_for(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """Too many requests: a minute; trouble: as the answer says."""
    company.refusals = [
        fault(429, "3001", "message=ThrottleExceeded; errorCode=003001; statusCode=429"),
        Given({"message": "temporarily unavailable"}, 503, {"Retry-After": "2"}),
    ]

    assert pulled(tmp_path, "quickbooks", address, BEARER).missing == ()
    assert company.refusals == []


def test_an_expired_token_says_so(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """The vendor's lower-case fault is understood; nothing else is asked."""
    company.refusals = [fault(401, "3200", "message=AuthenticationFailed", name="fault")] * 30
    found = pulled(tmp_path, "quickbooks", address, BEARER)

    assert found.sign_in_again
    assert all("refuses what signs sys in (code 401" in one for one in found.missing)


def test_another_companys_sign_in_is_refused(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """The company is told by its number in the address, which the answer does not repeat."""
    company.refusals = [fault(403, "3100", "message=ApplicationAuthorizationFailed; errorCode=003100")] * 30
    found = pulled(tmp_path, "quickbooks", address, BEARER)

    assert found.sign_in_again


def test_more_changes_than_are_told_at_once_are_said(company: QuickBooks, address: str, tmp_path: Path) -> None:
    """The list of what was deleted ends after a thousand: the rest is asked for by asking for everything."""
    pulled(tmp_path, "quickbooks", address, BEARER)
    company.deleted["Invoice"] = [str(number) for number in range(1000)]
    found = pulled(tmp_path, "quickbooks", address, BEARER)

    [missing] = found.missing
    assert "sys/invoices" in missing
    assert "integration-audit pull sys --full" in missing
