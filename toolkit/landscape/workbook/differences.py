"""Where an answer says something else than what is known, one setting each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One setting: where it stands, what it is, what it would be."""

    keys: tuple[str, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change, what could not be taken, and what a person should know."""

    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def joined(parts: Iterable[Changes]) -> Changes:
    """Return several answers as one, in their order.

    Examples
    --------
    >>> joined([Changes(notes=("one",)), Changes(notes=("two",))]).notes
    ('one', 'two')
    """
    held = list(parts)
    return Changes(
        tuple(change for one in held for change in one.changes),
        tuple(problem for one in held for problem in one.problems),
        tuple(note for one in held for note in one.notes),
    )


def added(place: tuple[str, ...], values: Mapping[str, Any]) -> list[Change]:
    """Return settings that were not there before."""
    return [Change((*place, key), None, value) for key, value in values.items()]


def different_cells(
    place: tuple[str, ...], known: Mapping[str, Any], answered: Mapping[str, Any], keys: Iterable[str]
) -> list[Change]:
    """Return the cells that say something else than what is known; an empty one says nothing.

    Parameters
    ----------
    place
        Where the row stands in the settings.
    known, answered
        The row as it went out and as it came back, by the keys of the form.
    keys
        The columns to look at.

    Examples
    --------
    >>> known, answered = {"owner": "Jo", "users": 9}, {"owner": "Nora ", "users": None}
    >>> different_cells(("systems", "crm"), known, answered, ("owner", "users"))
    [Change(keys=('systems', 'crm', 'owner'), before='Jo', after='Nora')]
    """
    found = []
    for key in keys:
        answer = one_line(answered.get(key))
        if answer is not None and answer != "" and not is_same(answer, one_line(known.get(key))):
            found.append(Change((*place, key), known.get(key), answer))
    return found


def rows_by(rows: Iterable[Mapping[str, Any]], key: str) -> dict[str, Mapping[str, Any]]:
    """Return rows by the text under ``key`` in lower case; the first of several counts."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        found.setdefault(str(row[key]).casefold(), row)
    return found


def one_line(value: Any) -> Any:
    r"""Return a text without line breaks and double blanks; any other value as it is.

    Examples
    --------
    >>> one_line(" a\n b "), one_line(3)
    ('a b', 3)
    """
    return " ".join(value.split()) if isinstance(value, str) else value


def is_same(left: Any, right: Any) -> bool:
    """Say whether two values are the same to a person: numbers as far as a cell shows them.

    Examples
    --------
    >>> is_same(0.1 + 0.2, 0.3), is_same("a", "b")
    (True, False)
    """
    if isinstance(left, int | float) and isinstance(right, int | float):
        return abs(left - right) <= 1e-6 * max(1.0, abs(right))
    return bool(left == right)
