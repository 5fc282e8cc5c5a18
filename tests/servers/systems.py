"""Three business systems that nobody here wrote, each with what a person does there, run for as long as a test lasts."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.servers.running import PROGRAMS, free_port, installed, started, wait_for_later_stamps

CUSTOMERS, VARIANTS = 120, 3
"""Of a new shop."""


class Tryton:
    """An ERP: read over REST, changed over JSON-RPC."""

    def __init__(self, url: str, key: str, folder: Path) -> None:
        self.url = url
        self.key = key
        self.database = folder / "erp.sqlite"
        self.http = httpx.Client(base_url=f"{url}/erp/rest/model/", headers={"authorization": f"Bearer {key}"}, timeout=30)
        login = {"id": 0, "method": "common.db.login", "params": ["admin", {"password": "admin-pass-1"}, "en"]}
        number, token, _ = httpx.post(f"{url}/erp/rpc/", json=login, timeout=30).raise_for_status().json()["result"]
        self.session = base64.b64encode(f"admin:{number}:{token}".encode()).decode()
        self.rpc = httpx.Client(base_url=url, headers={"authorization": f"Session {self.session}"}, timeout=30)

    def find(self, model: str, domain: str = "[]") -> list[dict[str, Any]]:
        asked = {"d": base64.urlsafe_b64encode(domain.encode()).decode()}
        return list(self.http.get(model, params=asked).raise_for_status().json())

    def change(self, model: str, number: int, **values: Any) -> None:
        self.http.put(f"{model}/{number}", json=values).raise_for_status()

    def add(self, model: str, **values: Any) -> int:
        return int(self.http.post(model, json=values).raise_for_status().json()["id"])

    def delete(self, model: str, number: int) -> None:
        self.http.delete(f"{model}/{number}").raise_for_status()

    def call(self, method: str, *given: Any) -> Any:
        answer = (
            self.rpc.post("/erp/rpc/", json={"id": 1, "method": method, "params": [*given, {}]}).raise_for_status().json()
        )
        assert "error" not in answer, answer["error"]
        return answer["result"]


@contextmanager
def running_tryton(folder: Path) -> Iterator[Tryton]:
    """Run a Tryton of one's own, as seeded."""
    program, seeded = installed("tryton", "tryton/bin/trytond"), installed("tryton", "tryton/pristine.sqlite")
    key, port = installed("tryton", "tryton/key").read_text().strip(), free_port()
    shutil.copy(seeded, folder / "erp.sqlite")
    conf = folder / "conf"
    conf.write_text(f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{port}\n")
    url = f"http://127.0.0.1:{port}"
    with started([program, "-c", conf, "-d", "erp"], f"{url}/", folder / "log", folder=folder):
        system = Tryton(url, key, folder)
        yield system
        system.http.close()
        system.rpc.close()


class Redmine:
    """A tracker."""

    def __init__(self, url: str, key: str, folder: Path) -> None:
        self.url = url
        self.key = key
        self.database = folder / "redmine.sqlite3"
        self.http = httpx.Client(base_url=url, headers={"x-redmine-api-key": key}, timeout=60)

    def send(self, method: str, path: str, **body: Any) -> Any:
        answer = self.http.request(method, path, json=body).raise_for_status()
        return answer.json() if answer.content else None


@contextmanager
def running_redmine(folder: Path) -> Iterator[Redmine]:
    """Run a Redmine of one's own, as seeded."""
    seeded = installed("redmine", "redmine/pristine.sqlite3")
    key, port = installed("redmine", "redmine/key").read_text().strip(), free_port()
    shutil.copy(seeded, folder / "redmine.sqlite3")
    url = f"http://127.0.0.1:{port}"
    variables = {"RAILS_ENV": "production", "DATABASE_URL": f"sqlite3:{folder}/redmine.sqlite3"}
    # Outside of bundler: Debian's list of Redmine's libraries has no web server.
    command = ["puma", "-b", f"tcp://127.0.0.1:{port}", "-e", "production", "-t", "1:4", "config.ru"]
    home = Path("/usr/share/redmine")
    with started(command, f"{url}/login", folder / "log", folder=home, variables=variables):
        system = Redmine(url, key, folder)
        yield system
        system.http.close()


class Vendure:
    """A web shop that is asked in GraphQL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=60)
        self.token = self.signed_in()
        self.http.headers["authorization"] = f"Bearer {self.token}"

    def signed_in(self) -> str:
        """Sign in anew; return the token."""
        query = 'mutation {login(username: "superadmin", password: "superadmin") {__typename}}'
        return httpx.post(f"{self.url}/admin-api", json={"query": query}, timeout=60).headers["vendure-auth-token"]

    def send(self, query: str, **variables: Any) -> Any:
        answer = self.http.post("/admin-api", json={"query": query, "variables": variables}).raise_for_status().json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


@contextmanager
def running_vendure(folder: Path) -> Iterator[Vendure]:
    """Run a shop of one's own that is empty."""
    packages, port = installed("vendure", "vendure/node_modules/@vendure/core"), free_port()
    command: list[str | Path] = ["node", PROGRAMS / "vendure_serve.js", packages.parents[2], folder, str(port)]
    url = f"http://127.0.0.1:{port}"
    variables = {"VENDURE_DISABLE_TELEMETRY": "true"}
    with started(command, url, folder / "log", folder=folder, word="READY", variables=variables):
        system = Vendure(url)
        yield system
        system.http.close()


def fill_shop(shop: Vendure) -> None:
    """Make customers, and a product in three sizes."""
    customers = (
        f'c{number}: createCustomer(input: {{firstName: "Ann", lastName: "No {number}",'
        f' emailAddress: "a{number}@example.nl"}}) {{__typename}}'
        for number in range(CUSTOMERS)
    )
    shop.send("mutation {" + " ".join(customers) + "}")
    product = shop.send(
        'mutation {createProduct(input: {translations: [{languageCode: en, name: "Shirt", slug: "shirt",'
        ' description: ""}]}) {id}}'
    )["createProduct"]["id"]
    sizes = ", ".join(f'{{code: "{one}", translations: [{{languageCode: en, name: "{one}"}}]}}' for one in "sml")
    group = shop.send(
        'mutation {createProductOptionGroup(input: {code: "size", translations: [{languageCode: en, name: "size"}],'
        f" options: [{sizes}]}}) {{id options {{id}}}}}}"
    )["createProductOptionGroup"]  # fmt: skip
    shop.send(f"mutation {{addOptionGroupToProduct(productId: {product}, optionGroupId: {group['id']}) {{id}}}}")
    made = [
        {"productId": product, "sku": f"S{place}", "price": 1999 + place, "optionIds": [option["id"]],
         "translations": [{"languageCode": "en", "name": f"Shirt {place}"}]}
        for place, option in enumerate(group["options"])
    ]  # fmt: skip
    shop.send("mutation ($i: [CreateProductVariantInput!]!) {createProductVariants(input: $i) {id}}", i=made)
    wait_for_later_stamps()
