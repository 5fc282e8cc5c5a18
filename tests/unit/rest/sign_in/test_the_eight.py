"""The systems that most clients have are signed in to as the page says: its own examples, against a vendor on loopback.

The stand-in answers at the vendors' addresses by way of a transport; what it must be asked is what the vendors document.
"""

import base64
import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from ruamel.yaml import YAML

from tests.authorization_server import visited
from toolkit.audit.engagement import open_engagement
from toolkit.audit.sign_ins import door_of, vault_of
from toolkit.rest.connecting import connect
from toolkit.rest.doors import Door
from toolkit.rest.oauth.endpoint import token_client
from toolkit.rest.redaction import Secret
from toolkit.rest.ways import credential_of

PAGE = Path(__file__).resolve().parents[4] / "docs" / "connecting.md"
SECTION = (
    PAGE.read_text("utf-8").partition("## How each system is signed in to")[2].partition("## The browser comes back")[0]
)


def _examples() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for text in re.findall(r"```yaml\n(.+?)```", SECTION, flags=re.DOTALL):
        found |= YAML(typ="safe").load(textwrap.dedent(text))["systems"]
    return found


EXAMPLES = _examples()
EIGHT = {"salesforce", "hubspot", "quickbooks", "xero", "stripe", "shopify", "asana", "zendesk"}


@dataclass
class Vendor:
    """What was asked at which address, and what is answered."""

    told: Mapping[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def http(self) -> httpx.Client:
        return token_client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        form = dict(parse_qsl(request.content.decode()))
        self.asked.append((str(request.url), form, request.headers.get("Authorization", "")))
        number = len(self.asked)
        return httpx.Response(200, json={"access_token": f"CANARY-access-{number}", **self.told})


@dataclass
class Browser:
    """Signs in at the vendor's page, which sends it back with what the vendor adds."""

    adds: str = ""
    addresses: list[str] = field(default_factory=list)

    def secret(self, question: str) -> Secret:
        pytest.fail(f"nothing is asked for: {question}")

    def visit(self, address: str) -> None:
        self.addresses.append(address)
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        visited(f"{asked['redirect_uri']}?code=CANARY-code&state={asked['state']}{self.adds}")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what opens the door of an example."""
    key = rsa.generate_private_key(65537, 2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    monkeypatch.setenv("SALESFORCE_KEY", key.private_bytes(*form).decode())
    for name in re.findall(r"env:([A-Z_]+)", SECTION):
        monkeypatch.setenv(name, f"CANARY-{name.lower()}")

    def door(name: str, vendor: Vendor) -> Door:
        system = json.loads(json.dumps(EXAMPLES[name]).replace("keyring:harbor-pine/salesforce-key", "env:SALESFORCE_KEY"))
        system["sign_in"]["redirect_port"] = 0
        text = json.dumps({"client": "Harbor & Pine", "systems": {name: system}})
        (tmp_path / "engagement.yaml").write_text(text, "utf-8")
        here = open_engagement(tmp_path)
        vault = vault_of(here, lambda _: "four words or more")
        here.close()
        return replace(door_of(here, name, vault), http=vendor.http, wait_s=5.0)

    return door


def signature(credential: Any) -> dict[str, str]:
    """Return the headers that a request of a pull gets, beside its own."""
    bare = httpx.Request("GET", "https://api.example/records")
    signed = next(credential.auth.sync_auth_flow(httpx.Request("GET", "https://api.example/records")))
    return {name: value for name, value in signed.headers.items() if name not in bare.headers}


def test_each_of_the_eight_has_an_example() -> None:
    """A person who knows the vendor's name finds what to write."""
    assert {one["connector"] for one in EXAMPLES.values()} == EIGHT


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("crm", {"authorization": "Bearer CANARY-hubspot_token"}),
        ("payments", {"authorization": "Bearer CANARY-stripe_restricted_key"}),
        ("projects", {"authorization": "Bearer CANARY-asana_token"}),
        ("shop_by_token", {"x-shopify-access-token": "CANARY-shopify_token"}),
        (
            "desk",
            {"authorization": "Basic " + base64.b64encode(b"audit@client.example/token:CANARY-zendesk_token").decode()},
        ),
    ],
)
def test_keys_are_sent_as_their_vendor_wants(opened: Any, name: str, expected: dict[str, str]) -> None:
    """In the header that the vendor's page names."""
    assert signature(credential_of(opened(name, Vendor()))) == expected


TOKEN_URLS = {
    "sales": "https://login.salesforce.com/services/oauth2/token",
    "crm_in_the_browser": "https://api.hubapi.com/oauth/v1/token",
    "books_in_the_browser": "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
    "ledger": "https://identity.xero.com/connect/token",
    "projects_in_the_browser": "https://app.asana.com/-/oauth_token",
    "desk_in_the_browser": "https://harbor-pine.zendesk.com/oauth/tokens",
}
SCOPES = {
    "sales": "api refresh_token",
    "crm_in_the_browser": "crm.objects.contacts.read crm.objects.companies.read crm.objects.deals.read "
    "crm.objects.owners.read",
    "books_in_the_browser": "com.intuit.quickbooks.accounting",
    "ledger": "offline_access accounting.banktransactions.read accounting.contacts.read accounting.invoices.read "
    "accounting.payments.read accounting.settings.read",
    "projects_in_the_browser": "projects:read tasks:read users:read workspaces:read",
    "desk_in_the_browser": "read",
}


@pytest.mark.parametrize(
    ("name", "host", "told", "adds", "places", "way"),
    [
        (
            "sales",
            "login.salesforce.com",
            {"refresh_token": "CANARY-r", "instance_url": "https://hp.my.salesforce.com", "scope": "api refresh_token"},
            "",
            {"instance_url": "https://hp.my.salesforce.com"},
            "client_secret_basic",
        ),
        (
            "crm_in_the_browser", "app.hubspot.com", {"refresh_token": "CANARY-r", "expires_in": 1800}, "", {},
            "client_secret_post",
        ),
        (
            "books_in_the_browser",
            "appcenter.intuit.com",
            {"refresh_token": "CANARY-r", "expires_in": 3600, "x_refresh_token_expires_in": 8726400},
            "&realmId=9130347",
            {"realm_id": "9130347"},
            "client_secret_basic",
        ),
        ("ledger", "login.xero.com", {"refresh_token": "CANARY-r", "expires_in": 1800}, "", {}, "none"),
        (
            "projects_in_the_browser", "app.asana.com", {"refresh_token": "CANARY-r", "expires_in": 3600}, "", {},
            "client_secret_post",
        ),
        ("desk_in_the_browser", "harbor-pine.zendesk.com", {"scope": "read"}, "", {}, "client_secret_post"),
    ],
)  # fmt: skip
def test_the_browser_goes_to_the_vendor_and_the_token_is_kept(
    opened: Any, name: str, *, host: str, told: dict[str, Any], adds: str, places: dict[str, str], way: str
) -> None:
    """With the scopes that reading needs and a challenge; the client names itself as the vendor wants."""
    vendor, browser = Vendor(told), Browser(adds)
    door = opened(name, vendor)
    found = connect(door, browser, owner="Dana", keep_in="file")

    asked = {one: value[0] for one, value in parse_qs(urlsplit(browser.addresses[0]).query).items()}
    assert urlsplit(browser.addresses[0]).hostname == host
    assert asked["scope"] == SCOPES[name]
    assert asked["code_challenge_method"] == "S256"
    [(url, form, basic)] = vendor.asked
    assert url == TOKEN_URLS[name]
    assert form["grant_type"] == "authorization_code"
    assert bool(basic) == (way == "client_secret_basic")
    assert ("client_secret" in form) == (way == "client_secret_post")
    assert found.connection.places == places
    assert found.scopes is not None
    assert found.scopes.missing == ()
    assert signature(credential_of(door)) == {"authorization": "Bearer CANARY-access-1"}


@pytest.mark.parametrize(("name", "days"), [("ledger", 60), ("books_in_the_browser", 100)])
def test_how_long_an_unused_sign_in_lasts_is_known(opened: Any, name: str, days: int) -> None:
    """So that it is listed before it ends."""
    found = connect(opened(name, Vendor({"refresh_token": "CANARY-r"})), Browser(), owner="Dana", keep_in="file")

    assert found.connection.valid_until is not None
    assert (found.connection.valid_until - found.connection.connected_at).days in {days - 1, days}


def test_salesforce_takes_a_signed_statement(opened: Any) -> None:
    """For the user of the permission set; the answer says where the organisation is."""
    vendor = Vendor({"instance_url": "https://hp.my.salesforce.com", "scope": "api"})
    credential = credential_of(opened("sales_by_statement", vendor))

    assert credential.places == {"instance_url": "https://hp.my.salesforce.com"}
    [(url, form, _)] = vendor.asked
    claims = json.loads(base64.urlsafe_b64decode(form["assertion"].split(".")[1] + "=="))
    assert url == "https://login.salesforce.com/services/oauth2/token"
    assert (claims["iss"], claims["sub"], claims["aud"]) == (
        "CONSUMER_KEY",
        "audit@client.example",
        "https://login.salesforce.com",
    )


def test_quickbooks_begins_with_the_token_of_its_playground(opened: Any) -> None:
    """It rotates at once, and the one that was given is not used again."""
    vendor = Vendor({"refresh_token": "CANARY-next", "expires_in": 3600})
    door = opened("books", vendor)
    connect(door, Browser(), owner="Dana", keep_in="file")

    [(url, form, basic)] = vendor.asked
    assert url == "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
    assert form["refresh_token"] == "CANARY-quickbooks_refresh_token"
    assert base64.b64decode(basic.removeprefix("Basic ")) == b"CLIENT_ID:CANARY-quickbooks_secret"
    assert Secret("CANARY-next") in credential_of(door).secrets


def test_shopify_gives_its_apps_a_token_for_its_own_header(opened: Any) -> None:
    """At the shop's own address, with commas between the scopes."""
    vendor = Vendor({"scope": "read_customers,read_orders,read_products", "expires_in": 86399})
    credential = credential_of(opened("shop", vendor))

    assert signature(credential) == {"x-shopify-access-token": "CANARY-access-1"}
    [(url, form, basic)] = vendor.asked
    assert url == "https://harbor-pine.myshopify.com/admin/oauth/access_token"
    assert form == {
        "grant_type": "client_credentials",
        "scope": "read_customers,read_orders,read_all_orders,read_products",
        "client_id": "CLIENT_ID",
        "client_secret": "CANARY-shopify_secret",
    }
    assert basic == ""
    assert credential.granted_scopes == {"read_customers", "read_orders", "read_products"}
