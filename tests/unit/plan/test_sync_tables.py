"""What a list keeps: what its records fill, and what the system takes of a new one."""

from toolkit.plan.sync_tables import SyncTables
from toolkit.tables import DOCUMENT

INVOICE = {
    "record_key": "ledger/invoices/1", "system": "ledger", "stream": "invoices", "record_id": "1", "entity": "invoice",
    "state": "active", "department": "Projects", "number": "1001",
}  # fmt: skip
COLUMNS = ("number", "department", "description", "reference")


def kept(*taken: str) -> set[str]:
    """Return the columns that the list keeps, where a new record takes some; all where that is not known."""
    known = {("ledger", "invoices"): frozenset(taken)} if taken else {}
    tables = SyncTables(documents=DOCUMENT.from_rows([INVOICE]), taken=known)
    return set(tables.kept_in("ledger", "invoices", COLUMNS))


def test_a_list_keeps_what_its_records_fill() -> None:
    """Where nobody says what a new one takes."""
    assert kept() == {"number", "department"}


def test_what_a_new_record_does_not_take_is_not_planned() -> None:
    """The whole change would be refused for it."""
    assert kept("number", "reference", "description") == {"number"}


def test_a_document_says_in_its_text_what_it_was_entered_for_where_it_has_no_reference() -> None:
    """It must be found again, also where no document has such a text yet."""
    assert kept("number", "description") == {"number", "description"}
