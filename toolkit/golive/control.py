"""The reconciliation control: how many documents of which sum each side has, day by day and currency by currency.

It knows nothing of what was joined with what, so it also shows what joining overlooked. Sums never cross currencies.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.golive.entries import Entry


@dataclass(frozen=True, slots=True)
class ControlRow:
    """Counts and sums of both sides on one day in one currency, each by the day that the document itself bears.

    ``without_amount`` are documents of either side that say no amount: they are in the counts, and in no sum.
    """

    day: date | None
    currency: str
    count_by_hand: int = 0
    count_integrated: int = 0
    minor_by_hand: int = 0
    minor_integrated: int = 0
    without_amount: int = 0

    @property
    def agrees(self) -> bool:
        """Whether both sides have as many documents of the same sum."""
        return (self.count_by_hand, self.minor_by_hand) == (self.count_integrated, self.minor_integrated)


def control_rows(by_hand: Sequence[Entry], integrated: Sequence[Entry], *, first: date, last: date) -> list[ControlRow]:
    """Return the control by day and currency; documents without a day come last.

    Parameters
    ----------
    by_hand, integrated
        The documents of both sides.
    first, last
        Days that are controlled, both included.
    """
    totals: dict[tuple[date | None, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for place, side in enumerate((by_hand, integrated)):
        for one in _inside(side, first, last):
            total = totals[one.day, one.currency]
            total[place] += 1
            total[2 + place] += one.amount or 0
            total[4] += one.amount is None
    ordered = sorted(totals.items(), key=lambda one: (one[0][0] is None, one[0][0] or first, one[0][1]))
    return [ControlRow(day, currency, *found) for (day, currency), found in ordered]


def _inside(entries: Iterable[Entry], first: date, last: date) -> Iterable[Entry]:
    return (one for one in entries if one.day is None or first <= one.day <= last)
