"""Changes single values in the text of a YAML file: every other line, comment and blank stays byte for byte.

The round-trip parser says where each value begins and ends; only those places are written. What is new goes right behind the
last value of its mapping, so that a comment about the next one stays with the next one.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_NOT_TEXT = {"true", "false", "null"}  # of YAML 1.2, where yes, no and on are words
_MAX_WIDTH = 110
# A figure with who said it, when and why stands on one line; a whole handoff does not.
_MAX_FIGURE_WIDTH = 160


class Gone(Enum):
    """The one thing that says of a key that it shall not be there, or that it was not."""

    GONE = "gone"


GONE = Gone.GONE


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A value to be written, also where it is a mapping itself."""

    value: Any


def edited_text(text: str, changes: Mapping[tuple[str, ...], Any]) -> str:
    r"""Return a YAML text with the values at ``changes`` set.

    Parameters
    ----------
    text
        One YAML document whose top is a mapping.
    changes
        Path of keys to what shall stand there: text, number, truth, date, or a list or mapping of them; ``GONE`` takes the
        key out, with its own lines.

    Examples
    --------
    >>> print(edited_text("crm: {owner: ''}  # confirm\n# people\nby: Dana", {("crm", "owner"): "Sales", ("on",): 5}))
    crm: {owner: Sales}  # confirm
    # people
    by: Dana
    on: 5
    <BLANKLINE>
    """
    from ruamel.yaml import YAML

    tree: dict[str, Any] = {}
    root = YAML(typ="rt").compose(text)
    for keys, value in changes.items():
        if value is GONE and not _holds(root, keys):
            continue
        place = tree
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = _Value(value)
    edits = [*_edits(root, tree, text)] if tree else []
    # From the end, so that places stay true; of two at one place, the inner one was found first and stands first.
    for edit in sorted(edits, key=lambda one: (one.start, one.end))[::-1]:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def text_without(text: str, key: str) -> str:
    r"""Return a YAML text without the lines of one key at its top; the same where it has none, or shares its lines.

    Parameters
    ----------
    text
        One YAML document whose top is a mapping.
    key
        Of the entry that goes.

    Examples
    --------
    >>> text_without("by: Dana\nstate: {url: env:X}  # shared\n# people\non: 5\n", "state")
    'by: Dana\n# people\non: 5\n'
    """
    from ruamel.yaml import YAML

    node = YAML(typ="rt").compose(text)
    places = [(name.start_mark, _end(value)) for name, value in node.value if name.value == key]
    if not places or node.flow_style:
        return text
    [(start, end)] = places
    line_end = text.find("\n", end)
    return text[: start.index - start.column] + (text[line_end + 1 :] if line_end >= 0 else "")


def _holds(node: Any, keys: tuple[str, ...]) -> bool:
    """Return whether something stands at some keys."""
    for key in keys:
        held = {name.value: value for name, value in node.value} if isinstance(getattr(node, "value", None), list) else {}
        if key not in held:
            return False
        node = held[key]
    return True


def _edits(node: Any, changes: Mapping[str, Any], text: str) -> Iterator[_Edit]:
    """Yield what to write into one mapping."""
    held = {key.value: value for key, value in node.value}
    unwanted = {key for key, change in changes.items() if isinstance(change, _Value) and change.value is GONE}
    gone = unwanted & held.keys()
    added = {key: change for key, change in changes.items() if key not in held and key not in unwanted}
    yield from _removals(node, gone, text, is_left_empty=not added and held.keys() <= gone)
    for key, change in changes.items():
        if key not in held or key in gone:
            continue
        value = held[key]
        if isinstance(change, _Value):
            yield _Edit(value.start_mark.index, _end(value), _flow(change))
        elif not isinstance(value.value, str) and value.value:
            yield from _edits(value, change, text)
        elif node.flow_style:
            yield _Edit(value.start_mark.index, _end(value), _flow(change))
        else:
            yield from _filled(value, change, node.start_mark.column + 2, text)
    if added and node.flow_style:
        written = ", ".join(f"{_scalar(key)}: {_flow(change)}" for key, change in added.items())
        comma = ", " if len(gone) < len(held) else ""
        yield _Edit(_end(node.value[-1][1]), _end(node.value[-1][1]), f"{comma}{written}")
    elif added:
        yield _after_line(_end(node), _block(added, node.start_mark.column), text)


def _removals(node: Any, gone: set[str], text: str, *, is_left_empty: bool) -> Iterator[_Edit]:
    """Yield what takes entries out of a mapping: their lines with what is noted on them, or their part of a line."""
    entries = [(key.value, key.start_mark, _end(value)) for key, value in node.value]
    is_kept_before = False
    for place, (key, start, end) in enumerate(entries):
        if key not in gone:
            is_kept_before = True
        elif not node.flow_style:
            line_end = text.find("\n", end)
            yield _Edit(start.index - start.column, len(text) if line_end < 0 else line_end + 1, "")
        elif is_kept_before:
            yield _Edit(entries[place - 1][2], end, "")
        else:
            yield _Edit(start.index, entries[place + 1][1].index if place + 1 < len(entries) else end, "")
    if gone and is_left_empty and not node.flow_style:
        start = entries[0][1]
        line = start.index - start.column
        yield _Edit(line, line, " " * start.column + "{}\n")


def _filled(value: Any, change: Mapping[str, Any], column: int, text: str) -> Iterator[_Edit]:
    """Yield what turns an empty mapping, or nothing, into lines of their own."""
    start, end = value.start_mark.index, value.end_mark.index
    line_end = text.find("\n", end)
    if not text[end : line_end if line_end >= 0 else None].strip():
        start = len(text[:start].rstrip(" "))
        end = line_end if line_end >= 0 else len(text)
    yield _Edit(start, end, "")
    yield _after_line(end, _block(change, column), text)


def _after_line(index: int, lines: str, text: str) -> _Edit:
    """Return what puts ``lines`` below the line that ``index`` ends on."""
    if index and text[index - 1] == "\n":
        return _Edit(index, index, lines)
    line_end = text.find("\n", index)
    place, before = (len(text), "\n") if line_end < 0 else (line_end + 1, "")
    return _Edit(place, place, before + lines)


def _end(node: Any) -> int:
    """Return where what is written of a node ends; a block's own mark stands behind the comments after it."""
    children = node.value if isinstance(node.value, list) else []
    if children and not node.flow_style:
        last = children[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _block(changes: Mapping[str, Any], column: int) -> str:
    """Return new entries as lines; an entry that fits on one line stands on one."""
    lines = ""
    for key, change in changes.items():
        line = f"{' ' * column}{_scalar(key)}: {_flow(change)}"
        if isinstance(change, _Value) and isinstance(change.value, Mapping) and len(line) > _MAX_FIGURE_WIDTH:
            change = {name: _Value(value) for name, value in change.value.items()}  # noqa: PLW2901 - the same, on lines
        if isinstance(change, _Value) or len(line) <= _MAX_WIDTH:
            lines += line + "\n"
        else:
            lines += f"{' ' * column}{_scalar(key)}:\n{_block(change, column + 2)}"
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, _Value):
        return _flow(value.value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Return a value as YAML that reads back as itself: JSON is a part of YAML, and plain words need no quotes."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN_WORD.fullmatch(value) and value.casefold() not in _NOT_TEXT:
        return value
    # JSON escapes in pairs what lies beyond sixteen bits; YAML reads such a pair as two characters.
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in quoted)
