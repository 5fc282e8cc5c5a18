"""Matched records of two systems are compared field by field; formatting is no difference."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from toolkit.reconcile.mismatches import mismatches, with_lone_bank_texts, without_bank_texts

Build = Callable[..., pa.Table]


def _kinds(found: Any) -> dict[str, str]:
    return {row["column"]: row["kind"] for row in found.mismatches.to_pylist()}


@pytest.mark.parametrize(
    ("column", "left", "right"),
    [
        ("name", "Acme Ltd", "ACME Limited"),
        ("name", "Acme, Inc.", "Acme"),
        ("phone", "(312) 555-0147", "+1 312 555 0147"),
        ("postcode", "SW1A 1AA", "sw1a1aa"),
        ("street", "12 Main St", "12 Main Street"),
        ("region", "Illinois", "IL"),
        ("country", "USA", "United States"),
        ("website", "https://www.acme.com/", "acme.com"),
        ("email", "Jo@Acme.com", "jo@acme.com"),
        ("tax_id", "12-3456789", "123456789"),
    ],
)
def test_writing_the_same_thing_otherwise_is_formatting(
    parties: Build, same: Build, column: str, left: str, right: str
) -> None:
    """Legal form, case, punctuation, phone format, blanks, St and Street, state codes: no difference in substance."""
    both = parties({"record_key": "crm/c/1", column: left}, {"record_key": "ledger/c/1", column: right})

    assert _kinds(mismatches(both, same(["crm/c/1", "ledger/c/1"]), home_country="US")) == {column: "formatting"}


@pytest.mark.parametrize(
    ("column", "left", "right"),
    [
        ("name", "Acme Ltd", "Acne Ltd"),
        ("phone", "312 555 0147", "312 555 0174"),
        ("street", "12 Main St Suite 200", "12 Main St Suite 300"),
        ("postcode", "60601", "60610"),
        ("email", "jo@acme.com", "joe@acme.com"),
        ("email", "jo@acme.com", "joacme.com"),
    ],
)
def test_another_value_is_a_difference(parties: Build, same: Build, column: str, left: str, right: str) -> None:
    """One wrong character is a difference that somebody has to settle."""
    both = parties({"record_key": "crm/c/1", column: left}, {"record_key": "ledger/c/1", column: right})

    assert _kinds(mismatches(both, same(["crm/c/1", "ledger/c/1"]), home_country="US")) == {column: "different"}


def test_a_whole_address_in_one_cell_is_compared_by_what_it_holds(parties: Build, same: Build) -> None:
    """A ledger that keeps the address in one cell does not lack the city."""
    both = parties(
        {"record_key": "crm/c/1", "street": "12 Main St #4", "city": "Chicago", "region": "IL", "postcode": "60601-1234"},
        {"record_key": "crm/c/2", "street": "9 Oak Ave", "city": "Dallas", "region": "TX", "postcode": "75201"},
        {"record_key": "ledger/c/1", "street": "12 Main Street Ste 4\nChicago, Illinois 60601"},
        {"record_key": "ledger/c/2", "street": "9 Oak Ave", "city": "Dallas", "region": "TX", "postcode": "75201"},
    )

    found = mismatches(both, same(["crm/c/1", "ledger/c/1"], ["crm/c/2", "ledger/c/2"]))

    assert _kinds(found) == dict.fromkeys(("street", "city", "region", "postcode"), "formatting")


def test_a_filler_is_a_missing_value_and_an_unkept_field_is_not_compared(parties: Build, same: Build) -> None:
    """'n/a' says nothing; a system without any phone number is not reproached for it."""
    both = parties(
        {"record_key": "crm/c/1", "email": "n/a", "phone": "312 555 0147"},
        {"record_key": "crm/c/2", "email": "a@b.com"},
        {"record_key": "ledger/c/1", "email": "jo@acme.com"},
    )

    found = mismatches(both, same(["crm/c/1", "ledger/c/1"], ["crm/c/2"]))

    assert _kinds(found) == {"email": "missing_l"}


def test_a_remark_is_no_telephone_number(parties: Build, same: Build) -> None:
    """'call office' in the cell of a telephone number is a missing number, and nothing to propose."""
    both = parties(
        {"record_key": "crm/c/1", "phone": "call office", "email": "see card"},
        {"record_key": "crm/c/2", "phone": "312 555 0147", "email": "jo@acme.com"},
        {"record_key": "ledger/c/1", "phone": "312 555 0199", "email": "al@acme.com"},
    )

    found = mismatches(both, same(["crm/c/1", "ledger/c/1"], ["crm/c/2"])).mismatches

    assert {row["column"]: (row["kind"], row["value_l"]) for row in found.to_pylist()} == {
        "email": ("missing_l", None), "phone": ("missing_l", None),
    }  # fmt: skip


def test_the_side_that_changed_last_is_named(parties: Build, same: Build) -> None:
    """The newer side is told by its time of change."""
    both = parties(
        {"record_key": "crm/c/1", "tax_id": "36-4121901", "updated_at": datetime(2026, 3, 1, tzinfo=UTC)},
        {"record_key": "ledger/c/1", "tax_id": "36-4121910", "updated_at": datetime(2026, 2, 1, tzinfo=UTC)},
    )

    [row] = mismatches(both, same(["crm/c/1", "ledger/c/1"])).mismatches.to_pylist()

    assert (row["changed_last"], row["proposed_system"], row["proposed_value"]) == ("l", None, None)


def test_120_differing_of_1000_are_12_percent_whatever_the_formatting(parties: Build, same: Build) -> None:
    """Planted differences are counted exactly; 300 that are only written otherwise are none."""
    rows, groups = [], []
    for number in range(1000):
        left, right = f"person{number}@acme.com", f"person{number}@acme.com"
        if number < 120:
            right = f"other{number}@acme.com"
        elif number < 420:
            right = right.upper()
        rows += [{"record_key": f"crm/c/{number}", "email": left}, {"record_key": f"ledger/c/{number}", "email": right}]
        groups.append([f"crm/c/{number}", f"ledger/c/{number}"])

    [row] = mismatches(parties(*rows), same(*groups)).compared.to_pylist()

    assert (row["compared"], row["different"], row["formatting"], row["equal"]) == (1000, 120, 300, 580)
    # Wilson 95 % of 120 in 1000.
    assert (row["low"], row["high"]) == (pytest.approx(0.1013, abs=1e-4), pytest.approx(0.1416, abs=1e-4))


def test_what_a_bank_writes_is_no_name_to_compare(parties: Build, same: Build) -> None:
    """A text with the way of payment before a name that is cut off: the supplier's own list is right all the same."""
    both = parties(
        {"record_key": "bank/names/1", "name": "ONLINE PYMT BARLOW CABINET MANUF"},
        {"record_key": "ledger/vendors/1", "name": "Barlow Cabinet Manufacturing"},
        {"record_key": "site/names/1", "name": "Barlow Cabinets"},
    )
    walk = same(["bank/names/1", "ledger/vendors/1", "site/names/1"])
    snapshot = pa.table({"system": ["bank", "bank", "site", "site"], "entity": ["bank_line", "party", "project", "party"]})

    named = without_bank_texts(both, snapshot)
    assert with_lone_bank_texts(named, both, walk)["record_key"].to_pylist() == ["ledger/vendors/1", "site/names/1"]
    lone = with_lone_bank_texts(named, both, same(["bank/names/1"], ["ledger/vendors/1", "site/names/1"]))
    assert "bank/names/1" in lone["record_key"].to_pylist()

    found = mismatches(named, walk).mismatches.to_pylist()

    assert [(row["key_l"], row["key_r"]) for row in found] == [("ledger/vendors/1", "site/names/1")]
