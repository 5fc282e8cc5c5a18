"""How each vendor's stand-in takes changes, where it is odd: names, versions, what belongs to whom, what is worked out."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.contract.test_stand_ins import exports_of
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.running import running


@contextmanager
def changing(vendor: str, folder: Path) -> Iterator[Machine]:
    """Yield a stand-in of a vendor that asks nobody to slow down."""
    with exports_of(vendor, folder) as system, running([system], is_unattended=True, per_minute=1_000_000) as [one]:
        yield one.machine


def ask(one: Machine, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None) -> Given:
    """Return the answer to a request of whoever may write."""
    sent = b"" if body is None else json.dumps(body).encode()
    headers = {"authorization": f"Bearer {one.invented_to_write.token}"}
    return one.answer(Asked(method, path, dict(query or {}), headers, sent))


HOME = "/v3/company/9130347"
VERSIONED = {"minorversion": "75"}


def queried(one: Machine, kind: str, where: str = "") -> list[dict[str, Any]]:
    """Return the records of a kind as QuickBooks lists them."""
    query = {**VERSIONED, "query": f"select * from {kind}{where} orderby Id startposition 1 maxresults 1000"}
    found: list[dict[str, Any]] = ask(one, "GET", f"{HOME}/query", query=query).body["QueryResponse"].get(kind, [])
    return found


def posted(one: Machine, kind: str, body: Any, **query: str) -> Given:
    """Return the answer to a change of a QuickBooks record."""
    return ask(one, "POST", f"{HOME}/{kind}", body, {**VERSIONED, **query})


def test_quickbooks_refuses_a_name_that_another_bears_and_a_version_that_is_stale(tmp_path: Path) -> None:
    """With its own numbers; customers and vendors share their names, whatever the capitals."""
    with changing("quickbooks", tmp_path) as one:
        customer = queried(one, "Customer", " where Active in (true, false)")[0]
        vendor = queried(one, "Vendor", " where Active in (true, false)")[0]
        named = {"Id": customer["Id"], "sparse": True, "SyncToken": customer["SyncToken"]}

        taken = posted(one, "customer", {**named, "DisplayName": vendor["DisplayName"].upper()})
        made = posted(one, "customer", {"DisplayName": vendor["DisplayName"].upper()})
        renamed = posted(one, "customer", {**named, "DisplayName": "Somebody Else"})
        stale = posted(one, "customer", {**named, "DisplayName": "Yet Another"})

    codes = [given.body["Fault"]["Error"][0]["code"] for given in (taken, made, stale)]
    assert codes == ["6240", "6240", "5010"]
    assert (renamed.status, renamed.body["Customer"]["SyncToken"]) == (200, "1")
    assert renamed.body["Customer"]["FullyQualifiedName"] == "Somebody Else"


def test_quickbooks_frees_the_name_of_a_customer_who_is_not_used_any_more(tmp_path: Path) -> None:
    """It says so in the name, and takes it back when the customer is used again, unless somebody else has it by then."""
    with changing("quickbooks", tmp_path) as one:
        customer = queried(one, "Customer", " where Active in (true, false)")[0]
        name = customer["DisplayName"]
        off = posted(one, "customer", {"Id": customer["Id"], "sparse": True, "SyncToken": "0", "Active": False})
        other = posted(one, "customer", {"DisplayName": name})
        taken = posted(one, "customer", {"Id": customer["Id"], "sparse": True, "SyncToken": "1", "Active": True})
        posted(one, "customer", {"Id": other.body["Customer"]["Id"], "sparse": True, "SyncToken": "0", "DisplayName": "New"})
        back = posted(one, "customer", {"Id": customer["Id"], "sparse": True, "SyncToken": "1", "Active": True})

    assert off.body["Customer"]["DisplayName"] == f"{name} (deleted)"
    assert taken.body["Fault"]["Error"][0]["code"] == "6240"
    assert (back.body["Customer"]["DisplayName"], back.body["Customer"]["Active"]) == (name, True)


def test_quickbooks_replaces_an_address_as_a_whole(tmp_path: Path) -> None:
    """What is left out of it is gone; what stands beside it stays."""
    with changing("quickbooks", tmp_path) as one:
        customer = next(one for one in queried(one, "Customer", " where Active in (true, false)") if one.get("BillAddr"))
        body = {"Id": customer["Id"], "sparse": True, "SyncToken": "0", "BillAddr": {"City": "Leeds"}}
        given = posted(one, "customer", body).body["Customer"]

    assert given["BillAddr"] == {"City": "Leeds"}
    assert given["DisplayName"] == customer["DisplayName"]


def test_quickbooks_adds_up_an_invoice_and_tells_that_it_was_deleted(tmp_path: Path) -> None:
    """Its customer's name stands beside the id, and follows; one of a customer that nobody has is taken as it is."""
    line = {"DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {}, "Amount": 12.5, "Description": "Shelf"}
    with changing("quickbooks", tmp_path) as one:
        customer = queried(one, "Customer", " where Active in (true, false)")[0]
        made = posted(one, "invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line, {**line, "Amount": 0.3}]})
        invoice = made.body["Invoice"]
        posted(one, "customer", {"Id": customer["Id"], "sparse": True, "SyncToken": "0", "DisplayName": "New Name"})
        named = ask(one, "GET", f"{HOME}/invoice/{invoice['Id']}", query=VERSIONED).body["Invoice"]
        gone = posted(one, "invoice", {"Id": invoice["Id"], "SyncToken": "0"}, operation="delete")
        after = ask(one, "GET", f"{HOME}/invoice/{invoice['Id']}", query=VERSIONED)
        told = ask(
            one, "GET", f"{HOME}/cdc", query={**VERSIONED, "entities": "Invoice", "changedSince": "2026-01-01T00:00:00Z"}
        )

    assert (invoice["TotalAmt"], invoice["Balance"], invoice["CustomerRef"]["name"]) == (12.8, 12.8, customer["DisplayName"])
    assert named["CustomerRef"] == {"value": customer["Id"], "name": "New Name"}
    assert gone.body["Invoice"] == {"Id": invoice["Id"], "status": "Deleted", "domain": "QBO"}
    assert after.status == 404
    [listed] = told.body["CDCResponse"][0]["QueryResponse"][0]["Invoice"]
    assert (listed["Id"], listed["status"]) == (invoice["Id"], "Deleted")


def test_hubspot_gives_a_contact_to_another_company(tmp_path: Path) -> None:
    """By a request of its own; a company that is gone is refused, and what a contact does not belong to is not taken out."""
    with changing("hubspot", tmp_path) as one:
        [contact, *_] = ask(one, "GET", "/crm/v3/objects/contacts").body["results"]
        made = ask(one, "POST", "/crm/v3/objects/companies", {"properties": {"name": "Made Ltd"}}).body["id"]
        path = f"/crm/v4/objects/contacts/{contact['id']}/associations/companies"
        primary = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]

        def company() -> Any:
            found = ask(one, "GET", f"/crm/v3/objects/contacts/{contact['id']}").body["properties"]
            return found.get("associatedcompanyid")

        moved = ask(one, "PUT", f"{path}/{made}", primary), company()
        ask(one, "DELETE", f"{path}/77")
        kept = company()
        ask(one, "DELETE", f"{path}/{made}")
        freed = company()
        ask(one, "DELETE", f"/crm/v3/objects/companies/{made}")
        gone = ask(one, "PUT", f"{path}/{made}", primary)

    assert (moved[0].status, moved[1], kept, freed, gone.status) == (200, made, made, None, 404)


def test_hubspot_puts_the_newest_company_of_a_deal_first(tmp_path: Path) -> None:
    """A deal may have several; the names of them are those of now."""
    with changing("hubspot", tmp_path) as one:
        [deal, *_] = ask(one, "GET", "/crm/v3/objects/deals", query={"associations": "companies,contacts"}).body["results"]
        made = ask(one, "POST", "/crm/v3/objects/companies", {"properties": {"name": "Made Ltd"}}).body["id"]
        path = f"/crm/v4/objects/deals/{deal['id']}/associations/companies"
        before = [entry["id"] for entry in deal["associations"]["companies"]["results"]]
        ask(one, "PUT", f"{path}/{made}", [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 5}])
        both = ask(one, "GET", f"/crm/v3/objects/deals/{deal['id']}").body["associations"]["companies"]["results"]
        ask(one, "DELETE", f"{path}/{before[0]}")
        last = ask(one, "GET", f"/crm/v3/objects/deals/{deal['id']}").body["associations"]["companies"]["results"]
        named = ask(one, "POST", "/crm/v3/objects/companies/batch/read", {"inputs": [{"id": made}], "properties": ["name"]})

    assert [entry["id"] for entry in both] == [made, *before]
    assert made in [entry["id"] for entry in last]
    assert before[0] not in [entry["id"] for entry in last]
    assert [entry["properties"]["name"] for entry in named.body["results"]] == ["Made Ltd"]


def test_hubspot_keeps_addresses_of_mail_apart(tmp_path: Path) -> None:
    """Of contacts that are there; that of one that was deleted is free."""
    with changing("hubspot", tmp_path) as one:
        email = {"properties": {"email": "Zoe@made.example"}}
        first = ask(one, "POST", "/crm/v3/objects/contacts", email)
        again = ask(one, "POST", "/crm/v3/objects/contacts", {"properties": {"email": "zoe@MADE.example"}})
        ask(one, "DELETE", f"/crm/v3/objects/contacts/{first.body['id']}")
        freed = ask(one, "POST", "/crm/v3/objects/contacts", email)

    assert (first.status, again.status, freed.status) == (201, 409, 201)
