"""Before a live system is changed, whoever is at the terminal types which one they mean."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

import typer

from toolkit.audit.progress import Progress
from toolkit.cli.output import Bar
from toolkit.errors import PlanRefusedError

if TYPE_CHECKING:
    from toolkit.audit.jobs.write_target import Confirm, WriteTarget


def confirming(account: str, progress: Progress, *, as_json: bool) -> "Confirm":
    """Return what asks for the live account that is meant, at a terminal; elsewhere it must have been named.

    Parameters
    ----------
    account
        The name that was given with the command; then nobody is asked.
    progress
        What shows how far the work is: taken away while somebody types.
    as_json
        Whether a machine reads the answer: then nobody is asked.
    """
    from toolkit.audit.jobs.write_target import named_account

    if account or as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return named_account(account)

    def confirm(target: "WriteTarget") -> None:
        with progress.paused() if isinstance(progress, Bar) else nullcontext():
            ask_for(target)

    return confirm


def ask_for(target: "WriteTarget", *, read: Callable[[str], str] = input, write: Callable[[str], None] = typer.echo) -> None:
    """Let somebody type the environment and the account that are changed; nothing is asked about a sandbox.

    Parameters
    ----------
    target
        What would be changed.
    read
        Shows a prompt and returns what was typed.
    write
        Shows a line.

    Raises
    ------
    PlanRefusedError
        Something else was typed, or nothing.
    """
    if not target.is_live:
        return
    write(f"This changes the {target.words()}.")
    wanted = f"{target.environment} {target.account}"
    try:
        typed = read(f"Type it to go on ({wanted}): ")
    except EOFError:
        typed = ""
    environment, _, name = " ".join(typed.split()).partition(" ")
    if environment != target.environment or not target.is_named_by(name):
        raise PlanRefusedError(f"That is not {wanted!r}, so nothing was sent.")
