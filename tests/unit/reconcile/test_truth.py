"""One system decides each field, as the client said; nobody decides what the client did not say."""

import pytest

from toolkit.errors import InputError
from toolkit.reconcile.truth import SourceOfTruth


def test_nobody_decides_what_the_client_did_not_say() -> None:
    """A CRM does not decide telephone numbers because it is a CRM."""
    assert SourceOfTruth().system_for("party", "phone") is None
    assert SourceOfTruth({"party": {"email": "crm"}}).system_for("party", "phone") is None


def test_who_decides_the_street_decides_the_whole_address() -> None:
    """An address is one fact: street, city, postcode and region come from one system."""
    truth = SourceOfTruth({"party": {"default": "crm", "street": "ledger", "postcode": "ledger"}})

    assert {truth.system_for("party", one) for one in ("street", "city", "region", "postcode", "country")} == {"ledger"}
    assert {truth.system_for("party", one) for one in ("name", "given_name", "email")} == {"crm"}


def test_two_systems_for_one_address_are_refused() -> None:
    """The street of one and the city of another make an address that does not exist."""
    with pytest.raises(InputError, match=r"one fact \(street: ledger, city: crm\)"):
        SourceOfTruth({"party": {"street": "ledger", "city": "crm"}})


def test_two_masters_for_one_field_are_refused() -> None:
    """A list of systems is no source of truth."""
    with pytest.raises(InputError, match="Exactly one system"):
        SourceOfTruth({"party": {"email": ["crm", "ledger"]}})  # type: ignore[dict-item]
