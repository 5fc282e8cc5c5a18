"""Entries by hand after the cut-over: rows of a target that nobody can show the integration to have made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Maker = Literal["job", "integration", "by_hand", "not_known"]
MAKER_WORDS: dict[Maker, str] = {
    "job": "made by a job of this programme",
    "integration": "made by the integration's own user",
    "by_hand": "made by hand",
    "not_known": "nobody can tell",
}
"""Who made a row, in a client's words."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row of a target that is new since the cut-over.

    ``created_at`` is what the system says, null where it does not. ``has_source`` says whether the system that the
    integration carries from has the event; null where that could not be told.
    """

    key: str
    created_at: datetime | None
    created_by: str
    has_source: bool | None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """The same with who made it, and how that is known."""

    row: NewRow
    maker: Maker
    reason: str


def judged_rows(rows: Iterable[NewRow], written: Collection[str], users: Collection[str]) -> list[JudgedRow]:
    """Return who made each row.

    Parameters
    ----------
    rows
        What is new in the targets.
    written
        Record keys that the journal says we made.
    users
        Users under whom the integration writes, as the systems name them.

    Examples
    --------
    >>> row = NewRow("ledger/invoices/9", None, "grace@client.example", True)
    >>> [one.maker for users in ([], ["api"]) for one in judged_rows([row], [], users)]
    ['not_known', 'by_hand']
    """
    folded = {one.casefold() for one in users}
    return [_judged(row, written, folded) for row in rows]


def _judged(row: NewRow, written: Collection[str], users: Collection[str]) -> JudgedRow:
    if row.key in written:
        return JudgedRow(row, "job", "its id stands in the journal")
    if row.created_by and row.created_by.casefold() in users:
        return JudgedRow(row, "integration", f"created by {row.created_by}")
    if row.created_by and users:
        return JudgedRow(row, "by_hand", f"created by {row.created_by}, who is no user of the integration")
    if row.has_source is False:
        return JudgedRow(row, "by_hand", "the system that the integration carries from has no such event")
    said = "its event stands in the source, so either may have made it" if row.has_source else "its source is not known"
    return JudgedRow(row, "not_known", f"the system does not say who created it; {said}")
