"""A plan as a still picture, for a notebook that is exported or printed."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_SHOWN = 50


def plan_still(first: Mapping[str, Any]) -> str:
    """Return how a plan stands as HTML, every text escaped.

    Parameters
    ----------
    first
        What the page of `ApprovePlanDesk` begins with.
    """
    approval = first["approval"]
    agreed = f"{approval['by']} agreed to it on {approval['at']}." if approval else "Nobody has agreed to it yet."
    rows = first["rows"][:_SHOWN]
    more = first["total"] - len(rows)
    parts = [
        f"<p><b>{escape(first['job'])}: {escape(first['target']['words'])}</b></p>",
        paragraph(first["sentence"]),
        paragraph(f"Plan {first['name']}, made {first['made']}, good until {first['good_until']}. {agreed}"),
        paragraph(first["refusal"]) if first["refusal"] else "",
        table(
            ("What", "Happens", "Changes", "Afterwards"),
            ([row["what"], row["happens"], f"{row['count']:,}", row["taken_back"]] for row in first["summary"]),
        ),
        *(
            paragraph(f"Held back until somebody agrees: {one['count']:,} of {one['of']:,} {one['what']}.")
            for one in first["guards"]
        ),
        *(paragraph(f"{one['words']}.") for one in first["losses"]),
        table(
            ("#", "Record", "Happens", "Field", "Now", "Then"),
            ([f"{row['number']:,}", *(row[name] for name in ("record", "happens", "field", "now", "then"))] for row in rows),
        ),
        paragraph(f"… and {more:,} more changes: run the cell to see them.") if more > 0 else "",
        *(
            paragraph(f"Left out, {one['count']:,} ×: {one['about']}: {one['why']}")
            for one in first.get("left_out", [])[:_SHOWN]
        ),
    ]
    return f"<div class='tex2jax_ignore mathjax_ignore'>{''.join(parts)}</div>"


def paragraph(text: str) -> str:
    """Return a paragraph of plain text."""
    return f"<p>{escape(text)}</p>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of plain texts; nothing where it has no row."""
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    titles = "".join(f"<th>{escape(one)}</th>" for one in head)
    return f"<table class='dataframe'><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
