"""What each policy would settle of the fields in which two systems differ, tried on the records as they are.

A policy names a side only where it has a reason: the master is one of both and has a value; one record was changed later,
and both times are known; one record is more complete. A tie is never settled silently: a person decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Side = Literal["l", "r"]
POLICIES = ("master_wins", "latest_wins", "most_complete_wins", "by_field", "human_queue")
FIELD_POLICIES = ("master_wins", "latest_wins", "most_complete_wins", "human_queue")
"""Policies that may be agreed on for a field."""
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which two records differ by more than formatting; both have a value. A time that is null is unknown."""

    column: str
    system_l: str
    system_r: str
    master: str | None
    changed_l_at: datetime | None = None
    changed_r_at: datetime | None = None
    filled_l: int = 0
    filled_r: int = 0
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What each policy says of one conflict: a side, or null where a person has to decide."""

    master_wins: Side | None
    latest_wins: Side | None
    most_complete_wins: Side | None
    by_field: Side | None
    human_queue: Side | None = None

    def by(self, policy: str) -> Side | None:
        """Return the side that a policy names."""
        found: dict[str, Side | None] = {
            "master_wins": self.master_wins,
            "latest_wins": self.latest_wins,
            "most_complete_wins": self.most_complete_wins,
            "by_field": self.by_field,
        }
        return found.get(policy)


@dataclass(frozen=True, slots=True)
class PolicyCount:
    """Of one policy and field: how many conflicts, how many it settles, and how often persons had said the same."""

    policy: str
    column: str
    conflicts: int
    settled: int
    judged: int
    agreed: int

    @property
    def person(self) -> int:
        """How many a person has to decide."""
        return self.conflicts - self.settled

    @property
    def person_share(self) -> float | None:
        """Share of them; null where nothing differs."""
        return self.person / self.conflicts if self.conflicts else None


def settled(conflict: Conflict, field_policies: Mapping[str, str] | None = None) -> Settled:
    """Return what each policy says of a conflict.

    Parameters
    ----------
    conflict
        A field in which two records differ.
    field_policies
        The policy that was agreed on, by field, and for all others under ``default``; without any the master wins.

    Examples
    --------
    >>> settled(Conflict("email", "crm", "ledger", "crm", filled_l=5, filled_r=5))
    Settled(master_wins='l', latest_wins=None, most_complete_wins=None, by_field='l', human_queue=None)
    """
    master: Side | None = {conflict.system_l: "l", conflict.system_r: "r"}.get(conflict.master or "")  # type: ignore[assignment]  # one of both sides
    latest = _larger(conflict.changed_l_at, conflict.changed_r_at)
    complete = _larger(conflict.filled_l, conflict.filled_r)
    given = field_policies or {}
    chosen = given.get(conflict.column, given.get("default", "master_wins"))
    by_name = {"master_wins": master, "latest_wins": latest, "most_complete_wins": complete}
    return Settled(master, latest, complete, by_name.get(chosen))


def _larger(left: datetime | int | None, right: datetime | int | None) -> Side | None:
    if left is None or right is None or left == right:
        return None
    return "l" if left > right else "r"  # type: ignore[operator]  # both are of one kind


def policy_counts(conflicts: Sequence[Conflict], outcomes: Iterable[Settled]) -> list[PolicyCount]:
    """Return how many conflicts each policy settles, by field and in all, fields in order of how many differ.

    Parameters
    ----------
    conflicts
        All of them.
    outcomes
        What `settled` says of each, in the same order.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    for conflict, outcome in zip(conflicts, outcomes, strict=True):
        for policy in POLICIES:
            side = outcome.by(policy)
            for column in (conflict.column, TOTAL):
                counted[policy, column, "settled"] += side is not None
                counted[policy, column, "judged"] += side is not None and conflict.decision is not None
                counted[policy, column, "agreed"] += side is not None and conflict.decision == side
    by_column = Counter(one.column for one in conflicts)
    columns = [name for name, _ in sorted(by_column.items(), key=lambda one: (-one[1], one[0]))]
    sizes = {**by_column, TOTAL: len(conflicts)}
    return [
        PolicyCount(
            policy, column, sizes[column], *(counted[policy, column, word] for word in ("settled", "judged", "agreed"))
        )
        for policy in POLICIES
        for column in (*columns, TOTAL)
    ]
