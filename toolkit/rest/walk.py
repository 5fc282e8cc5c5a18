"""What is known of a stream's pages until now, and what is wrong with its list: circles, repeats, a count that differs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import Any

from toolkit.connector import Offset, PageNumber, Reading
from toolkit.rest.moments import moment_of
from toolkit.rest.page import Page
from toolkit.rest.places import text_at, texts_at
from toolkit.rest.stretch import Stretch
from toolkit.values.counted import counted

MAX_PAGES = 200_000
MAX_EMPTY_PAGES = 100
MAX_STALE_PAGES = 3
"""Pages in a row that bring nothing new: the list runs in a circle, whatever its cursors say."""


@dataclass(slots=True)
class Walk:
    """The pages of a stream until now.

    ``every`` has the keys of all its lists, ``repeated`` those that came more than once, ``further`` those of the present
    list where it is not the first. ``seen`` has the keys of the present walk over the present list or slice of it;
    ``pages_seen`` and ``calls_seen`` are hashes. ``totals`` is what the system counts, by list. ``parents`` are keys of
    records for each of which the list behind is asked for, by list.
    """

    every: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)
    further: set[str] = field(default_factory=set)
    pages_seen: set[int] = field(default_factory=set)
    calls_seen: set[int] = field(default_factory=set)
    received: int = 0
    empty: int = 0
    stale: int = 0
    totals: dict[int, int] = field(default_factory=dict)
    newest_at: datetime | None = None
    has_repeats: bool = False
    parents: dict[int, list[str]] = field(default_factory=dict)
    seen: set[str] = field(init=False)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Of the first list the two are one.
        self.seen = self.every

    @property
    def total(self) -> int | None:
        """How many records the system counts, in all lists that say so."""
        return sum(self.totals.values()) if self.totals else None

    def begin_list(self, *, is_new: bool = True) -> None:
        """Begin another list, or else another slice of the same one, or the same one once more."""
        if is_new:
            self.further = set()
        self.seen, self.pages_seen, self.calls_seen = set(), set(), set()
        self.empty = self.stale = 0
        self.has_repeats = False

    def take(self, page: Page, stretch: Stretch, total: str, reading: Reading) -> None:
        """Count the records of a page.

        Parameters
        ----------
        page
            The page.
        stretch
            Where in its list it stands.
        total
            How many records the system counts; empty where it does not say.
        reading
            The list: its records may be none of the stream's, or lines of some that are.
        """
        new = set(page.keys)
        if page.longer:
            self.parents[stretch.reading] = list(dict.fromkeys([*self.parents.get(stretch.reading, ()), *page.longer]))
        if reading.is_parents or reading.is_lines:
            if reading.is_parents:
                known = self.parents.setdefault(stretch.reading, [])
                known += [key for key in dict.fromkeys(page.keys) if key not in self.further]
            self.further |= new
            self.pages_seen.add(page_hash(page))
            return
        # A second walk, or a list of deleted records, is expected to bring what is known already.
        again = self.every & new
        self.has_repeats = self.has_repeats or len(new) < len(page.keys) or not self.seen.isdisjoint(new)
        if len(new) < len(page.keys):
            again = again | {key for key, count in Counter(page.keys).items() if count > 1}
        self.repeated |= again
        self.every |= new
        if self.seen is not self.every:
            self.seen |= new
        if stretch.reading:
            self.further |= new
        newest = newest_of(page.stamps)
        if newest is not None and (self.newest_at is None or newest > self.newest_at):
            self.newest_at = newest
        self.received += len(page.keys)
        if page.keys:
            self.pages_seen.add(page_hash(page))
        if total.isdigit():
            self.totals[stretch.reading] = stretch.totals + int(total)

    def circle(self, page: Page) -> str:
        """Return what is wrong with a page that brings what earlier ones brought; empty where it is not so."""
        if page.rows and not page.keys:
            return ""
        if not page.keys:
            self.empty += 1
            return f"{counted(self.empty, 'empty page')} came in a row" if self.empty > MAX_EMPTY_PAGES else ""
        self.empty = 0
        self.stale = self.stale + 1 if self.seen.issuperset(page.keys) else 0
        number = page.number + 1
        if page_hash(page) in self.pages_seen:
            return f"page {number} brings what an earlier page brought already, so that the list never ends"
        if self.stale >= MAX_STALE_PAGES:
            return f"{self.stale} pages in a row, until page {number}, brought only records that had come before"
        return f"it has more than {MAX_PAGES:,} pages" if page.number >= MAX_PAGES else ""

    def is_known(self, following: Any) -> bool:
        """Return whether a request was sent before in this list, and keep it."""
        sent = hash(following)
        is_known = sent in self.calls_seen
        self.calls_seen.add(sent)
        return is_known

    def has_moved(self, reading: Reading, stretch: Stretch, total: str) -> bool:
        """Return whether a list that is read by counting moved while it was read, so that records slipped through.

        Parameters
        ----------
        reading, stretch
            The list, at its end.
        total
            How many records the system counts at the end.
        """
        if not isinstance(reading.paging, Offset | PageNumber) or stretch.is_again:
            return False
        is_other = total.isdigit() and (int(total) != stretch.first_total or len(self.seen) < int(total))
        return is_other or self.has_repeats

    def shortfall(self, place: int) -> str:
        """Return what is missing of a list by the system's own count, in words; empty where nothing is."""
        total, have = self.totals.get(place), len(self.further if place else self.every)
        if total is None or have >= total:
            return ""
        return f"the system counts {counted(total, 'record')}, and {have:,} came"


def page_hash(page: Page) -> int:
    """Return what tells a page's records, and their versions, from those of another."""
    return hash((tuple(page.keys), tuple(page.stamps)))


def newest_of(stamps: Sequence[str]) -> datetime | None:
    """Return the newest moment that stamps name.

    Examples
    --------
    >>> str(newest_of(["2026-11-30T08:00:00Z", "2026-11-30T09:00:00Z"])), newest_of(["", "yesterday"])
    ('2026-11-30 09:00:00+00:00', None)
    """
    if len({*map(len, stamps)}) == 1 and all(map(str.endswith, stamps, repeat("Z"))):
        # Written alike, the last in order is the newest.
        return moment_of(max(stamps))
    return max((at for at in map(moment_of, stamps) if at is not None), default=None)


def page_keys(rows: Sequence[Mapping[str, Any]], paths: Sequence[str]) -> list[str]:
    """Return what names each record of a page; empty where a part of it is missing."""
    if len(paths) == 1:
        return texts_at(rows, paths[0])
    return [record_key(row, paths) for row in rows]


def record_key(row: Mapping[str, Any], paths: Sequence[str]) -> str:
    """Return what names a record while it is pulled; empty where one of its parts is missing.

    Examples
    --------
    >>> record_key({"id": 9007199254740993}, ["id"]), record_key({"name": "x"}, ["id"])
    ('9007199254740993', '')
    """
    if len(paths) == 1:
        return text_at(row, paths[0])
    parts = [text_at(row, path) for path in paths]
    return "\x1f".join(parts) if all(parts) else ""
