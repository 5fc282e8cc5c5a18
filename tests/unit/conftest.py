"""A keyring of a test's own, or none: no test touches that of this machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def machine_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Yield the keyring of this machine, which is the test's own."""
    import keyring

    from tests.file_keyring import FILE, FileKeyring

    monkeypatch.setenv(FILE, str(tmp_path / "keyring.json"))
    former, ours = keyring.get_keyring(), FileKeyring()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(former)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """Leave this machine without a keyring."""
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring

    former = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(former)
