"""Stage: on which weekdays items happen, which kinds of errors are made, what was corrected, what may be paid twice."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.store import Run


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: handoffs and what became of their items, whose documents are whose, and documents.
    """
    from toolkit.audit.detail_tables import detail_tables

    grace_days = {name: one.grace_days for name, one in engagement.settings.handoffs.items()}
    return detail_tables(run, records, grace_days, engagement.settings.time_zone)


STAGE = Stage(
    "details",
    "Looking at errors and double payments",
    ("handoff_weekday", "handoff_error", "correction", "correction_month", "duplicate_payment"),
    results,
    reads=("handoff", "counterpart", "handoff_measure", "reference", "crosswalk"),
    records=("documents", "documents_of", "earlier_documents_of"),
    settings=("handoffs", "as_of"),
)
