"""HubSpot, asked: the shape of its answers, as its own client reads them, from a server on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, served
from tests.vendor_pulls import KEY, held, page_of, pulled, refused


def record(
    number: int, at: str = "2026-11-01T09:00:00.000Z", *, archived: bool = False, **properties: str
) -> dict[str, Any]:
    return {
        "id": str(number),
        "properties": {"hs_object_id": str(number), **properties},
        "createdAt": "2026-01-05T10:00:00.000Z",
        "updatedAt": at,
        "archived": archived,
    }


def with_company(one: dict[str, Any], *companies: int, contact: int = 0) -> dict[str, Any]:
    kinds = {"companies": companies, "contacts": (contact,) if contact else ()}
    named = {
        kind: {"results": [{"id": str(number), "type": "deal_to_company"} for number in numbers]}
        for kind, numbers in kinds.items()
        if numbers
    }
    return {**one, "associations": named}


@dataclass
class HubSpot:
    """A portal: its lists two records to a page, its search, its archive, its owners and stages."""

    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    owners: list[dict[str, Any]] = field(default_factory=list)
    refusals: dict[str, list[Given]] = field(default_factory=dict)
    searches: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Given:
        self.asked.append(f"{asked.path}?archived" if asked.query.get("archived") == "true" else asked.path)
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return refused(401, {"status": "error", "message": "no", "category": "INVALID_AUTHENTICATION"})
        return self.refusals[asked.path].pop(0) if self.refusals.get(asked.path) else self._answer(asked)

    def _answer(self, asked: Asked) -> Given:
        parts = asked.path.strip("/").split("/")
        is_archived = asked.query.get("archived") == "true"
        stage = {"id": "1044", "label": "Auftrag erteilt"}
        fixed = {
            "details": {"portalId": 62515, "accountType": "STANDARD", "uiDomain": "app.hubspot.com"},
            "pipelines": {"results": [{"id": "default", "label": "Sales", "stages": [stage]}]},
        }
        if parts[2] in fixed:
            return Given(fixed[parts[2]])
        if asked.path == "/crm/v3/owners/":
            return self._page([one for one in self.owners if one["archived"] is is_archived], asked.query.get("after", ""))
        if parts[2] == "associations":
            return self._associations(parts[3], parts[4], [one["id"] for one in asked.json["inputs"]])
        records = self.objects.get(parts[3], [])
        if parts[-2:] == ["batch", "read"]:
            ids = {one["id"] for one in asked.json["inputs"]}
            return Given({"status": "COMPLETE", "results": [one for one in records if one["id"] in ids]})
        if parts[-1] == "search":
            return self._search(records, asked)
        assert asked.query["limit"] == "100"
        found = [one for one in records if one["archived"] is is_archived]
        names = set(asked.query["properties"].split(","))
        shown = [
            {**one, "properties": {name: value for name, value in one["properties"].items() if name in names}}
            for one in found
        ]
        return self._page(shown, asked.query.get("after", ""))

    def _search(self, records: list[dict[str, Any]], asked: Asked) -> Given:
        sent = asked.json
        self.searches.append(sent)
        since, until = (int(one["value"]) for one in sent["filterGroups"][0]["filters"])
        changed = [
            one
            for one in records
            if since <= datetime.fromisoformat(one["updatedAt"]).timestamp() * 1000 < until and not one["archived"]
        ]
        plain = [{name: value for name, value in one.items() if name != "associations"} for one in changed]
        return self._page(plain, sent.get("after", ""), {"total": len(changed)})

    def _associations(self, kind: str, other: str, ids: list[str]) -> Given:
        """Return with what records are associated; those with nothing are errors beside the others, as they are there."""
        found = {one["id"]: one.get("associations", {}).get(other, {}).get("results", []) for one in self.objects[kind]}
        results = [
            {"from": {"id": key}, "to": [{"toObjectId": int(one["id"]), "associationTypes": []} for one in found[key]]}
            for key in ids
            if found.get(key)
        ]
        lacking = [key for key in ids if not found.get(key)]
        errors = {
            "numErrors": len(lacking),
            "errors": [{"subCategory": "NO_ASSOCIATIONS_FOUND", "context": {"ids": lacking}}],
        }
        return Given({"status": "COMPLETE", "results": results, **(errors if lacking else {})}, 207 if lacking else 200)

    @staticmethod
    def _page(records: list[dict[str, Any]], cursor: str, more: dict[str, Any] | None = None) -> Given:
        shown, after = page_of(records, 2, cursor)
        paging = {"paging": {"next": {"after": after, "link": "?after=" + after}}} if after else {}
        return Given({"results": shown, **(more or {}), **paging})


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> HubSpot:
    monkeypatch.setenv("HARBOR_KEY", KEY)
    companies = [
        record(701, name="Acme", domain="acme.example", hubspot_owner_id="41", lifecyclestage="customer"),
        record(702, name="Birch", city="Leeds", hubspot_owner_id="42"),
        record(703, name="Cedar", hubspot_owner_id="43"),
        record(9007199254740993, archived=True, name="Gone"),
    ]
    deals = [
        with_company(
            record(801, dealname="Rollout", amount="1500.10", dealstage="1044", hs_is_closed_won="true", hs_is_closed="true",
                   deal_currency_code="EUR", closedate="2026-03-01T00:00:00.000Z"), 701, 702),
        with_company(record(802, dealname="Lost", hs_is_closed_won="false", hs_is_closed="true", dealstage="closedlost"),
                     contact=512),
        record(803, dealname="Open", hs_is_closed_won="false", hs_is_closed="false"),
    ]  # fmt: skip
    return HubSpot(
        {
            "companies": companies,
            "deals": deals,
            "contacts": [record(512, firstname="Ava", lastname="Nguyen", email="ava@b.example", associatedcompanyid="701")],
            "tickets": [with_company(record(901, subject="Help", hs_pipeline="default", hs_pipeline_stage="1"), 703)],
            "products": [record(301, name="Widget", price="10.00", hs_sku="W-1")],
        },
        [
            {"id": "41", "email": "kim@h.example", "firstName": "Kim", "lastName": "Lee", "archived": False},
            {"id": "42", "email": "old@h.example", "firstName": "Ola", "lastName": "Dahl", "archived": True},
        ],
    )


@pytest.fixture
def url(portal: HubSpot) -> Iterator[str]:
    with served(portal) as server:
        yield server.url


@pytest.mark.usefixtures("portal")
def test_a_portal_is_pulled_whole(url: str, tmp_path: Path) -> None:
    """Every page of every list: names behind the ids of owners and stages, amounts to the cent, what was deleted as such."""
    found = pulled(tmp_path, "hubspot", url)

    assert found.missing == ()
    companies, deals = held(tmp_path, "companies"), held(tmp_path, "deals")
    assert {key: one["state"] for key, one in companies.items()} == {
        "701": "active", "702": "active", "703": "active", "9007199254740993": "deleted",
    }  # fmt: skip
    assert [companies[key]["owner"] for key in ("701", "702", "703")] == ["Kim Lee", "Ola Dahl", "43"]
    assert (companies["701"]["website"], companies["701"]["roles"]) == ("acme.example", ["customer"])
    assert (deals["801"]["amount_minor"], deals["801"]["currency"], deals["801"]["party_ref"]) == (150010, "EUR", "701")
    assert (deals["801"]["status"], deals["802"]["status"]) == ("Auftrag erteilt", "closedlost")
    assert [deals[key].get("is_won") for key in ("801", "802", "803")] == [True, False, None]
    assert (deals["801"]["party_name"], deals["802"]["party_name"]) == ("Acme", "Ava Nguyen")
    assert deals["802"]["party_ref"] == "512"
    assert f"{deals['801']['closed_at']:%Y-%m-%d %H:%M}" == "2026-03-01 00:00"
    assert held(tmp_path, "contacts")["512"]["parent_ref"] == "701"
    assert held(tmp_path, "tickets")["901"]["department"] == "Sales"
    assert held(tmp_path, "products")["301"]["price_minor"] == 1000
    assert {key: one["state"] for key, one in held(tmp_path, "owners").items()} == {"41": "active", "42": "archived"}


def test_only_what_changed_is_asked_for_the_next_time(portal: HubSpot, url: str, tmp_path: Path) -> None:
    """By the search, from ten minutes before; what it does not name stays as it is."""
    pulled(tmp_path, "hubspot", url)
    portal.objects["companies"][1] = record(702, "2026-11-30T11:00:00.000Z", name="Birch & Co")
    portal.objects["companies"].append(record(704, "2026-11-30T11:00:01.000Z", name="Dune"))

    found = pulled(tmp_path, "hubspot", url)

    assert found.missing == ()
    companies = held(tmp_path, "companies")
    assert {key: one.get("name") for key, one in companies.items() if one["state"] == "active"} == {
        "701": "Acme", "702": "Birch & Co", "703": "Cedar", "704": "Dune",
    }  # fmt: skip
    sent, *_ = [one for one in portal.searches if "domain" in one["properties"]]
    [since, until] = sent["filterGroups"][0]["filters"]
    assert (since["propertyName"], since["operator"], until["operator"]) == ("hs_lastmodifieddate", "GTE", "LT")
    assert since["value"] == str(int(datetime.fromisoformat("2026-11-01T08:50:00Z").timestamp()) * 1000)
    assert {one["filterGroups"][0]["filters"][0]["propertyName"] for one in portal.searches} == {
        "hs_lastmodifieddate", "lastmodifieddate",
    }  # fmt: skip


def test_deals_that_changed_come_with_whom_they_are_about(portal: HubSpot, url: str, tmp_path: Path) -> None:
    """A search names no associations: they are asked for by the ids that it found, a request for each page of it."""
    portal.objects["deals"][1]["updatedAt"] = "2026-11-20T09:00:00.000Z"
    pulled(tmp_path, "hubspot", url)
    later = "2026-11-30T11:00:00.000Z"
    deals = portal.objects["deals"]
    deals[2] = with_company(record(803, later, dealname="Open"), 703, 701)
    deals += [record(804, later, dealname="Nobody's"), with_company(record(805, later, dealname="Ava's"), contact=512)]
    portal.asked.clear()

    found = pulled(tmp_path, "hubspot", url)

    assert found.missing == ()
    held_deals = held(tmp_path, "deals")
    assert {key: (one.get("party_ref"), one.get("party_name")) for key, one in held_deals.items()} == {
        "801": ("701", "Acme"), "802": ("512", "Ava Nguyen"), "803": ("703", "Cedar"), "804": (None, None),
        "805": ("512", "Ava Nguyen"),
    }  # fmt: skip
    assert not {"/crm/v3/objects/deals", "/crm/v3/objects/tickets"} & set(portal.asked)
    assert portal.asked.count("/crm/v4/associations/deals/companies/batch/read") == 2


def test_a_deal_never_loses_whom_it_is_about(portal: HubSpot, url: str, tmp_path: Path) -> None:
    """Where associations cannot be asked for, the deals of before stay, and the next pull brings what changed."""
    pulled(tmp_path, "hubspot", url)
    portal.objects["deals"][0] = with_company(record(801, "2026-11-30T11:00:00.000Z", dealname="Rolled out"), 702)
    scopes = {"status": "error", "message": "This app hasn't been granted all required scopes", "category": "MISSING_SCOPES"}
    portal.refusals = {"/crm/v4/associations/deals/companies/batch/read": [refused(403, scopes)]}

    found = pulled(tmp_path, "hubspot", url)

    assert [
        one for one in found.missing if one.startswith("sys/deals was not pulled") and "crm.objects.companies.read" in one
    ]
    assert (held(tmp_path, "deals")["801"]["name"], held(tmp_path, "deals")["801"]["party_ref"]) == ("Rollout", "701")

    assert pulled(tmp_path, "hubspot", url).missing == ()
    assert (held(tmp_path, "deals")["801"]["name"], held(tmp_path, "deals")["801"]["party_ref"]) == ("Rolled out", "702")


@pytest.mark.parametrize("is_full", [False, True])
def test_a_merged_company_names_its_survivor(portal: HubSpot, url: str, tmp_path: Path, is_full: bool) -> None:  # noqa: FBT001
    """The one that went into it is there no more, and says where it went."""
    pulled(tmp_path, "hubspot", url)
    portal.objects["companies"] = [
        record(701, "2026-11-30T11:00:00.000Z", name="Acme", hs_merged_object_ids="702;650"),
        *portal.objects["companies"][2:],
    ]

    pulled(tmp_path, "hubspot", url, is_full=is_full)

    companies = held(tmp_path, "companies")
    assert (companies["702"]["state"], companies["702"]["merged_into"]) == ("deleted", "sys/companies/701")
    assert "650" not in companies
    assert companies["703"]["state"] == "active"


def test_what_was_deleted_is_seen_by_its_archive(portal: HubSpot, url: str, tmp_path: Path) -> None:
    """A pull of changes reads it, too."""
    pulled(tmp_path, "hubspot", url)
    portal.objects["companies"][2] = record(703, archived=True, name="Cedar")
    portal.objects["deals"][2]["archived"] = True

    pulled(tmp_path, "hubspot", url)

    assert held(tmp_path, "companies")["703"]["state"] == "deleted"
    assert held(tmp_path, "deals")["803"]["state"] == "deleted"


def test_a_missing_right_is_named_and_the_rest_is_pulled(portal: HubSpot, url: str, tmp_path: Path) -> None:
    """Passing faults are waited for; without the names of owners their ids stand."""
    scopes = {"status": "error", "message": "This app hasn't been granted all required scopes", "category": "MISSING_SCOPES"}
    limited = {"status": "error", "message": "You have reached your secondly limit.", "errorType": "RATE_LIMIT"}
    portal.refusals = {
        "/crm/v3/objects/tickets": [refused(403, scopes)] * 3,
        "/crm/v3/objects/companies": [Given(limited, 429, {"Retry-After": "1"}), refused(503), refused(502)],
        "/crm/v3/owners/": [refused(403, scopes)] * 9,
    }

    found = pulled(tmp_path, "hubspot", url)

    assert [one for one in found.missing if one.startswith("sys/tickets") and "It needs the scope tickets." in one]
    assert len(found.missing) == 2
    assert held(tmp_path, "companies")["701"]["owner"] == "41"
    assert any("ids stand in their place" in one and "crm.objects.owners.read" in one for one in found.notes)


@pytest.mark.usefixtures("portal")
def test_a_key_that_was_taken_back_ends_in_a_sentence(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to type, and not the key."""
    monkeypatch.setenv("HARBOR_KEY", "CANARY-another-key")

    found = pulled(tmp_path, "hubspot", url)

    assert found.sign_in_again
    assert all("integration-audit connect sys" in one and "CANARY" not in one for one in found.missing)
