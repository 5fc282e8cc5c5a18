from dataclasses import replace

from tests.unit.report.sample_run import sample_run
from toolkit.report.record_names import quoted_number, record_names


def test_a_customer_is_named_by_name_and_place() -> None:
    """The id that only the system knows is left out."""
    run = replace(sample_run(), labels={"crm": "HubSpot"})

    assert record_names(run, ["crm/companies/101"]) == {"crm/companies/101": "HubSpot companies: Acme Fit-Out LLC, Chicago"}


def test_a_person_is_shortened() -> None:
    """Who it is can be told by whoever knows, and by nobody else."""
    assert record_names(sample_run(), ["shop/customers/55"])["shop/customers/55"] == "shop customers: D. Miller, Oak Park"


def test_only_a_number_that_people_say_is_quoted() -> None:
    """An invoice number is, a key of a payment service is not."""
    numbers = ["INV-1042", "26-571O4", "#10330", "ch_303eGqq2azvTEKEV21Xm7CIT", "30648641007123", "Dana Miller", ""]

    assert [one for one in numbers if quoted_number({"number": one})] == ["INV-1042", "26-571O4", "#10330"]


def test_a_record_of_which_nothing_is_known_is_named_by_its_list() -> None:
    """No id takes the place of a name that is not there."""
    assert record_names(sample_run(), ["ledger/invoices/9"]) == {"ledger/invoices/9": "ledger invoices"}
