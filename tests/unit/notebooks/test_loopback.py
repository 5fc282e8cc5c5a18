"""A kernel that cannot be reached is not waited for."""

import pytest

from toolkit.errors import InputError
from toolkit.notebooks.loopback import require_loopback


def test_a_machine_that_cannot_reach_itself_is_told_why() -> None:
    """At once, with the address, the reason and the way that needs no kernel; an address of documentation is nobody's."""
    with pytest.raises(InputError, match=r"192\.0\.2\.1.*integration-audit report"):
        require_loopback("192.0.2.1")


def test_a_machine_that_reaches_itself_may_start_a_kernel() -> None:
    """Nothing is said, and nothing is left open: with warnings as errors, a socket left open would fail this test."""
    require_loopback()
