"""The catalogue: kinds of systems, products and platforms, editable by an engagement."""

from datetime import date

import pytest

from toolkit.connectors import connector_of
from toolkit.landscape.catalogue import INTERFACES, catalogue_categories, catalogue_products, product_named
from toolkit.landscape.catalogue_data import PRODUCTS
from toolkit.landscape.systems import CATEGORIES, System, unknown_categories
from toolkit.scoping.approach.platforms import PLATFORMS

NAMED = (
    "Salesforce", "HubSpot", "QuickBooks Online", "Xero", "Sage Accounting", "Stripe", "Square", "PayPal", "Shopify",
    "SAP S/4HANA", "NetSuite", "Odoo", "Asana", "Slack", "Google Workspace",
)  # fmt: skip


@pytest.mark.parametrize("label", NAMED)
def test_the_fifteen_products_are_there_with_their_facts(label: str) -> None:
    """Kind, interface, formats, ids and exports, each with where and when it was read."""
    [one] = [product for product in PRODUCTS if product.label == label]

    assert one.category in CATEGORIES
    assert one.interface
    assert all((one.formats, one.methods, one.id_fields, one.exports, one.source))
    assert one.stateless is not None
    assert one.as_of <= date(2026, 12, 31)


def test_a_product_that_names_a_connector_is_read_by_it() -> None:
    """Its exports are recognised by their headers; the others are read as any table."""
    read = [one for one in PRODUCTS if one.read_with]
    connectors = [connector_of(one.read_with) for one in read]

    assert len(read) == 8
    assert all(found is not None and any(stream.formats for stream in found.streams) for found in connectors)


@pytest.mark.parametrize("name", ["Zapier", "Make", "n8n", "Workato", "MuleSoft", "Boomi", "Apideck", "Rutter"])
def test_the_eight_platforms_are_there_with_what_they_count(name: str) -> None:
    """A price is compared in the platform's own unit."""
    assert [one.unit for one in PLATFORMS if one.label.startswith(name)]


@pytest.mark.parametrize("name", list(CATEGORIES))
def test_every_kind_of_system_says_what_is_usual_about_its_interface(name: str) -> None:
    """ERP, HL7 and government too."""
    assert INTERFACES[name]
    assert {"erp", "health", "government"} <= {*CATEGORIES}


def test_an_engagement_adds_a_kind_of_its_own() -> None:
    """A laboratory's system is then no longer asked for."""
    own = {"lab": {"label": "Laboratory", "interface": "ASTM"}, "erp": {"label": "The big one", "interface": ""}}
    found = catalogue_categories(own)

    assert (found["lab"].interface, found["lab"].is_own) == ("ASTM", True)
    assert (found["erp"].label, found["erp"].interface) == ("The big one", INTERFACES["erp"])
    assert unknown_categories([System("a", category="lab"), System("b", category="lob")], own) == ("b",)


def test_an_engagement_says_a_fact_otherwise_and_the_rest_stays() -> None:
    """With the day on which it was read."""
    facts = {"interface": "soap", "formats": (), "as_of": date(2027, 1, 5), "source": "the vendor's letter"}
    found = catalogue_products(PRODUCTS, {"sage": facts})["sage"]

    assert (found.interface, found.formats, found.is_own) == ("soap", ("JSON",), True)
    assert found.age_days(date(2027, 1, 15)) == 10


@pytest.mark.parametrize(
    ("words", "name"), [("Sage Accounting", "sage"), ("NETSUITE", "netsuite"), ("", None), ("Wizardry", None)]
)
def test_a_product_is_known_by_its_own_name_only(words: str, name: str | None) -> None:
    """Sage 50 is another product with another interface."""
    found = product_named(words, {one.name: one for one in PRODUCTS})

    assert (found.name if found else None) == name
    assert product_named("Sage 50", {one.name: one for one in PRODUCTS}) is None
