"""One system decides each field; who usually does depends on its category."""

import pytest

from toolkit.errors import InputError
from toolkit.reconcile.truth import SourceOfTruth, default_sources_of_truth


def test_crm_ledger_and_projects_master_what_they_usually_do() -> None:
    """Contact data in the CRM, money and tax numbers in the ledger, project status in the project tool."""
    truth = default_sources_of_truth({"hs": "crm", "qb": "ledger", "as": "projects"})

    assert truth.system_for("party", "email") == "hs"
    assert truth.system_for("party", "tax_id") == "qb"
    assert truth.system_for("invoice", "paid_minor") == "qb"
    assert truth.system_for("project", "status") == "as"


def test_two_systems_of_the_deciding_category_leave_the_field_open() -> None:
    """With two CRMs only the client can say which one decides."""
    assert default_sources_of_truth({"hs": "crm", "sf": "crm"}).system_for("party", "email") is None


def test_two_masters_for_one_field_are_refused() -> None:
    """A list of systems is no source of truth."""
    with pytest.raises(InputError, match="Exactly one system"):
        SourceOfTruth({"party": {"email": ["crm", "ledger"]}})  # type: ignore[dict-item]
