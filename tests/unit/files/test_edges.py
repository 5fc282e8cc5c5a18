"""Edges of reading files: the last place that is looked at, the last value that is named, the cell that begins a row."""

from collections.abc import Callable

import pytest

from toolkit.files.encoding import sniffed_encoding
from toolkit.files.header import is_date
from toolkit.files.ofx import looks_like_ofx
from toolkit.files.raw import RawTable

ReadOne = Callable[..., RawTable]
Cells = Callable[[RawTable], list[tuple[str | None, ...]]]


@pytest.mark.parametrize(("zeros", "codec"), [(4, "utf-8"), (5, "utf-16-be")])
def test_text_of_two_bytes_a_letter_may_begin_with_the_zero(zeros: int, codec: str) -> None:
    """More than four first bytes of ten are zero; exactly four are not enough."""
    text = "a" * zeros + "Я" * (10 - zeros)

    assert sniffed_encoding(text.encode("utf-16-be")) == (codec, 0)


@pytest.mark.parametrize(("blanks", "is_found"), [(3_995, True), (3_996, False)])
def test_a_bank_file_says_so_in_its_first_four_thousand_characters(blanks: int, *, is_found: bool) -> None:
    """A sign that ends with them counts, one that goes beyond does not."""
    assert looks_like_ofx(" " * blanks + "<OFX>") is is_found


@pytest.mark.parametrize(("place", "is_whole"), [(39, False), (40, True), (41, True)])
def test_what_follows_forty_characters_of_a_date_is_not_looked_at(place: int, *, is_whole: bool) -> None:
    """A line break within them is in no date."""
    cell = "2026-08-01 12:00".ljust(place, "0") + "\nx"

    assert is_date(cell) is is_whole


@pytest.mark.parametrize("first", ["", "A-1"])
def test_a_row_may_begin_with_nothing_before_a_text_of_several_lines(read_one: ReadOne, cells: Cells, first: str) -> None:
    """The quotation mark after the first comma opens a cell that goes on in the next line, whatever stands before it."""
    text = f'Id,Note,Amount\r\nB-1,plain,5.00\r\n{first},"two\r\nlines",6.00\r\nB-3,plain,7.00\r\n'

    table = read_one("notes.csv", text.encode())

    assert cells(table)[1] == (first or None, "two\r\nlines", "6.00")
    assert table.rows_read == 3


@pytest.mark.parametrize("count", [1, 4, 5, 6])
def test_up_to_five_columns_of_mended_numbers_are_named(read_one: ReadOne, count: int) -> None:
    """The rest is hinted at."""
    names = [f"Ref {letter}" for letter in "ABCDEF"[:count]]
    rows = ["Name," + ",".join(names), *(f"Firm {row}," + ",".join([f"{row}000.000000"] * count) for row in range(1, 4))]

    [note] = read_one("refs.csv", "\n".join(rows).encode()).notes

    assert ("…" in note) is (count > 5)
    assert [name for name in names if repr(name) in note] == names[:5]
