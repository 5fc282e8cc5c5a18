"""What is proposed where systems differ is the value that was chosen, and what most systems say needs nobody to decide."""

from collections.abc import Callable

import pyarrow as pa

from toolkit.reconcile.mismatches import mismatches
from toolkit.reconcile.proposals import with_proposals
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import SourceOfTruth

Build = Callable[..., pa.Table]
NOBODY = SourceOfTruth()


def _chosen(table: pa.Table, walk: pa.Table, truth: SourceOfTruth) -> dict[str, tuple[str, str]]:
    return {row["column"]: (row["value"], row["reason"]) for row in golden_records(table, walk, truth).to_pylist()}


def _proposed(table: pa.Table, walk: pa.Table, truth: SourceOfTruth) -> dict[str, tuple[str | None, str | None]]:
    found = with_proposals(mismatches(table, walk).mismatches, golden_records(table, walk, truth))
    return {row["column"]: (row["proposed_value"], row["proposed_system"]) for row in found.to_pylist()}


def test_the_proposed_address_is_the_one_that_was_chosen(parties: Build, same: Build) -> None:
    """Who decides the street decides the city: never Chicago of one with the postcode of Aurora from the other."""
    both = parties(
        {"record_key": "crm/c/1", "street": "9 Lake St", "city": "Chicago", "postcode": "60601"},
        {"record_key": "ledger/c/1", "street": "3587 South Waukegan Road", "city": "Aurora", "postcode": "60505"},
    )
    walk = same(["crm/c/1", "ledger/c/1"])
    truth = SourceOfTruth({"party": {"default": "crm", "street": "ledger", "postcode": "ledger"}})

    assert _proposed(both, walk, truth) == {
        "street": ("3587 South Waukegan Road", "ledger"), "city": ("Aurora", "ledger"), "postcode": ("60505", "ledger"),
    }  # fmt: skip
    assert {value for value, _ in _chosen(both, walk, truth).values()} == {"3587 South Waukegan Road", "Aurora", "60505"}


def test_what_two_of_three_systems_say_is_proposed(parties: Build, same: Build) -> None:
    """The misspelling of the CRM is not right because it is the CRM's; writing it otherwise is saying the same."""
    table = parties(
        {"record_key": "crm/c/1", "name": "Becket Joinery Ltd"},
        {"record_key": "jobs/c/1", "name": "BECKETT JOINERY"},
        {"record_key": "ledger/c/1", "name": "Beckett Joinery Limited"},
    )
    walk = same(["crm/c/1", "jobs/c/1", "ledger/c/1"])

    assert _chosen(table, walk, NOBODY) == {"name": ("BECKETT JOINERY", "most systems say so")}
    assert _proposed(table, walk, NOBODY)["name"] == ("BECKETT JOINERY", "jobs")
    named = SourceOfTruth({"party": {"default": "crm"}})
    assert _chosen(table, walk, named) == {"name": ("Becket Joinery Ltd", "source of truth: crm")}


def test_one_against_one_is_asked(parties: Build, same: Build) -> None:
    """Two systems, two values, no times, and no word of the client: nothing is proposed."""
    both = parties({"record_key": "crm/c/1", "phone": "312 555 0147"}, {"record_key": "ledger/c/1", "phone": "312 555 0199"})

    assert _proposed(both, same(["crm/c/1", "ledger/c/1"]), NOBODY) == {"phone": (None, None)}


def test_two_records_of_one_system_are_no_majority(parties: Build, same: Build) -> None:
    """A customer entered twice in one system is one voice."""
    table = parties(
        {"record_key": "crm/c/1", "phone": "312 555 0147"},
        {"record_key": "crm/c/2", "phone": "312 555 0147"},
        {"record_key": "ledger/c/1", "phone": "312 555 0199"},
    )

    reason = _chosen(table, same(["crm/c/1", "crm/c/2", "ledger/c/1"]), NOBODY)["phone"][1]

    assert reason == "most complete, times unknown"


def test_capitals_and_legal_forms_are_no_disagreement(parties: Build, same: Build) -> None:
    """Where no value differs, nothing is to be decided; an address that lacks its postcode contradicts nothing."""
    both = parties(
        {"record_key": "a/c/1", "name": "SCHELDE VASTGOED", "street": "Kade 1", "city": "Antwerpen"},
        {"record_key": "b/c/1", "name": "Schelde Vastgoed BV", "street": "Kade 1", "city": "antwerpen", "postcode": "2000"},
    )

    assert _chosen(both, same(["a/c/1", "b/c/1"]), NOBODY) == {
        "name": ("Schelde Vastgoed BV", "all agree"), "street": ("Kade 1", "all agree"),
        "city": ("antwerpen", "all agree"), "postcode": ("2000", "all agree"),
    }  # fmt: skip
