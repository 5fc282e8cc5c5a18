"""Every error of the toolkit, as a tree: the class says what to do next, the exit code says it to a shell.

::

    ToolkitError                                                         exit
    ├── InputError           fix the settings or the file, start again     3
    │   ├── UnknownNameError   names the nearest known one
    │   ├── TableError         carries the failing rows
    │   └── DamagedError       a file of ours is not as it was written
    ├── SnapshotMissingError pull first                                    3
    ├── IncompleteError      done, but something is missing; says what     4
    ├── PlanRefusedError     a guard stopped the whole plan                5
    ├── AuthError            sign in again; repeating will not help        7
    ├── BusyError            another run writes; says which                8
    ├── RetryableError       wait, repeat the same call
    ├── ResponseError        an answer of unknown shape: fix the connector 1
    └── ChangeError          one change failed, the others go on           6
        ├── RejectedError      the system said no
        └── ConflictError      the record changed since: plan again

Messages say what happened, where, what was seen and allowed, and the next step. They never hold a secret or a whole record.
"""

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


class ToolkitError(Exception):
    """Root of every error that the world, not a programmer, causes."""

    exit_code = 1


class InputError(ToolkitError):
    """The settings or a file must be mended before starting again."""

    exit_code = 3


class UnknownNameError(InputError):
    """A name that nothing has; the message offers ``nearest``, or else the known one that is spelt most like it."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, nearest: str | None = None) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))
        close = [nearest] if nearest else difflib.get_close_matches(name, self.known, n=1, cutoff=0.5)
        if close:
            hint = f"Did you mean {close[0]!r}?"
        elif self.known:
            hint = f"Known: {', '.join(repr(one) for one in self.known[:12])}."
        else:
            hint = "None is known here."
        super().__init__(f"There is no {kind} named {name!r}. {hint}")


class TableError(InputError):
    """A table breaks its schema; ``failing_rows`` holds the rows that do."""

    def __init__(self, message: str, failing_rows: Sequence[dict[str, Any]] = ()) -> None:
        self.failing_rows = tuple(failing_rows)
        super().__init__(message)


class DamagedError(InputError):
    """A file that the toolkit wrote is gone or no longer what was written; ``path`` names it."""

    def __init__(self, path: Path, next_step: str) -> None:
        self.path = path
        seen = "is not as it was written" if path.exists() else "is gone"
        super().__init__(f"{path} {seen}. {next_step}")


class SnapshotMissingError(ToolkitError):
    """There is nothing to work on yet: pull first."""

    exit_code = 3


class IncompleteError(ToolkitError):
    """The work is done, but something is missing; the message says what."""

    exit_code = 4


class PlanRefusedError(ToolkitError):
    """A guard stopped the whole plan before anything was sent."""

    exit_code = 5


class AuthError(ToolkitError):
    """Credentials are missing or refused: sign in again, repeating will not help."""

    exit_code = 7


class BusyError(ToolkitError):
    """Another run writes to this engagement; the message says which."""

    exit_code = 8


class RetryableError(ToolkitError):
    """A passing fault: wait ``retry_after_s`` seconds, then repeat the same call."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


class ResponseError(ToolkitError):
    """A system answered in a shape its connector does not know."""


class ChangeError(ToolkitError):
    """One change failed; the others go on."""

    exit_code = 6


class RejectedError(ChangeError):
    """The system refused the change; it becomes a dead letter."""


class ConflictError(ChangeError):
    """The record changed since it was planned; plan again."""
