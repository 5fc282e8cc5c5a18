"""What is proposed where two records differ: the value that was chosen for their party, so that nothing contradicts it."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import array_of, positions, taken
from toolkit.reconcile.outcome_words import UNSETTLED
from toolkit.tables import GOLDEN, MISMATCH, checked


def with_proposals(mismatches: pa.Table, golden: pa.Table) -> pa.Table:
    """Return MISMATCH with the value chosen for the party as the proposal; none where nothing settles it.

    Parameters
    ----------
    mismatches
        Table MISMATCH.
    golden
        Table GOLDEN of the same parties.
    """
    table = checked(mismatches, MISMATCH)
    chosen = checked(golden, GOLDEN)
    chosen = chosen.filter(pc.invert(pc.starts_with(chosen["reason"], UNSETTLED)))
    at = positions(_fields(table), _fields(chosen))
    systems = pc.list_element(pc.split_pattern(array_of(chosen["record_key"]), "/", max_splits=1), 0)
    for name, values in (("proposed_value", array_of(chosen["value"])), ("proposed_system", systems)):
        table = table.set_column(table.column_names.index(name), name, taken(values, at))
    return checked(table, MISMATCH)


def _fields(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(table["golden_id"], table["column"], "\0")
