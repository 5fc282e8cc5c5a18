"""What is sent to a database: one SELECT, whoever wrote it, put into brackets."""

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from toolkit.connector import Reading
from toolkit.errors import InputError

_TOKEN = re.compile(
    r"""
      (?P<quoted>'(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*` | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$)
    | (?P<comment>--[^\n]* | /\*.*?\*/)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>[();])
    """,
    re.VERBOSE | re.DOTALL,
)
_WRITING = frozenset(
    {
        "alter", "attach", "create", "delete", "drop", "exec", "execute", "grant", "insert", "into", "merge", "pragma",
        "revoke", "truncate", "update",
    }
)  # fmt: skip


def statement_fault(text: str) -> str:
    """Return why a text is not one statement that only reads; empty where it is.

    Examples
    --------
    >>> statement_fault("SELECT id, name FROM customer WHERE note <> 'drop; it'")
    ''
    >>> statement_fault("WITH gone AS (DELETE FROM customer RETURNING *) SELECT * FROM gone")
    "may only read, and holds the word 'DELETE' (a column of that name is written in quotes)"
    >>> statement_fault("SELECT 1; SELECT 2")
    'must be one statement'
    """
    depth, first = 0, ""
    for found in _TOKEN.finditer(_without_end(text)):
        word, sign = found["word"], found["sign"]
        first = first or (word or sign or found["quoted"] or "")
        if word and word.casefold() in _WRITING:
            return f"may only read, and holds the word {word!r} (a column of that name is written in quotes)"
        if sign == ";":
            return "must be one statement"
        depth += {"(": 1, ")": -1}.get(sign or "", 0)
        if depth < 0:
            return "has a bracket too many"
    if depth:
        return "has a bracket that is not closed"
    return "" if first.casefold() in {"select", "with"} else "must begin with SELECT or WITH"


def plain_statement(text: str) -> str:
    """Return a statement without its comments and its last semicolon: it ends where its bracket ends.

    Raises
    ------
    InputError
        It is more than one that reads.

    Examples
    --------
    >>> plain_statement("SELECT id /* the number */ FROM customer;")
    'SELECT id   FROM customer'
    """
    if fault := statement_fault(text):
        raise InputError(f"A SELECT {fault}.")
    return _TOKEN.sub(lambda found: " " if found["comment"] else found[0], _without_end(text))


def source_of(reading: Reading, name: str) -> Any:
    """Return what is selected from: a table, or a statement in brackets.

    Parameters
    ----------
    reading
        Its ``path`` is the table, its ``body`` the statement.
    name
        What the statement is called inside another.
    """
    if not reading.body:
        schema, _, table = reading.path.rpartition(".")
        return sa.table(table, schema=schema or None)
    # A colon begins the name of a value that is to be filled in; none of these is.
    return sa.text(f"({plain_statement(reading.body).replace(':', chr(92) + ':')}) AS {name}")


def behind(key: Sequence[str], last: Sequence[Any]) -> sa.ColumnElement[bool]:
    r"""Return the condition of rows that stand behind another one in the order of the key.

    Parameters
    ----------
    key
        Columns.
    last
        Their values in that row.

    Examples
    --------
    >>> str(behind(["firm", "no"], [1, 7])).replace("\\n", "")
    'firm > :firm_1 OR firm = :firm_2 AND no > :no_1'
    """
    columns: list[sa.ColumnElement[Any]] = [sa.column(name) for name in key]
    parts = []
    for place, column in enumerate(columns):
        same = [columns[before] == last[before] for before in range(place)]
        parts.append(sa.and_(*same, column > last[place]))
    return sa.or_(*parts)


def _without_end(text: str) -> str:
    return text.strip().removesuffix(";").rstrip()
