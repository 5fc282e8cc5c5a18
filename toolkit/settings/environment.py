"""The only reader of the environment: paths, secrets and the user of this machine, never a figure."""

import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def browser_path() -> Path | None:
    """Return the browser that the environment names for printing PDF, or nothing."""
    named = os.environ.get("BROWSER_PATH")
    return Path(named) if named else None


def user_name() -> str:
    """Return who is signed in on this machine; empty where it does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def memory_path() -> Path:
    """Return the file in which confirmed meanings of headers are kept for the next client."""
    named = os.environ.get("INTEGRATION_AUDIT_MEMORY")
    return Path(named).expanduser() if named else Path.home() / ".config" / "integration-audit" / "meanings.yaml"


@contextmanager
def lent_secrets(secrets: Mapping[str, str]) -> Iterator[None]:
    """Hold invented secrets in the environment of this process for a ``with`` block; what stood there comes back."""
    before = {name: os.environ.get(name) for name in secrets}
    os.environ.update(secrets)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def secret_environment() -> Mapping[str, str]:
    """Return the variables that references (``env:NAME``) may name; looked up when somebody signs in, not before."""
    return os.environ
