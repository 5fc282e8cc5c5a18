"""A few lines of a plan for a terminal: of each kind of change some, what takes records away first."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.apply.imports.field_words import field_words
from toolkit.changes import Plan
from toolkit.changes.operation import DESTRUCTIVE, MERGED_INTO

EXAMPLE_HEAD = ("record", "what happens", "field", "now", "then")
_LEAST = 2
"""How many lines each kind of change has, where it has as many."""


def example_rows(plan: Plan, rows: Sequence[Mapping[str, Any]], count: int) -> list[list[str]]:
    """Return lines of a plan, in which each kind of change has its share.

    Parameters
    ----------
    plan
        The plan.
    rows
        Of all its changes, as `change_rows` gives them.
    count
        How many lines are wanted. Where there are very many kinds it may be more: each has two.

    Returns
    -------
    Lines of `EXAMPLE_HEAD`. A record that is merged has one line, with the record in which it will be.
    """
    kinds = {one.op_id: (one.action not in DESTRUCTIVE, one.stream, one.action) for one in plan.operations}
    merges = {one.op_id for one in plan.operations if one.action == "merge"}
    found: dict[tuple[bool, str, str], list[list[str]]] = {}
    for row in rows:
        if row["change"] not in merges:
            found.setdefault(kinds[row["change"]], []).append([row[name] for name in EXAMPLE_HEAD])
        elif row["field"] == field_words(MERGED_INTO):
            line = [row["record"], row["what happens"], "into", "", row["value from"] or row["then"]]
            found.setdefault(kinds[row["change"]], []).append(line)
    shares = _shares([len(found[kind]) for kind in sorted(found)], count)
    return [line for kind, share in zip(sorted(found), shares, strict=True) for line in found[kind][:share]]


def _shares(sizes: Sequence[int], count: int) -> list[int]:
    """Return how many of each are shown: the same of each, and what the small ones leave goes to the others in turn."""
    shares = [min(size, max(_LEAST, count // max(len(sizes), 1))) for size in sizes]
    for place, size in enumerate(sizes):
        shares[place] += max(0, min(size - shares[place], count - sum(shares)))
    return shares
