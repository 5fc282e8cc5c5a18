"""The pages of docs/systems and the README's table say what the connectors say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from toolkit.connector import Connector
from toolkit.connectors import connectors

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "systems"
_AGAIN = "The page is out of date: run 'python docs/systems/write.py'."


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("system_pages", FOLDER / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()
PAGES: dict[str, str] = SCRIPT.pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_the_connector_says(name: str) -> None:
    """After a change to a connector, the script writes the pages anew."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], _AGAIN


def test_every_system_has_a_page_and_every_page_a_system() -> None:
    """A consultant finds each system, and none that is gone."""
    assert {path.stem for path in FOLDER.glob("*.md")} == {"README", *(one.name for one in connectors())}


def test_the_table_of_the_readme_is_that_of_the_connectors() -> None:
    """Who reads nothing else sees what is read of which system."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert text == SCRIPT.readme(text), _AGAIN


@pytest.mark.parametrize("connector", [one for one in connectors() if one.api is not None], ids=lambda one: one.name)
def test_who_connects_a_system_finds_how_its_credentials_are_made(connector: Connector) -> None:
    """For one way to sign in at least, with what the connector was proved on and what is odd about the system."""
    ways = {one.way for one in connector.api.sign_in} if connector.api is not None else set()

    assert set(connector.about.credentials) <= ways
    assert connector.about.credentials
    assert connector.about.quirks
    assert any(one.kind != "export_files" for one in connector.about.proved_on)
    assert all(text.endswith(".") for steps in connector.about.credentials.values() for text in steps)


@pytest.mark.parametrize(("name", "loss"), [("hubspot", "R2"), ("salesforce", "R2"), ("shopify", "R3"), ("zendesk", "R3")])
def test_who_wants_records_merged_by_the_system_finds_the_setting_and_what_it_costs(name: str, loss: str) -> None:
    """The word of the settings, what is agreed to with it, what is lost, and where more stands."""
    text = PAGES[f"{name}.md"]

    assert "merge_by: vendor" in text
    assert f"`--accept {loss}`. Lost for good:" in text
    assert "](../changing-data.md#" in text.split("## Duplicates merged by the system itself")[1]


def test_the_settings_of_salesforce_and_shopify_stand_on_their_pages() -> None:
    """With their form and what they require."""
    salesforce, shopify = PAGES["salesforce.md"], PAGES["shopify.md"]

    assert "external_ids: {accounts: Audit_Key__c, contacts: Audit_Key__c, leads: Audit_Key__c}" in salesforce
    assert "text, unique, marked as an external ID" in salesforce
    assert "updates_together: true" in salesforce
    assert "masters: [has_email, " in shopify
    assert all("changing-data.md#salesforce-and-shopify" in text for text in (salesforce, shopify))


def test_no_page_promises_that_a_merge_of_the_system_is_taken_back() -> None:
    """What a cleanup decides says where that ends."""
    text = (ROOT / "docs" / "cleaning-up.md").read_text("utf-8")

    assert "There is no vendor's merge" not in text
    assert "`merge_by: vendor`" in text
