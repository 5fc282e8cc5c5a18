"""Salesforce, asked: its queries over what the user may see, from a server on loopback that knows this connector's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, FaultServer, Given, served
from tests.vendor_pulls import KEY, held, lines_of, page_of, pulled, refused
from toolkit.audit.engagement import open_engagement
from toolkit.store.parquet import parquet_columns

HOME = "/services/data/v66.0"
LONG_AGO = "2026-02-01T09:00:00.000+0000"
CHILDREN = {
    "OpportunityLineItem": ("Id", "Quantity", "TotalPrice", "ProductCode", "Name", "Description"),
    "PricebookEntry": ("Id", "UnitPrice"),
}
LIMIT = [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]


def record(kind: str, key: str, **values: Any) -> dict[str, Any]:
    return {
        "attributes": {"type": kind, "url": f"{HOME}/sobjects/{kind}/{key}"},
        "Id": key,
        "IsDeleted": False,
        "CreatedDate": "2026-01-05T10:00:00.000+0000",
        "LastModifiedDate": LONG_AGO,
        "SystemModstamp": LONG_AGO,
        **values,
    }


def selected_names(query: str) -> list[str]:
    """Return what a query selects: names, and whole queries in brackets."""
    found = re.match(r"SELECT (.+) FROM \w+(?: WHERE [^()]+)?(?: LIMIT 1)?$", query)
    assert found is not None, query
    return [one.strip() for one in re.findall(r"\([^()]*\)|[^,()]+", found[1]) if one.strip()]


@dataclass
class Salesforce:
    """An org: its objects by kind, what of each its user may not see, pages of two."""

    objects: dict[str, list[dict[str, Any]]]
    hidden: set[str] = field(default_factory=set)
    refusals: dict[str, list[Given]] = field(default_factory=dict)
    queries: list[str] = field(default_factory=list)
    results: list[list[dict[str, Any]]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Given:
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return refused(401, [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}])
        if self.refusals.get(asked.path):
            return self.refusals[asked.path].pop(0)
        own = asked.path.removeprefix(HOME)
        if own.endswith("/describe"):
            return self._described(own.split("/")[2])
        if own.startswith("/query/"):
            number, _, cursor = own.removeprefix("/query/").partition("-")
            return self._page(int(number), cursor)
        return self._answered(asked.query["q"])

    def _described(self, kind: str) -> Given:
        if kind in CHILDREN:
            names = {name for name in CHILDREN[kind] if f"{kind}.{name}" not in self.hidden}
            return Given({"name": kind, "fields": [{"name": name} for name in sorted(names)], "childRelationships": []})
        if kind not in self.objects:
            return refused(404, [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}])
        names = {name for one in self.objects[kind] for name in one} - {"attributes"}
        names = {name for name in names if f"{kind}.{name}" not in self.hidden}
        fields = [
            {"name": f"{name}Id" if name in {"Owner", "Account", "CreatedBy"} else name,
             "relationshipName": name if name in {"Owner", "Account", "CreatedBy"} else None}
            for name in sorted(names) if name not in {"OpportunityLineItems", "PricebookEntries"}
        ]  # fmt: skip
        children = [
            {"relationshipName": name, "childSObject": of}
            for name, of in (("OpportunityLineItems", "OpportunityLineItem"), ("PricebookEntries", "PricebookEntry"))
            if name in names
        ]
        return Given({"name": kind, "fields": fields, "childRelationships": [{"relationshipName": None}, *children]})

    def _answered(self, query: str) -> Given:
        self.queries.append(query)
        kind = re.findall(r" FROM (\w+)", query)[-1]
        if kind == "Organization":
            return Given({"totalSize": 1, "done": True, "records": [{"Id": "00D000000000001AAA", "Name": "Harbor"}]})
        names = {re.sub(r"\(SELECT .* FROM (\w+).*\)", r"\1", one).partition(".")[0] for one in selected_names(query)}
        for name in sorted(names):
            if f"{kind}.{name}" in self.hidden:
                return refused(
                    400, [{"message": f"No such column '{name}' on entity '{kind}'.", "errorCode": "INVALID_FIELD"}]
                )
        for name in ", ".join(re.findall(r"\(SELECT (.+?) FROM OpportunityLineItems\)", query)).split(", "):
            if f"OpportunityLineItem.{name}" in self.hidden:
                message = f"No such column '{name}' on entity 'OpportunityLineItem'."
                return refused(400, [{"message": message, "errorCode": "INVALID_FIELD"}])
        since = re.search(r"SystemModstamp >= (\S+)", query)
        at = datetime.fromisoformat(since[1]) if since else None
        rows = [
            {name: value for name, value in one.items() if name in {*names, "attributes"}}
            for one in self.objects[kind]
            if at is None or datetime.fromisoformat(one["SystemModstamp"]) >= at
        ]
        self.results.append(rows)
        return self._page(len(self.results) - 1, "")

    def _page(self, number: int, cursor: str) -> Given:
        shown, after = page_of(self.results[number], 2, cursor)
        more = {"nextRecordsUrl": f"{HOME}/query/{number}-{after}"} if after else {}
        return Given({"totalSize": len(self.results[number]), "done": not after, "records": shown, **more})


ACME, BIRCH, CEDAR = "001D000000IRFmaIAH", "001D000000IomazIAB", "001D000000IomazIAC"


@pytest.fixture
def org(monkeypatch: pytest.MonkeyPatch) -> Salesforce:
    monkeypatch.setenv("HARBOR_KEY", KEY)
    owner = {"Owner": {"attributes": {"type": "User"}, "Name": "Kim Lee"}, "OwnerId": "005D1"}
    accounts = [
        record("Account", ACME, Name="Acme", Website="acme.example", BillingCity="Boston", MasterRecordId=None,
               Fax="617-555-0100", AccountNumber="C-1", Tier__c="Gold", **owner),
        record("Account", BIRCH, Name="Acme Inc", IsDeleted=True, MasterRecordId=ACME, Fax=None, **owner),
        record("Account", CEDAR, Name="Cedar", MasterRecordId=None, **owner),
    ]  # fmt: skip
    lines = [
        {"Quantity": 2.0, "TotalPrice": 3000.0, "ProductCode": "W-1", "Name": "Rollout W-1", "Description": None},
        {"Quantity": 1.5, "TotalPrice": 250.1, "ProductCode": None, "Name": "Rollout", "Description": "Travel"},
    ]
    deals = [
        record("Opportunity", "006D1", Name="Rollout", Amount=3250.1, StageName="Signed", IsWon=True, IsClosed=True,
               CloseDate="2026-03-01", AccountId=ACME, Account={"Name": "Acme"}, CurrencyIsoCode="EUR",
               OpportunityLineItems={"totalSize": 2, "done": True, "records": lines}),
        record("Opportunity", "006D2", Name="Lost", StageName="Gone", IsWon=False, IsClosed=True, OpportunityLineItems=None),
        record("Opportunity", "006D3", Name="Open", StageName="Talks", IsWon=False, IsClosed=False),
    ]  # fmt: skip
    contacts = [record("Contact", "003D1", FirstName="Ava", LastName="Nguyen", Email="a@b.example", AccountId=ACME,
                       Account={"Name": "Acme"}, MasterRecordId=None, HomePhone="617-555-0109", **owner)]  # fmt: skip
    leads = [record("Lead", "00QD1", LastName="Reed", Company="Fern", IsConverted=True, ConvertedAccountId=ACME, **owner)]
    prices = {"records": [{"UnitPrice": 10.5}]}
    products = [record("Product2", "01tD1", Name="Widget", ProductCode="W-1", IsActive=False, PricebookEntries=prices)]
    users = [record("User", "005D1", Name="Kim Lee", Email="kim@h.example", IsActive=True),
             record("User", "005D2", Name="Ola Dahl", IsActive=False)]  # fmt: skip
    return Salesforce(
        {"Account": accounts, "Contact": contacts, "Lead": leads, "Opportunity": deals, "Product2": products, "User": users}
    )


@pytest.fixture
def server(org: Salesforce) -> Iterator[FaultServer]:
    with served(org) as found:
        yield found


def pull(folder: Path, server: FaultServer, **more: Any) -> Any:
    return pulled(folder, "salesforce", server.url + HOME, **more)


@pytest.mark.usefixtures("org")
def test_an_org_is_pulled_whole(server: FaultServer, tmp_path: Path) -> None:
    """Deleted records as such, merged ones with their survivor, names of owners, amounts to the cent, wins and losses."""
    found = pull(tmp_path, server)

    assert found.missing == ()
    accounts, deals = held(tmp_path, "accounts"), held(tmp_path, "opportunities")
    assert {key: (one["name"], one["state"], one.get("merged_into")) for key, one in accounts.items()} == {
        ACME: ("Acme", "active", None),
        BIRCH: ("Acme Inc", "deleted", f"sys/accounts/{ACME}"),
        CEDAR: ("Cedar", "active", None),
    }
    assert (accounts[ACME]["owner"], accounts[ACME]["alt_ids"]) == ("Kim Lee", ["C-1"])
    assert (deals["006D1"]["amount_minor"], deals["006D1"]["currency"], deals["006D1"]["party_ref"]) == (325010, "EUR", ACME)
    assert [deals[key].get("is_won") for key in ("006D1", "006D2", "006D3")] == [True, False, None]
    assert f"{deals['006D1']['created_at']:%Y-%m-%d %H:%M}" == "2026-01-05 10:00"
    assert held(tmp_path, "contacts")["003D1"]["company_name"] == "Acme"
    assert held(tmp_path, "leads")["00QD1"]["state"] == "archived"
    assert held(tmp_path, "products")["01tD1"]["price_minor"] == 1050
    assert {key: one["state"] for key, one in held(tmp_path, "users").items()} == {"005D1": "active", "005D2": "archived"}


@pytest.mark.usefixtures("org")
def test_the_products_of_an_opportunity_are_its_lines(server: FaultServer, tmp_path: Path) -> None:
    """Each with its code, its quantity and its amount; a client's own fields stay in the raw row."""
    pull(tmp_path, server)

    engagement = open_engagement(tmp_path)
    rows = {row["stream"]: tmp_path / row["path"] for row in engagement.store.snapshots(all_streams=True).to_pylist()}
    engagement.close()
    lines = parquet_columns(rows["opportunities"].with_suffix(".lines.parquet")).to_pylist()
    assert [(one["sku"], one["description"], one["quantity"], one["amount_minor"]) for one in lines] == [
        ("W-1", "Rollout W-1", 2.0, 300000), (None, "Travel", 1.5, 25010),
    ]  # fmt: skip
    assert any('"Tier__c": "Gold"' in text for text in parquet_columns(rows["accounts"])["raw"].to_pylist())


def test_only_what_changed_is_asked_for_the_next_time(org: Salesforce, server: FaultServer, tmp_path: Path) -> None:
    """By the stamp of the system, deletions and merges among it."""
    pull(tmp_path, server)
    org.queries.clear()
    stamp = {"SystemModstamp": "2026-11-30T11:00:00.000+0000"}
    org.objects["Account"][2] |= {"IsDeleted": True, "MasterRecordId": ACME, **stamp}
    org.objects["Opportunity"][2] |= {"IsWon": True, "IsClosed": True, **stamp}

    found = pull(tmp_path, server)

    assert found.missing == ()
    assert held(tmp_path, "accounts")[CEDAR]["merged_into"] == f"sys/accounts/{ACME}"
    assert held(tmp_path, "opportunities")["006D3"]["is_won"] is True
    asked = [one for one in org.queries if "Organization" not in one]
    assert asked
    assert all("WHERE SystemModstamp >= 2026-02-01T08:50:00Z" in one for one in asked)


def test_a_hidden_field_of_lines_refuses_no_query(org: Salesforce, server: FaultServer, tmp_path: Path) -> None:
    """It is named, and all else of the lines is there: nothing of a deal is lost for one column."""
    pull(tmp_path, server)
    org.hidden = {"OpportunityLineItem.TotalPrice"}

    found = pull(tmp_path, server, is_full=True)

    assert found.missing == ()
    assert [one for one in found.notes if "do not show OpportunityLineItems.TotalPrice" in one]
    [query] = [one for one in org.queries if "OpportunityLineItems" in one and "TotalPrice" not in one]
    assert "(SELECT Quantity, ProductCode, Name, Description FROM OpportunityLineItems)" in query
    assert [one["quantity"] for one in lines_of(tmp_path, "opportunities", "006D1")] == [2.0, 1.5]


def test_fields_that_the_user_may_not_see_are_left_out(org: Salesforce, server: FaultServer, tmp_path: Path) -> None:
    """They are named, and everything else is there; without the right to an object the others are pulled."""
    org.hidden = {"Account.Fax", "Opportunity.OpportunityLineItems"}
    del org.objects["Lead"]

    found = pull(tmp_path, server)

    assert len(held(tmp_path, "accounts")) == len(held(tmp_path, "opportunities")) == 3
    assert any("sys/accounts" in one and "Fax" in one and "left out" in one for one in found.notes)
    assert [one for one in found.missing if one.startswith("sys/leads was not pulled.")] == list(found.missing)


def test_a_used_up_day_pauses_the_pull(org: Salesforce, server: FaultServer, tmp_path: Path) -> None:
    """What came is kept, and the same command goes on; a passing fault is waited for."""
    second = f"{HOME}/query/0-c2"
    org.refusals = {f"{HOME}/sobjects/Account/describe": [refused(503)], second: [refused(403, LIMIT)] * 30}
    org.objects = {kind: rows for kind, rows in org.objects.items() if kind == "Account"}

    first = pull(tmp_path, server)
    org.refusals = {}
    after = pull(tmp_path, server)

    assert any("sys/accounts" in one and "asked us to slow down" in one for one in first.missing)
    assert not [one for one in after.missing if "sys/accounts" in one]
    assert len(held(tmp_path, "accounts")) == 3


@pytest.mark.usefixtures("org")
def test_a_session_that_ended_is_said(server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to type."""
    monkeypatch.setenv("HARBOR_KEY", "CANARY-another-key")

    found = pull(tmp_path, server)

    assert found.sign_in_again
    assert all("integration-audit connect sys" in one and "CANARY" not in one for one in found.missing)
