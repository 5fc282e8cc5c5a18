"""The only reader of the environment: paths, secrets and the user of this machine, never a figure."""

import getpass
import os
from collections.abc import Mapping
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


def secret_environment() -> Mapping[str, str]:
    """Return the variables that references (``env:NAME``) may name; looked up when somebody signs in, not before."""
    return os.environ
