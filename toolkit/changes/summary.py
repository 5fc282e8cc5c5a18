"""What a plan does, in counts: by kind of object, action and class of reversibility, and how much money it touches."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.changes.operation import Operation

_MONEY = ("amount_minor",)
_CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """How many changes of one kind there are."""

    stream: str
    action: str
    reversibility: str
    count: int


def summary_of(operations: Iterable[Operation], record_counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the counts that a plan's file begins with.

    Parameters
    ----------
    operations
        Of the plan.
    record_counts
        How many records each stream of the target has: what the destructive share is a share of.

    Returns
    -------
    Counts by ``object, action, reversibility``; for each object with destructive changes the number of records
    that lose something, and the object's total; money touched by currency, in minor units as text.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    destructive: dict[str, set[str]] = {}
    money: Counter[str] = Counter()
    for one in operations:
        counts[one.stream, one.action, one.reversibility] += 1
        if one.is_destructive:
            # Two fields of one record that are emptied are one record.
            destructive.setdefault(one.stream, set()).add(one.target_id or one.op_id)
        for name in _MONEY:
            amount = one.after.get(name) or one.before.get(name)
            if amount:
                money[one.after.get(_CURRENCY) or one.before.get(_CURRENCY) or ""] += abs(int(amount))
    return {
        "counts": [
            {"object": stream, "action": action, "reversibility": reversibility, "count": count}
            for (stream, action, reversibility), count in sorted(counts.items())
        ],
        "destructive": [
            {"object": stream, "count": len(records), "of": record_counts.get(stream, 0)}
            for stream, records in sorted(destructive.items())
        ],
        "money": {currency: str(total) for currency, total in sorted(money.items())},
    }


def summary_rows(summary: Mapping[str, Any]) -> tuple[SummaryRow, ...]:
    """Return the counts of a summary as rows."""
    return tuple(SummaryRow(one["object"], one["action"], one["reversibility"], one["count"]) for one in summary["counts"])
