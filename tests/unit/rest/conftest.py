"""A vault of a test's own."""

from pathlib import Path

import pytest

from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return where an engagement's connections are kept."""
    return Vault(tmp_path / "client" / "connections", lambda: Secret("four words or more"))
