"""What may be told of a handoff once it was judged: its counterparts and measures without those that are held back."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import array_of
from toolkit.reconcile.counterparts import Carried
from toolkit.reconcile.covered_days import covered_days, target_covered_days
from toolkit.reconcile.judging.verdict import ERROR, LAG, LOSS, MISSING, VOLUME
from toolkit.reconcile.measures import handoff_measures
from toolkit.tables import COUNTERPART

MEASURES = {
    VOLUME: ("volume_per_month",),
    MISSING: ("missing_share",),
    LAG: ("lag_median", "lag_p90", "delay_days"),
    ERROR: ("error_share",),
    LOSS: ("avg_invoice_value", "invoices_per_month", "avg_payment", "payments_per_month"),
}
"""Which rows of HANDOFF_MEASURE are not told when a judgement holds a measure back."""


def believed_findings(carried: Carried, judged: pa.Table, *, as_of: date) -> tuple[pa.Table, pa.Table]:
    """Return the COUNTERPART and HANDOFF_MEASURE rows of one handoff that its judgement allows.

    Parameters
    ----------
    carried
        What became of its documents.
    judged
        Its HANDOFF_JUDGEMENT rows.
    as_of
        Local day up to which was looked.
    """
    held = {name for names in judged["held_back"].to_pylist() for name in names}
    believed = believed_counterparts(carried.counterparts, held)
    covered = {}
    if carried.sides is not None:
        left, right = carried.sides
        covered["covered_l"] = covered_days(left.whole_days, as_of)
        covered["covered_r"] = target_covered_days(right.day, left.whole_days, as_of)
    return believed, believed_measures(handoff_measures(carried.handoff, believed, as_of=as_of, **covered), held)


def believed_counterparts(counterparts: pa.Table, held: set[str]) -> pa.Table:
    """Return COUNTERPART rows of one handoff that say no more than its judgement allows.

    What may be missing, or extra, for want of a comparison becomes unknown; lags and errors that mean nothing go.

    Parameters
    ----------
    counterparts
        COUNTERPART of one handoff.
    held
        The measures that are held back.
    """
    table = counterparts
    if MISSING in held:
        is_doubtful = pc.is_in(table["status"], value_set=pa.array(["missing", "extra", "waiting", "ambiguous"]))
        table = _replaced(table, "status", pc.if_else(is_doubtful, "unknown", table["status"]))
    if ERROR in held:
        table = _replaced(table, "is_error", pa.repeat(False, table.num_rows))
        for name in ("error_kind", "error_columns"):
            table = _replaced(table, name, pa.nulls(table.num_rows, COUNTERPART.arrow.field(name).type))
    if LAG in held:
        for name in ("lag_minutes", "lag_days"):
            table = _replaced(table, name, pa.nulls(table.num_rows, pa.float64()))
    return table


def _replaced(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


def believed_measures(measures: pa.Table, held: set[str]) -> pa.Table:
    """Return HANDOFF_MEASURE rows of one handoff without those that its judgement holds back.

    Parameters
    ----------
    measures
        HANDOFF_MEASURE of one handoff.
    held
        The measures that are held back.
    """
    untold = [name for one in sorted(held) for name in MEASURES[one]]
    return measures.filter(pc.invert(pc.is_in(array_of(measures["measure"]), value_set=pa.array(untold, pa.string()))))
