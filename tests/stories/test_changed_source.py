"""An engagement that began with exports is asked over interfaces, and goes back: everybody stays who he was.

The interfaces are stand-ins on loopback that serve what the exports hold: one gives the ids of the exports, the other one
numbers where the export has names.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.fault_server import Asked, Given, served
from tests.stories.conftest import GOLDEN
from toolkit import connectors, discovery
from toolkit.audit.decisions import import_decisions
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.matching import decisions_waiting
from toolkit.audit.practice import served_systems
from toolkit.audit.pull.all_systems import SystemsPull, pull_systems
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.sandbox.excerpt import connection_settings
from toolkit.sandbox.running import running
from toolkit.store import Run

ONE, TWO = "crm/companies/101", "crm/companies/102"

BRIGHTBOOK = '''
"""Brightbook: customers; its export knows no ids."""

from toolkit.connector import Account, Api, Connector, ExportFormat, Field, Limit, Reading, SignIn, Stream

CUSTOMERS = Stream(
    "customers",
    "party",
    {
        "name": Field(("Customer",), path=("displayName",)),
        "email": Field(("Email",), path=("email",)),
        "street": Field(("Bill street",), path=("street",)),
        "postcode": Field(("Bill zip",), path=("zip",)),
    },
    key=("Customer",),
    is_id=False,
    kind="company",
    roles=("customer",),
    path_key=("id",),
    path_alt_ids=("displayName",),
    formats=(ExportFormat("customers", ("Customer", "Bill street", "Bill zip")),),
    readings=(Reading("/customers", records="data"),),
)

CONNECTOR = Connector(
    "brightbook",
    "Brightbook",
    "ledger",
    (CUSTOMERS,),
    api=Api(
        "https://books.example/v1", sign_in=(SignIn("bearer"),), limits=(Limit(100, 60.0),), account=Account("/me", "id")
    ),
)
'''

CUSTOMERS = [
    ("Acorn Dental LLC", "office@acorn.example", "12 Oak Street", "60607"),
    ("Acorn Dental", "office@acorn.example", "12 Oak St", "60607"),
    ("Bluebird Bakery Inc", "hi@bluebird.example", "480 Clark Street", "60614"),
    ("Cedar Law Group", "mail@cedar.example", "9 Pier Road", "60611"),
]


def ids(run: Run) -> dict[str, str]:
    return {row["record_key"]: row["cluster_id"] for row in run.table("cluster").to_pylist()}


def present(engagement: Engagement, system: str, stream: str) -> dict[str, dict[str, Any]]:
    """Return the records of a stream that are there, by their key."""
    table = engagement.store.records(["record_key", "record_id", "alt_ids", "name", "state"])[system, stream]
    return {one["record_key"]: one for one in table.to_pylist() if one["state"] in {"active", "archived"}}


def changed_settings(folder: Path, system: str, **settings: Any) -> None:
    """Say of a system what is said now, and nothing else of how it is asked."""
    yaml, file = YAML(), folder / "engagement.yaml"
    read = yaml.load(file.read_text("utf-8"))
    for name in ("api", "sign_in"):
        read["systems"][system].pop(name, None)
    read["systems"][system] |= settings
    with file.open("w", encoding="utf-8") as stream:
        yaml.dump(read, stream)


@contextmanager
def opened(folder: Path) -> Iterator[Engagement]:
    engagement = open_engagement(folder)
    try:
        yield engagement
    finally:
        engagement.close()


def test_a_crm_that_is_asked_goes_on_where_its_exports_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ids are the same: no duplicate, the decision holds, clusters keep their names; and so it is on the way back."""
    folder = tmp_path / "client"
    shutil.copytree(GOLDEN / "mini" / "client", folder)
    with opened(folder) as engagement:
        pull_snapshots(engagement)
        first = run_stages(engagement, "match")
        file = tmp_path / "reviewed.csv"
        file.write_text(f"key_l,key_r,decision,reviewer,note\n{ONE},{TWO},not_same,Dana,two practices\n", "utf-8")
        import_decisions(engagement, file)
        decided = ids(run_stages(engagement, "match"))
        before = present(engagement, "crm", "companies")
        crm = [one for one in served_systems(engagement) if one.name == "crm"]
    with running(crm, is_unattended=True) as [one]:
        for name, secret in one.secrets.items():
            monkeypatch.setenv(name, secret)
        settings = connection_settings(one)
        changed_settings(folder, "crm", api=settings["api"], sign_in=settings["sign_in"])
        with opened(folder) as engagement:
            asked = pull_systems(engagement)
            by_interface = ids(run_stages(engagement, "match"))
            now = present(engagement, "crm", "companies")
            waiting = decisions_waiting(engagement).num_rows
    changed_settings(folder, "crm")
    with opened(folder) as engagement:
        pull_systems(engagement)
        back = ids(run_stages(engagement, "match"))

    assert ids(first)[ONE] == ids(first)[TWO]
    assert decided[ONE] != decided[TWO]
    assert asked.missing == ()
    assert {key: one["name"] for key, one in now.items()} == {key: one["name"] for key, one in before.items()}
    # No export lists the owners of records.
    assert {key: name for key, name in by_interface.items() if not key.startswith("crm/owners/")} == decided
    assert waiting == 0
    assert {key: name for key, name in back.items() if not key.startswith("crm/owners/")} == decided


@pytest.fixture
def brightbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put the connector of another vendor beside the others."""
    folder = tmp_path_factory.mktemp("connectors")
    (folder / "brightbook.py").write_text(BRIGHTBOOK, encoding="utf-8")
    connectors.__path__.append(str(folder))
    discovery._found.cache_clear()
    yield
    connectors.__path__.remove(str(folder))
    sys.modules.pop("toolkit.connectors.brightbook", None)
    discovery._found.cache_clear()


def books(asked: Asked) -> Given:
    """Answer with the customers by the ids of the interface, and one that no export had."""
    if asked.path == "/me":
        return Given({"id": "b-1"})
    entries = [
        {"id": 58 + number, "displayName": name, "email": email, "street": street, "zip": postcode}
        for number, (name, email, street, postcode) in enumerate([*CUSTOMERS, ("Dune & Co", "d@dune.example", "", "")])
    ]
    return Given({"data": entries})


def exported(folder: Path) -> None:
    (folder / "exports" / "books").mkdir(parents=True)
    rows = "".join(",".join(row) + "\n" for row in CUSTOMERS)
    (folder / "exports" / "books" / "customers.csv").write_text(f"Customer,Email,Bill street,Bill zip\n{rows}", "utf-8")
    (folder / "engagement.yaml").write_text("client: Harbor\ncountry: US\nsystems:\n  books: {connector: brightbook}\n")


def pulled(folder: Path) -> tuple[SystemsPull, dict[str, str], dict[str, dict[str, Any]], int]:
    with opened(folder) as engagement:
        found = pull_systems(engagement)
        clusters = ids(run_stages(engagement, "match"))
        return found, clusters, present(engagement, "books", "customers"), decisions_waiting(engagement).num_rows


@pytest.mark.usefixtures("brightbook")
def test_a_ledger_whose_export_has_names_and_whose_interface_has_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each customer keeps the key that it was known by; its number stands among its other ids; only the new one is new."""
    monkeypatch.setenv("BOOKS_TOKEN", "token-of-harbor-4711")
    folder = tmp_path / "client"
    exported(folder)
    _, before, _, _ = pulled(folder)
    file = tmp_path / "reviewed.csv"
    pair = "books/customers/Acorn Dental LLC,books/customers/Acorn Dental"
    file.write_text(f"key_l,key_r,decision,reviewer,note\n{pair},not_same,Dana,two practices\n", "utf-8")
    with opened(folder) as engagement:
        import_decisions(engagement, file)
    _, decided, _, _ = pulled(folder)
    with served(books) as server:
        sign_in = {"way": "bearer", "token": "env:BOOKS_TOKEN"}
        changed_settings(folder, "books", api={"url": server.url}, sign_in=sign_in)
        asked, by_interface, now, waiting = pulled(folder)
        _, again, _, _ = pulled(folder)
    changed_settings(folder, "books")
    _, back, at_the_end, _ = pulled(folder)

    assert asked.missing == ()
    assert len(before) == len(CUSTOMERS)
    new = "books/customers/62"
    assert sorted(now) == sorted([*(f"books/customers/{name}" for name, *_ in CUSTOMERS), new])
    assert now["books/customers/Cedar Law Group"]["alt_ids"] == ["61"]
    assert {key: name for key, name in by_interface.items() if key != new} == decided
    assert again == by_interface
    assert waiting == 0
    assert {key: name for key, name in back.items() if key != new} == decided
    assert sorted(at_the_end) == [f"books/customers/{name}" for name in sorted(name for name, *_ in CUSTOMERS)]


@pytest.mark.usefixtures("brightbook")
def test_a_ledger_that_was_asked_first_is_known_in_its_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way round: numbers stay, names lead to them."""
    monkeypatch.setenv("BOOKS_TOKEN", "token-of-harbor-4711")
    exported(tmp_path)
    with served(books) as server:
        sign_in = {"way": "bearer", "token": "env:BOOKS_TOKEN"}
        changed_settings(tmp_path, "books", api={"url": server.url}, sign_in=sign_in)
        _, before, asked, _ = pulled(tmp_path)
    changed_settings(tmp_path, "books")
    _, after, now, _ = pulled(tmp_path)

    assert sorted(asked) == [f"books/customers/{number}" for number in range(58, 63)]
    assert sorted(now) == [f"books/customers/{number}" for number in range(58, 62)]
    assert {key: before[key] for key in after} == after
    assert all(re.fullmatch(r"books/customers/\d+", key) for key in after)


def test_the_ledger_of_a_client_keeps_its_parties_and_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QuickBooks: its reports name customers and number documents, its interface has ids of its own for all of them."""
    folder = tmp_path / "client"
    shutil.copytree(GOLDEN / "mini" / "client", folder)
    streams = ("customers", "invoices", "payments")
    with opened(folder) as engagement:
        pull_snapshots(engagement)
        clusters = ids(run_stages(engagement, "match"))
        before = {name: set(present(engagement, "ledger", name)) for name in streams}
        ledger = [one for one in served_systems(engagement) if one.name == "ledger"]
    with running(ledger, is_unattended=True) as [one]:
        for name, secret in one.secrets.items():
            monkeypatch.setenv(name, secret)
        settings = connection_settings(one)
        changed_settings(folder, "ledger", api=settings["api"], sign_in=settings["sign_in"])
        with opened(folder) as engagement:
            asked = pull_systems(engagement)
            after = {name: set(present(engagement, "ledger", name)) for name in streams}
            by_interface = ids(run_stages(engagement, "match"))

    assert asked.missing == ()
    assert all(before.values())
    assert after == before
    assert by_interface == clusters
