"""localstripe 1.15, which speaks Stripe's interface, by the generic connector and twenty-five lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.engagements import described, pulled
from tests.servers.running import PROGRAMS, free_port, installed, started

pytestmark = pytest.mark.servers

CUSTOMERS = 250


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """Yield a localstripe of the test's own, with customers and what three of them subscribed to."""
    python, port = installed("localstripe", "localstripe/bin/python"), free_port()
    monkeypatch.setenv("LOCALSTRIPE_KEY", "sk_test_12345")
    url = f"http://127.0.0.1:{port}"
    with (
        started([python, PROGRAMS / "localstripe_serve.py", tmp_path, port], url, tmp_path / "log", folder=tmp_path),
        httpx.Client(base_url=f"{url}/v1", headers={"authorization": "Bearer sk_test_12345"}) as client,
    ):
        for number in range(CUSTOMERS):
            send(client, "POST", "/customers", description=f"Client {number:03d}", email=f"c{number}@example.nl")
        yield client


def send(client: httpx.Client, method: str, path: str, **form: Any) -> Any:
    return client.request(method, path, data=form).raise_for_status().json()


def subscribed(client: httpx.Client, customer: str, amount: int) -> None:
    plan = send(
        client, "POST", "/plans", amount=amount, currency="eur", interval="month", name=f"Plan {amount}", id=f"plan-{amount}"
    )
    card = {"card[number]": "4242424242424242", "card[exp_month]": 12, "card[exp_year]": 2031, "card[cvc]": "123"}
    token = client.post("/tokens", data={"key": "pk_test_12345", **card}).raise_for_status().json()
    send(client, "POST", f"/customers/{customer}/sources", source=token["id"])
    form = {"customer": customer, "items[0][plan]": plan["id"]}
    client.post("/subscriptions", data=form).raise_for_status()


def test_customers_and_invoices_come_whole_and_then_as_they_are(shop: httpx.Client, tmp_path: Path) -> None:
    """Every page is behind the last record of the one before; it tells no changes, so each pull is of everything."""
    customers = [one["id"] for one in send(shop, "GET", "/customers?limit=3")["data"]]
    for number, customer in enumerate(customers):
        subscribed(shop, customer, 12_005 + number)
    folder = described(tmp_path / "client", "localstripe", str(shop.base_url).removesuffix("/v1/"))
    first = pulled(folder)

    send(shop, "POST", f"/customers/{customers[0]}", description="Renamed")
    send(shop, "DELETE", f"/customers/{customers[2]}")
    new = send(shop, "POST", "/customers", description="New")["id"]
    second = pulled(folder)

    assert first.missing == second.missing == ()
    assert len(first.rows["customers"]) == CUSTOMERS
    before, after = ({key: row["name"] for key, row in held.rows["customers"].items()} for held in (first, second))
    kept = {key: name for key, name in before.items() if key != customers[2]}
    assert after == kept | {customers[0]: "Renamed", new: "New"}
    assert sorted(row["amount_minor"] for row in first.rows["invoices"].values()) == [12_005, 12_006, 12_007]
    assert {row["currency"] for row in first.rows["invoices"].values()} == {"EUR"}
    assert sorted(row["amount_minor"] for row in first.lines["invoices"]) == [12_005, 12_006, 12_007]
