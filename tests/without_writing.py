"""Runs code where the permissions of files bind, also for the system's administrator."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

_DROP_FROM_BOUNDING_SET = 24
_MAY_WRITE_ANYTHING = 1


def read_only(folder: Path) -> None:
    """Take away everybody's right to write below ``folder``."""
    for one in (folder, *folder.rglob("*")):
        one.chmod(one.stat().st_mode & ~0o222)


def bound_by_permissions(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run this interpreter with ``arguments``; an administrator's child gives up the right to write what is read-only."""
    command = [sys.executable, *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    give_up = _give_up if os.geteuid() == 0 else None
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, env=environment, preexec_fn=give_up
    )


def _give_up() -> None:
    # Linux prctl(2): the next program that is started lacks the capability.
    if ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDING_SET, _MAY_WRITE_ANYTHING, 0, 0, 0) != 0:
        os._exit(99)
