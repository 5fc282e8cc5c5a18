"""Runs the command line as a consultant would, without a new process for each call."""

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

from toolkit.cli.app import run


@dataclass(frozen=True, slots=True)
class Called:
    """What a call came back with."""

    code: int
    out: str
    err: str


def call(*arguments: str | Path) -> Called:
    """Run ``integration-audit`` with ``arguments``."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return Called(code, out.getvalue(), err.getvalue())
