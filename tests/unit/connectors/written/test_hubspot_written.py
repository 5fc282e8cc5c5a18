"""HubSpot, changed: requests as its own client sends them, and what its answers mean."""

from typing import Any

import pytest

from tests.fault_server import Asked, Given
from tests.unit.connectors.written.exchanges import Vendor, changed, created, sent
from toolkit.connectors.hubspot import CONNECTOR

PRIMARY = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
TAKEN = {
    "status": "error", "message": "Contact already exists. Existing ID: 151", "correlationId": "c", "category": "CONFLICT",
}  # fmt: skip

LISTS: dict[str, Any] = {
    "owners": [{"id": "77", "firstName": "Dana", "lastName": "Reyes"}, {"id": "78", "firstName": "Sam", "lastName": "Ito"}],
    "pipelines": [
        {"id": "default", "label": "Sales", "stages": [{"id": "1044", "label": "Won"}, {"id": "1045", "label": "Lost"}]},
        {"id": "p2", "label": "Renewals", "stages": [{"id": "2044", "label": "Lost"}]},
    ],
}


class Portal:
    """A portal with companies and contacts."""

    def __init__(self, **refusals: Given) -> None:
        self.refusals = refusals
        self.objects: dict[tuple[str, str], dict[str, Any]] = {
            ("companies", "7"): {"name": "Acme", "domain": "acme.example", "address": "1 Main St", "address2": "Floor 2"},
            ("contacts", "51"): {"firstname": "Ann", "lastname": "Lee", "email": "ann@acme.example",
                                 "associatedcompanyid": "7", "hubspot_owner_id": "78"},
            ("deals", "9"): {"dealname": "Roof", "dealstage": "2044"},
        }  # fmt: skip

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        parts = asked.path.strip("/").split("/")
        if parts[2] in LISTS:
            return Given({"results": LISTS[parts[2]] if asked.query.get("archived") != "true" else []})
        if parts[1] == "v4":
            held = self.objects["contacts", parts[4]]
            held["associatedcompanyid"] = parts[7] if asked.method == "PUT" else None
            return Given({"fromObjectTypeId": "0-1"}, 201) if asked.method == "PUT" else Given(b"", 204)
        if parts[4:] == ["batch", "read"]:
            return self._found(asked.json["inputs"][0]["id"])
        if asked.method == "POST":
            if parts[3] in self.refusals:
                return self.refusals.pop(parts[3])
            self.objects[parts[3], "99"] = dict(asked.json["properties"])
            return Given(self._shown(parts[3], "99"), 201)
        return self._one(asked, parts[3], parts[4])

    def _found(self, address: str) -> Given:
        found = [self._shown(*key) for key, one in self.objects.items() if one.get("email") == address]
        missing = {"errors": [{"category": "OBJECT_NOT_FOUND", "message": "Could not get some CONTACT objects"}]}
        return Given({"status": "COMPLETE", "results": found, **({} if found else missing)}, 200 if found else 207)

    def _one(self, asked: Asked, kind: str, record_id: str) -> Given:
        if (kind, record_id) not in self.objects:
            return Given({"status": "error", "message": "resource not found", "category": "OBJECT_NOT_FOUND"}, 404)
        if asked.method == "DELETE":
            self.objects.pop((kind, record_id))
            return Given(b"", 204)
        if asked.method == "PATCH":
            self.objects[kind, record_id] |= asked.json["properties"]
        return Given(self._shown(kind, record_id, asked.query.get("properties", "").split(",")))

    def _shown(self, kind: str, record_id: str, names: list[str] | None = None) -> dict[str, Any]:
        held = self.objects[kind, record_id]
        # A property that is empty comes as null, and one that was not asked for does not come.
        shown = {name: held.get(name) or None for name in (names or [*held])}
        return {"id": record_id, "properties": shown, "updatedAt": "2026-11-01T09:00:00Z", "archived": False}


def test_fields_of_a_company_are_patched_and_emptied_by_a_text_without_letters() -> None:
    """A street is one column and two properties."""
    vendor = Vendor(Portal())
    before = {"name": "Acme", "company_name": "Acme", "street": "1 Main St, Floor 2", "website": "acme.example"}
    after = {"name": "Acme Ltd", "company_name": "Acme Ltd", "street": "2 Oak Rd", "website": None}

    outcome = sent(CONNECTOR, vendor, [changed("update", "companies", "7", before, after)])

    assert outcome.counts == {"confirmed": 1}
    properties = {"name": "Acme Ltd", "address": "2 Oak Rd", "address2": "", "domain": ""}
    assert vendor.changes == [("PATCH", "/crm/v3/objects/companies/7", {"properties": properties})]


def test_a_contact_is_moved_to_another_company_by_its_primary_association() -> None:
    """And to none by taking the association away."""
    vendor = Vendor(Portal())
    moved = sent(CONNECTOR, vendor, [changed("repoint", "contacts", "51", {"parent_ref": "7"}, {"parent_ref": "8"})])
    freed = sent(CONNECTOR, vendor, [changed("update", "contacts", "51", {"parent_ref": "8"}, {"parent_ref": None})])

    assert moved.counts == freed.counts == {"confirmed": 1}
    path = "/crm/v4/objects/contacts/51/associations/companies"
    assert vendor.changes == [("PUT", f"{path}/8", PRIMARY), ("DELETE", f"{path}/8", None)]


def test_a_contact_is_made_with_its_company() -> None:
    """Its name is that of its parts."""
    vendor = Vendor(Portal())
    after = {"name": "Bo Ray", "given_name": "Bo", "family_name": "Ray", "email": "bo@acme.example", "parent_ref": "7"}

    outcome = sent(CONNECTOR, vendor, [created("contacts", **after)])

    assert outcome.counts == {"confirmed": 1}
    properties = {"firstname": "Bo", "lastname": "Ray", "email": "bo@acme.example"}
    assert vendor.changes == [
        ("POST", "/crm/v3/objects/contacts", {"properties": properties}),
        ("PUT", "/crm/v4/objects/contacts/99/associations/companies/7", PRIMARY),
    ]


def test_a_duplicate_is_deleted_into_the_archive() -> None:
    """It is not found any more then."""
    vendor = Vendor(Portal())

    outcome = sent(CONNECTOR, vendor, [changed("archive", "companies", "7", {"state": "active"}, {"state": "archived"})])

    assert outcome.counts == {"confirmed": 1}
    assert vendor.changes == [("DELETE", "/crm/v3/objects/companies/7", None)]


def test_a_contact_whose_address_is_taken_is_left_to_a_person() -> None:
    """The portal says who has it."""
    outcome = sent(CONNECTOR, Vendor(Portal(contacts=Given(TAKEN, 409))), [created("contacts", email="ann@acme.example")])

    [step] = outcome.steps.values()
    assert step.state == "conflict"
    assert "Existing ID: 151" in str(step.reason)


@pytest.mark.parametrize(("stream", "state"), [("contacts", "confirmed"), ("companies", "needs_human")])
def test_what_became_of_a_record_whose_answer_was_lost_is_found_by_the_address_of_a_contact(stream: str, state: str) -> None:
    """Nothing names a company: a person looks, and nothing is sent twice."""
    vendor = Vendor(Portal(**{stream: Given({"message": "oops"}, 503)}))
    after = {"given_name": "Bo", "email": "bo@acme.example"} if stream == "contacts" else {"name": "Bo's"}

    outcome = sent(CONNECTOR, vendor, [created(stream, **after)])

    assert outcome.counts == {state: 1}
    assert len(vendor.changes) == (2 if stream == "contacts" else 1)


def test_an_owner_and_a_stage_are_written_by_the_ids_behind_their_names() -> None:
    """The lists are read once; what stands there before is compared by its name, too."""
    vendor = Vendor(Portal())
    owner = changed("update", "contacts", "51", {"owner": "Sam Ito"}, {"owner": "Dana Reyes"})
    stage = changed("update", "deals", "9", {"status": "Lost"}, {"status": "Won"})

    outcome = sent(CONNECTOR, vendor, [owner, stage])

    assert outcome.counts == {"confirmed": 2}
    assert [one[2] for one in vendor.changes] == [
        {"properties": {"hubspot_owner_id": "77"}},
        {"properties": {"dealstage": "1044"}},
    ]
    assert sum(one[1] == "/crm/v3/owners/" for one in vendor.reads) == 2


@pytest.mark.parametrize(
    ("column", "name", "said"),
    [("owner", "Nobody", "Owner: the system has none called 'Nobody'"), ("status", "Lost", "has several called 'Lost'")],
)
def test_a_name_that_none_or_several_have_is_for_a_person(column: str, name: str, said: str) -> None:
    """Nothing is guessed, and nothing is sent."""
    vendor = Vendor(Portal())
    stream, record_id, before = ("contacts", "51", "Sam Ito") if column == "owner" else ("deals", "9", None)
    change = changed("update", stream, record_id, {column: before} if before else {}, {column: name})
    if column == "status":
        vendor.answers.objects["deals", "9"]["dealstage"] = None  # type: ignore[attr-defined]
        change = changed("update", "deals", "9", {"status": None}, {"status": name})

    outcome = sent(CONNECTOR, vendor, [change])

    [step] = outcome.steps.values()
    assert step.state == "rejected"
    assert said in str(step.reason)
    assert vendor.changes == []


def test_an_owner_is_taken_away_without_a_look_for_nobody() -> None:
    """An empty text empties a property."""
    vendor = Vendor(Portal())

    outcome = sent(CONNECTOR, vendor, [changed("update", "contacts", "51", {"owner": "Sam Ito"}, {"owner": None})])

    assert outcome.counts == {"confirmed": 1}
    assert [one[2] for one in vendor.changes] == [{"properties": {"hubspot_owner_id": ""}}]


def test_a_name_is_not_written_where_the_list_of_names_may_not_be_read() -> None:
    """The reason names the list, and nothing is sent."""
    portal = Portal()
    portal.objects["contacts", "51"]["hubspot_owner_id"] = None

    def without_owners(asked: Asked) -> Given:
        refused = {"status": "error", "message": "scopes are missing", "category": "MISSING_SCOPES"}
        return Given(refused, 403) if "/owners" in asked.path else portal(asked)

    vendor = Vendor(without_owners)
    outcome = sent(CONNECTOR, vendor, [changed("update", "contacts", "51", {"owner": None}, {"owner": "Dana Reyes"})])
    [step] = outcome.steps.values()

    assert step.state == "rejected"
    assert "owners" in str(step.reason)
    assert vendor.changes == []
