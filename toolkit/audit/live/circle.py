"""The circle on the sample client: cleaned up over interfaces, audited before and after, taken back; how it went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.audit.jobs.sending import SentJob
from toolkit.audit.live.comparing import Comparison
from toolkit.changes import Plan
from toolkit.changes.steps import DONE, JournalEntry

APPROVER = "the demo"
IN_USE = "duplicates_in_use"
"""The figure of records in use that stand for somebody twice: an archived one is still read, and is none."""
_BACK = frozenset({"undone", "noop_already"})
_FAILED = frozenset({"rejected", "differs", "needs_human"})


@dataclass(frozen=True, slots=True)
class DoneJob:
    """One job: what it was, its plan, and how it ended; ``undo`` is the job that took it back.

    ``undone`` are the changes that were taken back exactly, ``in_part`` those of which the plan said that something of them
    is lost for good.
    """

    kind: str
    system: str
    label: str
    sent: SentJob
    undo: SentJob | None = None
    undone: int = 0
    in_part: int = 0

    @property
    def plan_id(self) -> str:
        """The id of its plan."""
        return self.sent.saved.plan.plan_id

    @property
    def done(self) -> int:
        """Changes that were done."""
        return sum(one.state in DONE for one in self.sent.outcome.steps.values())

    @property
    def for_good(self) -> int:
        """Changes that were done of which the plan said that nobody takes them back."""
        steps = self.sent.outcome.steps
        kept = [one for one in self.sent.saved.plan.operations if one.reversibility == "R3" and one.op_id in steps]
        return sum(steps[one.op_id].state in DONE for one in kept)

    @property
    def conflicts(self) -> int:
        """Changes that were left alone, on the way there and back, since somebody else had changed the record."""
        return self._count({"conflict"})

    @property
    def dead_letters(self) -> int:
        """Changes that were refused, or that a person must look at, on the way there and back."""
        return self._count(_FAILED)

    def _count(self, states: Collection[str]) -> int:
        steps = [*self.sent.outcome.steps.values(), *(self.undo.outcome.steps.values() if self.undo is not None else ())]
        return sum(one.state in states for one in steps)


@dataclass(frozen=True, slots=True)
class Circle:
    """How it went: figures before, after and when all was taken back; the jobs; whether all is as it was.

    ``left_alone`` says of systems why nothing of theirs was changed, ``lost`` what the plans said is lost for good, before
    anybody agreed to them.
    """

    folder: Path
    client: str
    before: Mapping[str, Mapping[str, Any]]
    after: Mapping[str, Mapping[str, Any]]
    again: Mapping[str, Mapping[str, Any]]
    jobs: Sequence[DoneJob]
    comparison: Comparison
    left_alone: Mapping[str, str]
    seconds: float
    lost: Sequence[str] = ()
    page: Path = field(default_factory=Path)

    @property
    def figures(self) -> tuple[Mapping[str, Mapping[str, Any]], ...]:
        """The figures of the three audits: before, cleaned up, taken back."""
        return self.before, self.after, self.again

    @property
    def planned(self) -> int:
        """Changes that were planned."""
        return sum(one.sent.outcome.planned for one in self.jobs)

    @property
    def done(self) -> int:
        """Changes that were done."""
        return sum(one.done for one in self.jobs)

    @property
    def undone(self) -> int:
        """Changes that were taken back exactly."""
        return sum(one.undone for one in self.jobs)

    @property
    def in_part(self) -> int:
        """Changes that were taken back, but for what the plans said is lost for good."""
        return sum(one.in_part for one in self.jobs)

    @property
    def for_good(self) -> int:
        """Changes that were done of which the plans said that nobody takes them back."""
        return sum(one.for_good for one in self.jobs)

    @property
    def conflicts(self) -> int:
        """Changes that were left alone, on the way there and back."""
        return sum(one.conflicts for one in self.jobs)

    @property
    def dead_letters(self) -> int:
        """Changes that were refused, or that a person must look at, on the way there and back."""
        return sum(one.dead_letters for one in self.jobs)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was done was taken back exactly, and all is as it was."""
        return self.comparison.is_equal and self.done == self.undone

    @property
    def is_as_said(self) -> bool:
        """Whether all was done and taken back as far as the plans said it can be."""
        return self.planned == self.done == self.undone + self.in_part + self.for_good


def taken_back(plan: Plan, steps: Mapping[str, JournalEntry]) -> tuple[int, int]:
    """Return how many changes of a job were taken back exactly, and how many in part.

    Parameters
    ----------
    plan
        That was carried out.
    steps
        The last step of each of its changes, after what took it back.
    """
    undone = [one for one in plan.operations if one.op_id in steps and steps[one.op_id].state in _BACK]
    in_part = sum(one.reversibility == "R2" for one in undone)
    return len(undone) - in_part, in_part
