"""At what volume, or at what price, another approach is right: how near the answer stands to a line.

One quantity moves at a time, all others stay. A point is found to a thousandth of itself, or to a whole number.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from toolkit.scoping.approach.facts import ApproachCode

_STEPS = 40
_NEAR = 1e-3


@dataclass(frozen=True, slots=True)
class Flip:
    """From ``at`` on (``is_from``), or below it, the answer is ``approach``; ``factor`` is ``at`` over today's value."""

    approach: ApproachCode
    at: float
    factor: float
    is_from: bool


def flips(
    decided: Callable[[float], ApproachCode | None], today: float, *, times: float = 32.0, is_whole: bool = False
) -> tuple[Flip, ...]:
    """Return the nearest point above and below today's value at which the answer is another.

    Parameters
    ----------
    decided
        Returns the answer at a value; null: it is not known there, which is no other answer.
    today
        The value as it is; 0 and less have no neighbours.
    times
        How many times as much, and how small a part, is looked at.
    is_whole
        Whether the value counts things, so that the point is the first whole number with the other answer.

    Returns
    -------
    tuple of Flip
        The one above first; none where the answer stays.

    Examples
    --------
    >>> flips(lambda ops: "IPAAS_SIMPLE" if ops <= 3000 else "IPAAS_ADVANCED", 400, is_whole=True)
    (Flip(approach='IPAAS_ADVANCED', at=3001, factor=7.5025, is_from=True),)
    """
    if not (math.isfinite(times) and times > 1):
        raise ValueError(f"Look at more than one times as much, not {times!r}.")
    if not math.isfinite(today):
        raise ValueError(f"Today's value must be a number, not {today!r}.")
    # Whole numbers near today's are met more than once, and an answer takes its time.
    decided = cache(decided)
    here = decided(today) if today > 0 else None
    if here is None:
        return ()
    found = (
        _flip(decided, here, today, times, is_whole=is_whole),
        _flip(decided, here, today, 1 / times, is_whole=is_whole),
    )
    return tuple(one for one in found if one is not None)


def _flip(
    decided: Callable[[float], ApproachCode | None], here: ApproachCode, today: float, times: float, *, is_whole: bool
) -> Flip | None:
    is_up = times > 1
    rounded_away, rounded_back = (math.ceil, math.floor) if is_up else (math.floor, math.ceil)
    near: float = rounded_back(today) if is_whole else today
    for step in range(1, _STEPS + 1):
        far = today * times ** (step / _STEPS)
        far = rounded_away(far) if is_whole else far
        other = decided(far)
        if other is not None and other != here:
            at, approach = _between(decided, here, near, far, other, is_whole=is_whole)
            return Flip(approach, at, at / today, is_from=is_up)
        near = far
    return None


def _between(
    decided: Callable[[float], ApproachCode | None],
    here: ApproachCode,
    near: float,
    far: float,
    other: ApproachCode,
    *,
    is_whole: bool,
) -> tuple[float, ApproachCode]:
    """Return the point between a value with today's answer and one with another, and the answer there."""
    while abs(far - near) > (1 if is_whole else _NEAR * abs(far)):
        middle = (near + far) // 2 if is_whole else (near + far) / 2
        found = decided(middle)
        if found is None or found == here:
            near = middle
        else:
            far, other = middle, found
    return far, other
