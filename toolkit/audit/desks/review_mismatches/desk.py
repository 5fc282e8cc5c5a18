"""The kernel's side of the screen for differences: the list, words on single ones, words on many, and policies."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any

from toolkit.audit.desks.audited import audited_run, fingerprint, refuse_other_records
from toolkit.audit.desks.review_mismatches.differences import STATUSES, Differences, Row, Wanted
from toolkit.audit.desks.review_mismatches.item_desk import ItemDesk
from toolkit.audit.desks.review_mismatches.policies import Proposal, policy, proposals
from toolkit.audit.desks.review_mismatches.still import still_picture
from toolkit.audit.desks.rewritten_settings import Rewriting, put_back, rewritten, settings_hash
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.planning import system_labels_of
from toolkit.audit.records import Records, engagement_records
from toolkit.audit.stages.reconcile import sources_of_truth
from toolkit.errors import InputError
from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.outcome_words import UNSETTLED
from toolkit.reconcile.truth import ONE_FACT
from toolkit.report.examples import field_words
from toolkit.tables.rulings import DIFFERENCE, FINDINGS
from toolkit.widgets.desk import Answer

_TABLES = ("mismatch", "golden", "crosswalk", "counterpart")
_WORDS = ("left", "right", "neither", "open", "proposed")
_VIEWS_KEPT = 8
_PAGE = 100
_LOOK_BACK = 200
"""Numbers of words that are read again: on a shared server a smaller number may come later than a larger one."""
_MAX_NOTE = 1000


class MismatchDesk:
    """Where systems disagree, and what is decided about it."""

    def __init__(self, engagement: Engagement, reviewer: str) -> None:
        self.engagement, self.reviewer = engagement, reviewer
        self.run = audited_run(engagement, _TABLES, "handoffs")
        self._shown = fingerprint(engagement)
        self.labels = system_labels_of(engagement)
        self.list = Differences(self.run)
        self.lock = threading.RLock()
        self.items = ItemDesk(engagement, self.run, reviewer, lock=self.lock, save=self._save)
        self._views: OrderedDict[int, list[int]] = OrderedDict()
        self._view_count = 0
        self._last = 0
        self._settings: dict[int, tuple[Rewriting, dict[int, Proposal]]] = {}
        self._hear(0)

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
            "try_policy": self._try_policy, "policy": self._policy, "policy_back": self._policy_back,
        }  # fmt: skip
        return {**own, **self.items.questions()}

    def still(self) -> str:
        """Return the state as HTML."""
        with self.lock:
            return still_picture(
                self.list, client=self.engagement.settings.client, labels=self.labels, deciders=self.deciders()
            )

    def _save(self, rulings: Sequence[Mapping[str, Any]], believed: Sequence[int]) -> None:
        """Store words of the reviewer, refused where somebody else said something meanwhile, and hear them."""
        refuse_other_records(self.engagement, self._shown)
        self.engagement.store.add_rulings(rulings, believed=believed)
        self._hear(self._last)

    def _view(self, **given: Any) -> dict[str, Any]:
        with self.lock:
            self._hear(self._last)
            wanted = _wanted(given)
            chosen = self.list.chosen(wanted)
            self._view_count += 1
            self._views[self._view_count] = chosen
            while len(self._views) > _VIEWS_KEPT:
                self._views.popitem(last=False)
            return {
                "view": self._view_count,
                "wanted": asdict(wanted),
                "total": len(chosen),
                "rows": [self.list.row(place) for place in chosen[:_PAGE]],
                "counts": self.list.counts(wanted),
                "deciders": self.deciders(),
                "settings": settings_hash(self.engagement),
                "last": self._last,
            }

    def _rows(self, view: object = 0, start: object = 0, count: object = _PAGE) -> list[Row]:
        with self.lock:
            chosen = self._chosen(view)
            first, size = _whole(start, len(chosen)), min(_whole(count, _PAGE), _PAGE)
            return [self.list.row(place) for place in chosen[first : first + size]]

    def _decide(self, finding: object = None, decision: object = "", believed: object = 0, note: object = "") -> Row:
        with self.lock:
            place = self._place(finding)
            ruling = self._ruling(place, _word(decision), _note(note))
            self._save([ruling], [_whole(believed)])
            return {"row": self.list.row(place), "last": self._last}

    def _many(self, view: object = 0, decision: object = "proposed", *, is_sure: object = False) -> dict[str, Any]:
        """Say one word on all differences of a list that nobody decided; without ``is_sure`` only how many these are."""
        with self.lock:
            word = _word(decision)
            open_ones = [place for place in self._chosen(view) if self.list.status(place) in {"proposed", "unsettled"}]
            chosen = [place for place in open_ones if word != "proposed" or self._proposed_side(place)]
            if is_sure is not True:
                return {"count": len(chosen), "of": len(open_ones)}
            believed = [self.list.sequence(place) for place in chosen]
            self._save([self._ruling(place, word, None) for place in chosen], believed)
            return self._done(chosen)

    def _again(self, done: object = None, decision: object = "open") -> dict[str, Any]:
        """Take many words back, or say them again; refused as a whole where somebody said something else on one since."""
        with self.lock:
            word = _word(decision)
            listed = done if isinstance(done, list) and all(isinstance(one, list) and len(one) == 4 for one in done) else []
            places = [self._place(one[:3]) for one in listed]
            self._save([self._ruling(place, word, None) for place in places], [_whole(one[3]) for one in listed])
            return self._done(places)

    def _done(self, places: Sequence[int]) -> dict[str, Any]:
        told = [(self.list.cells(place), self.list.sequence(place)) for place in places]
        names = ("column", "key_l", "key_r")
        return {
            "count": len(told),
            "done": [[*(row[name] for name in names), number] for row, number in told],
            "last": self._last,
        }

    def _since(self, last: object = 0) -> dict[str, Any]:
        """Return what others decided since the page was last told."""
        with self.lock:
            before = self._last
            self._hear(self._last)
            heard = self._heard_since(_whole(last)) if self._last > before or _whole(last) < self._last else []
            return {"last": self._last, "rows": heard, "settings": settings_hash(self.engagement)}

    def _try_policy(self, column: object = "", system: object = "") -> dict[str, Any]:
        with self.lock:
            return self._policy_counts(*self._tried(column, system))

    def _policy(self, column: object = "", system: object = "", believed: object = "") -> dict[str, Any]:
        """Write that one system decides a field, and propose its values from now on."""
        with self.lock:
            places, found = self._tried(column, system)
            chosen = policy(self.engagement, str(column), str(system))
            self.engagement, change = rewritten(
                self.engagement, chosen.changes, believed=str(believed), reviewer=self.reviewer
            )
            before = {place: self._proposal(place) for place in places}
            told = self._policy_counts(places, found)
            self.list.propose(found)
            step = len(self._settings) + 1
            self._settings[step] = (change, before)
            return {**told, "step": step, "deciders": self.deciders(), "settings": settings_hash(self.engagement)}

    def _policy_back(self, step: object = 0) -> dict[str, Any]:
        with self.lock:
            held = self._settings.get(_whole(step))
            if held is None:
                raise InputError("There is no such change of engagement.yaml to take back.")
            change, before = held
            self.engagement = put_back(self.engagement, change, reviewer=self.reviewer)
            self.list.propose(before)
            return {"deciders": self.deciders(), "settings": settings_hash(self.engagement)}

    def _tried(self, column: object, system: object) -> tuple[list[int], dict[int, Proposal]]:
        if column not in COMPARED_COLUMNS or system not in self.labels:
            raise InputError(f"There is no field {column!r}, or no system {system!r}, to decide by.")
        chosen = policy(self.engagement, str(column), str(system))
        columns = self.list.columns()
        places = [place for place, name in enumerate(columns["column"]) if name in chosen.columns]
        return places, proposals(
            self.engagement, self.run, self._records, columns=columns, places=places, truth=chosen.truth
        )

    def _policy_counts(self, places: Sequence[int], found: Mapping[int, Proposal]) -> dict[str, Any]:
        real = [place for place in places if self.list.cells(place)["kind"] != "formatting"]
        undecided = [place for place in real if self.list.status(place) != "decided"]
        settled = [place for place in undecided if not self._proposal(place)[1] and found[place][1]]
        changed = [
            place for place in undecided if self._proposal(place)[1] and found[place][:2] != self._proposal(place)[:2]
        ]
        return {
            "differences": len(real), "undecided": len(undecided), "settled": len(settled), "changed": len(changed),
            "left": sum(not found[place][1] for place in undecided),
        }  # fmt: skip

    def _proposal(self, place: int) -> Proposal:
        one = self.list.cells(place)
        return one["proposed_value"], one["proposed_system"], one["reason"]

    def deciders(self) -> dict[str, str | None]:
        """Return which system decides each field; none where nobody said."""
        truth = sources_of_truth(self.engagement)
        return {column: truth.system_for("party", column) for column in COMPARED_COLUMNS}

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
        held = self._views.get(_whole(view))
        if held is None:
            raise InputError("This list was replaced by a newer one. Choose what is to be listed again.")
        return held

    def _hear(self, last: int) -> None:
        """Take every word that was said after ``last``, whoever said it."""
        told = self.engagement.store.rulings(FINDINGS, since=max(0, last - _LOOK_BACK))
        self.list.hear(told)
        self.items.hear(told)
        self._last = max([last, *told["sequence"].to_pylist()])

    def _heard_since(self, last: int) -> list[Row]:
        told = self.engagement.store.rulings((DIFFERENCE,), since=last).to_pylist()
        places = (self.list.place(row["part"], row["key_l"], row["key_r"]) for row in told[-_PAGE * 10 :])
        return [self.list.row(place) for place in places if place is not None]

    @cached_property
    def _records(self) -> Records:
        return engagement_records(self.engagement)


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


def _note(note: object) -> str | None:
    text = str(note or "").strip()
    if len(text) > _MAX_NOTE:
        raise InputError(f"A note has at most {_MAX_NOTE:,} characters.")
    return text or None


def _whole(number: object, most: int = 2**53) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
        raise InputError("This page is of another version than the kernel. Run the cell again.")
    return number
