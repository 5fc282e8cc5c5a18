"""The command that each step of a list is, and what many exit codes are as one."""

from collections.abc import Iterable
from pathlib import Path

from toolkit.settings.job_list import LinkedStep

_WORST_FIRST = (130, 1, 3, 7, 5, 6, 8, 4)
"""Which code says what to do next, where steps ended with several: repeating the same command comes last."""

PARTIAL, OUR_FAULT = 4, 1


def step_arguments(one: LinkedStep, folder: Path) -> list[str]:
    """Return what is typed behind ``integration-audit`` for a step.

    Options stand first: what comes from the list or from a folder's name can then be no option.

    Parameters
    ----------
    one
        The step.
    folder
        The engagement's.

    Examples
    --------
    >>> from toolkit.settings.job_list import StepSettings
    >>> step_arguments(LinkedStep("clean", (), StepSettings(run="plan cleanup", system="crm")), Path("harbor-pine"))
    ['plan', 'cleanup', '--', 'crm', 'harbor-pine']
    """
    step, home = one.step, str(folder)
    how = ["--send", "--yes", *_account(step.account)] if step.send else ["--write"]
    limit = [f"--limit={step.limit}"] if step.limit is not None else []
    given = [f"--set={name}={_as_typed(value)}" for name, value in step.parameters.items()]
    plan = step.plan or "latest"
    words = {
        "pull": ["pull", *(["--full"] if step.full else []), "--", home, *step.systems],
        "audit": ["audit", "--no-questions", _pdf(is_wanted=step.pdf), "--", home],
        "report": ["report", _pdf(is_wanted=step.pdf), "--", home],
        "plan cleanup": ["plan", "cleanup", "--", step.system, home],
        "plan sync": ["plan", "sync", "--", step.system, home],
        "apply": ["apply", *how, *limit, "--", plan, home],
        "resume": ["resume", *_account(step.account), "--", plan, home],
        "parallel-run": ["parallel-run", *([f"--name={step.which}"] if step.which else []), "--", home],
        "notebook": ["jobs", "notebook", *given, "--", step.notebook, home],
    }
    return words.get(step.run, [step.run, "--", home])


def whole_code(codes: Iterable[int]) -> int:
    """Return one exit code for many.

    A process that the machine ended, or whose command line was not understood, is our fault: the list made it.

    Examples
    --------
    >>> whole_code([0, 4, 0]), whole_code([4, 6, 0]), whole_code([0, -9]), whole_code([])
    (4, 6, 1, 0)
    """
    known = {one if one in {0, *_WORST_FIRST} else OUR_FAULT for one in codes}
    return next((one for one in _WORST_FIRST if one in known), 0)


def _pdf(*, is_wanted: bool) -> str:
    return "--pdf" if is_wanted else "--no-pdf"


def _account(name: str) -> list[str]:
    return [f"--account={name}"] if name else []


def _as_typed(value: str | float | bool) -> str:  # noqa: FBT001  # a value of the list, whatever it is
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
