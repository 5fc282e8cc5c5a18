"""Finds the commands, runs one, and turns what went wrong into a sentence and an exit code.

0 done · 1 our fault · 2 usage · 3 configuration or input · 4 done but incomplete · 5 refused by a guard ·
6 conflicts or dead letters · 7 sign in again · 8 busy · 130 interrupted
"""

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import failed, interrupted, our_fault, typed
from toolkit.cores import at_most
from toolkit.errors import InputError, ToolkitError
from toolkit.version import __version__

INTERRUPTED = 130
_HELP = frozenset({"-h", "--help", "--version"})
_FRAMES = "pandas"
_CORES = "INTEGRATION_AUDIT_CORES"
_OBJECTS_TO_COLLECT = 400_000


def app() -> typer.Typer:
    """Return the command line with every command that has a module here."""
    found = typer.Typer(
        name="integration-audit",
        help="Find out, with evidence, how a client's business systems should be connected.",
        no_args_is_help=True,
        # Plain help: the boxed one takes a quarter of a second to load, half of the time a call may take.
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    )
    found.callback()(_options)
    for module in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda one: one.name):
        loaded = importlib.import_module(f"toolkit.cli.{module.name}")
        for command in getattr(loaded, "COMMANDS", ()):
            found.command()(command)
        group = getattr(loaded, "GROUP", None)
        if group is not None:
            found.add_typer(group)
    return found


def _say_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"integration-audit {__version__}")
        raise typer.Exit


def _options(
    is_version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is, and end.")
    ] = False,
) -> None:
    """Find out, with evidence, how a client's business systems should be connected."""


def _refuse_unusable(arguments: Sequence[str]) -> None:
    """Refuse words that no file, database or screen takes: a terminal gives names that are not UTF-8 as half characters."""
    for one in arguments:
        try:
            one.encode()
        except UnicodeEncodeError as error:
            raise InputError(f"{one[:80]!r} is no text in UTF-8. Mend the command, or rename the file.") from error


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing but a bug of ours shows where it came from."""
    as_json = "--json" in arguments
    # A command makes hundreds of thousands of objects that stay; looking at them again every 700 costs a tenth of its time.
    gc.set_threshold(_OBJECTS_TO_COLLECT)
    command = typer.main.get_command(app())
    if arguments and not _HELP & {*arguments}:
        _settle_without_frames()
    try:
        _refuse_unusable(arguments)
        with at_most(_told_cores()):
            outcome = command.main(args=list(arguments), prog_name="integration-audit", standalone_mode=False)
        if outcome == INTERRUPTED:
            # Typer makes a code of it by itself, and says nothing.
            interrupted()
    except ToolkitError as error:
        return failed(error, _engagement_named(arguments), as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        interrupted()
        return INTERRUPTED
    except typer.Exit as error:
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the one place where a bug of ours becomes an exit code
        if hasattr(error, "exit_code") and hasattr(error, "show"):
            error.show(file=sys.stderr)
            return int(error.exit_code)
        return our_fault(error, as_json=as_json)
    return outcome if isinstance(outcome, int) else 0


def _engagement_named(arguments: Sequence[str]) -> str:
    """Return the folder of the engagement that a command line names, as it is typed; nothing where it names none."""
    named = (Path(one) for one in arguments if one and not one.startswith("-") and one.isprintable())
    return next((typed(one) for one in named if one != Path() and (one / "engagement.yaml").is_file()), "")


def _told_cores() -> int | None:
    """Return how many cores a command may use, where the environment says so."""
    told = os.environ.get(_CORES, "")
    if told and not (told.isdecimal() and int(told)):
        raise InputError(f"{_CORES} says how many cores may work at once, such as 2; it holds {told!r}. Mend or remove it.")
    return int(told) if told else None


class _NotThere(MetaPathFinder):
    """Says of one package that there is none."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002 - as imports ask
        if fullname == _FRAMES:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def _settle_without_frames() -> None:
    """Let Arrow find no pandas when it looks for it, once, with the first list it is given.

    It only wants to tell frames from lists, and no command hands it a frame; a table is still turned into one where that is
    asked for. Loading pandas takes a quarter of a second and 45 MB.
    """
    if _FRAMES in sys.modules:
        return
    import pyarrow as pa

    absent = _NotThere()
    sys.meta_path.insert(0, absent)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(absent)
