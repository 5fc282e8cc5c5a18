"""A keyring in a file, for tests: several processes share it, and it can forget, lock and keep little, as real ones do."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

FILE = "TEST_KEYRING_FILE"
"""The variable of the environment that names the file."""


class FileKeyring(KeyringBackend):
    """Keeps its entries as JSON; at most 1,280 characters in each, as Windows does."""

    priority = 1
    is_locked = False
    is_forgetful = False

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse_locked()
        return self._entries().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse_locked()
        if len(password) > 1280:
            raise ValueError(f"Stub received bad data: {password}")
        if not self.is_forgetful:
            self._write({**self._entries(), f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        self._refuse_locked()
        entries = self._entries()
        if entries.pop(f"{service}\n{username}", None) is None:
            raise PasswordDeleteError("not found")
        self._write(entries)

    def _refuse_locked(self) -> None:
        if self.is_locked:
            raise KeyringLocked("locked")

    def _entries(self) -> dict[str, str]:
        path = Path(os.environ[FILE])
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    def _write(self, entries: dict[str, str]) -> None:
        path = Path(os.environ[FILE])
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(entries), "utf-8")
        part.replace(path)
