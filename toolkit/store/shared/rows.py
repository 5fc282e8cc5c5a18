"""Rows of a state carried to another one and compared there, one by one."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from toolkit.store.state import META

_AT_ONCE = 500


def carry_rows(source: sa.Connection, target: sa.Connection, tables: Sequence[sa.Table]) -> int:
    """Add the rows of some tables that another state has not yet, with their numbers; return how many.

    Parameters
    ----------
    source, target
        To the states.
    tables
        Of rows that have a number.
    """
    count = 0
    for table in tables:
        last = target.execute(sa.select(sa.func.max(table.c.sequence))).scalar_one() or 0
        for rows in _batches(source, table, last):
            # Several hundred in one statement: that is what asking for their numbers does.
            target.execute(sa.insert(table).returning(table.c.sequence), rows)
            count, last = count + len(rows), rows[-1]["sequence"]
        if last and target.dialect.name == "postgresql":
            # The next row that is added gets the next number.
            target.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "sequence"), last)))
    return count


def unlike_row(one: sa.Connection, other: sa.Connection, tables: Sequence[sa.Table], *, is_prefix: bool = False) -> str:
    """Return where two states differ, as table and number of the first such row; empty where they are alike.

    Parameters
    ----------
    one, other
        To the states.
    tables
        What is compared.
    is_prefix
        Whether the other may go on where the first ends.
    """
    for table in tables:
        own, theirs = _rows(one, table), _rows(other, table)
        for row in own:
            if row != next(theirs, None):
                return f"{table.name} {row['sequence']}"
        further = None if is_prefix else next(theirs, None)
        if further is not None:
            return f"{table.name} {further['sequence']}"
    return ""


def carry_facts(source: sa.Connection, target: sa.Connection, names: Sequence[str]) -> None:
    """Carry facts about a state over: of whom it is, how far its copy reaches.

    Parameters
    ----------
    source, target
        To the states.
    names
        Of the facts.
    """
    for row in source.execute(sa.select(META).where(META.c.name.in_(names))).mappings().all():
        target.execute(sa.delete(META).where(META.c.name == row["name"]))
        target.execute(sa.insert(META).values(**row))


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[dict[str, Any]]:
    for rows in _batches(connection, table, 0):
        yield from rows


def _batches(connection: sa.Connection, table: sa.Table, last: int) -> Iterator[list[dict[str, Any]]]:
    while rows := [
        dict(row)
        for row in connection.execute(
            sa.select(table).where(table.c.sequence > last).order_by(table.c.sequence).limit(_AT_ONCE)
        ).mappings()
    ]:
        yield rows
        last = rows[-1]["sequence"]
