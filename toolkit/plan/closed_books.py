"""Documents of books that are closed: nothing about them is changed any more."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.target_records import Flags, TargetRecords, in_one
from toolkit.tables import EVENT_COLUMNS

BOOKED = ("invoice", "credit_note", "bill", "payment", "bank_line", "expense", "journal_line")
"""Documents that stand in the books."""
_FARTHEST_WEST = timedelta(hours=12)


def closed_rows(documents: TargetRecords, closed_until: date | None) -> Flags:
    """Return which documents stand in books that are closed: dated on or before that day, or not dated at all.

    A moment counts for the earliest day that it is anywhere.

    Parameters
    ----------
    documents
        Of the target.
    closed_until
        Last day of the closed books; None: none are closed.
    """
    is_closed = np.zeros(len(documents), dtype=bool)
    if closed_until is None:
        return is_closed
    entities = in_one(documents.table["entity"])
    for entity in BOOKED:
        days = [_days(documents.table[name]) for name in EVENT_COLUMNS[entity]]
        is_open = pc.fill_null(pc.greater(pc.coalesce(*days), pa.scalar(closed_until)), False)
        is_closed |= np.asarray(pc.equal(entities, entity)) & ~np.asarray(is_open)
    return is_closed


def _days(column: pa.ChunkedArray) -> pa.Array:
    values = in_one(column)
    return (pc.subtract(values, _FARTHEST_WEST) if pa.types.is_timestamp(values.type) else values).cast(pa.date32())
