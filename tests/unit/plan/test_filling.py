"""Empty fields come from the golden record of the same party in another system, and only where that is sure."""

from typing import Any

import pytest

from tests.cleanup_records import NOTHING_WRITTEN, Client, decision, only, pair, party
from toolkit.plan.cleanup_rules import CleanupRules

OWN, OTHER, LEDGER = "crm/companies/1", "crm/companies/2", "ledger/customers/9"
FULL = {
    "phone": "312 555 0199",
    "email": "else@b.example",
    "street": "3 Elm",
    "city": "Joliet",
    "postcode": "60435",
    "country": "USA",
}
"""A record beside that fills each of these, so that the CRM keeps them at all."""


def fills(
    own: dict[str, Any], golden: dict[str, str], rules: CleanupRules = NOTHING_WRITTEN, **tables: Any
) -> dict[str, str | None]:
    """Return what a company of the CRM is filled with from the ledger."""
    beside = tables.pop("beside", FULL)
    kind = tables.pop("kind", "company")
    system = tables.pop("source", LEDGER)
    rows = [party(OWN, **own), party(OTHER, **beside), party(system, kind=kind)]
    given = {"clusters": {"g1": [OWN, system]}, **tables}
    client = Client(rows, golden=[("g1", column, value, system) for column, value in golden.items()], **given)
    updated = [one for one in only(client.planned(rules), "update") if one.target_id == "1"]
    return dict(updated[0].after) if updated else {}


def test_empty_field_is_filled() -> None:
    """The ledger's number stands in the CRM, with the cluster, how sure it is, and the record it comes from."""
    client = Client(
        [party(OWN), party(OTHER, **FULL), party(LEDGER)],
        clusters={"g1": [OWN, LEDGER]},
        golden=[("g1", "phone", "312 555 0100", LEDGER)],
    )
    (update,) = only(client.planned(CleanupRules(home_country="US", standardise=frozenset())), "update")
    assert update.after == {"phone": "312 555 0100"}
    evidence = update.evidence
    assert (evidence.cluster_id, evidence.probability, evidence.from_key) == ("g1", "0.9900", LEDGER)


@pytest.mark.parametrize(
    ("own", "expected"), [("n/a", {"phone": "1 555"}), ("312 555 0147", {}), (None, {"phone": "1 555"})]
)
def test_filler_is_empty_and_a_value_is_not(own: str | None, expected: dict[str, str]) -> None:
    """A filler such as "n/a" says nothing; a number is never replaced by filling."""
    assert fills({"phone": own}, {"phone": "1 555"}) == expected


@pytest.mark.parametrize(("probability", "expected"), [(0.8999, {}), (0.9, {"phone": "1"})])
def test_source_must_surely_be_the_same_party(probability: float, expected: dict[str, str]) -> None:
    """Just under the limit nothing is filled."""
    assert fills({}, {"phone": "1"}, pairs=[pair(OWN, LEDGER, probability)]) == expected


def test_word_of_a_person_is_sure() -> None:
    """What a person called the same is filled, whatever the model says."""
    assert fills({}, {"phone": "1"}, pairs=[pair(OWN, LEDGER, 0.1, decided_by="person")]) == {"phone": "1"}


def test_cluster_in_doubt_fills_nothing() -> None:
    """A word against two records of the cluster keeps them apart."""
    assert fills({}, {"phone": "1"}, decisions=[decision(1, OWN, LEDGER, "not_same")]) == {}


@pytest.mark.parametrize(
    "tables",
    [
        {"reasons": {("g1", "phone"): "most complete, times unknown"}},
        {"kind": "person"},
        {"source": "crm/leads/4"},
        {"beside": {}},
        {"clusters": {}},
    ],
)
def test_value_that_is_not_taken(tables: dict[str, Any]) -> None:
    """Nothing settled it, it is a person's, it is the CRM's own, the CRM has no such field, or nobody else has the party."""
    assert fills({}, {"phone": "1"}, **tables) == {}


def test_rules_say_what_is_filled() -> None:
    """A field that the rules do not name stays empty, and what they exclude stays as it is."""
    both = {"phone": "1", "email": "a@b.example"}
    assert fills({}, both, CleanupRules(fill=frozenset(["email"]))) == {"email": "a@b.example"}
    assert fills({}, both, CleanupRules(fill=frozenset())) == {}
    town = CleanupRules(fill=frozenset(["city"]), standardise=frozenset())
    address = {"street": "9 Oak", "city": "Skokie", "postcode": "60076"}
    assert fills({"street": "9 Oak"}, address, town) == {"city": "Skokie"}
    assert fills({"street": "8 Elm"}, address, town) == {}
    assert fills({"street": "9 Oak, Skokie"}, address, town) == {}
    for excluded in (OWN, "g1"):
        assert fills({}, both, CleanupRules(excluded=frozenset([excluded]))) == {}


def test_unknown_kind_is_no_contradiction() -> None:
    """Where the ledger does not say whether a customer is a person, its values count."""
    assert fills({}, {"phone": "1"}, kind="unknown") == {"phone": "1"}


def test_address_of_mail_stands_once() -> None:
    """An address that another record of the list has already, or gets now, is not entered again."""
    assert fills({}, {"email": "Else@B.example"}) == {}
    rows = [
        party(OWN),
        party(OTHER),
        party("crm/companies/3", email="x@y.example"),
        party(LEDGER),
        party("ledger/customers/8"),
    ]
    client = Client(
        rows,
        clusters={"g1": [OWN, LEDGER], "g2": [OTHER, "ledger/customers/8"]},
        golden=[("g1", "email", "new@b.example", LEDGER), ("g2", "email", "NEW@b.example", "ledger/customers/8")],
    )
    assert [one.target_id for one in only(client.planned(), "update")] == ["1"]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, {"street": "9 Oak", "city": "Skokie", "postcode": "60076"}),
        ({"country": "USA"}, {"street": "9 Oak", "city": "Skokie", "postcode": "60076"}),
        ({"street": "9 Oak"}, {"city": "Skokie", "postcode": "60076"}),
        ({"street": "8 Elm"}, {}),
        ({"street": "9 Oak", "city": "Joliet"}, {}),
        ({"region": "IL"}, {}),
    ],
)
def test_address_is_filled_up_only_at_the_same_place(own: dict[str, str], expected: dict[str, str]) -> None:
    """Half of one address and half of another is the address of nobody."""
    assert fills(own, {"street": "9 Oak", "city": "Skokie", "postcode": "60076"}) == expected


@pytest.mark.parametrize("street", ["9 Oak\nSkokie, IL 60076", "9 Oak, Skokie", "9 Oak 60076", "9 Oak\nUnit 5"])
def test_whole_address_in_one_cell_is_not_filled_up(street: str) -> None:
    """What stands in the street cell already, or may stand there, is not entered beside it once more."""
    assert fills({"street": street}, {"street": "9 Oak", "city": "Skokie", "postcode": "60076"}) == {}


def test_street_without_a_town_is_not_taken() -> None:
    """It may be a whole address in one cell, where the CRM keeps its parts."""
    assert fills({}, {"street": "9 Oak, Skokie IL"}) == {}
    assert fills({}, {"street": "9 Oak", "postcode": "60076"}) == {"street": "9 Oak", "postcode": "60076"}
    assert fills({}, {"street": "9 Oak", "city": "Skokie"}) == {"street": "9 Oak", "city": "Skokie"}


def test_filled_value_is_written_as_the_system_writes() -> None:
    """What is filled is standardised with the rest, in the same change."""
    assert fills({}, {"phone": "(312) 555-0100"}, CleanupRules(home_country="US")) == {"phone": "+13125550100"}


def test_left_out_duplicates_are_not_filled() -> None:
    """While nobody knows which of two records stays, neither is filled."""
    client = Client(
        [party(OWN), party(OTHER), party("crm/companies/3", **FULL), party(LEDGER)],
        clusters={"g1": [OWN, OTHER, LEDGER]},
        golden=[("g1", "phone", "1", LEDGER)],
    )
    assert only(client.planned(), "update") == []
