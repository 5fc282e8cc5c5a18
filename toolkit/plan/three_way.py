"""Two values of one field, and what both sides held when they were last alike: who changed it, and what holds now."""

from typing import Literal, NamedTuple

from toolkit.plan.sync_rules import Conflict

Change = Literal["nobody", "own", "other", "both", "unknown"]
Winner = Literal["own", "other"]
Values = tuple[str | None, ...]


class Base(NamedTuple):
    """What both sides held when they were last alike, or what was written to them since."""

    own: Values
    other: Values


def who_changed(own: Values, other: Values, base: Base | None) -> Change:
    """Return who changed a field since both sides were last alike.

    What we wrote ourselves stands in the base, so that its coming back is nobody's change.

    Parameters
    ----------
    own, other
        What the sides hold now.
    base
        Null: nobody knows.

    Examples
    --------
    >>> base = Base(("Bonn",), ("Bonn",))
    >>> who_changed(("Ulm",), ("Bonn",), base), who_changed(("Ulm",), ("Kiel",), base), who_changed(("Ulm",), (None,), None)
    ('own', 'both', 'unknown')
    """
    if base is None:
        return "unknown"
    has_own, has_other = own != base.own, other != base.other
    if has_own and has_other:
        return "both"
    return "own" if has_own else "other" if has_other else "nobody"


def winner(change: Change, conflict: Conflict, *, newer: str, truth: str, is_own_followed: bool) -> Winner | None:
    """Return whose value holds; null: a person decides. Where nobody changed anything, each keeps its own.

    Parameters
    ----------
    change
        Who changed the field.
    conflict
        What holds where both did, or nobody knows who did.
    newer
        Whose record is the newer: ``own``, ``other``, or empty.
    truth
        Who decides the field: ``own``, ``other``, or empty.
    is_own_followed
        Whether the other side follows a change of this one; else such a change is a conflict.

    Examples
    --------
    >>> facts = {"newer": "other", "truth": "", "is_own_followed": True}
    >>> winner("other", "manual", **facts), winner("both", "newest", **facts), winner("both", "manual", **facts)
    ('other', 'other', None)
    """
    if change in {"nobody", "other"}:
        return "other" if change == "other" else "own"
    if change == "own" and is_own_followed:
        return "own"
    decided = {"newest": newer, "source_of_truth": truth, "manual": ""}[conflict]
    return "own" if decided == "own" else "other" if decided == "other" else None
