"""The command of each step, and one exit code for many."""

from pathlib import Path

import pytest

from toolkit.audit.unattended.steps import step_arguments, whole_code
from toolkit.cli.app import app
from toolkit.settings.job_list import OPTIONS, LinkedStep, StepSettings

HOME = Path("-odd folder")


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        (
            {"run": "pull", "systems": ["crm", "--full"], "full": True},
            ["pull", "--full", "--", "-odd folder", "crm", "--full"],
        ),
        ({"run": "pull"}, ["pull", "--", "-odd folder"]),
        ({"run": "audit", "pdf": True}, ["audit", "--no-questions", "--pdf", "--", "-odd folder"]),
        ({"run": "audit"}, ["audit", "--no-questions", "--no-pdf", "--", "-odd folder"]),
        ({"run": "match"}, ["match", "--", "-odd folder"]),
        ({"run": "cutover"}, ["cutover", "--", "-odd folder"]),
        ({"run": "plan sync", "system": "ledger"}, ["plan", "sync", "--", "ledger", "-odd folder"]),
        ({"run": "apply"}, ["apply", "--write", "--", "latest", "-odd folder"]),
        (
            {"run": "apply", "plan": "3f2a", "send": True, "account": "-Harbor", "limit": 5},
            ["apply", "--send", "--yes", "--account=-Harbor", "--limit=5", "--", "3f2a", "-odd folder"],
        ),
        ({"run": "apply", "send": True}, ["apply", "--send", "--yes", "--", "latest", "-odd folder"]),
        ({"run": "resume", "account": "9c2"}, ["resume", "--account=9c2", "--", "latest", "-odd folder"]),
        ({"run": "report"}, ["report", "--no-pdf", "--", "-odd folder"]),
        ({"run": "parallel-run", "which": "invoices"}, ["parallel-run", "--name=invoices", "--", "-odd folder"]),
        ({"run": "parallel-run"}, ["parallel-run", "--", "-odd folder"]),
        (
            {"run": "notebook", "notebook": "a.ipynb", "parameters": {"system": "crm", "max": 3, "is_on": True}},
            ["jobs", "notebook", "--set=system=crm", "--set=max=3", "--set=is_on=true", "--", "a.ipynb", "-odd folder"],
        ),
    ],
)
def test_a_step_is_a_command_in_which_no_value_is_an_option(step: dict[str, object], typed: list[str]) -> None:
    """Whatever a system, a plan or a folder is called."""
    assert step_arguments(LinkedStep("x", (), StepSettings.model_validate(step)), HOME) == typed


def test_every_step_is_a_command_that_there_is() -> None:
    """A command that got another name would fail every night."""
    commands = {
        str(one.name or getattr(one.callback, "__name__", "")).replace("_", "-") for one in app().registered_commands
    }
    groups = {str(one.name or one.typer_instance.info.name) for one in app().registered_groups if one.typer_instance}
    given = {"system": "crm", "notebook": "a.ipynb"}

    for run in OPTIONS:
        fields = {name: value for name, value in given.items() if name in OPTIONS[run]}
        first = step_arguments(LinkedStep("x", (), StepSettings.model_validate({"run": run, **fields})), HOME)[0]
        assert first in commands | groups


@pytest.mark.parametrize(
    ("codes", "whole"),
    [
        ([0, 0], 0), ([0, 4], 4), ([4, 8], 8), ([8, 6], 6), ([6, 5], 5), ([5, 7], 7), ([7, 3], 3), ([3, 1], 1),
        ([1, 130], 130), ([2], 1), ([-9], 1), ([137], 1), ([0, 4, 0, 6, 4], 6), ([], 0),
    ],
)  # fmt: skip
def test_the_code_of_the_whole_is_that_on_which_most_hangs(codes: list[int], whole: int) -> None:
    """Repeating the same command is the weakest advice; what a machine ended is our fault."""
    assert whole_code(codes) == whole
