"""Every error of the toolkit, as a tree: the class says what to do next, the exit code says it to a shell.

::

    ToolkitError                                                         exit
    ├── InputError           fix the settings or the file, start again     3
    │   ├── UnknownNameError   names the nearest known one
    │   ├── TableError         carries the failing rows
    │   ├── OvertakenError     somebody else decided the same meanwhile
    │   └── DamagedError       a file of ours is not as it was written
    ├── SnapshotMissingError pull first                                    3
    ├── IncompleteError      done, but something is missing; says what     4
    ├── PlanRefusedError     a guard stopped the whole plan                5
    ├── AuthError            sign in again; repeating will not help        7
    │   └── ScopeError         the key opens the system, but not this list
    ├── BusyError            another run writes; says which                8
    ├── RetryableError       wait, repeat the same call                    4
    ├── ResponseError        an answer of unknown shape: fix the connector 1
    │   └── NotOfferedError    the client's plan has no such list
    └── ChangeError          one change failed, the others go on           6
        ├── RejectedError      the system said no
        ├── ConflictError      the record changed since: plan again
        └── UncertainError     it was sent, and nobody knows what became of it

Messages say what happened, where, what was seen and allowed, and the next step. They never hold a secret or a whole record.

In a notebook an error is a box with its message and the next step: where it was raised in our code helps nobody.
"""

import difflib
import sys
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

_BOX = (
    "border-left: 4px solid var(--jp-warn-color1, #E69F00); padding: 6px 12px; margin: 4px 0; max-width: 60em; "
    "font-family: var(--jp-content-font-family, sans-serif); white-space: pre-wrap"
)


class ToolkitError(Exception):
    """Root of every error that the world, not a programmer, causes."""

    exit_code = 1
    next_step = "Nothing was left half-written."
    """What to do in a notebook, beside what the message says."""

    def _repr_html_(self) -> str:
        # JupyterLab would typeset what stands between two dollar signs.
        return (
            f'<div class="tex2jax_ignore mathjax_ignore" style="{_BOX}"><b>{escape(_shown(str(self)))}</b>'
            f'<div style="margin-top: 4px">{escape(self.next_step)}</div></div>'
        )

    def _render_traceback_(self) -> list[str]:
        """Return what IPython prints instead of a traceback; in a notebook, the box stands above that line."""
        message = [_shown(str(self)), self.next_step]
        ipython: Any = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython is not None else None
        if shell is None or not hasattr(shell, "kernel"):
            return message
        # IPython asks more than once for each cell that fails: to show it, and to remember it.
        if getattr(self, "_shown_in_cell", None) != shell.execution_count:
            self._shown_in_cell = shell.execution_count
            ipython.display.display({"text/html": self._repr_html_(), "text/plain": "\n".join(message)}, raw=True)
        return [f"Stopped: {type(self).__name__}"]


def _shown(text: str) -> str:
    """Return text that steers no terminal."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)


class InputError(ToolkitError):
    """The settings or a file must be mended before starting again."""

    exit_code = 3
    next_step = "Mend it, then run this cell again."


_MAX_KNOWN = 12
"""So many names are read; a longer list says that it goes on."""


class UnknownNameError(InputError):
    """A name that nothing has; the message offers ``nearest``, or else the known one that is spelt most like it.

    With ``hint``, the message says that instead.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], *, nearest: str | None = None, hint: str = "") -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(set(known)))
        close = [nearest] if nearest else difflib.get_close_matches(name, self.known, n=1, cutoff=0.5)
        if hint:
            pass
        elif close:
            hint = f"Did you mean {close[0]!r}?"
        elif self.known:
            more = f", and {len(self.known) - _MAX_KNOWN} more" if len(self.known) > _MAX_KNOWN else ""
            hint = f"Known: {', '.join(repr(one) for one in self.known[:_MAX_KNOWN])}{more}."
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


class OvertakenError(InputError):
    """Somebody else decided the same thing in the meantime."""

    next_step = "Look at what stands there now, then decide again."


class SnapshotMissingError(ToolkitError):
    """There is nothing to work on yet: pull first."""

    exit_code = 3
    next_step = "In a notebook: pull_snapshots(here), then run this cell again."


class IncompleteError(ToolkitError):
    """The work is done, but something is missing; the message says what."""

    exit_code = 4
    next_step = "What is there can be used; what is missing is named."


class PlanRefusedError(ToolkitError):
    """A guard stopped the whole plan before anything was sent."""

    exit_code = 5
    next_step = "Nothing was sent."


class AuthError(ToolkitError):
    """Credentials are missing or refused: sign in again, repeating will not help."""

    exit_code = 7
    next_step = "Sign in again, then run this cell again."


class ScopeError(AuthError):
    """The credentials open the system, but not this list; the message names the scope that is missing."""

    next_step = "Ask for the scope that is named, sign in again, then run this cell again."


class BusyError(ToolkitError):
    """Another run writes to this engagement; the message says which."""

    exit_code = 8
    next_step = "Wait for it, then run this cell again."


class RetryableError(ToolkitError):
    """A passing fault: wait ``retry_after_s`` seconds, then repeat the same call."""

    exit_code = 4
    next_step = "Wait a little, then run this cell again."

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


class ResponseError(ToolkitError):
    """A system answered in a shape its connector does not know."""


class NotOfferedError(ResponseError):
    """The system does not offer this list to this client: its plan lacks it, or it is switched off."""


class ChangeError(ToolkitError):
    """One change failed; the others go on."""

    exit_code = 6


class RejectedError(ChangeError):
    """The system refused the change; it becomes a dead letter."""


class ConflictError(ChangeError):
    """The record changed since it was planned; plan again."""


class UncertainError(ChangeError):
    """The change was sent and no answer tells what became of it; it is looked for before anything is sent again."""
