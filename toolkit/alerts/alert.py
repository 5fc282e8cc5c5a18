"""What an alert says, as text for people and as plain values for programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from toolkit.values.counted import counted

CODE_WORDS: Mapping[int, str] = {
    0: "done",
    1: "our fault",
    2: "the command line was not understood",
    3: "configuration or input",
    4: "done, but something is missing",
    5: "refused by a guard",
    6: "conflicts or dead letters",
    7: "sign in again",
    8: "another run is writing",
    130: "stopped",
}
"""What each exit code means, in a few words."""

STATE_WORDS: Mapping[str, str] = {
    "failed": "failed",
    "partial": "done in part",
    "stopped": "was stopped",
    "overdue": "is overdue",
    "recovered": "is well again",
}
_MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step that did not end well: its name, what it runs, on which system, its code, and how many changes ended how."""

    name: str
    run: str
    system: str = ""
    code: int | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Alert:
    """What became of a list of jobs; ``run`` is the run's id, ``counts`` how many steps ended how."""

    job: str
    state: str
    code: int
    at: datetime
    run: str = ""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[ToldStep, ...] = ()
    overdue_hours: float | None = None

    def subject(self) -> str:
        """Return it in one line.

        Examples
        --------
        >>> from datetime import UTC
        >>> Alert("nightly", "failed", 6, datetime(2026, 11, 30, tzinfo=UTC)).subject()
        'Job nightly failed (code 6: conflicts or dead letters)'
        """
        code = f" (code {self.code}: {code_words(self.code)})" if self.state not in {"recovered", "overdue"} else ""
        return f"Job {self.job} {STATE_WORDS[self.state]}{code}"

    def text(self) -> str:
        """Return all of it, a line for each step that did not end well."""
        lines = [f"{self.subject()}."]
        if self.overdue_hours is not None:
            lines.append(f"It did not end within the last {self.overdue_hours:g} hours, though it should have.")
        if self.counts:
            lines.append(f"Steps: {', '.join(f'{count:,} {state}' for state, count in self.counts.items())}.")
        lines += [_step_line(one) for one in self.steps[:_MOST_STEPS]]
        if len(self.steps) > _MOST_STEPS:
            lines.append(f"… and {counted(len(self.steps) - _MOST_STEPS, 'more step')}.")
        lines.append(f"{f'Run {self.run}, ' if self.run else ''}{self.at:%Y-%m-%d %H:%M} UTC.")
        return "\n".join(lines)

    def notice(self) -> dict[str, str | int | None]:
        """Return it for a program: plain values only."""
        return {
            "job": self.job,
            "state": self.state,
            "exit_code": self.code,
            "run": self.run,
            "at": self.at.isoformat(timespec="seconds"),
            "steps_done": self.counts.get("done", 0),
            "steps_partial": self.counts.get("done in part", 0),
            "steps_failed": self.counts.get("failed", 0),
            "steps_not_begun": self.counts.get("not begun", 0),
            "not_well": ", ".join(one.name for one in self.steps[:_MOST_STEPS]),
            "text": self.text(),
        }


def code_words(code: int) -> str:
    """Return what an exit code means."""
    return CODE_WORDS.get(code, "ended by the machine")


def _step_line(one: ToldStep) -> str:
    what = f"{one.run} of {one.system}" if one.system else one.run
    ended = "not begun" if one.code is None else f"code {one.code}, {code_words(one.code)}"
    counts = f"; {', '.join(f'{count:,} {state}' for state, count in one.counts.items())}" if one.counts else ""
    shown = one.name if one.name == what else f"{one.name} ({what})"
    return f"- {shown}: {ended}{counts}"
