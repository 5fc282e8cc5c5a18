"""What a list of jobs would do, and what stands in its way: nothing is run, nothing is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.unattended.notebook_step import notebook_path
from toolkit.audit.unattended.records import refuse_no_folder
from toolkit.audit.unattended.steps import step_arguments
from toolkit.audit.unattended.telling import Told, checked_channels
from toolkit.errors import ToolkitError, UnknownNameError
from toolkit.settings.job_list import JobList, LinkedStep
from toolkit.store.plans import approval_of, kept_plan


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as it would be run: its command, what it waits for, and what is to be known of it now."""

    name: str
    arguments: tuple[str, ...]
    after: tuple[str, ...]
    remark: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """All steps of a list, and its channels."""

    steps: tuple[PlannedStep, ...]
    channels: tuple[Told, ...]

    @property
    def problems(self) -> list[str]:
        """What must be mended before the list can run as it stands."""
        return [f"{one.name}: {one.problem}" for one in self.steps if one.problem]


def preview(jobs: JobList, folder: Path, environment: Mapping[str, str]) -> Preview:
    """Return what a list would do.

    Parameters
    ----------
    jobs
        The list.
    folder
        The engagement's.
    environment
        Where references lead.

    Raises
    ------
    InputError
        There is no such engagement, or its settings are not valid.
    """
    refuse_no_folder(folder)
    engagement = open_engagement(folder)
    try:
        steps, plans = [], False
        for one in jobs.linked_steps():
            remark, problem = _looked_at(one, engagement, plans_before=plans)
            arguments = tuple(step_arguments(one, folder))
            steps.append(PlannedStep(one.name, arguments, one.after, remark, problem))
            plans = plans or one.step.run.startswith("plan ")
        return Preview(tuple(steps), tuple(checked_channels(jobs.alerts, environment)))
    finally:
        engagement.close()


def _looked_at(one: LinkedStep, engagement: Engagement, *, plans_before: bool) -> tuple[str, str]:
    """Return what is to be known of a step, and what is wrong with it."""
    step = one.step
    try:
        if step.run == "notebook":
            notebook_path(engagement.folder, step.notebook)
        _refuse_unknown(filter(None, (step.system, *step.systems)), engagement)
        if step.run in {"apply", "resume"} and not (plans_before and step.plan in {"", "latest"}):
            return _agreed(engagement, step.plan or "latest"), ""
    except ToolkitError as error:
        return "", str(error)
    return ("the plan that is the newest by then, if somebody has agreed to it" if step.run == "apply" else ""), ""


def _agreed(engagement: Engagement, name: str) -> str:
    kept = kept_plan(engagement.store, name)
    approval = approval_of(engagement.store, kept)
    if approval is None:
        return f"nobody has agreed to plan {kept.name} yet, so it would be refused"
    return f"plan {kept.name}, agreed to by {approval.approver}"


def _refuse_unknown(names: Iterable[str], engagement: Engagement) -> None:
    known = {*engagement.settings.systems, *engagement.store.snapshots()["system"].to_pylist()}
    for name in names:
        if name not in known:
            raise UnknownNameError("system", name, known)
