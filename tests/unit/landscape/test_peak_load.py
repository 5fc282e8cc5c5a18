"""The busiest minute of a system, held against what its interface takes."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from toolkit.landscape.peak_load import peak_load

NINE = [datetime(2026, 11, 3, 9, 0, second % 60, tzinfo=UTC) for second in range(80)]
TEN = [datetime(2026, 11, 3, 10, 0, second % 60, tzinfo=UTC) for second in range(80)]


def moments(*found: datetime | None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(found, pa.timestamp("us", "UTC"))])


@pytest.mark.parametrize(("limit", "is_flagged"), [(101.0, False), (100.0, False), (99.0, True), (None, False)])
def test_above_four_fifths_of_the_limit_it_is_flagged(limit: float | None, *, is_flagged: bool) -> None:
    """Eighty of a hundred are at the bound, and pass."""
    found = peak_load(moments(*NINE), limit)

    assert found is not None
    assert found.records == 80
    assert found.is_flagged == is_flagged


def test_of_equal_minutes_the_first_is_told() -> None:
    """Whatever the order of the rows."""
    found = peak_load(moments(*TEN, None, *NINE), None)

    assert found is not None
    assert found.at == "2026-11-03 09:00"


def test_days_say_nothing_of_minutes() -> None:
    """A thousand records of one day were not made at midnight."""
    assert peak_load(moments(*[datetime(2026, 11, 3, tzinfo=UTC)] * 1000, None), 100.0) is None
