"""Vendure 3.7, a web shop that is asked in GraphQL, by the generic connector and twenty-five lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.engagements import described, pulled
from tests.servers.running import PROGRAMS, free_port, installed, started, wait_for_later_stamps

pytestmark = pytest.mark.servers

CUSTOMERS, VARIANTS = 120, 3


class Vendure:
    """The server: what a person does there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=60)
        answer = self.http.post(
            "/admin-api",
            json={"query": 'mutation {login(username: "superadmin", password: "superadmin") {__typename}}'},
        )
        self.token = answer.headers["vendure-auth-token"]
        self.http.headers["authorization"] = f"Bearer {self.token}"

    def send(self, query: str, **variables: Any) -> Any:
        answer = self.http.post("/admin-api", json={"query": query, "variables": variables}).raise_for_status().json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendure]:
    """Yield a shop of the test's own: customers, and a product in three sizes."""
    packages, port = installed("vendure", "vendure/node_modules/@vendure/core"), free_port()
    folder = packages.parents[2]
    command = ["node", PROGRAMS / "vendure_serve.js", folder, tmp_path, port]
    url = f"http://127.0.0.1:{port}"
    with started(
        command, url, tmp_path / "log", folder=tmp_path, word="READY", variables={"VENDURE_DISABLE_TELEMETRY": "true"}
    ):
        system = Vendure(url)
        customers = (
            f'c{number}: createCustomer(input: {{firstName: "Ann", lastName: "No {number}",'
            f' emailAddress: "a{number}@example.nl"}}) {{__typename}}'
            for number in range(CUSTOMERS)
        )
        system.send("mutation {" + " ".join(customers) + "}")
        product = system.send(
            'mutation {createProduct(input: {translations: [{languageCode: en, name: "Shirt", slug: "shirt",'
            ' description: ""}]}) {id}}'
        )["createProduct"]["id"]
        sizes = ", ".join(f'{{code: "{one}", translations: [{{languageCode: en, name: "{one}"}}]}}' for one in "sml")
        group = system.send(
            'mutation {createProductOptionGroup(input: {code: "size", translations: [{languageCode: en, name: "size"}],'
            f" options: [{sizes}]}}) {{id options {{id}}}}}}"
        )["createProductOptionGroup"]  # fmt: skip
        system.send(f"mutation {{addOptionGroupToProduct(productId: {product}, optionGroupId: {group['id']}) {{id}}}}")
        made = [
            {"productId": product, "sku": f"S{place}", "price": 1999 + place, "optionIds": [option["id"]],
             "translations": [{"languageCode": "en", "name": f"Shirt {place}"}]}
            for place, option in enumerate(group["options"])
        ]  # fmt: skip
        system.send("mutation ($i: [CreateProductVariantInput!]!) {createProductVariants(input: $i) {id}}", i=made)
        monkeypatch.setenv("VENDURE_TOKEN", system.token)
        wait_for_later_stamps()
        yield system
        system.http.close()


def test_customers_and_variants_come_whole_and_then_as_they_change(shop: Vendure, tmp_path: Path) -> None:
    """A variant that is dearer does not move its product; a customer that is deleted shows when everything is read."""
    folder = described(tmp_path / "client", "vendure", shop.url)
    first = pulled(folder)
    before = first.rows["customers"]
    shop.send('mutation {updateCustomer(input: {id: 5, lastName: "Renamed"}) {__typename}}')
    shop.send("mutation {deleteCustomer(id: 7) {result}}")
    new = shop.send(
        'mutation {createCustomer(input: {firstName: "Ann", lastName: "New", emailAddress: "n@example.nl"})'
        " {... on Customer {id}}}"
    )["createCustomer"]["id"]
    shop.send("mutation {updateProductVariants(input: [{id: 2, price: 2550}]) {id}}")
    second = pulled(folder)
    third = pulled(folder, is_full=True)

    assert first.missing == second.missing == third.missing == ()
    assert (len(before), len(first.rows["variants"])) == (CUSTOMERS, VARIANTS)
    names = {key: row["name"] for key, row in second.rows["customers"].items()}
    assert names == {key: row["name"] for key, row in before.items()} | {"5": "Ann Renamed", new: "Ann New"}
    # A quick machine makes all of them within one second: none of these is later than the newest that was there.
    assert (second.came["customers"], second.came["variants"]) == (2, 1)
    assert second.rows["variants"]["2"]["price_minor"] == 2550
    assert set(third.rows["customers"]) == set(names) - {"7"}


def test_what_is_asked_wrongly_is_said_though_it_answers_200(shop: Vendure, tmp_path: Path) -> None:
    """GraphQL puts its errors into an answer of success; nothing is taken for gone."""
    folder = described(tmp_path / "client", "vendure", shop.url)
    pulled(folder)
    path = folder / "engagement.yaml"
    path.write_text(path.read_text().replace("emailAddress updatedAt", "emailAdress updatedAt"))
    found = pulled(folder)

    assert len(found.missing) == 1
    assert "emailAdress" in found.missing[0]
    assert len(found.rows["customers"]) == CUSTOMERS
