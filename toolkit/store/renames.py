"""Systems that got another name: what was written under the old one is read under the new one.

Nothing that was entered is changed. A decision from before the renaming is translated when it is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from toolkit.store.state import DECISIONS, RENAMES


@dataclass(frozen=True, slots=True)
class Rename:
    """A system's old and new name, and the last decision that was entered under the old one."""

    old: str
    new: str
    decisions: int


def renames(connection: sa.Connection) -> list[Rename]:
    """Return every renaming, oldest first."""
    rows = connection.execute(sa.select(RENAMES).order_by(RENAMES.c.sequence))
    return [Rename(row.old, row.new, row.decisions) for row in rows]


def note_rename(connection: sa.Connection, old: str, new: str, at: datetime) -> None:
    """Keep that a system has another name from now on.

    Parameters
    ----------
    connection
        In a transaction: all that was entered until now was entered under ``old``.
    old, new
        Names of the system, both as the settings write them.
    at
        UTC.
    """
    last = connection.execute(sa.select(sa.func.max(DECISIONS.c.sequence))).scalar_one() or 0
    connection.execute(sa.insert(RENAMES).values(at=at.isoformat(), old=old, new=new, decisions=last))


def renamed_key(key: str, changes: Sequence[Rename]) -> str:
    """Return a record key, or the name of a stream, under the names that hold now.

    Examples
    --------
    >>> renamed_key("crm/companies/7", [Rename("crm", "sales", 0)])
    'sales/companies/7'
    >>> renamed_key("crm.companies", [Rename("crm", "sales", 0)])
    'sales.companies'
    """
    for one in changes:
        if key.startswith((f"{one.old}/", f"{one.old}.")):
            key = one.new + key[len(one.old) :]
    return key


def earlier_keys(key: str, changes: Sequence[Rename]) -> list[str]:
    """Return every name under which a record may have been entered that is called ``key`` now.

    Examples
    --------
    >>> earlier_keys("sales/companies/7", [Rename("crm", "sales", 0)])
    ['crm/companies/7', 'sales/companies/7']
    """
    known = {key}
    for one in reversed(changes):
        known |= {one.old + name[len(one.new) :] for name in known if name.startswith((f"{one.new}/", f"{one.new}."))}
    return sorted(known)


def renamed_keys(column: pa.ChunkedArray, changes: Sequence[Rename]) -> pa.ChunkedArray:
    """Return a column of record keys under the names that hold now."""
    kind = column.type
    texts = column.cast(pa.string())
    for one in changes:
        texts = pc.replace_substring_regex(texts, pattern=f"^{re.escape(one.old)}/", replacement=f"{one.new}/")
    return texts.cast(kind)
