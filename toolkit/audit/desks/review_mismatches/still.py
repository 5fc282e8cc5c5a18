"""The differences as they stand, as a picture of HTML: for a notebook that is exported or printed."""

from collections.abc import Mapping
from html import escape
from typing import Any

from toolkit.audit.desks.review_mismatches.differences import Differences, Wanted
from toolkit.report.examples import field_words
from toolkit.values.counted import counted

_MOST = 50
_WORDS = {"left": "left is right", "right": "right is right", "neither": "neither", "again": "open again"}


def still_picture(
    differences: Differences, *, client: str, labels: Mapping[str, str], deciders: Mapping[str, str | None]
) -> str:
    """Return what is there, what is decided and what is open, every text of a client escaped.

    Parameters
    ----------
    differences
        The list.
    client
        Its name.
    labels
        What the client calls each system.
    deciders
        Which system decides each field.
    """
    counts = differences.counts(Wanted(status="all"))
    decided = counts["status"].get("decided", 0)
    total = sum(counts["status"].values())
    hidden = counts["formatting"]
    places = differences.chosen(Wanted(status="all"))
    head = (
        f"<p><b>Where systems disagree: {escape(client)}.</b> "
        f"{counted(total, 'difference')}, {decided:,} decided, {total - decided:,} open; "
        f"{hidden:,} more differ in formatting only.</p>"
    )
    fields = "".join(
        f"<tr><td>{escape(field_words(name))}</td>{_number(count)}{_number(count - left)}{_number(left)}"
        f"<td>{escape(labels.get(deciders[name] or '', 'nobody yet'))}</td></tr>"
        for name, count, left in counts["fields"]
    )
    table = (
        f"<table><tr>{_heads('field', 'differences', 'decided', 'open', 'decided by')}</tr>{fields}</table>"
        if fields
        else ""
    )
    rows = "".join(_row(differences.row(place), labels) for place in places[:_MOST])
    listed = (
        f"<table><tr>{_heads('customer or supplier', 'field', 'left', 'right', 'decision')}</tr>{rows}</table>"
        if rows
        else "<p>No two systems disagree about a customer, supplier or person.</p>"
    )
    more = f"<p>… and {len(places) - _MOST:,} more.</p>" if len(places) > _MOST else ""
    return f"{head}{table}{listed}{more}"


def _row(row: dict[str, Any], labels: Mapping[str, str]) -> str:
    sides = [
        f"{row[f'value_{side}'] or '(empty)'} ({labels.get(row[f'system_{side}'], row[f'system_{side}'])})" for side in "lr"
    ]
    who = f", {row['by']}, {row['at'][:10]}" if row["by"] and row["at"] else ""
    cells = (row["name"], field_words(row["column"]), *sides, f"{_WORDS.get(row['decision'], 'open')}{who}")
    return f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in cells)}</tr>"


def _number(value: int) -> str:
    return f"<td style='text-align:right'>{value:,}</td>"


def _heads(*names: str) -> str:
    return "".join(f"<th>{name}</th>" for name in names)
