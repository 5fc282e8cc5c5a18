"""Wrong amounts that are passed on: who copies a wrong amount does not err, and yet the amount tells nothing.

A job of ten times its deal is invoiced as it stands: the error was made once, and the invoice is no usual one.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.coded import array_of
from toolkit.tables import COUNTERPART, checked

WRONG_AMOUNTS = ("amount", "transposed", "factor", "currency")
"""Kinds of errors after which an amount tells nothing of the usual one."""


def upstream_first(handoffs: Sequence[Handoff]) -> list[Handoff]:
    """Return handoffs so that each comes after those into its source, as far as they form no circle.

    Examples
    --------
    >>> billed = Handoff("billed", "", "work", "jobs", "project", "books", "invoices", "invoice")
    >>> planned = Handoff("planned", "", "crm", "deals", "deal", "work", "jobs", "project")
    >>> [one.handoff_id for one in upstream_first([billed, planned])]
    ['planned', 'billed']
    """
    waiting, ordered = list(handoffs), []
    while waiting:
        into = {(one.system_r, one.stream_r) for one in waiting}
        free = [one for one in waiting if (one.system_l, one.stream_l) not in into] or waiting
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered


def with_passed_on(counterparts: pa.Table, wrong: pa.StringArray) -> pa.Table:
    """Return COUNTERPART with ``is_passed_on`` where the source's amount is wrong itself.

    Parameters
    ----------
    counterparts
        Of one handoff.
    wrong
        Keys of documents with a wrong amount, as handoffs before found.
    """
    table = checked(counterparts, COUNTERPART)
    is_wrong = pc.is_in(table["key_l"], value_set=wrong, skip_nulls=True)
    is_passed_on = pc.and_(is_wrong, pc.equal(table["status"], "found"))
    return table.set_column(table.column_names.index("is_passed_on"), "is_passed_on", is_passed_on)


def wrong_documents(counterparts: pa.Table) -> pa.StringArray:
    """Return the keys of targets whose amount is wrong, by an error of this handoff or of one before.

    Parameters
    ----------
    counterparts
        COUNTERPART of one handoff, with ``is_passed_on``.
    """
    is_wrong = pc.and_(counterparts["is_error"], pc.is_in(counterparts["error_kind"], value_set=pa.array(WRONG_AMOUNTS)))
    rows = counterparts.filter(pc.or_(is_wrong, pc.fill_null(counterparts["is_passed_on"], False)))
    more = pc.drop_null(pc.list_flatten(array_of(rows["more_keys_r"])))
    return pc.unique(pa.concat_arrays([array_of(pc.drop_null(rows["key_r"])), more.cast(pa.string())]))
