"""Fillers typed to get past a form."""

import pytest

from toolkit.values.placeholder import is_placeholder


@pytest.mark.parametrize("value", ["n/a", "N.A.", "-", "???", "unknown", "99999", "000-0000", "TEST", "(none)", "xxxx", ""])
def test_a_filler_counts_as_missing(value: str) -> None:
    """Each of these is typed where a value was demanded and none was known."""
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["Acme", "3M", "0", "Testa & Sons", "Null Island Tours", "AAA Plumbing"])
def test_a_short_or_odd_name_is_no_filler(value: str) -> None:
    """Real companies have odd names."""
    assert not is_placeholder(value)
