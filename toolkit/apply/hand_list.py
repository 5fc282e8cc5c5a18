"""The list of what is done by hand: what was, what shall be, what to do, why no file does it, how it is taken back."""

from collections.abc import Mapping

from toolkit.apply.field_words import field_words
from toolkit.apply.steps import Decided
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


def hand_row(step: int, one: Decided, words: HandWords) -> list[str]:
    """Return the line of a change that is made by hand.

    Parameters
    ----------
    step
        Its number.
    one
        The change, and why it is not in a file.
    words
        What the product calls what is done, where that is known.
    """
    change = one.one
    said = hand_words(change, words)
    return [
        str(step),
        change.action,
        change.stream,
        change.target_id or "(new)",
        one.name,
        values_text(change.before),
        values_text(change.after, change.depends_on),
        said.do + _children(change),
        one.reason,
        " ".join(change.evidence.reasons),
        said.undo,
        change.op_id,
    ]


def undo_row(step: int, taken_back: int, one: Decided, what: str) -> list[str]:
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
    """
    change = one.one
    return [
        str(step),
        str(taken_back),
        change.stream,
        change.target_id or "(new)",
        one.name,
        what,
        values_text(change.before) if change.target_id is not None else values_text(change.after, change.depends_on),
        change.op_id,
    ]


def hand_words(change: Operation, words: HandWords) -> ByHand:
    """Return what is done by hand for a change, and how it is taken back."""
    return words.get(change.action, _WORDS[change.action])


def values_text(values: Mapping[str, str | None], depends_on: tuple[str, ...] = ()) -> str:
    r"""Return fields and their values, one on a line; a record that the plan makes is named by the change that makes it.

    Examples
    --------
    >>> values_text({"phone": "555", "city": None})
    'city: (empty)\nphone: 555'
    >>> values_text({"party_ref": "made:0f3a", "line.1.amount_minor": "500"}, ("0f3a",))
    'line 1 amount: 500\ncustomer or supplier: (the record that change 0f3a makes)'
    """
    return "\n".join(f"{_field(name)}: {_value(value, depends_on)}" for name, value in sorted(values.items()))


def _field(name: str) -> str:
    *line, column = name.split(".")
    return " ".join([*line, field_words(column)])


def _value(value: str | None, depends_on: tuple[str, ...]) -> str:
    maker = maker_of(value, depends_on)
    return (value or "(empty)") if maker is None else f"(the record that change {maker} makes)"


def _children(change: Operation) -> str:
    if not change.children:
        return ""
    named = [f"{one.record_key} ({field_words(one.column)})" for one in change.children]
    more = f" and {len(named) - _SHOWN_CHILDREN} more" if len(named) > _SHOWN_CHILDREN else ""
    return f" First see that nothing refers to it any more: {', '.join(named[:_SHOWN_CHILDREN])}{more}."
