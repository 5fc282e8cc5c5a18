"""Which records are one party: rules and a person's word cut, and links are one to one."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from toolkit.match.parties import matched_parties
from toolkit.tables import DECISION

ACME = {"name": "Acme Foods Ltd", "phone": "312 644 2671", "street": "12 Oak St", "postcode": "60612"}
ACME_AGAIN = {**ACME, "name": "ACME Foods"}
OTHERS = {
    "crm/c/8": {"name": "Lakeside Dental Group", "phone": "773 201 4410", "street": "9 Elm Ave", "postcode": "60640"},
    "ledger/v/8": {"name": "Northwind Traders", "phone": "206 417 9930", "street": "77 Pine Rd", "postcode": "98101"},
}


def together(rows: dict[str, dict[str, str]], *words: tuple[str, str, str], is_link: bool = False) -> set[frozenset[str]]:
    """Return the groups of records, single ones left out, with what a person decided."""
    names = sorted({name for row in rows.values() for name in row})
    columns = {name: pa.array([row.get(name) for row in rows.values()], pa.string()) for name in names}
    table = pa.table({"record_key": list(rows), "system": [key.split("/")[0] for key in rows], **columns})
    at = datetime(2026, 11, 2, tzinfo=UTC)
    decided = DECISION.from_rows(
        {"sequence": number, "key_l": one, "key_r": other, "decision": word, "decided_at": at}
        for number, (one, other, word) in enumerate(words, start=1)
    )
    groups: dict[str, set[str]] = {}
    for row in matched_parties(table, decisions=decided, is_link=is_link).clusters.to_pylist():
        groups.setdefault(row["cluster_id"], set()).add(row["record_key"])
    return {frozenset(members) for members in groups.values() if len(members) > 1}


def test_two_tax_numbers_cut_through_a_chain() -> None:
    """The record without a number goes with one of the two, not with both."""
    rows = {
        "crm/c/1": {**ACME, "tax_id": "36-1234567"},
        "crm/c/2": ACME_AGAIN,
        "ledger/v/1": {**ACME, "tax_id": "47-9998881"},
        **OTHERS,
    }

    groups = together(rows)

    assert groups
    assert not any({"crm/c/1", "ledger/v/1"} <= group for group in groups)


def test_a_company_and_a_person_do_not_meet_through_a_third_record() -> None:
    """Whatever the record of unknown sort shares with both."""
    jane = {"name": "Jane Roe", "phone": "312 644 2671", "email": "jane@roe.com"}
    rows = {"crm/c/1": {**jane, "kind": "company"}, "crm/p/1": {**jane, "kind": "person"}, "bank/n/1": {**jane, "kind": ""}}

    assert not any({"crm/c/1", "crm/p/1"} <= group for group in together({**rows, **OTHERS}))


def test_a_persons_word_counts_for_equal_records_too() -> None:
    """Three records that say the same are two parties when a person says so."""
    rows = {"crm/c/1": ACME, "crm/c/2": ACME, "crm/c/3": ACME, **OTHERS}

    groups = together(rows, ("crm/c/1", "crm/c/2", "not_same"))

    assert not any({"crm/c/1", "crm/c/2"} <= group for group in groups)
    assert any("crm/c/3" in group for group in groups)


def test_what_a_person_joined_brings_its_likes_along() -> None:
    """Held the same by a person: the twin of one is the twin of the other."""
    rows = {"crm/c/1": ACME, "ledger/v/1": ACME_AGAIN, **OTHERS}

    assert together(rows, ("crm/c/1", "crm/c/8", "same")) == {frozenset({"crm/c/1", "ledger/v/1", "crm/c/8"})}


def test_three_systems_are_linked_into_one() -> None:
    """Each has one record of the party."""
    rows = {"bank/n/1": ACME_AGAIN, "crm/c/1": ACME, "ledger/v/1": ACME_AGAIN, **OTHERS}

    assert together(rows, is_link=True) == {frozenset({"bank/n/1", "crm/c/1", "ledger/v/1"})}


def test_no_link_brings_two_records_of_one_system_together() -> None:
    """The better one is linked; its twin in the same system is not."""
    rows = {"crm/c/1": ACME, "ledger/v/1": ACME_AGAIN, "ledger/v/2": {"name": "Acme Foods", "postcode": "60612"}, **OTHERS}

    assert together(rows, is_link=True) == {frozenset({"crm/c/1", "ledger/v/1"})}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("crm/c/1", "ledger/v/8", "same"), {frozenset({"crm/c/1", "ledger/v/8"})}),
        (("crm/c/1", "ledger/v/1", "not_same"), set()),
    ],
)
def test_a_persons_word_is_a_link_or_takes_one_away(told: tuple[str, str, str], expected: set[frozenset[str]]) -> None:
    """The best pair gives way to the one that a person named, and is not made where a person says no."""
    rows = {"crm/c/1": ACME, "ledger/v/1": ACME_AGAIN, **OTHERS}

    assert together(rows, told, is_link=True) == expected
