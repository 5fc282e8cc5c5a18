"""References are judged only where the list they refer to was sent, and a placeholder refers to nobody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from toolkit.quality import checked_records

Make = Callable[..., pa.Table]
Rows = Sequence[Mapping[str, Any]]


def failing(*tables: pa.Table) -> list[tuple[str, str]]:
    """Return column and record id of every reference that leads nowhere."""
    records = {(table["system"][0].as_py(), table["stream"][0].as_py()): table for table in tables}
    return [
        (row["column"], row["record_key"].rpartition("/")[2])
        for row in checked_records(records, country=None, as_of=date(2026, 10, 5)).findings.to_pylist()
        if row["check_id"].endswith(".reference")
    ]


SPEND: Rows = [
    {"party_ref": "S1", "party_name": "Alder Works Ltd"},
    {"party_ref": "S205", "party_name": "REDACTED PERSONAL DATA"},
    {"party_ref": "S206", "party_name": "REDACTED PERSONAL DATA"},
    {"party_ref": "S2", "party_name": "Birch Vans"},
    {"party_ref": "S2", "party_name": "Birch Vans"},
]


def test_names_on_documents_are_no_list_of_suppliers(records: Make) -> None:
    """A ledger of spending with ids of suppliers and no list of them: nothing leads nowhere."""
    names = records("party", [{"name": "Alder Works Ltd"}, {"name": "Birch Vans"}], stream="names")

    assert failing(names, records("expense", SPEND)) == []


def test_a_placeholder_refers_to_nobody_although_it_has_an_id(records: Make) -> None:
    """The list is there; of what it lacks only a real name is told, not what was blacked out."""
    vendors = records("party", [{"record_id": "S1", "name": "Alder Works Ltd", "roles": ["vendor"]}], stream="vendors")

    assert failing(vendors, records("expense", SPEND)) == [("party_ref", "4"), ("party_ref", "5")]


def test_a_list_of_customers_is_none_of_suppliers(records: Make) -> None:
    """Bills are not held against the customers, and invoices not against the vendors."""
    customers = records("party", [{"name": "Cole", "roles": ["customer"]}], stream="customers")
    vendors = records("party", [{"name": "Alder", "roles": ["vendor"]}], stream="vendors")
    bills = records("bill", [{"party_ref": "Birch"}])
    invoices = records("invoice", [{"party_ref": "Dean"}])

    assert failing(customers, bills) == []
    assert failing(vendors, invoices) == []
    assert failing(customers, vendors, bills, invoices) == [("party_ref", "1"), ("party_ref", "1")]


def test_a_list_without_roles_is_one_of_both(records: Make) -> None:
    """Many ledgers keep all their contacts in one list."""
    contacts = records("party", [{"name": "Alder"}], stream="contacts")

    assert failing(contacts, records("bill", [{"party_ref": "Birch"}])) == [("party_ref", "1")]


def test_staff_are_neither_customers_nor_suppliers(records: Make) -> None:
    """A list of employees beside expenses says nothing about who was paid."""
    staff = records("employee", [{"name": "Kim"}], stream="employees")

    assert failing(staff, records("expense", [{"party_ref": "Birch"}])) == []


def test_people_alone_are_no_list_of_companies(records: Make) -> None:
    """Contacts name companies that nobody sent a list of; with a list, the missing one is told."""
    people = records("party", [{"name": "Ana", "kind": "person", "parent_ref": "Alder"}], stream="contacts")
    companies = records("party", [{"name": "Birch"}], stream="companies")

    assert failing(people) == []
    assert failing(people, companies) == [("parent_ref", "1")]
