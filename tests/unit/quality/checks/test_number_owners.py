"""A bill's number is its supplier's: of another supplier, or of nobody, it is another number."""

import pytest

from tests.quality_records import failing, stream_table
from toolkit.quality.checks.unique import CHECK


@pytest.mark.parametrize(
    ("bills", "repeated"),
    [
        ([("1", "S"), ("2", None)], []),
        ([("1", None), ("2", "S")], []),
        ([("1", "S"), ("1", None)], []),
        ([("1", "S"), ("1", "T")], []),
        ([("1", "S"), ("1", "S")], ["1", "2"]),
        ([("1", None), ("1", None)], ["1", "2"]),
        ([("1", "S"), ("2", None), ("1", "T"), ("2", "S"), ("2", None)], ["2", "5"]),
    ],
)
def test_a_number_repeats_within_one_supplier_only(bills: list[tuple[str, str | None]], repeated: list[str]) -> None:
    """Bills whose supplier nobody wrote down are of one owner, which is no supplier."""
    table = stream_table("bill", [{"number": number, "party_ref": supplier} for number, supplier in bills])

    assert failing(CHECK, table) == repeated
