"""Numbers that documents bear and quote."""

import pyarrow as pa
import pytest

from toolkit.values.reference import quoted_numbers, standardised


@pytest.mark.parametrize("written", ["INV-00123", "inv 123", "Invoice No. 0123", "Rechnung Nr. 123", "RE123", "INV-OO123"])
def test_one_invoice_number_is_written_in_many_ways(written: str) -> None:
    """Prefix, separators, leading zeros and the letter O are form."""
    assert standardised(pa.array([written])).to_pylist() == ["inv:123"]


def test_a_bank_line_quotes_several_invoices() -> None:
    """Dates, amounts and small numbers among the words are no references."""
    line = "Payment 2 of invoices 10023, 10024 dated 03.04.2026 EUR 1,250.00 thank you"

    assert quoted_numbers(line) == ("inv:10023", "10024")


def test_the_series_is_kept_where_letters_tell_it() -> None:
    """Orders and invoices are often counted with the same digits."""
    assert quoted_numbers("SO-1001") == ("so:1001",)
    assert quoted_numbers("HP-1001") == ("hp:1001",)
    assert quoted_numbers("#1001") == ("1001",)


@pytest.mark.parametrize("filler", ["n/a", "99999", "-", "", "thank you"])
def test_a_filler_quotes_nothing(filler: str) -> None:
    """Nor does a text without numbers."""
    assert quoted_numbers(filler) == ()
