"""The differences as they stand, as a picture of HTML: for a notebook that is exported or printed."""

from html import escape
from typing import TYPE_CHECKING, Any

from toolkit.audit.desks.review_mismatches.differences import Wanted
from toolkit.report.examples import field_words
from toolkit.values.counted import counted

if TYPE_CHECKING:
    from toolkit.audit.desks.review_mismatches.desk import MismatchDesk

_MOST = 50
_WORDS = {"left": "left is right", "right": "right is right", "neither": "neither", "again": "open again"}


def still_picture(desk: "MismatchDesk") -> str:
    """Return what is there, what is decided and what is open, every text of a client escaped.

    Parameters
    ----------
    desk
        Its list.
    """
    counts = desk.list.counts(Wanted(status="all"))
    decided = counts["status"].get("decided", 0)
    total = sum(counts["status"].values())
    hidden = counts["formatting"]
    places = desk.list.chosen(Wanted(status="all"))
    head = (
        f"<p><b>Where systems disagree: {escape(desk.engagement.settings.client)}.</b> "
        f"{counted(total, 'difference')}, {decided:,} decided, {total - decided:,} open; "
        f"{hidden:,} more differ in formatting only.</p>"
    )
    fields = "".join(
        f"<tr><td>{escape(field_words(name))}</td>{_number(count)}{_number(count - left)}{_number(left)}"
        f"<td>{escape(_decider(desk, name))}</td></tr>"
        for name, count, left in counts["fields"]
    )
    table = (
        f"<table><tr>{_heads('field', 'differences', 'decided', 'open', 'decided by')}</tr>{fields}</table>"
        if fields
        else ""
    )
    rows = "".join(_row(desk, desk.list.row(place)) for place in places[:_MOST])
    listed = (
        f"<table><tr>{_heads('customer or supplier', 'field', 'left', 'right', 'decision')}</tr>{rows}</table>"
        if rows
        else "<p>No two systems disagree about a customer, supplier or person.</p>"
    )
    more = f"<p>… and {len(places) - _MOST:,} more.</p>" if len(places) > _MOST else ""
    return f"{head}{table}{listed}{more}"


def _decider(desk: "MismatchDesk", column: str) -> str:
    system = desk.deciders()[column]
    return desk.labels.get(system, system) if system else "nobody yet"


def _row(desk: "MismatchDesk", row: dict[str, Any]) -> str:
    sides = [
        f"{row[f'value_{side}'] or '(empty)'} ({desk.labels.get(row[f'system_{side}'], row[f'system_{side}'])})"
        for side in "lr"
    ]
    who = f", {row['by']}, {row['at'][:10]}" if row["by"] and row["at"] else ""
    cells = (row["name"], field_words(row["column"]), *sides, f"{_WORDS.get(row['decision'], 'open')}{who}")
    return f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in cells)}</tr>"


def _number(value: int) -> str:
    return f"<td style='text-align:right'>{value:,}</td>"


def _heads(*names: str) -> str:
    return "".join(f"<th>{name}</th>" for name in names)
