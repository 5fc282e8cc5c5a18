"""The plan that a command is given: a folder in its place is told from it."""

import re
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import typed
from toolkit.errors import InputError

_BEGINS_AN_ID = re.compile(r"[0-9a-f]{4,64}")


def named_plan(context: typer.Context, value: str) -> str:
    """Return what names a plan.

    Raises
    ------
    InputError
        It is a folder, which stands behind the plan; the message has what to type.
    """
    if value == "latest" or _BEGINS_AN_ID.fullmatch(value) or not Path(value).is_dir():
        return value
    plans = "OLDER latest" if context.info_name == "diff" else "latest"
    raise InputError(
        f"{value!r} is a folder, and the plan stands before it. Write: {context.command_path} {plans} {typed(Path(value))}"
    )


Plan = Annotated[
    str, typer.Argument(metavar="PLAN", help="The first letters of a plan's id, or 'latest'.", callback=named_plan)
]
