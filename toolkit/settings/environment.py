"""The only reader of the environment: paths of this machine, never a figure."""

import os
from pathlib import Path


def browser_path() -> Path | None:
    """Return the browser that the environment names for printing PDF, or nothing."""
    named = os.environ.get("BROWSER_PATH")
    return Path(named) if named else None
