"""Systems as matching knows them: by the names under which they first came, whatever they are called now.

Records are matched in an order, ties are broken by keys, samples are drawn by their hashes. Were a new name to change the
keys, it would change some decision somewhere. So matching goes on with the first names, and only what leaves it is put into
those of today: renaming a system changes no pair, no cluster and no id.
"""

from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.store.renames import Rename

FIRST_NAMES = "first_names"
"""What the facts of a run call the first names of its systems, by the names that they had then."""

_KEYS = ("record_key", "parent_key", "key_l", "key_r", "link_l", "link_r")
_TAKEN = "~"
"""Ends the first name of a system that is now called as another one was once; no name of a client's holds it."""


def first_names(changes: Sequence[Rename], systems: Collection[str]) -> dict[str, str]:
    """Return the first name of every system that has another one now.

    Parameters
    ----------
    changes
        Every renaming, oldest first.
    systems
        The names that systems have now.

    Examples
    --------
    >>> first_names([Rename("crm", "sales", 0), Rename("sales", "b2b", 0)], ["b2b", "ledger"])
    {'b2b': 'crm'}
    >>> first_names([Rename("crm", "sales", 0)], ["sales", "crm"])
    {'sales': 'crm', 'crm': 'crm~'}
    """
    first: dict[str, str] = {}
    for one in changes:
        first[one.new] = first.pop(one.old, one.old)
    taken = set(first.values())
    return {**first, **{name: f"{name}{_TAKEN}" for name in systems if name in taken and name not in first}}


def with_names(table: pa.Table, names: Mapping[str, str]) -> pa.Table:
    """Return a table of records, pairs or decisions with its systems under other names.

    Rows stay in their order, but for records by stream, which come in the order of systems and streams.

    Parameters
    ----------
    table
        Any table with ``record_key``, or ``key_l`` and ``key_r``; the smaller key of a pair of records stands left.
    names
        Name to name; those that are not in it stay. Without any the table comes back as it is.
    """
    if not names:
        return table
    for place, column in enumerate(table.column_names):
        if column in _KEYS:
            table = table.set_column(place, table.schema.field(column), _renamed(table[column], names, "/"))
        elif column == "system":
            table = table.set_column(place, table.schema.field(column), _renamed(table[column], names, ""))
    if "key_l" in table.column_names:
        return _sided(table)
    return table.sort_by([("system", "ascending"), ("stream", "ascending")]) if "system" in table.column_names else table


def _sided(table: pa.Table) -> pa.Table:
    """Return pairs with the smaller key left; a cluster id, which is no key of a record, stays right."""
    left, right = (table[name].cast(pa.string()) for name in ("key_l", "key_r"))
    is_turned = pc.and_(pc.less(right, left), pc.match_substring(right, "/"))
    sides = {"key_l": pc.if_else(is_turned, right, left), "key_r": pc.if_else(is_turned, left, right)}
    for name, values in sides.items():
        field = table.schema.field(name)
        table = table.set_column(table.column_names.index(name), field, values.cast(field.type))
    return table


def _renamed(column: pa.ChunkedArray, names: Mapping[str, str], end: str) -> pa.ChunkedArray:
    texts = column.cast(pa.string())
    # In two steps: a new name may be the old one of another system.
    for number, name in enumerate(names):
        texts = pc.replace_substring_regex(texts, pattern=f"^{name}{end or '$'}", replacement=f"\x00{number}\x00{end}")
    for number, name in enumerate(names.values()):
        texts = pc.replace_substring(texts, pattern=f"\x00{number}\x00", replacement=name)
    return texts.cast(column.type)
