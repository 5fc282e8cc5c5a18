"""What a command shows: sentences and tables for people, one JSON object for machines, progress on a terminal only."""

import json
import os
import shlex
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.audit.progress import Progress, silent
from toolkit.errors import ToolkitError
from toolkit.values.typed_commands import with_folder

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Replace one setting for this run, e.g. rates.day_rate=650."),
]


def show(facts: Mapping[str, Any] | Sequence[Mapping[str, Any]], lines: Sequence[str], *, as_json: bool) -> None:
    """Print ``facts`` as JSON, or ``lines`` as text.

    Parameters
    ----------
    facts
        What the JSON holds; what JSON does not know becomes text.
    lines
        The same as sentences, a line each.
    as_json
        Whether a machine reads it.
    """
    if as_json:
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False, default=str))
    else:
        for line in lines:
            typer.echo(line)


def typed(folder: Path) -> str:
    """Return a folder as it is typed behind a command; nothing for the one that the command is typed in.

    Examples
    --------
    >>> typed(Path("harbor-pine")), typed(Path())
    ('harbor-pine', '')
    """
    if folder == Path():
        return ""
    # A folder with blanks or an apostrophe in its name is one word in quotes; each kind of shell has its own.
    return subprocess.list2cmdline([str(folder)]) if os.name == "nt" else shlex.quote(str(folder))


def quoted(name: str) -> str:
    """Return a name that a system gave as one word of a command, whatever signs it holds.

    Examples
    --------
    >>> quoted("Harbor Pine Ltd")
    '"Harbor Pine Ltd"'
    """
    plain = "".join(one if one.isprintable() else " " for one in name)
    if os.name == "nt":
        return subprocess.list2cmdline([plain])
    # A shell reads these signs between double quotes, too.
    return shlex.quote(plain) if set(plain) & set('"$`\\!') else f'"{plain}"'


def columns(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Return ``rows`` as lines of aligned columns; those in ``right`` are aligned right, as numbers are.

    Examples
    --------
    >>> columns([["crm", "12"], ["ledger", "3"]], right=[1])
    ['crm     12', 'ledger   3']
    """
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


_SIDE_BY_SIDE = "Pulling "
"""How labels begin of what goes on at the same time."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Bars on the terminal that long work reports to: one for each stream that is pulled, one for all else."""

    bars: Any
    task: Any
    pulled: dict[str, Any] = field(default_factory=dict)

    def __call__(self, label: str, done: int, total: int | None) -> None:
        """Show how far the work is."""
        if not label.startswith(_SIDE_BY_SIDE):
            self.bars.update(self.task, description=label, completed=done, total=total)
            return
        if label not in self.pulled:
            self.pulled[label] = self.bars.add_task(label, total=total)
        self.bars.update(self.pulled[label], completed=done, total=total)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Take the bar away while a person types."""
        self.bars.stop()
        yield
        self.bars.start()


@contextmanager
def progress_bar(*, as_json: bool) -> Iterator[Progress]:
    """Yield what long work reports to: a bar on a terminal, nothing elsewhere."""
    if as_json or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    layout = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*layout, console=Console(stderr=True), transient=True) as bars:
        yield Bar(bars, bars.add_task("", total=None))


def failed(error: ToolkitError, folder: str = "", *, as_json: bool) -> int:
    """Say what went wrong and what to do; return the exit code.

    Parameters
    ----------
    error
        What stopped the command.
    folder
        The engagement's, as it was typed: commands that the message names are for it.
    as_json
        Whether a machine reads it.
    """
    from toolkit.rest.redaction import redacted

    message = with_folder(redacted(str(error)), folder)
    if as_json:
        facts = {"error": type(error).__name__, "message": message, "exit_code": error.exit_code}
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        typer.echo(message, err=True)
    return error.exit_code


def interrupted() -> None:
    """Say that the work was stopped by hand, and that nothing is half-written."""
    typer.echo("Stopped. Nothing was left half-written; start the same command again.", err=True)


def our_fault(error: Exception, *, as_json: bool) -> int:
    """Say that this is a bug, and where it is; return exit code 1."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    if as_json:
        facts = {"error": type(error).__name__, "message": "a bug in integration-audit", "place": place, "exit_code": 1}
        typer.echo(json.dumps(facts, indent=2))
    else:
        typer.echo(
            f"This is a bug in integration-audit, not a mistake of yours: {type(error).__name__} at {place}. "
            "Your files are untouched. Please report this line.",
            err=True,
        )
    return 1
