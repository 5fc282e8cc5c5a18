"""Shopify, asked: documents of GraphQL, lines behind the first ten, a bucket of costs, an expired version."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.vendor_pulls import KEY, held, lines_of, pulled

TOKEN = {"way": "api_key", "key": "env:HARBOR_KEY", "places": {"shop": "harbor-pine"}}
_AFTER = re.compile(r"c(\d+)")


def money(amount: str, code: str = "USD") -> dict[str, Any]:
    return {"shopMoney": {"amount": amount, "currencyCode": code}}


def order(number: int, count: int, at: str = "2026-11-01T09:00:00Z", code: str = "USD") -> dict[str, Any]:
    return {
        "legacyResourceId": str(number), "name": f"#10{number}", "email": "bob@example.com", "note": None,
        "createdAt": "2026-01-10T11:00:00-05:00", "updatedAt": at, "processedAt": "2026-01-10T11:00:00-05:00",
        "cancelledAt": None, "closedAt": None, "displayFinancialStatus": "PAID",
        "paymentGatewayNames": ["shopify_payments"],
        "totalPriceSet": money("1250.50", code), "totalTaxSet": money("0.0", code),
        "totalReceivedSet": money("1250.5", code),
        "customer": {"legacyResourceId": "207"}, "billingAddress": {"company": None, "name": "Bob Norman"},
        "lineItems": [
            {"id": f"gid://shopify/LineItem/{number}{place}", "sku": f"S-{place}", "name": "Widget", "quantity": 2,
             "discountedTotalSet": money("19.99", code)}
            for place in range(count)
        ],
    }  # fmt: skip


@dataclass
class Shopify:
    """A shop: two records to a page, ten lines in an order, and as many points as it is given."""

    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refusals: list[Given] = field(default_factory=list)
    version: str = "2026-10"
    left: float = 2000.0
    documents: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Given:
        assert (asked.method, asked.path) == ("POST", "/admin/api/2026-10/graphql.json")
        if asked.headers.get("x-shopify-access-token") != KEY:
            return Given({"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}, 401)
        document, variables = asked.json["query"], asked.json.get("variables", {})
        assert document.startswith("query")
        self.documents.append(document)
        if "{shop{" in document:
            return self._given({"shop": {"id": "gid://shopify/Shop/1", "name": "Harbor Pine"}})
        if self.refusals:
            return self.refusals.pop(0)
        after = int(_AFTER.fullmatch(variables.get("after", "c0"))[1])  # type: ignore[index]
        if "{order(" in document:
            number = variables["id"].removeprefix("gid://shopify/Order/")
            [found] = [one for one in self.objects["orders"] if one["legacyResourceId"] == number]
            return self._given({"order": {"lineItems": connection(found["lineItems"], after, 7)}})
        name = re.findall(r"\{(\w+)\(", document)[0]
        rows = self.objects.get(name, [])
        if since := re.fullmatch(r"updated_at:>='([^']+)'", variables.get("query", "")):
            rows = [one for one in rows if at(one) >= datetime.fromisoformat(since[1])]
        whole = connection(rows, after, 2)
        if name == "orders":
            whole["nodes"] = [{**one, "lineItems": connection(one["lineItems"], 0, 10)} for one in whole["nodes"]]
        return self._given({name: whole})

    def _given(self, data: Any) -> Given:
        status = {"maximumAvailable": 2000.0, "currentlyAvailable": self.left, "restoreRate": 100.0}
        cost = {"requestedQueryCost": 252, "actualQueryCost": 12, "throttleStatus": status}
        return Given({"data": data, "extensions": {"cost": cost}}, headers={"X-Shopify-API-Version": self.version})


def at(one: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(one["updatedAt"])


def connection(rows: list[dict[str, Any]], after: int, size: int) -> dict[str, Any]:
    behind = after + size
    return {"nodes": rows[after:behind], "pageInfo": {"hasNextPage": behind < len(rows), "endCursor": f"c{behind}"}}


@pytest.fixture
def shop() -> Shopify:
    """Return a shop with a long order and one in yen."""
    return Shopify(
        {
            "customers": [
                {
                    "legacyResourceId": "207", "firstName": "Bob", "lastName": "'t Hooft",
                    "createdAt": "2026-01-05T10:00:00Z",
                    "updatedAt": "2026-02-01T09:00:00Z", "defaultEmailAddress": {"emailAddress": "bob@example.com"},
                    "defaultPhoneNumber": {"phoneNumber": "+15550100"}, "defaultAddress": {"city": "Reno", "zip": "89501"},
                }
            ],
            "orders": [order(1, 23), order(2, 1, code="JPY"), order(3, 0)],
            "productVariants": [
                {"legacyResourceId": "31", "sku": "S-1", "title": "Red", "price": "10.5",
                 "createdAt": "2026-01-05T10:00:00Z",
                 "updatedAt": "2026-01-05T10:00:00Z", "product": {"title": "Shirt", "status": "ARCHIVED", "productType": ""}}
            ],
        }
    )  # fmt: skip


@pytest.fixture
def address(shop: Shopify, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the shop."""
    monkeypatch.setenv("HARBOR_KEY", KEY)
    with served(shop) as server:
        yield f"{server.url}/admin/api/2026-10"


def test_a_shop_is_read_whole(shop: Shopify, address: str, tmp_path: Path) -> None:
    """By documents that only read; ids are those of its exports, amounts those of the currency."""
    found = pulled(tmp_path, "shopify", address, TOKEN)

    orders = held(tmp_path, "orders")
    assert found.missing == ()
    assert {key: (one["alt_ids"], one["amount_minor"], one["paid_minor"]) for key, one in orders.items()} == {
        "1": (["#101"], 125050, 125050), "2": (["#102"], 1251, 1251), "3": (["#103"], 125050, 125050),
    }  # fmt: skip
    assert orders["1"]["party_ref"] == "207"
    customer = held(tmp_path, "customers")["207"]
    assert (customer["name"], customer["family_name"], customer["city"]) == ("Bob 't Hooft", "'t Hooft", "Reno")
    variant = held(tmp_path, "products")["31"]
    assert (variant["code"], variant["price_minor"], variant["is_active"]) == ("S-1", 1050, False)
    assert all(re.match(r"query[({]", one) for one in shop.documents)


def test_no_line_of_a_long_order_is_lost(address: str, tmp_path: Path) -> None:
    """Ten stand in the order; all of them come from the order itself, page by page."""
    pulled(tmp_path, "shopify", address, TOKEN)

    lines = lines_of(tmp_path, "orders", "1")
    assert [one["sku"] for one in lines] == [f"S-{place}" for place in range(23)]
    assert {one["amount_minor"] for one in lines} == {1999}
    assert [one["amount_minor"] for one in lines_of(tmp_path, "orders", "2")] == [20]


def test_a_second_pull_asks_for_what_changed(shop: Shopify, address: str, tmp_path: Path) -> None:
    """Orders and customers by their stamp; variants whole, since an archived product does not move theirs."""
    pulled(tmp_path, "shopify", address, TOKEN)
    shop.objects["orders"][1] = order(2, 12, at="2026-11-30T15:00:00Z")
    shop.objects["productVariants"] = []
    found = pulled(tmp_path, "shopify", address, TOKEN)

    assert "products" in " ".join(found.missing)
    assert len(held(tmp_path, "orders")) == 3
    assert held(tmp_path, "orders")["2"]["amount_minor"] == 125050
    assert len(lines_of(tmp_path, "orders", "2")) == 12
    assert len(lines_of(tmp_path, "orders", "1")) == 23


def test_an_empty_bucket_is_waited_for(shop: Shopify, address: str, tmp_path: Path) -> None:
    """The answer is 200 with an error and what is left: as long as it takes to fill is waited, and nothing is lost."""
    status = {"maximumAvailable": 2000.0, "currentlyAvailable": 2, "restoreRate": 100.0}
    cost = {"requestedQueryCost": 252, "actualQueryCost": None, "throttleStatus": status}
    throttled = {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}], "extensions": {"cost": cost}}
    shop.refusals = [Given(throttled), Given({"errors": "Exceeded 2 calls per second"}, 429), Given({}, 503)]

    assert pulled(tmp_path, "shopify", address, TOKEN).missing == ()
    assert len(held(tmp_path, "orders")) == 3


def test_an_expired_version_is_said(shop: Shopify, address: str, tmp_path: Path) -> None:
    """The shop goes on to the next one without a word."""
    shop.version = "2027-01"

    assert (
        "sys answers by version 2027-01 of its interface; 2026-10 was asked for."
        in pulled(tmp_path, "shopify", address, TOKEN).notes
    )


def test_a_missing_right_is_named(shop: Shopify, address: str, tmp_path: Path) -> None:
    """It comes in an answer of 200, too; all else is pulled."""
    denied = {"errors": [{"message": "Access denied for orders field.", "extensions": {"code": "ACCESS_DENIED"}}]}
    shop.objects["orders"] = []
    shop.refusals = [Given({**denied, "data": {"orders": None}})]
    found = pulled(tmp_path, "shopify", address, TOKEN)

    assert any("It needs the scope read_" in one for one in found.missing)


def test_a_wrong_token_says_so(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error is a text and no list."""
    monkeypatch.setenv("HARBOR_KEY", "CANARY-another-0815")

    assert pulled(tmp_path, "shopify", address, TOKEN).sign_in_again
