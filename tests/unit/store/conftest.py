"""Stores for the tests of this room: with their state in its file, and on a server."""

import pytest

from tests.shared_states import States


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.servers)])
def states(request: pytest.FixtureRequest) -> States:
    """Return what opens stores, once for each place that a state may be in."""
    return States(request.getfixturevalue("state_server") if request.param == "server" else None)
