"""Vendure 3.7, a web shop that is asked in GraphQL, by the generic connector and twenty-five lines."""

from pathlib import Path

import pytest

from tests.servers.engagements import described, pulled
from tests.servers.systems import CUSTOMERS, VARIANTS, Vendure

pytestmark = pytest.mark.servers


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
