"""What a job of ours has entered says nothing of how long people take."""

from toolkit.reconcile.entered_by_jobs import without_delays_of
from toolkit.tables import COUNTERPART

ROWS = [
    {
        "handoff_id": "h",
        "key_l": f"crm/deals/{number}",
        "key_r": key,
        "status": "found",
        "is_error": False,
        "lag_minutes": 60.0,
        "lag_days": 9.0,
    }
    for number, key in enumerate(("ledger/invoices/1", "ledger/invoices/2", None))
]


def test_the_delay_of_what_jobs_entered_is_unknown() -> None:
    """All else of it, and the delays of others, stay."""
    found = COUNTERPART.from_rows(ROWS)

    told = without_delays_of(found, {"ledger/invoices/2", "ledger/invoices/9"})

    assert told.schema == found.schema
    assert told["lag_days"].to_pylist() == [9.0, None, 9.0]
    assert told["lag_minutes"].to_pylist() == [60.0, None, 60.0]
    assert told.drop_columns(["lag_days", "lag_minutes"]) == found.drop_columns(["lag_days", "lag_minutes"])


def test_without_jobs_nothing_changes() -> None:
    """The same table."""
    found = COUNTERPART.from_rows(ROWS)

    assert without_delays_of(found, frozenset()) is found
