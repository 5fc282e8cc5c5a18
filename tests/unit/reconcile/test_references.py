"""Documents name their customer by id or by name; both lead to the party of the same system."""

from collections.abc import Callable

import pyarrow as pa

from toolkit.reconcile.references import resolved_references
from toolkit.tables import DOCUMENT

Build = Callable[..., pa.Table]


def test_an_id_leads_to_its_party_before_any_name(parties: Build, documents: Build) -> None:
    """A deal that names company 7 belongs to company 7, though another company is called 7."""
    known = parties({"record_key": "crm/companies/7", "name": "Acme"}, {"record_key": "crm/companies/8", "name": "7"})

    found = resolved_references(documents("deal", {"record_key": "crm/deals/1", "party_ref": "7"}), known)

    assert found.documents["party_key"].to_pylist() == ["crm/companies/7"]
    assert found.references["found_by"].to_pylist() == ["id"]


def test_another_id_of_the_same_record_counts(parties: Build, documents: Build) -> None:
    """An id that an export used before still leads to the record."""
    known = parties({"record_key": "ledger/customers/5", "name": "Acme", "alt_ids": ["C-5"]})

    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "C-5"}), known)

    assert found.documents["party_key"].to_pylist() == ["ledger/customers/5"]


def test_a_name_is_compared_without_case_and_blanks(parties: Build, documents: Build) -> None:
    """'ACME  ltd' is Acme Ltd."""
    known = parties({"record_key": "ledger/customers/a", "name": "Acme Ltd"})

    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_name": "ACME  ltd"}), known)

    assert found.references.select(["found_key", "found_by"]).to_pylist() == [
        {"found_key": "ledger/customers/a", "found_by": "name"}
    ]


def test_the_full_name_wins_over_the_last_part(parties: Build, documents: Build) -> None:
    """'Acme:Annex' is the annex of Acme, and 'Hall' alone is the hall of Birch."""
    known = parties(
        {"record_key": "ledger/customers/1", "name": "Acme:Annex"},
        {"record_key": "ledger/customers/2", "name": "Annex"},
        {"record_key": "ledger/customers/3", "name": "Birch:Hall"},
    )
    invoices = documents(
        "invoice",
        {"record_key": "ledger/invoices/1", "party_ref": "Acme:Annex"},
        {"record_key": "ledger/invoices/2", "party_ref": "Hall"},
    )

    found = resolved_references(invoices, known)

    assert found.documents["party_key"].to_pylist() == ["ledger/customers/1", "ledger/customers/3"]
    assert found.references["found_by"].to_pylist() == ["name", "name part"]


def test_a_legal_form_does_not_hide_a_party(parties: Build, documents: Build) -> None:
    """'Acme Limited' is found as Acme Ltd where no name is the same as written."""
    known = parties({"record_key": "ledger/customers/a", "name": "Acme Ltd"})

    found = resolved_references(
        documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "Acme Limited"}), known
    )

    assert found.references["found_by"].to_pylist() == ["standardised name"]


def test_a_name_of_another_system_is_no_answer(parties: Build, documents: Build) -> None:
    """References never cross systems: that is the crosswalk's work."""
    known = parties({"record_key": "crm/companies/7", "name": "Acme"})

    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "Acme"}), known)

    assert found.documents["party_key"].to_pylist() == [None]
    assert found.references["found_key"].null_count == 1


def test_two_parties_that_fit_equally_well_are_not_guessed(parties: Build, documents: Build) -> None:
    """Two customers of one name leave the invoice unresolved and marked so."""
    known = parties(
        {"record_key": "ledger/customers/1", "name": "Acme"}, {"record_key": "ledger/customers/2", "name": "Acme"}
    )

    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "Acme"}), known)

    assert found.references["found_by"].to_pylist() == ["ambiguous"]
    assert found.documents["party_key"].to_pylist() == [None]


def test_a_bill_prefers_the_supplier_of_a_name(parties: Build, documents: Build) -> None:
    """Where customer and supplier share a name, the bill is the supplier's."""
    known = parties(
        {"record_key": "ledger/customers/1", "name": "Acme", "roles": ["customer"]},
        {"record_key": "ledger/vendors/1", "name": "Acme", "roles": ["vendor"]},
    )

    found = resolved_references(documents("bill", {"record_key": "ledger/bills/1", "party_ref": "Acme"}), known)

    assert found.documents["party_key"].to_pylist() == ["ledger/vendors/1"]


def test_a_contact_finds_its_company(parties: Build, documents: Build) -> None:
    """A contact's company is found by id, or by the company name it carries."""
    known = parties(
        {"record_key": "crm/companies/7", "name": "Acme"},
        {"record_key": "crm/contacts/7", "name": "Ann Lee", "kind": "person", "parent_ref": "7"},
        {"record_key": "crm/contacts/8", "name": "Bo Ray", "kind": "person", "company_name": "ACME"},
    )

    found = resolved_references(documents("deal"), known)

    assert found.parties["parent_key"].to_pylist() == [None, "crm/companies/7", "crm/companies/7"]


def test_a_filler_is_no_reference(parties: Build, documents: Build) -> None:
    """An invoice to 'n/a' names nobody, so nobody is missing."""
    found = resolved_references(documents("invoice", {"record_key": "ledger/invoices/1", "party_ref": "n/a"}), parties())

    assert found.references.num_rows == 0


def test_a_name_that_was_blacked_out_is_no_failed_reference(parties: Build, documents: Build) -> None:
    """An id stands beside it that no list has; where a list has it, it leads there."""
    known = parties({"record_key": "spend/vendors/1", "record_id": "S9", "name": "Alder"})
    spending = documents(
        "expense",
        {"record_key": "spend/expenses/1", "party_ref": "S205", "party_name": "REDACTED PERSONAL DATA"},
        {"record_key": "spend/expenses/2", "party_ref": "S9", "party_name": "REDACTED PERSONAL DATA"},
    )

    found = resolved_references(spending, known)

    assert found.references.select(["record_key", "found_key"]).to_pylist() == [
        {"record_key": "spend/expenses/2", "found_key": "spend/vendors/1"}
    ]


def test_a_company_that_names_its_own_name_as_parent_means_the_other_of_that_name(parties: Build) -> None:
    """Whatever other names the system has before and behind it."""
    known = parties(
        {"record_key": "crm/c/1", "name": "Acme"},
        {"record_key": "crm/c/2", "name": "Mole", "parent_ref": "Mole"},
        {"record_key": "crm/c/3", "name": "Mole"},
        {"record_key": "crm/c/4", "name": "Zinc"},
    )

    found = resolved_references(DOCUMENT.empty(), known).parties

    assert dict(zip(found["record_key"].to_pylist(), found["parent_key"].to_pylist(), strict=True))["crm/c/2"] == "crm/c/3"


def test_the_last_name_of_another_system_is_no_answer_in_the_last_one(parties: Build, documents: Build) -> None:
    """Names are looked up system by system."""
    known = parties({"record_key": "crm/c/1", "name": "Zinc"}, {"record_key": "ledger/c/1", "name": "Acme"})
    bills = documents("bill", *({"record_key": f"ledger/bills/{name}", "party_ref": name} for name in ("Acme", "Zinc")))

    found = resolved_references(bills, known).documents

    assert found["party_key"].to_pylist() == ["ledger/c/1", None]
