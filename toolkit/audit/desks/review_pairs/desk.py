"""The kernel's side of ``review_pairs``: which pairs and groups are shown, and what becomes of what a person says."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.desks.review_pairs.effect import effect
from toolkit.audit.desks.review_pairs.groups import GroupList
from toolkit.audit.desks.review_pairs.kept import Kept
from toolkit.audit.desks.review_pairs.pairs import Filter, Pairs
from toolkit.audit.desks.review_pairs.parties import FIELDS, Parties, label_of
from toolkit.audit.desks.review_pairs.spoken import side_by_side, terms
from toolkit.audit.desks.review_pairs.still import still
from toolkit.audit.engagement import Engagement
from toolkit.audit.verb_result import MAX_ROWS
from toolkit.errors import InputError, SnapshotMissingError
from toolkit.match.comparison import Ints
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

PAGE = 100
_FIRST_DETAILS = 12
_MAX_DETAILS = 40
_VIEWS = 12
_STEPS = 20


class ReviewDesk:
    """Answers a page about the pairs of the latest run."""

    def __init__(self, engagement: Engagement, *, reviewer: str = "", is_blind: bool = False) -> None:
        """Read the latest run and what was decided so far.

        Parameters
        ----------
        engagement, reviewer, is_blind
            As for ``review_pairs``.
        """
        self._engagement = engagement
        run = engagement.store.run()
        if not run.has("pair"):
            raise SnapshotMissingError(
                f"Nothing has been matched in {engagement.folder} yet. Run match_records(here) in a cell, or "
                f"'integration-audit match {engagement.folder}'."
            )
        self._run_id = run.run_id
        self.parties = Parties(engagement, run)
        self.pairs = Pairs(run, self.parties)
        self.kept = Kept(engagement.store, self.pairs, reviewer_name(reviewer))
        self.groups = GroupList(self.pairs, self.parties, self.kept)
        self._is_blind = is_blind
        self._lock = threading.Lock()
        self._views: OrderedDict[str, Ints] = OrderedDict()
        self._group_views: OrderedDict[str, list[str]] = OrderedDict()

    def first(self) -> dict[str, Any]:
        """Return the head of the list, its first pairs whole, and what can be filtered by."""
        table = self.parties.table
        systems = sorted({*table["system"].unique().to_pylist()})
        view = self._view({})
        return {
            **view,
            "details": self._details(view["pairs"][:_FIRST_DETAILS]),
            "progress": self._progress(),
            "heard": self.kept.heard,
            "systems": [[one, self.parties.labels.get(one, one)] for one in systems],
            "kinds": sorted(one for one in table["kind"].unique().to_pylist() if one),
            "fields": [[one, label_of(one)] for one in FIELDS if table[one].null_count < table.num_rows],
            "reviewer": self.kept.reviewer,
            "blind": self._is_blind,
            "client": self._engagement.settings.client,
            "run": self._run_id,
        }

    def questions(self) -> Mapping[str, Answer]:
        """Return what a page may ask."""
        return {
            "view": self._view,
            "rows": self._rows,
            "details": self._details,
            "decide": self._decide,
            "since": self._changed,
            "count": self._bulk_count,
            "accept": self._accept,
            "effect": self._effect,
            "groups": self._group_view,
            "group_rows": self._group_rows,
            "group": self._group,
            "split": self._split,
            "join": self._join,
            "offered": self._offered,
        }

    def still(self) -> str:
        """Return the state as HTML: what is decided, what is open, and the next pairs."""
        self.kept.refresh()
        rows = self.pairs.chosen(Filter())
        return still(self._engagement.settings.client, self._progress(), self._summaries(rows[:MAX_ROWS]), len(rows))

    # Lists of pairs. A list stays as it was chosen: what is decided in it stays in its place until it is chosen anew.

    def _view(self, filter: object) -> dict[str, Any]:  # noqa: A002 - the page's word
        wanted = Filter.of(filter)
        with self.kept.lock:
            rows = self.pairs.chosen(wanted)
        name = secrets.token_hex(6)
        with self._lock:
            self._views[name] = rows
            while len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        head = rows[:PAGE]
        return {
            "view": name,
            "total": len(rows),
            "rows": self._summaries(head),
            "pairs": [int(one) for one in head],
        }

    def _list(self, view: object) -> Ints:
        with self._lock:
            rows = self._views.get(view) if isinstance(view, str) else None
        if rows is None:
            raise InputError("This list is not kept any more. Press f twice, or run the cell again.")
        return rows

    def _rows(self, view: object, first: object, count: object) -> list[list[Any]]:
        rows = self._list(view)
        start, wanted = _number(first, len(rows)), _number(count, PAGE)
        return self._summaries(rows[start : start + wanted])

    def _summaries(self, rows: Ints) -> list[list[Any]]:
        """Return a line for each pair: its number, both names and systems, probability, what was said, number of that."""
        table = self.pairs.table.select(["key_l", "key_r"]).take(rows)
        left, right = table["key_l"].to_pylist(), table["key_r"].to_pylist()
        names = self.parties.names([*left, *right])
        result = []
        for at, (row, one, other) in enumerate(zip(rows.tolist(), left, right, strict=True)):
            systems = (self.parties.system(one), self.parties.system(other))
            probability = round(float(self.pairs.probability[row]), 4)
            state, number = int(self.pairs.state[row]), int(self.pairs.number[row])
            result.append([row, names[at], names[len(left) + at], *systems, probability, state, number])
        return result

    def _details(self, pairs: object) -> list[dict[str, Any]]:
        if not isinstance(pairs, list) or len(pairs) > _MAX_DETAILS:
            raise InputError(f"At most {_MAX_DETAILS} pairs are opened at once.")
        rows = [_number(one, self.pairs.count - 1) for one in pairs]
        table = self.pairs.table.take(np.array(rows, dtype=np.int64)).to_pylist()
        left, right = ([row[side] for row in table] for side in ("key_l", "key_r"))
        texts, about = self.parties.fields([*left, *right]), self.parties.about([*left, *right])
        names = self.parties.names([*left, *right])
        count = len(rows)
        return [
            self._detail(rows[at], table[at], texts[at::count], about[at::count], names[at::count]) for at in range(count)
        ]

    def _detail(
        self, row: int, pair: Mapping[str, Any], texts: list[dict[str, str]], about: list[Any], names: list[str]
    ) -> dict[str, Any]:
        keys = (pair["key_l"], pair["key_r"])
        levels = self.pairs.levels(row)
        said = self.kept.on(*keys)
        link = [self.parties.names([pair[one]])[0] for one in ("link_l", "link_r") if pair[one]]
        return {
            "pair": row,
            "l": keys[0],
            "r": keys[1],
            "names": names,
            "systems": [self.parties.system(key) for key in keys],
            "fields": side_by_side(texts[0], texts[1], levels),
            "about": [[one[0], one[1], other[1]] for one, other in zip(*about, strict=True) if one[1] or other[1]],
            "terms": terms(pair, levels),
            "probability": pair["match_probability"],
            "held": pair["decision"],
            "by": pair["decided_by"],
            "reason": pair["reason"] or "",
            "link": link,
            "related": [self._related(key, keys) for key in keys],
            "groups": [self.pairs.group_of.get(key, "") for key in keys],
            "said": said,
        }

    def _related(self, key: str, keys: tuple[str, str]) -> list[tuple[str, str]]:
        group = self.pairs.group_of.get(key, "")
        told = self.parties.related(key, keys)
        if self.pairs.group_sizes.get(group, 0) > 1:
            others = [one for one in self.groups.members(group) if one not in keys]
            rows = [self.parties.row_of[one] for one in others if one in self.parties.row_of]
            if rows:
                told.insert(0, ("held to be one with", self.parties.listed(rows, len(rows))))
        return told

    # What a person says.

    def _decide(self, decisions: object, *, together: bool = False) -> dict[str, Any]:
        return {**self.kept.enter(decisions, together=together), "progress": self._progress()}

    def _changed(self, heard: object) -> dict[str, Any]:
        self.kept.refresh()
        rows, count = self.kept.after(_number(heard, self.kept.heard))
        return {
            "rows": rows,
            "heard": count,
            "progress": self._progress(),
            "newer": self._engagement.store.run().run_id != self._run_id,
        }

    def _progress(self) -> dict[str, int]:
        with self.kept.lock:
            state, waits = self.pairs.state, self.pairs.to_decide()
            is_decided = (state == 1) | (state == 2)
            return {
                "open": int(waits.sum()),
                "decided": int(is_decided.sum()),
                "mine": int((is_decided & self.pairs.is_mine).sum()),
                "same": int((state == 1).sum()),
            }

    def _bulk(self, view: object, low: object) -> Ints:
        rows = self._list(view)
        if not isinstance(low, int | float) or isinstance(low, bool) or not 0 <= low <= 1:
            raise InputError("A threshold lies between 0 and 1.")
        is_meant = self.pairs.to_decide()[rows] & (self.pairs.probability[rows] >= low)
        return rows[is_meant]

    def _bulk_count(self, view: object, low: object) -> dict[str, Any]:
        self.kept.refresh()
        rows = self._bulk(view, low)
        wrong = float((1 - self.pairs.probability[rows]).sum())
        return {"count": len(rows), "expected_wrong": wrong, "heard": self.kept.heard}

    def _accept(self, view: object, low: object, count: object, heard: object) -> dict[str, Any]:
        """Hold all open pairs of a list above a threshold to be the same, if they are as many as the page was told."""
        seen = _number(heard, self.kept.heard)
        rows = self._bulk(view, low)
        if len(rows) != count:
            raise InputError(f"There are {len(rows):,} such pairs by now, not {count!r}. Look at the number again.")
        keys = self.pairs.table.select(["key_l", "key_r"]).take(rows).to_pylist()
        note = f"accepted together: {len(rows):,} pairs of at least {100 * float(str(low)):.0f} %"
        return self._decide([self._said_of(one["key_l"], one["key_r"], "same", note, seen) for one in keys])

    def _effect(self) -> dict[str, object]:
        with self.kept.lock:
            return effect(self.pairs)

    # Groups.

    def _group_view(self, text: object = "", system: object = "") -> dict[str, Any]:
        if not isinstance(text, str) or not isinstance(system, str) or len(text) > 200:
            raise InputError("Groups are found by a text and a system.")
        names = self.groups.chosen(text, system)
        view = secrets.token_hex(6)
        with self._lock:
            self._group_views[view] = names
            while len(self._group_views) > _VIEWS:
                self._group_views.popitem(last=False)
        return {"view": view, "total": len(names), "rows": self.groups.summaries(names[:PAGE])}

    def _group_rows(self, view: object, first: object, count: object) -> list[list[Any]]:
        with self._lock:
            names = self._group_views.get(view) if isinstance(view, str) else None
        if names is None:
            raise InputError("This list is not kept any more. Search again, or run the cell again.")
        start = _number(first, len(names))
        return self.groups.summaries(names[start : start + _number(count, PAGE)])

    def _group(self, group: object) -> dict[str, Any]:
        self.kept.refresh()
        with self.kept.lock:
            self.groups.members(group)
            return {**self.groups.opened(str(group)), "heard": self.kept.heard}

    def _split(self, group: object, keys: object, heard: object) -> dict[str, Any]:
        """Hold some records of a group apart from all others of it, as a page sees it that has heard so many words."""
        members = self.groups.members(group)
        if not isinstance(keys, list) or not keys or not {*map(str, keys)} < set(members):
            raise InputError("Mark some records of the group, and leave some: those marked are split off the others.")
        rest = [one for one in members if one not in keys]
        if len(keys) * len(rest) > 2_000:
            raise InputError("So large a group is split in steps: mark fewer records, or exclude them one by one.")
        seen = _number(heard, self.kept.heard)
        words = [self._said_of(one, other, "not_same", "split off", seen) for one in keys for other in rest]
        # Half a split says that a record is another one than some of those that are one.
        return self._decide(words, together=True)

    def _join(self, group: object, other: object, heard: object) -> dict[str, Any]:
        """Hold two groups to be one, by the two records most likely to be."""
        own, theirs = self.groups.members(group), self.groups.members(other)
        if group == other:
            raise InputError("A group cannot be joined with itself.")
        seen = _number(heard, self.kept.heard)
        self.kept.refresh()
        if apart := self.kept.apart(own, theirs):
            [names] = [self.parties.names(apart[0])]
            raise InputError(
                f"Somebody held {names[0]!r} and {names[1]!r} to be two. Take that back first, then join the groups."
            )
        return self._decide([self._said_of(*self.groups.likeliest_link(own, theirs), "same", "groups joined", seen)])

    def _said_of(self, one: str, other: str, decision: str, note: str, heard: int) -> dict[str, Any]:
        return {"l": one, "r": other, "decision": decision, "note": note, "seen": self.kept.seen(one, other, heard)}

    def _offered(self, text: object, beside: object) -> list[dict[str, Any]]:
        if not isinstance(text, str) or len(text) > 200:
            raise InputError("Groups are found by a text.")
        return self.groups.offered(text, str(beside))


def _number(given: object, largest: int) -> int:
    """Return a number that a page sends.

    Raises
    ------
    InputError
        It is none, or out of bounds.
    """
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= max(largest, 0):
        raise InputError("This page asks for what is not there. Run the cell again.")
    return given


def review_pairs(engagement: Engagement, *, reviewer: str = "", blind: bool = False) -> "Screen":
    """Return a screen on which pairs and groups of records are looked at and decided.

    Each decision is kept with reviewer and time before it is shown as saved; the next matching obeys it.

    Parameters
    ----------
    engagement
        After ``match_records``.
    reviewer
        Who decides; without it, who is signed in on this machine.
    blind
        Whether probability and evidence are hidden until a pair is decided.

    Raises
    ------
    SnapshotMissingError
        Nothing has been matched yet.
    InputError
        What draws screens is not installed.
    """
    return opened_screen("review_pairs", ReviewDesk(engagement, reviewer=reviewer, is_blind=blind))
