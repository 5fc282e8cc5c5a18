"""A plan as a page shows it: counted, sampled, filtered, each change with what it was, what it becomes, and why."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.audit.desks.given import given_choice, given_number, given_text
from toolkit.audit.jobs.agreeing import LOSSES
from toolkit.changes import Excess, Operation, Plan, excesses
from toolkit.changes.operation import LOST_WORD
from toolkit.changes.summary import summary_rows
from toolkit.errors import InputError, PlanRefusedError
from toolkit.report.plan_words import (
    ACTION_WORDS,
    CLASS_WORDS,
    back_words,
    called_names,
    left_out_rows,
    money_words,
    operation_rows,
    operation_words,
    stream_words,
)
from toolkit.values.counted import counted

PAGE = 200
"""How many rows a page asks for at once, at most."""
_SAMPLES = 2
_MAX_SHOWN = 20
_KEPT_FILTERS = 8
_CONDITIONS: Mapping[str, str] = {
    "field_hash": "the fields shown still hold what stands under “now”",
    "updated_at": "nobody has changed the record since it was read",
}
_SAME_VERSION = "the record still has the version that was read"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes are looked at: of a kind, with an action, of a class of ways back, holding a word; empty is any."""

    kind: str = ""
    action: str = ""
    back: str = ""
    word: str = ""


class PlanSheet:
    """One plan, to be looked at from several threads; it never changes."""

    def __init__(self, plan: Plan, names: Mapping[str, str]) -> None:
        self.plan = plan
        self._names = names
        self._called = called_names(plan, names)
        self._places = {one.op_id: place for place, one in enumerate(plan.operations)}
        self._lock = threading.Lock()
        self._texts: list[str] = []
        self._found: dict[Wanted, list[int]] = {}

    def summary(self) -> list[dict[str, Any]]:
        """Return a row for each kind of change: what, what happens, how many, how far it is taken back, and two of them."""
        return [
            {
                "kind": one.stream,
                "what": stream_words(one.stream),
                "action": one.action,
                "happens": ACTION_WORDS[one.action],
                "back": one.reversibility,
                "taken_back": back_words(one.action, one.reversibility),
                "count": one.count,
                "samples": [
                    self.change(self.plan.operations[place].op_id)
                    for place in self.places(Wanted(one.stream, one.action, one.reversibility))[:_SAMPLES]
                ],
            }
            for one in summary_rows(self.plan.summary)
        ]

    def guards(self) -> list[Excess]:
        """Return what the guard against mass change keeps back until somebody agrees to it."""
        return [*excesses(self.plan.summary, {})]

    def losses(self) -> list[dict[str, Any]]:
        """Return the classes of changes that cannot be taken back exactly, each with its count and what is lost."""
        found = []
        for loss in LOSSES:
            changes = [one for one in self.plan.operations if one.reversibility == loss]
            if changes:
                words = f"{counted(len(changes), 'change')} of this plan {CLASS_WORDS[loss]}"
                reasons = dict.fromkeys(
                    said for one in changes for said in one.evidence.reasons if said.startswith(LOST_WORD)
                )
                found.append({"class": loss, "count": len(changes), "words": words, "lost": [*reasons][:_MAX_SHOWN]})
        return found

    def left_out(self) -> list[dict[str, Any]]:
        """Return what the rules did not decide, by subject and reason, with the first records of each."""
        keys: dict[tuple[str, str], list[str]] = {}
        for one in self.plan.left_out:
            held = keys.setdefault((one.subject, one.reason), [])
            held += one.record_keys[: _MAX_SHOWN - len(held)]
        return [
            {
                "about": stream_words(subject),
                "why": reason,
                "count": count,
                "records": [self._names.get(key, key) for key in keys[subject, reason]],
            }
            for subject, reason, count in left_out_rows(self.plan)
        ]

    def money(self) -> list[str]:
        """Return the money that the plan touches, by currency."""
        return money_words(self.plan)

    def rows(self, places: Sequence[int]) -> list[dict[str, Any]]:
        """Return changes as rows of a list: the first field of each, and how many more there are."""
        return [self._row(place) for place in places]

    def places(self, wanted: Wanted) -> list[int]:
        """Return the places of the changes that are looked for, in the order in which they are done."""
        with self._lock:
            if wanted not in self._found:
                if len(self._found) >= _KEPT_FILTERS:
                    self._found.pop(next(iter(self._found)))
                self._found[wanted] = self._matching(wanted)
            return self._found[wanted]

    def change(self, op_id: str) -> dict[str, Any]:
        """Return all there is to know of one change.

        Raises
        ------
        InputError
            There is no such change in the plan.
        """
        if op_id not in self._places:
            raise InputError("This plan has no such change. Run the cell again: another plan may have been made.")
        place = self._places[op_id]
        one = self.plan.operations[place]
        rows = operation_rows(self.plan, place + 1, one, self._names, self._called)
        fields = [{name: row[name] for name in ("field", "now", "then")} for row in rows if row["field"]]
        return {**self._row(place), "fields": fields, **self._evidence(one)}

    def words(self, one: Operation) -> str:
        """Return what the record of a change is called."""
        return operation_words(self.plan, one, self._names)

    def _row(self, place: int) -> dict[str, Any]:
        one = self.plan.operations[place]
        rows = operation_rows(self.plan, place + 1, one, self._names, self._called)
        return {
            "number": place + 1,
            "op_id": one.op_id,
            "record": rows[0]["record"],
            "id": one.target_id or "",
            "what": stream_words(one.stream),
            "happens": ACTION_WORDS[one.action],
            "field": rows[0]["field"],
            "now": rows[0]["now"],
            "then": rows[0]["then"],
            "more": len(rows) - 1,
            "back": one.reversibility,
            "taken_back": back_words(one.action, one.reversibility),
            "takes_away": one.is_destructive,
        }

    def _evidence(self, one: Operation) -> dict[str, Any]:
        waits = [self.plan.operations[self._places[name]] for name in one.depends_on]
        condition = one.precondition
        return {
            "why": [*one.evidence.reasons],
            "from": self._names.get(one.evidence.from_key or "", one.evidence.from_key or ""),
            "sure": _share_words(one.evidence.probability),
            "only_if": "" if condition is None else _CONDITIONS.get(condition.kind, _SAME_VERSION),
            "moves": [self._names.get(child.record_key, child.record_key) for child in one.children[:_MAX_SHOWN]],
            "moves_count": len(one.children),
            "after": [f"{self.words(each)} {ACTION_WORDS[each.action]}" for each in waits[:_MAX_SHOWN]],
        }

    def _matching(self, wanted: Wanted) -> list[int]:
        word = wanted.word.casefold()
        if word and not self._texts:
            self._texts = [self._text(place) for place in range(len(self.plan.operations))]
        return [
            place
            for place, one in enumerate(self.plan.operations)
            if wanted.kind in {"", one.stream}
            and wanted.action in {"", one.action}
            and wanted.back in {"", one.reversibility}
            and (not word or word in self._texts[place])
        ]

    def _text(self, place: int) -> str:
        """Return what a change is found by: its record, its values, its reasons."""
        one = self.plan.operations[place]
        rows = operation_rows(self.plan, place + 1, one, self._names, self._called)
        cells = [one.op_id, rows[0]["record"], rows[0]["id"], rows[0]["why"], rows[0]["value from"]]
        cells += [row[name] for row in rows for name in ("field", "now", "then")]
        return "\n".join(cells).casefold()


def wanted_changes(plan: Plan, kind: object, action: object, back: object, word: object) -> Wanted:
    """Return which changes a page asks for; refuse what the plan does not know.

    Parameters
    ----------
    plan
        The plan.
    kind, action, back, word
        As the page sent them.
    """
    rows = summary_rows(plan.summary)
    return Wanted(
        given_choice("kind of object", kind, ["", *{one.stream for one in rows}]),
        given_choice("kind of change", action, ["", *{one.action for one in rows}]),
        given_choice("way back", back, ["", *{one.reversibility for one in rows}]),
        given_text("word to look for", word, longest=200).strip(),
    )


def page_of(places: Sequence[int], first: object, count: object) -> Sequence[int]:
    """Return the part of a list that a page asks for.

    Parameters
    ----------
    places
        The list.
    first, count
        As the page sent them.
    """
    begin = given_number("first row", first, highest=10_000_000)
    return places[begin : begin + given_number("number of rows", count, highest=PAGE)]


def given_ceilings(sheet: PlanSheet, given: object) -> dict[str, int]:
    """Return up to how many records of each kind may be taken away; refuse where less was typed than would be.

    Parameters
    ----------
    sheet
        The plan.
    given
        As the page sent it: numbers by kind of object.

    Raises
    ------
    PlanRefusedError
        With the number that is to be typed.
    """
    if given is not None and not isinstance(given, dict):
        raise InputError("The page gave no ceilings. Run the cell again.")
    found = {}
    for one in sheet.guards():
        value = (given or {}).get(one.stream)
        what = f"{one.count:,} of {one.record_count:,} {stream_words(one.stream)} would be taken away or emptied"
        if value is None:
            raise PlanRefusedError(f"{what}. Type {one.count} into its field to agree to that.")
        agreed_count = given_number(f"number of {stream_words(one.stream)}", value, highest=1_000_000_000)
        if agreed_count < one.count:
            raise PlanRefusedError(f"{what}, and {agreed_count:,} were agreed to. Type {one.count} to agree to all.")
        found[one.stream] = agreed_count
    return found


def given_losses(sheet: PlanSheet, given: object) -> list[str]:
    """Return the losses that are agreed to; refuse where one of the plan's is not among them.

    Parameters
    ----------
    sheet
        The plan.
    given
        As the page sent it: names of classes.

    Raises
    ------
    PlanRefusedError
        With what is to be agreed to.
    """
    if not isinstance(given, list | tuple):
        raise InputError("The page gave no list of losses. Run the cell again.")
    lacking = [one for one in sheet.losses() if one["class"] not in given]
    if lacking:
        raise PlanRefusedError(f"{lacking[0]['words']}. Tick its box to agree to that too.")
    return [one["class"] for one in sheet.losses()]


def _share_words(probability: str | None) -> str:
    """Return how sure a match is, in words; empty where nothing says so.

    Examples
    --------
    >>> _share_words("0.9731"), _share_words("0.99996"), _share_words(None)
    ('97.3 %', 'over 99.9 %', '')
    """
    if not probability:
        return ""
    share = float(probability)
    return "over 99.9 %" if share > 0.999 else f"{100 * share:.1f} %"
