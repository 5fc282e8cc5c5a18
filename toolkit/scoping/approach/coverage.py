"""How much of what must be carried a vendor's own connector carries: field by field, and direction by direction.

Source: cost model, section 11: coverage is the weight of the required field-directions that the connector handles over the
weight of all required ones.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Direction = Literal["there", "back"]
DIRECTIONS: tuple[Direction, ...] = ("there", "back")
"""From the source of the handoff to its target, and the other way."""


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """A field that must be carried: in which directions, how much it weighs, and in which the connector carries it."""

    name: str
    needed: tuple[Direction, ...] = ("there",)
    handled: tuple[Direction, ...] = ()
    weight: float = 1.0
    is_must_have: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A field that must be carried needs a name.")
        if not self.needed:
            raise ValueError(f"Field {self.name!r} must be needed in a direction: there, back, or both.")
        for one in (*self.needed, *self.handled):
            if one not in DIRECTIONS:
                raise ValueError(f"{one!r} is no direction of field {self.name!r}; known: {', '.join(DIRECTIONS)}.")
        if not math.isfinite(self.weight) or self.weight <= 0:
            raise ValueError(f"The weight of field {self.name!r} must be above 0, not {self.weight!r}.")


@dataclass(frozen=True, slots=True)
class NativeCoverage:
    """What a native connector carries of what is needed; ``share`` is null where nobody has said what is needed.

    ``lost`` are the field-directions that it does not carry, ``lost_must_haves`` those of them that must be there.
    """

    share: float | None
    lost: tuple[tuple[str, Direction], ...]
    lost_must_haves: tuple[tuple[str, Direction], ...]

    @property
    def must_have_missing(self) -> bool:
        """Whether something is lost that must be there."""
        return bool(self.lost_must_haves)


def native_coverage(fields: Sequence[FieldNeed]) -> NativeCoverage:
    """Return how much of what is needed a vendor's own connector carries.

    Parameters
    ----------
    fields
        Every field that must be carried.

    Raises
    ------
    ValueError
        A field stands there twice.

    Examples
    --------
    >>> status = FieldNeed("paid status", needed=("there", "back"), handled=("there",))
    >>> found = native_coverage([status, FieldNeed("amount", handled=("there",))])
    >>> round(found.share, 4), found.lost
    (0.6667, (('paid status', 'back'),))
    """
    names = [one.name for one in fields]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"Field {twice!r} stands twice among those that must be carried.")
    every = [*_needs(fields)]
    if not every:
        return NativeCoverage(None, (), ())
    lost = [(one, direction) for one, direction in every if direction not in one.handled]
    carried = [one.weight for one, direction in every if direction in one.handled]
    return NativeCoverage(
        math.fsum(carried) / math.fsum(one.weight for one, _ in every),
        tuple((one.name, direction) for one, direction in lost),
        tuple((one.name, direction) for one, direction in lost if one.is_must_have),
    )


def _needs(fields: Sequence[FieldNeed]) -> Iterator[tuple[FieldNeed, Direction]]:
    for one in fields:
        yield from ((one, direction) for direction in DIRECTIONS if direction in one.needed)
