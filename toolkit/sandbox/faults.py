"""What may go wrong on the way to a system, in an order that is the same every time: a rehearsal."""

import random
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["too_fast", "trouble", "dropped", "slow", "expired"]

KINDS: tuple[Fault, ...] = ("too_fast", "trouble", "dropped", "slow", "expired")
SLOW_S = 1.0
_LEAST, _MOST = 3, 8


@dataclass(slots=True)
class FaultPlan:
    """Which request meets which fault: each kind in turn, every three to eight requests, never two in a row."""

    seed: int = 11
    _number: int = 0
    _next: int = 2
    _kinds: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  # the same order every time; guards nothing

    def fault(self) -> Fault | None:
        """Count a request, and return what goes wrong with it."""
        self._number += 1
        if self._number < self._next:
            return None
        self._next = self._number + self._chance.randint(_LEAST, _MOST)
        self._kinds += 1
        return KINDS[(self._kinds - 1) % len(KINDS)]
