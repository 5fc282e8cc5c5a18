"""Who sits at a screen."""

import pytest

from toolkit.audit.desks.opened import reviewer_name
from toolkit.errors import InputError


def test_a_name_is_one_line() -> None:
    """As it was typed, without what surrounds it."""
    assert reviewer_name("  Dana \n Ruiz ") == "Dana Ruiz"


def test_without_a_name_it_is_who_signed_in_here() -> None:
    """Somebody decides in any case."""
    assert reviewer_name("")


@pytest.mark.parametrize("name", ["D" * 81, "Dana\x1b[2J"])
def test_what_cannot_be_shown_is_refused(name: str) -> None:
    """The name stands in files and on pages."""
    with pytest.raises(InputError, match="Say who decides"):
        reviewer_name(name)
