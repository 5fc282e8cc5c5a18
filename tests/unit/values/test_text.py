"""Text as it is compared."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.values import text

CELLS = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=8)


def test_hostile_characters_never_break_a_comparison() -> None:
    """NUL bytes, lone surrogates and direction marks are blanks; a huge cell is cut."""
    assert text.words("Acme\x00Ltd\ud800 \u202eGmbH") == ["acme", "ltd", "gmbh"]
    assert len(text.printable("x" * 10_000_000)) == text.MAX_COMPARED_CHARACTERS


def test_other_scripts_become_latin() -> None:
    """Greek and Cyrillic names can be compared with their Latin spelling."""
    assert text.standardised(pa.array(["Москва", "Αθήνα", "Ærø"])).to_pylist() == ["moskva", "athina", "aero"]


def test_a_cell_without_words_is_missing() -> None:
    """Punctuation alone says nothing."""
    assert text.standardised(pa.array(["--", "", None])).to_pylist() == [None, None, None]


def test_a_huge_cell_in_a_column_is_cut() -> None:
    """Ten thousand characters cost as much as the first few hundred."""
    [cell] = text.standardised(pa.array(["x" * 10_000])).to_pylist()

    assert len(cell) == text.MAX_COMPARED_CHARACTERS


@given(CELLS)
def test_a_column_says_what_its_cells_say(cells: list[str | None]) -> None:
    """Whole columns are read faster than cell by cell, never otherwise."""
    column = pa.array(cells, pa.string())

    one_by_one = [None if cell is None else " ".join(text.words(cell)) or None for cell in cells]
    folded = [None if cell is None else " ".join(filter(None, text.folded(cell).split(" "))) or None for cell in cells]

    assert text.standardised(column).to_pylist() == one_by_one
    assert text.folded_texts(column).to_pylist() == folded
