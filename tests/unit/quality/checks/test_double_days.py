"""Double entries: on which day a document happened where files write times and zones, and what is said of the two days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.quality_records import by_stream, failing, outcomes, stream_table
from toolkit.quality.checks.double_entry import CHECK


@pytest.mark.parametrize(
    ("hour", "minute", "offset_minutes", "found"),
    [
        (22, 59, 60, False), (23, 0, 60, True), (23, 1, 60, True), (23, 59, None, False), (23, 59, 0, False),
        (23, 59, 1, True), (18, 29, 330, False), (18, 30, 330, True),
    ],
)  # fmt: skip
def test_a_payment_is_of_the_day_that_its_file_wrote(
    hour: int, minute: int, offset_minutes: int | None, *, found: bool
) -> None:
    """An hour east of Greenwich the fourth begins at 23:00 of the third, the day of the second payment."""
    both = {"party_ref": "A", "amount_minor": 12_300}
    late = {**both, "paid_at": datetime(2026, 3, 3, hour, minute, tzinfo=UTC), "offset_minutes": offset_minutes}
    next_day = {**both, "paid_at": datetime(2026, 3, 4, 12, tzinfo=UTC)}

    assert (failing(CHECK, stream_table("payment", [late, next_day])) == ["2"]) is found


@pytest.mark.parametrize(
    ("second", "said"),
    [(date(2026, 3, 3), "on 2026-03-03"), (date(2026, 3, 4), "on 2026-03-03 and 2026-03-04")],
)
def test_the_days_of_both_are_named(second: date, said: str) -> None:
    """One day once, two days in their order."""
    both: dict[str, Any] = {"party_ref": "A", "amount_minor": 12_300}
    invoices = stream_table("invoice", [{**both, "issued_on": date(2026, 3, 3)}, {**both, "issued_on": second}])

    [one] = outcomes(CHECK, by_stream(invoices))

    reason = (
        f"The same party has the same amount in ledger/invoices/1, {said}, "
        "and nothing but their own numbers and dates tells them apart."
    )
    assert one.failing["reason"].to_pylist() == [reason]
