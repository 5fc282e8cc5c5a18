"""Words and codes by which other parts know an outcome of comparing; whoever only reads results loads nothing else."""

import pyarrow as pa
import pyarrow.compute as pc

SECOND_ENTRY = "second entry of a document that has its counterpart"
"""Why a document of the target is one too many."""

DECIDED = "a person's decision"
"""What a link was found by that a person made, and why a golden value is the one that a person chose."""
DOUBTED = f"{DECIDED}, but: "
"""The same where something speaks against it, which follows."""

NOT_DUE, IN_ORDER = "not_due", "in_order"
"""What becomes of an item that a person calls not due, and of a target that needs no source."""

SOURCE_RIGHT, TARGET_RIGHT, BOTH_WRONG = "left", "right", "neither"
"""Who is right, as a person says, of an item that arrived wrong."""

UNSETTLED = "most complete, "
"""How a reason for a golden value begins that settles nothing: nobody decides the field, and no record is the newest."""
TIMES_UNKNOWN = f"{UNSETTLED}times unknown"
"""The reason where no record says when it changed."""


def open_differences(mismatches: pa.Table) -> pa.Table:
    """Return the rows of MISMATCH whose values differ and that nobody has decided."""
    return mismatches.filter(pc.and_(pc.equal(mismatches["kind"], "different"), pc.is_null(mismatches["decision"])))
