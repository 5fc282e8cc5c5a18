"""Text as it is compared."""

from toolkit.values import text


def test_hostile_characters_never_break_a_comparison() -> None:
    """NUL bytes, lone surrogates and direction marks are blanks; a huge cell is cut."""
    assert text.words("Acme\x00Ltd\ud800 \u202eGmbH") == ["acme", "ltd", "gmbh"]
    assert len(text.printable("x" * 10_000_000)) == text.MAX_COMPARED_CHARACTERS


def test_other_scripts_become_latin() -> None:
    """Greek and Cyrillic names can be compared with their Latin spelling."""
    assert text.standardised(["Москва", "Αθήνα", "Ærø"]) == ["moskva", "athina", "aero"]


def test_a_cell_without_words_is_missing() -> None:
    """Punctuation alone says nothing."""
    assert text.standardised(["--", "", None]) == [None, None, None]
