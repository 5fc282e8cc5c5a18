"""What both sides of a parallel run have of each event: the same, something else, or nothing.

Every document of both sides belongs to exactly one item. Two documents are one event when the columns say so that were
agreed on; else when number, amount, currency and day are equal, or party, amount, currency and day; what then remains is
asked of the matching of documents, within a week.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa

from toolkit.golive.comparing import Difference, differences
from toolkit.golive.entries import Entry
from toolkit.reconcile.link_kinds import ONE, REPEATED, TOGETHER

Verdict = Literal["agrees", "differs", "only_by_hand", "only_integrated", "twice_by_hand", "twice_integrated"]

VERDICT_WORDS: dict[Verdict, str] = {
    "agrees": "both have it and agree",
    "differs": "both have it and differ",
    "only_by_hand": "only by hand",
    "only_integrated": "only by the integration",
    "twice_by_hand": "twice by hand",
    "twice_integrated": "twice by the integration",
}
"""What each verdict is in a client's words."""
_FAR_DAYS = 7
"""Documents further apart are joined by nothing but the columns that were agreed on."""


@dataclass(frozen=True, slots=True)
class Item:
    """One event: the documents of each side that stand for it, the day that it counts for, and how the two compare."""

    day: date | None
    by_hand: tuple[Entry, ...]
    integrated: tuple[Entry, ...]
    verdict: Verdict
    differences: tuple[Difference, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The record keys of its documents."""
        return tuple(one.key for one in (*self.by_hand, *self.integrated))


def items(
    by_hand: Sequence[Entry], integrated: Sequence[Entry], links: pa.Table, *, fields: Sequence[str], first: date
) -> list[Item]:
    """Return the events of two sides, ordered by day and record keys.

    Parameters
    ----------
    by_hand, integrated
        The documents of both sides.
    links
        Table DOCUMENT_LINK of the two, by hand on the left.
    fields
        What is compared.
    first
        Day on which the parallel run began: an event counts for the day of the document that was made by hand, where that is
        earlier for the other's.
    """
    desk = _Desk(by_hand, integrated, fields, first)
    desk.pair(lambda one: one.joined, lambda _: True)
    desk.pair(lambda one: (one.number, *_money_and_day(one)) if one.number else "", lambda _: True)
    desk.pair(lambda one: (one.account, *_money_and_day(one)) if one.account else "", lambda one: not one.number)
    desk.pair(lambda one: (one.name, *_money_and_day(one)) if one.name else "", lambda one: not one.number)
    desk.follow(links)
    return desk.finished()


def _money_and_day(one: Entry) -> tuple[Hashable, ...]:
    return one.amount, one.currency, one.day


class _Desk:
    """The documents that are not settled yet, and the events found so far."""

    def __init__(self, by_hand: Sequence[Entry], integrated: Sequence[Entry], fields: Sequence[str], first: date) -> None:
        self._hand = {one.key: one for one in sorted(by_hand, key=lambda one: one.key)}
        self._made = {one.key: one for one in sorted(integrated, key=lambda one: one.key)}
        self._fields = fields
        self._first = first
        self._found: list[Item] = []

    def pair(self, key_of: Callable[[Entry], Hashable], is_second: Callable[[Entry], bool]) -> None:
        """Join documents of one key; of more on one side the further ones are second entries where ``is_second`` says so."""
        groups = [_grouped(side.values(), key_of) for side in (self._hand, self._made)]
        for key in [one for one in groups[0] if one in groups[1]]:
            ones, others = groups[0][key], groups[1][key]
            for one, other in _aligned(ones, others):
                self._join((one,), (other,))
            for entry in ones:
                if entry.key in self._hand and is_second(entry):
                    self._settle((entry,), (), "twice_by_hand")
            for entry in others:
                if entry.key in self._made and is_second(entry):
                    self._settle((), (entry,), "twice_integrated")

    def follow(self, links: pa.Table) -> None:
        """Join what the matching of documents holds to be one, as far as neither is settled."""
        together: dict[int, tuple[dict[str, Entry], dict[str, Entry]]] = defaultdict(lambda: ({}, {}))
        for row in links.select(["key_l", "key_r", "kind", "group"]).to_pylist():
            one, other = self._hand.get(row["key_l"]), self._made.get(row["key_r"])
            if row["kind"] == REPEATED and other is not None:
                self._settle((), (other,), "twice_integrated")
            if one is None or other is None or not _are_near(one, other):
                continue
            if row["kind"] == ONE:
                self._join((one,), (other,))
            elif row["kind"] == TOGETHER:
                together[row["group"]][0][one.key] = one
                together[row["group"]][1][other.key] = other
        for ones, others in together.values():
            if all(key in self._hand for key in ones) and all(key in self._made for key in others):
                self._join((*ones.values(),), (*others.values(),))

    def finished(self) -> list[Item]:
        """Return all events; what is not settled has only one side."""
        for one in [*self._hand.values()]:
            self._settle((one,), (), "only_by_hand")
        for one in [*self._made.values()]:
            self._settle((), (one,), "only_integrated")
        return sorted(self._found, key=lambda one: (one.day is None, one.day or self._first, one.keys))

    def _join(self, ones: tuple[Entry, ...], others: tuple[Entry, ...]) -> None:
        if len(ones) == 1 == len(others):
            found = differences(ones[0], others[0], self._fields)
        else:
            reason = "several documents that make up one amount"
            found = (Difference("documents", len(ones), len(others), reason),)
        self._settle(ones, others, "differs" if found else "agrees", found)

    def _settle(
        self,
        ones: tuple[Entry, ...],
        others: tuple[Entry, ...],
        verdict: Verdict,
        found: tuple[Difference, ...] = (),
    ) -> None:
        for side, entries in ((self._hand, ones), (self._made, others)):
            for one in entries:
                del side[one.key]
        days = [one.day for one in (*ones, *others) if one.day is not None]
        # Dated by hand before the run began, and by the integration within it: it is an event of the run.
        day = next((one for one in days if one >= self._first), days[0] if days else None)
        self._found.append(Item(day, ones, others, verdict, found))


def _grouped(entries: Iterable[Entry], key_of: Callable[[Entry], Hashable]) -> dict[Hashable, list[Entry]]:
    groups: dict[Hashable, list[Entry]] = defaultdict(list)
    for one in entries:
        if key := key_of(one):
            groups[key].append(one)
    return groups


def _aligned(ones: Sequence[Entry], others: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Return pairs of two groups of one key: those of equal money first, then in the order of their keys."""
    if len(ones) == 1 == len(others):
        return [(ones[0], others[0])]
    found, right = [], [*others]
    left = []
    for one in ones:
        equal = next((other for other in right if _money_and_day(other) == _money_and_day(one)), None)
        if equal is None:
            left.append(one)
        else:
            found.append((one, equal))
            right.remove(equal)
    return [*found, *zip(left, right, strict=False)]


def _are_near(one: Entry, other: Entry) -> bool:
    return one.day is None or other.day is None or abs((one.day - other.day).days) <= _FAR_DAYS
