"""What a rule of planning gives: changes, and what it could not decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.changes import LeftOut, Operation


@dataclass(frozen=True, slots=True)
class Planned:
    """Changes in any order, and the records for which nothing is planned, with the reason."""

    operations: tuple[Operation, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def together(parts: Iterable[Planned]) -> Planned:
    """Return what several rules give as one."""
    found = [*parts]
    return Planned(
        tuple(one for part in found for one in part.operations), tuple(one for part in found for one in part.left_out)
    )
