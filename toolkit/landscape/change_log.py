"""A change log: who changed what after whom, how often a case passes from one person to the next, and how long it waits.

Changes of a case stand in the order of their moments; those without one, or at the same one, as the file has them. A
handover is a change by somebody else than the change before; its waiting time runs from that change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

_SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: of which case, by whom, and when; null where its time of day is not known."""

    case: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Handover:
    """How often cases pass from one person to another; waiting in hours, null where no moment is known."""

    from_who: str
    to_who: str
    handovers: int
    cases: int
    waits: tuple[float, ...]

    @property
    def median_hours(self) -> float | None:
        """The median wait."""
        return median(self.waits) if self.waits else None

    @property
    def longest_hours(self) -> float | None:
        """The longest wait."""
        return max(self.waits, default=None)


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """What a change log tells: counts, and the handovers, the commonest first. ``left_out`` lacked a case or a person."""

    changes: int
    cases: int
    people: int
    handovers: tuple[Handover, ...]
    left_out: int

    @property
    def handover_count(self) -> int:
        """All handovers."""
        return sum(one.handovers for one in self.handovers)


def change_log(changes: Iterable[Changed]) -> ChangeLog:
    """Return what changes tell, in the order of the file.

    Examples
    --------
    >>> from datetime import datetime
    >>> log = [Changed("7", "Jo", datetime(2026, 1, 5, 9)), Changed("7", "Grace", datetime(2026, 1, 5, 14))]
    >>> [(one.from_who, one.to_who, one.handovers, one.median_hours) for one in change_log(log).handovers]
    [('Jo', 'Grace', 1, 5.0)]
    """
    cases: dict[str, list[Changed]] = {}
    left_out = 0
    for one in changes:
        if one.case and one.who:
            cases.setdefault(one.case, []).append(one)
        else:
            left_out += 1
    waits: dict[tuple[str, str], list[float | None]] = {}
    passed: dict[tuple[str, str], set[str]] = {}
    for case, own in cases.items():
        for before, after in pairwise(_ordered(own)):
            if before.who != after.who:
                waits.setdefault((before.who, after.who), []).append(_hours(before, after))
                passed.setdefault((before.who, after.who), set()).add(case)
    found = [
        Handover(*pair, len(own), len(passed[pair]), tuple(one for one in own if one is not None))
        for pair, own in waits.items()
    ]
    return ChangeLog(
        sum(map(len, cases.values())),
        len(cases),
        len({one.who for own in cases.values() for one in own}),
        tuple(sorted(found, key=lambda one: (-one.handovers, one.from_who, one.to_who))),
        left_out,
    )


def _ordered(own: Sequence[Changed]) -> list[Changed]:
    """Return a case's changes by their moments; where one has none, as the file has them."""
    timed = [(one.at.timestamp(), one) for one in own if one.at is not None]
    if len(timed) < len(own):
        return list(own)
    return [one for _, one in sorted(timed, key=lambda pair: pair[0])]


def _hours(before: Changed, after: Changed) -> float | None:
    if before.at is None or after.at is None or after.at < before.at:
        return None
    return (after.at - before.at).total_seconds() / _SECONDS_AN_HOUR
