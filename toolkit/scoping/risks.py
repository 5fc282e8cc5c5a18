"""The five usual causes of failed integrations, each scored from the evidence that was collected.

A signal is a share from 0 (nothing speaks for it) to 1 (all does), or null where nobody knows; a score is the mean of the
signals that are known, times 100. Without one there is no score, and that is no good sign.

Source: consultants' published practice (poor data, misaligned process, scope creep, hidden cost, skills gap).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.scoping.amounts import checked

RISKS: Mapping[str, tuple[str, str]] = {
    "poor_data": ("poor data", "settle differences and duplicates before anything is connected"),
    "misaligned_process": (
        "a process that nobody has agreed on",
        "agree on it with those who do the work, before it is built",
    ),
    "scope_creep": ("a scope that grows", "write down what is out, what is met when, and what a new wish costs"),
    "hidden_cost": ("costs that nobody has confirmed", "have the figures confirmed that are still assumptions of ours"),
    "skills_gap": ("nobody who can keep it running", "name who builds it and who mends it, or choose a way without code"),
}
"""The five, each with its words and what to do about it."""
_HIGH, _MEDIUM = 50.0, 20.0


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that speaks for a risk, or not: its share, and what was seen in a sentence."""

    share: float | None
    seen: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A cause of failure with its score, 0 to 100; null: nothing is known of it."""

    risk_id: str
    label: str
    score: float | None
    level: str
    seen: tuple[str, ...]
    to_do: str


def risk_register(signals: Mapping[str, Sequence[Signal]]) -> tuple[Risk, ...]:
    """Return the five, the highest first; those of which nothing is known last.

    Parameters
    ----------
    signals
        What was seen, by risk.

    Examples
    --------
    >>> found = risk_register({"poor_data": [Signal(0.8, "8 of 10 differ."), Signal(None, "Not compared.")]})
    >>> found[0].risk_id, found[0].score, found[0].level, len(found)
    ('poor_data', 80.0, 'high', 5)
    """
    rows = [_risk(name, signals.get(name, ())) for name in RISKS]
    return tuple(sorted(rows, key=lambda one: (one.score is None, -(one.score or 0.0))))


def _risk(name: str, signals: Sequence[Signal]) -> Risk:
    label, to_do = RISKS[name]
    known = [min(checked(one.share, f"a signal of {name!r}"), 1.0) for one in signals if one.share is not None]
    score = 100 * math.fsum(known) / len(known) if known else None
    level = "not known" if score is None else "high" if score >= _HIGH else "medium" if score >= _MEDIUM else "low"
    return Risk(name, label, score, level, tuple(one.seen for one in signals), to_do)
