"""The circle with Vendure 3.7, a shop in GraphQL: customers with their addresses and orders."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.servers.between import standing_between
from tests.servers.circle import (
    as_pulled,
    described_on_page,
    killed_after,
    lacking,
    planned,
    rehearsed,
    sent,
    taken_back,
    with_crm,
)
from tests.servers.dumps import Difference, differences
from tests.servers.systems import Vendure, running_vendure

pytestmark = pytest.mark.servers

PEOPLE = (
    "Ann Berg", "Bob Castle", "Cora Dunn", "Dirk Evers", "Ella Frost", "Finn Gale", "Gus Hale", "Hana Ito", "Ivo Jansen",
    "Jo Kramer", "Kim Lund", "Leo Mulder", "Mia Novak", "Nils Olsen", "Olga Peters", "Piet Quist", "Rosa Smit",
    "Sven Thorn",
)  # fmt: skip
TWICE = 4
ITS_OWN = ("updatedAt", "history")
"""What Vendure writes itself: stamps, and a history of each customer and order that no change takes back."""

EVERYTHING = """{
  customers(options: {take: 200}) {items {id firstName lastName emailAddress phoneNumber title createdAt updatedAt
    customFields {archived reference} addresses {id streetLine1 city} history {totalItems}}}
  orders(options: {take: 200}) {items {id code state createdAt updatedAt totalWithTax currencyCode customer {id}
    lines {id quantity linePriceWithTax} payments {state amount} shippingAddress {streetLine1} history {totalItems}}}
}"""
MAKE = "mutation ($i: CreateCustomerInput!) {createCustomer(input: $i) {... on Customer {id}}}"
ADDRESS = "mutation ($c: ID!, $i: CreateAddressInput!) {createCustomerAddress(customerId: $c, input: $i) {id}}"
UPDATE = "mutation ($i: UpdateCustomerInput!) {updateCustomer(input: $i) {... on Customer {id}}}"
DELETE = "mutation ($c: ID!) {deleteCustomer(id: $c) {result}}"
SHIRT = """mutation {
  createProduct(input: {translations: [{languageCode: en, name: "Shirt", slug: "shirt", description: ""}]}) {id}
}"""
SIZE = "mutation ($i: [CreateProductVariantInput!]!) {createProductVariants(input: $i) {id}}"
ORDERED = """mutation ($o: ID!, $v: ID!, $c: ID, $a: CreateAddressInput!) {
  addItemToDraftOrder(orderId: $o, input: {productVariantId: $v, quantity: 3}) {... on Order {id}}
  setCustomerForDraftOrder(orderId: $o, customerId: $c) {... on Order {id}}
  setDraftOrderShippingAddress(orderId: $o, input: $a) {id}
  setDraftOrderShippingMethod(orderId: $o, shippingMethodId: 1) {... on Order {id}}
  transitionOrderToState(id: $o, state: "ArrangingPayment") {... on Order {id}}
  addManualPaymentToOrder(input: {orderId: $o, method: "bank", transactionId: "t", metadata: {}}) {... on Order {state}}
}"""

Client = tuple[str, str]
"""The ids of a customer and of an order; of one who stands there once, no order."""


@pytest.fixture(scope="module")
def vendure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vendure]:
    """Yield a shop that sells a shirt, for the tests of this page."""
    with running_vendure(tmp_path_factory.mktemp("vendure")) as system:
        product = system.send(SHIRT)["createProduct"]["id"]
        said = {"languageCode": "en", "name": "Shirt"}
        size = {"productId": product, "sku": "S", "price": 333, "trackInventory": "FALSE", "translations": [said]}
        system.send(SIZE, i=[size])
        yield system


@pytest.fixture
def clients(vendure: Vendure, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Client]]:
    """Yield customers with an address each, some of them twice under another address of mail, and with a paid order then."""
    monkeypatch.setenv("VENDURE_TOKEN", vendure.token)
    monkeypatch.setenv("VENDURE_TOKEN_TO_WRITE", vendure.signed_in())
    found = []
    for number, name in enumerate([*PEOPLE, *PEOPLE[:TWICE]]):
        given, family = name.split()
        place, again = number % len(PEOPLE), number >= len(PEOPLE)
        said = {
            "firstName": given,
            "lastName": family,
            "emailAddress": f"{given[0]}{family}@mail.example" if again else f"{given}.{family}@example.nl",
            "phoneNumber": f"020 55501{place:02d}" if again else f"+31 20 555 01{place:02d}",
        }
        customer = vendure.send(MAKE, i=said)["createCustomer"]["id"]
        address = {"streetLine1": f"{number} Quay", "countryCode": "NL"}
        vendure.send(ADDRESS, c=customer, i=address)
        found.append((customer, ordered(vendure, customer, address) if again else ""))
    yield found
    for name, number in held(vendure):
        if name == "customers":
            vendure.send(DELETE, c=number)


def ordered(vendure: Vendure, customer: str, address: dict[str, str]) -> str:
    """Order three shirts for a customer, and pay them."""
    order = str(vendure.send("mutation {createDraftOrder {id}}")["createDraftOrder"]["id"])
    done = vendure.send(ORDERED, o=order, v="1", c=customer, a=address)
    assert done["addManualPaymentToOrder"]["state"] == "PaymentSettled"
    return order


def held(vendure: Vendure) -> dict[Any, dict[str, Any]]:
    """Return every customer and order as the shop shows them to somebody else than us."""
    return {(name, one["id"]): one for name, found in vendure.send(EVERYTHING).items() for one in found["items"]}


def test_a_cleanup_that_is_killed_goes_on_and_is_taken_back_to_equality(
    vendure: Vendure, clients: list[Client], tmp_path: Path
) -> None:
    """Record by record: paid orders moved, duplicates archived, phones written alike, no more; then all is as it was."""
    before = held(vendure)
    merged: Difference = {}
    for (stays, _), (goes, order) in zip(clients[:TWICE], clients[len(PEOPLE) :], strict=True):
        archived = {"archived": False, "reference": None}, {"archived": True, "reference": None}
        merged["customers", goes] = {"customFields": archived}
        merged["orders", order] = {"customer": ({"id": goes}, {"id": stays})}
    for place, (customer, _) in enumerate(clients[: len(PEOPLE)]):
        merged["customers", customer] = {"phoneNumber": (f"+31 20 555 01{place:02d}", f"+312055501{place:02d}")}
    with standing_between(vendure.url) as between:
        folder = described_on_page(tmp_path / "client", "Vendure", between.url)
        plan = planned(folder, "cleanup", "shop")
        rehearsed(folder, plan, between)
        assert differences(before, held(vendure), without=()) == {}

        killed_after(folder, plan, between, 4)
        ended = sent(folder, plan)

        assert ended["counts"] == {"confirmed": len(plan.operations)}
        assert len(between.changes) == len(plan.operations) == len(PEOPLE) + 2 * TWICE
        assert differences(before, held(vendure), without=ITS_OWN) == merged
        assert lacking(plan, as_pulled(folder)) == []

        assert taken_back(folder, plan)["counts"] == {"confirmed": len(plan.operations)}
        assert differences(before, held(vendure), without=ITS_OWN) == {}


def test_what_somebody_changed_or_deleted_meanwhile_is_left_alone(
    vendure: Vendure, clients: list[Client], tmp_path: Path
) -> None:
    """A clerk mended one phone and deleted one customer: both are told, and too many of that stop the job."""
    with standing_between(vendure.url) as between:
        folder = described_on_page(tmp_path / "client", "Vendure", between.url)
        plan = planned(folder, "cleanup", "shop")
        changed = [one.target_id for one in plan.operations if one.action == "update"]
        assert len(changed) == len(clients) - TWICE
        # Behind the first ones, at which any surprise stops the job.
        edited, deleted = changed[9], changed[11]
        vendure.send(UPDATE, i={"id": edited, "phoneNumber": "+31 20 999 9999"})
        vendure.send(DELETE, c=deleted)

        ended = sent(folder, plan)

        assert ended["counts"] == {"confirmed": 18, "conflict": 2, "planned": 6}
        assert ended["stopped"] == "2 of 20 records were changed by others since the plan was made: plan again."
        assert held(vendure)["customers", edited]["phoneNumber"] == "+31 20 999 9999"
        assert "The record is gone." in call("journal", plan.plan_id, folder).out


PERSON = (
    "entity: party, kind: person, roles: [customer], file: [customers.csv], key: [Id], "
    "fields: {given_name: First, family_name: Last, email: Mail}"
)


def test_who_is_missing_is_entered_once_though_an_answer_is_lost_and_a_folded_address_is_told(
    vendure: Vendure, clients: list[Client], tmp_path: Path
) -> None:
    """Found again by our mark, where the answer was lost; an address of mail in capitals is not what the shop holds."""
    new = ("Tess Udo,tess@udo-atelier.nl", "Vera Wit,vera@wit-atelier.nl", "Yara Zwart,Yara@Zwart-Atelier.nl")
    rows = ["Id,First,Last,Mail", *(f"{number},{one.replace(' ', ',')}" for number, one in enumerate(new, 1))]
    before = held(vendure)
    with standing_between(vendure.url) as between:
        folder = described_on_page(tmp_path / "client", "Vendure", between.url)
        with_crm(folder, PERSON, rows, "shop.customers")
        plan = planned(folder, "sync", "shop")
        between.lost = 2
        ended = sent(folder, plan)

    assert ended["counts"] == {"confirmed": 2, "differs": 1}
    assert "It was taken, and the system now holds another value in: email." in call("journal", plan.plan_id, folder).out
    assert "It was found done." in call("journal", plan.plan_id, folder).out
    assert len(between.changes) == len(new)
    made = [one for record, one in held(vendure).items() if record not in before]
    assert sorted(one["emailAddress"] for one in made) == [
        "tess@udo-atelier.nl", "vera@wit-atelier.nl", "yara@zwart-atelier.nl",
    ]  # fmt: skip
    marks = {plan.idempotency_key(one.op_id) for one in plan.operations}
    assert {one["customFields"]["reference"] for one in made} == marks
    assert clients
