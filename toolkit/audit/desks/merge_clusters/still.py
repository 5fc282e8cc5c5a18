"""The merges of a system as they stand, as a picture of HTML: for a notebook that is exported or printed."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from toolkit.values.counted import counted

_MOST = 50
_WORDS = {
    "tie": "which stays is not decided", "again": "look again: a record changed since", "open": "a field is open",
    "held": "not merged", "ready": "merged",
}  # fmt: skip


def still_picture(rows: Sequence[Mapping[str, Any]], *, client: str, label: str, counts: Mapping[str, int]) -> str:
    """Return what is there, what is decided and what is open, every text of a client escaped.

    Parameters
    ----------
    rows
        The duplicates as the page lists them.
    client, label
        The client, and what it calls the system.
    counts
        How many there are of each state.
    """
    merged = counts.get("ready", 0) + counts.get("open", 0) + counts.get("again", 0)
    head = (
        f"<p><b>Duplicates in {escape(label)}: {escape(client)}.</b> {counted(len(rows), 'group')} of records that are one "
        f"party: {merged:,} merged by the next cleanup plan, {counts.get('tie', 0):,} without a record that stays, "
        f"{counts.get('held', 0):,} left alone for another reason; in {counts.get('chosen', 0):,} somebody chose.</p>"
    )
    if not rows:
        return f"{head}<p>There are no duplicates in it.</p>"
    lines = "".join(
        f"<tr><td>{escape(row['name'])}</td><td>{escape(row['list'])}</td><td style='text-align:right'>{row['count']:,}</td>"
        f"<td style='text-align:right'>{row['changes']:,}</td><td>{_WORDS[row['state']]}</td>"
        f"<td>{'yes' if row['chosen'] else ''}</td></tr>"
        for row in rows[:_MOST]
    )
    heads = "".join(
        f"<th>{one}</th>" for one in ("customer or supplier", "list", "records", "fields that change", "state", "chosen")
    )
    more = f"<p>… and {len(rows) - _MOST:,} more.</p>" if len(rows) > _MOST else ""
    return f"{head}<table><tr>{heads}</tr>{lines}</table>{more}"
