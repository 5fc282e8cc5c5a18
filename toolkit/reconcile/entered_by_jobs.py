"""What a job of ours has entered says nothing of how long the people took whose work is measured."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc


def without_delays_of(counterparts: pa.Table, keys: Collection[str]) -> pa.Table:
    """Return counterparts (COUNTERPART) without the delay of those that were entered by a job.

    Parameters
    ----------
    counterparts
        Of a handoff.
    keys
        Record keys of what jobs have made.
    """
    if not keys:
        return counterparts
    is_ours = pc.fill_null(pc.is_in(counterparts["key_r"], value_set=pa.array(sorted(keys), pa.string())), False)
    for name in ("lag_minutes", "lag_days"):
        column = counterparts[name]
        place = counterparts.schema.get_field_index(name)
        counterparts = counterparts.set_column(
            place, counterparts.schema.field(name), pc.if_else(is_ours, pa.scalar(None, column.type), column)
        )
    return counterparts
