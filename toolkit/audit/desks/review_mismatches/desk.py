"""The kernel's side of the screen for differences: the list, words on single ones and on many, and what others say."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from toolkit.audit.desks.audited import audited_run, fingerprint, refuse_other_records
from toolkit.audit.desks.review_mismatches.differences import STATUSES, Differences, Row, Wanted
from toolkit.audit.desks.review_mismatches.given_words import PAGE_ROWS, given_note, given_rows, given_whole
from toolkit.audit.desks.review_mismatches.item_desk import ItemDesk, ItemName
from toolkit.audit.desks.review_mismatches.policy_desk import PolicyDesk, read_deciders
from toolkit.audit.desks.review_mismatches.still import still_picture
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.planning import system_labels_of
from toolkit.errors import InputError, OvertakenError
from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.outcome_words import UNSETTLED
from toolkit.reconcile.truth import ONE_FACT
from toolkit.report.examples import field_words
from toolkit.store.decisions import LOOK_BACK, Entered, enter_decisions
from toolkit.store.rulings import keep_rulings
from toolkit.tables.rulings import DIFFERENCE, FINDINGS
from toolkit.widgets.desk import Answer

_TABLES = ("mismatch", "golden", "crosswalk", "counterpart")
_WORDS = ("left", "right", "neither", "open", "proposed")
_VIEWS_KEPT = 8
_MOST_NEWS = 1000
"""Of more rows the page is not told one by one: it asks for its list again."""


class MismatchDesk:
    """Where systems disagree, and what is decided about it."""

    def __init__(self, engagement: Engagement, reviewer: str) -> None:
        self.engagement, self.reviewer = engagement, reviewer
        read = read_deciders(engagement)
        self.run = audited_run(engagement, _TABLES, "roi")
        self._shown = fingerprint(engagement)
        self.labels = system_labels_of(engagement)
        self.list = Differences(self.run)
        self.lock = threading.RLock()
        self.items = ItemDesk(engagement, self.run, reviewer, lock=self.lock, look=self._hear, save=self._save)
        self.policies = PolicyDesk(engagement, self.run, self.list, reviewer, read=read, labels=self.labels, lock=self.lock)
        self._views: OrderedDict[int, tuple[str, list[int]]] = OrderedDict()
        self._view_count = 0
        self._last = 0
        self._news: list[int | ItemName] = []
        self._hear()
        self._news.clear()

    def first(self) -> dict[str, Any]:
        """Return the list as it opens, with its first rows."""
        with self.lock:
            return {
                "client": self.engagement.settings.client,
                "reviewer": self.reviewer,
                "labels": self.labels,
                "field_words": {name: field_words(name) for name in (*COMPARED_COLUMNS, "given_name", "family_name")},
                "facts": [list(one) for one in ONE_FACT],
                "items": self.items.counts() if self.run.has("counterpart") else {},
                "audited": self.run.facts["started_at"],
                **self._view(),
            }

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        own: dict[str, Answer] = {
            "view": self._view, "rows": self._rows, "decide": self._decide, "many": self._many, "again": self._again,
            "since": self._since,
        }  # fmt: skip
        return {**own, **self.items.questions(), **self.policies.questions()}

    def still(self) -> str:
        """Return the state as HTML."""
        with self.lock:
            deciders = self.policies.deciders()
            return still_picture(self.list, client=self.engagement.settings.client, labels=self.labels, deciders=deciders)

    def _save(
        self, rulings: Sequence[Mapping[str, Any]], believed: Sequence[int], pairs: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        """Store words of the reviewer, refused where somebody else said something meanwhile, and hear them.

        ``pairs`` are decisions on two records as `enter_decisions` takes them; all is stored or nothing.
        """
        refuse_other_records(self.engagement, self._shown)
        with self.engagement.store.changing() as connection:
            keep_rulings(connection, rulings, datetime.now(UTC), believed=believed)
            entered = enter_decisions(connection, pairs, datetime.now(UTC)) if pairs else Entered((), ())
            # Who says the same as somebody unheard has not decided it: it would be his to take back.
            seen = {pair["seen"] for pair in pairs}
            overtaken = [*entered.overtaken, *(row for row in entered.already if row["sequence"] not in seen)]
            if overtaken:
                who = overtaken[0]["reviewer"] or "Somebody"
                raise OvertakenError(f"{who} decided this in the meantime. Nothing was saved.")
        self._hear()

    def _view(self, **given: Any) -> dict[str, Any]:
        with self.lock:
            wanted = _wanted(given)
            self._look()
            chosen = self.list.chosen(wanted)
            self._view_count += 1
            self._views[self._view_count] = (self.policies.settings, chosen)
            while len(self._views) > _VIEWS_KEPT:
                self._views.popitem(last=False)
            return {
                "view": self._view_count,
                "wanted": asdict(wanted),
                "total": len(chosen),
                "rows": [self.list.row(place) for place in chosen[:PAGE_ROWS]],
                "counts": self.list.counts(wanted),
                "deciders": self.policies.deciders(),
                "settings": self.policies.settings,
                "last": len(self._news),
            }

    def _rows(self, view: object = 0, start: object = 0, count: object = PAGE_ROWS) -> list[Row]:
        with self.lock:
            chosen = self._chosen(view)
            return [self.list.row(place) for place in chosen[given_rows(start, count, len(chosen))]]

    def _decide(self, finding: object = None, decision: object = "", believed: object = 0, note: object = "") -> Row:
        with self.lock:
            place = self._place(finding)
            ruling = self._ruling(place, _word(decision), given_note(note))
            self._save([ruling], [given_whole(believed)])
            return {"row": self.list.row(place)}

    def _many(self, view: object = 0, decision: object = "proposed", *, is_sure: object = False) -> dict[str, Any]:
        """Say one word on all differences of a list that nobody decided; without ``is_sure`` only how many these are."""
        with self.lock:
            word = _word(decision)
            open_ones = [place for place in self._chosen(view) if self.list.status(place) in {"proposed", "unsettled"}]
            chosen = [place for place in open_ones if word != "proposed" or self._proposed_side(place)]
            if is_sure is not True:
                return {"count": len(chosen), "of": len(open_ones)}
            if self._views[given_whole(view)][0] != self.policies.settings:
                raise OvertakenError("Who decides a field was changed since this list was made. Nothing was saved.")
            believed = [self.list.sequence(place) for place in chosen]
            self._save([self._ruling(place, word, None) for place in chosen], believed)
            return {**self._done(chosen), "saw": believed}

    def _again(self, done: object = None, decision: object = "open") -> dict[str, Any]:
        """Take many words back, or say them again; refused as a whole where somebody said something else on one since."""
        with self.lock:
            word = _word(decision)
            listed = done if isinstance(done, list) and all(isinstance(one, list) and len(one) == 4 for one in done) else []
            places = [self._place(one[:3]) for one in listed]
            self._save([self._ruling(place, word, None) for place in places], [given_whole(one[3]) for one in listed])
            return self._done(places)

    def _done(self, places: Sequence[int]) -> dict[str, Any]:
        told = [(self.list.cells(place), self.list.sequence(place)) for place in places]
        names = ("column", "key_l", "key_r")
        return {
            "count": len(told),
            "done": [[*(row[name] for name in names), number] for row, number in told],
        }

    def _since(self, last: object = 0, items: object = "") -> dict[str, Any]:
        """Return what others decided since the page was last told; ``items`` names the list of items that it holds."""
        with self.lock:
            self._look()
            news = [*dict.fromkeys(self._news[given_whole(last) :])]
            places = [one for one in news if isinstance(one, int)]
            return {
                "last": len(self._news),
                "rows": [self.list.row(place) for place in places] if len(places) <= _MOST_NEWS else [],
                "is_more": len(places) > _MOST_NEWS,
                "items": self.items.told(items, {one for one in news if not isinstance(one, int)}),
                "settings": self.policies.settings,
            }

    def _ruling(self, place: int, word: str, note: str | None) -> Row:
        one = self.list.cells(place)
        decision = self._proposed_side(place) if word == "proposed" else word
        if not decision:
            raise InputError("Neither side has the value that is proposed, or nothing is proposed. Choose a side.")
        is_open = decision == "open"
        return {
            "subject": DIFFERENCE, "part": one["column"], "key_l": one["key_l"], "key_r": one["key_r"], "decision": decision,
            "value_l": None if is_open else one["value_l"], "value_r": None if is_open else one["value_r"],
            "reviewer": self.reviewer, "note": note,
        }  # fmt: skip

    def _proposed_side(self, place: int) -> str:
        """Return which side has the proposed value; nothing where neither has, or nothing is proposed."""
        one = self.list.cells(place)
        if self.list.status(place) == "unsettled" or str(one["reason"]).startswith(UNSETTLED):
            return ""
        # Of a system with several records of one party it may be another one that has the value.
        sides = [side for side in ("left", "right") if one[f"value_{side[0]}"] == one["proposed_value"]]
        return sides[0] if len(sides) == 1 else ""

    def _place(self, finding: object) -> int:
        if isinstance(finding, list) and len(finding) == 3 and all(isinstance(one, str) for one in finding):
            place = self.list.place(*finding)
            if place is not None:
                return place
        raise InputError("There is no such difference in this audit.")

    def _chosen(self, view: object) -> list[int]:
        held = self._views.get(given_whole(view))
        if held is None:
            raise InputError("This list was replaced by a newer one. Choose what is to be listed again.")
        return held[1]

    def _look(self) -> None:
        """Take in what is new, of whomever: words, and who decides."""
        self._hear()
        self.policies.look()

    def _hear(self) -> None:
        """Take every word that was said since, whoever said it."""
        told = self.engagement.store.rulings(FINDINGS, since=max(0, self._last - LOOK_BACK))
        self._news += self.list.hear(told)
        self._news += self.items.hear(told)
        self._last = max([self._last, *told["sequence"].to_pylist()])


def _wanted(given: Mapping[str, Any]) -> Wanted:
    known = {"field", "pair", "status", "with_formatting", "text"}
    if not given.keys() <= known or given.get("status", "open") not in STATUSES:
        raise InputError("This page is of another version than the kernel. Run the cell again.")
    texts = {name: str(given.get(name, ""))[:200] for name in ("field", "pair", "text")}
    return Wanted(**texts, status=given.get("status", "open"), with_formatting=given.get("with_formatting") is True)


def _word(decision: object) -> str:
    if decision not in _WORDS:
        raise InputError(f"{decision!r} is no decision. Say left, right, neither or open.")
    return str(decision)
