"""A keyring and a vault of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from tests.file_keyring import FILE, FileKeyring
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Vault


@pytest.fixture
def machine_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileKeyring]:
    """Yield the keyring of this machine, which is the test's own."""
    monkeypatch.setenv(FILE, str(tmp_path / "keyring.json"))
    former, ours = keyring.get_keyring(), FileKeyring()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(former)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """Leave this machine without a keyring."""
    former = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(former)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return where an engagement's connections are kept."""
    return Vault(tmp_path / "client" / "connections", lambda: Secret("four words or more"))
