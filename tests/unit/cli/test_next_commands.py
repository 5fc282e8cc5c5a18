"""The next command that is printed can be typed as it stands, wherever the engagement's folder is."""

import os
import shlex
from pathlib import Path

import pytest

from toolkit.cli.output import quoted, typed


@pytest.mark.skipif(os.name == "nt", reason="each kind of shell has quotes of its own")
@pytest.mark.parametrize("name", ["harbor-pine", "Kunde Müller & Co/Häfen 2", "O'Hara", "$HOME/x", "-rf"])
def test_a_folder_is_one_word_of_the_next_command(name: str) -> None:
    """A name with blanks, umlauts or signs that a shell reads is put in quotes."""
    assert shlex.split(f"integration-audit apply latest {typed(Path(name))} --write")[3] == name


@pytest.mark.skipif(os.name == "nt", reason="each kind of shell has quotes of its own")
@pytest.mark.parametrize("name", ["Harbor Pine Ltd", 'The "Old" Mill', "$(touch x)", "`id`", "O'Hara", "a\\b", "Wow!"])
def test_an_account_is_one_word_of_the_next_command(name: str) -> None:
    """A system may call it what it likes: a shell runs nothing of it."""
    assert shlex.split(f"apply latest --account {quoted(name)}")[3] == name
    assert quoted(name).startswith("'") == any(sign in name for sign in '"$`\\!')


def test_the_folder_in_which_one_stands_is_not_named() -> None:
    """Commands take it without being told."""
    assert typed(Path()) == ""
