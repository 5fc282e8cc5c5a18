"""How far the systems agree with their master: the share of compared records that say the same, formatting aside.

What differs by formatting alone is no contradiction. A record in which the copy lacks what the master has counts as not
equal; what only the copy has is no matter of consistency.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.rates import MeasuredShare

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Compared:
    """How a field of two systems compares, as counted: pairs, of these equal, and pairs whose master has no value."""

    column: str
    master: str
    system: str
    compared: int
    equal: int
    without_master: int = 0


@dataclass(frozen=True, slots=True)
class Consistency:
    """Of a field, its master and another system: how many of the compared records say the same."""

    column: str
    master: str
    system: str
    share: MeasuredShare


def consistency(compared: Iterable[Compared]) -> list[Consistency]:
    """Return the consistency of each field with its master, of each field in all, and of everything.

    Parameters
    ----------
    compared
        Pairs of systems of which one is master of the field.

    Examples
    --------
    >>> found = consistency([Compared("email", "crm", "ledger", 100, 88)])
    >>> found[-1].column, found[-1].share.share
    ('total', 0.88)
    """
    rows = list(compared)
    sums: Counter[tuple[str, str]] = Counter()
    found = []
    for one in rows:
        n = one.compared - one.without_master
        found.append(Consistency(one.column, one.master, one.system, MeasuredShare(one.equal, n)))
        for column in (one.column, TOTAL):
            sums[column, "n"] += n
            sums[column, "x"] += one.equal
    columns = [*sorted({one.column for one in rows}), TOTAL]
    return [
        *found,
        *(Consistency(one, TOTAL, TOTAL, MeasuredShare(sums[one, "x"], sums[one, "n"])) for one in columns),
    ]
