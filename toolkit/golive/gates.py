"""The gates of a cut-over: what the data must reach, entity by entity, before anybody relies on it.

A measure that nobody has taken holds nothing up as "fine": it is unknown, and unknown is not enough.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.tables import ENTITY_SCHEMAS
from toolkit.values.counted import counted

GATED = tuple(ENTITY_SCHEMAS)
"""Entities that may have gates."""

Outcome = Literal["holds", "fails", "unknown", "waits"]
OUTCOME_WORDS: dict[Outcome, str] = {
    "holds": "holds",
    "fails": "does not hold",
    "unknown": "not known",
    "waits": "not yet",
}
"""What can be said of a condition, in a client's words."""

Part = Literal["run", "data", "freeze", "after"]
PART_WORDS: dict[Part, str] = {
    "run": "The integration was tried beside the hand",
    "data": "The data is ready",
    "freeze": "The last entries were brought over",
    "after": "Nobody enters by hand any more",
}
"""What each part of the conditions is about, in a client's words."""

MeasureName = Literal["right", "duplicates", "differences", "missing", "doubtful"]
MEASURE_WORDS: dict[MeasureName, str] = {
    "right": "checked values that are right",
    "duplicates": "duplicates left",
    "differences": "differences left between systems",
    "missing": "missing in the system that should have them",
    "doubtful": "cases that a person has still to decide",
}


@dataclass(frozen=True, slots=True)
class GateLimits:
    """What an entity must reach: shares of 1, and how many doubtful cases may be left."""

    min_right: float = 0.98
    max_duplicates: float = 0.01
    max_differences: float = 0.02
    max_missing: float = 0.01
    max_doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """What was counted of an entity: ``x`` of ``n``, null where it could not be counted; ``why`` then says why."""

    entity: str
    name: MeasureName
    x: int | None
    n: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a cut-over: what it is about, what must be, what is, whether it holds, and what to do where not."""

    about: str
    wanted: str
    found: str
    outcome: Outcome
    to_do: str = ""
    part: Part = "data"


def gate_conditions(
    measures: Iterable[Measure], limits: Mapping[str, GateLimits], words: Mapping[str, str]
) -> list[Condition]:
    """Return a condition for each measure.

    Parameters
    ----------
    measures
        What was counted.
    limits
        By entity; one that is not named has the usual limits.
    words
        What a client calls each entity, several of it.

    Examples
    --------
    >>> few = Measure("invoice", "missing", 3, 500)
    >>> strict = {"invoice": GateLimits(max_missing=0)}
    >>> [gate_conditions([few], limits, {})[0].outcome for limits in ({}, strict)]
    ['holds', 'fails']
    """
    return [_condition(one, limits.get(one.entity, GateLimits()), words.get(one.entity, one.entity)) for one in measures]


def _condition(one: Measure, limits: GateLimits, words: str) -> Condition:
    about = f"{words}: {MEASURE_WORDS[one.name]}"
    wanted = wanted_text(one.name, limits)
    if one.x is None or not one.n:
        return Condition(about, wanted, (one.why or "nothing was counted").rstrip("."), "unknown", _SEE)
    share = one.x / one.n
    if one.name == "doubtful":
        return _judged(about, wanted, f"{one.x:,}", _TO_DO[one.name], holds=one.x <= limits.max_doubtful)
    found = f"{_percent(share)} ({one.x:,} of {one.n:,})"
    holds = share >= limits.min_right if one.name == "right" else share <= getattr(limits, f"max_{one.name}")
    return _judged(about, wanted, found, _TO_DO[one.name], holds=holds)


def _judged(about: str, wanted: str, found: str, to_do: str, *, holds: bool) -> Condition:
    return Condition(about, wanted, found, "holds" if holds else "fails", "" if holds else to_do)


def wanted_text(name: MeasureName, limits: GateLimits) -> str:
    """Return what a measure must be, in words.

    Examples
    --------
    >>> wanted_text("duplicates", GateLimits())
    'at most 1 %'
    """
    if name == "doubtful":
        return f"at most {limits.max_doubtful:,}"
    if name == "right":
        return f"at least {_percent(limits.min_right)}"
    return f"at most {_percent(getattr(limits, f'max_{name}'))}"


def _percent(share: float) -> str:
    # What is not all of them, or not none, is not rounded to it.
    shown = 100 * share if share in {0.0, 1.0} else min(max(100 * share, 0.01), 99.99)
    return f"{shown:.2f}".rstrip("0").rstrip(".") + " %"


_SEE = "See what is in the way: integration-audit status"
_TO_DO: Mapping[MeasureName, str] = {
    "right": "Correct them in the system; the work-through workbook names each.",
    "duplicates": "Merge them: integration-audit plan cleanup SYSTEM",
    "differences": "Decide them in the work-through workbook, or bring them in line: integration-audit plan sync SYSTEM",
    "missing": "Enter them: integration-audit plan sync SYSTEM, or say in the work-through workbook that they are not due.",
    "doubtful": "Decide them in the work-through workbook: integration-audit decisions import FILE",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to go: every condition, and a first line that says it and why."""

    conditions: Sequence[Condition]

    @property
    def is_go(self) -> bool:
        """Whether there is at least one condition, and every one holds."""
        return bool(self.conditions) and all(one.outcome == "holds" for one in self.conditions)

    @property
    def sentence(self) -> str:
        """Go or no go, and why, in one sentence."""
        total = len(self.conditions)
        if self.is_go:
            return f"Go: {'the one condition holds' if total == 1 else f'all {total} conditions hold'}."
        if not total:
            return "No go: nothing was agreed on, so nothing can hold."
        parts = []
        for outcome, words in _SAID.items():
            count = sum(one.outcome == outcome for one in self.conditions)
            parts += [f"{count} {words[count != 1]}"] if count else []
        first = self.open[0]
        return f"No go: of {counted(total, 'condition')} {', '.join(parts)}. First: {first.about} ({first.found})."

    @property
    def open(self) -> list[Condition]:
        """Conditions that do not hold, those that fail first, then those that nobody knows."""
        order = [*_SAID]
        found = (one for one in self.conditions if one.outcome != "holds")
        return sorted(found, key=lambda one: order.index(one.outcome))


_SAID: Mapping[Outcome, tuple[str, str]] = {
    "fails": ("does not hold", "do not hold"),
    "unknown": ("is not known", "are not known"),
    "waits": ("is not due yet", "are not due yet"),
}
