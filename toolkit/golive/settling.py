"""What counts of an event: the verdict when it was first seen whole, and what became of it since.

Lists are looked at again and again. What was wrong at the first look stays a discrepancy of its day, also when somebody puts
it right afterwards: otherwise every day could be typed into agreement. What agreed and does not agree any more is one, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from toolkit.golive.items import Item

Now = Literal["", "put_right", "changed", "gone"]
NOW_WORDS: dict[Now, str] = {
    "": "",
    "put_right": "agrees by now",
    "changed": "agreed when it was first seen, and does not any more",
    "gone": "taken out of both lists since",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Both lists as they were whole at one moment: ``through`` is the last day that had ended when both were read."""

    at: datetime
    through: date
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many days after its own an event may be missing on each side: that is how long entering it usually takes."""

    by_hand: int = 0
    integrated: int = 0

    def waits_until(self, item: Item) -> date | None:
        """Return the last day on which nobody misses the other side of an event; null where nothing is waited for."""
        if item.day is None or item.verdict not in {"only_by_hand", "only_integrated"}:
            return None
        days = self.by_hand if item.verdict == "only_integrated" else self.integrated
        return item.day + timedelta(days=days)


@dataclass(slots=True)
class Settled:
    """An event with its verdict: as it was first seen whole, when that was, and as it stands at the newest look."""

    first: Item
    seen_at: datetime
    now: Item | None = None
    explained: str = ""

    @property
    def became(self) -> Now:
        """What became of it since it was first seen whole."""
        if self.now is None:
            return "gone"
        if (self.first.verdict == "agrees") == (self.now.verdict == "agrees"):
            return ""
        return "put_right" if self.now.verdict == "agrees" else "changed"

    @property
    def is_discrepancy(self) -> bool:
        """Whether the two sides did not agree on it, and nobody has explained why."""
        return (self.first.verdict != "agrees" or self.became == "changed") and not self.explained

    @property
    def shown(self) -> Item:
        """The event as it counts: where it agreed at first and does not any more, as it is now."""
        return self.now if self.became == "changed" and self.now is not None else self.first

    @property
    def keys(self) -> tuple[str, ...]:
        """The record keys of its documents, as they were and as they are."""
        return tuple(dict.fromkeys((*self.first.keys, *(self.now.keys if self.now is not None else ()))))


@dataclass(frozen=True, slots=True)
class Settlement:
    """Every event of a parallel run: those with a verdict, and those whose other side may still come."""

    settled: Sequence[Settled]
    waiting: Sequence[Item] = field(default_factory=tuple)


def settlement(
    looks: Sequence[Look], *, first: date, last: date, patience: Patience, explained: Mapping[str, str]
) -> Settlement:
    """Return what became of every event between two days.

    Parameters
    ----------
    looks
        Oldest first.
    first, last
        Days of the parallel run, both included; an event without a day counts, too.
    patience
        How long the other side may take.
    explained
        By record key why somebody says that a discrepancy is none.
    """
    settled: list[Settled] = []
    owner: dict[str, Settled] = {}
    waiting: list[Item] = []
    for look in looks:
        for one in settled:
            one.now = None
        waiting = []
        for item in look.items:
            if item.day is not None and not first <= item.day <= min(look.through, last):
                continue
            known = next((owner[key] for key in item.keys if key in owner and owner[key].now is None), None)
            until = patience.waits_until(item)
            if known is not None:
                known.now = item
            elif until is not None and look.through < until:
                waiting.append(item)
                continue
            else:
                known = Settled(item, look.at, item)
                settled.append(known)
            owner.update({key: known for key in item.keys if key not in owner})
    for one in settled:
        one.explained = next((explained[key] for key in one.keys if key in explained), "")
    return Settlement(settled, waiting)
