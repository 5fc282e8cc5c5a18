"""What was paid, beside what was due."""

import pytest

from tests.quality_records import checked, failing, stream_table
from toolkit.quality.checks.overpaid import CHECK


@pytest.mark.parametrize(
    ("due", "paid", "found"),
    [
        (100, 99, []),
        (100, 100, []),
        (100, 101, ["1"]),
        (0, 5, []),
        (1, 2, ["1"]),
        (-10, 5, []),
        (None, 5, []),
        (100, None, []),
    ],
)
@pytest.mark.parametrize("entity", ["invoice", "bill", "order"])
def test_more_than_due_is_too_much(entity: str, due: int | None, paid: int | None, found: list[str]) -> None:
    """Exactly what was due is right; where nothing was due, nothing is said."""
    table = stream_table(entity, [{"amount_minor": due, "paid_minor": paid}])

    assert failing(CHECK, table) == found
    assert checked(CHECK, table) == ([1] if due is not None and paid is not None else [])


def test_a_quote_is_not_paid() -> None:
    """Only what asks for money is judged."""
    assert failing(CHECK, stream_table("quote", [{"amount_minor": 1, "paid_minor": 2}])) == []
