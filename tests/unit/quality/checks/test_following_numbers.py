"""Whether numbers follow time is judged at four fifths of their dates, between two of them by their distance."""

from datetime import date, timedelta

import pytest

from tests.quality_records import failing, stream_table
from toolkit.quality.checks.swapped_date import CHECK


@pytest.mark.parametrize(("days", "found"), [(45, ["10"]), (49, ["10"]), (51, [])])
def test_four_fifths_of_twenty_lie_between_the_sixteenth_and_the_next(days: int, found: list[str]) -> None:
    """Sixteen are in their place; a fifth of the way to one that is fifty days off is ten days, and more is no sequence."""
    rows = [{"number": f"INV-{100 + place}", "issued_on": date(2026, 1, 16)} for place in range(20)]
    for place in (2, 6, 14):
        rows[place]["issued_on"] = date(2026, 1, 16) - timedelta(days=days)
    # 11 January, written as 1 November.
    rows[9]["issued_on"] = date(2026, 11, 1)

    assert failing(CHECK, stream_table("invoice", rows)) == found
