"""The guard against mass change: how much of a kind of object may be taken away before somebody has said a number.

Source: the product's reliability rules: both ten records and ten per cent of the object must be exceeded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

GUARD_RECORDS = 10
GUARD_SHARE = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Excess:
    """Destructive changes of one kind of object beyond the guard: how many, of how many records, how many agreed."""

    stream: str
    count: int
    record_count: int
    agreed: int | None


def excesses(summary: Mapping[str, Any], ceilings: Mapping[str, int]) -> tuple[Excess, ...]:
    """Return for which kinds of object a plan takes away more than the guard lets pass, and more than was agreed.

    Parameters
    ----------
    summary
        Of a plan (`summary_of`).
    ceilings
        By kind of object: the number up to which somebody agreed. A ceiling, not a licence: more is withheld.

    Examples
    --------
    >>> summary = {"destructive": [{"object": "companies", "count": 57, "of": 420}]}
    >>> [one.count for one in excesses(summary, {})], excesses(summary, {"companies": 57})
    ([57], ())
    >>> excesses({"destructive": [{"object": "companies", "count": 10, "of": 12}]}, {})
    ()
    """
    found = []
    for one in summary["destructive"]:
        stream, count, total = one["object"], one["count"], one["of"]
        agreed = ceilings.get(stream)
        is_many = count > GUARD_RECORDS and count > GUARD_SHARE * total
        if count > agreed if agreed is not None else is_many:
            found.append(Excess(stream, count, total, agreed))
    return tuple(found)
