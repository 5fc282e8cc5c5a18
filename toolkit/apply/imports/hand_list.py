"""The list of what is done by hand: what was, what shall be, what to do, why no file does it, how it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.apply.imports.cells import NoCell, amount_text, is_amount
from toolkit.apply.imports.field_words import field_words
from toolkit.apply.imports.steps import Decided
from toolkit.changes import Action, Operation, maker_of
from toolkit.connector import ByHand, HandWords

HEADERS = ("step", "change", "kind", "id", "record", "before", "after", "what to do", "why by hand", "why at all",
           "how to take it back", "change id")  # fmt: skip
UNDO_HEADERS = ("step", "takes back step", "kind", "id", "record", "what to do", "set back to", "change id")

_WORDS: Mapping[Action, ByHand] = {
    "create": ByHand(
        "Make a record with what stands under “after”.", "Archive the record that was made, or delete it if nothing uses it."
    ),
    "update": ByHand(
        "Open the record and set its fields to what stands under “after”.",
        "Set these fields back to what stands under “before”.",
    ),
    "repoint": ByHand(
        "Open the record and choose what stands under “after” in the place of what stands under “before”.",
        "Choose what stands under “before” again.",
    ),
    "archive": ByHand("Archive the record or make it inactive. Do not delete it.", "Make the record active again."),
    "restore": ByHand("Make the record active again.", "Archive the record again."),
    "merge": ByHand(
        "Merge the record into the one under “after”, which stays.",
        "A merge cannot be taken back: make the record again from what stands under “before”.",
    ),
    "delete": ByHand("Delete the record.", "Make the record again from what stands under “before”."),
    "file_write": ByHand("Put what stands under “after” into the file.", "Put back what stands under “before”."),
}
_SHOWN_CHILDREN = 20
REFERENCES = frozenset({"party_ref", "parent_ref"})
"""Columns that name another record of the system."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a person is told of changes: what the product calls what is done, what its records are called, its currency."""

    words: HandWords
    names: Mapping[str, str]
    currency: str | None

    def values(self, change: Operation, values: Mapping[str, str | None]) -> str:
        """Return fields and values, one on a line: amounts with their decimals, what is referred to with its name."""
        stated = (change.after.get("currency"), change.before.get("currency"), self.currency)
        currency = next((code for code in stated if code), None)
        return "\n".join(
            f"{_field(name)}: {self._value(name.rpartition('.')[2], value, change, currency)}"
            for name, value in sorted(values.items())
        )

    def _value(self, name: str, value: str | None, change: Operation, currency: str | None) -> str:
        maker = maker_of(value, change.depends_on)
        if maker is not None:
            return f"(the record that change {maker} makes)"
        if not value:
            return "(empty)"
        if is_amount(name):
            amount = amount_text(value, currency)
            return f"{value} in the smallest units" if isinstance(amount, NoCell) else amount
        called = self.names.get(value, "") if name in REFERENCES else ""
        return f"{value} ({called})" if called and called != value else value


def hand_row(step: int, one: Decided, spoken: Spoken) -> list[str]:
    """Return the line of a change that is made by hand.

    Parameters
    ----------
    step
        Its number.
    one
        The change, and why it is not in a file.
    spoken
        How a person is told of it.
    """
    change = one.one
    said = hand_words(change, spoken.words)
    return [
        str(step),
        change.action,
        change.stream,
        change.target_id or "(new)",
        one.name,
        spoken.values(change, change.before),
        spoken.values(change, change.after),
        said.do + _children(change),
        one.reason,
        " ".join(change.evidence.reasons),
        said.undo,
        change.op_id,
    ]


def undo_row(step: int, taken_back: int, one: Decided, what: str, spoken: Spoken) -> list[str]:
    """Return the line of what is taken back by hand.

    Parameters
    ----------
    step
        Number of the step that takes back.
    taken_back
        Number of the step that is taken back.
    one
        The change.
    what
        What to do.
    spoken
        How a person is told of it.
    """
    change = one.one
    return [
        str(step),
        str(taken_back),
        change.stream,
        change.target_id or "(new)",
        one.name,
        what,
        spoken.values(change, change.after if change.target_id is None else change.before),
        change.op_id,
    ]


def hand_words(change: Operation, words: HandWords) -> ByHand:
    """Return what is done by hand for a change, and how it is taken back."""
    return words.get(change.action, _WORDS[change.action])


def _field(name: str) -> str:
    *line, column = name.split(".")
    return " ".join([*line, field_words(column)])


def _children(change: Operation) -> str:
    if not change.children:
        return ""
    named = [f"{one.record_key} ({field_words(one.column)})" for one in change.children]
    more = f" and {len(named) - _SHOWN_CHILDREN} more" if len(named) > _SHOWN_CHILDREN else ""
    return f" First see that nothing refers to it any more: {', '.join(named[:_SHOWN_CHILDREN])}{more}."
