"""Stage: what shows that it worked, as it was before and at the reviews after going live."""

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
        Read as `STAGE` says: what was agreed on, what became of items, corrections, double payments, minutes, and documents.
    """
    from toolkit.audit.detail_tables import document_days
    from toolkit.audit.kpi_measures import measured_data
    from toolkit.audit.kpi_tables import kpi_tables, read_rows
    from toolkit.store.made_records import made_records

    settings = engagement.settings
    days = document_days(records.documents, settings.time_zone)
    data = measured_data(
        run,
        read_rows(records.documents, days),
        made=made_records(engagement.store),
        written_by=settings.kpis.written_by,
    )
    return kpi_tables(settings.kpis, data, as_of=engagement.as_of())


STAGE = Stage(
    "kpi",
    "Measuring what shows that it worked",
    ("kpi", "kpi_review"),
    results,
    reads=("handoff", "counterpart", "handoff_judgement", "cost_input", "correction", "duplicate_payment"),
    records=("documents",),
    settings=("kpis", "as_of"),
)
