"""Who decides which field of the customers, suppliers and persons that systems share, and what hangs on it."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import MISMATCH, SOURCE_OF_TRUTH, checked


def truth_table(truth: SourceOfTruth, mismatches: pa.Table) -> pa.Table:
    """Return the SOURCE_OF_TRUTH table: a row for each compared field, also where nobody decides.

    Parameters
    ----------
    truth
        Which system decides which field.
    mismatches
        Table MISMATCH: the differences whose formatting is not all that differs are counted.
    """
    table = checked(mismatches, MISMATCH)
    different = table.filter(pc.not_equal(table["kind"], "formatting"))
    rows = []
    for column in COMPARED_COLUMNS:
        own = different.filter(pc.equal(different["column"], column))
        is_open = pc.and_(pc.is_null(own["proposed_system"]), pc.is_null(own["decision"]))
        rows.append(
            {
                "entity": "party",
                "column": column,
                "system": truth.system_for("party", column),
                "differences": own.num_rows,
                "undecided": pc.sum(is_open).as_py() or 0,
            }
        )
    return SOURCE_OF_TRUTH.from_rows(rows)
